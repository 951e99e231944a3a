/* Functions whose bodies nobody has. */
#include <stddef.h>
#include <stdlib.h>

int elsewhere(int *place);
void log_elsewhere(const char *text);
void stop_elsewhere(void);

static int table[10];
static int counter;

/* What does not depend on them is still found. */
int independent(int n) {
    log_elsewhere("begin");
    return table[n];  //~ error[bounds.read]: n =
}

int of_result(void) { return table[elsewhere(NULL)]; }

int of_argument(void) {
    int place = 20;
    elsewhere(&place);
    return table[place];
}

int of_global(void) {
    counter = 20;
    log_elsewhere("now");
    return table[counter];
}

int kept_pointer(void) {
    int place = 20;
    elsewhere(&place);
    place = 30;
    log_elsewhere("again");
    return table[place];
}

int own_local(void) {
    int place[1] = {10};
    log_elsewhere("now");
    return table[place[0]];  //~ error[bounds.read]
}

/* It may be that it never returns. */
int stops(int n) {
    if (n > 9 || n < 0) stop_elsewhere();
    return table[n];
}

int goes_on(int n) {
    if (n > 9) {
        log_elsewhere("large");
        return table[n];  //~ error[bounds.read]: n =
    }
    return 0;
}
