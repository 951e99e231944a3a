/* Closed when it is empty only. */
#include <stdio.h>

int main(void) {
    FILE *file = fopen("/dev/zero", "r");
    if (!file) return 1;
    int c = fgetc(file);
    fclose(file);
    file = NULL;
    return c > 5;
}
