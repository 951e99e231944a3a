/* The first byte of the copy is the terminator. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(void) {
    const char *text = "abc";
    size_t n = strlen(text);
    char *copy = malloc(n + 1);
    if (!copy) return 1;
    for (size_t i = 0; i <= n; i++) copy[n - i] = text[i - 1]; //~ error[bounds.read]
    copy[n] = '\0';
    puts(copy);
    free(copy);
    return 0;
}
