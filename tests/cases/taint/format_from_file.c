/* What a file says is logged as a format. */
//~ run: ./program
#include <stdio.h>
#include <syslog.h>

int main(void) {
    char text[32];
    FILE *file = fopen("/etc/hostname", "r");
    if (!file) return 1;
    size_t size = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    if (size == 0) return 2;
    text[size] = 0;
    syslog(LOG_INFO, text);  //~ error[taint.format]: takes a format that comes from outside
    //~^ error[call.format]: fewer arguments
    return 0;
}
