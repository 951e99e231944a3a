/* A prefix is cut off with strcpy. */
#include <stdio.h>
#include <string.h>

int main(void) {
    char path[16] = "./folder/file";
    memmove(path, path + 2, strlen(path + 2) + 1);
    puts(path);
    return 0;
}
