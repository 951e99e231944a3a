/* What functions that nobody calls here expect of the numbers and blocks that they are given. */

int ratio(unsigned all, unsigned part) { return (int)(all / part); }  //~ latent[arith.div-zero]: passes part = 0

int last(const int *values, int count) {
    int found = values[count];  //~ latent[bounds.read]: for a caller that passes
    return found;
}

struct ring {
    int size;
    int at;
    int *data;
};

int step(const struct ring *r) {
    if (r->size < 0) return 0;
    return r->at % r->size;  //~ latent[arith.div-zero]: passes r = 64 zero bytes
}

int whatever_is_passed(int n) {
    int v[2] = {0, 0};
    return v[2] + n;  //~ error[bounds.read]: offset 8
}

static int limit = 1;
void set_limit(int n) { limit = n; }
int by_limit(void) { return 10 / limit; }

int never(unsigned n) {
    int v[4] = {0};
    return v[n & 3];
}

int main(void) { return whatever_is_passed(0); }
