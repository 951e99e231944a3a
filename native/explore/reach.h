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
    // counts; so does a call of a model function that has not returned, and what makes objects at their first use.
    bool may_reach(const State& state, ir::Site site);
    // The functions of which it was looked whether there is a body, and what it calls.
    const std::set<ir::FunctionId>& looked_at() const { return looked_at_; }

  private:
    struct Called {
        std::vector<bool> functions;  // directly and further down, by id
        bool is_anything = false;     // a call through a pointer: any function, and nothing else is looked at
    };
    // What can be executed after an instruction of a function, within its frame and in what it calls.
    struct After {
        std::vector<bool> instructions;
        Called called;
    };

    // Still to be followed.
    struct Callees {
        std::vector<ir::FunctionId> models, others;
        bool is_anything = false;
        bool is_empty() const { return models.empty() && others.empty(); }
        void add(const ir::Program& program, ir::FunctionId callee);
    };

    const After& after(ir::FunctionId function, std::uint32_t index);
    After compute_after(const ir::Function& function, std::uint32_t index);
    const Called& called_by(ir::FunctionId function);  // itself among them
    void note_calls(const ir::Instruction& instruction, Callees& callees) const;
    void complete(Called& called, Callees pending);

    const ir::Program& program_;
    std::map<ir::Site, After> after_;             // dropped with the exploration
    std::map<ir::FunctionId, Called> called_by_;  // likewise
    std::set<ir::FunctionId> looked_at_;
};

}  // namespace gnomon::explore
