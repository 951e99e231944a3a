#include "ir/initialiser.h"

#include <algorithm>
#include <map>

namespace gnomon::ir {

namespace {

struct Reader {
    const Program& program;
    const Global& global;
    std::map<std::uint64_t, const Relocation*> relocations;
    std::vector<Cell> found;

    std::uint64_t bits_at(std::uint64_t offset, std::uint64_t size) const {
        std::uint64_t bits = 0;
        for (std::uint64_t i = 0; i < size && i < 8 && offset + i < global.bytes.size(); ++i)
            bits |= std::uint64_t{global.bytes[offset + i]} << (8 * i);
        return bits;
    }

    std::string text_of(const Global& literal, std::int64_t addend) const {
        if (addend < 0 || static_cast<std::uint64_t>(addend) >= literal.bytes.size()) return {};
        auto begin = literal.bytes.begin() + addend;
        return {begin, std::find(begin, literal.bytes.end(), std::uint8_t{0})};
    }

    void scalar(std::uint32_t index, const std::string& path, std::uint64_t offset, TypeId type) {
        Cell cell{index, path, bits_at(offset, program.types.size_of(type)), {}};
        if (auto at = relocations.find(offset); at != relocations.end()) {
            const Relocation& relocation = *at->second;
            if (const auto* function = std::get_if<FunctionId>(&relocation.target)) {
                cell.target = Cell::FunctionKey{program[*function].key};
            } else {
                const Global& target = program[std::get<GlobalId>(relocation.target)];
                if (target.is_string_literal)
                    cell.target = Cell::Text{text_of(target, relocation.addend)};
                else
                    cell.target = Cell::GlobalKey{target.key};
            }
        }
        found.push_back(std::move(cell));
    }

    // Depth and count are bounded by the type: records nest finitely, arrays have their declared count.
    void walk(std::uint32_t index, const std::string& path, std::uint64_t offset, TypeId type) {
        if (const auto* record = program.types.get_if<RecordType>(type)) {
            for (const Field& field : record->fields) {
                if (field.bit_width != 0) continue;
                walk(index, path.empty() ? field.name : path + "." + field.name, offset + field.offset_bits / 8,
                     field.type);
            }
            return;
        }
        if (const auto* array = program.types.get_if<ArrayType>(type)) {
            const std::uint64_t size = program.types.size_of(array->element);
            for (std::uint64_t i = 0; i < array->count; ++i)
                walk(index, path + "[" + std::to_string(i) + "]", offset + i * size, array->element);
            return;
        }
        scalar(index, path, offset, type);
    }
};

TypeId element_of(const Program& program, TypeId type) {
    if (const auto* array = program.types.get_if<ArrayType>(type)) return array->element;
    return type;
}

}  // namespace

const RecordType* record_of(const Program& program, const Global& global) {
    return program.types.get_if<RecordType>(element_of(program, global.type));
}

std::uint64_t element_count(const Program& program, const Global& global) {
    const std::uint64_t size = program.types.size_of(element_of(program, global.type));
    return size == 0 ? 0 : global.size / size;
}

std::vector<Cell> cells(const Program& program, const Global& global) {
    if (!global.is_defined || !global.why_not_initialised.empty()) return {};
    Reader reader{program, global, {}, {}};
    for (const Relocation& relocation : global.relocations) reader.relocations.emplace(relocation.offset, &relocation);
    const TypeId element = element_of(program, global.type);
    const std::uint64_t size = program.types.size_of(element);
    for (std::uint64_t i = 0; i < element_count(program, global); ++i)
        reader.walk(static_cast<std::uint32_t>(i), "", i * size, element);
    return std::move(reader.found);
}

}  // namespace gnomon::ir
