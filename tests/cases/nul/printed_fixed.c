/* A name is cut without its NUL, and as much of it printed as there is. */
#include <stdio.h>
#include <string.h>

static void greet(const char *name) {
    char shown[4];
    strncpy(shown, name, sizeof shown);
    printf("hello %.4s or %.*s\n", shown, (int)sizeof shown, shown);
    fprintf(stderr, "%s %c %5.1f %p\n", (char *)NULL, shown[0], 1.0, (void *)shown);
}

int main(void) {
    greet("Anna");
    return 0;
}
