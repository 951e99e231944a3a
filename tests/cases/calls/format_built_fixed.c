// A format that the program itself writes before it is used.
#include <stdio.h>
#include <string.h>

int main(void) {
    char format[8];
    strcpy(format, "%d\n");
    printf(format, 3);
    return 0;
}
