/* What comes from outside is where it was not meant to be. */
#include <gnomon.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int argument(int n) {
    GNOMON_ASSERT(!tainted(n));  //~ error[assert.fails]
    return n;
}

int through_memory(int n) {
    int kept[4] = {0};
    memcpy(kept + 1, &n, sizeof n);
    GNOMON_ASSERT(!tainted(kept[1] ^ 7));  //~ error[assert.fails]
    return kept[0];
}

int number_from_the_environment(void) {
    const char *text = getenv("LIMIT");
    int limit = text ? atoi(text) : 10;
    GNOMON_ASSERT(!tainted(limit));  //~ error[assert.fails]: LIMIT
    return limit;
}

int letter(void) {
    int next = getchar();
    if (next == EOF) return 0;
    GNOMON_ASSERT(!tainted((char)next));  //~ error[assert.fails]: stdin =
    return next;
}

int own(void) {
    int n = 3;
    GNOMON_ASSERT(tainted(n));  //~ error[assert.fails]
    return n;
}
