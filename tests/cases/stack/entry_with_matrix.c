/* A matrix as large as Python asks for, and one that is too large for any stack. */
//~ run: corner(3)
//~ run: trace(1100)
int trace(int n) {
    if (n < 1 || n > 4000) return 0;
    double matrix[n][n];  //~ error[stack.overflow]: n = 1024
    double sum = 0;
    for (int i = 0; i < n; i++) matrix[i][i] = i;
    for (int i = 0; i < n; i++) sum += matrix[i][i];
    return (int)sum;
}

int corner(int n) {
    double row[1 << 20];  //~ error[stack.overflow]
    row[0] = n;
    return (int)row[0];
}
