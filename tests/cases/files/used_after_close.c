/* A line is written after the file was closed. */
#include <stdio.h>

int main(void) {
    FILE *file = fopen("/dev/null", "w");
    if (!file) return 1;
    fclose(file);
    fputs("late\n", file); //~ error[resource.misuse]
    return 0;
}
