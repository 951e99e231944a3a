/* Statements: loops, switch with fallthrough and ranges, goto into and out of blocks. */
#include "report.h"

static int classify(int c) {
    switch (c) {
        case 'a' ... 'f':
            return 1;
        case 'g' ... 'z':
            return 2;
        case -5 ... -1:
            return 3;
        case 100000 ... 900000000:
            return 4;
        default:
            return 5;
        case '0':
        case '1':
            return 6;
    }
}

static int falls(unsigned n) {
    int result = 0;
    switch (n) {
        case 0:
            result += 1;
        case 1:
            result += 10; /* fallthrough */
        case 2: {
            result += 100;
            break;
        }
        case 4294967295u:
            result = -1;
            break;
        default:
            result = 7;
    }
    return result;
}

static int duff(char *to, const char *from, int count) {
    int rounds = (count + 3) / 4;
    switch (count % 4) {
        case 0:
            do {
                *to++ = *from++;
                case 3:
                    *to++ = *from++;
                case 2:
                    *to++ = *from++;
                case 1:
                    *to++ = *from++;
            } while (--rounds > 0);
    }
    return count;
}

static int jumps(int n) {
    int sum = 0;
again:
    if (n <= 0) goto done;
    for (;;) {
        sum += n--;
        if (n % 3 == 0) goto again;
        if (n < 0) break;
    }
done:
    return sum;
}

static int inward(int n) {
    int total = 0;
    if (n > 3) goto middle;
    while (n < 10) {
        total += 1;
    middle:
        total += 100;
        n += 2;
    }
    return total;
}

static int nested(int n) {
    int count = 0;
    for (int i = 0, j = n; i < j; i++, j--) {
        for (int k = 0; k < 4; k++) {
            if (k == 2) continue;
            if (i + k > 5) break;
            count += k;
        }
        switch (i) {
            case 1:
                continue;
            case 4:
                break;
            default:
                count += 10;
        }
        count++;
    }
    return count;
}

static long wide(long value) {
    switch (value) {
        case 0x100000000:
            return 1;
        case -1:
            return 2;
        case 0 ... 0xffffffff:
            return 3;
    }
    return 4;
}

static int empty_parts(void) {
    int i = 0;
    for (; i < 3;) i++;
    for (;; i++)
        if (i > 6) break;
    for (i = 10; i;) i--;
    do
        i--;
    while (i > -3);
    while (1) {
        if (i++ > 2) break;
    }
    switch (i) {
    }
    switch (i) case 4: i = 50;
    ;
    return i;
}

static int shadowed(int n) {
    int total = n;
    {
        int n = 3;
        {
            int n = 5;
            total += n;
        }
        total += n;
    }
    return total + n;
}

#define REPEAT(count) for (int r = 0; r < (count); r++)
#define FOREVER for (;;)

static int by_macro(void) {
    int total = 0;
    REPEAT(4) total += r;
    FOREVER {
        if (++total > 20) break;
    }
    return total;
}

static int recursive(int n) { return n < 2 ? n : recursive(n - 1) + recursive(n - 2); }

static int local_label(int n) {
    __label__ out;
    if (n) goto out;
    n = 5;
out:
    return n;
}

static int tested(int n) {
    switch (n & 3 ? n : -n) {
        int unused;
        case 2:
            unused = 4;
            return unused;
    }
    return (n > 0) ? ((n > 5) ? 2 : 1) : 0;
}

int main(void) {
    for (int c = -6; c < 130; c += 7) report(classify(c));
    report(classify(500000000) * 10 + classify(99999) + classify(900000001));
    for (unsigned n = 0; n < 4; n++) report(falls(n));
    report(falls(-1));
    char copy[12] = {0};
    report(duff(copy, "duff's device", 10));
    report(strlen(copy));
    report(jumps(11));
    report(inward(1) * 1000 + inward(5));
    report(nested(12));
    report(wide(0x100000000) * 1000 + wide(-1) * 100 + wide(4294967295) * 10 + wide(-2));
    report(empty_parts());
    report(shadowed(7));
    report(by_macro());
    report(recursive(10));
    report(local_label(0) + local_label(2));
    report(tested(2) * 10 + tested(9));
    return finish(0);
}
