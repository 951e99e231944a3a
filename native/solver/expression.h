// Expressions over the inputs of a run: immutable, hash-consed bit vectors of 1 to 128 bits. Width 1 is a boolean.
// Floats are their IEEE bits; of 80 bits, those of the x87, whose integer bit is always as it should be. Equal
// expressions are the same node, so they are compared by address.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace gnomon::solver {

__extension__ using Bits = unsigned __int128;
__extension__ using SignedBits = __int128;

constexpr unsigned maximum_width = 128;

enum class Kind : std::uint8_t {
    constant,
    variable,
    add,
    subtract,
    multiply,
    unsigned_divide,
    signed_divide,
    unsigned_remainder,
    signed_remainder,
    shift_left,
    logical_shift_right,
    arithmetic_shift_right,
    bit_and,
    bit_or,
    bit_xor,
    bit_not,
    equal,
    unsigned_less,
    signed_less,
    if_then_else,
    zero_extend,
    sign_extend,
    extract,      // `width` bits from bit `low`
    concatenate,  // children[0] is the high part
    // Floats: operands of 32, 64 or 80 bits, rounding to nearest even.
    float_add,
    float_subtract,
    float_multiply,
    float_divide,
    float_equal,
    float_less,
    float_less_equal,
    float_to_float,
    float_to_signed,  // truncates; out of range is the caller's to exclude
    float_to_unsigned,
    signed_to_float,
    unsigned_to_float,
};

struct Node {
    Kind kind{};
    std::uint8_t arity = 0;
    std::uint16_t width = 0;
    std::uint16_t low = 0;  // of extract
    std::uint32_t id = 0;   // in order of creation: children have smaller ids
    const Node* children[3] = {};
    Bits constant = 0;              // constant: its bits; variable: its index
    Bits minimum = 0, maximum = 0;  // unsigned bounds of the value, whatever the inputs

    bool is_constant() const { return kind == Kind::constant; }
    bool is_true() const { return is_constant() && constant != 0; }
    bool is_false() const { return is_constant() && constant == 0; }
};

// Owned by the Expressions that made it; lives as long as that.
using Expression = const Node*;

// A value that the program's world chooses. `minimum` to `maximum` are compared in its signedness.
struct Variable {
    std::string name;
    std::uint16_t width = 0;
    bool is_signed = false;
    Bits minimum = 0, maximum = 0;  // both as bits of `width`
    Bits preferred = 0;             // the plainest value, in range
    bool is_callers = false;        // as ir::Input::is_callers
    Expression node = nullptr;
};

bool is_in_range(const Variable& variable, Bits value);

Bits mask(unsigned width);
SignedBits as_signed(Bits value, unsigned width);

// The value of an operation on constants: what the interpreter would compute.
Bits fold(Kind kind, unsigned width, unsigned operand_width, unsigned low, Bits a, Bits b, Bits c);

// Makes expressions, simplifying on the way. Never forgets a node: live for one exploration.
class Expressions {
  public:
    Expressions();
    Expressions(const Expressions&) = delete;
    Expressions& operator=(const Expressions&) = delete;

    Expression constant(Bits value, unsigned width);
    Expression boolean(bool value) { return value ? true_ : false_; }
    Expression variable(const Variable& description);
    const Variable& variable_of(Expression node) const { return variables_[static_cast<std::size_t>(node->constant)]; }
    const std::vector<Variable>& variables() const { return variables_; }

    Expression binary(Kind kind, Expression left, Expression right);  // arithmetic, bitwise, comparisons, floats
    Expression add(Expression left, Expression right) { return binary(Kind::add, left, right); }
    Expression subtract(Expression left, Expression right) { return binary(Kind::subtract, left, right); }
    Expression multiply(Expression left, Expression right) { return binary(Kind::multiply, left, right); }
    Expression equal(Expression left, Expression right) { return binary(Kind::equal, left, right); }
    Expression unsigned_less(Expression left, Expression right) { return binary(Kind::unsigned_less, left, right); }
    Expression signed_less(Expression left, Expression right) { return binary(Kind::signed_less, left, right); }
    Expression both(Expression left, Expression right) { return binary(Kind::bit_and, left, right); }
    Expression either(Expression left, Expression right) { return binary(Kind::bit_or, left, right); }
    Expression bit_not(Expression value);
    Expression negate(Expression value) { return subtract(constant(0, value->width), value); }
    Expression choose(Expression condition, Expression if_true, Expression if_false);
    Expression zero_extend(Expression value, unsigned width);  // or itself
    Expression sign_extend(Expression value, unsigned width);
    Expression extract(Expression value, unsigned low, unsigned width);
    Expression concatenate(Expression high, Expression low);
    Expression is_nonzero(Expression value) { return bit_not(equal(value, constant(0, value->width))); }
    Expression convert(Kind kind, Expression value, unsigned width);  // the float conversions
    Expression whole_in(Expression value);                            // whole.cpp

    std::size_t size() const { return nodes_.size(); }

  private:
    Expression intern(Node node);
    Expression make(Kind kind, unsigned width, Expression a, Expression b = nullptr, Expression c = nullptr,
                    unsigned low = 0);
    Expression simplify_arithmetic(Kind kind, Expression left, Expression right);
    Expression simplify_bitwise(Kind kind, Expression left, Expression right);
    Expression simplify_shift(Kind kind, Expression left, Expression right);
    Expression simplify_equal(Expression left, Expression right);
    Expression simplify_less(Kind kind, Expression left, Expression right);
    Expression simplify_quotient(Kind kind, Expression quotient, Bits limit, bool is_left);
    Expression simplify_whole(Kind kind, Expression left, Expression right);
    Expression compare_choice(Kind kind, Expression left, Expression right, unsigned depth);
    Expression integer_of_whole(Expression value, unsigned width, unsigned depth);
    Expression compare_narrow(Kind kind, Expression left, Expression right);
    Expression over_choice(Kind kind, Expression left, Expression right);
    Expression equal_choice(Expression choice, Expression value);
    Expression concatenate_choices(Expression high, Expression low);
    void set_bounds(Node& node) const;

    void grow_table();

    std::deque<Node> nodes_;         // by id; addresses stay
    std::vector<Expression> table_;  // open addressing, a power of two, at most half full
    std::vector<Variable> variables_;
    // Choices share their arms, so that each is simplified once. Key: the ids of both sides; dropped with the nodes.
    std::unordered_map<std::uint64_t, Expression> equalities_, concatenations_;
    std::array<Expression, 1024> latest_constants_{};  // by a mix of number and width: asked for again and again
    Expression true_ = nullptr, false_ = nullptr;
};

// Calls `process` on `root` and everything below it that `is_done` does not know, children first. Bound: the nodes of
// the expression. Iterative, because long loops make deep expressions.
template <class IsDone, class Process>
void visit_children_first(Expression root, const IsDone& is_done, const Process& process) {
    if (is_done(root)) return;
    std::vector<std::pair<Expression, unsigned>> pending{{root, 0}};
    while (!pending.empty()) {
        auto& [node, next] = pending.back();
        if (next < node->arity) {
            const Expression child = node->children[next++];
            if (!is_done(child)) pending.emplace_back(child, 0);
            continue;
        }
        const Expression finished = node;
        pending.pop_back();
        if (!is_done(finished)) process(finished);
    }
}

}  // namespace gnomon::solver
