// Quotients by constants, compared with constants: the dividend lies between two others.
#include "solver/expression.h"

namespace gnomon::solver {

namespace {

constexpr unsigned widest = 64;

// The least x with x / c >= q, for c > 0, and division toward zero.
SignedBits least_with(SignedBits q, SignedBits c) { return q > 0 ? q * c : (q - 1) * c + 1; }

}  // namespace

// `quotient` less than, or equal to `limit` (its bits), or the other way round where it stands to the right. Null where
// it is no quotient by a positive constant.
Expression Expressions::simplify_quotient(Kind kind, Expression quotient, Bits limit, bool is_left) {
    const bool is_signed = quotient->kind == Kind::signed_divide;
    const unsigned width = quotient->width;
    if ((!is_signed && quotient->kind != Kind::unsigned_divide) || width > widest) return nullptr;
    const bool compares_signed = kind == Kind::signed_less;
    if (kind != Kind::equal && compares_signed != is_signed) return nullptr;
    const Expression dividend = quotient->children[0], divisor = quotient->children[1];
    if (!divisor->is_constant()) return nullptr;
    const auto read = [&](Bits bits) { return is_signed ? as_signed(bits, width) : static_cast<SignedBits>(bits); };
    const SignedBits c = read(divisor->constant), wanted = read(limit);
    if (c <= 1 || c > SignedBits{1} << 62) return nullptr;  // products fit
    const SignedBits lowest = is_signed ? read(Bits{1} << (width - 1)) : 0;
    const SignedBits highest = is_signed ? -(lowest + 1) : static_cast<SignedBits>(mask(width));
    const auto is_at_least = [&](SignedBits least) {
        if (least <= lowest) return true_;
        if (least > highest) return false_;
        const Kind less = is_signed ? Kind::signed_less : Kind::unsigned_less;
        return bit_not(binary(less, dividend, constant(static_cast<Bits>(least), width)));
    };
    if (kind == Kind::equal) {
        return both(is_at_least(least_with(wanted, c)), bit_not(is_at_least(least_with(wanted + 1, c))));
    }
    return is_left ? bit_not(is_at_least(least_with(wanted, c))) : is_at_least(least_with(wanted + 1, c));
}

}  // namespace gnomon::solver
