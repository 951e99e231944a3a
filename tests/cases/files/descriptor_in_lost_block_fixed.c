/* It is closed before the block that knows it is freed. */
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
    close(source->fd);
    free(source);
}

int main(void) {
    struct source *source = source_of("/dev/null");
    if (!source) return 1;
    source->count++;
    leave(source);
    return 0;
}
