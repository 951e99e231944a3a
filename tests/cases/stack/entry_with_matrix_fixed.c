/* A matrix as large as Python asks for, where that is little. */
//~ run: corner(3)
//~ run: trace(1100)
int trace(int n) {
    if (n < 1 || n > 100) return 0;
    double matrix[n][n];
    double sum = 0;
    for (int i = 0; i < n; i++) matrix[i][i] = i;
    for (int i = 0; i < n; i++) sum += matrix[i][i];
    return (int)sum;
}

int corner(int n) {
    double row[1 << 19];
    row[0] = n;
    return (int)row[0];
}
