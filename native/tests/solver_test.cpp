#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include "solver/intervals.h"
#include "solver/query.h"

#include <doctest/doctest.h>

#include <bit>
#include <random>

#include "ir/semantics.h"

using namespace gnomon;
using solver::Bits;
using solver::Expression;
using solver::Expressions;
using solver::Kind;
using solver::Model;
using solver::Result;

namespace {

Expression variable(Expressions& expressions, const std::string& name, unsigned width) {
    return expressions.variable(
        {name, static_cast<std::uint16_t>(width), false, 0, solver::mask(width), 0, false, nullptr});
}

struct Session {
    Expressions expressions;
    std::atomic<bool> cancelled = false;
    solver::Backend backend;
    solver::Solver solver{expressions, backend, 2000, solver::Solver::Clock::now() + std::chrono::seconds(60),
                          cancelled};
    std::shared_ptr<const Model> plain = std::make_shared<Model>(expressions);

    solver::Reply possible(Expression condition, const std::vector<Expression>& path = {}) {
        return solver.possible(path, condition, plain);
    }
};

// A random expression of a width, with its value under x = 0x...; computed beside it without any simplification.
struct Sample {
    Expression expression = nullptr;
    Bits value = 0;
};

class Sampler {
  public:
    Sampler(Expressions& expressions, unsigned seed) : expressions_(expressions), random_(seed) {
        for (unsigned i = 0; i < 3; ++i) {
            variables_.push_back(variable(expressions, "x" + std::to_string(i), 32));
            values_.push_back(i == 0 ? random_() % 5 : random_());
        }
    }

    const std::vector<Expression>& variables() const { return variables_; }
    const std::vector<Bits>& values() const { return values_; }

    Sample sample(unsigned depth) {
        if (depth == 0 || random_() % 8 == 0) return leaf();
        switch (random_() % 4) {
            case 0:
                return choice(depth);
            case 1:
                return reshaped(depth);
            default:
                return binary(depth);
        }
    }

    Sample condition(unsigned depth) {
        static constexpr Kind kinds[] = {Kind::equal, Kind::unsigned_less, Kind::signed_less};
        const Kind kind = kinds[random_() % std::size(kinds)];
        const Sample left = sample(depth - 1), right = sample(depth - 1);
        Sample result{expressions_.binary(kind, left.expression, right.expression),
                      solver::fold(kind, 1, 32, 0, left.value, right.value, 0)};
        if (random_() % 2 == 0) result = {expressions_.bit_not(result.expression), result.value ^ 1};
        return result;
    }

  private:
    Sample leaf() {
        if (random_() % 2 == 0) {
            const std::size_t index = random_() % variables_.size();
            return {variables_[index], values_[index]};
        }
        static constexpr std::uint32_t corners[] = {0, 1, 2, 7, 255, 256, 0x7fffffff, 0x80000000, 0xffffffff, 4};
        const Bits value = corners[random_() % std::size(corners)];
        return {expressions_.constant(value, 32), value};
    }

    Sample binary(unsigned depth) {
        static constexpr Kind kinds[] = {Kind::add,
                                         Kind::subtract,
                                         Kind::multiply,
                                         Kind::bit_and,
                                         Kind::bit_or,
                                         Kind::bit_xor,
                                         Kind::shift_left,
                                         Kind::logical_shift_right,
                                         Kind::arithmetic_shift_right,
                                         Kind::unsigned_divide,
                                         Kind::signed_divide,
                                         Kind::unsigned_remainder,
                                         Kind::signed_remainder};
        const Kind kind = kinds[random_() % std::size(kinds)];
        const Sample left = sample(depth - 1), right = sample(depth - 1);
        return {expressions_.binary(kind, left.expression, right.expression),
                solver::fold(kind, 32, 32, 0, left.value, right.value, 0)};
    }

    Sample choice(unsigned depth) {
        const Sample chosen = condition(depth), left = sample(depth - 1), right = sample(depth - 1);
        return {expressions_.choose(chosen.expression, left.expression, right.expression),
                chosen.value != 0 ? left.value : right.value};
    }

    // Through 8, 16 or 64 bits and back.
    Sample reshaped(unsigned depth) {
        const Sample inner = sample(depth - 1);
        const unsigned low = random_() % 3 * 8;
        const Expression part = expressions_.extract(inner.expression, low, 8);
        const Bits part_value = (inner.value >> low) & 0xff;
        switch (random_() % 3) {
            case 0:
                return {expressions_.zero_extend(part, 32), part_value};
            case 1:
                return {expressions_.extract(expressions_.sign_extend(part, 64), 0, 32),
                        static_cast<Bits>(solver::as_signed(part_value, 8)) & solver::mask(32)};
            default: {
                const Expression rest = expressions_.extract(inner.expression, 0, 24);
                return {expressions_.concatenate(part, rest), (part_value << 24) | (inner.value & solver::mask(24))};
            }
        }
    }

    Expressions& expressions_;
    std::mt19937 random_;
    std::vector<Expression> variables_;
    std::vector<Bits> values_;
};

}  // namespace

TEST_CASE("equal expressions are one node") {
    Expressions expressions;
    const Expression x = variable(expressions, "x", 32), one = expressions.constant(1, 32);
    CHECK(expressions.add(x, one) == expressions.add(one, x));
    CHECK(expressions.subtract(expressions.add(x, one), x) == one);
    CHECK(expressions.equal(expressions.add(x, one), one) == expressions.equal(x, expressions.constant(0, 32)));
    CHECK(expressions
              .unsigned_less(expressions.zero_extend(expressions.extract(x, 0, 8), 32), expressions.constant(256, 32))
              ->is_true());
}

TEST_CASE("a value that goes through bytes comes back as itself") {
    Expressions expressions;
    const Expression x = variable(expressions, "x", 64);
    Expression joined = expressions.extract(x, 0, 8);
    for (unsigned i = 1; i < 8; ++i) joined = expressions.concatenate(expressions.extract(x, 8 * i, 8), joined);
    CHECK(joined == x);
}

TEST_CASE("simplification keeps the value") {
    for (unsigned seed = 0; seed < 3000; ++seed) {
        Expressions expressions;
        Sampler sampler(expressions, seed);
        const Sample sample = sampler.sample(5);
        Model::Assignment assignment;
        for (std::uint32_t i = 0; i < sampler.values().size(); ++i) assignment.emplace_back(i, sampler.values()[i]);
        const Model model(Model(expressions), assignment);
        CAPTURE(seed);
        REQUIRE(model.evaluate(sample.expression) == sample.value);
        REQUIRE(sample.expression->minimum <= sample.value);
        REQUIRE(sample.expression->maximum >= sample.value);
    }
}

TEST_CASE("Z3 agrees with the evaluation") {
    for (unsigned seed = 0; seed < 60; ++seed) {
        Session session;
        Sampler sampler(session.expressions, seed);
        const Sample sample = sampler.sample(3);
        std::vector<Expression> path;
        for (std::size_t i = 0; i < sampler.values().size(); ++i) {
            path.push_back(session.expressions.equal(sampler.variables()[i],
                                                     session.expressions.constant(sampler.values()[i], 32)));
        }
        Model::Assignment assignment;
        for (std::uint32_t i = 0; i < sampler.values().size(); ++i) assignment.emplace_back(i, sampler.values()[i]);
        const auto known = std::make_shared<Model>(Model(session.expressions), assignment);
        const Expression differs = session.expressions.bit_not(
            session.expressions.equal(sample.expression, session.expressions.constant(sample.value, 32)));
        CAPTURE(seed);
        CHECK(session.solver.possible(path, differs, known).result == Result::unsatisfiable);
    }
}

TEST_CASE("operators on constants are those of the interpreter") {
    const ir::Scalar i32{ir::Scalar::Kind::integer, 32, true}, f64{ir::Scalar::Kind::floating, 64, true};
    std::mt19937_64 random(7);
    for (unsigned round = 0; round < 2000; ++round) {
        const std::uint64_t left = random() & i32.mask(),
                            right = (random() % 4 == 0 ? random() % 8 : random()) & i32.mask();
        const auto same = [&](ir::BinaryOperator op, Kind kind) {
            const auto expected = ir::evaluate(op, i32, i32, left, right);
            if (expected) CHECK(*expected == static_cast<std::uint64_t>(solver::fold(kind, 32, 32, 0, left, right, 0)));
        };
        same(ir::BinaryOperator::add, Kind::add);
        same(ir::BinaryOperator::multiply, Kind::multiply);
        same(ir::BinaryOperator::divide, Kind::signed_divide);
        same(ir::BinaryOperator::remainder, Kind::signed_remainder);
        const double a = std::bit_cast<double>(random()), b = std::bit_cast<double>(random());
        const std::uint64_t bits_a = std::bit_cast<std::uint64_t>(a), bits_b = std::bit_cast<std::uint64_t>(b);
        CHECK(*ir::evaluate(ir::BinaryOperator::multiply, f64, f64, bits_a, bits_b) ==
              static_cast<std::uint64_t>(solver::fold(Kind::float_multiply, 64, 64, 0, bits_a, bits_b, 0)));
        if (const auto whole = ir::convert(f64, i32, bits_a)) {
            CHECK(*whole == static_cast<std::uint64_t>(solver::fold(Kind::float_to_signed, 32, 64, 0, bits_a, 0, 0)));
        }
    }
}

TEST_CASE("questions are answered, and the same question is asked once") {
    Session session;
    Expressions& e = session.expressions;
    const Expression x = variable(e, "x", 32), y = variable(e, "y", 32);
    constexpr Bits prime = 46337;
    const std::vector<Expression> path{e.unsigned_less(x, e.constant(60000, 32)),
                                       e.unsigned_less(y, e.constant(5, 32))};
    const Expression is_root = e.equal(e.multiply(x, x), e.constant(prime * prime, 32));
    const solver::Reply reply = session.possible(is_root, path);
    REQUIRE(reply.result == Result::satisfiable);
    CHECK(reply.model->evaluate(x) == prime);
    CHECK(session.possible(is_root, path).result == Result::satisfiable);
    CHECK(session.solver.statistics().solver_queries == 1);
    CHECK(session.solver.statistics().cache_hits == 1);
    CHECK(session.possible(e.unsigned_less(e.constant(59999, 32), x), path).result == Result::unsatisfiable);
    CHECK(session.solver.statistics().interval_hits == 1);
    CHECK(session.possible(e.unsigned_less(e.constant(prime, 32), x), path).result == Result::satisfiable);
    CHECK(session.solver.statistics().solver_queries == 1);
}

TEST_CASE("what intervals conclude from a path is true on it") {
    unsigned concluded = 0;
    for (unsigned seed = 0; seed < 20000; ++seed) {
        Expressions expressions;
        Sampler sampler(expressions, seed);
        std::vector<Expression> path;
        for (unsigned i = 0; i < 4; ++i) {
            const Sample sample = sampler.condition(1 + i % 3);
            const Expression holds = sample.value != 0 ? sample.expression : expressions.bit_not(sample.expression);
            if (!holds->is_constant()) path.push_back(holds);
        }
        const Sample asked = sampler.condition(3);
        if (asked.expression->is_constant()) continue;
        const auto truth = solver::Intervals(expressions, path).truth(asked.expression);
        CAPTURE(seed);
        if (!truth) continue;
        ++concluded;
        REQUIRE(*truth == (asked.value != 0));
    }
    CHECK(concluded > 100);
}

TEST_CASE("a variable stays in its range") {
    Session session;
    Expressions& e = session.expressions;
    const Expression n = e.variable({"n", 32, true, static_cast<Bits>(-3) & solver::mask(32), 5, 0, false, nullptr});
    CHECK(session.possible(e.signed_less(e.constant(5, 32), n)).result == Result::unsatisfiable);
    const solver::Reply reply = session.possible(e.signed_less(n, e.constant(static_cast<Bits>(-2), 32)));
    REQUIRE(reply.result == Result::satisfiable);
    CHECK(reply.model->evaluate(n) == (static_cast<Bits>(-3) & solver::mask(32)));
}

TEST_CASE("floats of inputs are solved") {
    Session session;
    Expressions& e = session.expressions;
    const Expression x = variable(e, "x", 64);
    const auto number = [&](double value) { return e.constant(std::bit_cast<std::uint64_t>(value), 64); };
    const Expression doubled = e.binary(Kind::float_add, x, x);
    const solver::Reply reply = session.possible(e.binary(Kind::float_equal, doubled, number(3.0)));
    REQUIRE(reply.result == Result::satisfiable);
    CHECK(std::bit_cast<double>(static_cast<std::uint64_t>(reply.model->evaluate(x))) == 1.5);
}

TEST_CASE("a float of an input becomes an integer") {
    Session session;
    Expressions& e = session.expressions;
    const Expression x = variable(e, "x", 64);
    const auto number = [&](double value) { return e.constant(std::bit_cast<std::uint64_t>(value), 64); };
    const std::vector<Expression> path{e.bit_not(e.binary(Kind::float_less, x, number(0.0))),
                                       e.binary(Kind::float_less, x, number(10.0))};
    const Expression whole = e.convert(Kind::float_to_signed, x, 32);
    const solver::Reply reply = session.possible(e.equal(whole, e.constant(9, 32)), path);
    REQUIRE(reply.result == Result::satisfiable);
    CHECK(reply.model->evaluate(whole) == 9);
    CHECK(session.possible(e.signed_less(e.constant(9, 32), whole), path).result == Result::unsatisfiable);
}

TEST_CASE("what is impossible without a product is not asked with it") {
    Session session;
    Expressions& e = session.expressions;
    constexpr std::uint64_t first = 4294967291, second = 4294967279;  // primes
    const Bits most = solver::mask(64);
    const Expression x = e.variable({"x", 64, false, 0, most, first, false, nullptr});
    const Expression y = e.variable({"y", 64, false, 0, most, second, false, nullptr});
    const Expression z = e.variable({"z", 64, false, 0, most, 1, false, nullptr});
    const Expression product = e.equal(e.multiply(x, y), e.constant(Bits{first} * second, 64));
    const Expression sum = e.unsigned_less(e.bit_not(e.binary(Kind::bit_xor, z, x)), e.add(y, z));
    const solver::Reply reply = session.possible(e.unsigned_less(x, z), {product, sum, e.unsigned_less(z, x)});
    CHECK(reply.result == Result::unsatisfiable);
    CHECK(session.solver.statistics().solver_seconds < 1);
}

TEST_CASE("nothing is asked after cancellation") {
    Session session;
    session.cancelled = true;
    const Expression x = variable(session.expressions, "x", 32);
    constexpr Bits prime = 46337;
    const Expression condition =
        session.expressions.equal(session.expressions.multiply(x, x), session.expressions.constant(prime * prime, 32));
    CHECK(session.possible(condition).result == Result::unknown);
}
