/* A block for each line, which goes with the function that needs it. */
#include <alloca.h>
#include <stdio.h>

static int read_line(int i) {
    char *line = alloca(1 << 20);
    line[0] = (char)i;
    return line[0];
}

static int read_lines(int lines) {
    int sum = 0;
    for (int i = 0; i < lines; i++) sum += read_line(i);
    return sum;
}

int main(void) {
    printf("%d\n", read_lines(12));
    return 0;
}
