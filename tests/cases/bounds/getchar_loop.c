/* A line is read letter by letter, without looking at the room. */
#include <stdio.h>

//~ run: echo 123456789 | ./program
int main(void) {
    char line[8];
    int n = 0, c;
    while ((c = getchar()) != EOF && c != '\n') {
        line[n++] = (char)c; //~ error[bounds.write]
    }
    line[n] = 0; //~ error[bounds.write]
    puts(line);
    return 0;
}
//~ run: echo 12345678 | ./program
