/* Streams that are closed twice, used afterwards, or lost. */
//~ run: lost(1)
//~ run: closed_twice(4)
//~ run: used_after(2)
//~ run: closed(1)
//~ run: closed_once(4)
#include <stdio.h>

int lost(int n) {
    FILE *f = fopen("/dev/null", "r");
    if (!f) return -1;
    int c = fgetc(f);
    if (c == EOF && n > 0) return -2;  //~ error[resource.leak]
    fclose(f);
    return c;
}

int closed(int n) {
    FILE *f = fopen("/dev/null", "r");
    if (!f) return -1;
    int c = fgetc(f);
    fclose(f);
    return n > 0 && c == EOF;
}

int closed_twice(int n) {
    FILE *f = fopen("/dev/null", "r");
    if (!f) return -1;
    if (n > 3) fclose(f);
    fclose(f);  //~ error[resource.misuse]: a second time
    return 0;
}

int closed_once(int n) {
    FILE *f = fopen("/dev/null", "r");
    if (!f) return -1;
    if (n > 3) {
        fclose(f);
        return 1;
    }
    fclose(f);
    return 0;
}

int used_after(int n) {
    FILE *f = fopen("/dev/null", "r");
    if (!f) return -1;
    fclose(f);
    if (n == 2) return fgetc(f);  //~ error[resource.misuse]: after it was closed
    return 0;
}
