/* Writes to what is constant. */
//~ run: literal(4)
//~ run: array(4)
//~ run: constant_table(4)
#include <string.h>

int literal(int n) {
    char *text = "abc";
    if (n == 4) text[0] = 'x';  //~ error[bounds.write]: string literal
    return text[0];
}

int array(int n) {
    char text[] = "abc";
    if (n == 4) text[0] = 'x';
    return text[0];
}

static const int table[2] = {1, 2};

int constant_table(int n) {
    if (n == 4) *(int *)&table[1] = 3;  //~ error[bounds.write]: `table`
    return table[1];
}
