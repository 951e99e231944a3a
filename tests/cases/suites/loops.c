/* Arrays and loops of many shapes. */
int loops_sink;

void loop_001(void) {
    int v[10];
    int i = 0;
    while (1) {
        v[i] = i; //~ error[bounds.write]
        if (i++ > 9) break;
    }
    loops_sink = v[0];
}
void loop_002(void) {
    int v[10];
    int i = 9;
    do {
        v[i] = i; //~ error[bounds.write]
    } while (i-- >= 0);
    loops_sink = v[0];
}
void loop_003(void) {
    int v[10];
    for (int *p = v; p <= v + 10; p++) *p = 1; //~ error[bounds.write]
    loops_sink = v[0];
}
void loop_004(void) {
    int v[3][4];
    for (int i = 0; i < 3; i++)
        for (int j = 0; j <= 4; j++) v[2 - i][j] = i; //~ error[bounds.write]
    loops_sink = v[1][1];
}
void loop_005(void) {
    int v[8];
    for (unsigned i = 7; i < 8; i -= 2) v[i + 1] = 1; //~ error[bounds.write]
    loops_sink = v[3];
}
void loop_006(void) {
    int v[6] = {0}, n = 6;
    for (int i = 0; i < n; i++) {
        if (i == 2) continue;
        v[i + (i > 4)] = 1; //~ error[bounds.write]
    }
    loops_sink = v[3];
}
void loop_007(void) {
    char text[] = "a,b,c";
    int fields = 0;
    char *starts[2];
    starts[fields++] = text;
    for (char *at = text; *at; at++)
        if (*at == ',') {
            starts[fields++] = at + 1; //~ error[bounds.write]
        }
    loops_sink = *starts[0];
}
void loop_008(void) {
    int v[5] = {1, 2, 3, 4, 5}, sum = 0;
    for (int low = 0, high = 5; low <= high; low++, high--) sum += v[low] * v[high]; //~ error[bounds.read]
    loops_sink = sum;
}
