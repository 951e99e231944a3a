// The local search: what it finds satisfies everything, and it finds what Z3 is slow at.
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include "solver/walk.h"

#include <doctest/doctest.h>

#include <bit>

using namespace gnomon;
using solver::Bits;
using solver::Expression;
using solver::Expressions;
using solver::Kind;
using solver::Model;

namespace {

constexpr std::size_t work = 500'000;  // nodes

struct Question {
    Expressions expressions;
    std::vector<std::uint32_t> variables;
    std::vector<Expression> constraints;

    Expression variable(const std::string& name) {
        variables.push_back(static_cast<std::uint32_t>(variables.size()));
        return expressions.variable({name, 64, true, Bits{1} << 63, solver::mask(63), 0, false, nullptr});
    }
    Expression number(double value) { return expressions.constant(std::bit_cast<std::uint64_t>(value), 64); }
    Expression number(std::int64_t value) { return expressions.constant(static_cast<std::uint64_t>(value), 64); }

    bool is_found() const {
        const auto found = solver::walk(expressions, constraints, variables, Model(expressions), work);
        if (!found) return false;
        const Model model(Model(expressions), *found);
        for (const Expression constraint : constraints) CHECK(model.satisfies(constraint));
        return true;
    }
};

}  // namespace

TEST_CASE("a quotient of differences of floats is positive") {
    Question asked;
    Expressions& e = asked.expressions;
    const Expression low = asked.variable("low"), high = asked.variable("high"), count = asked.variable("count");
    const Expression width = e.binary(Kind::float_divide, e.binary(Kind::float_subtract, high, low),
                                      e.convert(Kind::signed_to_float, count, 64));
    asked.constraints = {
        e.bit_not(e.binary(Kind::float_equal, low, asked.number(-1.0))),
        e.binary(Kind::float_equal, high, asked.number(-1.0)),
        e.signed_less(asked.number(std::int64_t{0}), count),
        e.signed_less(count, asked.number(std::int64_t{1'000'000})),
        e.binary(Kind::float_less, asked.number(0.0), width),
    };
    CHECK(asked.is_found());
}

TEST_CASE("a value at the upper end of a range lands behind the last part of it") {
    Question asked;
    Expressions& e = asked.expressions;
    const Expression low = asked.variable("low"), high = asked.variable("high"), count = asked.variable("count"),
                     value = asked.variable("value");
    const Expression width = e.binary(Kind::float_divide, e.binary(Kind::float_subtract, high, low),
                                      e.convert(Kind::signed_to_float, count, 64));
    const Expression index = e.convert(
        Kind::float_to_signed, e.binary(Kind::float_divide, e.binary(Kind::float_subtract, value, low), width), 64);
    asked.constraints = {
        e.signed_less(asked.number(std::int64_t{0}), count),
        e.signed_less(count, asked.number(std::int64_t{1'000'000})),
        e.binary(Kind::float_less, asked.number(0.0), width),
        e.binary(Kind::float_less_equal, low, value),
        e.binary(Kind::float_less_equal, value, high),
        e.bit_not(e.signed_less(index, count)),
    };
    CHECK(asked.is_found());
}

TEST_CASE("a product wraps around to a small number") {
    Question asked;
    Expressions& e = asked.expressions;
    const Expression rows = asked.variable("rows"), columns = asked.variable("columns");
    const Expression size = e.multiply(e.multiply(rows, columns), asked.number(std::int64_t{8}));
    asked.constraints = {
        e.signed_less(asked.number(std::int64_t{1}), rows),
        e.signed_less(asked.number(std::int64_t{1}), columns),
        e.unsigned_less(size, asked.number(std::int64_t{1000})),
        e.unsigned_less(size, e.multiply(columns, asked.number(std::int64_t{8}))),
    };
    CHECK(asked.is_found());
}

TEST_CASE("what is impossible is not found") {
    Question asked;
    Expressions& e = asked.expressions;
    const Expression number = asked.variable("number");
    asked.constraints = {e.binary(Kind::float_less, number, number)};
    CHECK(!asked.is_found());
}
