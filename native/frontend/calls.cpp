#include "frontend/lowering.h"

#include <array>

#include "frontend/constants.h"
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
    IntrinsicName{"reads_decimal", ir::Intrinsic::reads_decimal, true},
    IntrinsicName{"decimal", ir::Intrinsic::decimal, true},
    IntrinsicName{"assume", ir::Intrinsic::assume, false},
    IntrinsicName{"unknown", ir::Intrinsic::unknown, true},
    IntrinsicName{"forget", ir::Intrinsic::forget, false},
    IntrinsicName{"print_double", ir::Intrinsic::print_double, true},
    IntrinsicName{"parse_double", ir::Intrinsic::parse_double, true},
    IntrinsicName{"mathematics", ir::Intrinsic::mathematics, true},
    IntrinsicName{"apart", ir::Intrinsic::apart, false},
    IntrinsicName{"keep", ir::Intrinsic::keep, false},
    IntrinsicName{"is_later", ir::Intrinsic::is_later, true},
    IntrinsicName{"resize", ir::Intrinsic::resize, false},
    IntrinsicName{"counted", ir::Intrinsic::counted, false},
    IntrinsicName{"shared", ir::Intrinsic::shared, false},
    IntrinsicName{"answer", ir::Intrinsic::answer, false},
    IntrinsicName{"returned", ir::Intrinsic::returned, false},
    IntrinsicName{"references", ir::Intrinsic::references, true},
};

constexpr std::string_view intrinsic_prefix = "__gnomon_";
constexpr std::string_view choice_prefix = "choose_";
constexpr std::string_view builtin_prefix = "__builtin_";

// What an expression that is called names, if it is no more than a name. (What libclang says a call refers to may be
// the function whose result is called.)
CXCursor called_function(const Reader& reader, CXCursor callee) {
    while (callee.kind == kind::unexposed_expression || callee.kind == kind::parenthesis) {
        const auto children = reader.children(callee);
        if (children.size() != 1) break;
        callee = children.front();
    }
    return callee.kind == kind::declaration_reference ? reader.api.getCursorReferenced(callee) : callee;
}

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

    const CXCursor target = called_function(reader_, children.front());
    if (auto answer = question(target, expression, arguments)) return *answer;
    if (target.kind != kind::function) {
        const Value callee = rvalue(children.front());
        const CXType type = reader_.api.getCanonicalType(reader_.api.getPointeeType(reader_.type(children.front())));
        const bool has_more = type.kind == type_kind::function_prototype && reader_.api.isFunctionTypeVariadic(type);
        return emit_call(callee.operand, arguments, result, is_wanted, text,
                         has_more ? std::optional<std::size_t>(reader_.api.getNumArgTypes(type)) : std::nullopt);
    }
    const std::string name = reader_.spelling(target);
    const bool is_defined = !reader_.api.Cursor_isNull(reader_.api.getCursorDefinition(target));
    if (name.starts_with(intrinsic_prefix) && !is_defined) {
        if (auto value = primitive(name.substr(intrinsic_prefix.size()), expression, arguments)) return *value;
        throw Unmodelled{"calls " + name};
    }
    if (name.starts_with(builtin_prefix)) {
        if (auto value = builtin(name.substr(builtin_prefix.size()), expression, arguments, is_wanted)) return *value;
        throw Unmodelled{"calls " + name};
    }
    if (auto value = atomic_call(name, expression, arguments)) return *value;
    if (auto value = parse_arguments(name, arguments, text)) return *value;
    if (auto value = build_value(name, arguments, text)) return Value{value->operand, result};
    const ir::FunctionId id = symbols_.function(target);
    std::optional<std::size_t> named;
    if (takes_block(target, program_[id].is_model))
        named = static_cast<std::size_t>(reader_.api.getNumArgTypes(reader_.type(target)));
    return emit_call(id, arguments, result, is_wanted, text, named, reader_.in_system_header(target));
}

std::optional<Value> FunctionLowering::primitive(const std::string& name, CXCursor expression,
                                                 const std::vector<CXCursor>& arguments) {
    const ir::TypeId type = types_.of(expression);
    const std::string text = reader_.source(expression);
    if (name.starts_with(choice_prefix)) return choice(name.substr(choice_prefix.size()), arguments, type, text);
    if (name == "not_modelled") {
        const auto what = arguments.empty() ? std::nullopt : literal_text(reader_, arguments[0]);
        throw Unmodelled{what.value_or("this")};
    }
    if (name == "later" || name == "later_on") return later(arguments, type, text);
    if (auto value = long_double_primitive(name, arguments, type, text)) return value;
    if (name == "typed" && arguments.size() == 1) {
        const CXCursor pointer =
            arguments[0].kind == kind::unexposed_expression ? reader_.children(arguments[0]).front() : arguments[0];
        const auto* to = program_.types.get_if<ir::PointerType>(types_.of(pointer));
        if (to == nullptr) throw Unmodelled{"the type of no pointer"};
        builder_.emit(ir::CallIntrinsic{std::nullopt, ir::Intrinsic::made_as, {rvalue(pointer).operand}, to->pointee},
                      text);
        return Value{ir::Operand::constant(0), type};
    }
    std::vector<ir::Operand> values;
    for (CXCursor argument : arguments) {
        if (name == "mathematics" && values.empty()) {
            const auto number = ir::mathematics_named(literal_text(reader_, argument).value_or(""));
            if (!number) throw Unmodelled{"a function without a name"};
            values.push_back(ir::Operand::constant(*number));
            continue;
        }
        values.push_back(rvalue(argument).operand);
    }
    if (name == "copy" && values.size() == 3) {
        builder_.emit(ir::CopyBytes{values[0], values[1], values[2]}, text);
        return Value{values[0], type};
    }
    if (name == "fill" && values.size() == 3) {
        const Value byte = convert({values[1], types_.int_type()}, program_.types.integer(8, false));
        builder_.emit(ir::FillBytes{values[0], byte.operand, values[2]}, text);
        return Value{values[0], type};
    }
    for (const IntrinsicName& row : intrinsics) {
        if (name != row.name) continue;
        program_.has_counted_blocks |= row.intrinsic == ir::Intrinsic::counted;
        program_.has_returned |= row.intrinsic == ir::Intrinsic::returned;
        ir::CallIntrinsic call{std::nullopt, row.intrinsic, values};
        Value value{ir::Operand::constant(0), type};
        if (row.has_result) {
            value.operand = fresh(type);
            call.result = value.operand.as_register();
        }
        builder_.emit(std::move(call), text);
        if (row.intrinsic == ir::Intrinsic::exit_program || row.intrinsic == ir::Intrinsic::assert_fails)
            builder_.emit(ir::Unreachable{});
        return value;
    }
    return std::nullopt;
}

// An object that the named function makes what it is when somebody first uses it: a new one, or (the first of three
// arguments) one of which there is a beginning.
Value FunctionLowering::later(const std::vector<CXCursor>& arguments, ir::TypeId type, const std::string& text) {
    const std::size_t first = arguments.size() == 3 ? 1 : 0;
    const CXCursor become = called_function(reader_, arguments.at(first));
    if (become.kind != kind::function || arguments.size() < 2) throw Unmodelled{"an object by a computed function"};
    const ir::Operand object = first == 0 ? fresh(type) : rvalue(arguments[0]).operand;
    const Value number = rvalue(arguments[first + 1]);
    const ir::Operand result = fresh(type);
    if (first == 0)
        builder_.emit(ir::CallIntrinsic{object.as_register(), ir::Intrinsic::allocate, {ir::Operand::constant(0)}},
                      text);
    ir::Call call{result.as_register(), symbols_.function(become), {object, number.operand}, {type, number.type}, type};
    call.is_deferred = true;
    builder_.emit(std::move(call), text);
    return {result, type};
}

// Records are passed as pointers to copies, as are numbers that no register holds.
void FunctionLowering::pass(ir::Call& call, Value argument, const std::string& text) {
    if (program_.types.get_if<ir::RecordType>(argument.type) ||
        (program_.types.is_scalar(argument.type) && !is_scalar(argument.type))) {
        const Value copy = temporary(argument.type);
        copy_record(copy.operand, argument.operand, argument.type, text);
        argument = {copy.operand, program_.types.pointer_to(argument.type)};
    }
    if (!is_scalar(argument.type)) throw Unmodelled{"this argument"};
    call.arguments.push_back(argument.operand);
    call.argument_types.push_back(argument.type);
}

Value FunctionLowering::emit_call(std::variant<ir::FunctionId, ir::Operand> callee,
                                  const std::vector<CXCursor>& arguments, ir::TypeId result, bool is_wanted,
                                  const std::string& text, std::optional<std::size_t> named, bool is_of_library) {
    ir::Call call{std::nullopt, callee, {}, {}, result};
    Value value{ir::Operand::constant(0), result};
    const bool gives_record = !is_scalar(result) && !is_void(result);
    if (gives_record) {
        value = temporary(result);
        call.arguments.push_back(value.operand);
        call.argument_types.push_back(program_.types.pointer_to(result));
        call.result_type = program_.types.void_type();
    }
    std::vector<Value> more;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const Value given = rvalue(arguments[i]);
        if (named && i >= *named)
            more.push_back(given);
        else
            pass(call, given, reader_.source(arguments[i]));
    }
    if (named) pass(call, argument_block(more), {});
    for (const Value& given : more) pass(call, given, {});
    if (is_of_library) print_parts(call, arguments, text);
    if (is_wanted && is_scalar(result)) {
        value.operand = fresh(result);
        call.result = value.operand.as_register();
    }
    builder_.emit(std::move(call), text);
    return value;
}

Value FunctionLowering::call_model(const std::string& name, const std::vector<Value>& arguments, ir::TypeId result,
                                   const std::string& text) {
    const auto model = program_.functions_by_key.find(name);
    if (model == program_.functions_by_key.end() || !program_[model->second].is_model)
        throw Unmodelled{"calls " + name};
    ir::Call call{std::nullopt, model->second, {}, {}, result};
    for (const Value& argument : arguments) pass(call, argument, {});
    const Value value{is_void(result) ? ir::Operand::constant(0) : fresh(result), result};
    if (!is_void(result)) call.result = value.operand.as_register();
    builder_.emit(std::move(call), text);
    return value;
}

Value FunctionLowering::call_pointer(Value callee, const std::vector<Value>& arguments, ir::TypeId result,
                                     const std::string& text) {
    ir::Call call{std::nullopt, callee.operand, {}, {}, result};
    for (const Value& argument : arguments) pass(call, argument, {});
    const Value value{fresh(result), result};
    call.result = value.operand.as_register();
    builder_.emit(std::move(call), text);
    return value;
}

}  // namespace gnomon::frontend
