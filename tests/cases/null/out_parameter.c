/* The helper leaves the pointer alone when it fails, and its result is not looked at. */
#include <stdio.h>

static int first_negative(int *v, int n, int **where) {
    for (int i = 0; i < n; i++)
        if (v[i] < 0) {
            *where = &v[i];
            return 1;
        }
    return 0;
}

int main(void) {
    int v[3] = {1, 2, 3};
    int *where = NULL;
    first_negative(v, 3, &where);
    *where = 0; //~ error[null.deref]
    printf("%d\n", v[0]);
    return 0;
}
