/* Blocks that nobody can free any more, and blocks that somebody still can. */
//~ run: forgotten(1)
//~ run: freed(1)
//~ run: early_return(101)
//~ run: overwritten(-1)
//~ run: each_turn(1)
//~ run: each_turn_freed(2)
//~ run: kept_in_global(1)
//~ run: with_container(1)
//~ run: with_all_parts(1)
//~ run: by_pointer(1)
//~ run: by_pointer_freed(1)
//~ run: result_dropped(8)
//~ run: grown(1)
//~ run: given_back(1)
//~ run: inside_given_back(1)
//~ run: leaves_the_program(2)
//~ run: byte_by_byte(1)
#include <stdlib.h>
#include <string.h>

int forgotten(int n) {
    int *p = malloc(sizeof *p);
    if (!p) return -1;
    *p = n;
    return *p;  //~ error[lifetime.leak]: the block of 4 bytes
}

int freed(int n) {
    int *p = malloc(sizeof *p);
    if (!p) return -1;
    *p = n;
    int v = *p;
    free(p);
    return v;
}

int early_return(int n) {
    char *p = malloc(16);
    if (!p) return -1;
    if (n > 100) return 1;  //~ error[lifetime.leak]: n = 101
    free(p);
    return 0;
}

int overwritten(int n) {
    char *p = malloc(8);
    char *q = malloc(8);
    if (n < 0) p = q;  //~ error[lifetime.leak]: n =
    if (p != q) free(q);
    free(p);
    return 0;
}

int each_turn(int n) {
    int total = 0;
    for (int i = 0; i < n && i < 1; i++) {
        int *p = malloc(sizeof *p);
        *p = i;
        total += *p;
    }
    return total;  //~ error[lifetime.leak]: n =
}

int each_turn_freed(int n) {
    int total = 0;
    for (int i = 0; i < n && i < 3; i++) {
        int *p = malloc(sizeof *p);
        *p = i;
        total += *p;
        free(p);
    }
    return total;
}

struct node {
    struct node *next;
    char *name;
};

static struct node *all;

int kept_in_global(int n) {
    struct node *one = malloc(sizeof *one);
    one->name = malloc(8);
    one->next = n > 3 ? all : NULL;
    all = one;
    return 0;
}

int with_container(int n) {
    struct node *one = malloc(sizeof *one);
    one->next = NULL;
    one->name = malloc(8);
    if (n == 5) free(one->name);
    free(one);  //~ error[lifetime.leak]: the block of 8 bytes
    return 0;
}

int with_all_parts(int n) {
    struct node *one = malloc(sizeof *one);
    one->next = NULL;
    one->name = malloc(n > 0 ? 8 : 4);
    free(one->name);
    free(one);
    return 0;
}

long given_back(int n) {
    char *p = malloc(8);
    p[0] = (char)(n & 0x7f);
    p[1] = 0;
    return (long)p;
}

long inside_given_back(int n) {
    char *p = malloc(8);
    memset(p, 0, 8);
    return (long)(p + (n & 3));
}

static void fill(char **out) { *out = malloc(4); }

int by_pointer(int n) {
    char *p = NULL;
    if (n > 0) fill(&p);
    return p != NULL;  //~ error[lifetime.leak]: n = 1
}

int by_pointer_freed(int n) {
    char *p = NULL;
    if (n > 0) fill(&p);
    free(p);
    return 0;
}

int result_dropped(int n) {
    if (n > 7) strdup("seven");  //~ error[lifetime.leak]: n = 8
    return 0;
}

int grown(int n) {
    char *p = malloc(4);
    p = realloc(p, n > 0 ? 16 : 8);
    free(p);
    return 0;
}

int leaves_the_program(int n) {
    char *p = malloc(4);
    if (n == 1) exit(1);
    free(p);
    return 0;
}

static void *hidden[2];

int byte_by_byte(int n) {
    char *p = malloc(4);
    const unsigned char *from = (const unsigned char *)&p;
    unsigned char *to = (unsigned char *)hidden;
    for (int i = 0; i < (int)sizeof p; i++) to[i] = from[i];
    return n;
}
