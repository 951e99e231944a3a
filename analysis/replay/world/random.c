/* <stdlib.h>, <sys/random.h>: what gives numbers through pointers. */
int __wrap_rand_r(unsigned* seed) {
    *seed = (unsigned)replay_next_number("rand_r()'s seed");
    return (int)replay_next_number("rand_r()");
}

ssize_t __wrap_getrandom(void* buffer, size_t size, unsigned flags) {
    (void)flags;
    replay_next_bytes("getrandom()", buffer);
    return (ssize_t)size;
}
