/* The length without its header wraps around below zero. */
#include <stdio.h>
#include <string.h>

static void body_of(const char *message, unsigned size, char *to) {
    unsigned body = size < 4 ? 0 : size - 4;
    if (body > 60) body = 60;
    if (body) memcpy(to, message + 4, body);
}

int main(void) {
    static char to[64];
    char message[8] = {1, 2, 3, 0};
    body_of(message, 3, to);
    printf("%d\n", to[0]);
    return 0;
}
