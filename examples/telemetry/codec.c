/* Codes: how values, channels and frames are written. */
#include "telemetry.h"

#include <limits.h>
#include <string.h>

/* `gain` is in thousandths. */
int codec_scale(int value, int gain) {
    return value * gain / 1000; //~ error[arith.overflow]
}

int codec_scale_clamped(int value, int gain) {
    int64_t scaled = (int64_t)value * gain / 1000;
    if (scaled > INT_MAX) return INT_MAX;
    return scaled < INT_MIN ? INT_MIN : (int)scaled;
}

/* The bit of a channel; 0 when there is no such channel. */
uint32_t codec_mask(int channel) {
    if (channel < 0 || channel > 32) return 0;
    return UINT32_C(1) << channel; //~ error[arith.shift]
}

/* A mask of the lowest `bits` bits. */
uint32_t codec_low_bits(int bits) {
    if (bits <= 0) return 0;
    return bits >= 32 ? UINT32_MAX : (UINT32_C(1) << bits) - 1;
}

/* The checksum of a frame, two letters from 'a' to 'p' for each byte, shorter ones padded with zeros; -1 when it is none. */
int codec_checksum(const char *letters) {
    uint8_t frame[FRAME_BYTES] = {0};
    int used = 0;
    for (; letters[0] && letters[1]; letters += 2) {
        unsigned high = (unsigned char)letters[0] - 'a';
        unsigned low = (unsigned char)letters[1] - 'a';
        if (high > 15 || low > 15 || used > FRAME_BYTES) return -1;
        frame[used++] = (uint8_t)(high << 4 | low); //~ error[bounds.write]
    }
    unsigned sum = 0;
    for (int i = 0; i < FRAME_BYTES; ++i) sum = sum * 31 + frame[i];
    return (int)(sum & 0xffff);
}

/* The first letter of the unit in "21.5 C"; 0 when there is none. */
int codec_unit(const char *reading) {
    const char *space = strchr(reading, ' ');
    if (!space) return 0;
    return (unsigned char)space[1];
}

double codec_celsius(double fahrenheit) {
    return (fahrenheit - 32.0) / 1.8;
}
