struct state {
    long hidden;
    int level;
};

int level(struct state *s) { return s->level; }
long far(long where) { return where; }
int near(int where) { return where; }
