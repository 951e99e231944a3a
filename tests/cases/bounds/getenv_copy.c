/* A path from the environment. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

//~ run: HOME=/a/folder/that/is/long ./program
int main(void) {
    char path[12];
    const char *home = getenv("HOME");
    if (!home) return 1;
    strcpy(path, home); //~ error[bounds.write]
    puts(path);
    return 0;
}
