/* Wrong twins of quiet/layout.c. */
struct shape {
    int kind;
    union {
        int index;
        char bytes[4];
    };
};

//~ run: unnamed(4)
int unnamed(int n) {
    int table[4] = {0};
    struct shape shape = {.kind = 0, .index = n};
    if (n < 0 || n > 4) return 0;
    return table[shape.index]; //~ error[bounds.read]: `table[shape.index]` reads 4 bytes
}

//~ run: ranges(3)
int ranges(int n) {
    int table[2] = {0};
    switch (n) {
        case 1 ... 3:
            return table[n - 1]; //~ error[bounds.read]: `table[n - 1]` reads 4 bytes
        default:
            return 0;
    }
}

//~ run: same_names(2)
int same_names(int n) {
    int sum = 0;
    {
        static int table[9];
        sum += table[8];
    }
    {
        static int table[2];
        if (n == 2) sum += table[n]; //~ error[bounds.read]: `table[n]` reads 4 bytes
    }
    return sum;
}
