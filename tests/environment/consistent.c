/* What the environment says once it says again, and never what it cannot say. */
#include <ctype.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

int same_variable(void) { return getenv("PATH") ? (int)strlen(getenv("PATH")) : 0; }

int copied_variable(void) {
    if (!getenv("PATH")) return 0;
    char *copy = malloc(strlen(getenv("PATH")) + 1);
    if (!copy) return 0;
    strcpy(copy, getenv("PATH"));
    int first = copy[0];
    free(copy);
    return first;
}

int set_variable(void) {
    setenv("MODE", "fast", 1);
    return getenv("MODE")[3];
}

int unset_variable(void) {
    unsetenv("MODE");
    return getenv("MODE")[0];  //~ error[null.deref]
}

int same_process(void) {
    int v[2] = {0, 0};
    return v[getpid() == getpid()] + v[getuid() != getuid()];
}

int closed_twice_but_never_open(void) {
    int a = -1, b = -1;
    return close(a) + close(b);
}

int opened_again(void) {
    int from = open("log", O_WRONLY), to = open("out", O_WRONLY);
    if (from < 0) return -1;  //~ error[resource.leak]
    if (to < 0) return -1;  //~ error[resource.leak]
    close(to);
    if (dup2(from, to) < 0) return -1;
    return (int)write(to, "x", 1);
}

int clock_goes_on(void) {
    int v[1] = {0};
    struct timespec before, after;
    clock_gettime(CLOCK_MONOTONIC, &before);
    clock_gettime(CLOCK_MONOTONIC, &after);
    int has_gone_back =
        after.tv_sec < before.tv_sec || (after.tv_sec == before.tv_sec && after.tv_nsec < before.tv_nsec);
    return v[has_gone_back];
}

int blocks_of_file(void) {
    struct stat status;
    if (stat("log", &status) != 0) return 0;
    return (int)(status.st_size / status.st_blksize);
}

int pushed_back(void) {
    int n;
    int letter = getchar();
    if (!isdigit(letter)) return 0;
    ungetc(letter, stdin);
    scanf("%d", &n);
    return n ? 1 : 2;
}

int two_digits(void) {
    int v[100] = {0}, n;
    if (scanf("%2d", &n) != 1 || n < 0) return 0;
    return v[n];
}

int tokens_of_constant(void) {
    char *text = "one";
    char *first = strsep(&text, ",");
    return first[0];
}

int working_folder(void) {
    char *folder = getcwd(NULL, 5000);
    if (!folder) return 0;
    strcat(folder, "/x");
    int first = folder[0];
    free(folder);
    return first;
}

int far_seek(long offset) {
    FILE *file = fopen("log", "r");
    if (!file) return -1;
    int moved = fseek(file, offset, SEEK_SET);
    fclose(file);
    return moved;
}
