/* Globals and functions across translation units. */
#include "../report.h"
#include "shared.h"

int tentative;
int tentative;
int defined_here = 5;
static int hidden = 1;
const char *const words[] = {"main", "words"};
struct item items[3] = {{1, &defined_here}, {2, &defined_there}, {3, &table[2]}};
int (*chosen)(int) = from_other;

static int helper(int x) { return x + 1; }
int call_back(int x) { return helper(x) * 100; }

int main(void) {
    report(defined_there);
    report(from_other(4));
    report(hidden);
    report(other_hidden());
    report(tentative);
    tentative = 8;
    report(read_tentative());
    report(*items[1].value + *items[2].value);
    report(item_sum());
    report(chosen(2));
    report(table[1]);
    bump();
    report(defined_here);
    report(words[1][0] + other_word()[0]);
    extern int local_declaration;
    report(local_declaration);
    report(common);
    report(square(7));
    return finish(0);
}
