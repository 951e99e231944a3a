/* Where nothing can be read, the descriptor is lost. */
#include <fcntl.h>
#include <unistd.h>

static int first_of(const char *path) {
    unsigned char c;
    int fd = open(path, O_RDONLY);
    if (fd < 0) return -1;
    if (read(fd, &c, 1) != 1) return -1; //~ error[resource.leak]
    close(fd);
    return c;
}

int main(void) { return first_of("/dev/null") > 5; }
