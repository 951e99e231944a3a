// Evaluation of rules where some fields are known and others are not: guards, and demands that hold whatever happens.
#pragma once

#include <functional>
#include <optional>

#include "ir/semantics.h"
#include "shadow/evaluate.h"

namespace gnomon::shadow {

// An algebra over known numbers; nullopt is "may be anything".
class PartialAlgebra {
  public:
    using Value = std::optional<ir::Wide>;
    using Lookup = std::function<Value(Field)>;

    explicit PartialAlgebra(Lookup lookup) : lookup_(std::move(lookup)) {}

    Value constant(std::int64_t number) const { return number; }
    Value field(Field field, std::int64_t argument) const { return argument == 0 ? lookup_(field) : std::nullopt; }
    Value apply(Operator op, Value left, Value right) const;
    Value negate(Value value) const { return value ? Value(-*value) : std::nullopt; }
    Value logical_not(Value value) const { return value ? Value(*value == 0) : std::nullopt; }
    std::optional<bool> truth(const Value& value) const {
        return value ? std::optional<bool>(*value != 0) : std::nullopt;
    }
    Value both(Value, Value right) const { return right && *right == 0 ? right : std::nullopt; }
    Value either(Value, Value right) const { return right && *right != 0 ? Value(1) : std::nullopt; }

  private:
    Lookup lookup_;
};

// Known true, known false, or neither.
std::optional<bool> decide(const Expression& expression, const PartialAlgebra::Lookup& lookup);

// Whatever happens, nothing has the bit behind it that did not have it before.
bool only_clears(const Update& update);

}  // namespace gnomon::shadow
