/* <unistd.h>, <string.h>: texts that the system chooses. */
char* __wrap_getcwd(char* buffer, size_t size) {
    const struct replay_answer* answer = replay_next_answer("getcwd()");
    const size_t length = answer ? (size_t)answer->number : 0;
    if ((buffer || size) && size <= length) {
        errno = size ? ERANGE : EINVAL;
        return NULL;
    }
    if (!buffer) buffer = malloc(size ? size : length + 1);
    if (buffer && answer) memcpy(buffer, answer->bytes, length + 1);
    return buffer;
}

int __wrap_gethostname(char* name, size_t size) {
    const struct replay_answer* answer = replay_next_answer("gethostname()");
    const size_t length = answer ? (size_t)answer->number + 1 : 0;
    if (answer) memcpy(name, answer->bytes, length < size ? length : size);
    return length > size ? -1 : 0;
}

char* __wrap_strerror(int number) {
    const struct replay_answer* answer = replay_next_answer("strerror()");
    return answer ? (char*)answer->bytes : (char*)(number ? "error" : "");
}

char* __wrap_setlocale(int category, const char* locale) {
    (void)category;
    return !locale || replay_next_number("setlocale() succeeds") ? (char*)"C" : NULL;
}
