/* The number is set where the flag is, and read where it is not. */
//~ run: ./program a
int main(int argc, char **argv) {
    if (argc < 2) return 0;
    int limit;
    int is_given = 0;
    if (argv[1][0] == '=') {
        limit = argv[1][1];
        is_given = 1;
    }
    if (argv[1][0] == 'a') is_given = 1;
    if (is_given && limit > 9) return 1; //~ error[defined.read]
    return 0;
}
