/* A name is cut without its NUL, and then printed. */
#include <stdio.h>
#include <string.h>

static void greet(const char *name) {
    char shown[4];
    strncpy(shown, name, sizeof shown);
    printf("hello %s\n", shown);  //~ error[nul.unterminated]
}

int main(void) {
    greet("Anna");
    return 0;
}
