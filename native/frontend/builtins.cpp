// The builtins of GNU C. What takes more than a few instructions is a model in C (models/gnu_builtins.c).
#include <array>
#include <bit>

#include "frontend/lowering.h"

namespace gnomon::frontend {

namespace {

using enum ir::BinaryOperator;

// Add, sub or mul of "__builtin_umull_overflow" and its like, without the prefix; empty for other names.
std::string overflow_operation(std::string name) {
    constexpr std::string_view suffix = "_overflow";
    if (!name.ends_with(suffix)) return {};
    name.resize(name.size() - suffix.size());
    if (name.size() > 3 && (name[0] == 's' || name[0] == 'u')) name.erase(0, 1);
    const std::string operation = name.substr(0, 3);
    return operation == "add" || operation == "sub" || operation == "mul" ? operation : "";
}

struct BitFunction {
    std::string_view name;  // without "l" and "ll"
    const char* model;
};
constexpr std::array bit_functions{
    BitFunction{"popcount", "__gnomon_bits_set"},     BitFunction{"clz", "__gnomon_leading_zeros"},
    BitFunction{"ctz", "__gnomon_trailing_zeros"},    BitFunction{"ffs", "__gnomon_first_set"},
    BitFunction{"parity", "__gnomon_parity"},         BitFunction{"clrsb", "__gnomon_redundant_signs"},
    BitFunction{"bswap16", "__gnomon_bytes_swapped"}, BitFunction{"bswap32", "__gnomon_bytes_swapped"},
    BitFunction{"bswap64", "__gnomon_bytes_swapped"},
};

struct Comparison {
    std::string_view name;
    ir::BinaryOperator op;
};
constexpr std::array float_comparisons{
    Comparison{"isgreater", greater},
    Comparison{"isgreaterequal", greater_equal},
    Comparison{"isless", less},
    Comparison{"islessequal", less_equal},
};

// "memcpy" of "__memcpy_chk": the last argument, the size of the object, is the checking library's own.
std::string unchecked(const std::string& name) {
    constexpr std::string_view prefix = "__", suffix = "_chk";
    const std::string inner = name.starts_with(prefix) && name.ends_with(suffix)
                                  ? name.substr(prefix.size(), name.size() - prefix.size() - suffix.size())
                                  : "";
    for (const char* known : {"memcpy", "memmove", "memset", "strcpy", "strncpy", "strcat", "strncat", "stpcpy"})
        if (inner == known) return inner;
    return {};
}

}  // namespace

std::optional<Value> FunctionLowering::builtin(const std::string& name, CXCursor expression,
                                               const std::vector<CXCursor>& arguments, bool is_wanted) {
    const ir::TypeId type = types_.of(expression);
    const auto effects_from = [&](std::size_t first) {
        for (std::size_t i = first; i < arguments.size(); ++i) effect(arguments[i]);
    };
    if ((name == "expect" || name == "expect_with_probability" || name == "assume_aligned") && !arguments.empty()) {
        effects_from(1);
        return convert(rvalue(arguments[0]), type);
    }
    if (name == "prefetch") {
        effects_from(0);
        return constant(0, type);
    }
    if (name == "unreachable" || name == "trap") {
        builder_.emit(ir::Unreachable{});
        return constant(0, type);
    }
    if (name == "constant_p") return constant(reader_.integer(expression).value_or(0), type);
    if (name == "object_size" || name == "dynamic_object_size")
        return constant(reader_.integer(expression).value_or(~std::uint64_t{0}), type);
    if ((name == "alloca" || name == "alloca_with_align") && !arguments.empty())
        return allocate_automatic(arguments[0]);
    if (name == "bzero" && arguments.size() == 2) {
        const ir::Operand to = rvalue(arguments[0]).operand;
        const ir::Operand size = convert(rvalue(arguments[1]), types_.size_type()).operand;
        builder_.emit(ir::FillBytes{to, ir::Operand::constant(0), size}, reader_.source(expression));
        return constant(0, type);
    }
    if (const auto bits = reader_.integer(expression); bits && program_.types.is_integer(type))
        return convert({ir::Operand::constant(*bits), types_.size_type()}, type);
    if (auto value = variadic_builtin(name, arguments)) return value;
    if (auto value = overflow_builtin(name, expression, arguments)) return value;
    if (auto value = bit_builtin(name, expression, arguments)) return value;
    if (auto value = float_comparison(name, expression, arguments)) return value;
    if (auto value = long_double_builtin(name, expression, arguments)) return value;
    if (auto value = float_builtin(name, expression, arguments)) return value;
    // The library function of that name, which has a model or is declared: __builtin_memcpy and its like.
    const std::string inner = unchecked(name);
    const auto known = program_.functions_by_key.find(inner.empty() ? name : inner);
    if (known == program_.functions_by_key.end() || !program_[known->second].is_model) return std::nullopt;
    std::vector<CXCursor> passed = arguments;
    if (!inner.empty() && !passed.empty()) passed.pop_back();
    return emit_call(known->second, passed, type, is_wanted, reader_.source(expression));
}

// The exact result in two limbs of 64 bits, each operand extended by its sign; it fits when the low limb, converted to
// the result's type and back, is both.
std::optional<Value> FunctionLowering::overflow_builtin(const std::string& name, CXCursor expression,
                                                        const std::vector<CXCursor>& arguments) {
    const std::string operation = overflow_operation(name);
    if (operation.empty() || arguments.size() != 3) return std::nullopt;
    const std::string text = reader_.source(expression);
    const ir::TypeId limb = types_.size_type(), is_signed = program_.types.integer(64, true);
    const Value left = rvalue(arguments[0]), right = rvalue(arguments[1]), result = rvalue(arguments[2]);
    const auto* pointer = program_.types.get_if<ir::PointerType>(result.type);
    if (!pointer || !program_.types.is_integer(left.type) || !program_.types.is_integer(right.type))
        throw Unmodelled{"calls __builtin_" + name};
    const ir::TypeId given = pointer->pointee;
    const auto high_of = [&](Value value) {
        if (!program_.types.is_signed(value.type)) return constant(0, limb);
        return convert(compute(shift_right, convert(value, is_signed), constant(63, types_.int_type())), limb);
    };
    const Value a = convert(left, limb), b = convert(right, limb), a_high = high_of(left), b_high = high_of(right);
    Value low = a, high = a_high;
    if (operation == "add") {
        low = compute(add, a, b);
        high = compute(add, compute(add, a_high, b_high), convert(compute(less, low, a), limb));
    } else if (operation == "sub") {
        low = compute(subtract, a, b);
        high = compute(subtract, compute(subtract, a_high, b_high), convert(compute(less, a, b), limb));
    } else {
        low = compute(multiply, a, b);
        high = call_model("__gnomon_multiply_high", {a, b}, limb, text);
        high = compute(subtract, high, compute(bit_and, a_high, b));
        high = compute(subtract, high, compute(bit_and, b_high, a));
    }
    const Value stored = convert(low, given);
    builder_.emit(ir::Store{result.operand, stored.operand, given, {}}, text);
    const Value differs = compute(not_equal, convert(stored, limb), low);
    const Value exceeds = compute(not_equal, high, high_of(stored));
    return convert(compute(bit_or, differs, exceeds), types_.of(expression));
}

// The models work on 64 bits and are told the width.
std::optional<Value> FunctionLowering::bit_builtin(const std::string& name, CXCursor expression,
                                                   const std::vector<CXCursor>& arguments) {
    if (arguments.size() != 1) return std::nullopt;
    for (const BitFunction& row : bit_functions) {
        const std::string_view suffix = std::string_view(name).substr(std::min(row.name.size(), name.size()));
        if (!name.starts_with(row.name) || (suffix != "" && suffix != "l" && suffix != "ll")) continue;
        const Value value = rvalue(arguments[0]);
        const ir::TypeId bare = program_.types.integer(program_.types.bits_of(value.type), false);
        const Value wide = convert(convert(value, bare), types_.size_type());
        const Value width = constant(program_.types.bits_of(value.type), types_.int_type());
        const Value found = call_model(row.model, {wide, width}, types_.size_type(), reader_.source(expression));
        return convert(found, types_.of(expression));
    }
    return std::nullopt;
}

Value FunctionLowering::reinterpreted(Value value, ir::TypeId type) {
    const Value place = temporary(value.type);
    builder_.emit(ir::Store{place.operand, value.operand, value.type, {}});
    const ir::Operand result = fresh(type);
    builder_.emit(ir::Load{result.as_register(), place.operand, type, {}});
    return {result, type};
}

// Comparisons that no unordered operand disturbs.
std::optional<Value> FunctionLowering::float_comparison(const std::string& name, CXCursor expression,
                                                        const std::vector<CXCursor>& arguments) {
    if (arguments.size() != 2) return std::nullopt;
    const auto answer = [&](Value value) { return convert(value, types_.of(expression)); };
    const bool is_ordered_difference = name == "islessgreater";
    if (is_ordered_difference || name == "isunordered") {
        const Value left = rvalue(arguments[0]), right = rvalue(arguments[1]);
        const ir::BinaryOperator first = is_ordered_difference ? less : not_equal;
        const Value one = compute(first, left, is_ordered_difference ? right : left);
        const Value other = is_ordered_difference ? compute(greater, left, right) : compute(not_equal, right, right);
        return answer(compute(bit_or, one, other));
    }
    for (const Comparison& row : float_comparisons)
        if (name == row.name) return answer(compute(row.op, rvalue(arguments[0]), rvalue(arguments[1])));
    return std::nullopt;
}

std::optional<Value> FunctionLowering::float_builtin(const std::string& name, CXCursor expression,
                                                     const std::vector<CXCursor>& arguments) {
    const ir::TypeId type = types_.of(expression);
    if (program_.types.is_float(type) && program_.types.bits_of(type) <= 64) {
        if (const auto number = reader_.floating(expression)) {
            if (program_.types.bits_of(type) == 64) return constant(std::bit_cast<std::uint64_t>(*number), type);
            return constant(std::bit_cast<std::uint32_t>(static_cast<float>(*number)), type);
        }
    }
    if (arguments.empty() || arguments.size() > 2) return std::nullopt;
    const ir::TypeId float_type = types_.of(arguments[0]);
    const unsigned width = program_.types.bits_of(float_type);
    if (!program_.types.is_float(float_type) || width > 64) return std::nullopt;
    const ir::TypeId bits_type = program_.types.integer(static_cast<std::uint16_t>(width), false);
    const std::uint64_t sign = std::uint64_t{1} << (width - 1);
    const std::uint64_t infinity = width == 64 ? 0x7ff0'0000'0000'0000 : 0x7f80'0000;
    const auto bits = [&](CXCursor argument) { return reinterpreted(rvalue(argument), bits_type); };
    const auto masked = [&](Value value, std::uint64_t mask) {
        return compute(bit_and, value, constant(mask, bits_type));
    };
    const auto answer = [&](Value value) { return convert(value, type); };
    if (arguments.size() == 1) {
        const auto magnitude = [&] { return masked(bits(arguments[0]), sign - 1); };
        if (name == "fabs" || name == "fabsf") return reinterpreted(magnitude(), float_type);
        if (name.starts_with("signbit"))
            return answer(compute(not_equal, masked(bits(arguments[0]), sign), constant(0, bits_type)));
        if (name == "isnan") return answer(compute(greater, magnitude(), constant(infinity, bits_type)));
        if (name == "isinf") return answer(compute(equal, magnitude(), constant(infinity, bits_type)));
        if (name == "isinf_sign") {  // -1 for the negative one
            const Value raw = bits(arguments[0]);
            const Value above = compute(equal, raw, constant(infinity, bits_type));
            const Value below = compute(equal, raw, constant(infinity | std::uint64_t{1} << sign, bits_type));
            return answer(compute(subtract, above, below));
        }
        if (name == "isfinite" || name == "finite")
            return answer(compute(less, magnitude(), constant(infinity, bits_type)));
        return std::nullopt;
    }
    if (name == "copysign" || name == "copysignf") {
        const Value magnitude = masked(bits(arguments[0]), sign - 1), signs = masked(bits(arguments[1]), sign);
        return reinterpreted(compute(bit_or, magnitude, signs), float_type);
    }
    return std::nullopt;
}

}  // namespace gnomon::frontend
