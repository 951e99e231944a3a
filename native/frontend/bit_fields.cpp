// Bit fields: the storage unit of each, and those that no unit holds because their record is packed.
#include <algorithm>

#include "frontend/lowering.h"

namespace gnomon::frontend {

// The naturally aligned unit of the declared type, else the smallest one inside the record that holds the field.
BitFieldUnit bit_field_unit(ir::TypeTable& types, std::uint64_t offset_bits, std::uint32_t width, ir::TypeId declared,
                            std::uint64_t record_size) {
    const auto fits = [&](std::uint64_t byte, std::uint64_t bytes) {
        return byte + bytes <= record_size && byte * 8 <= offset_bits && offset_bits + width <= (byte + bytes) * 8;
    };
    const auto unit = [&](std::uint64_t byte, std::uint64_t bytes) {
        return BitFieldUnit{byte,
                            types.integer(static_cast<std::uint16_t>(bytes * 8), types.is_signed(declared)),
                            {static_cast<std::uint16_t>(offset_bits - byte * 8), static_cast<std::uint16_t>(width)},
                            {}};
    };
    const std::uint64_t natural = types.size_of(declared);
    const std::uint64_t aligned = offset_bits / 8 / natural * natural;
    if (fits(aligned, natural)) return unit(aligned, natural);
    for (std::uint64_t bytes = 1; bytes <= 8; bytes *= 2)
        for (std::uint64_t byte = offset_bits / 8, tried = 0; tried < bytes; ++tried) {
            if (fits(byte, bytes)) return unit(byte, bytes);
            if (byte-- == 0) break;
        }
    BitFieldUnit bytes{offset_bits / 8, types.integer(8, false), {}, {}};
    for (std::uint64_t bit = offset_bits; bit < offset_bits + width;) {
        const std::uint64_t end = std::min<std::uint64_t>(bit / 8 * 8 + 8, offset_bits + width);
        bytes.pieces.push_back(
            {bit / 8 - bytes.byte, {static_cast<std::uint16_t>(bit % 8), static_cast<std::uint16_t>(end - bit)}});
        bit = end;
    }
    return bytes;
}

// Little-endian: later bytes hold higher bits.
Value FunctionLowering::load_pieces(const Location& location) {
    using enum ir::BinaryOperator;
    const ir::TypeId wide = types_.size_type(), byte = location.storage;
    Value whole = constant(0, wide);
    std::uint64_t done = 0;
    for (const BitFieldPiece& piece : location.pieces) {
        const ir::Operand part = fresh(byte);
        const ir::Operand from = moved(location.pointer, piece.byte, byte);
        builder_.emit(ir::Load{part.as_register(), from, byte, piece.bits}, location.text);
        const Value placed = compute(shift_left, convert({part, byte}, wide), constant(done, wide));
        whole = compute(bit_or, whole, placed);
        done += piece.bits.width;
    }
    if (!program_.types.is_signed(location.type)) return convert(whole, location.type);
    const ir::TypeId is_signed = program_.types.integer(64, true);
    const Value high = convert(compute(shift_left, whole, constant(64 - done, wide)), is_signed);
    return convert(compute(shift_right, high, constant(64 - done, wide)), location.type);
}

void FunctionLowering::store_pieces(const Location& location, Value value) {
    const ir::TypeId wide = types_.size_type(), byte = location.storage;
    const Value whole = convert(value, wide);
    std::uint64_t done = 0;
    for (const BitFieldPiece& piece : location.pieces) {
        const Value part = convert(compute(ir::BinaryOperator::shift_right, whole, constant(done, wide)), byte);
        const ir::Operand to = moved(location.pointer, piece.byte, byte);
        builder_.emit(ir::Store{to, part.operand, byte, piece.bits}, location.text);
        done += piece.bits.width;
    }
}

}  // namespace gnomon::frontend
