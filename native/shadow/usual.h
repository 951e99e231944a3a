// Rules in the usual case, so that whoever executes an instruction can settle all of them by a few native comparisons.
//
// The usual case of an access: a pointer into a living, writable object, with all bytes inside it. Of arithmetic: a
// result that fits the type, a divisor that is neither 0 nor -1, a shift count below the width. Of every event: nothing
// has a shadow.
#pragma once

#include "shadow/static_fields.h"
#include "shadow/table.h"

namespace gnomon::shadow {

// Certain to be true in the usual case of the event. False: it may be either.
bool holds_usually(const Expression& predicate, const StaticEvent& event);

}  // namespace gnomon::shadow
