/* Eight mistakes of one kind; the first argument says which one runs. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int chosen;

//~ run: ./program 1
//~ run: ./program 2
//~ run: ./program 3
//~ run: ./program 4
//~ run: ./program 5
//~ run: ./program 6
//~ run: ./program 7
//~ run: ./program 8
//~ run: ./program
static void overrun_001(void) {
    char *block = malloc(5 * sizeof(char));
    if (block != NULL) {
        int i = 4;
        block[i] = 1;
        free(block);
    }
}

static void overrun_002(void) {
    short *block = malloc(5 * sizeof(short));
    if (block != NULL) {
        *(block + 4) = 1;
        free(block);
    }
}

static void overrun_003(void) {
    int *block = calloc(5, sizeof(int));
    if (block != NULL) {
        int *at = block;
        for (int i = 0; i < 5; i++) {
            at++;
            at[-1] = i;
        }
        free(block);
    }
}

static int five(void) { return 5; }

static void overrun_004(void) {
    long *block = malloc(5 * sizeof(long));
    if (block != NULL) {
        block[five() - 1] = 1;
        free(block);
    }
}

struct numbers {
    int a, b;
    int list[3];
};

static void overrun_005(void) {
    struct numbers *block = malloc(2 * sizeof(struct numbers));
    if (block != NULL) {
        struct numbers *end = block + 1;
        end->a = 1;
        free(block);
    }
}

static void overrun_006(void) {
    char *block = malloc(10);
    if (block != NULL) {
        memset(block, 'a', 10);
        block[strlen("012345678")] = '\0';
        free(block);
    }
}

static int *made;
static void make(void) { made = malloc(7 * sizeof *made); }

static void overrun_007(void) {
    make();
    if (made != NULL) {
        int index = 3;
        made[2 * index] = 1;
        free(made);
        made = NULL;
    }
}

static void overrun_008(void) {
    double *rows[2] = {malloc(4 * sizeof(double)), malloc(3 * sizeof(double))};
    if (rows[0] && rows[1]) {
        for (int i = 0; i < 2; i++) {
            rows[i][2] = 0.5;
        }
    }
    free(rows[0]);
    free(rows[1]);
}

void overrun_main(void) {
    if (chosen == 1 || chosen == 99) overrun_001();
    if (chosen == 2 || chosen == 99) overrun_002();
    if (chosen == 3 || chosen == 99) overrun_003();
    if (chosen == 4 || chosen == 99) overrun_004();
    if (chosen == 5 || chosen == 99) overrun_005();
    if (chosen == 6 || chosen == 99) overrun_006();
    if (chosen == 7 || chosen == 99) overrun_007();
    if (chosen == 8 || chosen == 99) overrun_008();
}

int main(int argc, char **argv) {
    if (argc > 1) {
        chosen = atoi(argv[1]);
        overrun_main();
    }
    return 0;
}
