static int table[2] = {1, 2};
static int at(int n) { return table[n]; } //~ error[bounds.read]
int second(int n) { return at(n); }
