/* The terminator is put behind the array. */
#include <stdio.h>
#include <string.h>

int main(void) {
    char word[6];
    strncpy(word, "terminator", sizeof word);
    word[sizeof word] = '\0'; //~ error[bounds.write]
    puts(word);
    return 0;
}
