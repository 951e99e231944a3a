struct record {
    int number;
    int kind;
};
void record_read(struct record *r, int number);
