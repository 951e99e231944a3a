// Variable-length arrays: each array type whose size only the run knows has its size in a register, measured where the
// type is written.
#include "frontend/lowering.h"

namespace gnomon::frontend {

namespace {

// clang gives each array type that is written its own identity; the low bits of the handle are its qualifiers.
const void* identity(CXType type) {
    constexpr std::uintptr_t qualifiers = 7;
    return reinterpret_cast<const void*>(reinterpret_cast<std::uintptr_t>(type.data[0]) & ~qualifiers);
}

bool is_array(CXType type) {
    return type.kind == type_kind::variable_array || type.kind == type_kind::constant_array ||
           type.kind == type_kind::incomplete_array;
}

}  // namespace

bool FunctionLowering::is_variably_modified(CXType type) {
    type = reader_.api.getCanonicalType(type);
    while (type.kind == type_kind::pointer || is_array(type)) {
        if (type.kind == type_kind::variable_array) return true;
        type = reader_.api.getCanonicalType(type.kind == type_kind::pointer ? reader_.api.getPointeeType(type)
                                                                            : reader_.api.getArrayElementType(type));
    }
    return false;
}

ir::Operand FunctionLowering::size_of(CXType type) {
    type = reader_.api.getCanonicalType(type);
    if (type.kind != type_kind::variable_array)
        return ir::Operand::constant(program_.types.size_of(types_.lower(type)));
    const auto known = array_sizes_.find(identity(type));
    if (known == array_sizes_.end()) throw Unmodelled{"the size of this array"};
    return known->second;
}

// The dimensions are children of the declaration, the innermost first. What a typedef has measured is known already.
void FunctionLowering::measure_arrays(CXCursor declaration) {
    std::vector<CXType> arrays;  // the outermost first
    CXType type = reader_.type(declaration);
    while ((type.kind == type_kind::pointer || is_array(type)) && !array_sizes_.contains(identity(type))) {
        if (is_array(type)) arrays.push_back(type);
        type = reader_.api.getCanonicalType(is_array(type) ? reader_.api.getArrayElementType(type)
                                                           : reader_.api.getPointeeType(type));
    }
    std::vector<CXCursor> dimensions;
    for (CXCursor child : reader_.children(declaration))
        if (child.kind >= kind::unexposed_expression && child.kind < kind::unexposed_statement)
            dimensions.push_back(child);
    if (declaration.kind == kind::variable && reader_.initialiser(declaration)) dimensions.pop_back();
    std::size_t written = 0;
    for (CXType array : arrays) written += array.kind != type_kind::incomplete_array;
    if (written != dimensions.size()) throw Unmodelled{"the size of this array"};
    std::vector<Value> counts(arrays.size(), constant(0, types_.size_type()));
    auto dimension = dimensions.rbegin();
    for (std::size_t i = 0; i < arrays.size(); ++i) {
        if (arrays[i].kind == type_kind::incomplete_array) continue;
        const CXCursor count = *dimension++;
        if (arrays[i].kind == type_kind::variable_array) counts[i] = convert(rvalue(count), types_.size_type());
    }
    for (std::size_t i = arrays.size(); i-- > 0;) {
        if (arrays[i].kind != type_kind::variable_array) continue;
        const Value element{size_of(reader_.api.getArrayElementType(arrays[i])), types_.size_type()};
        array_sizes_.insert_or_assign(identity(arrays[i]),
                                      compute(ir::BinaryOperator::multiply, counts[i], element).operand);
    }
}

std::optional<ir::Operand> FunctionLowering::variable_stride(CXType pointer) {
    pointer = reader_.api.getCanonicalType(pointer);
    if (pointer.kind != type_kind::pointer && !is_array(pointer)) return std::nullopt;
    const CXType element =
        reader_.api.getCanonicalType(pointer.kind == type_kind::pointer ? reader_.api.getPointeeType(pointer)
                                                                        : reader_.api.getArrayElementType(pointer));
    if (element.kind != type_kind::variable_array) return std::nullopt;
    return size_of(element);
}

// sizeof and _Alignof: constants, but for arrays of variable length.
Value FunctionLowering::size_trait(CXCursor expression) {
    const ir::TypeId type = types_.of(expression);
    if (const auto bits = reader_.integer(expression)) return constant(*bits, type);
    const auto children = reader_.children(expression);
    if (children.size() != 1) throw Unmodelled{"the size of this type"};
    const CXType measured = reader_.type(children.front());
    if (measured.kind != type_kind::variable_array) throw Unmodelled{"the size of this type"};
    return {size_of(measured), type};
}

// The block lives until the function returns, whatever loops it is in.
Value FunctionLowering::allocate_automatic(CXCursor size) {
    const ir::TypeId byte = program_.types.integer(8, false);
    const ir::Operand bytes = convert(rvalue(size), types_.size_type()).operand;
    const ir::LocalId local = builder_.new_local("alloca", program_.types.intern(ir::ArrayType{byte, 0}), 0);
    builder_.emit(ir::EnterLocal{local, bytes, true}, "alloca");
    const ir::Operand pointer = fresh(program_.types.pointer_to(program_.types.void_type()));
    builder_.emit(ir::AddressOfLocal{pointer.as_register(), local});
    return {pointer, program_.types.pointer_to(program_.types.void_type())};
}

}  // namespace gnomon::frontend
