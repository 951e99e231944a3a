#include <stdint.h>

struct sample {
    int32_t value;
    uint32_t tick;
};
typedef struct {
    char kind;
    double weight;
    short code;
} item;
struct __attribute__((packed)) header {
    uint8_t version;
    uint32_t length;
};
struct flags {
    unsigned low : 3;
    unsigned high : 13;
    unsigned rest : 16;
};
union number {
    double real;
    int64_t whole;
};
struct whole {
    struct sample first;
    int values[4];
    const char *name;
    int (*call)(int);
    union number number;
};
struct tail {
    int count;
    long sum;
    long spare;
};
struct same {
    int a;
    int b;
};
struct several {
    char kind;
    struct same where;
    int size[2];
    long last;
    char rest[];
};

int use_sample(struct sample *s) { return s->value; }
int use_item(const item *i) { return i->code; }
int use_header(struct header *h) { return h->version; }
int use_flags(struct flags *f) { return f->low; }
int use_number(union number *n) { return (int)n->whole; }
int use_whole(struct whole *w) { return w->values[0]; }
int use_tail(struct tail *t) { return t->count; }
struct same use_same(struct same s) { return s; }
int use_same_pointer(struct same *s) { return s->a; }
int use_tail_too(struct tail *t) { return t->count; }
int use_several(struct several *s) { return s->kind; }
int use_several_too(struct several *s) { return s->kind; }
int use_number_too(union number *n) { return (int)n->whole; }
