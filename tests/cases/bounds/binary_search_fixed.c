/* The upper end of the search is the number of elements. */
#include <stdio.h>

static int find(const int *v, int n, int wanted) {
    int low = 0, high = n - 1;
    while (low <= high) {
        int middle = low + (high - low) / 2;
        if (v[middle] == wanted) return middle;
        if (v[middle] < wanted) low = middle + 1;
        else high = middle - 1;
    }
    return -1;
}

int main(void) {
    int primes[7] = {2, 3, 5, 7, 11, 13, 17};
    printf("%d\n", find(primes, 7, 100));
    return 0;
}
