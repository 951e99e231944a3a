#include "frontend/lowering.h"

#include <array>

#include "frontend/constants.h"
#include "frontend/parse_arguments.h"
#include "ir/mathematics.h"

namespace gnomon::frontend {

namespace {

struct IntrinsicName {
    const char* name;
    ir::Intrinsic intrinsic;
    bool has_result;
};
constexpr std::array intrinsics{
    IntrinsicName{"allocate", ir::Intrinsic::allocate, true},
    IntrinsicName{"allocate_zero", ir::Intrinsic::allocate_zero, true},
    IntrinsicName{"release", ir::Intrinsic::release, false},
    IntrinsicName{"object_size", ir::Intrinsic::object_size, true},
    IntrinsicName{"new_opaque", ir::Intrinsic::new_opaque, true},
    IntrinsicName{"exit_program", ir::Intrinsic::exit_program, false},
    IntrinsicName{"assert_fails", ir::Intrinsic::assert_fails, false},
    IntrinsicName{"touch", ir::Intrinsic::touch, false},
    IntrinsicName{"string_length", ir::Intrinsic::string_length, true},
    IntrinsicName{"assume", ir::Intrinsic::assume, false},
    IntrinsicName{"unknown", ir::Intrinsic::unknown, true},
    IntrinsicName{"forget", ir::Intrinsic::forget, false},
    IntrinsicName{"print_double", ir::Intrinsic::print_double, true},
    IntrinsicName{"parse_double", ir::Intrinsic::parse_double, true},
    IntrinsicName{"mathematics", ir::Intrinsic::mathematics, true},
};

constexpr std::string_view intrinsic_prefix = "__gnomon_";
constexpr std::string_view choice_prefix = "choose_";
constexpr std::string_view builtin_prefix = "__builtin_";

}  // namespace

Value FunctionLowering::call(CXCursor expression, bool is_wanted) {
    const auto children = reader_.children(expression);
    const int count = reader_.api.Cursor_getNumArguments(expression);
    if (children.empty() || count < 0) throw Unmodelled{"this call"};
    std::vector<CXCursor> arguments;
    for (int i = 0; i < count; ++i)
        arguments.push_back(reader_.api.Cursor_getArgument(expression, static_cast<unsigned>(i)));
    const ir::TypeId result = types_.of(expression);
    const std::string text = reader_.source(expression);

    const CXCursor target = reader_.api.getCursorReferenced(expression);
    if (target.kind != kind::function) {
        const Value callee = rvalue(children.front());
        return emit_call(callee.operand, arguments, result, is_wanted, text);
    }
    const std::string name = reader_.spelling(target);
    if (name.starts_with(builtin_prefix) || name.starts_with(intrinsic_prefix)) {
        if (auto value = builtin(name, expression, arguments, is_wanted)) return *value;
        throw Unmodelled{"calls " + name};
    }
    Value parsed{ir::Operand::constant(0), result};
    if (parse_arguments(name, arguments, parsed, text)) return parsed;
    return emit_call(symbols_.function(target), arguments, result, is_wanted, text);
}

std::optional<Value> FunctionLowering::builtin(const std::string& name, CXCursor expression,
                                               const std::vector<CXCursor>& arguments, bool is_wanted) {
    const ir::TypeId type = types_.of(expression);
    if (name.starts_with(intrinsic_prefix)) {
        const std::string_view wanted = std::string_view(name).substr(intrinsic_prefix.size());
        if (wanted.starts_with(choice_prefix))
            return choice(wanted.substr(choice_prefix.size()), arguments, type, reader_.source(expression));
        if (wanted == "not_modelled") {
            const auto what = arguments.empty() ? std::nullopt : literal_text(reader_, arguments[0]);
            throw Unmodelled{what.value_or("this")};
        }
        std::vector<ir::Operand> values;
        for (CXCursor argument : arguments) {
            if (wanted == "mathematics" && values.empty()) {
                const auto number = ir::mathematics_named(literal_text(reader_, argument).value_or(""));
                if (!number) throw Unmodelled{"a function without a name"};
                values.push_back(ir::Operand::constant(*number));
                continue;
            }
            values.push_back(rvalue(argument).operand);
        }
        if (wanted == "copy" && values.size() == 3) {
            builder_.emit(ir::CopyBytes{values[0], values[1], values[2]}, reader_.source(expression));
            return Value{values[0], type};
        }
        if (wanted == "fill" && values.size() == 3) {
            const Value byte = convert({values[1], types_.int_type()}, program_.types.integer(8, false));
            builder_.emit(ir::FillBytes{values[0], byte.operand, values[2]}, reader_.source(expression));
            return Value{values[0], type};
        }
        for (const IntrinsicName& row : intrinsics) {
            if (wanted != row.name) continue;
            ir::CallIntrinsic call{std::nullopt, row.intrinsic, values};
            Value value{ir::Operand::constant(0), type};
            if (row.has_result) {
                value.operand = fresh(type);
                call.result = value.operand.as_register();
            }
            builder_.emit(std::move(call), reader_.source(expression));
            if (row.intrinsic == ir::Intrinsic::exit_program || row.intrinsic == ir::Intrinsic::assert_fails)
                builder_.emit(ir::Unreachable{});
            return value;
        }
        return std::nullopt;
    }
    const std::string base = name.substr(builtin_prefix.size());
    if (base == "expect" && !arguments.empty()) {
        for (std::size_t i = 1; i < arguments.size(); ++i) effect(arguments[i]);
        return convert(rvalue(arguments[0]), type);
    }
    if (base == "unreachable" || base == "trap") {
        builder_.emit(ir::Unreachable{});
        return Value{ir::Operand::constant(0), type};
    }
    if (base == "constant_p") return Value{ir::Operand::constant(reader_.integer(expression).value_or(0)), type};
    if (base == "object_size" || base == "dynamic_object_size")
        return Value{ir::Operand::constant(reader_.integer(expression).value_or(~std::uint64_t{0})), type};
    if (const auto bits = reader_.integer(expression); bits && program_.types.is_integer(type))
        return convert({ir::Operand::constant(*bits), types_.size_type()}, type);
    // The library function of that name, which has a model or is declared: __builtin_memcpy and its like.
    const auto known = program_.functions_by_key.find(base);
    if (known == program_.functions_by_key.end() || !program_[known->second].is_model) return std::nullopt;
    return emit_call(known->second, arguments, type, is_wanted, reader_.source(expression));
}

Value FunctionLowering::emit_call(std::variant<ir::FunctionId, ir::Operand> callee,
                                  const std::vector<CXCursor>& arguments, ir::TypeId result, bool is_wanted,
                                  const std::string& text) {
    ir::Call call{std::nullopt, callee, {}, {}, result};
    Value value{ir::Operand::constant(0), result};
    const bool gives_record = program_.types.get_if<ir::RecordType>(result) != nullptr;
    if (gives_record) {
        value = temporary(result);
        call.arguments.push_back(value.operand);
        call.argument_types.push_back(program_.types.pointer_to(result));
        call.result_type = program_.types.void_type();
    }
    for (CXCursor argument : arguments) {
        Value passed = rvalue(argument);
        if (program_.types.get_if<ir::RecordType>(passed.type)) {
            const Value copy = temporary(passed.type);
            copy_record(copy.operand, passed.operand, passed.type, reader_.source(argument));
            passed = {copy.operand, program_.types.pointer_to(passed.type)};
        }
        if (!program_.types.is_scalar(passed.type) || program_.types.bits_of(passed.type) > 64)
            throw Unmodelled{"this argument"};
        call.arguments.push_back(passed.operand);
        call.argument_types.push_back(passed.type);
    }
    if (is_wanted && program_.types.is_scalar(result)) {
        value.operand = fresh(result);
        call.result = value.operand.as_register();
    }
    builder_.emit(std::move(call), text);
    return value;
}

}  // namespace gnomon::frontend
