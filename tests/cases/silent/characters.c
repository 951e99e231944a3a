/* Characters that no table of <ctype.h> holds. */
//~ run: upper(256)
//~ run: upper_of_character("a")
#include <ctype.h>

int is_letter(int n) {
    return (isalpha)(n) != 0;  //~ error[call.argument]
}

int is_letter_of_character(char *text) {
    return (isalpha)((unsigned char)text[0]) != 0;
}

/* glibc gives back what it has no table for. */
int upper(int n) {
    return toupper(n) - tolower(n);
}
