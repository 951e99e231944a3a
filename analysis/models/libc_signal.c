/* <signal.h> and what is called at the end: in the runs that are followed no signal comes, and the end is the end. */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gnomon.h"

int atexit(void (*function)(void)) {
    (void)function;
    return 0;
}

/* What was there before is the default at first, and then nobody's business. */
__sighandler_t signal(int number, __sighandler_t handler) {
    (void)number, (void)handler;
    return (__sighandler_t)__gnomon_unknown();
}

int sigaction(int number, const struct sigaction* restrict wanted, struct sigaction* restrict before) {
    if (number <= 0 || number >= NSIG) {
        errno = EINVAL;
        return -1;
    }
    if (wanted) __gnomon_touch(wanted, sizeof *wanted);
    if (before) {
        __gnomon_fill(before, 0, sizeof *before);
        __gnomon_forget(before);
    }
    return 0;
}

int sigemptyset(sigset_t* set) {
    __gnomon_fill(set, 0, sizeof *set);
    return 0;
}

int sigfillset(sigset_t* set) {
    __gnomon_fill(set, 255, sizeof *set);
    return 0;
}

unsigned alarm(unsigned seconds) {
    (void)seconds;
    return 0;
}
