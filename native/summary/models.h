// Models of library functions, followed for the arguments of each call: what they give back, and what they demand.
#pragma once

#include <map>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "summary/forward.h"

namespace gnomon::summary {

class Models {
  public:
    Models(const ir::Program& program, const abstract::Rules& rules, const abstract::Callees& callees)
        : program_(program), rules_(rules), callees_(callees) {}

    Outcome outcome(ir::FunctionId model, std::span<const Facts> arguments);
    // Is the demand met wherever the model, or one that it calls, raises it?
    bool meets(ir::FunctionId model, std::span<const Facts> arguments, std::uint32_t demand);

    void clear() { followed_.clear(); }  // other models were loaded

  private:
    struct Followed {
        Outcome outcome;
        std::set<std::uint32_t> open;  // demands
        bool is_known = false;
    };
    using Key = std::pair<ir::FunctionId, std::vector<Facts>>;

    const Followed& follow(ir::FunctionId model, std::span<const Facts> arguments);

    const ir::Program& program_;
    const abstract::Rules& rules_;
    const abstract::Callees& callees_;
    std::map<Key, Followed> followed_;  // at most `most_followed`
    std::set<ir::FunctionId> under_way_;
};

}  // namespace gnomon::summary
