/* A block for each line, and none of them goes before the function returns. */
#include <alloca.h>
#include <stdio.h>

static int read_lines(int lines) {
    int sum = 0;
    for (int i = 0; i < lines; i++) {
        char *line = alloca(1 << 20);  //~ error[stack.overflow]: the locals need 8388608 bytes of the stack
        line[0] = (char)i;
        sum += line[0];
    }
    return sum;
}

int main(void) {
    printf("%d\n", read_lines(12));
    return 0;
}
