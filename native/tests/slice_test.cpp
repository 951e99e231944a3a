#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include "slice/slice.h"

#include <doctest/doctest.h>

using namespace gnomon;

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
