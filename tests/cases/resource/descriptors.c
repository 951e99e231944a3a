/* Descriptors that are lost, and others that somebody still holds. */
//~ run: lost()
//~ run: replaced()
//~ run: only_asked()
//~ run: closed()
//~ run: kept()
//~ run: kept_by_place()
//~ run: kept_as_part()
//~ run: kept_as_text()
//~ run: given_back()
//~ run: given_away()
//~ run: taken_by_stream()
//~ run: given_to_number()
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int lost(void) {
    char c;
    int fd = open("/dev/null", O_RDONLY);
    if (fd < 0) return -1;
    if (read(fd, &c, 1) != 1) return -2;  //~ error[resource.leak]
    close(fd);
    return c;
}

int closed(void) {
    char c = 0;
    int fd = open("/dev/null", O_RDONLY);
    if (fd < 0) return -1;
    if (read(fd, &c, 1) != 1) c = 1;
    return close(fd) + c;
}

int replaced(void) {
    int fd = open("/dev/null", O_RDONLY);
    if (fd < 0) return -1;
    fd = dup(fd);  //~ error[resource.leak]
    return fd < 0 ? -1 : close(fd);
}

int only_asked(void) {
    int fd = open("/dev/null", O_RDONLY);
    return fd < 0 ? -1 : 0;  //~ error[resource.leak]
}

static int known, is_used[1024];
static long packed;
static char text[16];

int kept(void) {
    known = open("/dev/null", O_RDONLY);
    return known < 0;
}

int kept_by_place(void) {
    int fd = open("/dev/null", O_RDONLY);
    if (fd < 0 || fd >= 1024) return -1;
    is_used[fd] = 1;
    return 0;
}

int kept_as_part(void) {
    int fd = open("/dev/null", O_RDONLY);
    if (fd < 0) return -1;
    packed = (long)fd << 8 | 1;
    return 0;
}

int kept_as_text(void) {
    int fd = open("/dev/null", O_RDONLY);
    if (fd < 0) return -1;
    return snprintf(text, sizeof text, "%d", fd) < 0;
}

int given_back(void) { return open("/dev/null", O_RDONLY); }

static int give(int *to) {
    *to = open("/dev/null", O_RDONLY);
    return *to < 0;
}

int given_away(void) {
    int fd;
    return give(&fd) ? -1 : close(fd);
}

int taken_by_stream(void) {
    int fd = open("/dev/null", O_RDONLY);
    if (fd < 0) return -1;
    FILE *stream = fdopen(fd, "r");
    if (!stream) return -1;
    fclose(stream);
    return 0;
}

int given_to_number(void) {
    int fd = open("/dev/null", O_RDONLY);
    if (fd < 0) return -1;
    if (dup2(fd, 40) < 0) {
        close(fd);
        return -1;
    }
    return close(fd);
}
