// The events that an instruction raises, with the fields that are known from the instruction alone.
#pragma once

#include <optional>
#include <vector>

#include "ir/program.h"
#include "ir/semantics.h"
#include "shadow/first_use.h"
#include "shadow/table.h"

namespace gnomon::shadow {

struct StaticEvent {
    Event event{};
    std::optional<std::uint64_t> size;  // of an access or a new object, when known
    ir::Scalar type;                    // of the operation
    int operator_number = 0;
    ir::Scalar from_type;                  // of what a cast converts
    bool is_explicit = false;              // a cast
    bool is_library = false;               // a call of a library function, or an input inside of one
    bool is_indirect = false;              // a call through a pointer
    bool is_pointer = false;               // what a function gives back
    FirstUse use{};                        // of what is loaded, or of a variable that is read
    const ir::Function* callee = nullptr;  // of a call, where the code names it
    std::optional<ir::Wide> left, right;   // constant operands
    std::optional<ir::Operand> pointer;    // of an access
    std::optional<ObjectKind> new_object;  // of allocate
    bool is_view = false;                  // an access to a field of what is taken for an object of Python
    std::optional<bool> is_counted;        // the block that is accessed, or left
    Slot slot{};                           // of the function that gives something back

    // The field's value where the instruction determines it.
    std::optional<ir::Wide> field(Field field) const;
};

constexpr int negate_operator = 100;

// In the order in which they are raised; CopyBytes raises two, allocations of heap blocks too: the end of the entry
// counts for the blocks that are left, as it does for the numbers that calls gave. Who makes a block a counted one, or
// is made to answer for it, answers for it as such.
std::vector<StaticEvent> static_events(const ir::Program& program, const ir::Function& function,
                                       const ir::Instruction& instruction);

// Does the guard ask for something that the instruction may leave open, so that it has to be asked again in the run?
bool is_open(const Expression& guard);

// Does a rule that is limited to functions of these names mean the event, which happens in `function`? Markers are
// meant by name only.
bool concerns(const std::vector<std::string>& functions, const ir::Function& function, Event event,
              const ir::Function* callee);

// Which arguments of a call (bit by bit, the first one is bit 0) the call itself converted from a signed type.
std::uint64_t converted_arguments(const ir::Program& program, const ir::Function& function, std::uint32_t call);

}  // namespace gnomon::shadow
