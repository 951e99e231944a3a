/* Locals that are used before they have a value. */
//~ run: sum(1)
//~ run: sum_from_zero(1)
//~ run: larger(0)
//~ run: larger_set(0)
//~ run: passed(0)
//~ run: passed_set(0)
//~ run: given_back(3)
//~ run: given_back_set(3)
//~ run: copied(0)
//~ run: copied_set(0)
//~ run: halved(0)
//~ run: shown(0)
//~ run: without_result(0)
//~ run: result_not_used(0)
#include <stdio.h>
#include <stdlib.h>

int sum(int n) {
    int total;
    for (int i = 0; i < n && i < 4; i++) total += i;  //~ error[defined.read]: n =
    return 0;
}

int sum_from_zero(int n) {
    int total = 0;
    for (int i = 0; i < n && i < 4; i++) total += i;
    return total;
}

int larger(int n) {
    int other;
    if (n > 5) other = 3;
    return n < other;  //~ error[defined.read]
}

int larger_set(int n) {
    int other;
    if (n > 5)
        other = 3;
    else
        other = 4;
    return n < other;
}

static int twice(int n) { return 2 * n; }

int passed(int n) {
    int value;
    if (n == 3) value = 4;
    return twice(value);  //~ error[defined.read]: passes
}

int passed_set(int n) {
    int value = 0;
    if (n == 3) value = 4;
    return twice(value);
}

int given_back(int n) {
    int value;
    switch (n) {
        case 1:
            value = 10;
            break;
        case 2:
            value = 20;
            break;
    }
    return value;  //~ error[defined.read]: returns
}

int given_back_set(int n) {
    int value;
    switch (n) {
        case 1:
            value = 10;
            break;
        default:
            value = 20;
    }
    return value;
}

int copied(int n) {
    int value, copy;
    if (n > 0) value = n;
    copy = value;  //~ error[defined.read]: n = 0
    if (n > 0) return copy;
    return 0;
}

int copied_set(int n) {
    int value, copy, known = known;
    if (n > 0) value = n;
    if (n > 0) copy = value;
    if (n > 0) return copy;
    return 0;
}

double halved(int n) {
    double half;
    if (n > 1) half = n / 2.0;
    return half * 2;  //~ error[defined.read]: uses
}

int shown(int n) {
    int value;
    if (n > 1) value = 2;
    printf("%d\n", value);  //~ error[defined.read]: passes
    return 0;
}

static int sign(int n) {
    if (n > 0) return 1;
    if (n < 0) return -1;
}

int without_result(int n) {
    return sign(n) + 1;  //~ error[defined.read]: n = 0
}

int result_not_used(int n) {
    sign(n);
    return 0;
}
