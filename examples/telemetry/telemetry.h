/* Telemetry: a ring of samples, the channels they come from, and the codes they travel in. */
#pragma once

#include <stdint.h>

#define RING_CAPACITY_MAX 64
#define LABEL_MAX 15
#define FRAME_BYTES 8

typedef struct sample {
    int32_t value;
    uint32_t tick;
} sample;

typedef struct ring {
    sample *samples;
    char label[LABEL_MAX + 1];
    int capacity;
    int count;
    int head; /* where the next sample goes */
    int floor; /* the oldest value kept at the last resize */
    uint32_t ticks;
} ring;

typedef struct summary {
    int32_t lowest;
    int32_t highest;
    int64_t total;
    int count;
} summary;

typedef struct channel {
    int id;
    int gain; /* thousandths */
    struct channel *next;
} channel;

typedef struct board {
    channel *first;
    char *title;
} board;

typedef int (*ring_visitor)(int value, uint32_t tick, void *context);

/* ring.c: zero or positive when well, -1 when refused */
ring *ring_new(int capacity);
void ring_free(ring *r);
int ring_push(ring *r, int value);
int ring_at(const ring *r, int index);
int ring_latest(const ring *r, int back);
int ring_replace(ring *r, int index, int value);
int ring_pin(ring *r, int slot, int value);
int ring_resize(ring *r, int capacity);
int ring_mean(const ring *r);
int ring_middle(const ring *r);
int ring_peak(const ring *r, int limit);
int ring_rename(ring *r, const char *label);
int ring_summary(const ring *r, summary *out);
int ring_each(const ring *r, ring_visitor visit, void *context);

/* board.c */
board *board_open(const char *title);
void board_close(board *b);
int board_add(board *b, int id, int gain);
int board_gain(const board *b, int id);
int board_has(const board *b, int id);

/* codec.c */
int codec_scale(int value, int gain);
int codec_scale_clamped(int value, int gain);
uint32_t codec_mask(int channel);
uint32_t codec_low_bits(int bits);
int codec_checksum(const char *letters);
int codec_unit(const char *reading);
double codec_celsius(double fahrenheit);
