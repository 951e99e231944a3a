// Floats that hold integers, and quotients by constants, are rewritten: the value must stay.
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <limits>
#include <random>

#include "solver/expression.h"
#include "solver/model.h"

using namespace gnomon;
using solver::Bits;
using solver::Expression;
using solver::Expressions;
using solver::Kind;
using solver::Model;

namespace {

constexpr Kind comparisons[] = {Kind::float_equal, Kind::float_less, Kind::float_less_equal};

Bits bits_of(double value) { return std::bit_cast<std::uint64_t>(value); }

bool compared(Kind kind, double left, double right) {
    if (kind == Kind::float_equal) return left == right;
    return kind == Kind::float_less ? left < right : left <= right;
}

// Two integers of 32 bits, among them those at the edges, and what the rewritten expressions say of them.
struct Numbers {
    Expressions expressions;
    Expression x = variable("x", 32), y = variable("y", 32);
    std::mt19937 random{7};
    std::int32_t a = 0, b = 0;

    Expression variable(const std::string& name, std::uint16_t width) {
        return expressions.variable({name, width, false, 0, solver::mask(width), 0, false, nullptr});
    }
    Expression constant(double value) { return expressions.constant(bits_of(value), 64); }
    Expression as_float(Expression integer) { return expressions.convert(Kind::signed_to_float, integer, 64); }
    std::int32_t any() {
        const std::int32_t edges[] = {0,
                                      1,
                                      -1,
                                      2,
                                      7,
                                      -7,
                                      999,
                                      -1,
                                      1000,
                                      1001,
                                      -1000,
                                      999999,
                                      1 << 30,
                                      std::numeric_limits<std::int32_t>::min(),
                                      std::numeric_limits<std::int32_t>::max()};
        const std::uint32_t chosen = random();
        return random() % 2 != 0 ? edges[chosen % std::size(edges)] : static_cast<std::int32_t>(chosen);
    }
    void choose() {
        a = any();
        b = any();
    }
    Bits value(Expression expression) {
        const Model::Assignment chosen{{static_cast<std::uint32_t>(x->constant), static_cast<std::uint32_t>(a)},
                                       {static_cast<std::uint32_t>(y->constant), static_cast<std::uint32_t>(b)}};
        return Model(Model(expressions), chosen).evaluate(expression);
    }
};

}  // namespace

TEST_CASE("floats that hold integers are compared, added and converted as integers") {
    Numbers n;
    const double limits[] = {
        0,     -0.0,     0.5,       -0.5,        7, -7.25, 2147483647.0, -2147483648.5, 1e18, -1e18, 4503599627370496.0,
        1e300, HUGE_VAL, -HUGE_VAL, std::nan("")};
    for (unsigned round = 0; round < 400; ++round) {
        n.choose();
        const Expression f = n.as_float(n.x), g = n.as_float(n.y);
        const Expression sum = n.expressions.binary(Kind::float_add, f, g);
        CHECK(n.value(sum) == bits_of(double{0} + n.a + double(n.b)));
        CHECK(n.value(n.expressions.binary(Kind::float_subtract, f, g)) == bits_of(double(n.a) - n.b));
        CHECK(n.value(n.expressions.convert(Kind::float_to_signed, sum, 64)) ==
              static_cast<std::uint64_t>(std::int64_t{n.a} + n.b));
        for (const Kind kind : comparisons) {
            CHECK(n.value(n.expressions.binary(kind, f, g)) == compared(kind, n.a, n.b));
            for (const double limit : limits) {
                CHECK(n.value(n.expressions.binary(kind, f, n.constant(limit))) == compared(kind, n.a, limit));
                CHECK(n.value(n.expressions.binary(kind, n.constant(limit), f)) == compared(kind, limit, n.a));
            }
        }
    }
}

TEST_CASE("rounded quotients compare and convert like exact ones") {
    Numbers n;
    for (const double divisor : {1.0, -1.0, 2.0, 3.0, -3.0, 10.0, 1000.0, -1000.0, 1048575.0}) {
        for (unsigned round = 0; round < 200; ++round) {
            n.choose();
            const Expression quotient = n.expressions.binary(Kind::float_divide, n.as_float(n.x), n.constant(divisor));
            const Expression whole = n.expressions.convert(Kind::float_to_signed, quotient, 64);
            CHECK(n.value(whole) == static_cast<std::uint64_t>(static_cast<std::int64_t>(n.a / divisor)));
            const Expression back = n.as_float(whole);
            CHECK(n.value(back) == bits_of(static_cast<double>(static_cast<std::int64_t>(n.a / divisor))));
            for (const Kind kind : comparisons) {
                const double exact = static_cast<double>(static_cast<std::int64_t>(n.a / divisor));
                CHECK(n.value(n.expressions.binary(kind, quotient, back)) == compared(kind, n.a / divisor, exact));
                CHECK(n.value(n.expressions.binary(kind, back, quotient)) == compared(kind, exact, n.a / divisor));
                CHECK(n.value(n.expressions.binary(kind, quotient, n.as_float(n.y))) ==
                      compared(kind, n.a / divisor, n.b));
                for (const double limit : {0.0, 2147483648.0, 4294967296.0, -1e10, 1e10, 0.25})
                    CHECK(n.value(n.expressions.binary(kind, quotient, n.constant(limit))) ==
                          compared(kind, n.a / divisor, limit));
            }
        }
    }
}

TEST_CASE("what floor chooses among compares and converts like integers") {
    Numbers n;
    for (const bool is_positive : {false, true}) {
        const Expression dividend =
            is_positive ? n.expressions.zero_extend(n.expressions.extract(n.x, 0, 31), 32) : n.x;
        for (const double divisor : {1.0, -1.0, 3.0, -3.0, 1000.0, -1000.0, 1048575.0}) {
            const Expression quotient =
                n.expressions.binary(Kind::float_divide, n.as_float(dividend), n.constant(divisor));
            const Expression whole = n.as_float(n.expressions.convert(Kind::float_to_signed, quotient, 64));
            const Expression one_less = n.expressions.binary(Kind::float_subtract, whole, n.constant(1));
            const Expression is_less = n.expressions.binary(Kind::float_less, quotient, whole);
            const Expression is_equal = n.expressions.binary(Kind::float_equal, whole, quotient);
            const Expression floor =
                n.expressions.choose(is_equal, quotient, n.expressions.choose(is_less, one_less, whole));
            for (unsigned round = 0; round < 200; ++round) {
                n.choose();
                const double exact = std::floor((is_positive ? n.a & 0x7fffffff : n.a) / divisor);
                const auto integer = static_cast<std::uint32_t>(static_cast<std::int64_t>(exact));
                CHECK(n.value(n.expressions.convert(Kind::float_to_signed, floor, 32)) == integer);
                for (const double limit : {exact, exact + 1, exact - 0.5, 0.0, -0.0, 7.0, 1e300, std::nan("")}) {
                    for (const Kind kind : comparisons) {
                        CHECK(n.value(n.expressions.binary(kind, floor, n.constant(limit))) ==
                              compared(kind, exact, limit));
                        CHECK(n.value(n.expressions.binary(kind, n.constant(limit), floor)) ==
                              compared(kind, limit, exact));
                    }
                }
            }
        }
    }
}

TEST_CASE("quotients of integers by constants are ranges of the dividend") {
    Numbers n;
    for (unsigned round = 0; round < 4000; ++round) {
        n.choose();
        const std::int32_t c = n.any(), k = n.random() % 2 != 0 ? n.any() : n.a / (c == 0 ? 1 : c | 1);
        if (c == 0 || (c == -1 && n.a == std::numeric_limits<std::int32_t>::min())) continue;
        const auto unsigned_c = static_cast<std::uint32_t>(c), unsigned_a = static_cast<std::uint32_t>(n.a);
        const Expression divisor = n.expressions.constant(unsigned_c, 32);
        const Expression limit = n.expressions.constant(static_cast<std::uint32_t>(k), 32);
        const Expression quotient = n.expressions.binary(Kind::signed_divide, n.x, divisor);
        CHECK(n.value(n.expressions.equal(quotient, limit)) == (n.a / c == k));
        CHECK(n.value(n.expressions.signed_less(quotient, limit)) == (n.a / c < k));
        CHECK(n.value(n.expressions.signed_less(limit, quotient)) == (k < n.a / c));
        const Expression other = n.expressions.binary(Kind::unsigned_divide, n.x, divisor);
        const std::uint32_t ratio = unsigned_a / unsigned_c, unsigned_k = static_cast<std::uint32_t>(k);
        CHECK(n.value(n.expressions.equal(other, limit)) == (ratio == unsigned_k));
        CHECK(n.value(n.expressions.unsigned_less(other, limit)) == (ratio < unsigned_k));
        CHECK(n.value(n.expressions.unsigned_less(limit, other)) == (unsigned_k < ratio));
    }
}
