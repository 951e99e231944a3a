/* <fcntl.h>, <unistd.h>, <sys/stat.h>: descriptors, and what is read from them: bytes that the world chooses. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gnomon.h"

#define LONGEST_BLOCK 1048576

int gnomon_next_descriptor(void) {
    static int last = 2;
    return ++last;
}

static int fails(int is_failure) {
    if (is_failure) errno = EIO;
    return -is_failure;
}

int open(const char* path, int flags, ...) {
    (void)flags, (void)strlen(path);
    if (__gnomon_choose_int("open() fails", 0, 1)) return fails(1);
    return gnomon_next_descriptor();
}

int openat(int folder, const char* path, int flags, ...) {
    (void)folder, (void)flags, (void)strlen(path);
    if (__gnomon_choose_int("openat() fails", 0, 1)) return fails(1);
    return gnomon_next_descriptor();
}

int creat(const char* path, mode_t mode) {
    (void)mode;
    return open(path, O_CREAT | O_WRONLY | O_TRUNC);
}

/* The next one that is opened would get the number of a standard one. */
int close(int descriptor) {
    if (descriptor >= 0 && descriptor <= 2) __gnomon_not_modelled("a standard descriptor that is closed");
    return fails(descriptor < 0);
}

int dup(int descriptor) { return descriptor < 0 ? fails(1) : gnomon_next_descriptor(); }

int dup2(int from, int to) { return from < 0 || to < 0 ? fails(1) : to; }

int pipe(int ends[2]) {
    if (__gnomon_choose_int("pipe() fails", 0, 1)) return fails(1);
    ends[0] = gnomon_next_descriptor();
    ends[1] = gnomon_next_descriptor();
    return 0;
}

ssize_t read(int descriptor, void* buffer, size_t size) {
    if (descriptor < 0 || __gnomon_choose_int("read() fails", 0, 1)) return fails(1);
    char* bytes = __gnomon_choose_block(descriptor == 0 ? "stdin" : "read()", NULL, LONGEST_BLOCK);
    size_t length = __gnomon_object_size(bytes);
    __gnomon_assume(length <= size);
    __gnomon_copy(buffer, bytes, length);
    return (ssize_t)length;
}

ssize_t pread(int descriptor, void* buffer, size_t size, off_t offset) {
    (void)offset;
    return read(descriptor, buffer, size);
}

/* All of it, or an error. */
ssize_t write(int descriptor, const void* bytes, size_t size) {
    __gnomon_touch(bytes, size);
    return descriptor < 0 ? fails(1) : (ssize_t)size;
}

ssize_t pwrite(int descriptor, const void* bytes, size_t size, off_t offset) {
    (void)offset;
    return write(descriptor, bytes, size);
}

off_t lseek(int descriptor, off_t offset, int whence) {
    if (descriptor < 0 || (whence == SEEK_SET && offset < 0)) return fails(1);
    return whence == SEEK_SET ? offset : __gnomon_choose_long("lseek()", -1, 1L << 40);
}

static int choose_status(struct stat* status) {
    __gnomon_copy(status, __gnomon_choose_bytes("struct stat", NULL, sizeof *status), sizeof *status);
    status->st_size = __gnomon_choose_long("st_size", 0, 1L << 40);
    status->st_blksize = __gnomon_choose_long("st_blksize", 1, 1L << 20);
    status->st_blocks = status->st_size / 512;
    status->st_atim.tv_nsec = status->st_mtim.tv_nsec = status->st_ctim.tv_nsec = 0;
    return 0;
}

int stat(const char* restrict path, struct stat* restrict status) {
    (void)strlen(path);
    return __gnomon_choose_int("stat() fails", 0, 1) ? fails(1) : choose_status(status);
}

int lstat(const char* restrict path, struct stat* restrict status) { return stat(path, status); }

int fstat(int descriptor, struct stat* status) {
    return descriptor < 0 || __gnomon_choose_int("fstat() fails", 0, 1) ? fails(1) : choose_status(status);
}

int access(const char* path, int mode) {
    (void)mode, (void)strlen(path);
    return fails(__gnomon_choose_int("access() fails", 0, 1));
}

int unlink(const char* path) {
    (void)strlen(path);
    return fails(__gnomon_choose_int("unlink() fails", 0, 1));
}

int mkdir(const char* path, mode_t mode) {
    (void)mode, (void)strlen(path);
    return fails(__gnomon_choose_int("mkdir() fails", 0, 1));
}

int rmdir(const char* path) {
    (void)strlen(path);
    return fails(__gnomon_choose_int("rmdir() fails", 0, 1));
}

int chdir(const char* path) {
    (void)strlen(path);
    return fails(__gnomon_choose_int("chdir() fails", 0, 1));
}

int isatty(int descriptor) { return descriptor >= 0 && __gnomon_choose_int("isatty()", 0, 1); }

int ftruncate(int descriptor, off_t length) { return fails(descriptor < 0 || length < 0); }
int fsync(int descriptor) { return fails(descriptor < 0); }

/* Memory without a file is like that of malloc: there unless the settings ask for failures. */
static int mapping_fails(int flags) {
#ifndef GNOMON_ALLOCATION_FAILURES
    if (flags & MAP_ANONYMOUS) return 0;
#else
    (void)flags;
#endif
    return __gnomon_choose_int("mmap() fails", 0, 1);
}

enum { page = 4096 };

static size_t whole_pages(size_t size) { return (size + page - 1) / page * page; }

/* Zeros, or what the file holds. What lies on the last page, too, may be used; and a mapping that is never given back
   is gone with the process, as nobody minds. */
void* mmap(void* wanted, size_t size, int protection, int flags, int descriptor, off_t offset) {
    (void)wanted, (void)protection, (void)offset;
    if (size == 0 || mapping_fails(flags)) {
        errno = EINVAL;
        return MAP_FAILED;
    }
    char* block = __gnomon_allocate_zero(whole_pages(size));
    __gnomon_keep(block);
    if (!(flags & MAP_ANONYMOUS) && descriptor >= 0)
        __gnomon_copy(block, __gnomon_choose_bytes("mmap()", NULL, size), size);
    return block;
}

int munmap(void* block, size_t size) {
    if (whole_pages(size) >= __gnomon_object_size(block)) __gnomon_release(block);
    return 0;
}
