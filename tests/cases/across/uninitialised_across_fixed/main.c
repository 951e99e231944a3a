/* A reader fills a record, but for one field. */
#include <stdio.h>

#include "record.h"

int main(void) {
    struct record r;
    record_read(&r, 7);
    if (r.kind == 2) puts("two");
    return 0;
}
