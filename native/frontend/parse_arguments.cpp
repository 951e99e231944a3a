#include "frontend/parse_arguments.h"

#include "frontend/constants.h"
#include "frontend/lowering.h"

namespace gnomon::frontend {

namespace {

using Kind = FormatUnit::Kind;

// By the table in CPython's documentation of argument parsing; ranges are those it checks.
bool unit_of(char code, FormatUnit& unit) {
    switch (code) {
        case 'b':
            unit = {Kind::integer, 8, false, 0, 255};
            return true;
        case 'B':
            unit = {Kind::integer, 8, false};
            return true;
        case 'h':
            unit = {Kind::integer, 16, true};
            return true;
        case 'H':
            unit = {Kind::integer, 16, false};
            return true;
        case 'i':
            unit = {Kind::integer, 32, true};
            return true;
        case 'I':
            unit = {Kind::integer, 32, false};
            return true;
        case 'l':
        case 'L':
        case 'n':
            unit = {Kind::integer, 64, true};
            return true;
        case 'k':
        case 'K':
            unit = {Kind::integer, 64, false};
            return true;
        case 'p':
            unit = {Kind::integer, 32, true, 0, 1};
            return true;
        case 'c':
            unit = {Kind::integer, 8, true};
            return true;
        case 'f':
            unit = {Kind::floating, 32};
            return true;
        case 'd':
            unit = {Kind::floating, 64};
            return true;
        case 's':
        case 'y':
            unit = {Kind::text};
            return true;
        case 'z':
            unit = {Kind::text};
            unit.may_be_null = true;
            return true;
        case 'O':
        case 'S':
        case 'U':
        case 'Y':
            unit = {Kind::object};
            return true;
        default:
            return false;
    }
}

}  // namespace

ParsedFormat parse_format(std::string_view format) {
    ParsedFormat parsed;
    bool has_optional = false;
    for (std::size_t i = 0; i < format.size(); ++i) {
        const char code = format[i];
        if (code == ':' || code == ';') break;
        if (code == '$' || code == ' ' || code == ',' || code == '\t') continue;
        if (code == '|') {
            has_optional = true;
            parsed.required = parsed.units.size();
            continue;
        }
        FormatUnit unit;
        if (!unit_of(code, unit)) {
            parsed.unknown = std::string(1, code);
            return parsed;
        }
        const char next = i + 1 < format.size() ? format[i + 1] : '\0';
        if (unit.kind == Kind::text && (next == '#' || next == '*')) {
            unit.kind = next == '#' ? Kind::text_with_length : Kind::buffer;
            unit.without_nul = false;
            ++i;
        } else if (code == 'O' && next == '!') {
            unit.kind = Kind::typed_object;
            ++i;
        } else if (code == 'O' && next == '&') {
            parsed.unknown = "O&";
            return parsed;
        }
        unit.is_ascii = unit.kind == Kind::text && code != 'y';
        parsed.units.push_back(unit);
    }
    if (!has_optional) parsed.required = parsed.units.size();
    return parsed;
}

namespace {

struct BufferField {
    std::uint64_t offset;
    std::uint64_t size;
    std::uint64_t value;
};
// Py_buffer of a contiguous bytes-like object; buf and len are stored separately.
constexpr std::uint64_t buffer_size = 80;
constexpr BufferField buffer_fields[] = {{24, 8, 1}, {32, 4, 1}, {36, 4, 1}};  // itemsize, readonly, ndim
constexpr std::uint64_t buffer_owner_offset = 8;
constexpr std::uint64_t buffer_length_offset = 16;

std::string input_name(const Reader& reader, CXCursor argument, std::size_t number) {
    std::string text = reader.source(argument);
    if (!text.starts_with('&')) return "arg" + std::to_string(number + 1);
    text.erase(0, 1);
    return text;
}

}  // namespace

// Py_buffer.obj: some object, and none for None. PyBuffer_Release takes it away.
void FunctionLowering::owner_of_buffer(ir::Operand view, ir::Operand bytes, ir::TypeId pointer,
                                       const std::string& text) {
    const ir::BlockId given = builder_.new_block(), after = builder_.new_block();
    builder_.branch(bytes, pointer, given, after);
    builder_.start(given);
    const ir::Operand owner = fresh(pointer), place = fresh(program_.types.pointer_to(pointer));
    builder_.emit(ir::CallIntrinsic{owner.as_register(), ir::Intrinsic::new_opaque, {}}, text);
    builder_.emit(ir::FieldAddress{place.as_register(), view, program_.types.void_type(), 0, buffer_owner_offset},
                  text);
    builder_.emit(ir::Store{place, owner, pointer, {}}, text);
    builder_.jump(after);
    builder_.start(after);
}

bool FunctionLowering::parse_arguments(const std::string& name, const std::vector<CXCursor>& arguments, Value& result,
                                       const std::string& text) {
    std::size_t first = 0;
    std::size_t format_at = 0;
    if (name == "PyArg_ParseTuple" || name == "PyArg_Parse" || name == "_PyArg_ParseTuple_SizeT") {
        format_at = 1;
        first = 2;
    } else if (name == "PyArg_ParseTupleAndKeywords" || name == "_PyArg_ParseTupleAndKeywords_SizeT") {
        format_at = 2;
        first = 4;
    } else {
        return false;
    }
    if (arguments.size() < first) throw Unmodelled{name + " with too few arguments"};
    const auto format = literal_text(reader_, arguments[format_at]);
    if (!format) throw Unmodelled{name + " with a computed format"};
    const ParsedFormat parsed = parse_format(*format);
    if (!parsed.unknown.empty()) throw Unmodelled{"format code " + parsed.unknown};

    // All targets are addresses evaluated before the call.
    std::vector<Value> targets;
    for (std::size_t i = first; i < arguments.size(); ++i) targets.push_back(rvalue(arguments[i]));
    const ir::TypeId int_type = types_.int_type();
    const ir::Operand given = fresh(int_type);
    const auto optional_count = static_cast<std::int64_t>(parsed.units.size() - parsed.required);
    builder_.emit(ir::Input{given.as_register(), "#arguments", ir::IntegerInput{int_type, -1, optional_count}}, text);

    const ir::Operand outcome = fresh(int_type);
    builder_.emit(ir::Move{outcome.as_register(), ir::Operand::constant(0), int_type});
    const ir::BlockId good = builder_.new_block(), after = builder_.new_block();
    const auto compare = [&](ir::BinaryOperator op, std::uint64_t number) {
        const ir::Operand condition = fresh(int_type);
        builder_.emit(
            ir::Binary{condition.as_register(), op, given, ir::Operand::constant(number), int_type, int_type});
        return condition;
    };
    builder_.branch(compare(ir::BinaryOperator::greater_equal, 0), int_type, good, after);
    builder_.start(good);

    const auto store_at = [&](ir::Operand pointer, std::uint64_t offset, ir::Operand value, ir::TypeId type) {
        const ir::Operand place = fresh(program_.types.pointer_to(type));
        builder_.emit(ir::FieldAddress{place.as_register(), pointer, program_.types.void_type(), 0, offset}, text);
        builder_.emit(ir::Store{place, value, type, {}}, text);
    };
    const ir::TypeId size_type = types_.size_type();
    const ir::TypeId char_pointer = program_.types.pointer_to(program_.types.integer(8, true));
    std::size_t next = 0;
    const auto target = [&]() -> ir::Operand {
        if (next >= targets.size()) throw Unmodelled{name + " with too few arguments"};
        return targets[next++].operand;
    };
    for (std::size_t i = 0; i < parsed.units.size(); ++i) {
        const FormatUnit& unit = parsed.units[i];
        if (i >= parsed.required) {  // optional: given only when enough arguments are
            const ir::BlockId present = builder_.new_block(), all_given = builder_.new_block();
            const ir::Operand condition = compare(ir::BinaryOperator::greater, i - parsed.required);
            builder_.branch(condition, int_type, present, all_given);
            builder_.start(all_given);
            builder_.emit(ir::Move{outcome.as_register(), ir::Operand::constant(1), int_type});
            builder_.jump(after);
            builder_.start(present);
        }
        if (unit.kind == Kind::typed_object) target();
        const ir::Operand to = target();
        const std::string input = input_name(reader_, arguments[first + next - 1], i);
        switch (unit.kind) {
            case Kind::integer: {
                const ir::TypeId type = program_.types.integer(unit.bits, unit.is_signed);
                const ir::Operand value = fresh(type);
                builder_.emit(ir::Input{value.as_register(), input, ir::IntegerInput{type, unit.minimum, unit.maximum}},
                              text);
                builder_.emit(ir::Store{to, value, type, {}}, text);
                break;
            }
            case Kind::floating: {
                const ir::TypeId type = program_.types.floating(unit.bits);
                const ir::Operand value = fresh(type);
                builder_.emit(ir::Input{value.as_register(), input, ir::FloatInput{type}}, text);
                builder_.emit(ir::Store{to, value, type, {}}, text);
                break;
            }
            case Kind::object:
            case Kind::typed_object: {
                const ir::Operand value = fresh(char_pointer);
                builder_.emit(ir::Input{value.as_register(), input, ir::OpaqueInput{}}, text);
                builder_.emit(ir::Store{to, value, char_pointer, {}}, text);
                break;
            }
            default: {
                ir::BytesInput bytes;
                bytes.maximum = maximum_text;
                bytes.without_nul = unit.without_nul;
                bytes.is_ascii = unit.is_ascii;
                bytes.may_be_null = unit.may_be_null;
                const ir::Operand value = fresh(char_pointer), length = fresh(size_type);
                if (unit.kind != Kind::text) bytes.length_result = length.as_register();
                builder_.emit(ir::Input{value.as_register(), input, bytes}, text);
                if (unit.kind == Kind::buffer) {
                    builder_.emit(ir::FillBytes{to, ir::Operand::constant(0), ir::Operand::constant(buffer_size)},
                                  text);
                    store_at(to, buffer_length_offset, length, size_type);
                    owner_of_buffer(to, value, char_pointer, text);
                    for (const BufferField& field : buffer_fields)
                        store_at(to, field.offset, ir::Operand::constant(field.value),
                                 program_.types.integer(static_cast<std::uint16_t>(field.size * 8), true));
                }
                builder_.emit(ir::Store{to, value, char_pointer, {}}, text);
                if (unit.kind == Kind::text_with_length) {
                    // Until Python 3.12 the plain functions wrote an int here, or refused; later they write a
                    // Py_ssize_t.
                    const auto* length_type =
                        program_.types.get_if<ir::PointerType>(types_.of(arguments[first + next]));
                    if (!name.ends_with("_SizeT") && length_type && program_.types.size_of(length_type->pointee) != 8)
                        throw Unmodelled{"# without PY_SSIZE_T_CLEAN"};
                    builder_.emit(ir::Store{target(), length, size_type, {}}, text);
                }
            }
        }
    }
    builder_.emit(ir::Move{outcome.as_register(), ir::Operand::constant(1), int_type});
    builder_.jump(after);
    builder_.start(after);
    result = {outcome, int_type};
    return true;
}

}  // namespace gnomon::frontend
