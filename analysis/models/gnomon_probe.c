/* Asks whether an object is still there: a last step of histories that the engine tries out, never part of a program. */
#include "gnomon.h"

void gnomon_probe(const void *object) { __gnomon_touch(object, 1); }
