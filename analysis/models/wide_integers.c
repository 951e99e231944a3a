/* Integers of 128 bits, as two limbs of 64, the lower first. Results are written apart from their operands. */

typedef unsigned long limb;

/* The upper half of the product of 128 bits. */
limb __gnomon_multiply_high(limb a, limb b) {
    limb a_low = a & 0xffffffff, a_high = a >> 32, b_low = b & 0xffffffff, b_high = b >> 32;
    limb middle = a_high * b_low + (a_low * b_low >> 32);
    limb other = a_low * b_high + (middle & 0xffffffff);
    return a_high * b_high + (middle >> 32) + (other >> 32);
}

void __gnomon_wide_add(limb *result, const limb *a, const limb *b) {
    result[0] = a[0] + b[0];
    result[1] = a[1] + b[1] + (result[0] < a[0]);
}

void __gnomon_wide_subtract(limb *result, const limb *a, const limb *b) {
    result[0] = a[0] - b[0];
    result[1] = a[1] - b[1] - (a[0] < b[0]);
}

void __gnomon_wide_multiply(limb *result, const limb *a, const limb *b) {
    result[0] = a[0] * b[0];
    result[1] = __gnomon_multiply_high(a[0], b[0]) + a[0] * b[1] + a[1] * b[0];
}

void __gnomon_wide_and(limb *result, const limb *a, const limb *b) {
    result[0] = a[0] & b[0];
    result[1] = a[1] & b[1];
}

void __gnomon_wide_or(limb *result, const limb *a, const limb *b) {
    result[0] = a[0] | b[0];
    result[1] = a[1] | b[1];
}

void __gnomon_wide_xor(limb *result, const limb *a, const limb *b) {
    result[0] = a[0] ^ b[0];
    result[1] = a[1] ^ b[1];
}

void __gnomon_wide_shift_left(limb *result, const limb *a, limb count) {
    result[0] = count >= 64 ? 0 : a[0] << count;
    result[1] = count >= 64 ? a[0] << (count - 64) : count == 0 ? a[1] : a[1] << count | a[0] >> (64 - count);
}

/* `filler`: what comes in from above, all ones for a negative number. */
void __gnomon_wide_shift_right(limb *result, const limb *a, limb count, limb filler) {
    limb moved = count % 64;
    limb low = count >= 64 ? a[1] : a[0], high = count >= 64 ? filler : a[1];
    result[0] = moved == 0 ? low : low >> moved | high << (64 - moved);
    result[1] = moved == 0 ? high : high >> moved | filler << (64 - moved);
}

int __gnomon_wide_equal(const limb *a, const limb *b) { return a[0] == b[0] && a[1] == b[1]; }

int __gnomon_wide_less(const limb *a, const limb *b) { return a[1] != b[1] ? a[1] < b[1] : a[0] < b[0]; }

int __gnomon_wide_less_signed(const limb *a, const limb *b) {
    return a[1] != b[1] ? (long)a[1] < (long)b[1] : a[0] < b[0];
}

int __gnomon_wide_is_true(const limb *a) { return (a[0] | a[1]) != 0; }

static void negate(limb *number) {
    number[0] = -number[0];
    number[1] = ~number[1] + (number[0] == 0);
}

/* By shifting and subtracting; the divisor is not zero. */
static void divide(limb *quotient, limb *rest, const limb *a, const limb *b) {
    quotient[0] = quotient[1] = rest[0] = rest[1] = 0;
    for (int i = 127; i >= 0; i--) {
        limb top = rest[1] >> 63;
        rest[1] = rest[1] << 1 | rest[0] >> 63;
        rest[0] = rest[0] << 1 | (a[i / 64] >> (i % 64) & 1);
        if (top || !__gnomon_wide_less(rest, b)) {
            limb before = rest[0];
            rest[0] -= b[0];
            rest[1] -= b[1] + (before < b[0]);
            quotient[i / 64] |= 1ul << (i % 64);
        }
    }
}

void __gnomon_wide_divide(limb *result, const limb *a, const limb *b) {
    limb rest[2];
    divide(result, rest, a, b);
}

void __gnomon_wide_remainder(limb *result, const limb *a, const limb *b) {
    limb quotient[2];
    divide(quotient, result, a, b);
}

static void divide_signed(limb *quotient, limb *rest, const limb *a, const limb *b) {
    limb x[2] = {a[0], a[1]}, y[2] = {b[0], b[1]};
    int is_negative = a[1] >> 63 != 0, differs = is_negative != (b[1] >> 63 != 0);
    if (is_negative) negate(x);
    if (b[1] >> 63) negate(y);
    divide(quotient, rest, x, y);
    if (differs) negate(quotient);
    if (is_negative) negate(rest);
}

void __gnomon_wide_divide_signed(limb *result, const limb *a, const limb *b) {
    limb rest[2];
    divide_signed(result, rest, a, b);
}

void __gnomon_wide_remainder_signed(limb *result, const limb *a, const limb *b) {
    limb quotient[2];
    divide_signed(quotient, result, a, b);
}

/* The number is scale times the result, whose lowest bit says whether anything was cut off. */
static limb rounded_part(const limb *a, double *scale) {
    limb x[2] = {a[0], a[1]};
    *scale = 1;
    while (x[1] != 0) {
        x[0] = x[0] >> 1 | x[1] << 63 | (x[0] & 1);
        x[1] >>= 1;
        *scale *= 2;
    }
    return x[0];
}

double __gnomon_wide_to_double(const limb *a, int is_signed) {
    limb x[2] = {a[0], a[1]};
    int is_negative = is_signed && a[1] >> 63;
    double scale;
    if (is_negative) negate(x);
    limb part = rounded_part(x, &scale);
    return is_negative ? -((double)part * scale) : (double)part * scale;
}

float __gnomon_wide_to_float(const limb *a, int is_signed) {
    limb x[2] = {a[0], a[1]};
    int is_negative = is_signed && a[1] >> 63;
    double scale;
    if (is_negative) negate(x);
    limb part = rounded_part(x, &scale);
    return is_negative ? -((float)part * (float)scale) : (float)part * (float)scale;
}

/* Both parts are exact: one has as many bits as a long double. */
void __gnomon_wide_from_long_double(limb *result, long double number) {
    const long double above = 18446744073709551616.0L;
    long double size = number < 0 ? -number : number;
    result[1] = size >= above ? (limb)(size / above) : 0;
    result[0] = (limb)(size - (long double)result[1] * above);
    if (number < 0) negate(result);
}

void __gnomon_wide_from_double(limb *result, double number) {
    const double above = 18446744073709551616.0;
    double size = number < 0 ? -number : number;
    result[1] = size >= above ? (limb)(size / above) : 0;
    result[0] = (limb)(size - (double)result[1] * above);
    if (number < 0) negate(result);
}
