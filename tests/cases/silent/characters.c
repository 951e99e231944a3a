/* Characters that no table of <ctype.h> holds. */
//~ run: is_letter(256)
//~ run: is_letter_of_character("a")
//~ run: upper(256)
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
