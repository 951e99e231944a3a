#include "record.h"

void record_read(struct record *r, int number) {
    r->number = number;
}
