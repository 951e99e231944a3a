/* A word is reversed by recursion; the end is looked for at the wrong place. */
#include <stdio.h>
#include <string.h>

static void reverse(char *text, int from, int to) {
    if (from >= to) return;
    char held = text[to]; //~ error[bounds.read]
    text[to] = text[from];
    text[from] = held;
    reverse(text, from + 1, to - 1);
}

int main(void) {
    char word[3] = {'a', 'b', 'c'};
    reverse(word, 0, 3);
    printf("%c\n", word[0]);
    return 0;
}
