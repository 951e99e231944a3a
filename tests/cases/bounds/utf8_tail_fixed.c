/* A first byte promises more bytes than the text has. */
#include <stdio.h>
#include <stdlib.h>

static unsigned decode(const unsigned char *at, const unsigned char *end) {
    if (*at < 0x80) return *at;
    if (end - at < 2) return 0xfffd;
    return (unsigned)((*at & 0x1f) << 6 | (at[1] & 0x3f));
}

int main(void) {
    unsigned char *text = malloc(3);
    if (!text) return 1;
    text[0] = 'a';
    text[1] = 'b';
    text[2] = 0xc3;
    unsigned sum = 0;
    for (int i = 0; i < 3; i++) sum += decode(text + i, text + 3);
    printf("%u\n", sum);
    free(text);
    return 0;
}
