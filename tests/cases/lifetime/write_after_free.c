/* A field is set after the struct was given back. */
#include <stdlib.h>

struct job {
    int state;
    char name[12];
};

static void finish(struct job *job) { free(job); }

int main(void) {
    struct job *job = calloc(1, sizeof *job);
    if (!job) return 1;
    finish(job);
    job->state = 2; //~ error[lifetime.use-after-free]
    return 0;
}
