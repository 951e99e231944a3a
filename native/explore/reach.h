// Where a path could still have gone: which obligations a lost path leaves open.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "explore/state.h"
#include "ir/program.h"

namespace gnomon::explore {

class Reach {
  public:
    explicit Reach(const ir::Program& program) : program_(program) {}

    // May the instruction still be executed by a path with these frames? Its next instruction, which it may have begun,
    // counts; so does a call of a model function that has not returned.
    bool may_reach(const State& state, ir::Site site);

  private:
    using Functions = std::set<ir::FunctionId>;

    // What can be executed after an instruction of a function, within its frame and in what it calls.
    struct After {
        std::vector<bool> instructions;
        Functions functions;       // called, directly and further down
        bool is_anything = false;  // a call through a pointer: any function
    };

    const After& after(ir::FunctionId function, std::uint32_t index);
    After compute_after(const ir::Function& function, std::uint32_t index);
    void add_calls(const ir::Function& function, std::uint32_t begin, std::uint32_t end, After& result);

    const ir::Program& program_;
    std::map<ir::Site, After> after_;  // dropped with the exploration
};

}  // namespace gnomon::explore
