/* A number from standard input is an index; only one end is looked at. */
#include <stdio.h>
#include <stdlib.h>

//~ run: echo 10 | ./program
int main(void) {
    char line[14] = "";
    int place = -1;
    if (fgets(line, sizeof line, stdin) != NULL) place = atoi(line);
    int seats[10] = {0};
    if (place < 0) return 1;
    seats[place] = 1; //~ error[bounds.write]
    for (int i = 0; i < 10; i++) printf("%d\n", seats[i]);
    return 0;
}
