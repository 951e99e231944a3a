"""Which arguments of C library functions must be what: the rows that rules about calls are made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gnomon.analysis.shadows.language import AnyRule, Event, demand

# Pointers that must not be null, by position. Not those that only reach the kernel, which says EFAULT.
NOT_NULL: Mapping[int, str] = {
    0: "strlen strcpy stpcpy strcat strcmp strcasecmp strchr strrchr strstr strspn strcspn strpbrk strdup "
    "atoi atol atoll atof strtol strtoul strtoll strtoull strtod strtof "
    "puts printf fprintf vprintf vfprintf sprintf vsprintf fputs fgets gets fgetc getc fclose "
    "feof ferror clearerr fileno fseek ftell rewind getenv",
    1: "strcpy stpcpy strcat strcmp strcasecmp strstr strspn strcspn strpbrk strtok "
    "fprintf vfprintf sprintf vsprintf fputs fputc putc fopen",
    2: "snprintf vsnprintf fgets",
    3: "fread fwrite",
}

# Pointers that must not be null unless the size behind them is zero: (position of the pointer, of the size).
NOT_NULL_UNLESS_EMPTY: Mapping[tuple[int, int], str] = {
    (0, 2): "memcpy memmove memset memcmp memchr memrchr mempcpy strncpy strncat strncmp strncasecmp",
    (1, 2): "memcpy memmove memcmp mempcpy strncpy strncat strncmp strncasecmp",
    (0, 1): "strnlen strndup bzero",
}

# Sizes, which a negative number becomes a huge one of.
# A limit that is never reached (of strncmp, say) may be as large as it likes, and a block that is too large is refused:
# those are not here.
SIZES: Mapping[int, str] = {
    1: "bzero",
    2: "memcpy memmove memset memcmp mempcpy strncpy read write recv send",
}


# Formats, by position; the arguments follow.
FORMATS: Mapping[int, str] = {
    0: "printf scanf",
    1: "fprintf sprintf dprintf fscanf sscanf syslog",
    2: "snprintf",
}


def demand_for_each(rows: Mapping[int, str], *, code: str, message: str) -> Callable[[AnyRule], AnyRule]:
    """A demand on the calls of each row's functions, about the argument at its position. A function of the user's that
    has such a name is another one."""

    def mark(rule: AnyRule) -> AnyRule:
        for position in sorted(rows, reverse=True):
            names = rows[position].split()
            rule = demand(
                "call", code=code, message=message, when=Event.is_library, functions=names, argument=position
            )(rule)
        return rule

    return mark
