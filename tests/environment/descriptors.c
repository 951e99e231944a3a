/* What comes from files, pipes and sockets by their descriptors. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

static int table[10];

int record_of_file(const char *path) {
    unsigned char record[2];
    int d = open(path, O_RDONLY);
    if (d < 0) return -1;
    long count = read(d, record, sizeof record);
    close(d);
    return count == 2 ? table[record[0] & 15] : 0;  //~ error[bounds.read]: read() =
}

int record_of_file_checked(const char *path) {
    unsigned char record[2];
    int d = open(path, O_RDONLY);
    if (d < 0) return -1;
    long count = read(d, record, sizeof record);
    close(d);
    return count == 2 && record[0] < 10 ? table[record[0]] : 0;
}

int second_part(void) {
    char header[4], body[4] = "";
    int d = open("data", O_RDONLY);
    if (read(d, header, 1) != 1 || read(d, body, 3) != 3) return -1;  //~ error[resource.leak]
    close(d);
    return header[0] == 'n' && body[2] > 100 ? table[body[2]] : 0;  //~ error[bounds.read]: read() =
}

int message(void) {
    char text[8];
    int d = socket(AF_INET, SOCK_STREAM, 0);
    if (d < 0) return -1;
    long count = recv(d, text, sizeof text, 0);
    close(d);
    if (count < 0) return -1;
    text[count] = 0;  //~ error[bounds.write]: recv() =
    return text[0];
}

int message_checked(void) {
    char text[8];
    int d = socket(AF_INET, SOCK_STREAM, 0);
    if (d < 0) return -1;
    long count = recv(d, text, sizeof text - 1, 0);
    close(d);
    if (count < 0) return -1;
    text[count] = 0;
    return text[0];
}

int through_pipe(void) {
    int ends[2];
    unsigned char letter = 0;
    if (pipe(ends) < 0) return -1;
    write(ends[1], "x", 1);
    if (read(ends[0], &letter, 1) != 1) return -1;
    return 100 / (letter - 'y');  //~ error[arith.div-zero]: read() =
}

int mapped(void) {
    int d = open("data", O_RDONLY);
    if (d < 0) return -1;
    signed char *bytes = mmap(NULL, 4, PROT_READ, MAP_PRIVATE, d, 0);
    if (bytes == MAP_FAILED) return -1;  //~ error[resource.leak]
    int last = bytes[3] & 31;
    munmap(bytes, 4);
    return table[last];  //~ error[bounds.read]: mmap() =
}

int size_of_file(const char *path) {
    struct stat status;
    if (stat(path, &status) < 0) return -1;
    int left = 100 - (int)(status.st_size & 127);
    return left < 0 ? table[left] : 0;  //~ error[bounds.read]: st_size =
}

int connection(void) {
    int d = socket(AF_INET, SOCK_STREAM, 0);
    if (d < 0 || listen(d, 1) < 0) return -1;  //~ error[resource.leak]
    int other = accept(d, NULL, NULL);
    int found = other < 0 ? table[other] : 0;  //~ error[bounds.read]: accept() fails = 1
    return found;  //~ error[resource.leak]
}

int closed_by_another(int n) {
    int d = open("data", O_RDONLY);
    if (d < 0) return -1;
    close(d);
    if (n != 3) return 0;
    int e = open("data", O_RDONLY);
    return (int)write(d, "x", 1) + e;  //~ error[resource.misuse]: after it was closed
}
