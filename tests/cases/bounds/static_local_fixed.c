/* A static array keeps its fill between calls. */
#include <stdio.h>

static const char *letter(int i) {
    static char text[3];
    static int used;
    text[used % 3] = (char)('a' + i);
    used++;
    return text;
}

int main(void) {
    const char *text = "";
    for (int i = 0; i < 4; i++) text = letter(i);
    printf("%c\n", text[0]);
    return 0;
}
