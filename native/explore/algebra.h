// Mathematical integers over symbolic bits: what staged rules are evaluated in. Every number knows its range, and is
// computed in enough bits never to wrap.
#pragma once

#include <functional>
#include <optional>

#include "explore/linear.h"
#include "explore/state.h"
#include "ir/semantics.h"
#include "shadow/table.h"
#include "solver/expression.h"

namespace gnomon::explore {

struct Number {
    Expression bits = nullptr;  // two's complement, wide enough for the range; null: the constant `minimum`
    solver::SignedBits minimum = 0, maximum = 0;
    // A number that is factor * base + addend is compared in the width of its base, where nothing has to be multiplied:
    // n * 10 <= INT_MAX becomes n <= INT_MAX / 10, and 4 * i + 4 <= 4 * n becomes i < n. Without base: not of this
    // form.
    Linear form;
};

class Algebra {
  public:
    using Value = Number;
    using FieldOf = std::function<Number(shadow::Field, std::int64_t argument)>;

    using IsNeverNegative = std::function<bool(Expression)>;  // read with its sign, on the path at hand

    Algebra(solver::Expressions& expressions, FieldOf field_of, IsNeverNegative is_never_negative)
        : expressions_(expressions), field_of_(std::move(field_of)), is_never_negative_(std::move(is_never_negative)) {}

    Number constant(std::int64_t number) { return integer(number); }
    Number field(shadow::Field field, std::int64_t argument) { return field_of_(field, argument); }
    Number apply(shadow::Operator op, const Number& left, const Number& right);
    Number negate(const Number& value) { return apply(shadow::Operator::subtract, constant(0), value); }
    Number logical_not(const Number& value) {
        return value.bits == nullptr ? integer(value.minimum == 0) : boolean(expressions_.bit_not(condition(value)));
    }
    std::optional<bool> truth(const Number& value);
    Number both(const Number& left, const Number& right) {
        return boolean(expressions_.both(condition(left), condition(right)));
    }
    Number either(const Number& left, const Number& right) {
        return boolean(expressions_.either(condition(left), condition(right)));
    }

    Number integer(solver::SignedBits number);
    Number boolean(Expression condition);
    Number of_bits(Expression bits, bool is_signed);
    Expression condition(const Number& value);  // != 0

  private:
    Number apply_known(shadow::Operator op, solver::SignedBits left, solver::SignedBits right);
    Number less(const Number& left, const Number& right);
    std::optional<Number> less_linear(const Linear& left, const Linear& right);
    Number less_than_constant(const Number& value, solver::SignedBits limit);
    Number constant_less_than(solver::SignedBits limit, const Number& value);
    Number base_less(const Number& value, solver::SignedBits limit);
    void keep_form(shadow::Operator op, const Number& left, const Number& right, Number& result) const;
    Number shifted(const Number& left, const Number& right);
    Expression extended(const Number& value, unsigned width);

    solver::Expressions& expressions_;
    FieldOf field_of_;
    IsNeverNegative is_never_negative_;
};

}  // namespace gnomon::explore
