/* Characters that no table of <ctype.h> holds. */
//~ run: upper(256)
//~ run: upper_of_character("a")
#include <ctype.h>

int upper(int n) {
    return toupper(n);  //~ error[call.argument]
}

int upper_of_character(char *text) {
    return toupper((unsigned char)text[0]);
}
