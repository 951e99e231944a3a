/* The scanf family: from a stream come values that the world chooses, conversion by conversion; text is really parsed.
 */
#define _GNU_SOURCE
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gnomon.h"
#include "streams.h"

#define LONGEST_WORD 65536

enum size { PLAIN, BYTE, SHORT, LONG, LONG_DOUBLE };

struct conversion {
    int is_skipped; /* %*d */
    int width;      /* 0: none */
    enum size size;
    char letter;
    const char* set; /* of %[ : after the bracket, and the caret */
    int is_negated;
};

static int is_space(char letter) { return letter == ' ' || (letter >= '\t' && letter <= '\r'); }

/* `format` is after the percent sign; the place after the conversion. */
static const char* parse_conversion(const char* format, struct conversion* as) {
    if (*format == '*') as->is_skipped = 1, ++format;
    while (*format >= '0' && *format <= '9') as->width = as->width * 10 + (*format++ - '0');
    if (*format == 'h') {
        as->size = *++format == 'h' ? BYTE : SHORT;
        if (*format == 'h') ++format;
    } else if (*format == 'l' || *format == 'q' || *format == 'j' || *format == 'z' || *format == 't') {
        as->size = LONG;
        if (*format++ == 'l' && *format == 'l') ++format;
    } else if (*format == 'L') {
        as->size = LONG_DOUBLE;
        ++format;
    }
    as->letter = *format;
    if (*format) ++format;
    if (as->letter != '[') return format;
    if (*format == '^') as->is_negated = 1, ++format;
    as->set = format;
    if (*format == ']') ++format;
    while (*format && *format != ']') ++format;
    return *format ? format + 1 : format;
}

static int is_in_set(const struct conversion* as, char letter) {
    int is_found = 0;
    for (const char* at = as->set; *at && (*at != ']' || at == as->set); ++at) {
        if (at[1] == '-' && at[2] && at[2] != ']') {
            is_found |= (unsigned char)*at <= (unsigned char)letter && (unsigned char)letter <= (unsigned char)at[2];
            at += 2;
        } else {
            is_found |= *at == letter;
        }
    }
    return is_found != as->is_negated;
}

static void store_integer(void* to, long value, enum size size) {
    switch (size) {
        case BYTE:
            *(signed char*)to = (signed char)value;
            break;
        case SHORT:
            *(short*)to = (short)value;
            break;
        case PLAIN:
            *(int*)to = (int)value;
            break;
        case LONG:
        case LONG_DOUBLE: /* GNU C: long long */
            *(long*)to = value;
            break;
    }
}

static void store_double(void* to, double value, enum size size) {
    if (size == LONG) {
        *(double*)to = value;
    } else {
        *(float*)to = (float)value;
    }
}

static void store_text(char* to, const char* text, size_t size, int is_terminated) {
    __gnomon_copy(to, text, size);
    if (is_terminated) to[size] = 0;
}

/* Any number of the type: a width would bound its digits. */
static long choose_integer(const struct conversion* as, const char* source) {
    int is_signed = as->letter == 'd' || as->letter == 'i';
    if (as->width) __gnomon_not_modelled("a number of so many letters");
    if (as->size >= LONG)
        return is_signed ? __gnomon_choose_long(source, 1, 0) : (long)__gnomon_choose_unsigned_long(source, 1, 0);
    return is_signed ? __gnomon_choose_int(source, 1, 0) : (long)__gnomon_choose_unsigned(source, 1, 0);
}

static char* choose_text(const struct conversion* as, const char* source) {
    char* text = as->letter == 's' ? __gnomon_choose_word(source, NULL, LONGEST_WORD)
                                   : __gnomon_choose_line(source, NULL, LONGEST_WORD);
    size_t size = strlen(text);
    __gnomon_assume(size > 0 && (!as->width || size <= (size_t)as->width));
    return text;
}

/* The value that comes from a stream for one conversion. */
static void choose_value(const struct conversion* as, void* to, const char* source) {
    switch (as->letter) {
        case 'd':
        case 'i':
        case 'u':
        case 'x':
        case 'X':
        case 'o':
            store_integer(to, choose_integer(as, source), as->size);
            break;
        case 'e':
        case 'f':
        case 'g':
        case 'a':
            if (as->width) __gnomon_not_modelled("a number of so many letters");
            if (as->size == LONG_DOUBLE) __gnomon_not_modelled("any long double");
            store_double(to, __gnomon_choose_double(source), as->size);
            break;
        case 'c': {
            size_t size = as->width ? (size_t)as->width : 1;
            store_text(to, __gnomon_choose_bytes(source, NULL, size), size, 0);
            break;
        }
        case 's':
        case '[': {
            int is_line = as->is_negated && as->set[0] == '\n' && as->set[1] == ']';
            if (as->letter == '[' && !is_line) __gnomon_not_modelled("this set of letters");
            char* text = choose_text(as, source);
            store_text(to, text, strlen(text), 1);
            break;
        }
        default:
            __gnomon_not_modelled("this conversion");
    }
}

int vfscanf(FILE* restrict stream, const char* restrict format, va_list list) {
    use(stream);
    from_the_stream(stream);
    const char* source = source_of(stream);
    int count = 0;
    while (*format) {
        if (*format++ != '%') continue;
        if (*format == '%') {
            ++format;
            continue;
        }
        struct conversion as = {0, 0, PLAIN, 0, NULL, 0};
        format = parse_conversion(format, &as);
        if (as.letter == 'n') __gnomon_not_modelled("%n");
        int may_differ = as.letter != 'c' && as.letter != 's';
        if (!(stream->_flags & AT_END) && (count == 0 || !may_differ) && __gnomon_choose_int(end_of(stream), 0, 1))
            stream->_flags |= AT_END;
        if (stream->_flags & AT_END) return count ? count : EOF;
        if (may_differ && __gnomon_choose_int("input does not match", 0, 1)) return count;
        if (as.is_skipped) continue;
        choose_value(&as, va_arg(list, void*), source);
        ++count;
    }
    return count;
}

/* A number at *text of at most `width` letters, 0 for any; moves *text behind it. Zero when there is none. */
static int parse_integer(const char** text, const struct conversion* as, long* value) {
    char kept[80], *end;
    size_t size = 0, most = as->width && as->width < 79 ? (size_t)as->width : 79;
    for (; size < most && (*text)[size] && !is_space((*text)[size]); ++size) kept[size] = (*text)[size];
    kept[size] = 0;
    int base = as->letter == 'i' ? 0 : as->letter == 'o' ? 8 : as->letter == 'x' || as->letter == 'X' ? 16 : 10;
    *value = as->letter == 'd' || as->letter == 'i' ? strtol(kept, &end, base) : (long)strtoul(kept, &end, base);
    *text += end - kept;
    return end != kept;
}

#define LONGEST_NUMBER 400

static void keep_word(const char* text, const struct conversion* as, char* kept) {
    size_t size = 0, most = as->width && as->width < LONGEST_NUMBER - 1 ? (size_t)as->width : LONGEST_NUMBER - 1;
    for (; size < most && text[size] && !is_space(text[size]); ++size) kept[size] = text[size];
    kept[size] = 0;
}

static int parse_double(const char** text, const struct conversion* as, double* value) {
    char kept[LONGEST_NUMBER], *end;
    keep_word(*text, as, kept);
    *value = strtod(kept, &end);
    *text += end - kept;
    return end != kept;
}

static int parse_long_double(const char** text, const struct conversion* as, long double* value) {
    char kept[LONGEST_NUMBER], *end;
    keep_word(*text, as, kept);
    *value = strtold(kept, &end);
    *text += end - kept;
    return end != kept;
}

static size_t matching(const char* text, const struct conversion* as) {
    size_t size = 0, most = as->width ? (size_t)as->width : as->letter == 'c' ? 1 : (size_t)-1;
    while (size < most && text[size]) {
        if (as->letter == 's' && is_space(text[size])) break;
        if (as->letter == '[' && !is_in_set(as, text[size])) break;
        ++size;
    }
    return as->letter == 'c' && size < most ? 0 : size;
}

int vsscanf(const char* text, const char* restrict format, va_list list) {
    const char* begin = text;
    int count = 0;
    while (*format) {
        if (is_space(*format)) {
            while (is_space(*text)) ++text;
            ++format;
            continue;
        }
        if (*format != '%' || format[1] == '%') {
            if (*format == '%') {
                while (is_space(*text)) ++text;
                ++format;
            }
            if (!*text && count == 0) return EOF;
            if (*text != *format) return count;
            ++text, ++format;
            continue;
        }
        struct conversion as = {0, 0, PLAIN, 0, NULL, 0};
        format = parse_conversion(format + 1, &as);
        if (as.letter == 'n') {
            store_integer(va_arg(list, void*), text - begin, as.size);
            continue;
        }
        if (as.letter != 'c' && as.letter != '[')
            while (is_space(*text)) ++text;
        if (!*text) return count ? count : EOF;
        switch (as.letter) {
            case 'd':
            case 'i':
            case 'u':
            case 'x':
            case 'X':
            case 'o': {
                long value;
                if (!parse_integer(&text, &as, &value)) return count;
                if (!as.is_skipped) store_integer(va_arg(list, void*), value, as.size);
                break;
            }
            case 'e':
            case 'f':
            case 'g':
            case 'a': {
                if (as.size == LONG_DOUBLE) {
                    long double value;
                    if (!parse_long_double(&text, &as, &value)) return count;
                    if (!as.is_skipped) *va_arg(list, long double*) = value;
                    break;
                }
                double value;
                if (!parse_double(&text, &as, &value)) return count;
                if (!as.is_skipped) store_double(va_arg(list, void*), value, as.size);
                break;
            }
            case 'c':
            case 's':
            case '[': {
                size_t size = matching(text, &as);
                if (size == 0) return count;
                if (!as.is_skipped) store_text(va_arg(list, char*), text, size, as.letter != 'c');
                text += size;
                break;
            }
            default:
                __gnomon_not_modelled("this conversion");
        }
        if (!as.is_skipped) ++count;
    }
    return count;
}

int sscanf(const char* restrict text, const char* restrict format, ...) {
    va_list list;
    va_start(list, format);
    int count = vsscanf(text, format, list);
    va_end(list);
    return count;
}

int vscanf(const char* restrict format, va_list list) { return vfscanf(stdin, format, list); }

int fscanf(FILE* restrict stream, const char* restrict format, ...) {
    va_list list;
    va_start(list, format);
    int count = vfscanf(stream, format, list);
    va_end(list);
    return count;
}

int scanf(const char* restrict format, ...) {
    va_list list;
    va_start(list, format);
    int count = vfscanf(stdin, format, list);
    va_end(list);
    return count;
}
