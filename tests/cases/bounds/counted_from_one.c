/* Months are counted from one, arrays are not. */
#include <stdio.h>

static const int days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

static int days_of(int month) {
    if (month < 1 || month > 12) return 0;
    return days[month]; //~ error[bounds.read]
}

int main(void) {
    int sum = 0;
    for (int month = 1; month <= 12; month++) sum += days_of(month);
    printf("%d\n", sum);
    return 0;
}
