#include "shared.h"

int defined_there = 6;
static int hidden = 2;
int table[] = {10, 20, 30};
int local_declaration = 77;
int common;

static int helper(int x) { return x - 1; }
int from_other(int x) { return call_back(x) + helper(x); }
int other_hidden(void) { return ++hidden; }
int read_tentative(void) { return tentative; }
int item_sum(void) { return items[0].key + items[1].key * 10 + items[2].key * 100; }
void bump(void) { defined_here += square(3); }
const char *other_word(void) { return words[0]; }
