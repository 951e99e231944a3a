// Expressions to Z3. Width 1 becomes Bool, everything else a bit vector; floats go through IEEE bits.
#pragma once

#include <z3++.h>

#include <optional>
#include <vector>

#include "solver/expression.h"

namespace gnomon::solver {

class Translator {
  public:
    Translator(const Expressions& expressions, z3::context& context) : expressions_(expressions), context_(context) {}

    z3::context& context() { return context_; }
    z3::expr translate(Expression expression);
    z3::expr range_of(const Variable& variable);  // its domain, as a constraint
    Bits value_in(const z3::model& model, const Variable& variable);

  private:
    z3::expr translate_node(Expression node);
    z3::expr translate_float(Expression node);
    z3::expr constant(Bits value, unsigned width);
    z3::expr as_vector(const z3::expr& value, Expression node);  // Bool to one bit
    z3::expr as_float(const z3::expr& value, unsigned width);
    z3::expr as_bits(const z3::expr& value, unsigned width);
    z3::sort float_sort(unsigned width);
    z3::expr divide(Expression node, const z3::expr& left, const z3::expr& right);

    const Expressions& expressions_;
    z3::context& context_;
    std::vector<std::optional<z3::expr>> translated_;  // by node id; kept as long as the expressions
};

}  // namespace gnomon::solver
