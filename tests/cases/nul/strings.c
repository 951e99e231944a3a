/* Strings without an end. */
//~ run: copied("abcdefgh")
//~ run: copied_and_ended("abcdefgh")
//~ run: letters(0)
//~ run: letters_ended(0)
#include <stdlib.h>
#include <string.h>

int copied(char *text) {
    char name[8];
    strncpy(name, text, sizeof name);
    return (int)strlen(name);  //~ error[nul.unterminated]: `name`
}

int copied_and_ended(char *text) {
    char name[8];
    strncpy(name, text, sizeof name - 1);
    name[7] = 0;
    return (int)strlen(name);
}

int letters(int n) {
    char word[3] = {'a', 'b', 'c'};
    char out[16];
    if (n > 0) word[2] = 0;
    strcpy(out, word);  //~ error[nul.unterminated]
    return out[0];
}

int letters_ended(int n) {
    char word[4] = {'a', 'b', 'c'};
    char out[16];
    if (n > 0) word[2] = 0;
    strcpy(out, word);
    return out[0];
}
