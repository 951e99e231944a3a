// What a call may do to memory that its caller knows: the sum over all that it may come to.
#pragma once

#include <vector>

#include "ir/mentions.h"
#include "ir/program.h"

namespace gnomon::abstract {

struct Effect {
    bool writes = false;     // to bytes that are not the callee's own locals
    bool releases = false;   // ends the life of a heap block
    bool resizes = false;    // may make one smaller
    bool calls_any = false;  // through a pointer
    bool operator==(const Effect&) const = default;
};

bool may_write(const ir::CallIntrinsic& call);

// Of a function's own instructions, without what it calls. A body that nobody has does nothing when a row says so, else
// anything.
Effect own_effect(const ir::Program& program, const ir::Function& function);

class Effects {
  public:
    Effects(const ir::AllMentions& mentions, const ir::PerFunction<Effect>& own);

    Effect of(const ir::Call& call) const;
    const std::vector<Effect>& by_function() const { return effects_; }

  private:
    std::vector<Effect> effects_;  // by function
    Effect of_any_;                // that a pointer may lead to
};

}  // namespace gnomon::abstract
