// Whether a demand holds wherever what is known holds: rules, evaluated over ranges.
#pragma once

#include "abstract/transfer.h"

namespace gnomon::abstract {

// At the instruction, before it is executed. `state` is what `transfer` walks over.
bool surely_holds(const Context& context, const State& state, const Transfer& transfer, std::uint32_t index,
                  std::uint32_t demand);  // by its index

}  // namespace gnomon::abstract
