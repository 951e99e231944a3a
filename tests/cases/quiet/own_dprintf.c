/* A function of the program's own that has the name of a library's: it reads no strings. */
int dprintf(int level, const char *format, ...);

int main(void) {
    char tag[3] = {'a', 'b', 'c'};
    return dprintf(1, "%s", tag);
}

int dprintf(int level, const char *format, ...) { return level == 1 && format[0] == '%' ? 0 : 1; }
