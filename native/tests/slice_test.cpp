#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include "slice/slice.h"

#include <doctest/doctest.h>

#include <string>

using namespace gnomon;
using ir::BlockId;
using ir::Operand;
using ir::RegisterId;

namespace {

ir::Instruction at(std::uint32_t line, ir::Operation operation) { return {{{}, line, 1}, std::move(operation), ""}; }

void define(ir::Program& program, ir::FunctionId id, std::vector<ir::Instruction> code) {
    ir::Function& function = program[id];
    function.has_body = true;
    function.registers = {{program.types.integer(32, true), "", false}};
    function.blocks = {{0, static_cast<std::uint32_t>(code.size())}};
    function.code = std::move(code);
}

// main calls used and returns; unused is called by nobody.
struct Example {
    explicit Example(std::uint32_t line = 1, std::uint64_t divisor = 3) {
        entry = program.function("main", "main");
        used = program.function("used", "used");
        unused = program.function("unused", "unused");
        const ir::TypeId type = program.types.integer(32, true);
        const ir::RegisterId result{0};
        const auto divide = ir::Binary{
            result, ir::BinaryOperator::divide, ir::Operand::of(result), ir::Operand::constant(divisor), type, type};
        define(program, used, {at(line, divide), at(line + 1, ir::Return{ir::Operand::of(result)})});
        define(program, unused, {at(line + 5, ir::Return{})});
        const ir::Call call{result, used, {}, {}, type};
        define(program, entry, {at(line + 9, call), at(line + 10, ir::Return{})});
    }
    std::string key() const {
        const slice::Slicer slicer(program, entry);
        const ir::Site site{used, 0};
        return slice::key(program, entry, slicer.backward({&site, 1}), {site, 0}, {}, "settings");
    }
    ir::Program program;
    ir::FunctionId entry{}, used{}, unused{};
};

// Writes a function block by block. Registers hold 64 bits.
class Writer {
  public:
    Writer(ir::Program& program, const std::string& name, std::uint32_t parameters = 0)
        : program_(program), id_(program.function(name, name)), word_(program.types.integer(64, false)) {
        function().has_body = true;
        function().parameter_count = parameters;
        for (std::uint32_t i = 0; i < parameters; ++i) reg();
    }
    ir::Function& function() { return program_[id_]; }
    ir::FunctionId id() const { return id_; }
    ir::TypeId word() const { return word_; }

    RegisterId reg() {
        function().registers.push_back({word_, "", false});
        return static_cast<RegisterId>(function().registers.size() - 1);
    }
    std::uint32_t add(ir::Operation operation) {
        const bool ends = operation.index() >= ir::Operation(ir::Jump{}).index();
        function().code.push_back(at(1, std::move(operation)));
        const auto size = static_cast<std::uint32_t>(function().code.size());
        if (ends) {
            function().blocks.push_back({begin_, size});
            begin_ = size;
        }
        return size - 1;
    }
    RegisterId local() {  // entered; its address
        function().locals.push_back({"", word_, 8});
        const auto id = static_cast<ir::LocalId>(function().locals.size() - 1);
        add(ir::EnterLocal{id, {}});
        const RegisterId address = reg();
        add(ir::AddressOfLocal{address, id});
        return address;
    }
    RegisterId input(const std::string& name) {
        const RegisterId result = reg();
        add(ir::Input{result, name, ir::IntegerInput{word_, 0, 9}});
        return result;
    }
    std::uint32_t store(RegisterId pointer, Operand value) {
        return add(ir::Store{Operand::of(pointer), value, word_, {}});
    }
    std::uint32_t load(RegisterId into, RegisterId pointer) {
        return add(ir::Load{into, Operand::of(pointer), word_, {}});
    }
    std::uint32_t branch(RegisterId condition, std::uint32_t if_true, std::uint32_t if_false) {
        return add(ir::Branch{Operand::of(condition), word_, BlockId{if_true}, BlockId{if_false}});
    }
    std::uint32_t jump(std::uint32_t to) { return add(ir::Jump{BlockId{to}}); }
    std::uint32_t call(ir::FunctionId callee, std::vector<RegisterId> arguments = {},
                       std::optional<RegisterId> result = {}) {
        ir::Call call{result, callee, {}, {}, word_};
        for (const RegisterId argument : arguments) {
            call.arguments.push_back(Operand::of(argument));
            call.argument_types.push_back(word_);
        }
        return add(call);
    }
    std::uint32_t divide(Operand by) {  // a criterion that reads no memory
        return add(ir::Binary{reg(), ir::BinaryOperator::divide, Operand::constant(1), by, word_, word_});
    }

  private:
    ir::Program& program_;
    ir::FunctionId id_;
    ir::TypeId word_;
    std::uint32_t begin_ = 0;
};

ir::FunctionId model_of_malloc(ir::Program& program) {
    Writer writer(program, "malloc", 1);
    writer.function().is_model = true;
    const RegisterId block = writer.reg();
    writer.add(ir::CallIntrinsic{block, ir::Intrinsic::allocate, {Operand::of(RegisterId{0})}});
    writer.add(ir::Return{Operand::of(block)});
    return writer.id();
}

ir::FunctionId model_of_free(ir::Program& program) {
    Writer writer(program, "free", 1);
    writer.function().is_model = true;
    writer.add(ir::CallIntrinsic{{}, ir::Intrinsic::release, {Operand::of(RegisterId{0})}});
    writer.add(ir::Return{});
    return writer.id();
}

slice::Slice slice_of(const Writer& entry, const ir::Program& program, std::vector<ir::Site> sites) {
    return slice::Slicer(program, entry.id()).backward(sites);
}

bool has(const slice::Slice& slice, const Writer& writer, std::uint32_t index) {
    const auto part = slice.functions.find(writer.id());
    return part != slice.functions.end() && part->second.kept[index];
}

}  // namespace

TEST_CASE("only functions that the entry can reach are in a slice") {
    const Example example;
    const slice::Slicer slicer(example.program, example.entry);
    CHECK(slicer.reaches(example.used));
    CHECK_FALSE(slicer.reaches(example.unused));
    const ir::Site site{example.used, 0};
    const slice::Slice slice = slicer.backward({&site, 1});
    CHECK(slice.instruction_count() == 4);
    const ir::Site elsewhere{example.unused, 0};
    CHECK(slicer.backward({&elsewhere, 1}).instruction_count() == 0);
    slice::Slice sum;
    CHECK_FALSE(sum.contains(slice));
    sum.add(slice);
    CHECK(sum.contains(slice));
}

TEST_CASE("a key survives line shifts and tells changed code apart") {
    CHECK(Example(1).key() == Example(40).key());
    CHECK(Example(1, 3).key() != Example(1, 4).key());
}

TEST_CASE("the definitions that reach an operand are kept, and no others") {
    ir::Program program;
    Writer main(program, "main");
    const RegisterId wanted = main.reg(), other = main.reg();
    const std::uint32_t hidden = main.add(ir::Move{wanted, Operand::constant(1), main.word()});
    const std::uint32_t reaching = main.add(ir::Move{wanted, Operand::constant(2), main.word()});
    const std::uint32_t unrelated = main.add(ir::Move{other, Operand::constant(3), main.word()});
    const std::uint32_t site = main.divide(Operand::of(wanted));
    main.add(ir::Return{});
    const slice::Slice slice = slice_of(main, program, {{main.id(), site}});
    CHECK(has(slice, main, site));
    CHECK(has(slice, main, reaching));
    CHECK_FALSE(has(slice, main, hidden));
    CHECK_FALSE(has(slice, main, unrelated));
}

TEST_CASE("a definition around a loop reaches, and the loop's branch decides") {
    ir::Program program;
    Writer main(program, "main");
    const RegisterId wanted = main.reg(), count = main.input("count");
    const std::uint32_t before = main.add(ir::Move{wanted, Operand::constant(1), main.word()});
    main.jump(1);
    const std::uint32_t decides = main.branch(count, 2, 3);
    const std::uint32_t site = main.divide(Operand::of(wanted));
    const std::uint32_t around = main.add(ir::Move{wanted, Operand::constant(0), main.word()});
    main.jump(1);
    main.add(ir::Return{});
    const slice::Slice slice = slice_of(main, program, {{main.id(), site}});
    CHECK(has(slice, main, before));
    CHECK(has(slice, main, around));
    CHECK(has(slice, main, decides));
    CHECK(has(slice, main, 0));  // the input
}

TEST_CASE("control skips a branch that decides nothing kept") {
    ir::Program program;
    Writer main(program, "main");
    const RegisterId choice = main.input("choice");
    const std::uint32_t joins = main.branch(choice, 1, 2);
    main.divide(Operand::constant(1));
    main.jump(2);
    const std::uint32_t site = main.divide(Operand::constant(2));
    const std::uint32_t parts = main.branch(choice, 3, 4);
    main.add(ir::Return{});
    main.add(ir::Return{});
    const slice::Slice slice = slice_of(main, program, {{main.id(), site}});
    const slice::FunctionSlice& part = slice.functions.at(main.id());
    CHECK_FALSE(has(slice, main, joins));
    CHECK(part.skips.at(joins) == BlockId{2});
    // Nothing post-dominates the last one, but both ways return.
    CHECK_FALSE(has(slice, main, parts));
    CHECK(part.skips.contains(parts));
}

TEST_CASE("an early return decides what follows it") {
    ir::Program program;
    Writer main(program, "main");
    const RegisterId choice = main.input("choice");
    const std::uint32_t guard = main.branch(choice, 1, 2);
    main.add(ir::Return{});
    const std::uint32_t site = main.divide(Operand::constant(2));
    main.add(ir::Return{});
    CHECK(has(slice_of(main, program, {{main.id(), site}}), main, guard));
}

TEST_CASE("endless loops have slices") {
    ir::Program program;
    Writer main(program, "main");
    const RegisterId choice = main.input("choice");
    main.branch(choice, 1, 2);
    main.jump(1);
    const std::uint32_t site = main.divide(Operand::of(choice));
    main.jump(3);
    main.jump(2);
    const slice::Slice slice = slice_of(main, program, {{main.id(), site}});
    CHECK(has(slice, main, site));
    CHECK(has(slice, main, 1));
}

TEST_CASE("a load keeps the stores that may have written what it reads") {
    ir::Program program;
    Writer main(program, "main");
    Writer sets(program, "sets", 1);
    const std::uint32_t inner = sets.store(RegisterId{0}, Operand::constant(5));
    sets.add(ir::Return{});
    const RegisterId read = main.local(), elsewhere = main.local(), value = main.reg();
    const std::uint32_t direct = main.store(read, Operand::constant(1));
    const std::uint32_t unrelated = main.store(elsewhere, Operand::constant(2));
    const std::uint32_t call = main.call(sets.id(), {read});
    main.load(value, read);
    const std::uint32_t site = main.divide(Operand::of(value));
    main.add(ir::Return{});
    const slice::Slice slice = slice_of(main, program, {{main.id(), site}});
    CHECK(has(slice, main, direct));
    CHECK(has(slice, main, call));
    CHECK(has(slice, sets, inner));
    CHECK_FALSE(has(slice, main, unrelated));
    CHECK(has(slice, main, 0));        // the local that is read is entered,
    CHECK_FALSE(has(slice, main, 2));  // the other one is not
}

TEST_CASE("blocks of one model are told apart by its calls, and so are their ends") {
    ir::Program program;
    const ir::FunctionId allocates = model_of_malloc(program), frees = model_of_free(program);
    Writer main(program, "main");
    const RegisterId size = main.input("size"), mine = main.reg(), other = main.reg();
    const std::uint32_t made = main.call(allocates, {size}, mine);
    const std::uint32_t made_other = main.call(allocates, {size}, other);
    const std::uint32_t freed_other = main.call(frees, {other});
    const std::uint32_t freed = main.call(frees, {mine});
    const std::uint32_t site = main.store(mine, Operand::constant(1));
    main.add(ir::Return{});
    const slice::Slice slice = slice_of(main, program, {{main.id(), site}});
    CHECK(has(slice, main, made));
    CHECK(has(slice, main, freed));
    CHECK_FALSE(has(slice, main, made_other));
    CHECK_FALSE(has(slice, main, freed_other));
    CHECK(has(slice, main, 0));  // the size of the block
}

TEST_CASE("slices of several criteria are made together, since a model's body is shared") {
    ir::Program program;
    Writer both(program, "both", 2);  // both(to, value): stores the value, and returns it
    both.function().is_model = true;
    both.store(RegisterId{0}, Operand::of(RegisterId{1}));
    both.add(ir::Return{Operand::of(RegisterId{1})});
    Writer main(program, "main");
    const RegisterId value = main.input("value"), first = main.local(), second = main.local();
    const RegisterId result = main.reg(), loaded = main.reg();
    main.call(both.id(), {first, value}, result);
    main.call(both.id(), {second, value});
    main.load(loaded, second);
    const ir::Site one{main.id(), main.divide(Operand::of(result))};
    const ir::Site two{main.id(), main.divide(Operand::of(loaded))};
    main.add(ir::Return{});
    slice::Slice sum = slice_of(main, program, {one});
    CHECK_FALSE(has(sum, both, 0));
    sum.add(slice_of(main, program, {two}));
    // The first call now stores, too: it needs the address that neither slice has.
    const slice::Slice together = slice_of(main, program, {one, two});
    CHECK(together.contains(sum));
    CHECK_FALSE(sum.contains(together));
}

TEST_CASE("what may end the run before is kept, what may end it afterwards is not") {
    ir::Program program;
    Writer checks(program, "checks", 1);
    const std::uint32_t condition = checks.branch(RegisterId{0}, 1, 2);
    const std::uint32_t exit = checks.add(ir::CallIntrinsic{{}, ir::Intrinsic::exit_program, {}});
    checks.add(ir::Unreachable{});
    checks.add(ir::Return{});
    Writer main(program, "main");
    const RegisterId value = main.input("value");
    const std::uint32_t before = main.call(checks.id(), {value});
    const std::uint32_t site = main.divide(Operand::constant(1));
    const std::uint32_t after = main.call(checks.id(), {value});
    main.add(ir::Return{});
    const slice::Slice slice = slice_of(main, program, {{main.id(), site}});
    CHECK(has(slice, main, before));
    CHECK(has(slice, main, 0));
    CHECK(has(slice, checks, condition));
    CHECK(has(slice, checks, exit));
    // Calls are not told apart by what they are made for.
    CHECK(has(slice, main, after));
    Writer last(program, "last");
    const std::uint32_t alone = last.divide(Operand::constant(1));
    const std::uint32_t late = last.call(checks.id(), {last.input("value")});
    last.add(ir::Return{});
    CHECK_FALSE(has(slice_of(last, program, {{last.id(), alone}}), last, late));
}

TEST_CASE("functions without a body write what one of them could reach, unless a row says otherwise") {
    ir::Program program;
    const ir::FunctionId unknown = program.function("unknown", "unknown");
    Writer inner(program, "inner");
    const RegisterId read = inner.local(), elsewhere = inner.local(), own = inner.local();
    const RegisterId value = inner.reg(), own_value = inner.reg();
    const std::uint32_t given = inner.call(unknown, {read});
    const std::uint32_t later = inner.call(unknown, {elsewhere});  // it may have kept the pointer
    inner.load(value, read);
    inner.load(own_value, own);
    const std::uint32_t site = inner.divide(Operand::of(value)), own_site = inner.divide(Operand::of(own_value));
    inner.add(ir::Return{});
    Writer main(program, "main");
    main.call(inner.id(), {});
    main.add(ir::Return{});
    const slice::Slice slice = slice_of(main, program, {{inner.id(), site}});
    CHECK(has(slice, inner, given));
    CHECK(has(slice, inner, later));
    CHECK_FALSE(has(slice_of(main, program, {{inner.id(), own_site}}), inner, given));
    program.externals["unknown"] = {};
    CHECK_FALSE(has(slice_of(main, program, {{inner.id(), site}}), inner, given));
}

TEST_CASE("calls through pointers go where the pointer may lead") {
    ir::Program program;
    Writer meant(program, "meant"), other(program, "other");
    meant.add(ir::Return{Operand::constant(1)});
    other.add(ir::Return{Operand::constant(2)});
    Writer main(program, "main");
    const RegisterId pointer = main.reg(), unused = main.reg(), result = main.reg();
    main.add(ir::AddressOfFunction{pointer, meant.id()});
    main.add(ir::AddressOfFunction{unused, other.id()});
    main.add(ir::Call{result, Operand::of(pointer), {}, {}, main.word()});
    const std::uint32_t site = main.divide(Operand::of(result));
    main.add(ir::Return{});
    const slice::Slicer slicer(program, main.id());
    CHECK(slicer.reaches(meant.id()));
    CHECK_FALSE(slicer.reaches(other.id()));
    const slice::Slice slice = slice_of(main, program, {{main.id(), site}});
    CHECK(slice.functions.contains(meant.id()));
    CHECK_FALSE(slice.functions.contains(other.id()));
}

namespace {

// An object with a word in its front and one behind it.
struct Pair {
    explicit Pair(Writer& main) : whole(main.local()), behind(main.reg()) {
        main.function().locals.back().size = 16;
        main.add(ir::FieldAddress{behind, Operand::of(whole), main.word(), 1, 8});
    }
    RegisterId whole, behind;
};

}  // namespace

TEST_CASE("a load keeps only the stores to its own bytes, and those to an unknown place") {
    ir::Program program;
    Writer main(program, "main");
    const Pair pair(main);
    const RegisterId index = main.input("index"), somewhere = main.reg(), value = main.reg();
    const ir::TypeId word = main.word();
    main.add(ir::ElementAddress{somewhere, Operand::of(pair.whole), Operand::of(index), word, word});
    const std::uint32_t front = main.store(pair.whole, Operand::constant(1));
    const std::uint32_t behind = main.store(pair.behind, Operand::constant(2));
    const std::uint32_t anywhere = main.store(somewhere, Operand::constant(3));
    const std::uint32_t all =
        main.add(ir::FillBytes{Operand::of(pair.whole), Operand::constant(0), Operand::constant(16)});
    main.load(value, pair.behind);
    const std::uint32_t site = main.divide(Operand::of(value));
    main.add(ir::Return{});
    const slice::Slice slice = slice_of(main, program, {{main.id(), site}});
    CHECK_FALSE(has(slice, main, front));
    CHECK(has(slice, main, behind));
    CHECK(has(slice, main, anywhere));
    CHECK(has(slice, main, all));
}

TEST_CASE("pointers in different fields are told apart, and in one whose place nobody knows they are not") {
    ir::Program program;
    Writer main(program, "main");
    const Pair pair(main);
    const RegisterId one = main.local(), two = main.local(), found = main.reg(), value = main.reg();
    const std::uint32_t store_one = main.store(one, Operand::constant(1));
    const std::uint32_t store_two = main.store(two, Operand::constant(2));
    main.store(pair.whole, Operand::of(one));
    main.store(pair.behind, Operand::of(two));
    main.load(found, pair.behind);
    main.load(value, found);
    const std::uint32_t site = main.divide(Operand::of(value));
    const RegisterId index = main.input("index"), somewhere = main.reg(), any = main.reg(), any_value = main.reg();
    const ir::TypeId word = main.word();
    main.add(ir::ElementAddress{somewhere, Operand::of(pair.whole), Operand::of(index), word, word});
    main.load(any, somewhere);
    main.load(any_value, any);
    const std::uint32_t late = main.divide(Operand::of(any_value));
    main.add(ir::Return{});
    const slice::Slice slice = slice_of(main, program, {{main.id(), site}});
    CHECK_FALSE(has(slice, main, store_one));
    CHECK(has(slice, main, store_two));
    const slice::Slice both = slice_of(main, program, {{main.id(), late}});
    CHECK(has(both, main, store_one));
    CHECK(has(both, main, store_two));
}

TEST_CASE("a place beyond the bounded number of known ones is anywhere") {
    ir::Program program;
    Writer main(program, "main");
    const RegisterId object = main.local(), value = main.reg();
    main.function().locals.back().size = 8000;
    RegisterId last = object;
    std::uint32_t stored = 0;
    for (std::uint32_t i = 1; i < 200; ++i) {
        last = main.reg();
        main.add(ir::FieldAddress{last, Operand::of(object), main.word(), i, 8 * i});
        stored = main.store(last, Operand::constant(i));
    }
    main.load(value, object);
    const std::uint32_t front = main.divide(Operand::of(value));
    const RegisterId last_value = main.reg();
    main.load(last_value, last);
    const std::uint32_t behind = main.divide(Operand::of(last_value));
    main.add(ir::Return{});
    CHECK(has(slice_of(main, program, {{main.id(), front}}), main, stored));
    CHECK(has(slice_of(main, program, {{main.id(), behind}}), main, stored));
}

namespace {

// The key of a division by a value loaded from a global, in a program that differs in what the arguments say.
std::string key_of_global(std::uint8_t initial, bool has_more, bool has_other_branch) {
    ir::Program program;
    if (has_more) program.function("another", "another");  // shifts the ids
    Writer main(program, "main");
    const ir::GlobalId global = program.global("table", "table");
    program[global].type = main.word();
    program[global].size = 8;
    program[global].is_defined = true;
    program[global].bytes = {initial, 0, 0, 0, 0, 0, 0, 0};
    const RegisterId spare = has_more ? main.input("spare") : RegisterId{};
    const RegisterId address = main.reg(), value = main.reg();
    std::uint32_t block = 0;
    if (has_other_branch) {
        main.branch(spare, 1, 2);
        main.divide(Operand::of(spare));
        main.jump(2);
        block = 2;
    }
    main.add(ir::AddressOfGlobal{address, global});
    main.load(value, address);
    const ir::Site site{main.id(), main.divide(Operand::of(value))};
    main.add(ir::Return{});
    CHECK(main.function().blocks.size() == block + 1);
    const slice::Slicer slicer(program, main.id());
    return slice::key(program, main.id(), slicer.backward({&site, 1}), {site, 0}, {}, "");
}

}  // namespace

TEST_CASE("a key tells apart what the slice holds, and nothing else") {
    CHECK(key_of_global(1, false, false) == key_of_global(1, true, false));
    CHECK(key_of_global(1, false, false) == key_of_global(1, true, true));
    CHECK(key_of_global(1, false, false) != key_of_global(2, false, false));
}

TEST_CASE("a key holds the rules and the settings") {
    const Example example;
    const slice::Slicer slicer(example.program, example.entry);
    const ir::Site site{example.used, 0};
    const slice::Slice slice = slicer.backward({&site, 1});
    shadow::Table table;
    table.demands.push_back({"arith.div-zero", "arith", "", shadow::Event::arithmetic, {}, {}, 0});
    const auto key = [&](const std::string& settings) {
        return slice::key(example.program, example.entry, slice, {site, 0}, table, settings);
    };
    const std::string before = key("a");
    CHECK(before == key("a"));
    CHECK(before != key("b"));
    table.demands[0].predicate.nodes.push_back({shadow::Operator::constant, 1, {}, 0, 0});
    CHECK(before != key("a"));
}
