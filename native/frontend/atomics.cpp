// Atomic operations as one thread sees them: those of C11 and of both families of GNU C.
#include <algorithm>
#include <array>

#include "frontend/lowering.h"

namespace gnomon::frontend {

namespace {

constexpr std::string_view c11_prefix = "__c11_atomic_", gnu_prefix = "__atomic_", old_prefix = "__sync_";

struct Operation {
    std::string_view name;
    ir::BinaryOperator op;
};
constexpr std::array operations{
    Operation{"add", ir::BinaryOperator::add},     Operation{"sub", ir::BinaryOperator::subtract},
    Operation{"and", ir::BinaryOperator::bit_and}, Operation{"nand", ir::BinaryOperator::bit_and},
    Operation{"or", ir::BinaryOperator::bit_or},   Operation{"xor", ir::BinaryOperator::bit_xor},
};

// "add" of "fetch_add", "fetch_and_add", "add_fetch" and "add_and_fetch", and whether the new value is given.
struct Fetch {
    std::string what;
    bool gives_new = false;
};
std::optional<Fetch> fetch_of(std::string_view name) {
    for (const std::string_view prefix : {"fetch_and_", "fetch_"})
        for (const Operation& row : operations)
            if (name.starts_with(prefix) && name.substr(prefix.size()) == row.name)
                return Fetch{std::string(row.name), false};
    for (const std::string_view suffix : {"_and_fetch", "_fetch"})
        for (const Operation& row : operations)
            if (name.ends_with(suffix) && name.substr(0, name.size() - suffix.size()) == row.name)
                return Fetch{std::string(row.name), true};
    return std::nullopt;
}

}  // namespace

Location FunctionLowering::atomic_place(CXCursor pointer) {
    const Value address = rvalue(pointer);
    const auto* type = program_.types.get_if<ir::PointerType>(address.type);
    Location place;
    place.pointer = address.operand;
    if (type) place.type = type->pointee;
    if (!type || !is_scalar(place.type)) throw Unmodelled{"atomic operations on this type"};
    place.text = reader_.source(pointer);
    return place;
}

// Signed numbers wrap here. GNU's count the bytes of pointers, C11's the elements.
Value FunctionLowering::fetch_and(const std::string& what, const Location& place, Value value, bool gives_new,
                                  bool counts_elements) {
    const Value before = load(place);
    Value after = before;
    if (is_pointer(place.type)) {
        if (what != "add" && what != "sub") throw Unmodelled{"this atomic operation on pointers"};
        const auto stride = counts_elements ? std::nullopt : std::optional(ir::Operand::constant(1));
        after = pointer_offset(before, value, what == "sub", place.text, stride);
    } else {
        if (!program_.types.is_integer(place.type)) throw Unmodelled{"atomic operations on this type"};
        const auto row = std::find_if(operations.begin(), operations.end(),
                                      [&](const Operation& operation) { return operation.name == what; });
        const auto width = static_cast<std::uint16_t>(program_.types.bits_of(place.type));
        const ir::TypeId bare = program_.types.integer(width, false);
        after = compute(row->op, convert(before, bare), convert(value, bare));
        if (what == "nand") {
            const ir::Operand inverse = fresh(bare);
            builder_.emit(ir::Unary{inverse.as_register(), ir::UnaryOperator::bit_not, after.operand, bare});
            after.operand = inverse;
        }
        after = convert(after, place.type);
    }
    store(place, after);
    return gives_new ? after : before;
}

// `seen` takes the present value where it is not the expected one. Whether it was.
Value FunctionLowering::compare_exchange(const Location& place, Value expected, Value wanted,
                                         const std::optional<Location>& seen) {
    const ir::BlockId same = builder_.new_block(), different = builder_.new_block(), after = builder_.new_block();
    const Value present = load(place);
    const Value is_same = compute(ir::BinaryOperator::equal, present, convert(expected, place.type));
    builder_.branch(is_same.operand, is_same.type, same, different);
    builder_.start(same);
    store(place, convert(wanted, place.type));
    builder_.jump(after);
    builder_.start(different);
    if (seen) store(*seen, convert(present, seen->type));
    builder_.jump(after);
    builder_.start(after);
    return is_same;
}

// clang's operands, in this order: the object, the memory order, a value, the order on failure, another value.
std::optional<Value> FunctionLowering::atomic(CXCursor expression) {
    std::string name = reader_.keyword(expression);
    const bool is_standard = name.starts_with(c11_prefix);
    if (!is_standard && !name.starts_with(gnu_prefix)) return std::nullopt;
    name.erase(0, is_standard ? c11_prefix.size() : gnu_prefix.size());
    const auto operands = reader_.children(expression);
    const ir::TypeId type = types_.of(expression);
    if (operands.size() < 2) throw Unmodelled{"this atomic operation"};
    if (name == "test_and_set" || name == "clear") return atomic_flag(name, operands[0], type);
    const Location place = atomic_place(operands[0]);
    const auto value = [&](std::size_t i) { return convert(rvalue(operands.at(i)), place.type); };
    const auto behind = [&](std::size_t i) { return atomic_place(operands.at(i)); };
    if (name == "init") {
        store(place, value(1));
        return constant(0, type);
    }
    if (name == "load_n" || (name == "load" && is_standard)) return load(place);
    if (operands.size() < 3) throw Unmodelled{"this atomic operation"};
    if (name == "load") {
        store(behind(2), load(place));
        return constant(0, type);
    }
    if (name == "store" || name == "store_n") {
        store(place, name == "store" && !is_standard ? load(behind(2)) : value(2));
        return constant(0, type);
    }
    if (name == "exchange_n" || name == "exchange") {
        const bool is_indirect = name == "exchange" && !is_standard;
        const Value wanted = is_indirect ? load(behind(2)) : value(2);
        const Value before = load(place);
        store(place, wanted);
        if (is_indirect) store(behind(3), before);
        return is_indirect ? constant(0, type) : before;
    }
    if (name.starts_with("compare_exchange") && operands.size() >= 5) {
        const Location expected = behind(2);
        const bool is_indirect = name == "compare_exchange";
        const Value wanted = is_indirect ? load(behind(4)) : value(4);
        return convert(compare_exchange(place, load(expected), wanted, expected), type);
    }
    if (const auto fetch = fetch_of(name))
        return fetch_and(fetch->what, place, rvalue(operands[2]), fetch->gives_new, is_standard);
    throw Unmodelled{"this atomic operation"};
}

// A flag is a byte, whatever the pointer's type says.
Value FunctionLowering::atomic_flag(const std::string& name, CXCursor pointer, ir::TypeId type) {
    Location flag;
    flag.pointer = rvalue(pointer).operand;
    flag.type = program_.types.integer(8, false);
    const bool sets = name == "test_and_set";
    const Value before = sets ? load(flag) : constant(0, flag.type);
    store(flag, constant(sets, flag.type));
    return sets ? convert(convert(before, program_.types.boolean()), type) : constant(0, type);
}

std::optional<Value> FunctionLowering::atomic_call(const std::string& name, CXCursor expression,
                                                   const std::vector<CXCursor>& arguments) {
    const ir::TypeId type = types_.of(expression);
    for (const std::string_view prefix : {c11_prefix, gnu_prefix}) {
        if (!name.starts_with(prefix)) continue;
        const std::string base = name.substr(prefix.size());
        if (base == "thread_fence" || base == "signal_fence") return constant(0, type);
        if (base == "is_lock_free" || base == "always_lock_free") return constant(1, type);
        if ((base == "test_and_set" || base == "clear") && !arguments.empty())
            return atomic_flag(base, arguments[0], type);
        throw Unmodelled{"calls " + name};
    }
    if (!name.starts_with(old_prefix)) return std::nullopt;
    std::string base = name.substr(old_prefix.size());  // "fetch_and_add_4"
    base.resize(base.find_last_not_of("0123456789") + 1);
    if (base.ends_with('_')) base.pop_back();
    if (base == "synchronize") return constant(0, type);
    if (arguments.empty()) throw Unmodelled{"calls " + name};
    const Location place = atomic_place(arguments[0]);
    if (base == "lock_release") {
        store(place, constant(0, place.type));
        return constant(0, type);
    }
    if (arguments.size() < 2) throw Unmodelled{"calls " + name};
    const Value first = rvalue(arguments[1]);
    if (const auto fetch = fetch_of(base)) return fetch_and(fetch->what, place, first, fetch->gives_new, false);
    if (base == "lock_test_and_set") {
        const Value before = load(place);
        store(place, convert(first, place.type));
        return before;
    }
    if (arguments.size() < 3) throw Unmodelled{"calls " + name};
    const Value before = load(place);
    const Value is_same = compare_exchange(place, first, rvalue(arguments[2]), std::nullopt);
    if (base == "bool_compare_and_swap") return convert(is_same, type);
    if (base == "val_compare_and_swap") return before;
    throw Unmodelled{"calls " + name};
}

}  // namespace gnomon::frontend
