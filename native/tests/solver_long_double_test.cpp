#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <limits>
#include <random>

#include "ir/decimal.h"
#include "ir/extended.h"
#include "solver/query.h"

using namespace gnomon;
using ir::Extended;
using ir::ExtendedOperation;
using solver::Bits;
using solver::Expression;
using solver::Expressions;
using solver::Kind;
using solver::Result;

namespace {

constexpr unsigned width = 80;

Bits bits_of(Extended number) { return Bits{number.sign_exponent} << 64 | number.significand; }
Bits bits_of(long double number) { return bits_of(ir::extended_of(number)); }

Expression variable(Expressions& expressions, const std::string& name, unsigned bits) {
    return expressions.variable(
        {name, static_cast<std::uint16_t>(bits), false, 0, solver::mask(bits), 0, false, nullptr});
}

struct Session {
    Expressions expressions;
    std::atomic<bool> cancelled = false;
    solver::Backend backend;
    solver::Solver solver{expressions, backend, 20000, solver::Solver::Clock::now() + std::chrono::seconds(60),
                          cancelled};
    std::shared_ptr<const solver::Model> plain = std::make_shared<solver::Model>(expressions);

    solver::Reply possible(Expression condition) { return solver.possible({}, condition, plain); }
    Expression number(long double value) { return expressions.constant(bits_of(value), width); }
};

Extended random_number(std::mt19937_64& random) {
    const auto exponent = static_cast<std::uint16_t>(random() % 3 == 0 ? random() : 0x3ff0 + random() % 32);
    const bool is_small = (exponent & 0x7fff) == 0;
    return {(random() & ~std::uint64_t{0} >> 1) | std::uint64_t{!is_small} << 63, exponent};
}

}  // namespace

TEST_CASE("a long double has one encoding") {
    CHECK(ir::extended_of(1.0L) == Extended{std::uint64_t{1} << 63, 0x3fff});
    CHECK(ir::extended_of(-0.0L) == Extended{0, 0x8000});
    CHECK(ir::is_canonical(ir::extended_of(std::numeric_limits<long double>::infinity())));
    CHECK(ir::is_canonical(ir::extended_of(std::numeric_limits<long double>::denorm_min())));
    for (const Extended other : {Extended{1, 0x3fff}, Extended{std::uint64_t{1} << 63, 0}, Extended{0, 0x7fff}}) {
        CHECK_FALSE(ir::is_canonical(other));
        CHECK_FALSE(ir::evaluate(ExtendedOperation::add, other, {}));
        CHECK_FALSE(ir::evaluate(ExtendedOperation::less, {}, other));
        CHECK_FALSE(ir::evaluate(ExtendedOperation::to_double, other, {}));
    }
}

TEST_CASE("integers out of their range have no value") {
    const auto whole = [](ExtendedOperation op, long double number, unsigned bits) {
        return ir::evaluate(op, ir::extended_of(number), {bits, 0});
    };
    CHECK(whole(ExtendedOperation::to_signed, 9223372036854775807.0L, 64)->significand == ~std::uint64_t{0} >> 1);
    CHECK_FALSE(whole(ExtendedOperation::to_signed, 9223372036854775808.0L, 64));
    CHECK_FALSE(whole(ExtendedOperation::to_signed, -9223372036854775809.0L, 64));
    CHECK(whole(ExtendedOperation::to_signed, -128.9L, 8)->significand == 0x80);
    CHECK(whole(ExtendedOperation::to_unsigned, -0.9L, 8)->significand == 0);
    CHECK(whole(ExtendedOperation::to_unsigned, 18446744073709551615.0L, 64)->significand == ~std::uint64_t{0});
    CHECK_FALSE(whole(ExtendedOperation::to_unsigned, -1.0L, 8));
    CHECK_FALSE(whole(ExtendedOperation::to_signed, std::numeric_limits<long double>::quiet_NaN(), 32));
}

TEST_CASE("texts are read and written with all digits") {
    CHECK(ir::value_of(ir::extended_from_text("0.1")) == 0.1L);
    CHECK(ir::extended_as_text(ir::extended_of(-0.1L), 'f', false, 25) == "0.1000000000000000000013553");
}

TEST_CASE("operators on constants are those of the interpreter, and of Z3") {
    Session session;
    Expressions& e = session.expressions;
    const Expression x = variable(e, "x", width), y = variable(e, "y", width);
    std::mt19937_64 random(7);
    constexpr std::pair<ExtendedOperation, Kind> operators[] = {
        {ExtendedOperation::add, Kind::float_add},
        {ExtendedOperation::subtract, Kind::float_subtract},
        {ExtendedOperation::multiply, Kind::float_multiply},
        {ExtendedOperation::divide, Kind::float_divide},
        {ExtendedOperation::equal, Kind::float_equal},
        {ExtendedOperation::less, Kind::float_less},
        {ExtendedOperation::less_equal, Kind::float_less_equal}};
    for (unsigned round = 0; round < 300; ++round) {
        const Extended left = random_number(random), right = random_number(random);
        for (const auto& [operation, kind] : operators) {
            const Extended expected = *ir::evaluate(operation, left, right);
            const bool is_number = !std::isnan(ir::value_of(expected));
            const unsigned bits = kind >= Kind::float_equal ? 1 : width;
            CHECK(solver::fold(kind, bits, width, 0, bits_of(left), bits_of(right), 0) == bits_of(expected));
            if (round >= 10 || !is_number) continue;
            const Expression result = e.binary(kind, x, y);
            const Expression differs = e.bit_not(e.equal(result, e.constant(bits_of(expected), result->width)));
            const Expression given =
                e.both(e.equal(x, e.constant(bits_of(left), width)), e.equal(y, e.constant(bits_of(right), width)));
            CHECK(session.possible(e.both(given, differs)).result == Result::unsatisfiable);
        }
    }
}

TEST_CASE("conversions of inputs are solved exactly") {
    Session session;
    Expressions& e = session.expressions;
    const Expression n = variable(e, "n", 64), x = variable(e, "x", 64);
    const Expression number = e.convert(Kind::signed_to_float, n, width);
    const auto reply = session.possible(e.binary(Kind::float_equal, number, session.number(9223372036854775807.0L)));
    REQUIRE(reply.result == Result::satisfiable);
    CHECK(reply.model->evaluate(n) == ~std::uint64_t{0} >> 1);
    const Expression back = e.convert(Kind::float_to_signed, number, 64);
    CHECK(session.possible(e.bit_not(e.equal(back, n))).result == Result::unsatisfiable);
    // No double lies between two that are next to each other.
    const Expression wide = e.convert(Kind::float_to_float, x, width);
    CHECK(session.possible(e.binary(Kind::float_equal, wide, session.number(0.1L))).result == Result::unsatisfiable);
    CHECK(session.possible(e.binary(Kind::float_equal, wide, session.number(0.1))).result == Result::satisfiable);
}

TEST_CASE("what was exact on the way is left out") {
    Expressions e;
    const Expression x = variable(e, "x", 64), n = variable(e, "n", 32);
    const Expression wide = e.convert(Kind::float_to_float, x, width);
    const auto constant = [&](long double value) { return e.constant(bits_of(value), width); };
    CHECK(e.binary(Kind::float_less, wide, constant(0.5L))->children[0] == x);
    CHECK(e.binary(Kind::float_less, wide, constant(0.1L))->children[0] == wide);
    CHECK(e.convert(Kind::float_to_signed, wide, 32)->children[0] == x);
    CHECK(e.convert(Kind::signed_to_float, e.sign_extend(n, 64), width)->children[0] == n);
    CHECK(e.convert(Kind::signed_to_float, e.zero_extend(n, 64), width)->kind == Kind::unsigned_to_float);
}
