/* The folder of a program comes from the environment. */
//~ run: TOOLS=/nowhere ./program
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv) {
    char path[256] = "";
    const char *folder = getenv("TOOLS");
    if (!folder || strlen(folder) > 200 || argc < 1) return 1;
    strcpy(path, folder);
    strcat(path, "/tool");
    execv(path, argv);  //~ error[taint.command]: runs a program whose name comes from outside
    return 2;
}
