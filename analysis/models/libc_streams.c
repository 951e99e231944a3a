/* <stdio.h>: streams, and what is read from them: bytes that the world chooses. What was written is gone, and writing
   succeeds. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gnomon.h"
#include "streams.h"

#define LONGEST_LINE 65536
#define LONGEST_BLOCK 1048576
#define LARGEST_FILE (1L << 60)

static FILE input_stream = {._fileno = 0}, output_stream = {._fileno = 1}, error_stream = {._fileno = 2};

FILE* stdin = &input_stream;
FILE* stdout = &output_stream;
FILE* stderr = &error_stream;

static FILE* open_stream(int descriptor) {
    FILE* stream = __gnomon_allocate_zero(sizeof *stream);
    stream->_fileno = descriptor;
    return stream;
}

FILE* fopen(const char* restrict path, const char* restrict mode) {
    (void)strlen(path);
    (void)strlen(mode);
    if (__gnomon_choose_int("fopen() fails", 0, 1)) {
        errno = ENOENT;
        return NULL;
    }
    return open_stream(gnomon_next_descriptor());
}

FILE* fdopen(int descriptor, const char* mode) {
    (void)strlen(mode);
    return descriptor < 0 ? NULL : open_stream(descriptor);
}

FILE* tmpfile(void) {
    return __gnomon_choose_int("tmpfile() fails", 0, 1) ? NULL : open_stream(gnomon_next_descriptor());
}

FILE* popen(const char* command, const char* mode) {
    (void)strlen(command);
    (void)strlen(mode);
    return __gnomon_choose_int("popen() fails", 0, 1) ? NULL : open_stream(gnomon_next_descriptor());
}

int fclose(FILE* stream) {
    if (!stream) use(stream);
    if (!is_standard(stream)) __gnomon_release(stream);
    return 0;
}

int pclose(FILE* stream) { return fclose(stream); }

FILE* freopen(const char* restrict path, const char* restrict mode, FILE* restrict stream) {
    if (path) (void)strlen(path);
    (void)strlen(mode);
    use(stream);
    if (__gnomon_choose_int("freopen() fails", 0, 1)) {
        fclose(stream);
        return NULL;
    }
    stream->_flags = 0;
    return stream;
}

int fflush(FILE* stream) {
    if (stream) use(stream);
    return 0;
}

void setbuf(FILE* restrict stream, char* restrict buffer) {
    (void)buffer;
    use(stream);
}

int setvbuf(FILE* restrict stream, char* restrict buffer, int mode, size_t size) {
    (void)buffer, (void)mode, (void)size;
    use(stream);
    return 0;
}

int(feof)(FILE* stream) { return (stream->_flags & AT_END) != 0; }
int(ferror)(FILE* stream) { return (stream->_flags & FAILED) != 0; }
int fileno(FILE* stream) { return stream->_fileno; }
void(clearerr)(FILE* stream) { stream->_flags = 0; }

int ungetc(int letter, FILE* stream) {
    use(stream);
    if (letter == EOF) return EOF;
    stream->_flags &= ~AT_END;
    --stream->_offset;
    stream->_vtable_offset = 1; /* a byte was pushed back, */
    stream->_shortbuf[0] = (char)letter;
    return (unsigned char)letter;
}

int gnomon_next_letter(FILE* stream) {
    if (stream->_vtable_offset) {
        stream->_vtable_offset = 0;
        ++stream->_offset;
        return (unsigned char)stream->_shortbuf[0];
    }
    if (stream->_flags & AT_END) return EOF;
    int letter = __gnomon_choose_int(source_of(stream), -1, 255);
    if (letter < 0) {
        stream->_flags |= AT_END;
    } else {
        ++stream->_offset;
    }
    return letter;
}

int fgetc(FILE* stream) { return gnomon_next_letter(stream); }
int(getc)(FILE* stream) { return gnomon_next_letter(stream); }
int(getchar)(void) { return gnomon_next_letter(stdin); }
int getc_unlocked(FILE* stream) { return gnomon_next_letter(stream); }
int getchar_unlocked(void) { return gnomon_next_letter(stdin); }

/* The rest of a line without its newline, which its caller takes, shorter than `size`; null at the end. */
static char* next_line(FILE* stream, size_t size) {
    use(stream);
    if (stream->_vtable_offset) __gnomon_not_modelled("a line behind a letter that was pushed back");
    if (stream->_flags & AT_END) return NULL;
    if (__gnomon_choose_int(end_of(stream), 0, 1)) {
        stream->_flags |= AT_END;
        return NULL;
    }
    char* line = __gnomon_choose_line(source_of(stream), NULL, LONGEST_LINE);
    size_t length = strlen(line);
    __gnomon_assume(length < size);
    stream->_offset += (off_t)length;
    return line;
}

char* fgets(char* restrict buffer, int size, FILE* restrict stream) {
    if (size <= 0) return NULL;
    if (size == 1) {
        use(stream);
        *buffer = 0;
        return buffer;
    }
    char* line = next_line(stream, (size_t)size);
    if (!line) return NULL;
    size_t length = strlen(line);
    __gnomon_copy(buffer, line, length);
    if (length + 1 < (size_t)size) {
        buffer[length++] = '\n';
        ++stream->_offset;
    }
    buffer[length] = 0;
    return buffer;
}

char* gets(char* buffer) {
    char* line = next_line(stdin, LONGEST_LINE + 1);
    if (!line) return NULL;
    __gnomon_copy(buffer, line, strlen(line) + 1);
    ++stdin->_offset;
    return buffer;
}

ssize_t getline(char** restrict buffer, size_t* restrict size, FILE* restrict stream) {
    char* line = next_line(stream, LONGEST_LINE + 1);
    if (!line) return -1;
    size_t length = strlen(line);
    if (!*buffer || *size < length + 2) {
        size_t room = length + 2 < 120 ? 120 : length + 2;
        char* moved = realloc(*buffer, room);
        if (!moved) return -1;
        *buffer = moved;
        *size = room;
    }
    __gnomon_copy(*buffer, line, length);
    (*buffer)[length] = '\n';
    (*buffer)[length + 1] = 0;
    ++stream->_offset;
    return (ssize_t)length + 1;
}

size_t fread(void* restrict buffer, size_t size, size_t count, FILE* restrict stream) {
    use(stream);
    from_the_stream(stream);
    if (size == 0 || count == 0 || stream->_flags & AT_END) return 0;
    char* bytes = __gnomon_choose_block(source_of(stream), NULL, LONGEST_BLOCK);
    size_t length = __gnomon_object_size(bytes);
    __gnomon_assume(length <= size * count);
    if (length < size * count) stream->_flags |= AT_END;
    __gnomon_copy(buffer, bytes, length);
    stream->_offset += (off_t)length;
    return length / size;
}

size_t fwrite(const void* restrict bytes, size_t size, size_t count, FILE* restrict stream) {
    use(stream);
    if (size == 0) return 0;
    __gnomon_touch(bytes, size * count);
    stream->_offset += (off_t)(size * count);
    return count;
}

int fputc(int letter, FILE* stream) {
    ++stream->_offset;
    return (unsigned char)letter;
}

int(putc)(int letter, FILE* stream) { return fputc(letter, stream); }
int(putchar)(int letter) { return (unsigned char)letter; }

int fputs(const char* restrict text, FILE* restrict stream) {
    size_t length = strlen(text);
    use(stream);
    stream->_offset += (off_t)length;
    return 1;
}

int puts(const char* text) {
    (void)strlen(text);
    return 1;
}

void perror(const char* text) {
    if (text) (void)strlen(text);
}

/* The size of a file is chosen when somebody first asks, and stays. */
static off_t size_of(FILE* stream) {
    if (!stream->_mode) stream->_old_offset = __gnomon_choose_long("size of file", 0, 1L << 40);
    stream->_mode = 1;
    return stream->_old_offset;
}

int fseek(FILE* stream, long offset, int whence) {
    use(stream);
    off_t from = whence == SEEK_CUR ? stream->_offset : whence == SEEK_END ? size_of(stream) : 0;
    if (offset < -from || offset > LARGEST_FILE - from) return -1;
    stream->_offset = from + offset;
    stream->_flags &= ~AT_END;
    stream->_vtable_offset = 0;
    return 0;
}

int fseeko(FILE* stream, off_t offset, int whence) { return fseek(stream, offset, whence); }
void rewind(FILE* stream) { fseek(stream, 0, SEEK_SET); }
long ftell(FILE* stream) { return stream->_offset; }
off_t ftello(FILE* stream) { return stream->_offset; }

int remove(const char* path) {
    (void)strlen(path);
    if (!__gnomon_choose_int("remove() fails", 0, 1)) return 0;
    errno = ENOENT;
    return -1;
}

int rename(const char* from, const char* to) {
    (void)strlen(from);
    (void)strlen(to);
    if (!__gnomon_choose_int("rename() fails", 0, 1)) return 0;
    errno = ENOENT;
    return -1;
}
