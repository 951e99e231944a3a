/* A text is put together in a local array and handed out through a struct. */
#include <stdio.h>

struct text {
    const char *chars;
};

static struct text label(int n) {
    char chars[8];
    chars[0] = (char)('a' + n);
    chars[1] = '\0';
    struct text text = {chars};
    return text;
}

int main(void) {
    struct text text = label(2);
    putchar(text.chars[0]); //~ error[lifetime.stack-escape]
    return 0;
}
