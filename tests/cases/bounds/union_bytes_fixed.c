/* The bytes of a number, and one more. */
#include <stdio.h>

union word {
    unsigned number;
    unsigned char bytes[4];
};

int main(void) {
    union word *w = &(union word){0x01020304};
    unsigned sum = 0;
    for (int i = 3; i >= 0; i--) sum += w->bytes[i];
    printf("%u\n", sum);
    return 0;
}
