/* One of two fillers goes too far; which one runs is in a table. */
#include <stdio.h>

typedef void filler(char *, int);

static void fill_x(char *to, int n) {
    for (int i = 0; i < n; i++) to[i] = 'x';
}
static void fill_y(char *to, int n) {
    for (int i = 0; i < n; i++) to[i] = 'y';
}

static filler *const fillers[2] = {fill_x, fill_y};

int main(void) {
    char text[4];
    for (int i = 0; i < 2; i++) fillers[i](text, 4);
    printf("%c\n", text[0]);
    return 0;
}
