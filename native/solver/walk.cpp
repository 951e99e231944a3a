#include "solver/walk.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <random>
#include <unordered_map>

namespace gnomon::solver {

namespace {

// A node with the places of its operands among those that are evaluated before it.
struct Step {
    Expression node = nullptr;
    std::array<std::size_t, 3> operands{};
};

bool is_float_operation(Kind kind) { return kind >= Kind::float_add && kind <= Kind::float_to_unsigned; }

// Floats as integers in the same order.
SignedBits in_order(Bits value, unsigned width) {
    const Bits sign = Bits{1} << (width - 1);
    const auto magnitude = static_cast<SignedBits>(value & (sign - 1));
    return value & sign ? -magnitude : magnitude;
}

Bits difference(SignedBits a, SignedBits b) {
    return a > b ? static_cast<Bits>(a) - static_cast<Bits>(b) : static_cast<Bits>(b) - static_cast<Bits>(a);
}

bool is_nan(Bits value, unsigned width) { return fold(Kind::float_equal, 1, width, 0, value, value, 0) == 0; }

class Walk {
  public:
    Walk(const Expressions& expressions, std::span<const Expression> constraints,
         std::span<const std::uint32_t> variables, const Model& known);

    std::size_t size() const { return steps_.size(); }
    std::optional<Model::Assignment> search(std::size_t most_trials);

  private:
    struct Distances {
        double to_false = 0, to_true = 0;
    };

    void add(Expression root);
    void evaluate();
    Distances distances_of(std::size_t place) const;
    double compared(const Step& step, bool wanted) const;
    double cost() const;
    Bits proposed(const Variable& variable, Bits current);
    Bits any(const Variable& variable);
    Bits special(unsigned width);
    Bits seen(unsigned width);
    unsigned below(std::size_t bound) { return static_cast<unsigned>(random_() % bound); }

    const Expressions& expressions_;
    std::vector<Step> steps_;
    std::vector<Bits> values_;                               // of the steps
    std::vector<Distances> distances_;                       // of those that are conditions
    std::unordered_map<std::uint32_t, std::size_t> places_;  // of steps, by node id
    std::vector<std::size_t> constraints_;                   // their places
    Model::Assignment chosen_;
    bool has_floats_ = false;
    std::minstd_rand random_;
};

Walk::Walk(const Expressions& expressions, std::span<const Expression> constraints,
           std::span<const std::uint32_t> variables, const Model& known)
    : expressions_(expressions) {
    for (const std::uint32_t variable : variables) {
        add(expressions.variables()[variable].node);
        chosen_.emplace_back(variable, known.value(variable));
    }
    for (const Expression constraint : constraints) {
        add(constraint);
        constraints_.push_back(places_.at(constraint->id));
    }
    values_.resize(steps_.size());
    distances_.resize(steps_.size());
}

void Walk::add(Expression root) {
    visit_children_first(
        root, [this](Expression node) { return places_.contains(node->id); },
        [this](Expression node) {
            Step step{node, {}};
            for (unsigned i = 0; i < node->arity; ++i) step.operands[i] = places_.at(node->children[i]->id);
            has_floats_ |= is_float_operation(node->kind);
            places_.emplace(node->id, steps_.size());
            steps_.push_back(step);
        });
}

void Walk::evaluate() {
    std::size_t next = 0;  // of the variables, which are the first steps, in their order
    for (std::size_t place = 0; place < steps_.size(); ++place) {
        const auto& [node, operands] = steps_[place];
        if (node->kind == Kind::variable) {
            values_[place] = chosen_[next++].second;
        } else if (node->is_constant()) {
            values_[place] = node->constant;
        } else {
            std::array<Bits, 3> inputs{};
            for (unsigned i = 0; i < node->arity; ++i) inputs[i] = values_[operands[i]];
            values_[place] =
                fold(node->kind, node->width, node->children[0]->width, node->low, inputs[0], inputs[1], inputs[2]);
        }
        if (node->width == 1) distances_[place] = distances_of(place);
    }
}

// From 0 to 1: how far a comparison is from what it should be, and is not.
double Walk::compared(const Step& step, bool wanted) const {
    const unsigned width = step.node->children[0]->width;
    const Bits left = values_[step.operands[0]], right = values_[step.operands[1]];
    const bool is_equality = step.node->kind == Kind::equal || step.node->kind == Kind::float_equal;
    Bits apart = left > right ? left - right : right - left;
    if (step.node->kind >= Kind::float_equal) {
        if (is_nan(left, width) || is_nan(right, width)) return 1;
        apart = difference(in_order(left, width), in_order(right, width));
    } else if (step.node->kind == Kind::signed_less) {
        apart = difference(as_signed(left, width), as_signed(right, width));
    }
    if (is_equality && !wanted) apart = 0;
    return std::log2(static_cast<double>(apart) + 2.0) / (width + 2.0);
}

// Of a condition whose operands have theirs: how far it is from being false, and from being true.
Walk::Distances Walk::distances_of(std::size_t place) const {
    const Step& step = steps_[place];
    const auto of = [&](unsigned operand) { return distances_[step.operands[operand]]; };
    Distances found{1, 1};
    switch (step.node->kind) {
        case Kind::bit_not:
            found = {of(0).to_true, of(0).to_false};
            break;
        case Kind::bit_and:
            found = {std::min(of(0).to_false, of(1).to_false), of(0).to_true + of(1).to_true};
            break;
        case Kind::bit_or:
            found = {of(0).to_false + of(1).to_false, std::min(of(0).to_true, of(1).to_true)};
            break;
        case Kind::if_then_else:
            found = of(values_[step.operands[0]] != 0 ? 1 : 2);
            break;
        case Kind::equal:
        case Kind::unsigned_less:
        case Kind::signed_less:
        case Kind::float_equal:
        case Kind::float_less:
        case Kind::float_less_equal:
            found = {compared(step, false), compared(step, true)};
            break;
        default:
            break;
    }
    (values_[place] != 0 ? found.to_true : found.to_false) = 0;
    return found;
}

double Walk::cost() const {
    double sum = 0;
    for (const std::size_t place : constraints_) sum += distances_[place].to_true;
    return sum;
}

// The ends of what a type holds, powers of two, and floats that behave in ways of their own.
Bits Walk::special(unsigned width) {
    static constexpr double infinite = std::numeric_limits<double>::infinity(),
                            none = std::numeric_limits<double>::quiet_NaN();
    static constexpr std::array doubles{0.0,  1.0,  -1.0,  0.5,      2.0,       -0.0, 1e9,
                                        -1e9, 1e18, 1e300, infinite, -infinite, none};
    if (has_floats_ && (width == 32 || width == 64) && below(2) == 0) {
        const double number = doubles[below(doubles.size())];
        return width == 64 ? Bits{std::bit_cast<std::uint64_t>(number)}
                           : Bits{std::bit_cast<std::uint32_t>(static_cast<float>(number))};
    }
    const Bits power = Bits{1} << below(width);
    const std::array<Bits, 4> numbers{Bits{below(4)}, power, power - 1, -power};
    return numbers[below(numbers.size())];
}

// What stands on some way from the inputs to the comparisons, or beside it.
Bits Walk::seen(unsigned width) {
    for (unsigned i = 0; i < 8; ++i) {
        const std::size_t place = below(steps_.size());
        const unsigned its = steps_[place].node->width;
        if (its == width || (its > 1 && !has_floats_)) return values_[place] + below(3) - 1;
    }
    return special(width);
}

Bits Walk::any(const Variable& variable) {
    const Bits range = (variable.maximum - variable.minimum) & mask(variable.width);
    const Bits random = Bits{random_()} << 62 ^ Bits { random_() } << 31 ^ random_();
    return variable.minimum + (range == mask(maximum_width) ? random : random % (range + 1));
}

Bits Walk::proposed(const Variable& variable, Bits current) {
    const unsigned width = variable.width;
    Bits value = 0;
    switch (below(4)) {
        case 0:
            value = special(width);
            break;
        case 1:
            value = seen(width);
            break;
        case 2:
            value = current + (below(2) == 0 ? Bits{1} << below(width) : -(Bits{1} << below(width)));
            break;
        default:
            value = any(variable);
    }
    return value & mask(width);
}

std::optional<Model::Assignment> Walk::search(std::size_t most_trials) {
    evaluate();
    double best = cost();
    for (std::size_t trial = 0; trial < most_trials && best > 0; ++trial) {
        auto& [index, value] = chosen_[below(chosen_.size())];
        const Variable& variable = expressions_.variables()[index];
        const Bits before = value;
        value = proposed(variable, before);
        if (value == before || !is_in_range(variable, value)) {
            value = before;
            continue;
        }
        evaluate();
        const double now = cost();
        constexpr unsigned seldom = 32;
        if (now <= best || below(seldom) == 0) {
            best = now;
        } else {
            value = before;
        }
    }
    return best > 0 ? std::nullopt : std::optional(chosen_);
}

}  // namespace

std::optional<Model::Assignment> walk(const Expressions& expressions, std::span<const Expression> constraints,
                                      std::span<const std::uint32_t> variables, const Model& known,
                                      std::size_t most_nodes) {
    Walk walking(expressions, constraints, variables, known);
    return walking.search(most_nodes / walking.size());
}

}  // namespace gnomon::solver
