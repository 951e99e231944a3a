/* Two buffers of five megabytes, one in the function that calls the other. */
#include <stdio.h>
#include <string.h>

static int packed(const char *page, int size) {
    char copy[5 << 20];  //~ error[stack.overflow]: with `copy` the locals need 10485760 bytes of the stack
    memcpy(copy, page, (size_t)size);
    return copy[0] + size;
}

static int read_page(void) {
    char page[5 << 20];
    memset(page, 'p', sizeof page);
    return packed(page, 100);
}

int main(void) {
    printf("%d\n", read_page());
    return 0;
}
