/* A long double that one path leaves unset. */
//~ run: area(3)

struct shape {
    int kind;
    long double width, height;
};

static struct shape made(int kind) {
    struct shape shape;
    shape.kind = kind;
    shape.width = 2.5L;
    if (kind < 3) shape.height = 1;
    return shape;
}

int area(int kind) {
    struct shape shape = made(kind);
    if (shape.width * shape.height > 1) return 1;  //~ error[defined.read]: shape.height
    return 0;
}
