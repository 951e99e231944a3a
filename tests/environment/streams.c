/* What comes from files and from standard input. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int table[10];

int letter_entry(void) {
    int letter = getchar();
    return table[letter];  //~ error[bounds.read]: stdin =
}

int letter_entry_checked(void) {
    int letter = getchar();
    return letter >= 0 && letter < 10 ? table[letter] : 0;
}

int line_entry(void) {
    char line[8];
    if (!fgets(line, sizeof line, stdin)) return -1;
    return table[atoi(line)];  //~ error[bounds.read]: stdin =
}

int line_length(void) {
    char line[8];
    if (!fgets(line, sizeof line, stdin)) return -1;
    return (int)strlen(line);
}

int line_too_long(void) {
    char line[8];
    if (!fgets(line, 9, stdin)) return -1;  //~ error[bounds.write]: stdin =
    return line[0];
}

int first_of_file(const char *path) {
    FILE *file = fopen(path, "r");
    int letter = fgetc(file);  //~ error[null.argument]: fopen() fails = 1
    fclose(file);
    return letter;
}

int first_of_file_checked(const char *path) {
    FILE *file = fopen(path, "r");
    if (!file) return -1;
    int letter = fgetc(file);
    fclose(file);
    return letter;
}

int closed_twice(const char *path) {
    FILE *file = fopen(path, "r");
    if (!file) return -1;
    fclose(file);
    return fclose(file);  //~ error[resource.misuse]
}

int end_of_read(void) {
    char buffer[16];
    long count = read(0, buffer, sizeof buffer);
    buffer[count] = 0;  //~ error[bounds.write]
    return 0;
}

int end_of_read_checked(void) {
    char buffer[16];
    long count = read(0, buffer, sizeof buffer - 1);
    if (count < 0) return -1;
    buffer[count] = 0;
    return 0;
}
