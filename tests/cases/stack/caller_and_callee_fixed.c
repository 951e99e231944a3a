/* Two buffers of five megabytes, one after the other. */
#include <stdio.h>
#include <string.h>

static int packed(int size) {
    char copy[5 << 20];
    memset(copy, 'c', (size_t)size);
    return copy[0] + size;
}

static int read_page(void) {
    char page[5 << 20];
    memset(page, 'p', sizeof page);
    return page[100];
}

int main(void) {
    int first = read_page();
    printf("%d\n", first + packed(100));
    return 0;
}
