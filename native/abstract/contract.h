// What a function and its callers owe each other: what these hand over, and what it gives back.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "abstract/effects.h"
#include "abstract/value.h"
#include "ir/program.h"

namespace gnomon::abstract {

// The precondition: what all callers of a function guarantee. Of a function whose callers are not all known, nothing.
struct Assumption {
    bool is_internal = false;       // only code of the program calls it, and that is known
    std::vector<Facts> parameters;  // empty: nothing is known of them
    bool operator==(const Assumption&) const = default;
};

// The postcondition: what holds when a call has come back, if it does.
struct Outcome {
    bool returns = true;
    Facts result;
    std::optional<std::uint32_t> argument;  // the result is this argument, as it was handed over
    std::vector<Facts> arguments;           // what the call showed of them; empty: nothing
    bool operator==(const Outcome&) const = default;
};

// What is known of the functions that one calls. Arguments are given by what the caller knows of them.
class Callees {
  public:
    virtual ~Callees() = default;
    virtual Effect effect(const ir::Call& call) const = 0;
    virtual Outcome outcome(const ir::Call& call, std::span<const Facts> arguments) const = 0;
    // Is the demand met wherever the body of the called model raises it?
    virtual bool meets(const ir::Call& call, std::span<const Facts> arguments, std::uint32_t demand) const = 0;
};

}  // namespace gnomon::abstract
