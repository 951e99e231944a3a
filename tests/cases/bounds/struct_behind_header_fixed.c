/* A message is a header with bytes behind; only the header was allocated. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct message {
    size_t size;
    char bytes[];
};

static struct message *message_of(const char *text) {
    size_t size = strlen(text) + 1;
    struct message *m = malloc(sizeof *m + size);
    if (!m) return NULL;
    m->size = size;
    memcpy(m->bytes, text, size);
    return m;
}

int main(void) {
    struct message *m = message_of("good morning");
    if (!m) return 1;
    puts(m->bytes);
    free(m);
    return 0;
}
