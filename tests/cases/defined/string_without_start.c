/* Text is appended to a buffer that holds nothing yet. */
#include <stdio.h>
#include <string.h>

int main(void) {
    char text[32];
    strcat(text, "end"); //~ error[defined.read]
    puts(text);
    return 0;
}
