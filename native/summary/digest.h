// Digests of what one function rests on in others.
#pragma once

#include <cstdint>

#include "abstract/contract.h"
#include "ir/program.h"

namespace gnomon::summary {

std::uint64_t mixed(std::uint64_t digest, std::uint64_t number);
std::uint64_t digest_of(const abstract::Effect& effect);
std::uint64_t digest_of(const abstract::Facts& facts);
std::uint64_t digest_of(const abstract::Outcome& outcome);
std::uint64_t digest_of(const abstract::Assumption& assumption);
std::uint64_t digest_of(const ir::Global& global);

}  // namespace gnomon::summary
