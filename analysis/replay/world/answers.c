/* What the environment chose, in the order in which it was asked. Functions that are called `__wrap_x` stand in place
   of `x` (ld's --wrap), which is `__real_x`. */
struct replay_answer {
    const char* name;
    const char* bytes;
    long number; /* the answer, or how many bytes */
    int is_given;
};

static struct replay_answer replay_answers[] = {REPLAY_ANSWERS{0}};

/* The next one of that name; null when there is none: the program asks more than was needed to make it fail. */
static const struct replay_answer* replay_next_answer(const char* name) {
    for (struct replay_answer* at = replay_answers; at->name; ++at)
        if (!at->is_given && strcmp(at->name, name) == 0) return at->is_given = 1, at;
    return NULL;
}

static inline long replay_next_number(const char* name) {
    const struct replay_answer* answer = replay_next_answer(name);
    return answer ? answer->number : 0;
}

static inline int replay_is_chosen(const char* name, int error) {
    if (!replay_next_number(name)) return 0;
    errno = error;
    return 1;
}

/* How many bytes were chosen. */
static inline long replay_next_bytes(const char* name, void* to) {
    const struct replay_answer* answer = replay_next_answer(name);
    if (!answer) return 0;
    memcpy(to, answer->bytes, answer->number);
    return answer->number;
}
