/* <ctype.h> as functions that look at what they are given; its macros would index a table with it. */
#define REPLAY_WATCHED(name)                                                                 \
    int __real_##name(int letter);                                                           \
    int __wrap_##name(int letter) {                                                          \
        const int is_letter = letter >= -128 && letter <= 255;                               \
        if (!is_letter) replay_report("call.argument", #name " is given what is no letter"); \
        return is_letter ? __real_##name(letter) : 0;                                        \
    }

REPLAY_WATCHED(toupper)
REPLAY_WATCHED(tolower)
REPLAY_WATCHED(isalpha)
REPLAY_WATCHED(isdigit)
REPLAY_WATCHED(isalnum)
REPLAY_WATCHED(isspace)
REPLAY_WATCHED(isupper)
REPLAY_WATCHED(islower)
REPLAY_WATCHED(ispunct)
REPLAY_WATCHED(isprint)
REPLAY_WATCHED(iscntrl)
REPLAY_WATCHED(isxdigit)
REPLAY_WATCHED(isgraph)
