/* Is told which of its own commands to run. */
//~ run: ./program list
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv) {
    const char *command = "true";
    if (argc < 2) return 1;
    if (strcmp(argv[1], "list") == 0) command = "ls";
    return system(command) != 0;
}
