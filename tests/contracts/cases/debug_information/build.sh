# The library's source is not part of the project: its debug information tells.
gcc -g -shared -fPIC -x c - -o libmeter.so <<'C'
struct sample {
    int value;
    unsigned tick;
};
typedef struct {
    short kind;
    double weight;
} item;
long total;
int use(struct sample *s) { return s->value + (int)total; }
double weigh(item *i) { return i->weight; }
long far(long where) { return where; }
C
