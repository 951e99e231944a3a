/* The count comes from standard input, the room does not. */
#include <stdio.h>

//~ run: echo 12 | ./program
int main(void) {
    int values[10];
    int count;
    if (scanf("%d", &count) != 1) return 1;
    if (count < 0) return 1;
    for (int i = 0; i < count; i++) {
        values[i] = i; //~ error[bounds.write]
    }
    printf("%d\n", count > 0 ? values[0] : 0);
    return 0;
}
