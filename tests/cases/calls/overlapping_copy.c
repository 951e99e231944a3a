/* Text is moved by one with memcpy. */
#include <stdio.h>
#include <string.h>

int main(void) {
    char text[16] = "xabcdefg";
    memcpy(text, text + 1, strlen(text)); //~ error[call.overlap]
    puts(text);
    return 0;
}
