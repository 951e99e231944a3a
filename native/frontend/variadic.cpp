// Functions with variable arguments. The caller lays the arguments out in an array of eight-byte slots and passes its
// address, behind the named ones, as a hidden argument; a va_list holds a pointer to the next slot where the
// processor's ABI keeps the stack's.
#include "frontend/lowering.h"

namespace gnomon::frontend {

namespace {

constexpr std::uint64_t slot = 8;
constexpr std::uint64_t cursor_offset = 8;  // of `overflow_arg_area`
constexpr const char* list_record = "__va_list_tag";

std::uint64_t slots_for(std::uint64_t size) { return (size + slot - 1) / slot * slot; }

}  // namespace

ir::TypeId FunctionLowering::block_type() {
    return program_.types.pointer_to(program_.types.record("variable arguments", "variable arguments"));
}

// Functions of the system's libraries are models, or nobody's: these take their arguments as they are.
bool FunctionLowering::takes_block(CXCursor function, bool is_model) {
    const CXType type = reader_.type(function);
    if (type.kind != type_kind::function_prototype || !reader_.api.isFunctionTypeVariadic(type)) return false;
    return is_model || (!reader_.in_system_header(reader_.api.getCanonicalCursor(function)) &&
                        !program_.externals.contains(reader_.spelling(function)));
}

Value FunctionLowering::argument_block(const std::vector<Value>& arguments) {
    const auto& types = program_.types;
    std::uint64_t size = 0;
    for (const Value& argument : arguments) size += slots_for(types.size_of(argument.type));
    const ir::TypeId wide = program_.types.integer(64, true);
    const Value block = temporary(program_.types.intern(ir::ArrayType{wide, size / slot}));
    std::uint64_t offset = 0;
    for (const Value& argument : arguments) {
        const bool is_large_number = types.is_scalar(argument.type) && !is_scalar(argument.type);
        if (types.get_if<ir::RecordType>(argument.type) || is_large_number) {
            copy_record(moved(block.operand, offset, argument.type), argument.operand, argument.type, {});
        } else if (!is_scalar(argument.type)) {
            throw Unmodelled{"variable arguments of this type"};
        } else {
            // Whole slots: what is read may be wider than what was passed, as zero is for a null pointer.
            const Value stored = types.is_integer(argument.type) ? convert(argument, wide) : argument;
            builder_.emit(ir::Store{moved(block.operand, offset, stored.type), stored.operand, stored.type, {}});
        }
        offset += slots_for(types.size_of(argument.type));
    }
    return {block.operand, block_type()};
}

ir::Operand FunctionLowering::list_cursor(CXCursor list) {
    Value pointer = rvalue(list);
    return moved(pointer.operand, cursor_offset, block_type());
}

std::optional<Value> FunctionLowering::variadic_builtin(const std::string& name,
                                                        const std::vector<CXCursor>& arguments) {
    const Value nothing = constant(0, program_.types.void_type());
    if (name == "va_end" && arguments.size() == 1) {
        effect(arguments[0]);
        return nothing;
    }
    if (name == "va_start" && !arguments.empty()) {
        if (!argument_block_) throw Unmodelled{"variable arguments of a library function"};
        builder_.emit(ir::Store{list_cursor(arguments[0]), ir::Operand::of(*argument_block_), block_type(), {}});
        return nothing;
    }
    if (name == "va_copy" && arguments.size() == 2) {
        const ir::Operand next = fresh(block_type());
        builder_.emit(ir::Load{next.as_register(), list_cursor(arguments[1]), block_type(), {}});
        builder_.emit(ir::Store{list_cursor(arguments[0]), next, block_type(), {}});
        return nothing;
    }
    return std::nullopt;
}

bool FunctionLowering::is_variable_argument(CXCursor expression) {
    if (expression.kind != kind::unexposed_expression) return false;
    const auto children = reader_.children(expression);
    if (children.empty()) return false;
    const CXType list = reader_.type(children.back());
    if (list.kind != type_kind::pointer && list.kind != type_kind::constant_array) return false;
    const CXType record = reader_.api.getCanonicalType(
        list.kind == type_kind::pointer ? reader_.api.getPointeeType(list) : reader_.api.getArrayElementType(list));
    return record.kind == type_kind::record &&
           reader_.spelling(reader_.api.getTypeDeclaration(record)) == list_record &&
           reader_.keyword(expression) == "__builtin_va_arg";
}

Value FunctionLowering::variable_argument(CXCursor expression) {
    const ir::TypeId type = types_.of(expression);
    const std::uint64_t size = program_.types.size_of(type);
    if (size == 0) throw Unmodelled{"variable arguments of this type"};
    const ir::Operand cursor = list_cursor(reader_.children(expression).back());
    const std::string text = reader_.source(expression);
    const ir::Operand next = fresh(block_type());
    builder_.emit(ir::Load{next.as_register(), cursor, block_type(), {}}, text);
    const Location argument{std::nullopt, next, type, {}, {}, {}, {}, text};
    const Value value = load(argument);
    builder_.emit(ir::Store{cursor, moved(next, slots_for(size), type), block_type(), {}});
    return value;
}

}  // namespace gnomon::frontend
