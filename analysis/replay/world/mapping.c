/* <sys/mman.h>: blocks of the heap, behind which the sanitizers look. */
void* __wrap_mmap(void* wanted, size_t size, int protection, int flags, int descriptor, off_t offset) {
    (void)wanted, (void)protection, (void)flags, (void)descriptor, (void)offset;
    if (size == 0 || replay_is_chosen("mmap() fails", EINVAL)) return (void*)-1;
    void* block = calloc(1, (size + 4095) / 4096 * 4096);
    if (descriptor >= 0) replay_next_bytes("mmap()", block);
    return block;
}

int __wrap_munmap(void* block, size_t size) {
    (void)size;
    free(block);
    return 0;
}
