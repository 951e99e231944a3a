#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>

#include <chrono>

#include "explore/entry.h"
#include "explore/explorer.h"

using namespace gnomon;
using explore::Answer;
using ir::BinaryOperator;
using ir::BlockId;
using ir::Operand;
using ir::RegisterId;
using shadow::Event;
using shadow::Field;
using shadow::Operator;

namespace {

Operand constant(std::uint64_t bits) { return Operand::constant(bits); }
Operand of(RegisterId id) { return Operand::of(id); }
shadow::Node number(std::int64_t value) { return {Operator::constant, value, {}, 0, 0}; }
shadow::Node field(Field field) { return {Operator::field, 0, field, 0, 0}; }
shadow::Node node(Operator op, std::uint32_t left, std::uint32_t right = 0) { return {op, 0, {}, left, right}; }
shadow::Expression not_field(Field f) { return {{field(f), node(Operator::logical_not, 0)}}; }

shadow::Expression in_bounds() {
    return {{number(0), field(Field::pointer_offset), node(Operator::less_equal, 0, 1), field(Field::size),
             node(Operator::add, 1, 3), field(Field::object_size), node(Operator::less_equal, 4, 5),
             node(Operator::logical_and, 2, 6)}};
}

shadow::Expression is_operator(BinaryOperator op) {
    return {{field(Field::operator_), number(static_cast<std::int64_t>(op)), node(Operator::equal, 0, 1),
             field(Field::is_signed), node(Operator::logical_and, 2, 3)}};
}

// type_minimum <= left op right <= type_maximum
shadow::Expression fits(Operator op) {
    return {{field(Field::left), field(Field::right), node(op, 0, 1), field(Field::type_minimum),
             node(Operator::less_equal, 3, 2), field(Field::type_maximum), node(Operator::less_equal, 2, 5),
             node(Operator::logical_and, 4, 6)}};
}

shadow::Table checks() {
    shadow::Table table;
    table.layers.push_back({"undefined"});
    for (const Event event : {Event::load, Event::store}) {
        const char* bounds = event == Event::load ? "bounds.read" : "bounds.write";
        table.demands.push_back({"null.deref", "null", "", event, {}, not_field(Field::pointer_is_null), 0});
        table.demands.push_back(
            {"lifetime.use-after-free", "lifetime", "", event, {}, {{field(Field::object_alive)}}, 0});
        table.demands.push_back({bounds, "bounds", "", event, {}, in_bounds(), 0});
    }
    const shadow::Expression nonzero{{field(Field::right)}};
    table.demands.push_back(
        {"arith.div-zero", "arith", "", Event::arithmetic, is_operator(BinaryOperator::divide), nonzero, 0});
    table.demands.push_back(
        {"arith.overflow", "arith", "", Event::arithmetic, is_operator(BinaryOperator::add), fits(Operator::add), 0});
    table.demands.push_back({"arith.overflow", "arith", "", Event::arithmetic, is_operator(BinaryOperator::multiply),
                             fits(Operator::multiply), 0});
    table.demands.push_back({"defined.read", "defined", "", Event::branch, {}, not_field(Field::shadow_condition), 0});
    table.updates.push_back({Event::allocate, 0, {}, {{number(1)}}});
    return table;
}

// Builds a program function by function.
struct Builder {
    ir::Program program;
    ir::TypeId integer = program.types.integer(32, true);
    ir::TypeId size = program.types.integer(64, false);
    ir::TypeId character = program.types.integer(8, true);
    ir::TypeId pointer = program.types.pointer_to(character);
    shadow::Table table = checks();
    std::uint32_t function = 0;

    ir::Function& f() { return program.functions[function]; }

    ir::FunctionId begin(const std::string& name, ir::TypeId result, const std::vector<ir::TypeId>& parameters = {}) {
        const ir::FunctionId id = program.function(name, name);
        function = static_cast<std::uint32_t>(id);
        const ir::TypeId type = program.types.intern(ir::FunctionType{result, parameters, false});
        f().type = type;
        f().has_body = true;
        f().parameter_count = static_cast<std::uint32_t>(parameters.size());
        for (const ir::TypeId parameter : parameters) reg(parameter);
        f().blocks.push_back({0, 0});
        return id;
    }
    ir::FunctionId begin() { return begin("entry", program.types.void_type()); }
    RegisterId reg(ir::TypeId type, bool starts_undefined = false) {
        f().registers.push_back({type, {}, starts_undefined});
        return RegisterId{static_cast<std::uint32_t>(f().registers.size() - 1)};
    }
    ir::Site add(ir::Operation operation) {
        f().code.push_back({{}, std::move(operation), {}});
        f().blocks.back().end = static_cast<std::uint32_t>(f().code.size());
        return {ir::FunctionId{function}, f().blocks.back().end - 1};
    }
    BlockId block() {
        const auto begin = static_cast<std::uint32_t>(f().code.size());
        f().blocks.push_back({begin, begin});
        return BlockId{static_cast<std::uint32_t>(f().blocks.size() - 1)};
    }
    RegisterId binary(BinaryOperator op, Operand left, Operand right, ir::TypeId type) {
        const RegisterId result = reg(type);
        add(ir::Binary{result, op, left, right, type, type});
        return result;
    }
    RegisterId compare(BinaryOperator op, Operand left, Operand right, ir::TypeId type) {
        const RegisterId result = reg(integer);
        add(ir::Binary{result, op, left, right, type, type});
        return result;
    }
    RegisterId input(const std::string& name, std::int64_t minimum = 0, std::int64_t maximum = -1) {
        const RegisterId result = reg(integer);
        add(ir::Input{result, name, ir::IntegerInput{integer, minimum, maximum}});
        return result;
    }
    RegisterId element(RegisterId base, Operand index, ir::TypeId index_type) {
        const RegisterId result = reg(pointer);
        add(ir::ElementAddress{result, of(base), index, index_type, character, false});
        return result;
    }
    RegisterId local(std::uint64_t bytes) {
        const auto id = static_cast<ir::LocalId>(f().locals.size());
        f().locals.push_back({"tmp", program.types.intern(ir::ArrayType{character, bytes}), bytes});
        const RegisterId base = reg(pointer);
        add(ir::EnterLocal{id, {}});
        add(ir::AddressOfLocal{base, id});
        return base;
    }
    RegisterId text(const std::string& name, std::uint64_t maximum, bool may_be_null = false) {
        const RegisterId result = reg(pointer);
        add(ir::Input{result, name, ir::BytesInput{0, maximum, true, true, false, may_be_null, false}});
        return result;
    }
    RegisterId allocate(Operand bytes) {
        const RegisterId result = reg(pointer);
        add(ir::CallIntrinsic{result, ir::Intrinsic::allocate, {bytes}});
        return result;
    }
    // Goes on in a new block when the condition holds, else returns.
    void only_if(RegisterId condition) {
        const auto next = static_cast<std::uint32_t>(f().blocks.size());
        add(ir::Branch{of(condition), integer, BlockId{next + 1}, BlockId{next}});
        block();
        add(ir::Return{});
        block();
    }

    std::vector<shadow::Obligation> asked(ir::Site site, const std::string& code) const {
        std::vector<shadow::Obligation> found;
        const ir::Function& owner = program[site.function];
        const auto demands = shadow::demands_of(program, owner, table);
        for (const std::uint32_t demand : demands[site.index]) {
            if (table.demands[demand].code == code) found.push_back({site, demand});
        }
        REQUIRE(found.size() == 1);
        return found;
    }
    explore::Exploration explored(ir::FunctionId entry, ir::Site site, const std::string& code,
                                  const explore::Budget& budget = {}) {
        const std::atomic<bool> cancelled = false;
        solver::Backend backend;
        return explore::explore(program, entry, nullptr, asked(site, code), table, budget, backend, cancelled);
    }
    explore::Verdict verdict(ir::FunctionId entry, ir::Site site, const std::string& code) {
        const auto begin = std::chrono::steady_clock::now();
        explore::Budget patient;  // the sanitized build is some ten times slower
        patient.seconds = 30;
        explore::Exploration exploration = explored(entry, site, code, patient);
        const std::chrono::duration<double, std::milli> taken = std::chrono::steady_clock::now() - begin;
        const explore::Statistics& s = exploration.statistics;
        MESSAGE(taken.count() << " ms, " << s.instructions << " instructions, " << s.paths << " paths, "
                              << s.solver_queries << " queries (" << s.solver_seconds * 1000 << " ms), "
                              << s.solver_cache_hits << " hits; " << exploration.verdicts[0].reason);
        return exploration.verdicts[0];
    }
    // The interpreter fails there, too.
    void confirm(ir::FunctionId entry, const explore::Verdict& verdict) {
        REQUIRE(verdict.answer == Answer::refuted);
        const interp::Outcome outcome = interp::run(program, entry, verdict.inputs, table, {}, false);
        REQUIRE(outcome.ending == interp::Ending::failed);
        CHECK(outcome.failure->demand == verdict.obligation.demand);
        CHECK(outcome.failure->site == verdict.obligation.site);
    }
};

std::uint64_t integer_of(const explore::Verdict& verdict, std::size_t index = 0) {
    return std::get<std::uint64_t>(verdict.inputs.at(index).value);
}

std::string text_of(const explore::Verdict& verdict, std::size_t index = 0) {
    const auto& bytes = std::get<std::vector<std::uint8_t>>(verdict.inputs.at(index).value);
    return {bytes.begin(), bytes.end()};
}

}  // namespace

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
