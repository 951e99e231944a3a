/* Ints as bytes, and bytes as ints: what int.to_bytes and int.from_bytes do. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "cpython.h"

/* Has it room for all that counts? */
static int fits(long value, int range, size_t size, int is_signed) {
    if (range >= BEYOND) return 0;
    if (size > 8) return 1;
    if (range == IN_UNSIGNED_LONG) return size == 8 && !is_signed;
    if (size == 8) return 1;
    int bits = 8 * (int)size;
    if (!is_signed || size == 0) return value >> bits == 0;
    return value >> (bits - 1) == 0 || value >> (bits - 1) == -1;
}

static int to_bytes(PyObject* number, unsigned char* bytes, size_t size, int is_little, int is_signed) {
    long value;
    gnomon_int_value(number, &value);
    int range = gnomon_int_range(number), is_negative = range != IN_UNSIGNED_LONG && value < 0;
    if (is_negative && !is_signed) return 0;
    if (range >= BEYOND && size > 8) __gnomon_not_modelled("the bytes of a huge int");
    for (size_t i = 0; i < size; ++i) {
        unsigned char byte = i < 8 ? (unsigned char)((unsigned long)value >> 8 * i) : is_negative ? 0xFF : 0;
        bytes[is_little ? i : size - 1 - i] = byte;
    }
    return fits(value, range, size, is_signed);
}

#if PY_VERSION_HEX >= 0x030D0000
int _PyLong_AsByteArray(PyLongObject* number, unsigned char* bytes, size_t size, int is_little, int is_signed,
                        int raises) {
    if (to_bytes((PyObject*)number, bytes, size, is_little, is_signed)) return 0;
    return raises ? gnomon_fail(PyExc_OverflowError) : -1;
}
#else
int _PyLong_AsByteArray(PyLongObject* number, unsigned char* bytes, size_t size, int is_little, int is_signed) {
    if (to_bytes((PyObject*)number, bytes, size, is_little, is_signed)) return 0;
    return gnomon_fail(PyExc_OverflowError);
}
#endif

PyObject* _PyLong_FromByteArray(const unsigned char* bytes, size_t size, int is_little, int is_signed) {
    unsigned long value = 0;
    if (size > 8) __gnomon_not_modelled("an int of many bytes");
    for (size_t i = 0; i < size; ++i) value |= (unsigned long)bytes[is_little ? i : size - 1 - i] << 8 * i;
    if (!is_signed || size == 0) return PyLong_FromUnsignedLong(value);
    unsigned long sign = 1UL << (8 * size - 1);
    return PyLong_FromLong((long)((value ^ sign) - sign));
}
