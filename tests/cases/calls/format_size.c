/* %ld is given an int. */
#include <stdio.h>

int main(void) {
    int n = 3;
    printf("%ld\n", n); //~ error[call.format]
    return 0;
}
