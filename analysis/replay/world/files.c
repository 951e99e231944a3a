/* <fcntl.h>, <unistd.h>, <sys/stat.h>. */
int __wrap_open(const char* path, int flags, ...) {
    (void)strlen(path), (void)flags;
    return replay_is_chosen("open() fails", EIO) ? -1 : replay_new_descriptor();
}

int __wrap_creat(const char* path, int mode) { return __wrap_open(path, mode); }

int __wrap_openat(int folder, const char* path, int flags, ...) {
    (void)folder, (void)strlen(path), (void)flags;
    return replay_is_chosen("openat() fails", EIO) ? -1 : replay_new_descriptor();
}

int __wrap_pipe(int ends[2]) {
    if (replay_is_chosen("pipe() fails", EIO)) return -1;
    ends[0] = replay_new_descriptor();
    ends[1] = replay_new_descriptor();
    return 0;
}

ssize_t __wrap_read(int descriptor, void* buffer, size_t size) {
    (void)size;
    if (!replay_is_usable(descriptor, "read") || replay_is_chosen("read() fails", EIO)) return -1;
    return descriptor == 0 ? replay_next_bytes("stdin", buffer) : replay_next_bytes("read()", buffer);
}

ssize_t __wrap_pread(int descriptor, void* buffer, size_t size, off_t offset) {
    (void)offset;
    return __wrap_read(descriptor, buffer, size);
}

ssize_t __wrap_write(int descriptor, const void* bytes, size_t size) {
    for (size_t i = 0; i < size; ++i) (void)((const volatile char*)bytes)[i]; /* it must be there */
    return replay_is_usable(descriptor, "write") ? (ssize_t)size : -1;
}

int __real_close(int descriptor);
int __wrap_close(int descriptor) { return replay_is_usable(descriptor, "close") ? __real_close(descriptor) : -1; }

int __wrap_fsync(int descriptor) { return replay_is_usable(descriptor, "fsync") ? 0 : -1; }

int __wrap_ftruncate(int descriptor, off_t length) {
    return replay_is_usable(descriptor, "ftruncate") && length >= 0 ? 0 : -1;
}

int __wrap_dup(int descriptor) { return replay_is_usable(descriptor, "dup") ? replay_new_descriptor() : -1; }

off_t __wrap_lseek(int descriptor, off_t offset, int whence) {
    if (!replay_is_usable(descriptor, "lseek") || (whence == SEEK_SET && offset < 0)) return -1;
    return whence == SEEK_SET ? offset : replay_next_number("lseek()");
}

static int replay_choose_status(struct stat* status) {
    replay_next_bytes("struct stat", status);
    status->st_size = replay_next_number("st_size");
    status->st_blksize = replay_next_number("st_blksize");
    status->st_blocks = status->st_size / 512;
    status->st_atim.tv_nsec = status->st_mtim.tv_nsec = status->st_ctim.tv_nsec = 0;
    return 0;
}

int __wrap_stat(const char* path, struct stat* status) {
    (void)strlen(path);
    return replay_is_chosen("stat() fails", EIO) ? -1 : replay_choose_status(status);
}

int __wrap_lstat(const char* path, struct stat* status) { return __wrap_stat(path, status); }

int __wrap_fstat(int descriptor, struct stat* status) {
    return !replay_is_usable(descriptor, "fstat") || replay_is_chosen("fstat() fails", EIO)
               ? -1
               : replay_choose_status(status);
}

int __wrap_access(const char* path, int mode) {
    (void)mode, (void)strlen(path);
    return -replay_is_chosen("access() fails", EIO);
}

int __wrap_unlink(const char* path) {
    (void)strlen(path);
    return -replay_is_chosen("unlink() fails", EIO);
}

int __wrap_mkdir(const char* path, int mode) {
    (void)mode, (void)strlen(path);
    return -replay_is_chosen("mkdir() fails", EIO);
}

int __wrap_rmdir(const char* path) {
    (void)strlen(path);
    return -replay_is_chosen("rmdir() fails", EIO);
}

int __wrap_chdir(const char* path) {
    (void)strlen(path);
    return -replay_is_chosen("chdir() fails", EIO);
}

int __wrap_isatty(int descriptor) { return descriptor >= 0 && replay_next_number("isatty()"); }
