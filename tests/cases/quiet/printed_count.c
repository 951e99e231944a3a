/* Formats that write: as many letters as were printed, in a number as small as the format says. */
#include <stdio.h>

struct counts {
    signed char tiny;
    short small;
    int usual;
};

int main(void) {
    struct counts counted;
    char text[16];
    int printed;
    signed char tiny[1];
    printf("%d%n\n", 1234, &printed);
    if (printed < 1) return 1;
    snprintf(text, sizeof text, "ab%hhn%hncd%n", &counted.tiny, &counted.small, &counted.usual);
    snprintf(text, sizeof text, "%c%hhn", 'x', &tiny[0]);
    return 10 / (counted.tiny - 1) + 10 / counted.small + 10 / (counted.usual - 3) + tiny[0];
}
