/* A literal is read past its end. */
#include <stdio.h>

int main(void) {
    const char *text = "short";
    char last = 0;
    for (int i = 0; text[i]; i++) last = text[i];
    printf("%d\n", last);
    return 0;
}
