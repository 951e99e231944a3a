#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>

#include "tests/program_builder.h"

using namespace gnomon;
using namespace gnomon::building;

TEST_CASE("the element before the first") {
    for (const bool is_fixed : {false, true}) {
        Builder b;
        const ir::FunctionId entry = b.begin();
        const RegisterId n = b.input("n");
        const RegisterId tmp = b.local(16);
        b.only_if(b.compare(BinaryOperator::less_equal, of(n), constant(16), b.integer));
        b.only_if(b.compare(is_fixed ? BinaryOperator::greater : BinaryOperator::greater_equal, of(n), constant(0),
                            b.integer));
        const RegisterId last = b.binary(BinaryOperator::subtract, of(n), constant(1), b.integer);
        const ir::Site store = b.add(ir::Store{of(b.element(tmp, of(last), b.integer)), constant(0), b.character, {}});
        b.add(ir::Return{});
        const explore::Verdict verdict = b.verdict(entry, store, "bounds.write");
        if (is_fixed) {
            CHECK(verdict.answer == Answer::proved);
            continue;
        }
        b.confirm(entry, verdict);
        CHECK(integer_of(verdict) == 0);
    }
}

TEST_CASE("division by an input") {
    for (const bool is_fixed : {false, true}) {
        Builder b;
        const ir::FunctionId entry = b.begin();
        const RegisterId n = b.input("n");
        if (is_fixed) b.only_if(of(n).is_register() ? n : n);
        const RegisterId quotient = b.reg(b.integer);
        const ir::Site site =
            b.add(ir::Binary{quotient, BinaryOperator::divide, constant(100), of(n), b.integer, b.integer});
        b.add(ir::Return{});
        const explore::Verdict verdict = b.verdict(entry, site, "arith.div-zero");
        CHECK(verdict.answer == (is_fixed ? Answer::proved : Answer::refuted));
        if (!is_fixed) b.confirm(entry, verdict);
    }
}

TEST_CASE("a string is copied into a buffer that is too small") {
    for (const bool is_fixed : {false, true}) {
        Builder b;
        const ir::FunctionId entry = b.begin();
        const RegisterId text = b.text("s", 24);
        const RegisterId tmp = b.local(16);
        const RegisterId i = b.reg(b.integer);
        b.add(ir::Move{i, constant(0), b.integer});
        b.add(ir::Jump{BlockId{1}});
        b.block();
        const RegisterId byte = b.reg(b.character);
        b.add(ir::Load{byte, of(b.element(text, of(i), b.integer)), b.character, {}});
        b.only_if(b.compare(BinaryOperator::not_equal, of(byte), constant(0), b.character));
        if (is_fixed) b.only_if(b.compare(BinaryOperator::less, of(i), constant(16), b.integer));
        const ir::Site store = b.add(ir::Store{of(b.element(tmp, of(i), b.integer)), of(byte), b.character, {}});
        b.add(ir::Binary{i, BinaryOperator::add, of(i), constant(1), b.integer, b.integer});
        b.add(ir::Jump{BlockId{1}});
        const explore::Verdict verdict = b.verdict(entry, store, "bounds.write");
        if (is_fixed) {
            CHECK(verdict.answer == Answer::proved);
            continue;
        }
        b.confirm(entry, verdict);
        CHECK(text_of(verdict) == std::string(17, 'a'));
    }
}

TEST_CASE("a block is used after it was freed") {
    Builder b;
    const ir::FunctionId entry = b.begin();
    const RegisterId n = b.input("n");
    const RegisterId block = b.allocate(constant(8));
    const RegisterId is_three = b.compare(BinaryOperator::equal, of(n), constant(3), b.integer);
    b.add(ir::Branch{of(is_three), b.integer, BlockId{1}, BlockId{2}});
    b.block();
    b.add(ir::CallIntrinsic{{}, ir::Intrinsic::release, {of(block)}});
    b.add(ir::Jump{BlockId{2}});
    b.block();
    const ir::Site store = b.add(ir::Store{of(block), constant(1), b.character, {}});
    b.add(ir::Return{});
    const explore::Verdict verdict = b.verdict(entry, store, "lifetime.use-after-free");
    b.confirm(entry, verdict);
    CHECK(integer_of(verdict) == 3);
    CHECK(b.verdict(entry, store, "bounds.write").answer == Answer::proved);
}

TEST_CASE("a block of a chosen size") {
    for (const bool is_fixed : {false, true}) {
        Builder b;
        const ir::FunctionId entry = b.begin();
        const RegisterId n = b.input("n", 0, 1000);
        const RegisterId wide = b.reg(b.size);
        b.add(ir::Cast{wide, of(n), b.integer, b.size, false});
        const RegisterId bytes = is_fixed ? b.binary(BinaryOperator::add, of(wide), constant(1), b.size) : wide;
        const RegisterId block = b.allocate(of(bytes));
        const ir::Site store = b.add(ir::Store{of(b.element(block, of(wide), b.size)), constant(0), b.character, {}});
        b.add(ir::Return{});
        const explore::Verdict verdict = b.verdict(entry, store, "bounds.write");
        if (is_fixed) {
            CHECK(verdict.answer == Answer::proved);
            continue;
        }
        b.confirm(entry, verdict);
        CHECK(integer_of(verdict) == 0);
    }
}

TEST_CASE("signed sums and products overflow") {
    Builder b;
    const ir::FunctionId entry = b.begin();
    const RegisterId n = b.input("n"), m = b.input("m");
    const RegisterId sum = b.reg(b.integer), product = b.reg(b.integer);
    const ir::Site add = b.add(ir::Binary{sum, BinaryOperator::add, of(n), constant(1), b.integer, b.integer});
    const ir::Site multiply = b.add(ir::Binary{product, BinaryOperator::multiply, of(n), of(m), b.integer, b.integer});
    b.add(ir::Return{});
    const explore::Verdict of_sum = b.verdict(entry, add, "arith.overflow");
    b.confirm(entry, of_sum);
    CHECK(integer_of(of_sum) == 0x7fffffff);
    b.confirm(entry, b.verdict(entry, multiply, "arith.overflow"));
}

TEST_CASE("a bounded sum does not overflow") {
    Builder b;
    const ir::FunctionId entry = b.begin();
    const RegisterId n = b.input("n", -1000, 1000), m = b.input("m");
    b.only_if(b.compare(BinaryOperator::less, of(m), constant(1000), b.integer));
    b.only_if(b.compare(BinaryOperator::greater, of(m), constant(0), b.integer));
    const RegisterId sum = b.reg(b.integer);
    const ir::Site add = b.add(ir::Binary{sum, BinaryOperator::add, of(n), of(m), b.integer, b.integer});
    b.add(ir::Return{});
    CHECK(b.verdict(entry, add, "arith.overflow").answer == Answer::proved);
}

TEST_CASE("a variable decides before it has a value") {
    Builder b;
    const ir::FunctionId entry = b.begin();
    const RegisterId n = b.input("n");
    const RegisterId flag = b.reg(b.integer, true);
    const RegisterId is_large = b.compare(BinaryOperator::greater, of(n), constant(5), b.integer);
    b.add(ir::Branch{of(is_large), b.integer, BlockId{1}, BlockId{2}});
    b.block();
    b.add(ir::Move{flag, constant(1), b.integer});
    b.add(ir::Jump{BlockId{2}});
    b.block();
    const ir::Site site = b.add(ir::Branch{of(flag), b.integer, BlockId{3}, BlockId{3}});
    b.block();
    b.add(ir::Return{});
    const explore::Verdict verdict = b.verdict(entry, site, "defined.read");
    b.confirm(entry, verdict);
    CHECK(integer_of(verdict) == 0);
}

TEST_CASE("a text that may be missing") {
    Builder b;
    const ir::FunctionId entry = b.begin();
    const RegisterId text = b.text("s", 8, true);
    const RegisterId byte = b.reg(b.character);
    const ir::Site load = b.add(ir::Load{byte, of(b.element(text, constant(4), b.size)), b.character, {}});
    b.add(ir::Return{});
    const explore::Verdict verdict = b.verdict(entry, load, "null.deref");
    b.confirm(entry, verdict);
    CHECK(std::holds_alternative<interp::NullChoice>(verdict.inputs[0].value));
    const explore::Verdict of_bounds = b.verdict(entry, load, "bounds.read");
    b.confirm(entry, of_bounds);
    CHECK(text_of(of_bounds).empty());
}

TEST_CASE("a table is read at a chosen index") {
    Builder b;
    const ir::GlobalId table = b.program.global("table", "table");
    b.program[table].size = 256;
    b.program[table].is_defined = true;
    for (unsigned i = 0; i < 256; ++i) b.program[table].bytes.push_back(static_cast<std::uint8_t>(i * 7));
    const ir::FunctionId entry = b.begin();
    const RegisterId n = b.input("n", 0, 255), base = b.reg(b.pointer), byte = b.reg(b.character);
    b.add(ir::AddressOfGlobal{base, table});
    b.add(ir::Load{byte, of(b.element(base, of(n), b.integer)), b.character, {}});
    b.only_if(b.compare(BinaryOperator::equal, of(byte), constant(93), b.character));  // 7 * 123 mod 256
    const ir::Site store = b.add(ir::Store{constant(0), constant(0), b.character, {}});
    b.add(ir::Return{});
    const explore::Verdict verdict = b.verdict(entry, store, "null.deref");
    b.confirm(entry, verdict);
    CHECK(integer_of(verdict) == 123);
}

TEST_CASE("what is not modelled is not decided") {
    Builder b;
    const ir::FunctionId other = b.program.function("qsort", "qsort");
    b.program.externals["qsort"] = {ir::External::Result::refused, 0};
    const ir::FunctionId entry = b.begin();
    b.add(ir::Call{{}, other, {}, {}, b.program.types.void_type()});
    const ir::Site store = b.add(ir::Store{constant(0), constant(0), b.character, {}});
    b.add(ir::Return{});
    const explore::Verdict verdict = b.verdict(entry, store, "null.deref");
    CHECK(verdict.answer == Answer::undecided);
    CHECK(verdict.reason == "not modelled: calls qsort");
}

TEST_CASE("behind a function that nobody has, what does not depend on it is decided") {
    Builder b;
    const ir::FunctionId other = b.program.function("elsewhere", "elsewhere");
    const ir::FunctionId entry = b.begin();
    const RegisterId n = b.input("n"), given = b.reg(b.integer), quotient = b.reg(b.integer);
    b.add(ir::Call{given, other, {}, {}, b.integer});
    const ir::Site of_input =
        b.add(ir::Binary{quotient, BinaryOperator::divide, constant(100), of(n), b.integer, b.integer});
    const ir::Site of_result =
        b.add(ir::Binary{quotient, BinaryOperator::divide, constant(100), of(given), b.integer, b.integer});
    b.add(ir::Return{});
    const explore::Verdict found = b.verdict(entry, of_input, "arith.div-zero");
    CHECK(found.answer == Answer::refuted);
    b.confirm(entry, found);
    const explore::Verdict open = b.verdict(entry, of_result, "arith.div-zero");
    CHECK(open.answer == Answer::undecided);
    CHECK(open.reason == "not modelled: calls elsewhere");
}

TEST_CASE("what lies before is decided all the same") {
    Builder b;
    const ir::FunctionId other = b.program.function("qsort", "qsort");
    b.program.externals["qsort"] = {ir::External::Result::refused, 0};
    const ir::FunctionId entry = b.begin();
    const RegisterId n = b.input("n"), quotient = b.reg(b.integer);
    b.only_if(n);
    const ir::Site before =
        b.add(ir::Binary{quotient, BinaryOperator::divide, constant(100), of(n), b.integer, b.integer});
    b.add(ir::Call{{}, other, {}, {}, b.program.types.void_type()});
    const ir::Site after =
        b.add(ir::Binary{quotient, BinaryOperator::divide, constant(100), of(n), b.integer, b.integer});
    b.add(ir::Return{});
    CHECK(b.verdict(entry, before, "arith.div-zero").answer == Answer::proved);
    CHECK(b.verdict(entry, after, "arith.div-zero").answer == Answer::undecided);
}

TEST_CASE("a failure inside a model belongs to the call") {
    Builder b;
    const ir::FunctionId model = b.begin("first", b.character, {b.pointer});
    b.f().is_model = true;
    const RegisterId byte = b.reg(b.character);
    b.add(ir::Load{byte, of(RegisterId{0}), b.character, {}});
    b.add(ir::Return{of(byte)});
    const ir::FunctionId entry = b.begin();
    const RegisterId text = b.text("s", 8, true);
    const RegisterId result = b.reg(b.character);
    const ir::Site call = b.add(ir::Call{result, model, {of(text)}, {b.pointer}, b.character});
    b.add(ir::Return{});
    const std::atomic<bool> cancelled = false;
    solver::Backend backend;
    const std::vector<shadow::Obligation> asked{{call, 0}};
    REQUIRE(b.table.demands[0].code == "null.deref");
    const auto exploration =
        explore::explore(b.program, entry, nullptr, asked, b.table, explore::Budget{}, backend, cancelled);
    REQUIRE(exploration.verdicts[0].answer == Answer::refuted);
    CHECK(std::holds_alternative<interp::NullChoice>(exploration.verdicts[0].inputs[0].value));
}

TEST_CASE("the budget is kept, and cancellation is obeyed") {
    Builder b;
    const ir::FunctionId entry = b.begin();
    const RegisterId next = b.reg(b.integer);
    b.add(ir::Jump{BlockId{1}});
    b.block();
    b.add(ir::Binary{next, BinaryOperator::bit_xor, of(next), constant(5), b.integer, b.integer});
    const RegisterId again = b.compare(BinaryOperator::not_equal, of(next), constant(77), b.integer);
    b.add(ir::Branch{of(again), b.integer, BlockId{1}, BlockId{2}});
    b.block();
    const ir::Site store = b.add(ir::Store{constant(0), constant(0), b.character, {}});
    b.add(ir::Return{});
    explore::Budget budget;
    budget.seconds = 0.2;
    const explore::Exploration exploration = b.explored(entry, store, "null.deref", budget);
    CHECK(exploration.verdicts[0].answer == Answer::undecided);
    CHECK(exploration.verdicts[0].reason == "budget");
    CHECK(exploration.statistics.seconds < 0.3);
    const std::atomic<bool> cancelled = true;
    solver::Backend backend;
    const auto asked = b.asked(store, "null.deref");
    const explore::Exploration stopped =
        explore::explore(b.program, entry, nullptr, asked, b.table, explore::Budget{}, backend, cancelled);
    CHECK(stopped.statistics.instructions == 0);
}

TEST_CASE("a long concrete loop comes to its end") {
    Builder b;
    const ir::FunctionId entry = b.begin();
    const RegisterId i = b.reg(b.integer);
    b.add(ir::Jump{BlockId{1}});
    b.block();
    b.add(ir::Binary{i, BinaryOperator::add, of(i), constant(1), b.integer, b.integer});
    const RegisterId more = b.compare(BinaryOperator::less, of(i), constant(100000), b.integer);
    b.add(ir::Branch{of(more), b.integer, BlockId{1}, BlockId{2}});
    b.block();
    const ir::Site store = b.add(ir::Store{constant(0), constant(0), b.character, {}});
    b.add(ir::Return{});
    b.confirm(entry, b.verdict(entry, store, "null.deref"));
}

TEST_CASE("where nothing is asked any more, no path goes on") {
    Builder b;
    const ir::FunctionId entry = b.begin();
    const RegisterId n = b.input("n");
    const RegisterId odd = b.binary(BinaryOperator::bit_or, of(n), constant(1), b.integer);
    const RegisterId i = b.reg(b.integer), quotient = b.reg(b.integer);
    const ir::Site site =
        b.add(ir::Binary{quotient, BinaryOperator::divide, constant(10), of(odd), b.integer, b.integer});
    b.add(ir::Move{i, constant(0), b.integer});
    b.add(ir::Jump{BlockId{1}});
    b.block();
    const RegisterId goes_on = b.compare(BinaryOperator::less, of(i), of(n), b.integer);
    b.add(ir::Branch{of(goes_on), b.integer, BlockId{2}, BlockId{3}});
    b.block();
    const RegisterId next = b.binary(BinaryOperator::add, of(i), constant(1), b.integer);
    b.add(ir::Move{i, of(next), b.integer});
    b.add(ir::Jump{BlockId{1}});
    b.block();
    b.add(ir::Return{});
    const explore::Exploration result = b.explored(entry, site, "arith.div-zero");
    CHECK(result.verdicts[0].answer == Answer::proved);
    CHECK(result.statistics.instructions < 100'000);
}

TEST_CASE("an entry calls the program as its world would") {
    Builder b;
    b.begin("fill", b.integer, {b.pointer, b.integer});
    const RegisterId tmp = b.local(4);
    const ir::Site store =
        b.add(ir::Store{of(b.element(tmp, of(RegisterId{1}), b.integer)), constant(0), b.character, {}});
    b.add(ir::Return{constant(0)});
    ir::Input text{RegisterId{}, "s", ir::BytesInput{0, 8, true, true, false, false, false, {}}};
    ir::Input number{RegisterId{}, "n", ir::IntegerInput{b.integer, 0, 10}};
    const ir::FunctionId entry = explore::build_entry(b.program, "ext.fill", {{"fill", {text, number}, false, true}});
    const explore::Verdict verdict = b.verdict(entry, store, "bounds.write");
    b.confirm(entry, verdict);
    CHECK(verdict.inputs.size() == 2);
    CHECK(integer_of(verdict, 1) == 4);
    CHECK_THROWS_AS(explore::build_entry(b.program, "bad", {{"fill", {number}, false, false}}), std::invalid_argument);
    CHECK_THROWS_AS(explore::build_entry(b.program, "bad", {{"none", {}, false, false}}), std::invalid_argument);
}

TEST_CASE("main takes its arguments") {
    Builder b;
    const ir::TypeId array = b.program.types.pointer_to(b.pointer);
    b.begin("main", b.integer, {b.integer, array});
    b.only_if(b.compare(BinaryOperator::greater, of(RegisterId{0}), constant(1), b.integer));
    const RegisterId place = b.reg(array), text = b.reg(b.pointer), byte = b.reg(b.character);
    b.add(ir::ElementAddress{place, of(RegisterId{1}), constant(1), b.size, b.pointer, false});
    b.add(ir::Load{text, of(place), b.pointer, {}});
    b.add(ir::Load{byte, of(text), b.character, {}});
    b.only_if(b.compare(BinaryOperator::equal, of(byte), constant('x'), b.character));
    const ir::Site store = b.add(ir::Store{constant(0), constant(0), b.character, {}});
    b.add(ir::Return{constant(0)});
    const ir::FunctionId entry = explore::build_main_entry(b.program, "main()", "main", 2, 16);
    const explore::Verdict verdict = b.verdict(entry, store, "null.deref");
    b.confirm(entry, verdict);
    REQUIRE(verdict.inputs.size() == 2);
    CHECK(integer_of(verdict) == 2);
    CHECK(text_of(verdict, 1) == "x");
}
