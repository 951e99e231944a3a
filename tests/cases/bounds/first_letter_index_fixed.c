/* Letters counted by a table that knows only small ones. */
#include <stdio.h>

static int counts[26];

//~ run: ./program abcA
int main(int argc, char **argv) {
    if (argc < 2) return 1;
    for (const char *at = argv[1]; *at; at++) {
        if (*at < 'a' || *at > 'z') continue;
        counts[*at - 'a']++;
    }
    printf("%d\n", counts[0]);
    return 0;
}
