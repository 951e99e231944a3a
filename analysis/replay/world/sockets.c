/* <sys/socket.h>. */
int __wrap_socket(int domain, int type, int protocol) {
    (void)domain, (void)type, (void)protocol;
    return replay_is_chosen("socket() fails", EIO) ? -1 : replay_new_descriptor();
}

int __wrap_accept(int descriptor, void* address, unsigned* size) {
    (void)size;
    if (descriptor < 0 || replay_is_chosen("accept() fails", EIO)) return -1;
    if (address) replay_next_bytes("accept()'s address", address);
    return replay_new_descriptor();
}

int __wrap_connect(int descriptor, const void* address, unsigned size) {
    (void)address, (void)size;
    return descriptor < 0 || replay_is_chosen("connect() fails", EIO) ? -1 : 0;
}

int __wrap_bind(int descriptor, const void* address, unsigned size) {
    (void)address, (void)size;
    return descriptor < 0 || replay_is_chosen("bind() fails", EIO) ? -1 : 0;
}

int __wrap_listen(int descriptor, int backlog) {
    (void)backlog;
    return descriptor < 0 || replay_is_chosen("listen() fails", EIO) ? -1 : 0;
}

int __wrap_setsockopt(int descriptor, int level, int option, const void* value, unsigned size) {
    (void)level, (void)option, (void)value, (void)size;
    return descriptor < 0 || replay_is_chosen("setsockopt() fails", EIO) ? -1 : 0;
}

int __wrap_shutdown(int descriptor, int how) {
    (void)how;
    return descriptor < 0 ? -1 : 0;
}

ssize_t __wrap_recv(int descriptor, void* buffer, size_t size, int flags) {
    (void)size, (void)flags;
    return !replay_is_usable(descriptor, "recv") || replay_is_chosen("recv() fails", EIO)
               ? -1
               : replay_next_bytes("recv()", buffer);
}

ssize_t __wrap_recvfrom(int descriptor, void* buffer, size_t size, int flags, void* address, unsigned* address_size) {
    (void)address_size;
    if (address) replay_next_bytes("recvfrom()'s address", address);
    return __wrap_recv(descriptor, buffer, size, flags);
}

/* What is sent must be there. */
ssize_t __wrap_send(int descriptor, const void* bytes, size_t size, int flags) {
    (void)flags;
    if (!replay_is_usable(descriptor, "send")) return -1;
    for (size_t i = 0; i < size; ++i) (void)((const volatile char*)bytes)[i];
    return (ssize_t)size;
}

ssize_t __wrap_sendto(int descriptor, const void* bytes, size_t size, int flags, const void* address, unsigned more) {
    (void)address, (void)more;
    return __wrap_send(descriptor, bytes, size, flags);
}
