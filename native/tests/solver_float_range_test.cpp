// Ranges of floats: whatever values satisfy a path, what intervals conclude from it is true of them.
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include "solver/float_range.h"

#include <doctest/doctest.h>

#include <array>
#include <bit>
#include <limits>
#include <random>

#include "solver/intervals.h"
#include "solver/model.h"

using namespace gnomon;
using solver::Bits;
using solver::Expression;
using solver::Expressions;
using solver::Kind;
using solver::Model;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

Bits bits_of(double value, unsigned width) {
    return width == 64 ? Bits{std::bit_cast<std::uint64_t>(value)}
                       : Bits{std::bit_cast<std::uint32_t>(static_cast<float>(value))};
}

// Random expressions over floats and integers of a width, and values for their variables.
class Sampler {
  public:
    Sampler(Expressions& expressions, unsigned width, unsigned seed)
        : expressions_(expressions), width_(width), random_(seed) {
        for (unsigned i = 0; i < 3; ++i) {
            add(false, bits_of(some(), width_), width_);
            const unsigned narrow = 1 + static_cast<unsigned>(random_() % width_);
            add(true, Bits{random_()} & solver::mask(i == 0 ? narrow : width_), i == 0 ? narrow : width_);
        }
    }

    const Model::Assignment& values() const { return values_; }

    Expression number(unsigned depth) {
        if (depth == 0 || random_() % 6 == 0) return leaf();
        static constexpr std::array kinds{Kind::float_add, Kind::float_subtract, Kind::float_multiply,
                                          Kind::float_divide};
        if (random_() % 8 == 0) {
            return expressions_.choose(condition(depth - 1), number(depth - 1), number(depth - 1));
        }
        return expressions_.binary(kinds[random_() % kinds.size()], number(depth - 1), number(depth - 1));
    }

    Expression condition(unsigned depth) {
        const Expression left = number(depth), right = number(depth);
        switch (random_() % 6) {
            case 0:
                return expressions_.binary(Kind::float_equal, left, right);
            case 1:
                return expressions_.binary(Kind::float_less_equal, left, right);
            case 2:  // isfinite
                return expressions_.unsigned_less(expressions_.extract(left, 0, width_ - 1),
                                                  expressions_.constant(bits_of(infinity, width_), width_ - 1));
            case 3: {
                const Kind kind = random_() % 2 == 0 ? Kind::float_to_signed : Kind::float_to_unsigned;
                const Expression whole = expressions_.convert(kind, left, width_);
                return expressions_.signed_less(whole, expressions_.constant(random_() % 8, width_));
            }
            default:
                return expressions_.binary(Kind::float_less, left, right);
        }
    }

  private:
    double some() {
        static constexpr std::array values{0.0,
                                           -0.0,
                                           1.0,
                                           -1.0,
                                           3.5,
                                           -2.25,
                                           1e-310,
                                           1e30,
                                           1e300,
                                           -1e300,
                                           infinity,
                                           -infinity,
                                           std::numeric_limits<double>::quiet_NaN()};
        return values[random_() % values.size()];
    }

    void add(bool is_integer, Bits value, unsigned wide) {
        const auto width = static_cast<std::uint16_t>(wide);
        const std::string name = "v" + std::to_string(values_.size());
        const Bits least = is_integer ? Bits{1} << (width - 1) : 0, most = solver::mask(width - (is_integer ? 1 : 0));
        variables_.push_back(expressions_.variable({name, width, is_integer, least, most, 0, false, nullptr}));
        values_.emplace_back(static_cast<std::uint32_t>(values_.size()), value);
    }

    Expression leaf() {
        if (random_() % 3 == 0) return expressions_.constant(bits_of(some(), width_), width_);
        const std::size_t number = random_() % variables_.size();
        if (number % 2 == 0) return variables_[number];
        const Kind kind = random_() % 2 == 0 ? Kind::signed_to_float : Kind::unsigned_to_float;
        return expressions_.convert(kind, variables_[number], width_);
    }

    Expressions& expressions_;
    unsigned width_;
    std::mt19937 random_;
    std::vector<Expression> variables_;
    Model::Assignment values_;
};

}  // namespace

TEST_CASE("what is concluded of floats is true of every value") {
    unsigned concluded = 0;
    for (unsigned seed = 0; seed < 20'000; ++seed) {
        Expressions expressions;
        Sampler sampler(expressions, seed % 2 == 0 ? 64 : 32, seed);
        const Model model(Model(expressions), sampler.values());
        std::vector<Expression> path;
        for (unsigned i = 0; i < 4; ++i) {
            const Expression condition = sampler.condition(1);
            path.push_back(model.satisfies(condition) ? condition : expressions.bit_not(condition));
        }
        const Expression asked = sampler.condition(3);
        const auto truth = solver::Intervals(expressions, path).truth(asked);
        if (!truth) continue;
        ++concluded;
        CHECK_MESSAGE(*truth == model.satisfies(asked), "seed ", seed);
    }
    CHECK(concluded > 500);
}

TEST_CASE("the difference of finite integers is finite") {
    Expressions expressions;
    const auto integer = [&](const char* name) {
        return expressions.convert(
            Kind::signed_to_float,
            expressions.variable({name, 64, true, Bits{1} << 63, solver::mask(63), 0, false, nullptr}), 64);
    };
    const Expression difference = expressions.binary(Kind::float_subtract, integer("a"), integer("b"));
    const Expression is_finite = expressions.unsigned_less(expressions.extract(difference, 0, 63),
                                                           expressions.constant(bits_of(infinity, 64), 63));
    CHECK(solver::Intervals(expressions, {}).truth(is_finite) == true);
}
