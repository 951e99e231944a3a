/* The first letter of a line of the input says which command it is. */
//~ run: echo true | ./program
#include <stdio.h>

struct request {
    int number;
    char line[32];
};

static const char *const commands[] = {"true", "ls", "date"};

int main(void) {
    struct request request = {1, ""};
    if (!fgets(request.line, sizeof request.line, stdin)) return 1;
    FILE *output = popen(commands[(unsigned char)request.line[0] % 3], "r");
    if (!output) return 2;
    return pclose(output) != 0;
}
