/* Clocks, random numbers, and texts of the system. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static int table[10];

int by_second(void) {
    time_t now;
    time(&now);
    return table[now % 11];  //~ error[bounds.read]: time() =
}

int by_microsecond(void) {
    struct timeval now;
    gettimeofday(&now, NULL);
    return 10 / (int)(now.tv_usec - 500);  //~ error[arith.div-zero]: microseconds = 500
}

int by_nanosecond(void) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return now.tv_nsec > 7 ? 0 : table[now.tv_nsec + 5];  //~ error[bounds.read]: nanoseconds =
}

int two_throws(void) {
    int first = rand() % 6, second = rand() % 6;
    return table[first + second];  //~ error[bounds.read]: rand() =
}

int own_seed(void) {
    unsigned seed = 1;
    return table[rand_r(&seed) % 12];  //~ error[bounds.read]: rand_r() =
}

int long_folder(void) {
    char name[4];
    const char *folder = getcwd(NULL, 0);
    if (!folder) return -1;
    memset(name, 0, strlen(folder) + 1);  //~ error[bounds.write]: getcwd() =
    free((void *)folder);
    return name[0];
}

int two_files(void) {
    FILE *first = fopen("first", "r");
    if (!first) return -1;
    FILE *second = fopen("second", "r");
    if (!second) {
        fclose(first);
        return -1;
    }
    int a = fgetc(first), b = fgetc(second), c = fgetc(first);
    fclose(first);
    fclose(second);
    return a == 'a' && b == 'b' ? 100 / (c - 'c') : 0;  //~ error[arith.div-zero]: file = 97, file (call 1) = 98
}
