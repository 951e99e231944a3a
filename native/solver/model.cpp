#include "solver/model.h"

#include <algorithm>

namespace gnomon::solver {

Model::Model(const Model& other, const Assignment& changes) : expressions_(other.expressions_), values_(other.values_) {
    for (const auto& [variable, value] : changes) {
        const auto at = std::ranges::lower_bound(values_, variable, {}, &Assignment::value_type::first);
        if (at != values_.end() && at->first == variable) {
            at->second = value;
        } else {
            values_.insert(at, {variable, value});
        }
    }
}

Bits Model::value(std::uint32_t variable) const {
    const auto at = std::ranges::lower_bound(values_, variable, {}, &Assignment::value_type::first);
    return at != values_.end() && at->first == variable ? at->second : expressions_->variables()[variable].preferred;
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
                evaluated_.emplace(node->id, value(static_cast<std::uint32_t>(node->constant)));
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
