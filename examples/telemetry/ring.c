/* The ring: the newest samples of one channel, the oldest overwritten first. */
#include "telemetry.h"

#include <stdlib.h>
#include <string.h>

ring *ring_new(int capacity) {
    if (capacity < 1 || capacity > RING_CAPACITY_MAX) return NULL;
    ring *r = calloc(1, sizeof *r);
    if (!r) return NULL;
    r->samples = malloc((size_t)capacity * sizeof *r->samples);
    if (!r->samples) {
        free(r);
        return NULL;
    }
    r->capacity = capacity;
    return r;
}

void ring_free(ring *r) {
    free(r->samples);
    free(r);
}

int ring_push(ring *r, int value) {
    r->samples[r->head].value = value;
    r->samples[r->head].tick = r->ticks++;
    if (++r->head == r->capacity) r->head = 0;
    if (r->count < r->capacity) ++r->count;
    return r->count;
}

static int oldest(const ring *r) {
    int start = r->head - r->count;
    return start < 0 ? start + r->capacity : start;
}

static const sample *sample_at(const ring *r, int index) {
    int slot = oldest(r) + index;
    return &r->samples[slot < r->capacity ? slot : slot - r->capacity];
}

/* The sample at `index`, the oldest being 0. */
int ring_at(const ring *r, int index) {
    if (index < 0 || index >= r->count) return -1;
    return sample_at(r, index)->value;
}

/* The sample pushed `back` samples ago, the newest being 0. */
int ring_latest(const ring *r, int back) {
    if (back < 0 || back >= r->count) return -1;
    return r->samples[r->head - 1 - back].value; //~ error[bounds.read]
}

int ring_replace(ring *r, int index, int value) {
    if (index < 0 || index >= r->count) return -1;
    int slot = (oldest(r) + index) % r->capacity;
    r->samples[slot].value = value;
    return slot;
}

/* Sets a slot before the samples reach it. */
int ring_pin(ring *r, int slot, int value) {
    if (slot < 0 || slot > r->capacity) return -1;
    r->samples[slot].value = value; //~ error[bounds.write]
    return slot;
}

int ring_resize(ring *r, int capacity) {
    if (capacity < 1 || capacity > RING_CAPACITY_MAX || capacity < r->count) return -1;
    sample *moved = malloc((size_t)capacity * sizeof *moved);
    if (!moved) return -1;
    for (int i = 0; i < r->count; ++i) moved[i] = *sample_at(r, i);
    const sample *first = sample_at(r, 0);
    free(r->samples);
    if (r->count > 0) r->floor = first->value; //~ error[lifetime.use-after-free]
    r->samples = moved;
    r->capacity = capacity;
    r->head = r->count % capacity;
    return capacity;
}

static int64_t total_of(const ring *r) {
    int64_t total = 0;
    for (int i = 0; i < r->count; ++i) total += sample_at(r, i)->value;
    return total;
}

int ring_mean(const ring *r) {
    return (int)(total_of(r) / r->count); //~ error[arith.div-zero]
}

/* Half way between the lowest and the highest sample. */
int ring_middle(const ring *r) {
    summary s;
    if (ring_summary(r, &s) == 0) return 0;
    return (int)(((int64_t)s.lowest + s.highest) / 2);
}

/* The highest sample, cut at `limit`. */
int ring_peak(const ring *r, int limit) {
    int peak;
    for (int i = 0; i < r->count; ++i) {
        int value = sample_at(r, i)->value;
        if (i == 0 || value > peak) peak = value;
    }
    if (peak > limit) return limit; //~ error[defined.read]
    return peak;
}

int ring_rename(ring *r, const char *label) {
    size_t length = strlen(label);
    if (length > LABEL_MAX) return -1;
    memcpy(r->label, label, length + 1);
    return (int)length;
}

/* Fills `out` when there are samples; returns how many. */
int ring_summary(const ring *r, summary *out) {
    if (r->count == 0) return 0;
    out->lowest = out->highest = sample_at(r, 0)->value;
    for (int i = 1; i < r->count; ++i) {
        int32_t value = sample_at(r, i)->value;
        if (value < out->lowest) out->lowest = value;
        if (value > out->highest) out->highest = value;
    }
    out->total = total_of(r);
    out->count = r->count;
    return r->count;
}

/* Oldest first, until the visitor answers something else than 0. */
int ring_each(const ring *r, ring_visitor visit, void *context) {
    for (int i = 0; i < r->count; ++i) {
        const sample *s = sample_at(r, i);
        int answer = visit(s->value, s->tick, context);
        if (answer != 0) return answer;
    }
    return 0;
}
