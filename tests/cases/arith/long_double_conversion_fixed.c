/* A long double that the integer holds: the bound is one that only a long double can tell from its neighbour. */
//~ run: rounded(9223372036854775807.5L)
//~ run: rounded(9223372036854775807.0L)
//~ run: as_byte(-0.5L)

long rounded(long double x) {
    if (!(x >= 0 && x <= 9223372036854775807.0L)) return 0;
    return (long)x;
}

unsigned char as_byte(long double x) {
    if (!(x > -1 && x < 256)) return 255;
    return (unsigned char)x;
}
