/* A descriptor that is closed twice: the second time it may be another one's. */
//~ run: closed_twice(7)
//~ run: opened_again(7)
#include <fcntl.h>
#include <unistd.h>

int closed_twice(int n) {
    int d = open("/dev/null", O_RDONLY);
    if (d < 0) return -1;
    close(d);
    if (n == 7) close(d);  //~ error[resource.misuse]: n = 7
    return 0;
}

int opened_again(int n) {
    int d = open("/dev/null", O_RDONLY);
    if (d < 0) return -1;
    close(d);
    if (n != 7) return 0;
    d = open("/dev/null", O_RDONLY);
    if (d >= 0) close(d);
    return 1;
}
