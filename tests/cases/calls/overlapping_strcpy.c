/* A prefix is cut off with strcpy. */
#include <stdio.h>
#include <string.h>

int main(void) {
    char path[16] = "./folder/file";
    strcpy(path, path + 2); //~ error[call.overlap]
    puts(path);
    return 0;
}
