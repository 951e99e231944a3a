/* What a pointer leads to is not what its type says. */
#include <gnomon.h>
#include <stdlib.h>

struct point {
    int x, y;
    char name[8];
};

static struct point points[3];

int cast_number(void) {
    int number = 3;
    char *bytes = (char *)&number;
    GNOMON_ASSERT(is_a(bytes, "char"));  //~ error[assert.fails]
    return bytes[0];
}

int wrong_member(void) {
    int *second = &points[1].y;
    GNOMON_ASSERT(is_a(second, "struct point"));  //~ error[assert.fails]
    return *second;
}

int inside_an_element(void) {
    char *middle = (char *)points + 2;
    GNOMON_ASSERT(is_a(middle, "int"));  //~ error[assert.fails]
    return *middle;
}

int other_block(void) {
    void *block = NULL;
    double *numbers = malloc(4 * sizeof *numbers);
    if (!numbers) return 0;
    block = numbers + 1;
    GNOMON_ASSERT(is_a(block, "long"));  //~ error[assert.fails]
    free(numbers);
    return 0;
}

int freed(void) {
    struct point *point = malloc(sizeof *point);
    if (!point) return 0;
    free(point);
    GNOMON_ASSERT(is_a(point, "struct point"));  //~ error[assert.fails]
    return 0;
}

int past_the_end(int n) {
    struct point *point = points + (n & 3);
    GNOMON_ASSERT(is_a(point, "struct point"));  //~ error[assert.fails]: n =
    return 0;
}
