#include "solver/expression.h"

#include <algorithm>

namespace gnomon::solver {

namespace {

std::size_t hash_of(const Node& node) {
    std::uint64_t hash = static_cast<std::uint64_t>(node.kind) << 32 | std::uint64_t{node.width} << 16 | node.low;
    const auto mix = [&hash](std::uint64_t value) {
        hash = (hash ^ value) * 0x9e3779b97f4a7c15ULL;
        hash ^= hash >> 32;
    };
    mix(static_cast<std::uint64_t>(node.constant) ^ static_cast<std::uint64_t>(node.constant >> 64) * 31);
    for (unsigned i = 0; i < node.arity; ++i) mix(node.children[i]->id);
    return hash;
}

bool is_same(const Node& left, const Node& right) {
    return left.kind == right.kind && left.width == right.width && left.low == right.low &&
           left.constant == right.constant && std::ranges::equal(left.children, right.children);
}

}  // namespace

bool is_in_range(const Variable& variable, Bits value) {
    if (!variable.is_signed) return variable.minimum <= value && value <= variable.maximum;
    const SignedBits number = as_signed(value, variable.width);
    return as_signed(variable.minimum, variable.width) <= number &&
           number <= as_signed(variable.maximum, variable.width);
}

Expressions::Expressions() : table_(1024), true_(constant(1, 1)), false_(constant(0, 1)) {}

Expression Expressions::intern(Node node) {
    const std::size_t last = table_.size() - 1;
    std::size_t place = hash_of(node) & last;
    for (; table_[place] != nullptr; place = (place + 1) & last) {
        if (is_same(*table_[place], node)) return table_[place];
    }
    set_bounds(node);
    node.id = static_cast<std::uint32_t>(nodes_.size());
    nodes_.push_back(node);
    table_[place] = &nodes_.back();
    if (2 * nodes_.size() > table_.size()) grow_table();
    return &nodes_.back();
}

void Expressions::grow_table() {
    table_.assign(2 * table_.size(), nullptr);
    const std::size_t last = table_.size() - 1;
    for (const Node& node : nodes_) {
        std::size_t place = hash_of(node) & last;
        while (table_[place] != nullptr) place = (place + 1) & last;
        table_[place] = &node;
    }
}

Expression Expressions::make(Kind kind, unsigned width, Expression a, Expression b, Expression c, unsigned low) {
    const bool is_constant =
        a->is_constant() && (b == nullptr || b->is_constant()) && (c == nullptr || c->is_constant());
    if (is_constant) {
        const Bits value = fold(kind, width, a->width, low, a->constant, b == nullptr ? 0 : b->constant,
                                c == nullptr ? 0 : c->constant);
        return constant(value, width);
    }
    Node node;
    node.kind = kind;
    node.width = static_cast<std::uint16_t>(width);
    node.low = static_cast<std::uint16_t>(low);
    node.arity = static_cast<std::uint8_t>(1 + (b != nullptr) + (c != nullptr));
    node.children[0] = a;
    node.children[1] = b;
    node.children[2] = c;
    return intern(node);
}

Expression Expressions::constant(Bits value, unsigned width) {
    value &= mask(width);
    Expression& latest = latest_constants_[(static_cast<std::size_t>(value) + 61 * width) % latest_constants_.size()];
    if (latest != nullptr && latest->width == width && latest->constant == value) return latest;
    Node node;
    node.kind = Kind::constant;
    node.width = static_cast<std::uint16_t>(width);
    node.constant = value;
    return latest = intern(node);
}

Expression Expressions::variable(const Variable& description) {
    Node node;
    node.kind = Kind::variable;
    node.width = description.width;
    node.constant = variables_.size();
    variables_.push_back(description);
    variables_.back().node = intern(node);
    return variables_.back().node;
}

// Unsigned bounds from those of the children; the whole range of the width where nothing better is cheap.
void Expressions::set_bounds(Node& node) const {
    const Bits whole = mask(node.width);
    node.minimum = 0;
    node.maximum = whole;
    const Expression a = node.children[0];
    const Expression b = node.children[1];
    const Expression c = node.children[2];
    switch (node.kind) {
        case Kind::constant:
            node.minimum = node.maximum = node.constant;
            return;
        case Kind::variable: {
            const Variable& variable = variables_[static_cast<std::size_t>(node.constant)];
            if (variable.minimum > variable.maximum) return;  // a signed range across zero
            node.minimum = variable.minimum;
            node.maximum = variable.maximum;
            return;
        }
        case Kind::zero_extend:
            node.minimum = a->minimum;
            node.maximum = a->maximum;
            return;
        case Kind::extract:
            if (node.low == 0 && a->maximum <= whole) {
                node.minimum = a->minimum;
                node.maximum = a->maximum;
            } else if (node.low != 0) {
                node.maximum = std::min(whole, a->maximum >> node.low);
            }
            return;
        case Kind::concatenate:
            node.minimum = (a->minimum << b->width) | b->minimum;
            node.maximum = (a->maximum << b->width) | b->maximum;
            return;
        case Kind::add:
            if (a->maximum <= whole - b->maximum) {
                node.minimum = a->minimum + b->minimum;
                node.maximum = a->maximum + b->maximum;
            }
            return;
        case Kind::multiply:
            if (a->maximum == 0 || b->maximum <= whole / a->maximum) {
                node.minimum = a->minimum * b->minimum;
                node.maximum = a->maximum * b->maximum;
            }
            return;
        case Kind::bit_and:
            node.maximum = std::min(a->maximum, b->maximum);
            return;
        case Kind::bit_or:
            node.minimum = std::max(a->minimum, b->minimum);
            return;
        case Kind::unsigned_divide:
            if (b->minimum > 0) node.maximum = a->maximum / b->minimum;
            return;
        case Kind::unsigned_remainder:
            node.maximum = a->maximum;
            if (b->minimum > 0) node.maximum = std::min(node.maximum, b->maximum - 1);
            return;
        case Kind::logical_shift_right:
            node.maximum = b->minimum >= node.width ? Bits{0} : a->maximum >> static_cast<unsigned>(b->minimum);
            return;
        case Kind::if_then_else:
            node.minimum = std::min(b->minimum, c->minimum);
            node.maximum = std::max(b->maximum, c->maximum);
            return;
        default:
            return;
    }
}

}  // namespace gnomon::solver
