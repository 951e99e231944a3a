/* Sockets: calls that may fail, and bytes that the other side chooses. */
#define _GNU_SOURCE
#include <errno.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "gnomon.h"
#include "streams.h"

#define LONGEST_BLOCK 1048576

static int fails(int is_failure) {
    if (is_failure) errno = EIO;
    return -is_failure;
}

int socket(int domain, int type, int protocol) {
    (void)domain, (void)type, (void)protocol;
    return __gnomon_choose_int("socket() fails", 0, 1) ? fails(1) : gnomon_next_descriptor();
}

int accept(int descriptor, struct sockaddr* restrict address, socklen_t* restrict size) {
    if (descriptor < 0 || __gnomon_choose_int("accept() fails", 0, 1)) return fails(1);
    if (address) __gnomon_copy(address, __gnomon_choose_bytes("accept()'s address", NULL, *size), *size);
    return gnomon_next_descriptor();
}

int connect(int descriptor, const struct sockaddr* address, socklen_t size) {
    __gnomon_touch(address, size);
    return fails(descriptor < 0 || __gnomon_choose_int("connect() fails", 0, 1));
}

int bind(int descriptor, const struct sockaddr* address, socklen_t size) {
    __gnomon_touch(address, size);
    return fails(descriptor < 0 || __gnomon_choose_int("bind() fails", 0, 1));
}

int listen(int descriptor, int backlog) {
    (void)backlog;
    return fails(descriptor < 0 || __gnomon_choose_int("listen() fails", 0, 1));
}

int setsockopt(int descriptor, int level, int option, const void* value, socklen_t size) {
    (void)level, (void)option;
    __gnomon_touch(value, size);
    return fails(descriptor < 0 || __gnomon_choose_int("setsockopt() fails", 0, 1));
}

int shutdown(int descriptor, int how) {
    (void)how;
    return fails(descriptor < 0);
}

ssize_t recv(int descriptor, void* buffer, size_t size, int flags) {
    (void)flags;
    if (descriptor < 0 || __gnomon_choose_int("recv() fails", 0, 1)) return fails(1);
    char* bytes = __gnomon_choose_block("recv()", NULL, LONGEST_BLOCK);
    size_t length = __gnomon_object_size(bytes);
    __gnomon_assume(length <= size);
    __gnomon_copy(buffer, bytes, length);
    return (ssize_t)length;
}

ssize_t recvfrom(int descriptor, void* restrict buffer, size_t size, int flags, struct sockaddr* restrict address,
                 socklen_t* restrict address_size) {
    if (address) {
        socklen_t room = *address_size;
        __gnomon_copy(address, __gnomon_choose_bytes("recvfrom()'s address", NULL, room), room);
    }
    return recv(descriptor, buffer, size, flags);
}

ssize_t send(int descriptor, const void* bytes, size_t size, int flags) {
    (void)flags;
    __gnomon_touch(bytes, size);
    return descriptor < 0 ? fails(1) : (ssize_t)size;
}

ssize_t sendto(int descriptor, const void* bytes, size_t size, int flags, const struct sockaddr* address,
               socklen_t address_size) {
    if (address) __gnomon_touch(address, address_size);
    return send(descriptor, bytes, size, flags);
}

uint16_t(htons)(uint16_t number) { return (uint16_t)(number << 8 | number >> 8); }
uint16_t(ntohs)(uint16_t number) { return htons(number); }

uint32_t(htonl)(uint32_t number) {
    return number << 24 | (number << 8 & 0xff0000) | (number >> 8 & 0xff00) | number >> 24;
}

uint32_t(ntohl)(uint32_t number) { return htonl(number); }
