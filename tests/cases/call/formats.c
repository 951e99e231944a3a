/* Formats, and what is passed with them. */
//~ run: too_few(3)
//~ run: enough(3)
//~ run: number_as_text(1)
//~ run: right_width(1)
//~ run: pointer_as_number(2)
//~ run: too_wide(1)
#include <stdio.h>
#include <string.h>

int too_few(int n) {
    if (n > 2) printf("%d of %d\n", n);  //~ error[call.format]: fewer
    return 0;
}

int enough(int n) {
    if (n > 2) printf("%d of %d\n", n, 9);
    return 0;
}

int number_as_text(int n) {
    if (n > 2) printf("%s\n", n);  //~ error[call.format]: does not fit
    return 0;
}

int too_wide(long n) {
    printf("%d\n", n);  //~ error[call.format]: does not fit
    return 0;
}

int right_width(long n) {
    printf("%ld %5.1f %c %% %*d\n", n, 1.5, 'c', 3, 4);
    return 0;
}

int pointer_as_number(int n) {
    char text[4] = "abc";
    if (n == 1) printf("%p %s\n", (void *)text, text);
    if (n == 2) printf("%x\n", text);  //~ error[call.format]: does not fit
    return 0;
}
