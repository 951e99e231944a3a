#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char buffer[16];
static char *kept;

char *copy(const char *from) { return strdup(from); }
char *greet(const char *name) {
    size_t size = strlen(name) + 8;
    char *text = malloc(size);
    if (text == NULL) return NULL;
    snprintf(text, size, "hello %s", name);
    text[0] = 'H';
    return text;
}
char *maybe(const char *from) { return from ? strdup(from) : buffer; }
char *cached(const char *from) {
    static char *text;
    if (!text) text = strdup(from);
    return text;
}
char *stored(const char *from) {
    char *text = strdup(from);
    kept = text;
    return text;
}
char *passed_on(const char *from, void (*see)(char *)) {
    char *text = strdup(from);
    see(text);
    return text;
}
char *own(char *from) { return from; }
char *moved(const char *from) {
    char *text = malloc(16);
    text = strcpy(buffer, from);
    return text;
}
