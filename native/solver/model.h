// Models: a value for every input. What a model does not list has its variable's preferred value.
#pragma once

#include <unordered_map>

#include "solver/expression.h"

namespace gnomon::solver {

class Model {
  public:
    explicit Model(const Expressions& expressions) : expressions_(&expressions) {}

    Bits value(std::size_t variable) const;
    void set(std::size_t variable, Bits value);  // drops what was evaluated before
    const std::unordered_map<std::size_t, Bits>& listed() const { return values_; }

    Bits evaluate(Expression expression) const;
    bool satisfies(Expression condition) const { return evaluate(condition) != 0; }

  private:
    const Expressions* expressions_;
    std::unordered_map<std::size_t, Bits> values_;
    // Key: node id. Dropped by set. States that share a model share what was evaluated under it.
    mutable std::unordered_map<std::uint32_t, Bits> evaluated_;
};

}  // namespace gnomon::solver
