/* Labels on the way. */
#include <stdio.h>
#include <stdlib.h>

int main(void) {
    char *data = malloc(100);
    if (!data) return 1;
    goto source;
sink:
    data[0] = 'A';
    free(data);
    return 0;
source:
    free(data);
    data[1] = 'B'; //~ error[lifetime.use-after-free]
    goto sink;
}
