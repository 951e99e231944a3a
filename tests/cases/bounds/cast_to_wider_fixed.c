/* Four bytes are read as eight. */
#include <stdio.h>
#include <string.h>

int main(void) {
    unsigned char raw[4] = {1, 2, 3, 4};
    int value;
    memcpy(&value, raw, sizeof value);
    printf("%d\n", (int)value);
    return 0;
}
