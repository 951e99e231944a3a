#include <algorithm>

#include "frontend/constants.h"
#include "frontend/lowering.h"

namespace gnomon::frontend {

namespace {

bool is_array(CXType type) {
    return type.kind == type_kind::constant_array || type.kind == type_kind::incomplete_array;
}

bool is_character(CXType type) {
    return type.kind == type_kind::char_signed || type.kind == type_kind::char_unsigned ||
           type.kind == type_kind::signed_char || type.kind == type_kind::unsigned_char ||
           type.kind == type_kind::wide_char || type.kind == type_kind::char16 || type.kind == type_kind::char32 ||
           type.kind == type_kind::int_ || type.kind == type_kind::unsigned_short ||
           type.kind == type_kind::unsigned_int;
}

// Walks an initialiser in its syntactic form: braces may be left out, designators move the position (C11 6.7.9).
class Flattener {
  public:
    Flattener(const Reader& reader, TypeLowering& types, const ir::TypeTable& table)
        : reader_(reader), api_(reader.api), types_(types), table_(table) {}

    std::vector<InitialiserLeaf> leaves;

    void whole(CXCursor initialiser, CXType type, std::uint64_t offset) {
        type = api_.getCanonicalType(type);
        if (is_text(type)) {
            if (const auto literal = string_in(initialiser)) return add(*literal, type, offset, 0, true);
        }
        if (initialiser.kind != kind::initialiser_list) return add(initialiser, type, offset, 0, false);
        forget(offset, static_cast<std::uint64_t>(api_.Type_getSizeOf(type)) * 8);
        const std::vector<CXCursor> items = reader_.children(initialiser);
        std::size_t next = 0;
        if (is_array(type) || type.kind == type_kind::record)
            aggregate(items, next, type, offset, true);
        else if (!items.empty())
            whole(items.front(), type, offset);
    }

  private:
    struct FieldAt {
        CXCursor cursor;
        std::uint64_t offset;
    };

    // A braced list replaces all that was said of its object before.
    void forget(std::uint64_t offset, std::uint64_t bits) {
        std::erase_if(leaves, [&](const InitialiserLeaf& leaf) {
            return leaf.offset_bits >= offset && leaf.offset_bits < offset + bits;
        });
    }

    void add(CXCursor expression, CXType type, std::uint64_t offset, std::uint32_t width, bool is_string) {
        leaves.push_back({offset, width, types_.lower(type), expression, is_string});
    }

    // An array that a string literal can fill.
    bool is_text(CXType type) const {
        return is_array(type) && is_character(api_.getCanonicalType(api_.getArrayElementType(type)));
    }

    std::optional<CXCursor> string_in(CXCursor cursor) const {
        for (int depth = 0; depth < 8; ++depth) {  // parentheses and braces around a literal
            if (cursor.kind == kind::string_literal) return cursor;
            const auto children = reader_.children(cursor);
            const bool wraps = cursor.kind == kind::parenthesis || cursor.kind == kind::unexposed_expression ||
                               cursor.kind == kind::initialiser_list;
            if (!wraps || children.size() != 1) return std::nullopt;
            cursor = children.front();
        }
        return std::nullopt;
    }

    std::vector<FieldAt> fields(CXType record) const {
        std::vector<FieldAt> found;
        for (CXCursor child : reader_.fields(record)) {
            if (api_.Cursor_isBitField(child) && reader_.spelling(child).empty()) continue;
            found.push_back({child, static_cast<std::uint64_t>(api_.Cursor_getOffsetOfField(child))});
        }
        return found;
    }

    // A designator is an unexposed expression of type void: its parts, then the value.
    bool is_designated(CXCursor item) const {
        return item.kind == kind::unexposed_expression && reader_.type(item).kind == type_kind::void_ &&
               reader_.children(item).size() >= 2;
    }

    // Fills an aggregate from items[next...], from a position on; inside braces of its own it takes all of them.
    void aggregate(const std::vector<CXCursor>& items, std::size_t& next, CXType type, std::uint64_t offset, bool own,
                   std::uint64_t position = 0) {
        const bool array = is_array(type);
        const std::vector<FieldAt> members = array ? std::vector<FieldAt>{} : fields(type);
        const bool is_union = api_.getTypeDeclaration(type).kind == kind::union_declaration;
        const CXType element = array ? api_.getCanonicalType(api_.getArrayElementType(type)) : type;
        const std::uint64_t stride = array ? static_cast<std::uint64_t>(api_.Type_getSizeOf(element)) * 8 : 0;
        const std::uint64_t count = type.kind == type_kind::constant_array
                                        ? static_cast<std::uint64_t>(api_.getArraySize(type))
                                    : array ? ~std::uint64_t{0}
                                            : members.size();
        while (next < items.size()) {
            if (is_designated(items[next])) {
                if (!own) break;
                position = designated(items, next, type, offset);
                continue;
            }
            if (position >= count || (is_union && position > 0)) break;
            if (array) {
                item(items, next, element, offset + position * stride, 0);
            } else {
                const FieldAt& member = members[position];
                item(items, next, reader_.type(member.cursor), offset + member.offset, width_of(member.cursor));
            }
            ++position;
        }
    }

    std::uint32_t width_of(CXCursor field) const {
        return api_.Cursor_isBitField(field) ? static_cast<std::uint32_t>(api_.getFieldDeclBitWidth(field)) : 0;
    }

    // An aggregate that a designator goes through, and where in it.
    struct Level {
        CXType type;
        std::uint64_t offset;
        std::uint64_t position;
    };

    // `[first ... last]` of GNU C, by what stands between the two numbers.
    bool is_range(CXCursor first, CXCursor last) const {
        return reader_.between(first, last).find("...") != std::string::npos;
    }

    // Handles one designated item, and what follows it inside the aggregate that it leads to; gives the position after
    // it in the outer one.
    std::uint64_t designated(const std::vector<CXCursor>& items, std::size_t& next, CXType type, std::uint64_t offset) {
        constexpr std::uint64_t longest_range = 1 << 16;
        auto parts = reader_.children(items[next++]);
        const CXCursor value = parts.back();
        parts.pop_back();
        std::vector<Level> levels;
        std::vector<std::uint64_t> places{offset};  // of ranges many, else one
        CXType current = type;
        std::uint32_t width = 0;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            if (parts[i].kind == kind::member_reference) {
                const CXCursor field = api_.getCursorReferenced(parts[i]);
                const std::vector<FieldAt> members = fields(current);
                const auto member = std::find_if(members.begin(), members.end(), [&](const FieldAt& candidate) {
                    return api_.equalCursors(candidate.cursor, field) != 0;
                });
                if (member == members.end()) throw Unmodelled{"this designator"};
                levels.push_back({current, places.back(), static_cast<std::uint64_t>(member - members.begin())});
                for (std::uint64_t& place : places) place += member->offset;
                width = width_of(field);
                current = reader_.type(field);
                continue;
            }
            const auto first = reader_.integer(parts[i]);
            auto last = first;
            if (i + 1 < parts.size() && is_range(parts[i], parts[i + 1])) last = reader_.integer(parts[++i]);
            if (!first || !last || *last < *first || *last - *first > longest_range || !is_array(current))
                throw Unmodelled{"this designator"};
            levels.push_back({current, places.back(), *last});
            current = api_.getCanonicalType(api_.getArrayElementType(current));
            const std::uint64_t stride = static_cast<std::uint64_t>(api_.Type_getSizeOf(current)) * 8;
            std::vector<std::uint64_t> reached;
            for (std::uint64_t place : places)
                for (std::uint64_t index = *first; index <= *last; ++index) reached.push_back(place + index * stride);
            places = std::move(reached);
        }
        for (std::uint64_t place : places) {
            if (width)
                add(value, current, place, width, false);
            else
                whole(value, current, place);
        }
        for (std::size_t i = levels.size(); i-- > 1;)
            aggregate(items, next, levels[i].type, levels[i].offset, false, levels[i].position + 1);
        return levels.front().position + 1;
    }

    void item(const std::vector<CXCursor>& items, std::size_t& next, CXType type, std::uint64_t offset,
              std::uint32_t width) {
        type = api_.getCanonicalType(type);
        const CXCursor current = items[next];
        const bool is_aggregate = is_array(type) || type.kind == type_kind::record;
        if (width) {
            add(current, type, offset, width, false);
        } else if (!is_aggregate || current.kind == kind::initialiser_list || (is_text(type) && string_in(current)) ||
                   (type.kind == type_kind::record && same_record(current, type))) {
            whole(current, type, offset);
        } else {  // braces left out
            aggregate(items, next, type, offset, false);
            return;
        }
        ++next;
    }

    bool same_record(CXCursor expression, CXType type) const {
        const CXType given = reader_.type(expression);
        return given.kind == type_kind::record &&
               api_.equalCursors(api_.getTypeDeclaration(given), api_.getTypeDeclaration(type));
    }

    const Reader& reader_;
    const ClangApi& api_;
    TypeLowering& types_;
    const ir::TypeTable& table_;
};

}  // namespace

std::vector<InitialiserLeaf> flatten_initialiser(const Reader& reader, TypeLowering& types, const ir::TypeTable& table,
                                                 CXCursor initialiser, CXType type) {
    Flattener flattener(reader, types, table);
    flattener.whole(initialiser, type, 0);
    return std::move(flattener.leaves);
}

void FunctionLowering::initialise(ir::Operand address, ir::TypeId type, CXCursor initialiser, CXType written) {
    const auto leaves = flatten_initialiser(reader_, types_, program_.types, initialiser, written);
    const std::uint64_t size = program_.types.size_of(type);
    const bool covers_all =
        leaves.size() == 1 && leaves[0].offset_bits == 0 && leaves[0].type == type && !leaves[0].is_string;
    if (!covers_all) builder_.emit(ir::FillBytes{address, ir::Operand::constant(0), ir::Operand::constant(size)});
    for (const InitialiserLeaf& leaf : leaves) {
        Location location;
        location.type = leaf.type;
        location.pointer = address;
        std::uint64_t byte = leaf.offset_bits / 8;
        if (leaf.bit_width) {
            const BitFieldUnit unit = bit_field_unit(program_.types, leaf.offset_bits, leaf.bit_width, leaf.type, size);
            location.storage = unit.storage;
            location.bits = unit.bits;
            location.pieces = unit.pieces;
            byte = unit.byte;
        }
        if (byte != 0) {
            location.pointer = fresh(program_.types.pointer_to(leaf.type));
            builder_.emit(ir::FieldAddress{location.pointer.as_register(), address, type, 0, byte});
        }
        if (leaf.is_string) {
            const std::string bytes = literal_bytes(reader_, leaf.expression);
            const std::uint64_t room = program_.types.size_of(leaf.type);
            const ir::GlobalId literal = symbols_.string_literal(bytes.substr(0, room), leaf.type, room);
            const ir::Operand from = fresh(program_.types.pointer_to(leaf.type));
            builder_.emit(ir::AddressOfGlobal{from.as_register(), literal});
            copy_record(location.pointer, from, leaf.type, "");
            continue;
        }
        store(location, convert(rvalue(leaf.expression), leaf.type));
    }
}

}  // namespace gnomon::frontend
