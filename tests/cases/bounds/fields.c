/* Indices and pointers that come through fields, unions, copies and pointer arithmetic. */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

struct item {
    int kind;
    int *where;
    int index;
};
struct outer {
    long tag;
    struct item item;
};

//~ run: through_assignment(4)
int through_assignment(int n) {
    int table[4] = {0};
    struct item a = {0, table, n}, b;
    b = a;
    if (b.index < 0 || b.index > 4) return 0;
    return b.where[b.index]; //~ error[bounds.read]: n = 4
}

//~ run: through_memcpy(4)
int through_memcpy(int n) {
    int table[4] = {0};
    struct item a = {0, table, n}, b;
    memcpy(&b, &a, sizeof a);
    if (b.index < 0 || b.index > 4) return 0;
    return b.where[b.index]; //~ error[bounds.read]: n = 4
}

//~ run: through_member(4)
int through_member(int n) {
    int table[4] = {0};
    struct outer o = {0};
    struct item *inner = &o.item;
    struct outer *back = (struct outer *)((char *)inner - offsetof(struct outer, item));
    back->item.where = table;
    back->item.index = n;
    if (inner->index < 0 || inner->index > 4) return 0;
    return inner->where[inner->index]; //~ error[bounds.read]: n = 4
}

struct __attribute__((packed)) tight {
    char kind;
    int *where;
    int index;
};

//~ run: through_packed(4)
int through_packed(int n) {
    int table[4] = {0};
    struct tight tight;
    tight.where = table;
    tight.index = n;
    if (tight.index < 0 || tight.index > 4) return 0;
    return tight.where[tight.index]; //~ error[bounds.read]: n = 4
}

union either {
    int *where;
    long number;
};

//~ run: through_union(4)
int through_union(int n) {
    int table[4] = {0};
    union either either;
    either.where = table;
    if (n < 0 || n > 4 || either.number == 0) return 0;
    return either.where[n]; //~ error[bounds.read]: n = 4
}

//~ run: through_row(2)
int through_row(int n) {
    int small[2] = {0}, large[4] = {0};
    int *rows[3] = {large, small, large};
    if (n < 0 || n > 2) return 0;
    return rows[1][n]; //~ error[bounds.read]: n = 2
}

//~ run: through_any_row(2, 1)
int through_any_row(int n, unsigned row) {
    int small[2] = {0}, large[4] = {0};
    int *rows[3] = {large, small, large};
    if (n < 0 || n > 2 || row > 2) return 0;
    return rows[row][n]; //~ error[bounds.read]: row = 1
}

static void set(struct item **item, int *where, int index) {
    (*item)->where = where;
    (*item)->index = index;
}

//~ run: through_pointer_to_pointer(4)
int through_pointer_to_pointer(int n) {
    int table[4] = {0};
    struct item item = {0}, *at = &item;
    set(&at, table, n);
    if (item.index < 0 || item.index > 4) return 0;
    return item.where[item.index]; //~ error[bounds.read]: n = 4
}

struct node {
    struct node *next;
    int *where;
};

//~ run: through_list(4)
//~ run: through_list(-1)
int through_list(int n) {
    int table[4] = {0};
    struct node *first = NULL;
    for (int i = 0; i < 3; i++) {
        struct node *node = malloc(sizeof *node);
        if (!node) return 0;
        node->next = first;
        node->where = table;
        first = node;
    }
    if (n < 0 || n > 4) return 0;  //~ error[lifetime.leak]: n = -1
    int result = first->next->next->where[n]; //~ error[bounds.read]: n = 4
    while (first) {
        struct node *next = first->next;
        free(first);
        first = next;
    }
    return result;
}

typedef int reader(const int *, int);
static int read_one(const int *table, int n) { return table[n]; } //~ error[bounds.read]: n = 4
static int read_none(const int *table, int n) { return table == NULL ? n : 0; }
static const struct {
    const char *name;
    reader *none, *one;
} readers = {"readers", read_none, read_one};

//~ run: through_table_of_functions(4)
int through_table_of_functions(int n) {
    int table[4] = {0};
    if (n < 0 || n > 4) return 0;
    return readers.none(table, n) + readers.one(table, n);
}

//~ run: by_float(10)
int by_float(double d) {
    int table[10] = {0};
    if (!(d >= 0 && d <= 10)) return 0;
    return table[(int)d]; //~ error[bounds.read]: d = 10
}

//~ run: by_float_checked(9.9)
int by_float_checked(double d) {
    int table[10] = {0};
    if (!(d >= 0 && d < 10)) return 0;
    return table[(int)d];
}
