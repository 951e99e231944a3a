/* malloc is told elements where it wants bytes. */
#include <stdio.h>
#include <stdlib.h>

int main(void) {
    int *numbers = malloc(8 * sizeof *numbers);
    if (!numbers) return 1;
    for (int i = 0; i < 8; i++) {
        numbers[i] = i;
    }
    printf("%d\n", numbers[1]);
    free(numbers);
    return 0;
}
