#include "solver/model.h"

namespace gnomon::solver {

Bits Model::value(std::size_t variable) const {
    const auto found = values_.find(variable);
    return found != values_.end() ? found->second : expressions_->variables()[variable].preferred;
}

void Model::set(std::size_t variable, Bits value) {
    values_[variable] = value;
    evaluated_.clear();
}

Bits Model::evaluate(Expression expression) const {
    if (expression->is_constant()) return expression->constant;
    const auto value_of = [this](Expression node) {
        return node->is_constant() ? node->constant : evaluated_.find(node->id)->second;
    };
    visit_children_first(
        expression, [this](Expression node) { return node->is_constant() || evaluated_.contains(node->id); },
        [&](Expression node) {
            if (node->kind == Kind::variable) {
                evaluated_.emplace(node->id, value(static_cast<std::size_t>(node->constant)));
                return;
            }
            Bits values[3] = {};
            for (unsigned i = 0; i < node->arity; ++i) values[i] = value_of(node->children[i]);
            evaluated_.emplace(node->id, fold(node->kind, node->width, node->children[0]->width, node->low, values[0],
                                              values[1], values[2]));
        });
    return value_of(expression);
}

}  // namespace gnomon::solver
