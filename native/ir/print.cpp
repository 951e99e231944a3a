#include "ir/print.h"

namespace gnomon::ir {

namespace {

constexpr const char* binary_names[] = {"add", "sub", "mul", "div", "rem", "shl", "shr", "and",
                                        "or",  "xor", "eq",  "ne",  "lt",  "le",  "gt",  "ge"};
constexpr const char* unary_names[] = {"neg", "not", "lnot"};
constexpr const char* intrinsic_names[] = {
    "allocate",     "allocate_zero", "release",       "object_size", "new_opaque",     "exit_program",   "assert_fails",
    "touch",        "string_length", "reads_decimal", "decimal",     "assume",         "unknown",        "forget",
    "print_double", "parse_double",  "mathematics",   "extended",    "parse_extended", "print_extended", "apart",
    "keep",         "counted",       "shared",        "answer",      "returned",       "type_block",     "is_a",
    "is_undefined", "is_tainted",    "is_later",      "resize",      "made_as",        "references"};

struct Printer {
    const Program& program;
    const Function& function;

    std::string reg(RegisterId id) const {
        const std::string number = std::to_string(static_cast<std::uint32_t>(id));
        const auto index = static_cast<std::size_t>(id);
        const bool is_named = index < function.registers.size() && !function.registers[index].name.empty();
        return "%" + number + (is_named ? ":" + function.registers[index].name : "");
    }
    std::string op(const Operand& operand) const {
        return operand.is_constant() ? std::to_string(operand.bits()) : reg(operand.as_register());
    }
    std::string type(TypeId id) const { return program.types.spelling(id); }
    std::string block(BlockId id) const { return "b" + std::to_string(static_cast<std::uint32_t>(id)); }
    std::string local(LocalId id) const {
        const auto index = static_cast<std::size_t>(id);
        return "$" + std::to_string(index) + ":" + function.locals[index].name;
    }
    std::string global(GlobalId id) const {
        const Global& target = program[id];
        if (!target.is_string_literal) return "@" + target.key;
        return "@\"" + std::string(target.bytes.begin(), target.bytes.end()) + "\"";
    }
    std::string view(std::optional<TypeId> seen) const { return seen ? " of a " + type(*seen) : ""; }
    static std::string bits(const BitRange& range) {
        if (range.width == 0) return "";
        return " bits " + std::to_string(range.offset) + "+" + std::to_string(range.width);
    }
    std::string list(const std::vector<Operand>& operands) const {
        std::string text;
        for (const Operand& operand : operands) text += (text.empty() ? "" : ", ") + op(operand);
        return text;
    }

    std::string operator()(const Move& i) const { return reg(i.result) + " = " + op(i.value); }
    std::string operator()(const Unary& i) const {
        return reg(i.result) + " = " + unary_names[static_cast<int>(i.op)] + " " + type(i.type) + " " + op(i.value);
    }
    std::string operator()(const Binary& i) const {
        return reg(i.result) + " = " + binary_names[static_cast<int>(i.op)] + " " + type(i.type) + " " + op(i.left) +
               ", " + op(i.right);
    }
    std::string operator()(const Cast& i) const {
        return reg(i.result) + " = cast " + op(i.value) + " " + type(i.from) + " to " + type(i.to);
    }
    std::string operator()(const AddressOfLocal& i) const { return reg(i.result) + " = &" + local(i.local); }
    std::string operator()(const AddressOfGlobal& i) const { return reg(i.result) + " = &" + global(i.global); }
    std::string operator()(const AddressOfFunction& i) const {
        return reg(i.result) + " = &" + program[i.function].key;
    }
    std::string operator()(const FieldAddress& i) const {
        return reg(i.result) + " = field " + op(i.base) + " + " + std::to_string(i.byte_offset);
    }
    std::string operator()(const ElementAddress& i) const {
        return reg(i.result) + " = element " + op(i.base) + (i.is_negated ? " - " : " + ") + op(i.index) + " * " +
               std::to_string(program.types.size_of(i.element));
    }
    std::string operator()(const PointerDifference& i) const {
        return reg(i.result) + " = distance " + op(i.left) + ", " + op(i.right) + " / " +
               std::to_string(program.types.size_of(i.element));
    }
    std::string operator()(const EnterLocal& i) const {
        return "enter " + local(i.local) + (i.size ? " of " + op(*i.size) : "");
    }
    std::string operator()(const LeaveLocal& i) const { return "leave " + local(i.local); }
    std::string operator()(const Load& i) const {
        return reg(i.result) + " = load " + type(i.type) + " " + op(i.pointer) + bits(i.bits) + view(i.view);
    }
    std::string operator()(const Store& i) const {
        return "store " + type(i.type) + " " + op(i.value) + " to " + op(i.pointer) + bits(i.bits) + view(i.view);
    }
    std::string operator()(const CopyBytes& i) const {
        return "copy " + op(i.size) + " from " + op(i.from) + " to " + op(i.to);
    }
    std::string operator()(const FillBytes& i) const {
        return "fill " + op(i.size) + " of " + op(i.to) + " with " + op(i.byte);
    }
    std::string operator()(const CallIntrinsic& i) const {
        return (i.result ? reg(*i.result) + " = " : "") + intrinsic_names[static_cast<int>(i.intrinsic)] + "(" +
               list(i.arguments) + ")" + (names_type(i) ? " " + type(i.type) : "");
    }
    std::string operator()(const Call& i) const {
        const auto* direct = std::get_if<FunctionId>(&i.callee);
        const std::string callee = direct ? program[*direct].key : "*" + op(std::get<Operand>(i.callee));
        return (i.result ? reg(*i.result) + " = " : "") + (i.is_deferred ? "later " : "call ") + callee + "(" +
               list(i.arguments) + ")";
    }
    std::string operator()(const Input& i) const {
        return reg(i.result) + " = input " + i.name + (i.number ? " number " + op(*i.number) : "");
    }
    std::string operator()(const Jump& i) const { return "jump " + block(i.target); }
    std::string operator()(const Branch& i) const {
        return "branch " + op(i.condition) + " ? " + block(i.if_true) + " : " + block(i.if_false);
    }
    std::string operator()(const Switch& i) const {
        std::string text = "switch " + op(i.value);
        for (const auto& [value, target] : i.cases) text += " " + std::to_string(value) + ":" + block(target);
        return text + " else " + block(i.otherwise);
    }
    std::string operator()(const Return& i) const { return "return" + (i.value ? " " + op(*i.value) : ""); }
    std::string operator()(const NotModelled& i) const { return "not modelled: " + i.reason; }
    std::string operator()(const Unreachable&) const { return "unreachable"; }
};

}  // namespace

std::string print(const Program& program, const Function& function, const Instruction& instruction) {
    return std::visit(Printer{program, function}, instruction.operation);
}

std::string print(const Program& program, FunctionId id) {
    const Function& function = program[id];
    std::string text = function.key + ":\n";
    for (std::size_t number = 0; number < function.blocks.size(); ++number) {
        text += "b" + std::to_string(number) + ":\n";
        for (std::uint32_t i = function.blocks[number].begin; i < function.blocks[number].end; ++i)
            text += "  " + print(program, function, function.code[i]) + "\n";
    }
    return text;
}

}  // namespace gnomon::ir
