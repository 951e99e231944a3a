/* Numbers that the world chooses. */
#include <limits.h>
#include <stdlib.h>
#include <time.h>

static int table[10];

int any_entry(void) {
    return table[rand() % 11];  //~ error[bounds.read]: rand() = 10
}

int any_entry_checked(void) { return table[rand() % 10]; }

int next_random(void) {
    int number = rand();
    return number + 1;  //~ error[arith.overflow]: rand() = 2147483647
}

int next_random_checked(void) {
    int number = rand();
    return number < RAND_MAX ? number + 1 : 0;
}

int share_of_time(void) {
    time_t now = time(NULL);
    return (int)(100 / (now % 7));  //~ error[arith.div-zero]: time()
}

int elapsed(void) {
    time_t begin = time(NULL);
    time_t end = time(NULL);
    return end >= begin ? 1 : table[10];
}
