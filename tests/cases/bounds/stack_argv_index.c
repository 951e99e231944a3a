/* The day's name for a number given on the command line. */
#include <stdio.h>
#include <stdlib.h>

static const char *const days[7] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};

//~ run: ./program 7
int main(int argc, char **argv) {
    if (argc != 2) return 1;
    int day = argv[1][0] - '0';
    if (day < 0 || day > 7) return 1;
    puts(days[day]); //~ error[bounds.read]
    return 0;
}
