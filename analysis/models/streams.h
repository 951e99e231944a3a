/* Streams as the models of <stdio.h> keep them: glibc's FILE, of which these fields mean something here. */
#pragma once

#include <stdio.h>

#define AT_END 0x10 /* of _flags, as in glibc */
#define FAILED 0x20

static inline int is_standard(const FILE* stream) { return stream == stdin || stream == stdout || stream == stderr; }

/* Is it there, and open? */
static inline void use(FILE* stream) { __gnomon_touch(stream, sizeof *stream); }

/* Values are chosen as a whole: a byte that was pushed back would be part of one. */
static inline void from_the_stream(const FILE* stream) {
    if (stream->_vtable_offset) __gnomon_not_modelled("what is read behind a byte that was pushed back");
}

/* How the witness calls what is read. */
static inline const char* source_of(const FILE* stream) { return stream->_fileno == 0 ? "stdin" : "file"; }
static inline const char* end_of(const FILE* stream) { return stream->_fileno == 0 ? "stdin ends" : "file ends"; }

int gnomon_next_descriptor(void);     /* of posix_files.c: one that was not given out before */
int gnomon_next_letter(FILE* stream); /* of libc_streams.c: a byte that the world chooses, or EOF */
