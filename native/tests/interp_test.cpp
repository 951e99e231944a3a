#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include "interp/interpreter.h"

#include <doctest/doctest.h>

#include <bit>
#include <limits>

#include "interp/output.h"
#include "ir/semantics.h"

using namespace gnomon;
using interp::Ending;
using interp::Outcome;
using ir::BinaryOperator;
using ir::BlockId;
using ir::Operand;
using ir::RegisterId;

namespace {

// Builds a program function by function; each instruction is on a line of its own.
struct Builder {
    ir::Program program;
    ir::TypeId integer = program.types.integer(32, true);
    ir::TypeId size = program.types.integer(64, false);
    ir::TypeId character = program.types.integer(8, true);
    ir::TypeId pointer = program.types.pointer_to(character);
    std::uint32_t function = 0;
    std::uint32_t line = 0;

    Builder() { program.file("ring.c"); }

    ir::Function& f() { return program.functions[function]; }

    ir::FunctionId begin(const std::string& name, const std::vector<ir::TypeId>& parameters = {}) {
        const ir::FunctionId id = program.function(name, name);
        function = static_cast<std::uint32_t>(id);
        f().has_body = true;
        f().parameter_count = static_cast<std::uint32_t>(parameters.size());
        for (const ir::TypeId type : parameters) reg(type);
        f().blocks.push_back({0, 0});
        return id;
    }
    RegisterId reg(ir::TypeId type, const std::string& name = {}) {
        f().registers.push_back({type, name, false});
        return RegisterId{static_cast<std::uint32_t>(f().registers.size() - 1)};
    }
    ir::LocalId local(const std::string& name, std::uint64_t bytes) {
        f().locals.push_back({name, program.types.intern(ir::ArrayType{character, bytes}), bytes});
        return ir::LocalId{static_cast<std::uint32_t>(f().locals.size() - 1)};
    }
    ir::Site add(ir::Operation operation, const std::string& text = {}) {
        f().code.push_back({{ir::FileId{0}, ++line, 1}, std::move(operation), text});
        f().blocks.back().end = static_cast<std::uint32_t>(f().code.size());
        return {ir::FunctionId{function}, f().blocks.back().end - 1};
    }
    BlockId block() {
        const auto begin = static_cast<std::uint32_t>(f().code.size());
        f().blocks.push_back({begin, begin});
        return BlockId{static_cast<std::uint32_t>(f().blocks.size() - 1)};
    }
    Outcome run(ir::FunctionId entry, const std::vector<interp::ChosenInput>& inputs = {},
                const shadow::Table& table = {}, const interp::Limits& limits = {}, bool with_steps = false) {
        return interp::run(program, entry, inputs, table, limits, with_steps);
    }
};

Operand constant(std::uint64_t bits) { return Operand::constant(bits); }
Operand of(RegisterId id) { return Operand::of(id); }

shadow::Expression field(shadow::Field field) { return {{{shadow::Operator::field, 0, field, 0, 0}}}; }

shadow::Expression negation(shadow::Field of) {
    return {{{shadow::Operator::field, 0, of, 0, 0}, {shadow::Operator::logical_not, 0, {}, 0, 0}}};
}

// pointer_offset >= 0 && pointer_offset + size <= object_size
shadow::Expression in_bounds() {
    using shadow::Field, shadow::Operator;
    return {{{Operator::constant, 0, {}, 0, 0},
             {Operator::field, 0, Field::pointer_offset, 0, 0},
             {Operator::less_equal, 0, {}, 0, 1},
             {Operator::field, 0, Field::size, 0, 0},
             {Operator::add, 0, {}, 1, 3},
             {Operator::field, 0, Field::object_size, 0, 0},
             {Operator::less_equal, 0, {}, 4, 5},
             {Operator::logical_and, 0, {}, 2, 6}}};
}

shadow::Table checks() {
    using shadow::Event, shadow::Field;
    shadow::Table table;
    table.layers.push_back({"undefined"});
    for (const Event event : {Event::load, Event::store}) {
        table.demands.push_back({"null.deref", "null", "", event, {}, negation(Field::pointer_is_null), 0});
        table.demands.push_back({"lifetime.use-after-free", "lifetime", "", event, {}, field(Field::object_alive), 0});
        table.demands.push_back({"bounds", "bounds", "", event, {}, in_bounds(), 0});
    }
    table.demands.push_back({"defined.read", "defined", "", Event::load, {}, negation(Field::shadow_bytes), 0});
    table.updates.push_back({Event::allocate, 0, {}, {{{shadow::Operator::constant, 1, {}, 0, 0}}}});
    return table;
}

std::string code_of(const Outcome& outcome) {
    return outcome.failure ? checks().demands[outcome.failure->demand].code : outcome.reason;
}

std::string value_of(const Outcome& outcome, const std::string& name) {
    if (!outcome.failure) return {};
    for (const auto& [key, value] : outcome.failure->values)
        if (key == name) return value;
    return {};
}

// int main() { char tmp[size]; tmp[index] = 7; return tmp[read]; }
Builder array_program(std::uint64_t size, std::uint64_t index, std::uint64_t read) {
    Builder b;
    b.begin("main");
    const ir::LocalId tmp = b.local("tmp", size);
    const RegisterId base = b.reg(b.pointer), element = b.reg(b.pointer), value = b.reg(b.character),
                     result = b.reg(b.integer);
    b.add(ir::EnterLocal{tmp, {}});
    b.add(ir::AddressOfLocal{base, tmp});
    b.add(ir::ElementAddress{element, of(base), constant(index), b.size, b.character, false});
    b.add(ir::Store{of(element), constant(7), b.character, {}}, "tmp[i]");
    b.add(ir::ElementAddress{element, of(base), constant(read), b.size, b.character, false});
    b.add(ir::Load{value, of(element), b.character, {}});
    b.add(ir::Cast{result, of(value), b.character, b.integer, false});
    b.add(ir::Return{of(result)});
    return b;
}

ir::FunctionId main_of(Builder& b) { return b.program.function("main", "main"); }

}  // namespace

TEST_CASE("integers wrap, extend and compare as their types say") {
    const ir::Scalar i32{ir::Scalar::Kind::integer, 32, true}, u8{ir::Scalar::Kind::integer, 8, false};
    const ir::Scalar i64{ir::Scalar::Kind::integer, 64, true}, u64{ir::Scalar::Kind::integer, 64, false};
    const auto on = [](BinaryOperator op, ir::Scalar type, std::int64_t left, std::int64_t right) {
        return ir::evaluate(op, type, type, static_cast<std::uint64_t>(left) & type.mask(),
                            static_cast<std::uint64_t>(right) & type.mask());
    };
    CHECK(on(BinaryOperator::add, i32, 2147483647, 1) == 0x80000000u);
    CHECK(on(BinaryOperator::divide, i32, -7, 2) == (-3 & 0xffffffffu));
    CHECK(on(BinaryOperator::remainder, i32, -7, 2) == 0xffffffffu);
    CHECK(on(BinaryOperator::divide, i64, INT64_MIN, -1) == static_cast<std::uint64_t>(INT64_MIN));
    CHECK_FALSE(on(BinaryOperator::divide, i32, 1, 0));
    CHECK(on(BinaryOperator::shift_right, i32, -8, 1) == 0xfffffffcu);
    CHECK(on(BinaryOperator::shift_right, u8, 0xf0, 4) == 0x0fu);
    CHECK(on(BinaryOperator::less, i32, -1, 0) == 1u);
    CHECK(on(BinaryOperator::less, u64, -1, 0) == 0u);
    CHECK(ir::convert(i32, i64, 0xffffffff) == ~std::uint64_t{0});
    CHECK(ir::convert(i64, u8, 0x1ff) == 0xffu);
}

TEST_CASE("floats are those of IEEE, and integers out of their range have no value") {
    const ir::Scalar f64{ir::Scalar::Kind::floating, 64, true}, f32{ir::Scalar::Kind::floating, 32, true};
    const ir::Scalar i32{ir::Scalar::Kind::integer, 32, true};
    const auto bits = [](double value) { return std::bit_cast<std::uint64_t>(value); };
    CHECK(ir::evaluate(BinaryOperator::add, f64, f64, bits(0.1), bits(0.2)) == bits(0.1 + 0.2));
    CHECK(ir::evaluate(ir::UnaryOperator::negate, f64, bits(0.0)) == bits(-0.0));
    CHECK_FALSE(ir::is_true(f64, bits(-0.0)));
    CHECK(ir::convert(f64, f32, bits(0.1)) == std::bit_cast<std::uint32_t>(0.1f));
    CHECK(ir::convert(f64, i32, bits(-2147483648.9)) == 0x80000000u);
    CHECK_FALSE(ir::convert(f64, i32, bits(2147483648.0)));
    CHECK_FALSE(ir::convert(f64, i32, bits(std::numeric_limits<double>::quiet_NaN())));
}

TEST_CASE("bit fields share their unit") {
    const ir::Scalar u32{ir::Scalar::Kind::integer, 32, false}, i32{ir::Scalar::Kind::integer, 32, true};
    CHECK(ir::insert(u32, {4, 3}, 0xffffffff, 0) == 0xffffff8fu);
    CHECK(ir::extract(u32, {4, 3}, 0x70) == 7u);
    CHECK(ir::extract(i32, {4, 3}, 0x70) == 0xffffffffu);
}

TEST_CASE("printf prints what programs print") {
    const auto text_of = [](std::size_t) { return std::string("text"); };
    const std::vector<std::uint64_t> numbers{0xffffffff, 0xbeef, ~std::uint64_t{0}, 0};
    CHECK(interp::formatted("%d %08X %ld %-6s|%%\n", numbers, text_of) == "-1 0000BEEF -1 text  |%\n");
    CHECK(interp::formatted("%hhd %zu", numbers, text_of) == "-1 48879");
    CHECK(interp::formatted("%g", numbers, text_of) == "<%g>");
}

TEST_CASE("a loop runs, and stops at the limit of instructions") {
    Builder b;
    const ir::FunctionId entry = b.begin("main");
    const RegisterId i = b.reg(b.integer, "i"), more = b.reg(b.integer);
    b.add(ir::Move{i, constant(0), b.integer});
    b.add(ir::Jump{BlockId{1}});
    b.block();
    b.add(ir::Binary{i, BinaryOperator::add, of(i), constant(1), b.integer, b.integer});
    b.add(ir::Binary{more, BinaryOperator::less, of(i), constant(1000), b.integer, b.integer});
    b.add(ir::Branch{of(more), b.integer, BlockId{1}, BlockId{2}});
    b.block();
    b.add(ir::Return{of(i)});
    const Outcome whole = b.run(entry);
    CHECK(whole.ending == Ending::returned);
    CHECK(whole.result == 1000);
    interp::Limits limits;
    limits.instructions = 100;
    CHECK(b.run(entry, {}, {}, limits).ending == Ending::out_of_budget);

    const Outcome traced = b.run(entry, {}, {}, {}, true);
    CHECK(traced.steps.size() == 64 + 256);
    CHECK(traced.steps[1].name == "i");
    CHECK(traced.steps[1].value == "1");
    CHECK(traced.steps.back().value == "false");
    CHECK(traced.steps.back().name == "condition");
}

TEST_CASE("an array access inside returns, one outside fails with its facts") {
    Builder inside = array_program(4, 3, 3);
    CHECK(inside.run(main_of(inside), {}, checks()).result == 7);

    Builder outside = array_program(4, 4, 3);
    const Outcome failed = outside.run(main_of(outside), {}, checks());
    CHECK(failed.ending == Ending::failed);
    CHECK(code_of(failed) == "bounds");
    CHECK(failed.failure->site.index == 3);
    CHECK(value_of(failed, "pointer_offset") == "4");
    CHECK(value_of(failed, "object") == "`tmp` [4 bytes]");
    CHECK(outside.run(main_of(outside)).reason == "invalid access: out of bounds");

    Builder undefined = array_program(4, 1, 2);
    CHECK(code_of(undefined.run(main_of(undefined), {}, checks())) == "defined.read");
}

TEST_CASE("null and what is computed from it is null; numbers are wild") {
    const auto reading = [](std::uint64_t base, std::uint64_t offset) {
        Builder b;
        const ir::FunctionId entry = b.begin("main");
        const RegisterId field = b.reg(b.pointer), value = b.reg(b.character);
        b.add(ir::FieldAddress{field, constant(base), b.character, 0, offset});
        b.add(ir::Load{value, of(field), b.character, {}});
        b.add(ir::Return{});
        return code_of(b.run(entry, {}, checks()));
    };
    CHECK(reading(0, 0) == "null.deref");
    CHECK(reading(0, 16) == "null.deref");
    CHECK(reading(64, 0) == "access through a pointer that came from a number");
}

TEST_CASE("a block that is freed is dead, and known by where it was allocated") {
    Builder b;
    const ir::FunctionId entry = b.begin("main");
    const RegisterId block = b.reg(b.pointer), value = b.reg(b.character);
    b.add(ir::CallIntrinsic{block, ir::Intrinsic::allocate_zero, {constant(8)}});
    b.add(ir::Load{value, of(block), b.character, {}});
    b.add(ir::CallIntrinsic{{}, ir::Intrinsic::release, {constant(0)}});
    b.add(ir::CallIntrinsic{{}, ir::Intrinsic::release, {of(block)}});
    b.add(ir::Load{value, of(block), b.character, {}});
    b.add(ir::Return{});
    const Outcome outcome = b.run(entry, {}, checks());
    CHECK(code_of(outcome) == "lifetime.use-after-free");
    CHECK(outcome.failure->site.index == 4);
    CHECK(value_of(outcome, "object") == "the block of 8 bytes allocated at ring.c:1");
    CHECK(b.run(entry).reason == "invalid access: the object is dead");
}

TEST_CASE("a pointer goes through integers and back, but not out of two objects") {
    Builder b;
    const ir::FunctionId entry = b.begin("main");
    const RegisterId one = b.reg(b.pointer), two = b.reg(b.pointer), number = b.reg(b.size), back = b.reg(b.pointer),
                     value = b.reg(b.character);
    b.add(ir::CallIntrinsic{one, ir::Intrinsic::allocate_zero, {constant(8)}});
    b.add(ir::CallIntrinsic{two, ir::Intrinsic::allocate_zero, {constant(8)}});
    b.add(ir::Cast{number, of(one), b.pointer, b.size, true});
    b.add(ir::Binary{number, BinaryOperator::add, of(number), constant(7), b.size, b.size});
    b.add(ir::Cast{back, of(number), b.size, b.pointer, true});
    b.add(ir::Load{value, of(back), b.character, {}});
    b.add(ir::Binary{number, BinaryOperator::bit_xor, of(one), of(two), b.size, b.size});
    b.add(ir::Load{value, of(number), b.character, {}});
    b.add(ir::Return{});
    const Outcome outcome = b.run(entry, {}, checks());
    CHECK(outcome.where.index == 7);
    CHECK(outcome.reason == "access through a pointer that came from a number");
}

TEST_CASE("calls pass arguments, return results, and recursion is bounded by its own limit") {
    Builder b;
    const ir::FunctionId recurse = b.begin("recurse", {b.integer});
    const RegisterId less = b.reg(b.integer), result = b.reg(b.integer);
    b.add(ir::Branch{of(RegisterId{0}), b.integer, BlockId{1}, BlockId{2}});
    b.block();
    b.add(ir::Binary{less, BinaryOperator::subtract, of(RegisterId{0}), constant(1), b.integer, b.integer});
    b.add(ir::Call{result, recurse, {of(less)}, {b.integer}, b.integer});
    b.add(ir::Binary{result, BinaryOperator::add, of(result), constant(2), b.integer, b.integer});
    b.add(ir::Return{of(result)});
    b.block();
    b.add(ir::Return{constant(0)});
    const ir::FunctionId entry = b.begin("main");
    const RegisterId n = b.reg(b.integer), sum = b.reg(b.integer), callee = b.reg(b.pointer);
    const ir::Site site = b.add(ir::Input{n, "n", ir::IntegerInput{b.integer, 0, -1}});
    b.add(ir::AddressOfFunction{callee, recurse});
    b.add(ir::Call{sum, of(callee), {of(n)}, {b.integer}, b.integer});
    b.add(ir::Return{of(sum)});
    const Outcome outcome = b.run(entry, {{site, 0, "n", std::uint64_t{1000}, 0}});
    CHECK(outcome.result == 2000);
    REQUIRE(outcome.inputs.size() == 1);
    CHECK(outcome.inputs[0].value == interp::InputValue{std::uint64_t{1000}});
    CHECK(b.run(entry).result == 0);
    CHECK(b.run(entry, {{site, 0, "n", std::uint64_t{5000}, 0}}).reason == "call depth");
}

TEST_CASE("functions without a body do what their row says, or end the run") {
    Builder b;
    const ir::FunctionId puts = b.program.function("puts", "puts"), unknown = b.program.function("fork", "fork");
    const ir::FunctionId entry = b.begin("main");
    const RegisterId result = b.reg(b.integer);
    b.add(ir::Call{result, puts, {constant(0)}, {b.pointer}, b.integer});
    b.add(ir::Call{result, unknown, {}, {}, b.integer});
    b.add(ir::Return{});
    b.program.externals["puts"] = {ir::External::Result::none, 0};
    b.program.externals["fork"] = {ir::External::Result::refused, 0};
    CHECK(b.run(entry).reason == "calls fork");
}

TEST_CASE("nothing is decided by what a function gives that nobody has") {
    Builder b;
    const ir::FunctionId elsewhere = b.program.function("elsewhere", "elsewhere");
    const ir::FunctionId entry = b.begin("main");
    const RegisterId result = b.reg(b.integer);
    b.add(ir::Call{result, elsewhere, {}, {}, b.integer});
    const ir::Site decides = b.add(ir::CallIntrinsic{{}, ir::Intrinsic::assume, {of(result)}});
    b.add(ir::Return{});
    const interp::Outcome outcome = b.run(entry);
    CHECK(outcome.ending == Ending::not_modelled);
    CHECK(outcome.reason == "calls elsewhere");
    CHECK(outcome.where.index == decides.index);
}

TEST_CASE("chosen bytes end as the input says, and refuse what it forbids") {
    Builder b;
    const ir::FunctionId entry = b.begin("main");
    const RegisterId text = b.reg(b.pointer), length = b.reg(b.size), end = b.reg(b.pointer), last = b.reg(b.character);
    ir::BytesInput bytes;
    bytes.maximum = 8;
    bytes.length_result = length;
    const ir::Site site = b.add(ir::Input{text, "s", bytes});
    b.add(ir::ElementAddress{end, of(text), of(length), b.size, b.character, false});
    b.add(ir::Load{last, of(end), b.character, {}});
    b.add(ir::Return{of(length)});
    using Bytes = std::vector<std::uint8_t>;
    CHECK(b.run(entry, {{site, 0, "s", Bytes{'a', 'b', 'c'}, 0}}, checks()).result == 3);
    CHECK(b.run(entry, {}, checks()).result == 0);
    CHECK(b.run(entry, {{site, 0, "s", Bytes{'a', 0}, 0}}).reason == "an input with a NUL inside");
    CHECK(b.run(entry, {{site, 0, "s", Bytes(9, 'a'), 0}}).reason == "an input out of its range");
    CHECK(b.run(entry, {{site, 0, "s", interp::NullChoice{}, 0}}).reason == "an input that may not be null");
}

TEST_CASE("nobody looks inside a foreign object, or knows whether two are one") {
    Builder b;
    const ir::FunctionId entry = b.begin("main");
    const RegisterId some = b.reg(b.pointer), other = b.reg(b.pointer), same = b.reg(b.integer);
    b.add(ir::Input{some, "object", ir::OpaqueInput{}});
    b.add(ir::CallIntrinsic{other, ir::Intrinsic::new_opaque, {}});
    b.add(ir::Binary{same, BinaryOperator::not_equal, of(some), constant(0), b.pointer, b.pointer});
    b.add(ir::Binary{same, BinaryOperator::equal, of(some), of(other), b.pointer, b.pointer});
    b.add(ir::Return{});
    const Outcome outcome = b.run(entry);
    CHECK(outcome.where.index == 3);
    CHECK(outcome.reason == "compares the identity of an unknown object");
}

TEST_CASE("globals have their bytes and the pointers in them") {
    Builder b;
    const ir::GlobalId text = b.program.global("text", "text"), table = b.program.global("table", "table");
    b.program[text] = {"text", "text", b.character, 3,  true, true,          true,
                       false,  false,  false,       {}, {},   {'h', 'i', 0}, {}};
    b.program[table] = {"table", "table", b.pointer, 8,  false, false, true,
                        false,   false,   false,     {}, {},    {},    {{0, text, 1}}};
    const ir::FunctionId entry = b.begin("main");
    const RegisterId at = b.reg(b.pointer), pointer = b.reg(b.pointer), letter = b.reg(b.character);
    b.add(ir::AddressOfGlobal{at, table});
    b.add(ir::Load{pointer, of(at), b.pointer, {}});
    b.add(ir::Load{letter, of(pointer), b.character, {}});
    b.add(ir::Store{of(pointer), constant(0), b.character, {}});
    b.add(ir::Return{});
    const Outcome outcome = b.run(entry);
    CHECK(outcome.reason == "invalid access: writes to a constant");
    CHECK(outcome.where.index == 3);
    b.program[table].why_not_initialised = "not modelled: a designated range";
    CHECK(b.run(entry).reason == "not modelled: a designated range");
}

TEST_CASE("memory beyond the limit is out of budget, not a crash") {
    Builder b;
    const ir::FunctionId entry = b.begin("main");
    const RegisterId block = b.reg(b.pointer);
    b.add(ir::CallIntrinsic{block, ir::Intrinsic::allocate, {constant(std::uint64_t{1} << 40)}});
    b.add(ir::Return{});
    const Outcome outcome = b.run(entry);
    CHECK(outcome.ending == Ending::out_of_budget);
    CHECK(outcome.reason == "memory");
}

TEST_CASE("a failure inside a model has the stack that leads to the user's call") {
    Builder b;
    const ir::FunctionId model = b.begin("memset", {b.pointer});
    b.f().is_model = true;
    b.add(ir::FillBytes{of(RegisterId{0}), constant(0), constant(9)});
    b.add(ir::Return{of(RegisterId{0})});
    const ir::FunctionId entry = b.begin("main");
    const RegisterId block = b.reg(b.pointer);
    b.add(ir::CallIntrinsic{block, ir::Intrinsic::allocate, {constant(8)}});
    b.add(ir::Call{{}, model, {of(block)}, {b.pointer}, b.pointer});
    b.add(ir::Return{});
    const Outcome outcome = b.run(entry, {}, checks());
    REQUIRE(outcome.ending == Ending::failed);
    CHECK(code_of(outcome) == "bounds");
    REQUIRE(outcome.failure->stack.size() == 2);
    CHECK(outcome.failure->stack[0] == ir::Site{entry, 1});
    CHECK(outcome.failure->stack[1] == ir::Site{model, 0});
    CHECK(value_of(outcome, "object") == "the block of 8 bytes allocated at ring.c:3");
}

TEST_CASE("locals die with their frame, and each entry into a scope makes a new one") {
    Builder b;
    const ir::FunctionId escape = b.begin("escape");
    const ir::LocalId tmp = b.local("tmp", 4);
    const RegisterId address = b.reg(b.pointer);
    b.add(ir::EnterLocal{tmp, {}});
    b.add(ir::AddressOfLocal{address, tmp});
    b.add(ir::Return{of(address)});
    const ir::FunctionId entry = b.begin("main");
    const RegisterId first = b.reg(b.pointer), second = b.reg(b.pointer), same = b.reg(b.integer),
                     value = b.reg(b.character);
    b.add(ir::Call{first, escape, {}, {}, b.pointer});
    b.add(ir::Call{second, escape, {}, {}, b.pointer});
    b.add(ir::Binary{same, BinaryOperator::equal, of(first), of(second), b.pointer, b.pointer});
    b.add(ir::Branch{of(same), b.integer, BlockId{2}, BlockId{1}});
    b.block();
    b.add(ir::Load{value, of(first), b.character, {}});
    b.block();
    b.add(ir::Return{});
    const Outcome outcome = b.run(entry, {}, checks());
    CHECK(code_of(outcome) == "lifetime.use-after-free");
    CHECK(value_of(outcome, "object") == "`tmp` [4 bytes]");
}

TEST_CASE("undefined registers carry their bit, through arithmetic, until they are written") {
    shadow::Table table = checks();
    table.demands.push_back(
        {"defined.read", "defined", "", shadow::Event::branch, {}, negation(shadow::Field::shadow_condition), 0});
    const auto run = [&](bool is_written) {
        Builder c;
        const ir::FunctionId entry = c.begin("main");
        const RegisterId n = c.reg(c.integer, "n"), sum = c.reg(c.integer);
        c.f().registers[0].starts_undefined = true;
        if (is_written) c.add(ir::Move{n, constant(1), c.integer});
        c.add(ir::Binary{sum, BinaryOperator::add, of(n), constant(1), c.integer, c.integer});
        c.add(ir::Branch{of(sum), c.integer, BlockId{1}, BlockId{1}});
        c.block();
        c.add(ir::Return{});
        return c.run(entry, {}, table).ending;
    };
    CHECK(run(false) == Ending::failed);
    CHECK(run(true) == Ending::returned);
}
