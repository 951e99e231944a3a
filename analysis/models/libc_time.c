/* <time.h> and <sys/time.h>: clocks show any time that programs of today may see, and never go back. */
#define _GNU_SOURCE
#include <errno.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "gnomon.h"

#define LATEST 7258118399L /* the last second of the year 2199 */
#define LONGEST (100L * 365 * 86400 * CLOCKS_PER_SEC) /* ticks of a hundred years of work */

static time_t now, ticks;
static long fraction; /* of the second that is shown now, in nanoseconds */

time_t time(time_t* result) {
    time_t chosen = __gnomon_choose_long("time()", 0, LATEST);
    __gnomon_assume(chosen >= now);
    if (chosen > now) fraction = 0;
    now = chosen;
    if (result) *result = chosen;
    return chosen;
}

clock_t clock(void) {
    clock_t chosen = __gnomon_choose_long("clock()", 0, LONGEST);
    __gnomon_assume(chosen >= ticks);
    ticks = chosen;
    return chosen;
}

int gettimeofday(struct timeval* restrict result, void* restrict zone) {
    (void)zone;
    result->tv_sec = time(NULL);
    result->tv_usec = __gnomon_choose_long("gettimeofday()'s microseconds", 0, 999999);
    __gnomon_assume(result->tv_usec >= fraction / 1000);
    if (result->tv_usec * 1000 > fraction) fraction = result->tv_usec * 1000;
    return 0;
}

int clock_gettime(clockid_t clock_id, struct timespec* result) {
    (void)clock_id;
    result->tv_sec = time(NULL);
    result->tv_nsec = __gnomon_choose_long("clock_gettime()'s nanoseconds", 0, 999999999);
    __gnomon_assume(result->tv_nsec >= fraction);
    fraction = result->tv_nsec;
    return 0;
}

double difftime(time_t end, time_t begin) { return (double)end - (double)begin; }

#define DAY 86400

/* The civil date of a number of days since 1970, counted in years that begin in March; whether its year fits. */
static int set_date(struct tm* date, long days) {
    long shifted = days + 719468; /* days from March of year 0 */
    long era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    long day_of_era = shifted - era * 146097;
    long year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    long day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    long month = (5 * day_of_year + 2) / 153; /* 0: March */
    long year = year_of_era + era * 400 + (month >= 10);
    int is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    date->tm_mday = (int)(day_of_year - (153 * month + 2) / 5 + 1);
    date->tm_mon = (int)(month < 10 ? month + 2 : month - 10);
    date->tm_year = (int)(year - 1900);
    date->tm_yday = (int)(month < 10 ? day_of_year + 59 + is_leap : day_of_year - 306);
    date->tm_wday = (int)((days % 7 + 11) % 7); /* the first day was a Thursday */
    return date->tm_year == year - 1900;
}

struct tm* gmtime_r(const time_t* restrict seconds, struct tm* restrict date) {
    long days = *seconds / DAY, rest = *seconds % DAY;
    if (rest < 0) rest += DAY, --days;
    date->tm_hour = (int)(rest / 3600);
    date->tm_min = (int)(rest / 60 % 60);
    date->tm_sec = (int)(rest % 60);
    if (!set_date(date, days)) {
        errno = EOVERFLOW;
        return NULL;
    }
    date->tm_isdst = 0;
    date->tm_gmtoff = 0;
    date->tm_zone = "GMT";
    return date;
}

static struct tm shared_date;

/* The local time is that of Greenwich, for somebody. */
struct tm* localtime_r(const time_t* restrict seconds, struct tm* restrict date) { return gmtime_r(seconds, date); }
struct tm* gmtime(const time_t* seconds) { return gmtime_r(seconds, &shared_date); }
struct tm* localtime(const time_t* seconds) { return gmtime_r(seconds, &shared_date); }

/* Text of which nothing is known but its room. */
size_t strftime(char* restrict buffer, size_t size, const char* restrict format, const struct tm* restrict date) {
    (void)size;
    __gnomon_touch(date, sizeof *date);
    while (*format) ++format;
    __gnomon_forget(buffer);
    return (size_t)__gnomon_unknown();
}

unsigned sleep(unsigned seconds) {
    (void)seconds;
    return 0;
}

int usleep(useconds_t microseconds) {
    (void)microseconds;
    return 0;
}

int nanosleep(const struct timespec* wanted, struct timespec* left) {
    (void)left;
    __gnomon_touch(wanted, sizeof *wanted);
    return 0;
}
