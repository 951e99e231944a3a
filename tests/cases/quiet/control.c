/* Right programs with awkward control flow: nothing may be said about them. */
#include <stdlib.h>
#include <string.h>

enum state { START, WORD, SPACE };

//~ run: count_words("a b")
int count_words(const char *s) {
    enum state state = START;
    int words = 0;
    for (; *s; s++) {
        switch (state) {
            case START:
            case SPACE:
                if (*s != ' ') {
                    words++;
                    state = WORD;
                }
                break;
            case WORD:
                if (*s == ' ') state = SPACE;
                break;
        }
    }
    return words;
}

//~ run: reverse("aba")
int reverse(const char *s) {
    size_t n = strlen(s);
    char *copy = malloc(n + 1);
    if (copy == NULL) goto fail;
    for (size_t i = 0; i < n; i++) copy[n - 1 - i] = s[i];
    copy[n] = '\0';
    int same = strcmp(copy, s) == 0;
    free(copy);
    return same;
fail:
    return -1;
}

struct node {
    struct node *next;
    int value;
};

//~ run: list_sum(4)
int list_sum(int n) {
    struct node *head = NULL;
    if (n < 0 || n > 5) return -1;
    for (int i = 0; i < n; i++) {
        struct node *node = malloc(sizeof *node);
        if (!node) abort();
        node->next = head;
        node->value = i;
        head = node;
    }
    int sum = 0;
    while (head) {
        struct node *next = head->next;
        sum += head->value;
        free(head);
        head = next;
    }
    return sum;
}

static int twice(int x) { return x < 1000 && x > -1000 ? x * 2 : 0; }
static int thrice(int x) { return x < 1000 && x > -1000 ? x * 3 : 0; }

//~ run: through_pointer(1, 3)
int through_pointer(int which, int x) {
    int (*const table[2])(int) = {twice, thrice};
    return table[which != 0](x);
}

//~ run: do_while(1000)
int do_while(unsigned n) {
    int digits = 0;
    do {
        digits++;
        n /= 10;
    } while (n != 0);
    return digits;
}
