/* What comes from outside, what does not, and what nobody can say. */
#include <gnomon.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char letters[] = "abcdefgh";

int argument(int n) {
    int copy = n, own = 3;
    GNOMON_ASSERT(tainted(n) && tainted(copy) && tainted(n & 1) && tainted(-(long)n) && tainted(~n));
    GNOMON_ASSERT(!tainted(own) && !tainted(&n));
    return own;
}

/* Control carries nothing. */
int tested(int n) {
    int sign = n < 0 ? -1 : 1;
    _Bool is_any = n;
    GNOMON_ASSERT(!tainted(sign) && !tainted(n == 3) && !tainted(!n) && !tainted(is_any));
    GNOMON_ASSERT(!tainted(letters[n & 7]));
    if (n == 3) GNOMON_ASSERT(tainted(n));
    return sign;
}

/* The bytes are from outside, where they are and how many is not. */
int line(void) {
    char text[16];
    if (!fgets(text, sizeof text, stdin)) return 0;
    if (text[0] != '\n') GNOMON_ASSERT(tainted(text[0]));
    GNOMON_ASSERT(!tainted(text) && !tainted(strlen(text)));
    text[0] = 'x';
    GNOMON_ASSERT(!tainted(text[0]));
    return 1;
}

int chance(void) {
    int n = rand();
    GNOMON_ASSERT(!tainted(n));
    return n;
}

/* A caller in the program may hand over either: not decided. */
static int given(int n, const int *block) {
    GNOMON_ASSERT(!tainted(n));
    GNOMON_ASSERT(tainted(block[0]));
    return block[0];
}

int (*const table[])(int, const int *) = {given};

GNOMON_ENTRY static int entry(const char *text, int n) {
    GNOMON_ASSERT(text[0] == 0 || tainted(text[0]));
    GNOMON_ASSERT(tainted(n));
    return n;
}

int (*const entries[])(const char *, int) = {entry};
