/* It is taken from the cleanup only where somebody is handed it. */
#include <fcntl.h>
#include <unistd.h>

static void close_it(int *fd) {
    if (*fd >= 0) close(*fd);
}

static int steal(int *fd) {
    const int stolen = *fd;
    *fd = -1;
    return stolen;
}

static int open_readable(const char *path) {
    unsigned char c;
    __attribute__((cleanup(close_it))) int fd = open(path, O_RDONLY);
    if (fd < 0) return -1;
    if (read(fd, &c, 1) != 1) goto fail;
    return steal(&fd);
fail:
    return -1;
}

int main(void) {
    const int fd = open_readable("/dev/null");
    if (fd >= 0) close(fd);
    return 0;
}
