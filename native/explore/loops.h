// Counted loops: which registers a turn changes, and how. What Stepper needs to go on behind any number of turns.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <vector>

#include "ir/program.h"
#include "slice/slice.h"

namespace gnomon::explore {

// Changes by the same amount in every turn, once.
struct Counter {
    ir::RegisterId id;
    std::int64_t step = 0;  // bytes, of a pointer
    bool may_wrap = true;   // else its type forbids it
    bool is_signed = false;
};

struct Loop {
    ir::BlockId head{};
    std::vector<bool> blocks;  // by index: belongs to it
    std::vector<Counter> counters;
    std::vector<ir::RegisterId> carried;  // other registers that a turn may change and a later one, or the rest, reads
};

// The natural loops of one function, of what a slice keeps.
class Loops {
  public:
    // forbids_wrap: a path on which a signed sum wraps has ended.
    Loops(const ir::Program& program, const ir::Function& function, const slice::FunctionSlice* kept,
          bool forbids_wrap);

    const Loop* at(ir::BlockId head) const;  // null: no loop begins there
    ir::BlockId block_of(std::uint32_t instruction) const { return block_of_[instruction]; }
    bool is_empty() const { return loops_.empty(); }

  private:
    std::vector<ir::BlockId> block_of_;  // by instruction
    std::map<ir::BlockId, Loop> loops_;
};

// The loops of all functions of an exploration, found when first asked for.
class LoopTable {
  public:
    LoopTable(const ir::Program& program, const slice::Slice* slice, bool forbids_wrap)
        : program_(program), slice_(slice), forbids_wrap_(forbids_wrap) {}

    const Loops& of(ir::FunctionId function, const slice::FunctionSlice* kept);
    bool has_any();  // in what the slice keeps

    // A loop that does more than its summary says is followed turn by turn.
    void refuse(const Loop& loop) { refused_.insert(&loop); }
    bool is_refused(const Loop& loop) const { return refused_.contains(&loop); }

  private:
    const ir::Program& program_;
    const slice::Slice* slice_;
    bool forbids_wrap_;
    std::map<ir::FunctionId, std::unique_ptr<Loops>> loops_;  // dropped with the exploration
    std::set<const Loop*> refused_;                           // likewise
};

}  // namespace gnomon::explore
