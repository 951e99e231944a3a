/* The program says itself what must hold. */
#include <assert.h>
#include <stdio.h>

int main(void) {
    int v[4] = {1, 3, 2, 4};
    for (int i = 1; i < 4; i++) {
        assert(v[i - 1] <= v[i]); //~ error[assert.fails]
    }
    printf("%d\n", v[0]);
    return 0;
}
