/* %s is given a number. */
#include <stdio.h>

int main(void) {
    int age = 7;
    printf("%s\n", age); //~ error[call.format]
    return 0;
}
