/* A global carries a bad value from one file to another. */
#include "data.h"

int *data;

int main(void) {
    static int zero;
    data = &zero;
    choose(0);
    sink();
    return 0;
}
