/* Two counters that a loop raises under conditions, and one sum of them that is too large. */
static int table[16];

static void count(const char *text) {
    int upper = 0, digits = 0;
    for (int i = 0; i < 24; i++) {
        if (text[i] == 0) break;
        if (text[i] >= 'A' && text[i] <= 'Z') upper++;
        if (text[i] >= '0' && text[i] <= '9') digits++;
    }
    if (upper == 5 && digits == 7) table[upper + digits + 4] = 1; //~ error[bounds.write]
}

//~ run: ./program AAAAA0000000
int main(int argc, char **argv) {
    if (argc > 1) count(argv[1]);
    return table[0];
}
