/* The parts of a command line are joined. */
#include <stdio.h>
#include <string.h>

//~ run: ./program one two three four five
int main(int argc, char **argv) {
    char joined[16] = "";
    for (int i = 1; i < argc; i++) {
        if (strlen(joined) + strlen(argv[i]) >= sizeof joined) break;
        strcat(joined, argv[i]);
    }
    puts(joined);
    return 0;
}
