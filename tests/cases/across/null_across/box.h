struct box {
    int size;
};
struct box *box_new(int size);
int show(const struct box *box);
