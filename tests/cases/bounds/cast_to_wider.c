/* Four bytes are read as eight. */
#include <stdio.h>
#include <string.h>

int main(void) {
    unsigned char raw[4] = {1, 2, 3, 4};
    long value;
    memcpy(&value, raw, sizeof value); //~ error[bounds.read]
    printf("%d\n", (int)value);
    return 0;
}
