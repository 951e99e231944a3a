/* mmap that failed is seen. */
#include <fcntl.h>
#include <stdio.h>
#include <stddef.h>
#include <sys/mman.h>

//~ run: ./program nowhere
int main(int argc, char **argv) {
    if (argc < 2) return 1;
    int file = open(argv[1], O_RDONLY);
    const char *text = mmap(NULL, 16, PROT_READ, MAP_PRIVATE, file, 0);
    if (text == MAP_FAILED) return 1;
    putchar(text[0]);
    munmap((void *)text, 16);
    return 0;
}
