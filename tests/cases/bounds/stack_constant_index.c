/* A table of five, filled one too far. */
#include <stdio.h>

int main(void) {
    int squares[5];
    for (int i = 0; i <= 5; i++) squares[i] = i * i; //~ error[bounds.write]
    printf("%d\n", squares[4]);
    return 0;
}
