// What an instruction reads and writes, without knowing what it means.
#pragma once

#include <optional>
#include <type_traits>

#include "ir/program.h"

namespace gnomon::ir {

// Every operand but the arguments of a call, which matter one by one.
template <class Visit>
void each_operand(const Operation& operation, const Visit& visit) {
    const auto visit_maybe = [&visit](const auto& operand) {
        using Given = std::remove_cvref_t<decltype(operand)>;
        if constexpr (std::is_same_v<Given, Operand>) visit(operand);
        if constexpr (std::is_same_v<Given, std::optional<Operand>>) {
            if (operand) visit(*operand);
        }
    };
    std::visit(
        [&](const auto& op) {
            using Given = std::remove_cvref_t<decltype(op)>;
            if constexpr (requires { op.value; }) visit_maybe(op.value);
            if constexpr (requires { op.left; }) visit_maybe(op.left);
            if constexpr (requires { op.right; }) visit_maybe(op.right);
            if constexpr (requires { op.base; }) visit_maybe(op.base);
            if constexpr (requires { op.index; }) visit_maybe(op.index);
            if constexpr (requires { op.pointer; }) visit_maybe(op.pointer);
            if constexpr (requires { op.to; }) visit_maybe(op.to);
            if constexpr (requires { op.from; }) visit_maybe(op.from);
            if constexpr (requires { op.byte; }) visit_maybe(op.byte);
            if constexpr (requires { op.size; }) visit_maybe(op.size);
            if constexpr (requires { op.condition; }) visit_maybe(op.condition);
            if constexpr (std::is_same_v<Given, Input>) {
                visit_maybe(op.subject);
                visit_maybe(op.number);
                if (const auto* bytes = std::get_if<BytesInput>(&op.choice)) visit_maybe(bytes->size);
            }
            if constexpr (std::is_same_v<Given, CallIntrinsic>) {
                for (const Operand& argument : op.arguments) visit(argument);
            }
            if constexpr (std::is_same_v<Given, Call>) {
                if (const auto* pointer = std::get_if<Operand>(&op.callee)) visit(*pointer);
            }
        },
        operation);
}

// Every operand, the arguments of calls among them.
template <class Visit>
void each_read(const Operation& operation, const Visit& visit) {
    each_operand(operation, visit);
    if (const auto* call = std::get_if<Call>(&operation)) {
        for (const Operand& argument : call->arguments) visit(argument);
    }
}

// Where control may go from the end of a block, within the function.
inline std::vector<BlockId> successors(const Operation& end) {
    if (const auto* jump = std::get_if<Jump>(&end)) return {jump->target};
    if (const auto* branch = std::get_if<Branch>(&end)) return {branch->if_true, branch->if_false};
    std::vector<BlockId> targets;
    if (const auto* choice = std::get_if<Switch>(&end)) {
        for (const auto& [bits, block] : choice->cases) targets.push_back(block);
        targets.push_back(choice->otherwise);
    }
    return targets;
}

// Is it the last instruction of a block?
inline bool ends_block(const Operation& operation) {
    return std::visit(
        []<class Given>(const Given&) {
            return std::is_same_v<Given, Jump> || std::is_same_v<Given, Branch> || std::is_same_v<Given, Switch> ||
                   std::is_same_v<Given, Return> || std::is_same_v<Given, NotModelled> ||
                   std::is_same_v<Given, Unreachable>;
        },
        operation);
}

// The functions and globals that an instruction names.
template <class Visit>
void each_named(const Operation& operation, const Visit& visit) {
    if (const auto* global = std::get_if<AddressOfGlobal>(&operation)) visit(global->global);
    if (const auto* function = std::get_if<AddressOfFunction>(&operation)) visit(function->function);
    if (const auto* call = std::get_if<Call>(&operation)) {
        if (const auto* callee = std::get_if<FunctionId>(&call->callee)) visit(*callee);
    }
}

template <class Visit>
void each_result(const Operation& operation, const Visit& visit) {
    std::visit(
        [&](const auto& op) {
            using Given = std::remove_cvref_t<decltype(op)>;
            if constexpr (requires { op.result; }) {
                if constexpr (std::is_same_v<std::remove_cvref_t<decltype(op.result)>, RegisterId>) {
                    visit(op.result);
                } else if (op.result) {
                    visit(*op.result);
                }
            }
            if constexpr (std::is_same_v<Given, Input>) {
                const auto* bytes = std::get_if<BytesInput>(&op.choice);
                if (bytes != nullptr && bytes->length_result) visit(*bytes->length_result);
            }
        },
        operation);
}

// The pointers through which memory is read, written, or freed. Empty: it is not.
struct Access {
    std::optional<Operand> read, written, released;
    std::optional<std::uint64_t> size = {};  // bytes that are read or written, where the code alone tells
};

inline Access access_of(const Operation& operation, const TypeTable& types) {
    const auto constant = [](const Operand& size) {
        return size.is_constant() ? std::optional(size.bits()) : std::nullopt;
    };
    if (const auto* load = std::get_if<Load>(&operation)) {
        return {load->pointer, {}, {}, types.size_of(load->type)};
    }
    if (const auto* store = std::get_if<Store>(&operation)) {
        return {{}, store->pointer, {}, types.size_of(store->type)};
    }
    if (const auto* copy = std::get_if<CopyBytes>(&operation)) {
        return {copy->from, copy->to, {}, constant(copy->size)};
    }
    if (const auto* fill = std::get_if<FillBytes>(&operation)) return {{}, fill->to, {}, constant(fill->size)};
    const auto* primitive = std::get_if<CallIntrinsic>(&operation);
    if (primitive == nullptr || primitive->arguments.empty()) return {};
    if (primitive->intrinsic == Intrinsic::touch) {
        return {primitive->arguments[0], {}, {}, constant(primitive->arguments[1])};
    }
    using enum Intrinsic;
    if (primitive->intrinsic == string_length || primitive->intrinsic == parse_double ||
        primitive->intrinsic == parse_extended || primitive->intrinsic == reads_decimal ||
        primitive->intrinsic == decimal)
        return {primitive->arguments[0], {}, {}};
    if (primitive->intrinsic == forget || primitive->intrinsic == print_double ||
        primitive->intrinsic == print_extended)
        return {{}, primitive->arguments[0], {}};
    if (primitive->intrinsic == Intrinsic::release) return {{}, {}, primitive->arguments[0]};
    // Its bytes become others, and it may end where it did not before.
    if (primitive->intrinsic == resize) return {{}, primitive->arguments[0], primitive->arguments[0]};
    if (primitive->intrinsic == Intrinsic::type_block || primitive->intrinsic == made_as)
        return {{}, primitive->arguments[0], {}};
    if (primitive->intrinsic == Intrinsic::is_a) return {primitive->arguments[0], {}, {}, 1};
    return {};
}

// The program ends there, on purpose or because nobody knows what comes.
inline bool ends_run(const Operation& operation) {
    if (std::holds_alternative<NotModelled>(operation)) return true;
    const auto* primitive = std::get_if<CallIntrinsic>(&operation);
    if (primitive == nullptr) return false;
    using enum Intrinsic;
    return primitive->intrinsic == exit_program || primitive->intrinsic == assert_fails ||
           primitive->intrinsic == assume;
}

}  // namespace gnomon::ir
