// Runs a program concretely, bit-exactly, with full memory checking and all shadow demands: what confirms findings.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "ir/program.h"
#include "shadow/table.h"

namespace gnomon::interp {

struct NullChoice {
    bool operator==(const NullChoice&) const = default;
};
// Bits of an integer or float input; the bytes of a BytesInput (without terminator); the choice of null.
using InputValue = std::variant<std::uint64_t, std::vector<std::uint8_t>, NullChoice>;

// An Input instruction may run many times: occurrence counts from 0 per site. Sites that are not listed take the
// plainest value: 0 (or the nearest in range), or `minimum` bytes of 'a'.
struct ChosenInput {
    ir::Site site;
    std::uint32_t occurrence = 0;
    std::string name;
    InputValue value;
    std::uint32_t entry_step = 0;  // filled by run: which call of the entry was under way, from 0
};

struct Limits {
    std::uint64_t instructions = 50'000'000;
    std::uint64_t memory_bytes = std::uint64_t{1} << 30;
    std::uint32_t call_depth = ir::deepest_calls;
};

// One instruction of the trace that is worth showing: an assignment, a branch, a call, an input.
struct Step {
    ir::Site site;
    std::uint32_t depth = 0;  // of calls
    std::string name;         // what got the value: a variable, "condition", a callee; may be empty
    std::string value;        // readable: "16", "'a'", "&tmp[16]", "NULL"
};

// What is left when the entry ends: a block, or a number that rules keep a state beside.
struct Left {
    std::uint32_t block = 0;  // 0: none
    std::uint8_t layer = 0;   // of the number
    std::int64_t number = 0;
};

struct Failure {
    ir::Site site;                                            // innermost
    std::uint32_t demand = 0;                                 // index into Table::demands
    std::vector<ir::Site> stack;                              // outermost call first, innermost instruction last
    std::vector<std::pair<std::string, std::string>> values;  // event fields by name, and "object": its description
    std::optional<Left> left;                                 // of a failure at the end of the entry
};

enum class Ending : std::uint8_t { returned, exited, failed, not_modelled, out_of_budget };

struct Outcome {
    Ending ending = Ending::returned;
    std::uint64_t result = 0;  // of a run that returned an integer
    std::optional<Failure> failure;
    // What a run that returned may not leave behind, and what one that was cut short had lost: the first block of each
    // allocation, where it was made, and numbers.
    std::vector<Failure> left;
    std::string reason;               // not_modelled, out_of_budget
    ir::Site where;                   // where it ended
    std::vector<ChosenInput> inputs;  // every input taken, in order
    std::vector<Step> steps;          // when asked for; the first 64 and the last 256
    std::uint64_t instructions = 0;
    std::vector<ir::FunctionId> called;  // ascending; those without a body, too
    std::string output;                  // what models wrote to stdout (differential tests)
};

// Runs `entry` (a function without parameters).
Outcome run(const ir::Program& program, ir::FunctionId entry, const std::vector<ChosenInput>& inputs,
            const shadow::Table& table, const Limits& limits, bool with_steps);

// Where the run gave up the last reference to what was left: at an assignment, a return, or a call that freed what held
// it. `limits` must let the run return.
std::optional<ir::Site> last_owner(const ir::Program& program, ir::FunctionId entry,
                                   const std::vector<ChosenInput>& inputs, const shadow::Table& table,
                                   const Limits& limits, const Left& left);

}  // namespace gnomon::interp
