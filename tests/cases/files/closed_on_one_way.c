/* Closed when it is empty only. */
#include <stdio.h>

int main(void) {
    FILE *file = fopen("/dev/zero", "r");
    if (!file) return 1;
    int c = fgetc(file);
    if (c == EOF) fclose(file);
    file = NULL; //~ error[resource.leak]
    return c > 5;
}
