/* A part of a text, and a part behind it. */
#include <stdio.h>
#include <string.h>

int main(void) {
    const char *text = "name: value";
    const char *colon = strstr(text, ": ");
    const char *comma = colon ? strchr(colon, ',') : text;
    printf("%c\n", comma[1]); //~ error[null.deref]
    return 0;
}
