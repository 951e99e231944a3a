/* The last element of a local array is never set. */
#include <stdio.h>

int main(void) {
    int v[6];
    for (int i = 0; i < 5; i++) v[i] = i;
    int even = 0;
    for (int i = 0; i < 6; i++)
        if (v[i] % 2 == 0) even++; //~ error[defined.read]
    printf("%d\n", even);
    return 0;
}
