#include "interp/decode.h"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>

#include "shadow/obligations.h"
#include "shadow/partial.h"
#include "shadow/usual.h"

namespace gnomon::interp {
namespace {

using ir::BinaryOperator;

std::uint8_t shift_of(ir::Scalar type) { return static_cast<std::uint8_t>(64 - type.bits); }

bool is_integral(ir::Scalar type) {
    return type.is_supported() && type.kind != ir::Scalar::Kind::floating && type.kind != ir::Scalar::Kind::none;
}

// The instruction of that operator for unsigned numbers; the next one in Code is the signed one where they differ.
struct BinaryCode {
    Code code;
    bool has_signed;
};
BinaryCode code_of(BinaryOperator op) {
    switch (op) {
        case BinaryOperator::add:
            return {Code::add, true};
        case BinaryOperator::subtract:
            return {Code::subtract, true};
        case BinaryOperator::multiply:
            return {Code::multiply, true};
        case BinaryOperator::divide:
            return {Code::divide, true};
        case BinaryOperator::remainder:
            return {Code::remainder, true};
        case BinaryOperator::shift_left:
            return {Code::shift_left, false};
        case BinaryOperator::shift_right:
            return {Code::shift_right, true};
        case BinaryOperator::bit_and:
            return {Code::bit_and, false};
        case BinaryOperator::bit_or:
            return {Code::bit_or, false};
        case BinaryOperator::bit_xor:
            return {Code::bit_xor, false};
        case BinaryOperator::equal:
            return {Code::equal, false};
        case BinaryOperator::not_equal:
            return {Code::not_equal, false};
        case BinaryOperator::less:
            return {Code::less, true};
        case BinaryOperator::less_equal:
            return {Code::less_equal, true};
        case BinaryOperator::greater:
            return {Code::greater, true};
        default:
            return {Code::greater_equal, true};
    }
}

class Decoder {
  public:
    Decoder(const ir::Program& program, const ir::Function& function, const shadow::Table& table)
        : program_(program), function_(function), table_(table) {
        for (const shadow::Update& update : table.updates)
            if (!shadow::only_clears(update)) is_updated_[static_cast<std::size_t>(update.event)] = true;
    }

    DecodedFunction decode() {
        result_.code.reserve(function_.code.size());
        const auto demands = shadow::demands_of(program_, function_, table_);
        for (std::size_t i = 0; i < function_.code.size(); ++i) {
            const ir::Instruction& instruction = function_.code[i];
            const Decoded decoded = std::visit(*this, instruction.operation);
            result_.code.push_back(has_usual_case(instruction, demands[i]) ? decoded : Decoded{});
        }
        return std::move(result_);
    }

    Decoded operator()(const ir::Move& i) { return {Code::move, 0, 0, 0, reg(i.result), slot(i.value), 0, 0}; }

    Decoded operator()(const ir::Unary& i) {
        const ir::Scalar type = scalar(i.type);
        if (!is_integral(type)) return {};
        const Code code = i.op == ir::UnaryOperator::negate    ? Code::negate
                          : i.op == ir::UnaryOperator::bit_not ? Code::bit_not
                                                               : Code::logical_not;
        return {code, shift_of(type), type.is_signed, 0, reg(i.result), slot(i.value), 0, 0};
    }

    Decoded operator()(const ir::Binary& i) {
        const ir::Scalar type = scalar(i.type), right_type = scalar(i.right_type);
        if (type.kind == ir::Scalar::Kind::floating && type.bits == 64)
            return {Code::float_binary, 0, 0, static_cast<std::uint8_t>(i.op), reg(i.result), slot(i.left),
                    slot(i.right),      0};
        const bool is_shift = i.op == BinaryOperator::shift_left || i.op == BinaryOperator::shift_right;
        if (!is_integral(type) || (is_shift && !is_integral(right_type))) return {};
        const BinaryCode row = code_of(i.op);
        const int signed_step = row.has_signed && type.is_signed ? 1 : 0;
        const auto code = static_cast<Code>(static_cast<int>(row.code) + signed_step);
        return {code,
                shift_of(type),
                is_shift ? shift_of(right_type) : shift_of(type),
                0,
                reg(i.result),
                slot(i.left),
                slot(i.right),
                0};
    }

    Decoded operator()(const ir::Cast& i) {
        const ir::Scalar from = scalar(i.from), to = scalar(i.to);
        if (!from.is_supported() || !to.is_supported()) return {};
        Decoded decoded{Code::convert, shift_of(from), shift_of(to), 0, reg(i.result), slot(i.value), 0, 0};
        if (is_integral(from) && is_integral(to) && to.kind != ir::Scalar::Kind::boolean) {
            decoded.code = from.is_signed ? Code::widen_signed : Code::widen;
            decoded.number = to.mask();
        } else {
            decoded.number = static_cast<std::uint64_t>(i.from) << 32 | static_cast<std::uint64_t>(i.to);
        }
        return decoded;
    }

    Decoded operator()(const ir::FieldAddress& i) {
        return {Code::field, 0, 0, 0, reg(i.result), slot(i.base), 0, i.byte_offset};
    }

    Decoded operator()(const ir::ElementAddress& i) {
        const ir::Scalar index = scalar(i.index_type);
        if (!is_integral(index)) return {};
        const bool is_sizeless = std::holds_alternative<ir::VoidType>(program_.types[i.element]) ||
                                 std::holds_alternative<ir::FunctionType>(program_.types[i.element]);
        const std::uint64_t stride = is_sizeless ? 1 : program_.types.size_of(i.element);
        const Code code = i.is_negated ? Code::element_negated : Code::element;
        return {code, index.is_signed, shift_of(index), 0, reg(i.result), slot(i.base), slot(i.index), stride};
    }

    Decoded operator()(const ir::AddressOfLocal& i) {
        return {Code::local_address, 0, 0, 0, reg(i.result), static_cast<Slot>(i.local), 0, 0};
    }
    Decoded operator()(const ir::AddressOfGlobal& i) {
        return {Code::global_address, 0, 0, 0, reg(i.result), static_cast<Slot>(i.global), 0, 0};
    }

    Decoded operator()(const ir::Load& i) {
        const ir::Scalar type = scalar(i.type);
        if (!type.is_supported() || i.bits.width != 0) return {};
        const auto size = static_cast<std::uint8_t>(type.bits / 8);
        return {Code::load, 0, 0, size, reg(i.result), slot(i.pointer), 0, 0};
    }

    Decoded operator()(const ir::Store& i) {
        const ir::Scalar type = scalar(i.type);
        if (!type.is_supported() || i.bits.width != 0) return {};
        const auto size = static_cast<std::uint8_t>(type.bits / 8);
        return {Code::store, 0, 0, size, 0, slot(i.pointer), slot(i.value), 0};
    }

    Decoded operator()(const ir::Jump& i) { return {Code::jump, 0, 0, 0, 0, 0, 0, target(i.target)}; }

    Decoded operator()(const ir::Branch& i) {
        const ir::Scalar type = scalar(i.type);
        if (!is_integral(type)) return {};
        const std::uint64_t targets = target(i.if_true) << 32 | target(i.if_false);
        return {Code::branch, shift_of(type), 0, 0, 0, slot(i.condition), 0, targets};
    }

    template <class Other>
    Decoded operator()(const Other&) {
        return {};
    }

  private:
    bool has_usual_case(const ir::Instruction& instruction, const std::vector<std::uint32_t>& demands) const {
        const auto events = shadow::static_events(program_, function_, instruction);
        if (events.size() > 1) return false;
        if (events.empty()) return true;
        if (is_updated_[static_cast<std::size_t>(events[0].event)]) return false;
        // The usual move takes whatever there is, shadows included.
        if (events[0].event == shadow::Event::read) return demands.empty();
        return std::all_of(demands.begin(), demands.end(), [&](std::uint32_t index) {
            return shadow::holds_usually(table_.demands[index].predicate, events[0]);
        });
    }

    ir::Scalar scalar(ir::TypeId type) const { return ir::scalar_of(program_.types, type); }
    static std::uint32_t reg(ir::RegisterId id) { return static_cast<std::uint32_t>(id); }
    std::uint64_t target(ir::BlockId block) const { return function_.blocks[static_cast<std::size_t>(block)].begin; }
    Slot slot(const ir::Operand& operand) {
        if (operand.is_register()) return reg(operand.as_register());
        const auto next = static_cast<Slot>(result_.constants.size());
        const auto [known, is_new] = constants_.try_emplace(operand.bits(), next);
        if (is_new) result_.constants.push_back({operand.bits(), memory::no_object, 0});
        return known->second | constant_slot;
    }

    const ir::Program& program_;
    const ir::Function& function_;
    const shadow::Table& table_;
    std::array<bool, shadow::event_count> is_updated_{};
    std::unordered_map<std::uint64_t, Slot> constants_;
    DecodedFunction result_;
};

}  // namespace

DecodedFunction decode(const ir::Program& program, const ir::Function& function, const shadow::Table& table) {
    return Decoder(program, function, table).decode();
}

}  // namespace gnomon::interp
