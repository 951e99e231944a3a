// Loops of which any number of turns are passed at once.
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>

#include "tests/program_builder.h"

using namespace gnomon;
using namespace gnomon::building;

TEST_CASE("any number of turns is passed at once") {
    for (const bool is_fixed : {false, true}) {
        Builder b;
        const ir::FunctionId entry = b.begin();
        const RegisterId n = b.input("n");
        const RegisterId tmp = b.local(1'000'000);
        const RegisterId i = b.reg(b.integer);
        b.add(ir::Jump{BlockId{1}});
        b.block();  // 1: the head
        const BinaryOperator less = is_fixed ? BinaryOperator::less : BinaryOperator::less_equal;
        const RegisterId in_n = b.compare(less, of(i), of(n), b.integer);
        b.add(ir::Branch{of(in_n), b.integer, BlockId{2}, BlockId{4}});
        b.block();  // 2: n is looked at, in vain where it is the wrong end
        const RegisterId in_tmp = b.compare(BinaryOperator::less_equal, of(n), constant(1'000'000), b.integer);
        b.add(ir::Branch{of(in_tmp), b.integer, BlockId{3}, BlockId{4}});
        b.block();  // 3
        const ir::Site store = b.add(ir::Store{of(b.element(tmp, of(i), b.integer)), constant(0), b.character, {}});
        b.add(ir::Binary{i, BinaryOperator::add, of(i), constant(1), b.integer, b.integer});
        b.add(ir::Jump{BlockId{1}});
        b.block();  // 4
        b.add(ir::Return{});
        const explore::Verdict verdict = b.verdict(entry, store, "bounds.write");
        if (is_fixed) {
            CHECK(verdict.answer == Answer::proved);
            continue;
        }
        b.confirm(entry, verdict);
        CHECK(integer_of(verdict) == 1'000'000);
    }
}

TEST_CASE("what a loop carries from turn to turn may be anything") {
    // x = 3 x + 1, a million times, is below 5 only at first: no proof may come from the first turn.
    Builder b;
    const ir::FunctionId entry = b.begin();
    const RegisterId tmp = b.local(5);
    const RegisterId i = b.reg(b.integer), x = b.reg(b.size);
    b.add(ir::Jump{BlockId{1}});
    b.block();
    const ir::Site store = b.add(ir::Store{of(b.element(tmp, of(x), b.size)), constant(0), b.character, {}});
    const RegisterId tripled = b.binary(BinaryOperator::multiply, of(x), constant(3), b.size);
    b.add(ir::Binary{x, BinaryOperator::add, of(tripled), constant(1), b.size, b.size});
    b.add(ir::Binary{i, BinaryOperator::add, of(i), constant(1), b.integer, b.integer});
    const RegisterId more = b.compare(BinaryOperator::less, of(i), constant(1'000'000), b.integer);
    b.add(ir::Branch{of(more), b.integer, BlockId{1}, BlockId{2}});
    b.block();
    b.add(ir::Return{});
    b.confirm(entry, b.verdict(entry, store, "bounds.write"));
}
