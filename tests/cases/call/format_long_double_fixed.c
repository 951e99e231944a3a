/* A long double is passed otherwise than a double, and the formats say so. */
#include <stdio.h>

void show(double number, long double longer, int count) {
    printf("%f\n", number);
    printf("%Lf\n", longer);
    printf("%Lg %d %.*Le\n", longer, count, 3, longer);
}

int main(void) {
    double number = 0;
    long double longer = 0;
    char text[40];
    if (sscanf("1.5 2.5", "%lf %Lf", &number, &longer) != 2) return 1;
    show(number, longer, 3);
    snprintf(text, sizeof text, "%.3Lf", longer);
    return text[0] != '2';
}
