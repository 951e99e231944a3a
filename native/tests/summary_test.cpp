#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>

#include <algorithm>

#include "summary/summaries.h"

using namespace gnomon;
using ir::Operand;
using ir::RegisterId;

namespace {

constexpr std::uint64_t mask = 7;

// Divisions are demanded not to be by zero.
shadow::Table not_by_zero() {
    using shadow::Field, shadow::Operator;
    const auto field = [](Field field) { return shadow::Node{Operator::field, 0, field, 0, 0}; };
    const shadow::Node divides{Operator::constant, static_cast<int>(ir::BinaryOperator::divide), {}, 0, 0};
    shadow::Table table;
    table.demands.push_back({"arith.div-zero",
                             "arith",
                             "",
                             shadow::Event::arithmetic,
                             {{field(Field::operator_), divides, {Operator::equal, 0, {}, 0, 1}}},
                             {{field(Field::right)}},
                             0});
    return table;
}

// given(n) = (n & 7) + least; divided(n) = 100 / n; caller(n) = divided(given(n)).
struct Example {
    ir::Program program;
    shadow::Table table = not_by_zero();
    ir::TypeId integer = program.types.integer(32, true);
    ir::FunctionId given = make("given"), divided = make("divided"), caller = make("caller");
    ir::AllMentions mentions;
    summary::Summaries summaries{program, mentions, table};

    explicit Example(std::uint64_t least) {
        program[divided].is_static = true;
        define_given(least);
        define(divided, {ir::Binary{RegisterId{1}, ir::BinaryOperator::divide, Operand::constant(100),
                                    Operand::of(RegisterId{0}), integer, integer},
                         ir::Return{Operand::of(RegisterId{1})}});
        define(caller, {call(RegisterId{1}, given, RegisterId{0}), call(RegisterId{2}, divided, RegisterId{1}),
                        ir::Return{Operand::of(RegisterId{2})}});
    }
    ir::FunctionId make(const std::string& name) {
        const ir::FunctionId id = program.function("a.c:" + name, name);
        program[id].type = program.types.intern(ir::FunctionType{integer, {integer}, false});
        program[id].place = {program.file("a.c"), 1, 1};
        program[id].parameter_count = 1;
        program[id].registers.assign(3, {integer, {}, false});
        return id;
    }
    void define(ir::FunctionId id, std::vector<ir::Operation> operations) {
        std::vector<ir::Instruction> code;
        for (ir::Operation& operation : operations) code.push_back({{}, std::move(operation), {}});
        program[id].has_body = true;
        program[id].blocks = {{0, static_cast<std::uint32_t>(code.size())}};
        program[id].code = std::move(code);
        mentions.changed(id);
        summaries.changed(id);
    }
    void refresh(const std::set<ir::FunctionId>& open = {}, const std::set<std::string>& included = {}) {
        mentions.refresh(program, [this](ir::FunctionId id) { return ir::mentions_of(program, id); });
        summaries.refresh(open, included);
    }
    void define_given(std::uint64_t least) {
        const auto of = [](std::uint32_t reg) { return Operand::of(RegisterId{reg}); };
        define(
            given,
            {ir::Binary{RegisterId{1}, ir::BinaryOperator::bit_and, of(0), Operand::constant(mask), integer, integer},
             ir::Binary{RegisterId{2}, ir::BinaryOperator::add, of(1), Operand::constant(least), integer, integer},
             ir::Return{of(2)}});
    }
    ir::Call call(RegisterId result, ir::FunctionId callee, RegisterId argument) const {
        return {result, callee, {Operand::of(argument)}, {integer}, integer};
    }
    bool is_proved(const std::set<ir::FunctionId>& open = {}, const std::set<std::string>& included = {}) {
        refresh(open, included);
        const summary::Forward& known = summaries.of(divided);
        REQUIRE(known.held.size() + known.open.size() == 1);
        return known.open.empty();
    }
};

}  // namespace

TEST_CASE("a result goes up, and down as an argument") {
    CHECK(Example(1).is_proved());
    CHECK(!Example(0).is_proved());
}

TEST_CASE("what rests on a callee is looked at again when its result changes") {
    Example example(1);
    REQUIRE(example.is_proved());
    const std::uint64_t before = example.summaries.digest_of(example.divided);
    example.define_given(0);
    CHECK(!example.is_proved());
    CHECK(example.summaries.digest_of(example.divided) != before);
    example.define_given(1);
    CHECK(example.is_proved());
    CHECK(example.summaries.digest_of(example.divided) == before);
}

TEST_CASE("nothing is assumed of callers that are not all known") {
    Example example(1);
    CHECK(!example.is_proved({example.divided}));
    CHECK(!example.is_proved({}, {"a.c"}));
    CHECK(example.is_proved());
    example.program[example.divided].is_static = false;
    CHECK(!example.is_proved());
}

TEST_CASE("code that is not known may call what is static in its file") {
    Example example(1);
    const ir::FunctionId odd = example.make("odd");
    example.define(odd, {ir::NotModelled{"inline assembly"}});
    CHECK(!example.is_proved());
    example.program[odd].place.file = example.program.file("b.c");
    CHECK(example.is_proved());
}

TEST_CASE("a call that does not come back") {
    Example example(0);
    example.define(example.given,
                   {ir::CallIntrinsic{std::nullopt, ir::Intrinsic::exit_program, {}}, ir::Unreachable{}});
    example.refresh();
    const ir::Call call = example.call(RegisterId{1}, example.given, RegisterId{0});
    CHECK(!example.summaries.outcome(call, {}).returns);
}
