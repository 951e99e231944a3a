/* getopt, as glibc does it with options in front of the other arguments. */
#define _GNU_SOURCE
#include <string.h>
#include <unistd.h>

#include "gnomon.h"

char* optarg;
int optind = 1, opterr = 1, optopt = '?';

static int place; /* of the next letter in argv[optind]; 0: none was looked at */

static int is_option(const char* argument) { return argument[0] == '-' && argument[1]; }

/* Options that come later would be moved in front. */
static int end_of_options(int count, char* const arguments[]) {
    for (int i = optind + 1; i < count; ++i)
        if (is_option(arguments[i])) __gnomon_not_modelled("options behind other arguments");
    return -1;
}

static int leave_element(int result) {
    ++optind;
    place = 0;
    return result;
}

int getopt(int count, char* const arguments[], const char* options) {
    optarg = NULL;
    if (optind == 0) optind = 1, place = 0;
    if (place == 0) {
        if (optind >= count) return -1;
        if (!is_option(arguments[optind])) return end_of_options(count, arguments);
        if (arguments[optind][1] == '-' && !arguments[optind][2]) return leave_element(-1);
        place = 1;
    }
    const char* rest = arguments[optind] + place;
    char letter = *rest;
    const char* meant = options[0] == ':' || options[0] == '+' ? strchr(options + 1, letter) : strchr(options, letter);
    if (!meant || letter == ':' || letter == ';') {
        optopt = (unsigned char)letter;
        ++place;
        return rest[1] ? '?' : leave_element('?');
    }
    if (meant[1] != ':') {
        ++place;
        return rest[1] ? letter : leave_element(letter);
    }
    if (rest[1]) {
        optarg = (char*)rest + 1;
        return leave_element(letter);
    }
    if (meant[2] == ':') return leave_element(letter);
    if (optind + 1 >= count) {
        optopt = (unsigned char)letter;
        return leave_element(options[0] == ':' ? ':' : '?');
    }
    optarg = arguments[++optind];
    return leave_element(letter);
}
