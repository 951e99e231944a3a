/* Numbers and pointers in memory that nobody set; bytes of it may be copied. */
//~ run: element(0)
//~ run: element_set(0)
//~ run: counted(3)
//~ run: counted_set(3)
//~ run: moved_up(0)
//~ run: field(1)
//~ run: by_bytes(0)
//~ run: whole(0)
//~ run: with_padding(2)
//~ run: placeholder(2)
#include <stdlib.h>
#include <string.h>

struct entry {
    char kind;
    int size;
    struct entry *next;
};

static long kept;

int element(int n) {
    int cells[4];
    cells[1] = n;
    kept = cells[2];  //~ error[defined.read]: `cells[2]` was never set
    return 0;
}

int element_set(int n) {
    int cells[4];
    cells[2] = n;
    kept = cells[2];
    return 0;
}

int counted(int n) {
    int *counts = malloc(4 * sizeof *counts);
    if (counts == NULL) return 0;
    counts[n & 3]++;  //~ error[defined.read]: never set
    free(counts);
    return 0;
}

int counted_set(int n) {
    int *counts = calloc(4, sizeof *counts);
    if (counts == NULL) return 0;
    counts[n & 3]++;
    free(counts);
    return 0;
}

int moved_up(int n) {
    short cells[3];
    cells[0] = (short)n;
    for (int i = 2; i > 0; i--) cells[i] = cells[i - 1];  //~ error[defined.read]: never set
    return 0;
}

int field(int n) {
    struct entry one, other;
    one.kind = (char)n;
    other.next = one.next;  //~ error[defined.read]: `one.next` was never set
    return 0;
}

int by_bytes(int n) {
    char from[8], to[8];
    from[0] = (char)n;
    for (int i = 0; i < 8; i++) to[i] = from[i];
    return to[0];
}

int whole(int n) {
    struct entry one, other;
    one.kind = (char)n;
    other = one;
    memcpy(&one, &other, sizeof one);
    return one.kind;
}

int with_padding(int n) {
    struct entry one;
    long words[2];
    one.kind = (char)n;
    memcpy(words, &one, sizeof words);
    kept = words[0];
    return 0;
}

/* Read, and given another value before anybody looks. */
int placeholder(int n) {
    int *chosen, **place = &chosen, numbers[2] = {n, 1};
    {
        int *now = *place;
        now = numbers;
        *place = now;
    }
    return chosen[0];
}
