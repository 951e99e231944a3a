/* Two files have a static function of the same name. */
#include <stdio.h>

int first(int n);
int second(int n);

int main(void) {
    printf("%d\n", first(2) + second(2));
    return 0;
}
