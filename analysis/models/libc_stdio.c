/* The standard streams: objects that nobody looks into. */
#include <stdio.h>

static FILE input_stream, output_stream, error_stream;

FILE *stdin = &input_stream;
FILE *stdout = &output_stream;
FILE *stderr = &error_stream;
