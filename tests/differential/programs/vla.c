/* Variable-length arrays: of one and more dimensions, as parameters, through pointers, and alloca. */
#include <stdlib.h>

#include "report.h"

static int sum(int rows, int columns, int matrix[rows][columns]) {
    int total = 0;
    for (int i = 0; i < rows; i++)
        for (int j = 0; j < columns; j++) total += matrix[i][j] * (i + 1);
    return total;
}

static int last(int n, const int row[static n]) { return row[n - 1]; }

static void local(int n) {
    char text[n + 1];
    for (int i = 0; i < n; i++) text[i] = (char)('a' + i);
    text[n] = 0;
    report(strlen(text));
    report(sizeof text);
    report(text[n / 2]);
}

static void two(int n, int m) {
    int matrix[n][m];
    int after = 77;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < m; j++) matrix[i][j] = i * 10 + j;
    report(sum(n, m, matrix));
    report(sizeof matrix);
    report(sizeof matrix[0]);
    report(sizeof matrix / sizeof *matrix);
    int(*row)[m] = matrix + 1;
    report((*row)[m - 1]);
    row++;
    report(row - matrix);
    report(row[0][1]);
    report(last(m, *row));
    report(after);
    int *flat = &matrix[0][0];
    report(flat[n * m - 1 - m]);
    report(*(*(matrix + 1) + 2));
}

static void three(int a, int b) {
    short cube[a][3][b];
    for (int i = 0; i < a * 3 * b; i++) (&cube[0][0][0])[i] = (short)i;
    report(cube[1][2][1]);
    report(sizeof cube[0]);
    typedef int line[b];
    line lines[2];
    b = 100;
    lines[1][3] = 5;
    report(sizeof(line));
    report(lines[1][3]);
}

static void loop(void) {
    unsigned total = 0;
    for (int n = 1; n < 5; n++) {
        int scratch[n];
        scratch[n - 1] = n * n;
        if (n == 3) continue;
        total += (unsigned)scratch[n - 1] + sizeof scratch;
    }
    report(total);
}

static void pointed(int n) {
    int(*rows)[n] = malloc(3 * sizeof *rows);
    rows[2][n - 1] = 9;
    rows[1][0] = 4;
    report(rows[2][n - 1] + rows[1][0]);
    report(sizeof *rows);
    free(rows);
}

int main(void) {
    local(5);
    two(3, 4);
    three(2, 4);
    loop();
    pointed(6);
    char *memory = __builtin_alloca(8);
    memset(memory, 3, 8);
    report(memory[7]);
    return finish(0);
}
