/* Only the text that meets every condition fills the table: one of a million ways through the function. */
#include <string.h>

static int seen[20];

//~ run: ./program abcdefghijklmnopqrst
int main(int argc, char **argv) {
    if (argc < 2 || strlen(argv[1]) < 20) return 0;
    const char *s = argv[1];
    int score = 0;
    if (s[0] == 'a') score++;
    if (s[1] == 'b') score++;
    if (s[2] == 'c') score++;
    if (s[3] == 'd') score++;
    if (s[4] == 'e') score++;
    if (s[5] == 'f') score++;
    if (s[6] == 'g') score++;
    if (s[7] == 'h') score++;
    if (s[8] == 'i') score++;
    if (s[9] == 'j') score++;
    if (s[10] == 'k') score++;
    if (s[11] == 'l') score++;
    if (s[12] == 'm') score++;
    if (s[13] == 'n') score++;
    if (s[14] == 'o') score++;
    if (s[15] == 'p') score++;
    if (s[16] == 'q') score++;
    if (s[17] == 'r') score++;
    if (s[18] == 's') score++;
    if (s[19] == 't') score++;
    seen[score] = 1; //~ error[bounds.write]
    return seen[0];
}
