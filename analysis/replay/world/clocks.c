/* <time.h>, <sys/time.h>. */
time_t __wrap_time(time_t* result) {
    time_t chosen = replay_next_number("time()");
    if (result) *result = chosen;
    return chosen;
}

int __wrap_gettimeofday(struct timeval* result, void* zone) {
    (void)zone;
    result->tv_sec = replay_next_number("time()");
    result->tv_usec = replay_next_number("gettimeofday()'s microseconds");
    return 0;
}

int __wrap_clock_gettime(int clock_id, struct timespec* result) {
    (void)clock_id;
    result->tv_sec = replay_next_number("time()");
    result->tv_nsec = replay_next_number("clock_gettime()'s nanoseconds");
    return 0;
}

unsigned __wrap_sleep(unsigned seconds) { return seconds & 0; }
