// What an instruction reads and writes, without knowing what it means.
#pragma once

#include <optional>
#include <type_traits>

#include "ir/program.h"

namespace gnomon::slice {

// Every operand but the arguments of a call, which matter one by one.
template <class Visit>
void each_operand(const ir::Operation& operation, const Visit& visit) {
    const auto visit_maybe = [&visit](const auto& operand) {
        using Given = std::remove_cvref_t<decltype(operand)>;
        if constexpr (std::is_same_v<Given, ir::Operand>) visit(operand);
        if constexpr (std::is_same_v<Given, std::optional<ir::Operand>>) {
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
            if constexpr (std::is_same_v<Given, ir::Input>) {
                visit_maybe(op.subject);
                if (const auto* bytes = std::get_if<ir::BytesInput>(&op.choice)) visit_maybe(bytes->size);
            }
            if constexpr (std::is_same_v<Given, ir::CallIntrinsic>) {
                for (const ir::Operand& argument : op.arguments) visit(argument);
            }
            if constexpr (std::is_same_v<Given, ir::Call>) {
                if (const auto* pointer = std::get_if<ir::Operand>(&op.callee)) visit(*pointer);
            }
        },
        operation);
}

// The functions and globals that an instruction names.
template <class Visit>
void each_named(const ir::Operation& operation, const Visit& visit) {
    if (const auto* global = std::get_if<ir::AddressOfGlobal>(&operation)) visit(global->global);
    if (const auto* function = std::get_if<ir::AddressOfFunction>(&operation)) visit(function->function);
    if (const auto* call = std::get_if<ir::Call>(&operation)) {
        if (const auto* callee = std::get_if<ir::FunctionId>(&call->callee)) visit(*callee);
    }
}

template <class Visit>
void each_result(const ir::Operation& operation, const Visit& visit) {
    std::visit(
        [&](const auto& op) {
            using Given = std::remove_cvref_t<decltype(op)>;
            if constexpr (requires { op.result; }) {
                if constexpr (std::is_same_v<std::remove_cvref_t<decltype(op.result)>, ir::RegisterId>) {
                    visit(op.result);
                } else if (op.result) {
                    visit(*op.result);
                }
            }
            if constexpr (std::is_same_v<Given, ir::Input>) {
                const auto* bytes = std::get_if<ir::BytesInput>(&op.choice);
                if (bytes != nullptr && bytes->length_result) visit(*bytes->length_result);
            }
        },
        operation);
}

// The pointers through which memory is read, written, or freed. Empty: it is not.
struct Access {
    std::optional<ir::Operand> read, written, released;
    std::optional<std::uint64_t> size = {};  // bytes that are read or written, where the code alone tells
};

inline Access access_of(const ir::Operation& operation, const ir::TypeTable& types) {
    const auto constant = [](const ir::Operand& size) {
        return size.is_constant() ? std::optional(size.bits()) : std::nullopt;
    };
    if (const auto* load = std::get_if<ir::Load>(&operation)) {
        return {load->pointer, {}, {}, types.size_of(load->type)};
    }
    if (const auto* store = std::get_if<ir::Store>(&operation)) {
        return {{}, store->pointer, {}, types.size_of(store->type)};
    }
    if (const auto* copy = std::get_if<ir::CopyBytes>(&operation)) {
        return {copy->from, copy->to, {}, constant(copy->size)};
    }
    if (const auto* fill = std::get_if<ir::FillBytes>(&operation)) return {{}, fill->to, {}, constant(fill->size)};
    const auto* primitive = std::get_if<ir::CallIntrinsic>(&operation);
    if (primitive == nullptr || primitive->arguments.empty()) return {};
    if (primitive->intrinsic == ir::Intrinsic::touch) {
        return {primitive->arguments[0], {}, {}, constant(primitive->arguments[1])};
    }
    if (primitive->intrinsic == ir::Intrinsic::string_length || primitive->intrinsic == ir::Intrinsic::parse_double)
        return {primitive->arguments[0], {}, {}};
    if (primitive->intrinsic == ir::Intrinsic::forget || primitive->intrinsic == ir::Intrinsic::print_double)
        return {{}, primitive->arguments[0], {}};
    if (primitive->intrinsic == ir::Intrinsic::release) return {{}, {}, primitive->arguments[0]};
    return {};
}

// The program ends there, on purpose or because nobody knows what comes.
inline bool ends_run(const ir::Operation& operation) {
    if (std::holds_alternative<ir::NotModelled>(operation)) return true;
    const auto* primitive = std::get_if<ir::CallIntrinsic>(&operation);
    if (primitive == nullptr) return false;
    using enum ir::Intrinsic;
    return primitive->intrinsic == exit_program || primitive->intrinsic == assert_fails ||
           primitive->intrinsic == assume;
}

}  // namespace gnomon::slice
