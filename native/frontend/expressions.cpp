#include "frontend/lowering.h"

#include <bit>

#include "frontend/constants.h"
#include "frontend/expression_shapes.h"
#include "frontend/long_constants.h"

namespace gnomon::frontend {

namespace {

std::uint64_t masked(std::uint64_t bits, unsigned width) {
    return width >= 64 ? bits : bits & ((std::uint64_t{1} << width) - 1);
}

}  // namespace

ir::Place FunctionLowering::place_of(CXCursor cursor) {
    const Spot at = reader_.begin(cursor);
    if (at.path.empty()) return builder_.place();
    return {program_.file(at.path), at.line, at.column};
}

ir::TypeId FunctionLowering::type_of(CXCursor expression) {
    CXCursor inside = expression;
    while (inside.kind == kind::parenthesis) {
        const auto children = reader_.children(inside);
        if (children.size() != 1) break;
        inside = children.front();
    }
    if (inside.kind == kind::declaration_reference) {
        const auto known = variables_.find(reader_.api.getCursorReferenced(inside).data[0]);
        if (known != variables_.end()) return known->second.type;
    }
    return types_.of(expression);
}

// Sets the place to the expression while its parts are lowered, then back.
Value FunctionLowering::rvalue(CXCursor expression) {
    const ir::Place before = builder_.place();
    builder_.at(place_of(expression));
    const Value value = rvalue_of(expression);
    builder_.at(before);
    return value;
}

Value FunctionLowering::rvalue_of(CXCursor expression) {
    const ir::TypeId type = types_.of(expression);
    switch (expression.kind) {
        case kind::integer_literal:
        case kind::character_literal:
            if (const auto bits = reader_.integer(expression))
                return {ir::Operand::constant(masked(*bits, program_.types.bits_of(type))), type};
            throw Unmodelled{"this constant"};
        case kind::unary_trait:
            return size_trait(expression);
        case kind::floating_literal: {
            if (is_long_double(type)) {
                const auto value = long_double_literal(reader_, expression);
                if (!value) throw Unmodelled{"a long double that no file says"};
                return long_double(parts(ir::extended_of(*value)));
            }
            const auto number = reader_.floating(expression);
            if (!number) throw Unmodelled{"this constant"};
            if (program_.types.bits_of(type) == 32)
                return {ir::Operand::constant(std::bit_cast<std::uint32_t>(static_cast<float>(*number))), type};
            return {ir::Operand::constant(std::bit_cast<std::uint64_t>(*number)), type};
        }
        case kind::string_literal:
            return string_literal(expression);
        case kind::gnu_null:
            return {ir::Operand::constant(0), type};
        case kind::parenthesis: {
            const auto children = reader_.children(expression);
            if (children.empty()) throw Unmodelled{"this expression"};
            return rvalue(children.front());
        }
        case kind::initialiser_list: {  // of a scalar
            const auto children = reader_.children(expression);
            if (children.size() > 1 || !is_scalar(type)) throw Unmodelled{"this initialiser"};
            return children.empty() ? constant(0, type) : rvalue(children.front());
        }
        case kind::generic_selection:
            return rvalue(generic_choice(expression));
        case kind::label_address:
            return constant(label_number(expression), type);
        case kind::unexposed_expression:
            return implicit(expression);
        case kind::declaration_reference:
            return reference(expression);
        case kind::c_cast: {
            const auto children = reader_.children(expression);
            if (children.empty()) throw Unmodelled{"this cast"};
            if (program_.types.get_if<ir::VoidType>(type)) {
                effect(children.back());
                return {ir::Operand::constant(0), type};
            }
            return convert(rvalue(children.back()), type, true, &children.back());
        }
        case kind::unary_operator:
            return unary(expression);
        case kind::binary_operator:
            return binary(expression);
        case kind::compound_assignment:
            return compound_assign(expression);
        case kind::conditional:
            return conditional(expression);
        case kind::call:
            return call(expression, true);
        case kind::statement_expression:
            return statement_expression(expression);
        case kind::member_expression:
        case kind::subscript:
        case kind::compound_literal:
            return load(lvalue(expression));
        default:
            break;
    }
    if (const auto bits = reader_.integer(expression))
        return {ir::Operand::constant(masked(*bits, program_.types.bits_of(type))), type};
    throw Unmodelled{"this kind of expression: " + reader_.source(expression, 40)};
}

void FunctionLowering::effect(CXCursor expression) {
    const ir::Place before = builder_.place();
    builder_.at(place_of(expression));
    const auto children = reader_.children(expression);
    if (expression.kind == kind::call) {
        call(expression, false);
    } else if (expression.kind == kind::parenthesis ||
               (expression.kind == kind::unexposed_expression && children.size() == 1) ||
               (expression.kind == kind::c_cast && program_.types.get_if<ir::VoidType>(types_.of(expression)))) {
        if (!children.empty()) effect(children.back());
    } else {
        rvalue_of(expression);
    }
    builder_.at(before);
}

// Implicit conversions, and what clang's C interface does not expose.
Value FunctionLowering::implicit(CXCursor expression) {
    const ir::TypeId type = types_.of(expression);
    const auto children = reader_.children(expression);
    if (children.size() != 1 || !reader_.begin_together(expression, children.front()))
        return unexposed(expression, children);
    const CXCursor child = children.front();
    const ir::TypeId from = type_of(child);
    const auto is_array_or_function = [&](ir::TypeId of) {
        return program_.types.get_if<ir::ArrayType>(of) || program_.types.get_if<ir::FunctionType>(of);
    };
    // libclang gives parameters the types that they were written with: their values are pointers all the same.
    if (is_pointer(from) && is_array_or_function(type)) return rvalue(child);
    if (is_array_or_function(from) && is_pointer(type)) {
        if (program_.types.get_if<ir::FunctionType>(from)) return {rvalue(child).operand, type};
        return {address(lvalue(child)).operand, type};
    }
    if (is_array_or_function(from) && program_.types.get_if<ir::FunctionType>(type)) return rvalue(child);
    return convert(rvalue(child), type, false, &child);
}

Value FunctionLowering::unexposed(CXCursor expression, const std::vector<CXCursor>& children) {
    const ir::TypeId type = types_.of(expression);
    if (is_variable_argument(expression)) return variable_argument(expression);
    if (children.size() == 4 && reader_.api.equalCursors(children[0], children[1]))
        return elided_conditional(expression);
    if (const auto chosen = chosen_expression(expression)) return rvalue(*chosen);
    if (auto value = atomic(expression)) return *value;
    if (const auto bits = reader_.integer(expression))  // __builtin_offsetof, __builtin_types_compatible_p
        return {ir::Operand::constant(masked(*bits, program_.types.bits_of(type))), type};
    throw Unmodelled{"this expression: " + reader_.source(expression, 40)};
}

Value FunctionLowering::reference(CXCursor expression) {
    const CXCursor target = reader_.api.getCursorReferenced(expression);
    const ir::TypeId type = types_.of(expression);
    if (target.kind == kind::enum_constant) {
        const auto value = static_cast<std::uint64_t>(reader_.api.getEnumConstantDeclValue(target));
        return {ir::Operand::constant(masked(value, program_.types.bits_of(type))), type};
    }
    if (target.kind == kind::function) {
        const ir::Operand result = fresh(program_.types.pointer_to(type));
        builder_.emit(ir::AddressOfFunction{result.as_register(), symbols_.function(target)});
        return {result, program_.types.pointer_to(type)};
    }
    return load(lvalue(expression));
}

Location FunctionLowering::lvalue(CXCursor expression) {
    Location location;
    location.type = types_.of(expression);
    const auto children = reader_.children(expression);
    switch (expression.kind) {
        case kind::parenthesis:
        case kind::unexposed_expression:
            if (children.size() != 1 || !reader_.begin_together(expression, children.front())) {
                if (expression.kind == kind::parenthesis && children.size() == 1) return lvalue(children.front());
                if (const auto chosen = chosen_expression(expression)) return lvalue(*chosen);
                break;
            }
            if (expression.kind == kind::unexposed_expression && children.front().kind == kind::call &&
                program_.types.get_if<ir::RecordType>(location.type))
                break;
            return lvalue(children.front());
        case kind::generic_selection:
            return lvalue(generic_choice(expression));
        case kind::member_expression:
            return member(expression);
        case kind::subscript:
            return subscript(expression);
        case kind::compound_literal:
            return compound_literal(expression);
        case kind::string_literal:
            location.pointer = string_literal(expression).operand;
            return location;
        case kind::unary_operator: {
            const auto op = static_cast<UnaryKind>(reader_.api.getCursorUnaryOperatorKind(expression));
            if (op == UnaryKind::extension) return lvalue(children.front());
            if (op != UnaryKind::dereference) break;
            location.pointer = rvalue(children.front()).operand;
            location.text = reader_.source(expression);
            return location;
        }
        case kind::declaration_reference: {
            const CXCursor target = reader_.api.getCursorReferenced(expression);
            location.text = reader_.spelling(target);
            location.pointer = ir::Operand::constant(0);
            if (auto known = variables_.find(target.data[0]); known != variables_.end()) {
                const Variable& variable = known->second;
                location.type = variable.type;
                if (variable.in_register) {
                    location.in_register = variable.in_register;
                    return location;
                }
                if (variable.address) {
                    location.pointer = ir::Operand::of(*variable.address);
                    return location;
                }
                location.pointer = fresh(program_.types.pointer_to(variable.type));
                if (variable.local)
                    builder_.emit(ir::AddressOfLocal{location.pointer.as_register(), *variable.local});
                else
                    builder_.emit(ir::AddressOfGlobal{location.pointer.as_register(), *variable.global});
                return location;
            }
            if (target.kind != kind::variable) break;
            location.pointer = fresh(program_.types.pointer_to(location.type));
            builder_.emit(ir::AddressOfGlobal{location.pointer.as_register(), symbols_.global(target)});
            return location;
        }
        default:
            break;
    }
    if (program_.types.get_if<ir::RecordType>(location.type)) {  // a record value: its temporary
        location.pointer = rvalue(expression).operand;
        return location;
    }
    throw Unmodelled{"this kind of place: " + reader_.source(expression, 40)};
}

Location FunctionLowering::member(CXCursor expression) {
    const CXCursor field = reader_.api.getCursorReferenced(expression);
    const auto children = reader_.children(expression);
    Location location;
    location.type = types_.of(expression);
    location.text = reader_.source(expression);
    ir::Operand base = ir::Operand::constant(0);
    if (children.empty()) throw Unmodelled{"this member"};
    const CXCursor whole = children.front();
    const bool is_arrow = is_pointer(types_.of(whole));
    if (is_arrow) {
        base = rvalue(whole).operand;
    } else {
        const Location inside = lvalue(whole);
        base = address(inside).operand;
        location.view = inside.view;
    }
    // Fields of unnamed structures and unions are reached at once, as if they were of the record around.
    const CXType written = reader_.type(whole);
    const CXType around = is_arrow ? reader_.api.getPointeeType(written) : written;
    const ir::TypeId record = types_.lower(around);
    const long long found = reader_.api.Type_getOffsetOf(around, reader_.spelling(field).c_str());
    if (found < 0) throw Unmodelled{"this member"};
    const auto offset = static_cast<std::uint64_t>(found);
    std::uint64_t byte_offset = offset / 8;
    if (reader_.api.Cursor_isBitField(field)) {
        const auto width = static_cast<std::uint32_t>(reader_.api.getFieldDeclBitWidth(field));
        const BitFieldUnit unit =
            bit_field_unit(program_.types, offset, width, location.type, program_.types.size_of(record));
        location.storage = unit.storage;
        location.bits = unit.bits;
        location.pieces = unit.pieces;
        byte_offset = unit.byte;
    }
    if (is_arrow) location.view = view_of(whole, record, byte_offset);
    std::uint32_t index = 0;
    if (const auto* contents = program_.types.get_if<ir::RecordType>(record))
        for (std::uint32_t i = 0; i < contents->fields.size(); ++i)
            if (contents->fields[i].offset_bits == offset && contents->fields[i].name == reader_.spelling(field))
                index = i;
    location.pointer = fresh(program_.types.pointer_to(location.type));
    builder_.emit(ir::FieldAddress{location.pointer.as_register(), base, record, index, byte_offset}, location.text);
    return location;
}

// Where a field is reached through a pointer that may have been one to any object of Python. A parameter is declared as
// what it is.
std::optional<ir::TypeId> FunctionLowering::view_of(CXCursor pointer, ir::TypeId record, std::uint64_t offset) {
    const CXCursor inner = bare(reader_, pointer);
    const bool is_parameter = inner.kind == kind::declaration_reference &&
                              reader_.api.getCursorReferenced(inner).kind == kind::parameter &&
                              types_.of(inner) == program_.types.pointer_to(record);
    const auto* contents = program_.types.get_if<ir::RecordType>(record);
    const bool begins_as_object = contents != nullptr && !contents->fields.empty() &&
                                  contents->fields.front().name == "ob_base" && offset >= object_head;
    return function_.is_model || is_parameter || !begins_as_object ? std::nullopt : std::optional(record);
}

Location FunctionLowering::subscript(CXCursor expression) {
    const auto children = reader_.children(expression);
    if (children.size() != 2) throw Unmodelled{"this subscript"};
    const std::string text = reader_.source(expression);
    Value base = rvalue(children[0]);
    Value index = rvalue(children[1]);
    if (!is_pointer(base.type)) std::swap(base, index);
    Location location;
    location.type = types_.of(expression);
    location.text = text;
    const bool is_first = !program_.types.is_integer(types_.of(children[0]));
    const auto stride = variable_stride(reader_.type(children[is_first ? 0 : 1]));
    location.pointer = pointer_offset(base, index, false, text, stride).operand;
    const CXCursor array = bare(reader_, children[is_first ? 0 : 1]);
    if (array.kind == kind::member_expression && program_.types.get_if<ir::ArrayType>(types_.of(array)) != nullptr) {
        const CXCursor whole = reader_.children(array).front();
        if (const auto* to = program_.types.get_if<ir::PointerType>(types_.of(whole)))
            location.view = view_of(whole, to->pointee, object_head);
    }
    return location;
}

Location FunctionLowering::compound_literal(CXCursor expression) {
    const auto children = reader_.children(expression);
    const CXType written = reader_.type(expression);
    const Value whole = temporary(types_.lower(written));
    if (children.empty()) throw Unmodelled{"this compound literal"};
    initialise(whole.operand, whole.type, children.back(), written);
    Location location;
    location.type = whole.type;
    location.pointer = whole.operand;
    return location;
}

ir::Operand FunctionLowering::moved(ir::Operand base, std::uint64_t bytes, ir::TypeId type) {
    const ir::Operand pointer = fresh(program_.types.pointer_to(type));
    builder_.emit(ir::FieldAddress{pointer.as_register(), base, type, 0, bytes});
    return pointer;
}

Value FunctionLowering::temporary(ir::TypeId type) {
    const std::uint64_t size = program_.types.size_of(type);
    const ir::LocalId local = builder_.new_local("", type, size);
    builder_.emit(ir::EnterLocal{local, std::nullopt});
    builder_.add_to_scope(local);
    const ir::Operand pointer = fresh(program_.types.pointer_to(type));
    builder_.emit(ir::AddressOfLocal{pointer.as_register(), local});
    return {pointer, type};
}

Value FunctionLowering::load(const Location& location) {
    if (location.in_register) {
        // A copy: the variable may change before the value is used (i++ + f(&i) is undefined, x = i, i = y is not).
        const ir::Operand copy = fresh(location.type);
        builder_.emit(ir::Move{copy.as_register(), ir::Operand::of(*location.in_register), location.type},
                      location.text);
        return {copy, location.type};
    }
    if (!is_scalar(location.type)) {
        if (!program_.types.is_scalar(location.type)) return {location.pointer, location.type};
        if (is_long_double(location.type)) return long_double(parts(location.pointer, location.text));
        const Value copy = temporary(location.type);  // of a number, which the place may lose
        copy_record(copy.operand, location.pointer, location.type, location.text);
        return copy;
    }
    if (!location.pieces.empty()) return load_pieces(location);
    const bool is_bit_field = location.bits.width != 0;
    const ir::TypeId type = is_bit_field ? location.storage : location.type;
    const ir::Operand result = fresh(type);
    builder_.emit(ir::Load{result.as_register(), location.pointer, type, location.bits, location.view}, location.text);
    return is_bit_field ? convert({result, type}, location.type) : Value{result, type};
}

void FunctionLowering::store(const Location& location, Value value) {
    if (location.in_register) {
        builder_.emit(ir::Move{*location.in_register, value.operand, location.type}, location.text);
        return;
    }
    if (is_long_double(location.type)) return put_parts(location.pointer, parts(value.operand), location.text);
    if (!is_scalar(location.type)) {
        copy_record(location.pointer, value.operand, location.type, location.text);
        return;
    }
    if (!location.pieces.empty()) return store_pieces(location, value);
    if (location.bits.width != 0) {
        const Value unit = convert(value, location.storage);
        builder_.emit(ir::Store{location.pointer, unit.operand, location.storage, location.bits, location.view},
                      location.text);
        return;
    }
    builder_.emit(ir::Store{location.pointer, value.operand, location.type, {}, location.view}, location.text);
}

void FunctionLowering::copy_record(ir::Operand to, ir::Operand from, ir::TypeId type, const std::string& text) {
    builder_.emit(ir::CopyBytes{to, from, ir::Operand::constant(program_.types.size_of(type))}, text);
}

Value FunctionLowering::address(const Location& location) {
    if (location.in_register) throw Unmodelled{"the address of a register"};
    return {location.pointer, program_.types.pointer_to(location.type)};
}

Value FunctionLowering::convert(Value value, ir::TypeId to, bool is_explicit, const CXCursor* source) {
    if (value.type == to) return value;
    const auto& types = program_.types;
    if (types.get_if<ir::VoidType>(to)) return {ir::Operand::constant(0), to};
    if (types.is_pointer(value.type) && types.is_pointer(to)) {
        note_type(value, to);
        return {value.operand, to};
    }
    if (is_long_double(value.type) || is_long_double(to))
        return convert_long_double(value, to, is_explicit, source != nullptr ? reader_.source(*source) : "");
    if (is_wide(value.type) || is_wide(to)) return convert_wide(value, to);
    if (!is_scalar(value.type) || !is_scalar(to)) {
        if (types.get_if<ir::RecordType>(to) && types.get_if<ir::RecordType>(value.type) &&
            types.size_of(to) == types.size_of(value.type))
            return {value.operand, to};
        throw Unmodelled{"this conversion"};
    }
    if (value.operand.is_constant() && types.is_integer(value.type) && !types.is_float(to) &&
        to != program_.types.boolean()) {
        std::uint64_t bits = value.operand.bits();
        const unsigned width = types.bits_of(value.type);
        if (types.is_signed(value.type) && width < 64 && (bits >> (width - 1)) & 1) bits |= ~std::uint64_t{0} << width;
        return {ir::Operand::constant(masked(bits, types.bits_of(to))), to};
    }
    const ir::Operand result = fresh(to);
    builder_.emit(ir::Cast{result.as_register(), value.operand, value.type, to, is_explicit},
                  source != nullptr ? reader_.source(*source) : "");
    return {result, to};
}

Value FunctionLowering::string_literal(CXCursor expression) {
    const ir::TypeId type = types_.of(expression);
    const std::string bytes = literal_bytes(reader_, expression);
    const std::uint64_t size = program_.types.size_of(type);
    const ir::GlobalId global = symbols_.string_literal(bytes, type, size);
    const ir::Operand pointer = fresh(program_.types.pointer_to(type));
    builder_.emit(ir::AddressOfGlobal{pointer.as_register(), global});
    return {pointer, type};
}

Value FunctionLowering::statement_expression(CXCursor expression) {
    const auto body = reader_.children(expression);
    if (body.size() != 1) throw Unmodelled{"this statement expression"};
    const auto statements = reader_.children(body.front());
    const ir::TypeId type = types_.of(expression);
    Value value{ir::Operand::constant(0), type};
    builder_.enter_scope();
    try {
        for (std::size_t i = 0; i < statements.size(); ++i) {
            const bool is_value = i + 1 == statements.size() && !is_void(type);
            if (is_value)
                value = rvalue(statements[i]);
            else
                statement(statements[i]);
        }
        if (builder_.scope_has_cleanups()) {
            if (!is_void(type) && !is_scalar(type)) {
                const Value copy = temporary(type);
                copy_record(copy.operand, value.operand, type, {});
                value = copy;
            }
            builder_.clean_up_scope();
        }
    } catch (const Unmodelled&) {
        builder_.join_scope();
        throw;
    }
    builder_.join_scope();
    return value;
}

}  // namespace gnomon::frontend
