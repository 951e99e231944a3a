/* One field of a struct is forgotten. */
#include <stdio.h>

struct job {
    int id;
    int urgent;
};

static struct job job_of(int id) {
    struct job job;
    job.id = id;
    job.urgent = id == 1;
    return job;
}

int main(void) {
    struct job job = job_of(3);
    if (job.urgent) puts("now");
    return 0;
}
