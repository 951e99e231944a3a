/* The size of the source is larger than the target. */
#include <stdio.h>
#include <string.h>

struct packet {
    int kind;
    char body[12];
};

int main(void) {
    struct packet packet = {1, "hello"};
    char body[12];
    memcpy(body, packet.body, sizeof packet.body);
    puts(body);
    return 0;
}
