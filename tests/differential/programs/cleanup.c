/* __attribute__((cleanup(f))): what f sees on each way out of a scope, and in which order. */
#include "report.h"

#define AUTO(f) __attribute__((cleanup(f)))

struct pair {
    int low, high;
};

static int depth;

static void leave(int *number) { report((unsigned long long)(*number * 10 + depth)); }
static void leave_pair(struct pair *pair) { report((unsigned long long)(pair->low + pair->high)); }
static int leave_any(const void *bytes) { return report(*(const unsigned char *)bytes), 1; }
static void leave_pointer(int **pointer) { ++**pointer; }

static int in_order(void) {
    AUTO(leave) int first = 1;
    AUTO(leave) int second = 2;
    first += 4;
    {
        int third AUTO(leave) = 3;
        third += second;
    }
    second = 7;
    return first;
}

static int value_first(int n) {
    AUTO(leave) int number = n;
    int *to AUTO(leave_pointer) = &number;
    (void)to;
    return number;
}

static struct pair record_first(void) {
    struct pair pair AUTO(leave_pair) = {3, 4};
    pair.low = 20;
    return pair;
}

static int loops(int count) {
    int sum = 0;
    for (int i AUTO(leave) = 0; i < count; ++i) {
        int now AUTO(leave) = i + 100;
        if (i == 1) continue;
        if (i == 3) break;
        while (now) {
            AUTO(leave) int inner = now;
            if (inner == 102) break;
            now = 0;
        }
        sum += now;
        if (count == 3 && i == 2) return sum;
    }
    return sum + 1000;
}

static int jumps(int n) {
    int turns = 0;
again:;
    AUTO(leave) int outer = ++turns + 30;
    {
        int inner AUTO(leave) = turns + 40;
        if (n == 1 && turns < 3) goto again;
        if (n == 2) goto inside;
        if (n == 3) goto out;
        inner += 5;
    inside:
        inner += 1;
    }
    outer += 2;
out:
    return outer;
}

static int choices(int n) {
    switch (n) {
        case 0: {
            int zero AUTO(leave) = 50;
            break;
        }
        case 1: {
            AUTO(leave_any) unsigned char one = 51;
            return one;
        }
        default: {
            int other AUTO(leave) = 52;
            if (n == 2) goto end;
        }
    }
    report(60);
end:
    return n;
}

static int nested(int n) {
    AUTO(leave) int number = n;
    ++depth;
    const int value = n == 0 ? 0 : ({
        AUTO(leave) int copy = n + 70;
        nested(n - 1) + copy;
    });
    --depth;
    return value;
}

static int early(int n) {
    if (n == 0) return 80;
    AUTO(leave) int number = 81;
    if (n == 1) return number + 1;
    AUTO(leave) int next = 83;
    return n == 2 ? next : number;
}

int main(void) {
    report((unsigned long long)in_order());
    report((unsigned long long)value_first(5));
    const struct pair pair = record_first();
    report((unsigned long long)(pair.low * pair.high));
    for (int i = 0; i < 5; ++i) {
        report((unsigned long long)loops(i));
        report((unsigned long long)jumps(i));
        report((unsigned long long)choices(i));
        report((unsigned long long)early(i));
    }
    report((unsigned long long)nested(3));
    return finish(0);
}
