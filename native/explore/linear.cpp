#include "explore/linear.h"

#include <optional>

namespace gnomon::explore {

using solver::Expression;
using solver::Kind;
using solver::SignedBits;

namespace {

constexpr unsigned widest = 64;  // of what is looked into: its products fit 128 bits

Linear opaque(solver::Expressions& expressions, Expression bits, bool is_signed) {
    const SignedBits half = SignedBits{1} << (bits->width - 1);
    if (is_signed && bits->maximum >= static_cast<solver::Bits>(half)) return {bits, -half, half - 1, 1, 0};
    return {expressions.zero_extend(bits, bits->width + 1), static_cast<SignedBits>(bits->minimum),
            static_cast<SignedBits>(bits->maximum), 1, 0};
}

bool fits(const Linear& number, unsigned width, bool is_signed) {
    const SignedBits half = SignedBits{1} << (width - 1);
    const SignedBits least = is_signed ? -half : 0, most = is_signed ? half - 1 : 2 * half - 1;
    return least <= number.minimum() && number.maximum() <= most;
}

// Of a sum with, or a product by, a constant; nothing when it may wrap.
std::optional<Linear> with_constant(Kind kind, Linear number, SignedBits constant) {
    bool is_wide = false;
    if (kind == Kind::multiply) {
        is_wide = constant == 0 || __builtin_mul_overflow(number.factor, constant, &number.factor) ||
                  __builtin_mul_overflow(number.addend, constant, &number.addend);
    } else {
        is_wide = __builtin_add_overflow(number.addend, constant, &number.addend);
    }
    constexpr SignedBits most = SignedBits{1} << 60;
    if (is_wide || number.factor > most || number.factor < -most) return std::nullopt;
    return number;
}

}  // namespace

// Recursion is bounded by the depth of the chain of extensions, sums and products.
Linear linear_of(solver::Expressions& expressions, Expression bits, bool is_signed) {
    if (bits->width > widest) return opaque(expressions, bits, is_signed);
    if (bits->kind == Kind::zero_extend) return linear_of(expressions, bits->children[0], false);
    if (bits->kind == Kind::sign_extend && is_signed) return linear_of(expressions, bits->children[0], true);
    if ((bits->kind == Kind::add || bits->kind == Kind::multiply) && bits->children[1]->is_constant()) {
        const Expression constant = bits->children[1];
        const SignedBits number = is_signed ? solver::as_signed(constant->constant, constant->width)
                                            : static_cast<SignedBits>(constant->constant);
        const Linear inner = linear_of(expressions, bits->children[0], is_signed);
        const std::optional<Linear> whole = with_constant(bits->kind, inner, number);
        if (whole && fits(*whole, bits->width, is_signed)) return *whole;
    }
    return opaque(expressions, bits, is_signed);
}

}  // namespace gnomon::explore
