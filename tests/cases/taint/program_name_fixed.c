/* The program is always the same; what it is given comes from outside. */
//~ run: ./program a b
#include <unistd.h>

int main(int argc, char **argv) {
    if (argc < 1) return 1;
    execv("/nowhere/tool", argv);
    return 2;
}
