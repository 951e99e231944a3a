/* The children of a node in a binary heap. */
#include <stdio.h>

static void sift_down(int *heap, int n) {
    int i = 0;
    for (;;) {
        int child = 2 * i + 1;
        if (child >= n) return;
        if (child + 1 < n && heap[child + 1] > heap[child]) child++;
        if (heap[i] >= heap[child]) return;
        int t = heap[i];
        heap[i] = heap[child];
        heap[child] = t;
        i = child;
    }
}

int main(void) {
    int heap[4] = {1, 5, 3, 4};
    sift_down(heap, 4);
    printf("%d\n", heap[0]);
    return 0;
}
