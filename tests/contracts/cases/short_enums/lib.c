enum small { NONE, ONE };
enum large { LOW, HIGH = 70000 };

enum small pick(int which) { return which ? ONE : NONE; }
enum large choose(int which) { return which ? HIGH : LOW; }
struct state {
    enum small kind;
    char level;
};
int use_state(struct state *s) { return s->kind + s->level; }
