/* What nobody is handed is taken from the cleanup that would close it. */
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
    const int opened = steal(&fd);
    if (read(opened, &c, 1) != 1) goto fail;
    return opened;
fail:
    return -1; //~ error[resource.leak]
}

int main(void) {
    const int fd = open_readable("/dev/null");
    if (fd >= 0) close(fd);
    return 0;
}
