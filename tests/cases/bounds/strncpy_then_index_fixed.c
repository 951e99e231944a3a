/* The terminator is put behind the array. */
#include <stdio.h>
#include <string.h>

int main(void) {
    char word[6];
    strncpy(word, "terminator", sizeof word);
    word[sizeof word - 1] = '\0';
    puts(word);
    return 0;
}
