// A path under way: what the program's state is as a function of the inputs, and which inputs come this way.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "explore/loops.h"
#include "explore/memory.h"
#include "slice/slice.h"
#include "solver/model.h"

namespace gnomon::explore {

struct Frame {
    ir::FunctionId id{};
    const ir::Function* function = nullptr;
    const slice::FunctionSlice* kept = nullptr;  // null: everything is kept
    std::uint32_t next = 0;                      // index of the instruction to execute
    std::vector<Value> registers;
    std::vector<ObjectId> locals;        // none: its scope is not entered
    Expression stack_size = nullptr;     // bytes of the locals below it, and of what alloca gave before
    ObjectId becoming = ObjectId::none;  // what it makes: the frame below executes its instruction once more then
};

// An input that the path took.
struct TakenInput {
    ir::Site site;
    std::uint32_t occurrence = 0;
    std::string name;
    Expression bits = nullptr;          // of an integer or float
    std::shared_ptr<InputBytes> bytes;  // of a BytesInput
    bool is_null = false;
    bool is_callers = false;
};

// A text in an input that is taken for a number as a whole: from `index` on it is what the number is written like.
struct DecimalText {
    std::shared_ptr<InputBytes> bytes;
    std::uint64_t index = 0;
    Expression number = nullptr;  // 64 bits
};

struct State;

// Any number of turns of a loop that a path has passed (turns.cpp).
struct Passage {
    const Loop* loop = nullptr;
    std::shared_ptr<const State> before;
    std::set<ObjectId> written;  // what turns may have written to
    bool is_stale = false;       // they write to more: the paths behind it do not count
};

// A loop that a path is in.
struct LoopRun {
    enum class Turn : std::uint8_t { first, assumed, any };
    std::shared_ptr<Passage> passage;  // null for the first turn
    const Loop* loop = nullptr;
    std::size_t depth = 0;  // frames
    Turn turn = Turn::first;
};

// By layer and number: the state that rules keep beside it.
using NumberKey = std::pair<std::uint8_t, std::uint64_t>;
struct NumberState {
    std::uint8_t state = 0;
    bool is_kept = false;                // somebody may go by it without holding it
    std::optional<ir::Site> given_at{};  // of one that a call gave: where
    bool operator==(const NumberState&) const = default;
};

struct State {
    std::vector<std::shared_ptr<Frame>> frames;  // outermost first; copied on write, as memory is
    Memory memory;
    Expression stack_size = nullptr;             // bytes of the locals of all frames
    std::vector<Expression> path;                // what holds on this path
    std::shared_ptr<const solver::Model> model;  // satisfies `path`
    std::vector<TakenInput> inputs;
    std::map<ir::Site, std::uint32_t> occurrences;
    std::set<ir::FunctionId> deferred;            // that were noted to make an object at its first use, or have by now
    const std::string* unknown_from = nullptr;    // why nobody knows a value, of the last: see ir::unknown_reason
    bool are_globals_forgotten = false;           // one without a body was called
    std::array<std::uint8_t, 8> thread_states{};  // by layer
    std::map<NumberKey, NumberState> number_states;
    bool has_left_main = false;
    std::optional<ir::Site> last_return;  // to the world outside; none that Python did not look at
    std::uint64_t instructions = 0;
    bool judges_callers_null = false;      // something rests on a caller's block being there
    bool compares_callers_blocks = false;  // or on two of them not being one
    std::uint32_t forks = 0;
    std::vector<LoopRun> runs;  // outermost first
    std::vector<std::shared_ptr<const Passage>> passages;
    std::vector<DecimalText> decimals;
    bool has_any_bytes = false;  // an input was read at some place, whichever

    // Stands for more than real runs.
    bool is_approximate() const { return !passages.empty() || !decimals.empty() || has_any_bytes; }

    const Frame& top() const { return *frames.back(); }
    Frame& writable_top() {
        if (frames.back().use_count() > 1) frames.back() = std::make_shared<Frame>(*frames.back());
        return *frames.back();
    }
};

// Thrown where a path cannot go on.
struct PathEnds {
    enum class Why : std::uint8_t { failed, finished, not_modelled, solver, budget, refused };
    Why why = Why::finished;
    std::string reason;
};

// Thrown where an instruction uses an object before it is what it will be; nothing has changed by then.
struct Becomes {
    ObjectId object{};
};

// Undecided because of what only a caller knows; what is said where it is asked of the callers again.
inline constexpr const char* of_callers_memory = "assumes the caller's memory";
inline constexpr const char* of_handed_on = "left to the caller";

[[noreturn]] inline void end_not_modelled(const std::string& what) {
    throw PathEnds{PathEnds::Why::not_modelled, "not modelled: " + what};
}

}  // namespace gnomon::explore
