// What a path's simplest constraints say about ranges, and what follows from that alone: settles most overflow and
// bounds questions without a solver.
#pragma once

#include <optional>
#include <span>
#include <unordered_map>

#include "solver/expression.h"
#include "solver/float_range.h"

namespace gnomon::solver {

struct Interval {  // of the value as a signed number; booleans are 0 and 1
    SignedBits minimum = 0, maximum = 0;
};

class Intervals {
  public:
    // Reads the constraints that compare, first those with constants.
    Intervals(const Expressions& expressions, std::span<const Expression> path);

    // Known to hold, known not to hold, or cannot tell.
    std::optional<bool> truth(Expression condition);
    Interval range(Expression expression) { return of(expression); }

  private:
    void learn(Expression constraint, bool holds);
    void relate(Expression constraint, bool holds);
    static bool is_relation(Expression constraint);
    void narrow(Expression node, Interval known);
    Interval of(Expression root);
    Interval compute(Expression node);
    Interval divide(Expression node);
    Interval compare(Expression node);

    // interval_floats.cpp
    void learn_floats(Expression constraint, bool holds);
    void narrow_float(Expression node, const FloatRange& known);
    FloatRange float_range(Expression node) const;
    void compute_floats(Expression node);
    std::optional<Interval> compare_floats(Expression node) const;
    Interval truncated(Expression node, Interval whole) const;

    const Expressions& expressions_;
    std::unordered_map<std::uint32_t, Interval> facts_;                   // by node id; of this path
    std::unordered_map<std::uint32_t, Interval> computed_;                // by node id; of this path
    std::unordered_map<std::uint32_t, FloatRange> float_facts_, floats_;  // the same, of floats
};

}  // namespace gnomon::solver
