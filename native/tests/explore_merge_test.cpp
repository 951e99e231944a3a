// Sides of branches that become one path again.
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>

#include "tests/program_builder.h"

using namespace gnomon;
using namespace gnomon::building;

namespace {

// Begins the side of a branch that is taken where the condition holds; end_side() joins it with the other one.
BlockId begin_side(Builder& b, RegisterId condition) {
    const auto side = static_cast<std::uint32_t>(b.f().blocks.size());
    b.add(ir::Branch{of(condition), b.integer, BlockId{side}, BlockId{side + 1}});
    return b.block();
}

void end_side(Builder& b) {
    b.add(ir::Jump{BlockId{static_cast<std::uint32_t>(b.f().blocks.size())}});
    b.block();
}

void add(Builder& b, RegisterId sum, std::uint64_t number) {
    b.add(ir::Binary{sum, BinaryOperator::add, of(sum), constant(number), b.integer, b.integer});
}

}  // namespace

TEST_CASE("independent conditions do not multiply paths") {
    constexpr std::uint64_t conditions = 16;
    for (const bool is_fixed : {false, true}) {
        Builder b;
        const ir::FunctionId entry = b.begin();
        const RegisterId tmp = b.local(is_fixed ? conditions + 1 : conditions);
        const RegisterId count = b.reg(b.integer);
        for (std::uint64_t i = 0; i < conditions; ++i) {
            const RegisterId x = b.input("x" + std::to_string(i));
            begin_side(b, b.compare(BinaryOperator::equal, of(x), constant(7 + i), b.integer));
            add(b, count, 1);
            end_side(b);
        }
        const ir::Site store = b.add(ir::Store{of(b.element(tmp, of(count), b.integer)), constant(0), b.character, {}});
        b.add(ir::Return{});
        const explore::Exploration exploration = b.explored(entry, store, "bounds.write");
        CHECK(exploration.statistics.paths <= 2);
        const explore::Verdict& verdict = exploration.verdicts[0];
        if (is_fixed) {
            CHECK(verdict.answer == Answer::proved);
            continue;
        }
        b.confirm(entry, verdict);
        for (std::uint64_t i = 0; i < conditions; ++i) CHECK(integer_of(verdict, i) == 7 + i);
    }
}

TEST_CASE("numbers in memory become choices, too") {
    Builder b;
    const ir::FunctionId entry = b.begin();
    const RegisterId number = b.local(4), tmp = b.local(500);
    b.add(ir::Store{of(number), constant(3), b.integer, {}});
    const RegisterId x = b.input("x");
    begin_side(b, b.compare(BinaryOperator::less, of(x), constant(10), b.integer));
    b.add(ir::Store{of(number), constant(500), b.integer, {}});
    end_side(b);
    const RegisterId loaded = b.reg(b.integer);
    b.add(ir::Load{loaded, of(number), b.integer, {}});
    const ir::Site store = b.add(ir::Store{of(b.element(tmp, of(loaded), b.integer)), constant(0), b.character, {}});
    b.add(ir::Return{});
    const explore::Exploration exploration = b.explored(entry, store, "bounds.write");
    b.confirm(entry, exploration.verdicts[0]);
    CHECK(exploration.statistics.paths <= 2);
}

TEST_CASE("what a side assumes holds on that side only") {
    // Where c is 0, nobody has looked at i before the second store.
    Builder b;
    const ir::FunctionId entry = b.begin();
    const RegisterId small = b.local(4), large = b.local(8);
    const RegisterId c = b.input("c", 0, 1), i = b.input("i", 0, 8);
    begin_side(b, b.compare(BinaryOperator::not_equal, of(c), constant(0), b.integer));
    b.add(ir::Store{of(b.element(small, of(i), b.integer)), constant(1), b.character, {}});
    end_side(b);
    const ir::Site store = b.add(ir::Store{of(b.element(large, of(i), b.integer)), constant(1), b.character, {}});
    const RegisterId both = b.binary(BinaryOperator::multiply, of(c), of(i), b.integer);
    const ir::Site scaled = b.add(ir::Store{of(b.element(small, of(both), b.integer)), constant(1), b.character, {}});
    b.add(ir::Return{});
    const explore::Verdict verdict = b.verdict(entry, store, "bounds.write");
    b.confirm(entry, verdict);
    CHECK(integer_of(verdict, 0) == 0);
    CHECK(integer_of(verdict, 1) == 8);
    CHECK(b.verdict(entry, scaled, "bounds.write").answer == Answer::proved);
}

TEST_CASE("a value that only one side sets is read undefined behind the other") {
    for (const bool is_fixed : {false, true}) {
        Builder b;
        const ir::FunctionId entry = b.begin();
        const RegisterId c = b.input("c", 0, 1), x = b.reg(b.integer, true);
        const RegisterId is_set = b.compare(BinaryOperator::not_equal, of(c), constant(0), b.integer);
        begin_side(b, is_set);
        b.add(ir::Move{x, constant(1), b.integer});
        end_side(b);
        if (is_fixed) begin_side(b, is_set);
        const auto next = static_cast<std::uint32_t>(b.f().blocks.size());
        const ir::Site branch = b.add(ir::Branch{of(x), b.integer, BlockId{next}, BlockId{next}});
        b.block();
        if (is_fixed) end_side(b);
        b.add(ir::Return{});
        const explore::Verdict verdict = b.verdict(entry, branch, "defined.read");
        if (is_fixed) {
            CHECK(verdict.answer == Answer::proved);
            continue;
        }
        b.confirm(entry, verdict);
        CHECK(integer_of(verdict) == 0);
    }
}

TEST_CASE("pointers to different objects stay apart") {
    Builder b;
    const ir::FunctionId entry = b.begin();
    const RegisterId small = b.local(4), large = b.local(8), place = b.reg(b.pointer);
    const RegisterId c = b.input("c", 0, 1);
    b.add(ir::Move{place, of(large), b.pointer});
    begin_side(b, b.compare(BinaryOperator::not_equal, of(c), constant(0), b.integer));
    b.add(ir::Move{place, of(small), b.pointer});
    end_side(b);
    const ir::Site store = b.add(ir::Store{of(b.element(place, constant(6), b.integer)), constant(1), b.character, {}});
    b.add(ir::Return{});
    const explore::Verdict verdict = b.verdict(entry, store, "bounds.write");
    b.confirm(entry, verdict);
    CHECK(integer_of(verdict) == 1);
}
