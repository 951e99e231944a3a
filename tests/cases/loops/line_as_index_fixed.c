/* Both ends are looked at. */
#include <stdio.h>
#include <stdlib.h>

//~ run: echo 10 | ./program
//~ run: echo 9 | ./program
int main(void) {
    char line[14] = "";
    int place = -1;
    if (fgets(line, sizeof line, stdin) != NULL) place = atoi(line);
    int seats[10] = {0};
    if (place < 0 || place >= 10) return 1;
    seats[place] = 1;
    for (int i = 0; i < 10; i++) printf("%d\n", seats[i]);
    return 0;
}
