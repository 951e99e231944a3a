// Questions about a path, and the forks that they make.
#include <algorithm>
#include <optional>

#include "explore/stepper.h"
#include "memory/value.h"

namespace gnomon::explore {

using solver::Result;

namespace {

bool holds_literally(const State& state, Expression condition) {
    return std::ranges::find(state.path, condition) != state.path.end();
}

// A comparison of `node` with a constant.
struct Bound {
    Expression node = nullptr;
    solver::Kind kind{};
    bool is_upper = false;
    solver::SignedBits limit = 0;  // the largest, or the smallest, that it allows
};

std::optional<Bound> bound_of(Expression constraint) {
    const bool holds = constraint->kind != solver::Kind::bit_not;
    const Expression comparison = holds ? constraint : constraint->children[0];
    const bool is_signed = comparison->kind == solver::Kind::signed_less;
    if (!is_signed && comparison->kind != solver::Kind::unsigned_less) return std::nullopt;
    const Expression left = comparison->children[0], right = comparison->children[1];
    if (left->is_constant() == right->is_constant() || left->width > 64) return std::nullopt;
    const Expression constant = left->is_constant() ? left : right;
    const solver::SignedBits number = is_signed ? solver::as_signed(constant->constant, constant->width)
                                                : static_cast<solver::SignedBits>(constant->constant);
    // c < x; not c < x: x <= c; x < c; not x < c: x >= c.
    if (left->is_constant()) return Bound{right, comparison->kind, !holds, holds ? number + 1 : number};
    return Bound{left, comparison->kind, holds, holds ? number - 1 : number};
}

// What a new bound makes superfluous: a loop's every turn bounds its counter a little closer.
void drop_weaker(std::vector<Expression>& path, Expression constraint) {
    const std::optional<Bound> bound = bound_of(constraint);
    if (!bound) return;
    std::erase_if(path, [&bound](Expression known) {
        const std::optional<Bound> other = bound_of(known);
        if (!other || other->node != bound->node || other->kind != bound->kind || other->is_upper != bound->is_upper) {
            return false;
        }
        return bound->is_upper ? bound->limit <= other->limit : bound->limit >= other->limit;
    });
}

}  // namespace

void Stepper::assume(State& state, Expression condition, std::shared_ptr<const solver::Model> model) {
    state.model = std::move(model);
    // Conjuncts apart, so that questions see only those that concern them. Bound: the parts of one condition.
    std::vector<Expression> pending{condition};
    while (!pending.empty()) {
        const Expression part = pending.back();
        pending.pop_back();
        if (part->kind == solver::Kind::bit_and) {
            pending.push_back(part->children[1]);
            pending.push_back(part->children[0]);
        } else if (!part->is_constant() && !holds_literally(state, part)) {
            drop_weaker(state.path, part);
            state.path.push_back(part);
        }
    }
}

bool Stepper::decide(State& state, Expression condition) {
    if (condition->is_constant()) return condition->is_true();
    const Expression opposite = expressions_.bit_not(condition);
    if (holds_literally(state, condition)) return true;
    if (holds_literally(state, opposite)) return false;
    const bool answer = state.model->satisfies(condition);
    const Expression taken = answer ? condition : opposite;
    const Expression other = answer ? opposite : condition;
    const solver::Reply reply = world_.solver.possible(state.path, other, state.model);
    if (reply.result == Result::unsatisfiable) return answer;
    if (reply.result == Result::satisfiable) {
        parting_ = Parting{taken, state.path};
        State& sibling = forks_.emplace_back(state);
        assume(sibling, other, reply.model);
        ++sibling.forks;
        ++state.forks;
    } else {
        world_.note_lost_path(state, world_.why_unknown());
    }
    assume(state, taken, state.model);
    return answer;
}

std::uint64_t Stepper::concrete(State& state, Expression expression) {
    if (expression->is_constant()) return static_cast<std::uint64_t>(expression->constant);
    const solver::Bits value = state.model->evaluate(expression);
    decide(state, expressions_.equal(expression, expressions_.constant(value, expression->width)));
    return static_cast<std::uint64_t>(value);
}

Expression Stepper::is_null(const Value& pointer) {
    if (pointer.object == ObjectId::null) return expressions_.boolean(true);
    if (pointer.object != ObjectId::none) return expressions_.boolean(false);
    return expressions_.equal(pointer.bits, expressions_.constant(0, pointer.bits->width));
}

bool Stepper::is_error(const Value& pointer) {
    return pointer.object == ObjectId::none && pointer.bits->is_constant() &&
           memory::is_error_address(pointer.bits->constant);
}

Expression Stepper::truth(const Value& value, ir::Scalar type) {
    if (is_real(value.object)) return expressions_.boolean(true);
    if (type.kind != ir::Scalar::Kind::floating) return expressions_.is_nonzero(value.bits);
    const Expression zero = expressions_.constant(0, type.bits);
    return expressions_.bit_not(expressions_.binary(solver::Kind::float_equal, value.bits, zero));
}

}  // namespace gnomon::explore
