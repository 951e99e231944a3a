/* A long double that the integer does not hold: the bound is one that only a long double can tell from its neighbour. */
//~ run: rounded(9223372036854775808.0L)
//~ run: as_byte(-1.0L)

long rounded(long double x) {
    if (!(x >= 0 && x <= 9223372036854775808.0L)) return 0;
    return (long)x;  //~ error[arith.conversion]: does not fit 64 bits
}

unsigned char as_byte(long double x) {
    if (x > 255 || x != x) return 255;
    return (unsigned char)x;  //~ error[arith.conversion]
}
