// The facts of one event of a run, as the staged rules of the shadow domains see them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ir/semantics.h"
#include "memory/memory.h"
#include "shadow/table.h"

namespace gnomon::interp {

struct Facts {
    shadow::Event event{};
    ir::Scalar type;  // of the operation: of what is loaded, stored, computed; the target of a cast
    ir::Scalar left_type, right_type, value_type;
    memory::Value left, right, value, pointer;  // value: also a branch's condition
    std::uint64_t size = 0;
    std::uint8_t size_shadow = 0;
    std::uint8_t operator_number = 0;
    bool is_right_constant = false;
    std::optional<shadow::ObjectKind> new_object;  // of allocate
};

// Numbers saturate at the ends of 128 bits, far outside anything that rules compare.
class ConcreteAlgebra {
  public:
    using Value = ir::Wide;

    ConcreteAlgebra(const Facts& facts, const memory::Memory& memory, std::uint8_t layer)
        : facts_(facts), memory_(memory), layer_(layer) {}

    Value constant(std::int64_t number) const { return number; }
    Value field(shadow::Field field) const;
    Value apply(shadow::Operator op, Value left, Value right) const;
    Value negate(Value value) const;
    Value logical_not(Value value) const { return value == 0; }
    std::optional<bool> truth(Value value) const { return value != 0; }
    Value both(Value left, Value right) const { return left != 0 && right != 0; }
    Value either(Value left, Value right) const { return left != 0 || right != 0; }

  private:
    Value type_field(shadow::Field field) const;
    Value object_field(shadow::Field field) const;
    Value shadow_field(shadow::Field field) const;

    const Facts& facts_;
    const memory::Memory& memory_;
    std::uint8_t layer_;
};

bool holds(const shadow::Expression& expression, const Facts& facts, const memory::Memory& memory, std::uint8_t layer);

// The fields that mean something for the event, by name, for messages.
std::vector<std::pair<std::string, std::string>> readable_fields(const Facts& facts, const memory::Memory& memory,
                                                                 std::uint8_t layer);

std::string to_text(ir::Wide number);

}  // namespace gnomon::interp
