/* A command is put together around an environment variable. */
//~ run: TARGET=. ./program
#include <stdio.h>
#include <stdlib.h>

int main(void) {
    char command[64];
    const char *target = getenv("TARGET");
    if (!target) return 1;
    snprintf(command, sizeof command, "ls %s", target);
    return system(command) != 0;  //~ error[taint.command]: getenv("TARGET") =
}
