/* The block that knows the descriptor is freed first. */
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

struct source {
    int fd;
    int count;
};

static struct source *source_of(const char *path) {
    struct source *source = malloc(sizeof *source);
    if (!source) return NULL;
    source->count = 0;
    source->fd = open(path, O_RDONLY);
    if (source->fd >= 0) return source;
    free(source);
    return NULL;
}

static void leave(struct source *source) {
    free(source); //~ error[resource.leak]
}

int main(void) {
    struct source *source = source_of("/dev/null");
    if (!source) return 1;
    source->count++;
    leave(source);
    return 0;
}
