/* A line is written after the file was closed. */
#include <stdio.h>

int main(void) {
    FILE *file = fopen("/dev/null", "w");
    if (!file) return 1;
    fputs("in time\n", file);
    fclose(file);
    return 0;
}
