// Models: a value for every input. What a model does not list has its variable's preferred value.
#pragma once

#include <unordered_map>
#include <utility>
#include <vector>

#include "solver/expression.h"

namespace gnomon::solver {

class Model {
  public:
    using Assignment = std::vector<std::pair<std::uint32_t, Bits>>;  // variable, value

    explicit Model(const Expressions& expressions) : expressions_(&expressions) {}
    // `other` with other values for some variables.
    Model(const Model& other, const Assignment& changes);

    Bits value(std::uint32_t variable) const;

    Bits evaluate(Expression expression) const;
    bool satisfies(Expression condition) const { return evaluate(condition) != 0; }

  private:
    const Expressions* expressions_;
    Assignment values_;  // in ascending order of variables
    // Key: node id. States that share a model share what was evaluated under it.
    mutable std::unordered_map<std::uint32_t, Bits> evaluated_;
};

}  // namespace gnomon::solver
