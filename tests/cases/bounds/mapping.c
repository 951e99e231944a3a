/* A mapping ends with a page, and lasts until it is given back or the program ends. */
#include <sys/mman.h>

static char *map(int size) {
    char *pages = mmap(0, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return pages == MAP_FAILED ? 0 : pages;
}

//~ run: ./program
int main(void) {
    char *kept = map(100);
    if (!kept) return 1;
    kept[150] = 1;
    char *pages = map(5000);
    if (!pages) return 1;
    pages[8191] = 1;
    pages[8192] = 1; //~ error[bounds.write]: offset 8192
    munmap(pages, 5000);
    return 0;
}
