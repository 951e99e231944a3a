/* An object's end is called twice; its parts remember nothing. */
#include <stdlib.h>

struct vector {
    int *data;
    int size;
};

static void vector_end(struct vector *v) {
    free(v->data);
    v->data = NULL;
    v->size = 0;
}

int main(void) {
    struct vector v = {malloc(12), 3};
    vector_end(&v);
    vector_end(&v);
    return 0;
}
