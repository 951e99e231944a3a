// What one forward pass over a function gives: its outcome, what it hands to others, which of its obligations hold.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "abstract/contract.h"
#include "abstract/rules.h"
#include "shadow/obligations.h"

namespace gnomon::summary {

using abstract::Assumption;
using abstract::Facts;
using abstract::Outcome;

// What several lists of facts have in common.
class Common {
  public:
    void add(std::vector<Facts> facts);
    std::vector<Facts> take() { return known_ ? std::move(*known_) : std::vector<Facts>(); }

  private:
    std::optional<std::vector<Facts>> known_;
};

struct Forward {
    Outcome outcome;
    // By the functions that it calls by their names: what all these calls have in common. Empty: nothing is known.
    std::map<ir::FunctionId, std::vector<Facts>> passed;
    std::vector<shadow::Obligation> held, open;
};

struct Subject {
    const ir::Program& program;
    ir::FunctionId function;
    const abstract::Callees& callees;
    const abstract::Rules& rules;
    std::optional<std::uint64_t> deepest_stack;
};

Forward forward(const Subject& subject, const Assumption& assumption, std::vector<shadow::Obligation> obligations);

}  // namespace gnomon::summary
