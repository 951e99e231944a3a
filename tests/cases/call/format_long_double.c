/* A long double is passed otherwise than a double. */
#include <stdio.h>

static void show(double number, long double longer, int is_long) {
    printf("%Lg %d\n", longer, is_long);
    if (is_long)
        printf("%Lf\n", number);  //~ error[call.format]: does not fit
    else
        printf("%f\n", longer);  //~ error[call.format]: does not fit
}

int main(int argc, char **argv) {
    double number = 0;
    if (argc > 2) return sscanf("1", "%Lf", &number);  //~ error[call.format]: does not fit
    show(1, argc, argc > 1);
    return 0;
}
