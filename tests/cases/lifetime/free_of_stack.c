/* A buffer on the stack when it is small, on the heap when it is large; always freed. */
#include <stdio.h>
#include <stdlib.h>

static int work(size_t size) {
    char small[64];
    char *buffer = size <= sizeof small ? small : malloc(size);
    if (!buffer) return -1;
    buffer[0] = 'x';
    int result = buffer[0];
    free(buffer); //~ error[lifetime.bad-free]
    return result;
}

int main(void) {
    printf("%d\n", work(100) + work(10));
    return 0;
}
