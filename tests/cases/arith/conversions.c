/* Floats that no integer holds. */
//~ run: truncated(1e10)
//~ run: truncated_in_range(1e10)
//~ run: as_unsigned(-5.0)

int truncated(double d) {
    return (int)d;  //~ error[arith.conversion]
}

int truncated_in_range(double d) {
    if (!(d > -1e9 && d < 1e9)) return 0;
    return (int)d;
}

unsigned as_unsigned(double d) {
    if (d > 4e9) return 0;
    return (unsigned)d;  //~ error[arith.conversion]: d =
}
