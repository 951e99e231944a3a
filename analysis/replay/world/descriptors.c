/* Descriptors of empty files in memory, whatever they were asked to be: what is read from them, the environment chose.
   No number is given out twice, so that the use of one that was closed is seen. */
static int replay_new_descriptor(void) {
    static int last = 2;
    const int made = (int)syscall(SYS_memfd_create, "replayed", 0);
    const int descriptor = fcntl(made, F_DUPFD, last + 1);
    if (descriptor != made) syscall(SYS_close, made);
    return last = descriptor;
}

static int replay_is_usable(int descriptor, const char* function) {
    if (descriptor < 0) return 0;
    if (fcntl(descriptor, F_GETFD) < 0) replay_report("resource.misuse", function);
    return 1;
}
