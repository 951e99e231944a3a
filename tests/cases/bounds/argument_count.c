// An index that the number of arguments chooses, into an array of which little was set.
//~ run: ./program 1
int main(int argc, char **argv) {
    int found[3];
    found[1] = 4;
    found[2] = 5;
    (void)argv;
    if (argc < 2) return 0;
    return found[argc + 1];  //~ error[bounds.read]: argc = 2
}
