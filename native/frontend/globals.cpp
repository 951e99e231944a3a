// Initialisers of globals: bytes and relocations.
#include <bit>
#include <cstring>

#include "frontend/constants.h"
#include "frontend/long_constants.h"
#include "frontend/lowering.h"
#include "frontend/symbols.h"

namespace gnomon::frontend {

namespace {

struct Address {
    std::variant<ir::GlobalId, ir::FunctionId> target;
    std::int64_t addend = 0;
};

class ConstantLowering {
  public:
    using LabelNumber = std::function<std::uint64_t(CXCursor)>;

    ConstantLowering(const Reader& reader, TypeLowering& types, Symbols& symbols, ir::Program& program,
                     LabelNumber label_number)
        : reader_(reader),
          types_(types),
          symbols_(symbols),
          program_(program),
          label_number_(std::move(label_number)) {}

    void fill(ir::GlobalId id, CXCursor initialiser, CXType written, std::uint64_t base) {
        for (const InitialiserLeaf& leaf : flatten_initialiser(reader_, types_, program_.types, initialiser, written)) {
            const std::uint64_t byte = base + leaf.offset_bits / 8;
            make_room(id, byte, leaf);
            owner_ = id;
            if (leaf.is_string) {
                put_string(id, byte, leaf);
            } else if (!program_.types.is_scalar(leaf.type)) {
                nested(id, byte, leaf.expression);
            } else if (const auto address = address_of(leaf.expression)) {
                program_[id].relocations.push_back({byte, address->target, address->addend});
            } else if (program_.types.is_long_double(leaf.type)) {
                put_long_double(id, byte, leaf.expression);
            } else {
                put_bits(id, byte, leaf, bits_of(leaf));
            }
        }
    }

  private:
    // A flexible array member that is initialised makes the object larger than its type (GNU C).
    void make_room(ir::GlobalId id, std::uint64_t byte, const InitialiserLeaf& leaf) {
        ir::Global& global = program_[id];
        if (!program_.types.get_if<ir::RecordType>(global.type) || leaf.bit_width) return;
        const bool is_open = leaf.is_string && program_.types.size_of(leaf.type) == 0;
        const std::uint64_t size =
            is_open ? literal_bytes(reader_, leaf.expression).size() + 1 : program_.types.size_of(leaf.type);
        if (byte + size <= global.size) return;
        global.size = byte + size;
        global.bytes.resize(global.size, 0);
    }

    void put_string(ir::GlobalId id, std::uint64_t byte, const InitialiserLeaf& leaf) {
        const std::string text = literal_bytes(reader_, leaf.expression);
        auto& bytes = program_[id].bytes;
        const std::uint64_t size = program_.types.size_of(leaf.type);
        const std::uint64_t room = size ? size : bytes.size() - byte;
        for (std::uint64_t i = 0; i < text.size() && i < room && byte + i < bytes.size(); ++i)
            bytes[byte + i] = static_cast<std::uint8_t>(text[i]);
    }

    // A compound literal in place of a record.
    void nested(ir::GlobalId id, std::uint64_t byte, CXCursor expression) {
        const auto children = reader_.children(expression);
        if (children.empty()) throw Unmodelled{"this initialiser"};
        if (expression.kind == kind::compound_literal) return fill(id, children.back(), reader_.type(expression), byte);
        nested(id, byte, children.back());
    }

    void put_long_double(ir::GlobalId id, std::uint64_t byte, CXCursor expression) {
        const auto value = long_double_constant(reader_, expression);
        if (!value) throw Unmodelled{"this initialiser: " + reader_.source(expression, 40)};
        const ir::Extended number = ir::extended_of(*value);
        auto& bytes = program_[id].bytes;
        if (byte + 10 > bytes.size()) return;
        std::memcpy(&bytes[byte], &number.significand, sizeof number.significand);
        std::memcpy(&bytes[byte + sizeof number.significand], &number.sign_exponent, sizeof number.sign_exponent);
    }

    std::uint64_t bits_of(const InitialiserLeaf& leaf) {
        if (program_.types.is_float(leaf.type)) {
            const auto number = reader_.floating(leaf.expression);
            const auto whole = number ? std::nullopt : reader_.integer(leaf.expression);
            if (!number && !whole) throw Unmodelled{"this initialiser: " + reader_.source(leaf.expression, 40)};
            const double value = number ? *number : static_cast<double>(static_cast<std::int64_t>(*whole));
            if (program_.types.bits_of(leaf.type) == 32) return std::bit_cast<std::uint32_t>(static_cast<float>(value));
            return std::bit_cast<std::uint64_t>(value);
        }
        if (const auto bits = integer(leaf.expression)) return *bits;
        throw Unmodelled{"this initialiser: " + reader_.source(leaf.expression, 40)};
    }

    std::optional<std::uint64_t> integer(CXCursor expression) {
        if (const auto bits = reader_.integer(expression)) return bits;
        if (expression.kind == kind::label_address && label_number_) return label_number_(expression);
        const auto children = reader_.children(expression);
        if (label_number_ && expression.kind == kind::binary_operator && children.size() == 2) {
            const auto left = integer(children[0]), right = integer(children[1]);
            const auto op = static_cast<BinaryKind>(reader_.api.getCursorBinaryOperatorKind(expression));
            if (left && right && op == BinaryKind::subtract) return *left - *right;  // of labels
            return std::nullopt;
        }
        const bool wraps = expression.kind == kind::unexposed_expression || expression.kind == kind::parenthesis ||
                           expression.kind == kind::c_cast;
        if (!wraps || children.empty()) return std::nullopt;
        return integer(children.back());
    }

    // Of a number of 128 bits that is given as a narrower one.
    std::uint8_t filler_of(const InitialiserLeaf& leaf, std::uint64_t bits) {
        CXCursor given = leaf.expression;
        for (auto inside = reader_.children(given); !inside.empty() && !reader_.integer(given);
             inside = reader_.children(given))
            given = inside.back();
        return program_.types.is_signed(types_.of(given)) && bits >> 63 ? 0xff : 0;
    }

    void put_bits(ir::GlobalId id, std::uint64_t byte, const InitialiserLeaf& leaf, std::uint64_t bits) {
        auto& bytes = program_[id].bytes;
        if (leaf.bit_width == 0) {
            const std::uint64_t size = program_.types.size_of(leaf.type);
            const std::uint8_t filler = size > 8 ? filler_of(leaf, bits) : 0;
            for (std::uint64_t i = 0; i < size && byte + i < bytes.size(); ++i)
                bytes[byte + i] = i < 8 ? static_cast<std::uint8_t>(bits >> (8 * i)) : filler;
            return;
        }
        for (std::uint32_t i = 0; i < leaf.bit_width; ++i) {
            const std::uint64_t at = leaf.offset_bits % 8 + i;
            const auto mask = static_cast<std::uint8_t>(1U << (at % 8));
            if (byte + at / 8 >= bytes.size()) return;
            auto& target = bytes[byte + at / 8];
            target = static_cast<std::uint8_t>((bits >> i) & 1 ? target | mask : target & ~mask);
        }
    }

    // An address constant: of a function, a global, a string literal, or a part of one.
    std::optional<Address> address_of(CXCursor expression) {
        const auto children = reader_.children(expression);
        switch (expression.kind) {
            case kind::unexposed_expression:
            case kind::parenthesis:
            case kind::c_cast:
                return children.empty() ? std::nullopt : address_of(children.back());
            case kind::string_literal: {
                const ir::TypeId type = types_.of(expression);
                return Address{
                    symbols_.string_literal(literal_bytes(reader_, expression), type, program_.types.size_of(type))};
            }
            case kind::declaration_reference: {
                const CXCursor target = reader_.api.getCursorReferenced(expression);
                if (target.kind == kind::function) return Address{symbols_.function(target)};
                if (target.kind != kind::variable || program_.types.is_scalar(types_.of(target))) return std::nullopt;
                return Address{symbols_.global(target)};
            }
            case kind::unary_operator:
                if (static_cast<UnaryKind>(reader_.api.getCursorUnaryOperatorKind(expression)) != UnaryKind::address_of)
                    return std::nullopt;
                return place_of(children.front());
            case kind::member_expression:
            case kind::subscript:
            case kind::compound_literal:
                if (program_.types.is_scalar(types_.of(expression))) return std::nullopt;
                return place_of(expression);
            case kind::binary_operator:
                return sum(expression, children);
            default:
                return std::nullopt;
        }
    }

    std::optional<Address> sum(CXCursor expression, const std::vector<CXCursor>& children) {
        const auto op = static_cast<BinaryKind>(reader_.api.getCursorBinaryOperatorKind(expression));
        if ((op != BinaryKind::add && op != BinaryKind::subtract) || children.size() != 2) return std::nullopt;
        auto base = address_of(children[0]);
        const auto index = reader_.integer(children[1]);
        const auto* pointer = program_.types.get_if<ir::PointerType>(types_.of(children[0]));
        if (!base || !index || !pointer) return std::nullopt;
        const auto size =
            static_cast<std::int64_t>(std::max<std::uint64_t>(1, program_.types.size_of(pointer->pointee)));
        base->addend += (op == BinaryKind::add ? 1 : -1) * static_cast<std::int64_t>(*index) * size;
        return base;
    }

    std::optional<Address> place_of(CXCursor expression) {
        const auto children = reader_.children(expression);
        switch (expression.kind) {
            case kind::unexposed_expression:
            case kind::parenthesis:
                return children.empty() ? std::nullopt : place_of(children.back());
            case kind::declaration_reference: {
                const CXCursor target = reader_.api.getCursorReferenced(expression);
                if (target.kind == kind::function) return Address{symbols_.function(target)};
                if (target.kind == kind::variable) return Address{symbols_.global(target)};
                return std::nullopt;
            }
            case kind::member_expression: {
                if (children.empty()) return std::nullopt;
                const bool is_arrow = program_.types.is_pointer(types_.of(children.front()));
                auto base = is_arrow ? address_of(children.front()) : place_of(children.front());
                const CXType written = reader_.type(children.front());
                const CXType around = is_arrow ? reader_.api.getPointeeType(written) : written;
                const std::string field = reader_.spelling(reader_.api.getCursorReferenced(expression));
                const long long offset = reader_.api.Type_getOffsetOf(around, field.c_str());
                if (offset < 0) return std::nullopt;
                if (base) base->addend += offset / 8;
                return base;
            }
            case kind::subscript: {
                if (children.size() != 2) return std::nullopt;
                auto base = address_of(children[0]);
                const auto index = reader_.integer(children[1]);
                if (!base || !index) return std::nullopt;
                base->addend += static_cast<std::int64_t>(*index) *
                                static_cast<std::int64_t>(program_.types.size_of(types_.of(expression)));
                return base;
            }
            case kind::string_literal:
                return address_of(expression);
            case kind::compound_literal:
                return Address{unnamed(expression)};
            default:
                return std::nullopt;
        }
    }

    // A compound literal outside of functions is a variable without a name.
    ir::GlobalId unnamed(CXCursor literal) {
        const std::string key = program_[owner_].key + ".literal." + std::to_string(++literals_);
        const ir::GlobalId id = program_.global(key, "");
        const CXType written = reader_.type(literal);
        const ir::TypeId type = types_.lower(written);
        const ir::GlobalId owner = owner_;
        ir::Global& global = program_[id];
        global.type = type;
        global.size = program_.types.size_of(type);
        global.is_defined = true;
        global.place = program_[owner].place;
        global.bytes.assign(global.size, 0);
        global.relocations.clear();
        const auto children = reader_.children(literal);
        if (children.empty()) throw Unmodelled{"this initialiser"};
        fill(id, children.back(), written, 0);
        owner_ = owner;
        return id;
    }

    const Reader& reader_;
    TypeLowering& types_;
    Symbols& symbols_;
    ir::Program& program_;
    LabelNumber label_number_;
    ir::GlobalId owner_{};  // whose initialiser is lowered
    unsigned literals_ = 0;
};

}  // namespace

void lower_initialiser(const Reader& reader, TypeLowering& types, Symbols& symbols, ir::Program& program,
                       ir::GlobalId id, CXCursor definition,
                       const std::function<std::uint64_t(CXCursor)>& label_number) {
    const CXType written = reader.type(definition);
    const Spot at = reader.place(definition);
    const ir::FileId file = program.file(at.path);
    const ir::TypeId type = types.lower(written);
    ir::Global& global = program[id];
    global.place = {file, at.line, at.column};
    global.type = type;
    global.size = program.types.size_of(global.type);
    global.is_defined = true;
    global.is_opaque = false;
    global.why_not_initialised.clear();
    global.bytes.clear();
    global.relocations.clear();
    const auto initialiser = reader.initialiser(definition);
    if (!initialiser) return;
    global.bytes.assign(global.size, 0);
    try {
        ConstantLowering(reader, types, symbols, program, label_number).fill(id, *initialiser, written, 0);
    } catch (const Unmodelled& reason) {
        program[id].why_not_initialised = reason.what;
    }
}

}  // namespace gnomon::frontend
