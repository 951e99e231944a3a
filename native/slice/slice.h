// Backward slices: the instructions that can influence whether an obligation holds.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "ir/program.h"
#include "shadow/obligations.h"

namespace gnomon::slice {

struct FunctionSlice {
    std::vector<bool> kept;  // per instruction; one that is not kept is skipped, a call with its whole body
    // Where control goes past a Branch or Switch that is not kept: its nearest post-dominator. By instruction index.
    std::map<std::uint32_t, ir::BlockId> skips;
};

struct Slice {
    std::map<ir::FunctionId, FunctionSlice> functions;  // those not listed contribute nothing
    std::size_t instruction_count() const;
    bool contains(const Slice& other) const;
    // For comparing. The sum of two slices is not a slice that can be run: the body of a model is shared by its calls,
    // so each call would run what only the other one's operands were kept for. Ask backward() for all criteria at once.
    void add(const Slice& other);
};

// Slices of one entry. Builds call graph, post-dominators, control dependence, reaching definitions of registers and
// a points-to relation for memory lazily, once. Invalid when the program changes.
class Slicer {
  public:
    // Calls after which the rules change a number beside an object count as what may end its life.
    Slicer(const ir::Program& program, ir::FunctionId entry, const shadow::Table* table = nullptr);
    ~Slicer();
    // Is it known where the pointers of the entry lead? Else it is too large: backward() must not be asked, and the
    // other answers are what is so at most.
    bool can_slice() const;
    bool reaches(ir::FunctionId function) const;  // from the entry, by calls
    // Whether the last call that the entry itself makes may change memory that is still there when it has returned.
    // What it leaves as it was need not stand between two other calls.
    bool last_call_changes_memory() const;
    // Of `results`, Returns, what Python makes of them later.
    Slice backward(std::span<const ir::Site> criteria, std::span<const ir::Site> results = {}) const;

  private:
    struct Facts;
    std::unique_ptr<Facts> facts_;
};

// The key of a verdict: a digest of the kept instructions (not their places), the types and initial values they use,
// the demand, the domain rules and the settings. Equal for equal slices across restarts and edits elsewhere.
std::string key(const ir::Program& program, ir::FunctionId entry, const Slice& slice,
                const shadow::Obligation& obligation, const shadow::Table& table, const std::string& settings);

// The key of what an exploration finds that looked at these functions, whole: of all that it rests on but what was
// asked.
std::string key_of_whole(const ir::Program& program, ir::FunctionId entry, std::span<const ir::FunctionId> functions,
                         const shadow::Table& table, const std::string& settings);

}  // namespace gnomon::slice
