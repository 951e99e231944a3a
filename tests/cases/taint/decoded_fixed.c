/* Bytes from a socket say, one by one, what the command is made of. */
//~ run: ./program
#include <stdlib.h>
#include <sys/socket.h>

static void decode(char *to, const unsigned char *from, long size) {
    for (long i = 0; i < size; i++) to[i] = from[i] & 1 ? 'l' : 's';
    to[size] = 0;
}

int main(void) {
    unsigned char packet[4];
    char command[5];
    long size = recv(0, packet, sizeof packet, 0);
    if (size < 1) return 1;
    decode(command, packet, size);
    return system(command) != 0;
}
