#include "debuginfo/ranges.h"

#include "debuginfo/constants.h"

namespace gnomon::debuginfo {

namespace {

namespace entry {
enum : std::uint8_t {
    end_of_list,
    base_addressx,
    startx_endx,
    startx_length,
    offset_pair,
    base_address,
    start_end,
    start_length
};
}

// What linkers write for code that they left out: 0, or one of the highest two addresses.
bool is_code(const Range& range, unsigned address_size) {
    std::uint64_t highest = address_size == 8 ? ~std::uint64_t{0} : (std::uint64_t{1} << 8 * address_size) - 1;
    return range.begin != 0 && range.begin < range.end && range.begin < highest - 1;
}

void add(std::vector<Range>& found, Range range, const Unit& unit) {
    if (is_code(range, unit.widths.address_size)) found.push_back(range);
}

// .debug_rnglists, DWARF 5.
std::vector<Range> listed_ranges(const Unit& unit, std::uint64_t offset, std::uint64_t& budget) {
    std::vector<Range> found;
    Cursor cursor(unit.file->sections->rnglists, unit.file->is_big_endian, offset);
    std::uint64_t base = unit.low_pc;
    const unsigned width = unit.widths.address_size;
    auto indexed = [&]() {
        auto address = indexed_address(unit, cursor.uleb());
        if (!address) cursor.fail();
        return address.value_or(0);
    };
    for (; budget > 0 && cursor.is_good(); --budget) {
        Range range;
        switch (cursor.byte()) {
            case entry::end_of_list:
                return cursor.is_good() ? found : std::vector<Range>();
            case entry::base_addressx:
                base = indexed();
                continue;
            case entry::base_address:
                base = cursor.fixed(width);
                continue;
            case entry::startx_endx:
                range.begin = indexed();
                range.end = indexed();
                break;
            case entry::startx_length:
                range.begin = indexed();
                range.end = range.begin + cursor.uleb();
                break;
            case entry::offset_pair:
                range.begin = base + cursor.uleb();
                range.end = base + cursor.uleb();
                break;
            case entry::start_end:
                range.begin = cursor.fixed(width);
                range.end = cursor.fixed(width);
                break;
            case entry::start_length:
                range.begin = cursor.fixed(width);
                range.end = range.begin + cursor.uleb();
                break;
            default:
                return {};
        }
        add(found, range, unit);
    }
    return {};
}

// .debug_ranges, before DWARF 5.
std::vector<Range> old_ranges(const Unit& unit, std::uint64_t offset, std::uint64_t& budget) {
    std::vector<Range> found;
    const unsigned width = unit.widths.address_size;
    const std::uint64_t highest = width == 8 ? ~std::uint64_t{0} : (std::uint64_t{1} << 8 * width) - 1;
    // Split DWARF 4 leaves the ranges in the main file.
    Cursor cursor(unit.file->main->ranges, unit.file->is_big_endian, unit.ranges_base + offset);
    std::uint64_t base = unit.low_pc;
    for (; budget > 0 && cursor.is_good(); --budget) {
        std::uint64_t begin = cursor.fixed(width), end = cursor.fixed(width);
        if (begin == 0 && end == 0) return cursor.is_good() ? found : std::vector<Range>();
        if (begin == highest)
            base = end;
        else
            add(found, {base + begin, base + end}, unit);
    }
    return {};
}

std::optional<std::uint64_t> list_offset(const Unit& unit, const Value& value) {
    if (value.kind == Value::Kind::constant) return value.number;
    if (value.kind != Value::Kind::range_index) return std::nullopt;
    const Bytes lists = unit.file->sections->rnglists;
    const unsigned width = unit.widths.offset_size;
    if (unit.range_lists_base > lists.size() || value.number >= (lists.size() - unit.range_lists_base) / width)
        return std::nullopt;
    Cursor cursor(lists, unit.file->is_big_endian, unit.range_lists_base + value.number * width);
    return unit.range_lists_base + cursor.fixed(width);
}

}  // namespace

std::vector<Range> ranges_of(const Unit& unit, const Die& die, std::uint64_t& budget) {
    if (const Value* ranges = die.find(Slot::ranges)) {
        auto offset = list_offset(unit, *ranges);
        if (!offset) return {};
        return unit.widths.version >= 5 ? listed_ranges(unit, *offset, budget) : old_ranges(unit, *offset, budget);
    }
    const Value *low = die.find(Slot::low_pc), *high = die.find(Slot::high_pc);
    if (low == nullptr || high == nullptr) return {};
    auto begin = address_of(unit, *low);
    if (!begin) return {};
    // DWARF 4 made high_pc a length, unless its form is that of an address.
    auto end = die.is_constant(Slot::high_pc) ? std::optional(*begin + high->number) : address_of(unit, *high);
    std::vector<Range> found;
    if (end) add(found, {*begin, *end}, unit);
    return found;
}

}  // namespace gnomon::debuginfo
