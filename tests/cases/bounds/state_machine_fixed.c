/* A state that the transition table does not know. */
#include <stdio.h>

static const signed char next[3][2] = {{1, 2}, {2, 3}, {0, 1}};

//~ run: ./program 011
int main(int argc, char **argv) {
    int state = 0;
    if (argc < 2) return 1;
    for (const char *at = argv[1]; *at == '0' || *at == '1'; at++) {
        if (state > 2) return 2;
        state = next[state][*at - '0'];
    }
    printf("%d\n", state);
    return 0;
}
