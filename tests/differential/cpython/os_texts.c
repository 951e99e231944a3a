/* PyOS_*: texts and numbers of C. */
#include <string.h>

#include "probe.h"

static int sign(long number) { return (number > 0) - (number < 0); }

static void read_double(const char* text) {
    char* end = NULL;
    unsigned long bits;
    double value = PyOS_string_to_double(text, &end, NULL);
    memcpy(&bits, &value, sizeof bits);
    printf("%lx %ld\n", bits, end ? (long)(end - text) : -1);
    ERROR();
    value = PyOS_string_to_double(text, NULL, PyExc_KeyError);
    memcpy(&bits, &value, sizeof bits);
    printf("%lx\n", bits);
    ERROR();
}

int main(void) {
    start();
    char text[8] = "";
    static const char *number_and_text = "%d and %s", *number = "%d";
    PRINT(PyOS_snprintf(text, sizeof text, number_and_text, 12, "more"));
    printf("%s\n", text);
    PRINT(PyOS_snprintf(text, sizeof text, number, 12));
    printf("%s\n", text);
    PRINT(sign(PyOS_mystricmp("Abc", "aBC")));
    PRINT(sign(PyOS_mystricmp("Abc", "aBd")));
    PRINT(sign(PyOS_mystrnicmp("Abc", "aBd", 2)));
    printf("%s\n", PyUnicode_GetDefaultEncoding());
    int kind = 7;
    PRINT(PyOS_double_to_string(1.5, 'x', 3, 0, &kind) == NULL);
    ERROR();
    PRINT(PyOS_double_to_string(1.5, 'r', 3, 0, &kind) == NULL);
    ERROR();
    char* made = PyOS_double_to_string(1.5, 'r', 0, 0, &kind);
    PRINT(kind);
    PyMem_Free(made);
    read_double("1.5");
    read_double("1.5x");
    read_double(" 1.5");
    read_double("x");
    read_double("");
    read_double("1e400");
    read_double("-inf");
    read_double("0x10");
    return 0;
}
