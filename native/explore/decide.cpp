// Questions about a path, and the forks that they make.
#include <algorithm>

#include "explore/stepper.h"

namespace gnomon::explore {

using solver::Result;

namespace {

bool holds_literally(const State& state, Expression condition) {
    return std::ranges::find(state.path, condition) != state.path.end();
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

Expression Stepper::truth(const Value& value, ir::Scalar type) {
    if (is_real(value.object)) return expressions_.boolean(true);
    if (type.kind != ir::Scalar::Kind::floating) return expressions_.is_nonzero(value.bits);
    const Expression zero = expressions_.constant(0, type.bits);
    return expressions_.bit_not(expressions_.binary(solver::Kind::float_equal, value.bits, zero));
}

}  // namespace gnomon::explore
