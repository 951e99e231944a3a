#include <stdio.h>

void d(const int *data) {
    char letters[20] = "abcdefghijklmnopqrs";
    putchar(letters[*data]); //~ error[bounds.read]
}
