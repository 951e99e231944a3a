/* Freed once in the loop and once at the end. */
#include <stdlib.h>

int main(void) {
    char *block = malloc(10);
    for (int i = 0; i < 3; i++) {
        if (i == 2) {
            free(block);
        }
    }
    free(block); //~ error[lifetime.double-free]
    return 0;
}
