/* Builtins of GNU C on the bits of numbers. `width`: of the number's type, whose higher bits are zero here. */

unsigned long __gnomon_bits_set(unsigned long x, int width) {
    x = x - ((x >> 1) & 0x5555555555555555);
    x = (x & 0x3333333333333333) + ((x >> 2) & 0x3333333333333333);
    x = (x + (x >> 4)) & 0x0f0f0f0f0f0f0f0f;
    return (x * 0x0101010101010101) >> 56;
}

unsigned long __gnomon_leading_zeros(unsigned long x, int width) {
    x |= x >> 1;
    x |= x >> 2;
    x |= x >> 4;
    x |= x >> 8;
    x |= x >> 16;
    x |= x >> 32;
    return (unsigned long)width - __gnomon_bits_set(x, width);
}

unsigned long __gnomon_trailing_zeros(unsigned long x, int width) { return __gnomon_bits_set(~x & (x - 1), width); }

unsigned long __gnomon_first_set(unsigned long x, int width) {
    return x ? __gnomon_trailing_zeros(x, width) + 1 : 0;
}

unsigned long __gnomon_parity(unsigned long x, int width) { return __gnomon_bits_set(x, width) & 1; }

/* How many bits behind the sign bit are the same as it. */
unsigned long __gnomon_redundant_signs(unsigned long x, int width) {
    unsigned long sign = x >> (width - 1) & 1;
    unsigned long ones = width == 64 ? ~0ul : (1ul << width) - 1;
    return __gnomon_leading_zeros(sign ? ~x & ones : x, width) - 1;
}

unsigned long __gnomon_bytes_swapped(unsigned long x, int width) {
    x = ((x & 0x00ff00ff00ff00ff) << 8) | ((x >> 8) & 0x00ff00ff00ff00ff);
    x = ((x & 0x0000ffff0000ffff) << 16) | ((x >> 16) & 0x0000ffff0000ffff);
    x = (x << 32) | (x >> 32);
    return x >> (64 - width);
}
