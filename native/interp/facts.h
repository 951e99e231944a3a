// The facts of one event of a run, as the staged rules of the shadow domains see them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "ir/semantics.h"
#include "memory/memory.h"
#include "shadow/table.h"

namespace gnomon::interp {

// By layer and number.
using NumberKey = std::pair<std::uint8_t, ir::Wide>;
struct NumberState {
    std::uint8_t state = 0;
    bool is_kept = false;                // somebody may go by it without holding it
    std::optional<ir::Site> given_at{};  // of one that a call gave: where
};
using NumberStates = std::map<NumberKey, NumberState>;

struct Facts {
    shadow::Event event{};
    ir::Scalar type;  // of the operation: of what is loaded, stored, computed; the target of a cast
    ir::Scalar left_type, right_type, value_type;
    memory::Value left, right, value, pointer;  // value: also a branch's condition
    std::uint64_t size = 0;
    ir::Wide stack_size = 0;
    std::uint8_t size_shadow = 0;
    std::uint8_t operator_number = 0;
    bool is_right_constant = false;
    std::optional<shadow::ObjectKind> new_object;  // of allocate
    bool is_explicit = false;                      // a cast
    std::optional<ir::TypeId> view{};              // of an access
    bool is_pointer = false;                       // what a function gives back
    bool is_to_world = false;                      // gives it back to the harness
    bool is_reachable = false;                     // a block or a number that is left when the entry ends
    bool is_leaked = false;                        // a counted block that is
    // Of calls.
    const ir::Function* callee = nullptr;
    bool is_fitting = true;  // the callee takes and gives what the call passes and expects
    std::vector<memory::Value> arguments;
    std::vector<ir::Scalar> argument_types;
    const ir::Program* program = nullptr;
    const ir::Call* call = nullptr;
    std::uint64_t converted = 0;  // bit by bit: the arguments that were signed before
    std::uint8_t focus = 0;       // the argument that value and pointer are, counted from 1
    std::span<const std::uint8_t> thread_states;
    const NumberStates* number_states = nullptr;
    const std::vector<ir::Site>* blamed = nullptr;  // the stack that a failure belongs to, if it is not the one at hand

    // The same event, with an argument, counted from 1, for its value and pointer; 0: as it is.
    Facts focused(std::int64_t argument) const;
};

// Numbers saturate at the ends of 128 bits, far outside anything that rules compare.
class ConcreteAlgebra {
  public:
    using Value = ir::Wide;

    ConcreteAlgebra(const Facts& facts, const memory::Memory& memory, std::uint8_t layer)
        : facts_(facts), memory_(memory), layer_(layer) {}

    Value constant(std::int64_t number) const { return number; }
    Value field(shadow::Field field, std::int64_t argument) const;
    Value apply(shadow::Operator op, Value left, Value right) const;
    Value negate(Value value) const;
    Value logical_not(Value value) const { return value == 0; }
    std::optional<bool> truth(Value value) const { return value != 0; }
    Value both(Value left, Value right) const { return left != 0 && right != 0; }
    Value either(Value left, Value right) const { return left != 0 || right != 0; }

  private:
    bool fits_view() const;
    Value own_field(shadow::Field field) const;
    Value call_field(shadow::Field field) const;
    Value cast_field(shadow::Field field) const;
    Value format_field(shadow::Field field) const;
    std::optional<std::string> format() const;
    Value type_field(shadow::Field field) const;
    Value object_field(shadow::Field field) const;
    Value shadow_field(shadow::Field field) const;

    const Facts& facts_;
    const memory::Memory& memory_;
    std::uint8_t layer_;
};

ir::Wide number_of(const shadow::Expression& expression, const Facts& facts, const memory::Memory& memory,
                   std::uint8_t layer);
// Of the bytes from the event's pointer up to a NUL, together.
std::uint8_t shadow_of_text(const Facts& facts, const memory::Memory& memory);
bool holds(const shadow::Expression& expression, const Facts& facts, const memory::Memory& memory, std::uint8_t layer);

// The fields that mean something for the event, by name, for messages.
std::vector<std::pair<std::string, std::string>> readable_fields(const Facts& facts, const memory::Memory& memory,
                                                                 std::uint8_t layer);

std::string to_text(ir::Wide number);

}  // namespace gnomon::interp
