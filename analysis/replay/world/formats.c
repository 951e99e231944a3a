/* <stdio.h>: calls with a format are told of. Whether their arguments fit it, the compiler knows. */
#include <stdarg.h>
#include <syslog.h>

#define REPLAY_FORMATTED(name, parameters, real)          \
    int __wrap_##name parameters {                        \
        replay_report("call.format", #name " is called"); \
        va_list list;                                     \
        va_start(list, format);                           \
        const int result = real;                          \
        va_end(list);                                     \
        return result;                                    \
    }

REPLAY_FORMATTED(printf, (const char* format, ...), vprintf(format, list))
REPLAY_FORMATTED(fprintf, (FILE * to, const char* format, ...), vfprintf(to, format, list))
REPLAY_FORMATTED(sprintf, (char* to, const char* format, ...), vsprintf(to, format, list))
REPLAY_FORMATTED(snprintf, (char* to, size_t size, const char* format, ...), vsnprintf(to, size, format, list))
REPLAY_FORMATTED(dprintf, (int to, const char* format, ...), vdprintf(to, format, list))
void __wrap_syslog(int priority, const char* format, ...) {
    replay_report("call.format", "syslog is called");
    va_list list;
    va_start(list, format);
    vsyslog(priority, format, list);
    va_end(list);
}
REPLAY_FORMATTED(scanf, (const char* format, ...), vscanf(format, list))
REPLAY_FORMATTED(fscanf, (FILE * from, const char* format, ...), vfscanf(from, format, list))
REPLAY_FORMATTED(sscanf, (const char* from, const char* format, ...), vsscanf(from, format, list))
REPLAY_FORMATTED(__isoc99_scanf, (const char* format, ...), vscanf(format, list))
REPLAY_FORMATTED(__isoc99_fscanf, (FILE * from, const char* format, ...), vfscanf(from, format, list))
REPLAY_FORMATTED(__isoc99_sscanf, (const char* from, const char* format, ...), vsscanf(from, format, list))
