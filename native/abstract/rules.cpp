#include "abstract/rules.h"

#include <algorithm>

#include "shadow/partial.h"

namespace gnomon::abstract {

using ir::BinaryOperator;
using shadow::Field;
using shadow::Operator;

namespace {

// Matches one expression of a table against a form.
struct Form {
    const shadow::Expression& expression;

    const shadow::Node& at(std::uint32_t index) const { return expression.nodes[index]; }
    bool is_field(std::uint32_t index, Field field) const {
        return at(index).op == Operator::field && at(index).field == field && at(index).number == 0;
    }
    bool is_result(std::uint32_t index, Operator op) const {
        return at(index).op == op && is_field(at(index).left, Field::left) && is_field(at(index).right, Field::right);
    }
    // type_minimum <= left op right <= type_maximum
    bool says_fits(Operator op) const {
        if (expression.nodes.empty()) return false;
        const shadow::Node& root = expression.nodes.back();
        if (root.op != Operator::logical_and) return false;
        const shadow::Node& low = at(root.left);
        const shadow::Node& high = at(root.right);
        return low.op == Operator::less_equal && high.op == Operator::less_equal &&
               is_field(low.left, Field::type_minimum) && is_result(low.right, op) && is_result(high.left, op) &&
               is_field(high.right, Field::type_maximum);
    }
};

bool applies_to(const shadow::Expression& guard, BinaryOperator op) {
    const auto field = [op](Field field) -> std::optional<ir::Wide> {
        if (field == Field::operator_) return static_cast<int>(op);
        if (field == Field::is_signed) return 1;
        if (field == Field::is_float) return 0;
        return std::nullopt;
    };
    return shadow::decide(guard, field) == true;
}

}  // namespace

Rules::Rules(const shadow::Table& table) : table(table) {
    constexpr std::pair<BinaryOperator, Operator> operations[] = {{BinaryOperator::add, Operator::add},
                                                                  {BinaryOperator::subtract, Operator::subtract},
                                                                  {BinaryOperator::multiply, Operator::multiply}};
    for (const shadow::Demand& demand : table.demands) {
        if (demand.event != shadow::Event::arithmetic || !demand.functions.empty()) continue;
        for (const auto& [op, meaning] : operations) {
            if (!applies_to(demand.guard, op) || !Form{demand.predicate}.says_fits(meaning)) continue;
            forbids_wrap_[static_cast<std::size_t>(op)] = true;
        }
    }
    for (const shadow::Update& update : table.updates) {
        if (update.target != shadow::Target::value || shadow::only_clears(update)) continue;
        if (update.event == shadow::Event::called) of_calls_.push_back(&update);
        const auto layer = static_cast<std::uint8_t>(1u << update.layer);
        std::uint8_t& known = updated_[static_cast<std::size_t>(update.event)];
        known = static_cast<std::uint8_t>(known | layer);
    }
}

std::uint8_t Rules::after(shadow::Event event, std::uint8_t shadow) const {
    return static_cast<std::uint8_t>(shadow | updated_[static_cast<std::size_t>(event)]);
}

std::uint8_t Rules::of_result(const ir::Function* callee) const {
    unsigned result = 0;
    for (const shadow::Update* update : of_calls_) {
        const bool is_meant = callee == nullptr || update->functions.empty() ||
                              std::ranges::find(update->functions, callee->name) != update->functions.end();
        if (is_meant) result |= 1u << update->layer;
    }
    return static_cast<std::uint8_t>(result);
}

std::uint8_t Rules::of_new(shadow::ObjectKind kind) const {
    unsigned result = 0;
    const auto field = [kind](Field field) -> std::optional<ir::Wide> {
        return field == Field::object_kind ? std::optional<ir::Wide>(static_cast<int>(kind)) : std::nullopt;
    };
    for (const shadow::Update& update : table.updates) {
        if (update.event != shadow::Event::allocate || shadow::decide(update.guard, field) == false) continue;
        if (shadow::decide(update.bit, field) != false) result |= 1u << update.layer;
    }
    return static_cast<std::uint8_t>(result);
}

std::optional<Field> cleared_field(const shadow::Expression& predicate) {
    if (predicate.nodes.empty() || predicate.nodes.back().op != Operator::logical_not) return std::nullopt;
    const shadow::Node& inner = predicate.nodes[predicate.nodes.back().left];
    const bool is_bit = inner.op == Operator::field && inner.number == 0 && inner.field >= Field::shadow_left &&
                        inner.field <= Field::shadow_size;
    return is_bit ? std::optional(inner.field) : std::nullopt;
}

}  // namespace gnomon::abstract
