/* What a pointer leads to is what its type says. */
#include <gnomon.h>
#include <stdlib.h>

struct point {
    int x, y;
    char name[8];
};
typedef struct point place;

static struct point points[3];

int character(void) {
    char text[4] = "abc";
    const char *literal = "abc";
    GNOMON_ASSERT(is_a(text + 1, "char") && is_a(literal + 3, "const char"));
    GNOMON_ASSERT(!is_a(text, "int") && !is_a(NULL, "char"));
    return text[0];
}

int members(void) {
    GNOMON_ASSERT(is_a(&points[1], "struct point") && is_a(points, "place"));
    GNOMON_ASSERT(is_a(&points[1], "int") && is_a(&points[2].y, "int"));
    GNOMON_ASSERT(is_a(points[2].name + 3, "char"));
    return points[0].x;
}

int pointers(void) {
    struct point *list[2] = {points, NULL};
    GNOMON_ASSERT(is_a(list + 1, "struct point *") && !is_a(list, "char *"));
    return list[0]->x;
}

int blocks(int n) {
    double *numbers = malloc(4 * sizeof *numbers);
    if (!numbers) return 0;
    GNOMON_ASSERT(is_a(numbers + (n & 3), "double"));
    free(numbers);
    struct point *point = calloc(2, sizeof *point);
    if (!point) return 0;
    GNOMON_ASSERT(is_a(point + 1, "struct point"));
    free(point);
    return 0;
}

/* Raw bytes may hold anything, and nobody says what a parameter leads to: neither is decided. */
int unknown(const int *given) {
    char *bytes = malloc(16);
    if (!bytes) return 0;
    GNOMON_ASSERT(is_a(bytes, "struct point"));
    GNOMON_ASSERT(is_a(given, "double"));
    free(bytes);
    return 0;
}
