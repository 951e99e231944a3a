/* <stdio.h>: streams of the C library itself, whose bytes the environment chose. They come piece by piece, in the order
   in which the program reads them from whatever streams it has; an empty piece is the end. */
struct replay_stream {
    const char* source; /* "stdin" or "file" */
    int descriptor;
    const char* piece;
    long rest; /* of the piece */
    long place;
};

struct replay_stream_functions {
    ssize_t (*read)(void*, char*, size_t);
    ssize_t (*write)(void*, const char*, size_t);
    int (*seek)(void*, long*, int);
    int (*close)(void*);
};

FILE* replay_custom_stream(void* stream, const char* mode,
                           struct replay_stream_functions functions) __asm__("fopencookie");

static ssize_t replay_read_stream(void* opened, char* buffer, size_t size) {
    struct replay_stream* stream = opened;
    if (stream->rest == 0) {
        const struct replay_answer* answer = replay_next_answer(stream->source);
        if (!answer) return 0;
        stream->piece = answer->bytes;
        stream->rest = answer->number;
    }
    size_t length = (size_t)stream->rest < size ? (size_t)stream->rest : size;
    memcpy(buffer, stream->piece, length);
    stream->piece += length;
    stream->rest -= length;
    stream->place += length;
    return (ssize_t)length;
}

static ssize_t replay_write_stream(void* opened, const char* bytes, size_t size) {
    (void)bytes;
    ((struct replay_stream*)opened)->place += size;
    return (ssize_t)size;
}

/* The size of the file is chosen when somebody first asks. */
static int replay_seek_stream(void* opened, long* offset, int whence) {
    struct replay_stream* stream = opened;
    static long size = -1;
    if (whence == SEEK_END && size < 0) size = replay_next_number("size of file");
    *offset += whence == SEEK_CUR ? stream->place : whence == SEEK_END ? size : 0;
    if (*offset < 0) return -1;
    stream->place = *offset;
    return 0;
}

static int replay_close_stream(void* opened) {
    const int descriptor = ((struct replay_stream*)opened)->descriptor;
    return descriptor > 2 ? close(descriptor) : 0;
}

static FILE* replay_open_stream(const char* source, int descriptor, const char* mode) {
    static struct replay_stream streams[256];
    static int count;
    if (count == 256) abort();
    struct replay_stream* stream = &streams[count++];
    stream->source = source;
    stream->descriptor = descriptor;
    const struct replay_stream_functions functions = {replay_read_stream, replay_write_stream, replay_seek_stream,
                                                      replay_close_stream};
    return replay_custom_stream(stream, mode, functions);
}

FILE* __wrap_fopen(const char* path, const char* mode) {
    (void)strlen(path);
    return replay_is_chosen("fopen() fails", ENOENT) ? NULL : replay_open_stream("file", replay_new_descriptor(), mode);
}

FILE* __wrap_fdopen(int descriptor, const char* mode) {
    return descriptor < 0 ? NULL : replay_open_stream(descriptor == 0 ? "stdin" : "file", descriptor, mode);
}

FILE* __wrap_tmpfile(void) {
    return replay_is_chosen("tmpfile() fails", EIO) ? NULL : replay_open_stream("file", replay_new_descriptor(), "w+");
}

FILE* __wrap_popen(const char* command, const char* mode) {
    (void)strlen(command);
    return replay_is_chosen("popen() fails", EIO) ? NULL : replay_open_stream("file", replay_new_descriptor(), mode);
}

int __wrap_pclose(FILE* stream) { return fclose(stream); }

FILE* __wrap_freopen(const char* path, const char* mode, FILE* stream) {
    (void)path, (void)strlen(mode);
    if (!replay_is_chosen("freopen() fails", EIO)) return stream;
    fclose(stream);
    return NULL;
}

int __wrap_remove(const char* path) {
    (void)strlen(path);
    return -replay_is_chosen("remove() fails", ENOENT);
}

int __wrap_rename(const char* from, const char* to) {
    (void)strlen(from), (void)strlen(to);
    return -replay_is_chosen("rename() fails", ENOENT);
}
