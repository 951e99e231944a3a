/* The number of fields is that of another version of the record. */
#include <stdio.h>

#define VERSION 2
#if VERSION == 1
#define FIELDS 6
#else
#define FIELDS 4
#endif

struct record {
    short fields[FIELDS];
};

int main(void) {
    struct record record = {{1, 2, 3, 4}};
    int sum = 0;
    for (int i = 0; i < 6; i++) sum += record.fields[i]; //~ error[bounds.read]
    printf("%d\n", sum);
    return 0;
}
