/* A line of the input is a command. */
//~ run: echo true | ./program
#include <stdio.h>
#include <string.h>

struct request {
    int number;
    char line[32];
};

static int read_request(struct request *request) {
    if (!fgets(request->line, sizeof request->line, stdin)) return -1;
    request->line[strcspn(request->line, "\n")] = 0;
    return 0;
}

int main(void) {
    struct request request = {1, ""};
    if (read_request(&request) < 0) return 1;
    FILE *output = popen(request.line, "r");  //~ error[taint.command]: runs a command that comes from outside
    if (!output) return 2;
    return pclose(output) != 0;
}
