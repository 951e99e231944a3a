/* A literal is read past its end. */
#include <stdio.h>

int main(void) {
    const char *text = "short";
    char last = 0;
    for (int i = 0; i < 8; i++) last = text[i]; //~ error[bounds.read]
    printf("%d\n", last);
    return 0;
}
