// Values that the program's world chooses: __gnomon_choose_<what>(name, ...) in models, or
// __gnomon_choose_<what>_as(number, name, ...) where the code numbers them, and functions of harnesses that are only
// declared.
#include <algorithm>
#include <array>

#include "frontend/constants.h"
#include "frontend/lowering.h"

namespace gnomon::frontend {

namespace {

enum class Length : std::uint8_t { at_most, exactly };  // what the third argument says

// Choices of bytes; all others are of the type that the call has.
struct BytesName {
    const char* name;
    Length length;
    bool is_terminated, is_line, is_word, may_be_null, is_ascii = false;
};
constexpr std::array bytes_names{
    BytesName{"string", Length::at_most, true, false, false, false},
    BytesName{"string_or_null", Length::at_most, true, false, false, true},
    BytesName{"line", Length::at_most, true, true, false, false},
    BytesName{"word", Length::at_most, true, false, true, false},
    BytesName{"block", Length::at_most, false, false, false, false},
    BytesName{"ascii", Length::at_most, false, false, false, false, true},
    BytesName{"bytes", Length::exactly, false, false, false, false},
};

}  // namespace

std::optional<std::variant<ir::IntegerInput, ir::FloatInput>> any_value(const ir::TypeTable& types, ir::TypeId type) {
    if (types.bits_of(type) > 64) return std::nullopt;
    if (const auto* integer = types.get_if<ir::IntegerType>(type))
        return ir::IntegerInput{type, integer->is_bool ? 0 : 1, integer->is_bool ? 1 : 0};
    if (types.is_float(type)) return ir::FloatInput{type};
    return std::nullopt;
}

Value FunctionLowering::choice(std::string_view what, std::vector<CXCursor> arguments, ir::TypeId type,
                               const std::string& text) {
    ir::Input input;
    constexpr std::string_view numbered = "_as";
    if (what.ends_with(numbered) && !arguments.empty()) {
        what.remove_suffix(numbered.size());
        input.number = rvalue(arguments[0]).operand;
        arguments.erase(arguments.begin());
    }
    if (arguments.empty()) throw Unmodelled{"a choice without a name"};
    if (const auto name = literal_text(reader_, arguments[0])) {
        input.name = *name;
    } else {  // computed: by what it points to then
        input.name = "%s";
        input.subject = rvalue(arguments[0]).operand;
    }
    const auto bytes =
        std::find_if(bytes_names.begin(), bytes_names.end(), [what](const BytesName& row) { return what == row.name; });
    if (bytes != bytes_names.end()) {
        if (arguments.size() != 3) throw Unmodelled{"a choice of bytes without its length"};
        const Value subject = rvalue(arguments[1]);
        if (!input.subject && subject.operand.is_register()) input.subject = subject.operand;
        ir::BytesInput choice;
        choice.is_terminated = bytes->is_terminated;
        choice.without_nul = bytes->is_terminated;
        choice.is_line = bytes->is_line;
        choice.is_ascii = bytes->is_ascii;
        choice.is_word = bytes->is_word;
        choice.may_be_null = bytes->may_be_null;
        choice.is_writable = true;
        if (bytes->length == Length::exactly) {
            choice.size = rvalue(arguments[2]).operand;
            choice.plain = 0;
        } else {
            const auto maximum = reader_.integer(arguments[2]);
            if (!maximum) throw Unmodelled{"a choice with a computed bound"};
            choice.maximum = *maximum;
        }
        input.choice = choice;
    } else {
        auto value = any_value(program_.types, type);
        if (!value) throw Unmodelled{"a choice of " + program_.types.spelling(type)};
        if (auto* integer = std::get_if<ir::IntegerInput>(&*value); integer != nullptr && arguments.size() == 3) {
            const auto minimum = reader_.integer(arguments[1]), maximum = reader_.integer(arguments[2]);
            if (!minimum || !maximum) throw Unmodelled{"a choice with a computed bound"};
            integer->minimum = static_cast<std::int64_t>(*minimum);
            integer->maximum = static_cast<std::int64_t>(*maximum);
        }
        std::visit([&input](auto&& one) { input.choice = one; }, *value);
    }
    const ir::Operand result = fresh(type);
    input.result = result.as_register();
    builder_.emit(std::move(input), text);
    return {result, type};
}

// `int nondet_int(void);`: a function of a harness that gives any value of its type. One with a body is what its body
// says.
void give_choice(ir::Program& program, ir::FunctionId id) {
    ir::Function& function = program[id];
    const std::string& name = function.name;
    const bool is_choice = name.starts_with("nondet_") || name.starts_with("__VERIFIER_nondet_");
    const auto* type = program.types.get_if<ir::FunctionType>(function.type);
    if (!is_choice || function.has_body || type == nullptr || !type->parameters.empty()) return;
    const auto value = any_value(program.types, type->result);
    if (!value) return;
    ir::Input input;
    input.name = name + "()";
    std::visit([&input](const auto& one) { input.choice = one; }, *value);
    function.is_model = true;
    function.why_no_body.clear();
    Builder builder(function);
    builder.at(function.place);
    input.result = builder.new_register(type->result);
    const ir::Operand result = ir::Operand::of(input.result);
    builder.emit(std::move(input));
    builder.emit(ir::Return{result});
    builder.finish();
    function.has_body = true;
}

}  // namespace gnomon::frontend
