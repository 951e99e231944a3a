// Reads numbers and texts from bytes that may be anything. Past the end it gives zeros and remembers the failure, so
// that callers check once, after a group of reads, and loops that also ask `is_good` end.
#pragma once

#include <cstring>
#include <string_view>

#include "debuginfo/sections.h"

namespace gnomon::debuginfo {

class Cursor {
  public:
    Cursor(Bytes bytes, bool is_big_endian, std::uint64_t position = 0)
        : bytes_(bytes), position_(position), is_big_endian_(is_big_endian) {
        if (position > bytes.size()) fail();
    }

    bool is_good() const { return !is_failed_; }
    std::uint64_t position() const { return position_; }
    std::uint64_t remaining() const { return bytes_.size() - position_; }

    void fail() {
        is_failed_ = true;
        position_ = bytes_.size();
    }
    void skip(std::uint64_t count) {
        if (count > remaining()) return fail();
        position_ += count;
    }
    // Later reads end at `end`, a position of these bytes.
    void limit(std::uint64_t end) {
        if (end < position_ || end > bytes_.size()) return fail();
        bytes_ = bytes_.first(end);
    }

    // An unsigned number of 1 to 8 bytes.
    std::uint64_t fixed(unsigned size) {
        if (size > remaining()) {
            fail();
            return 0;
        }
        const std::uint8_t* at = bytes_.data() + position_;
        position_ += size;
        std::uint64_t value = 0;
        if (is_big_endian_)
            for (unsigned i = 0; i < size; ++i) value = value << 8 | at[i];
        else
            for (unsigned i = size; i-- > 0;) value = value << 8 | at[i];
        return value;
    }
    std::uint8_t byte() { return static_cast<std::uint8_t>(fixed(1)); }

    // LEB128 numbers; bits beyond 64 are dropped.
    std::uint64_t uleb() {
        if (remaining() > 0 && bytes_[position_] < 0x80) return bytes_[position_++];
        unsigned shift = 0;
        bool is_negative = false;
        return leb(shift, is_negative);
    }
    std::int64_t sleb() {
        unsigned shift = 0;
        bool is_negative = false;
        std::uint64_t value = leb(shift, is_negative);
        if (is_negative && shift < 64) value |= ~std::uint64_t{0} << shift;
        return static_cast<std::int64_t>(value);
    }

    // Up to a NUL, which is passed over.
    std::string_view text() {
        const void* end = remaining() > 0 ? std::memchr(bytes_.data() + position_, 0, remaining()) : nullptr;
        if (end == nullptr) {
            fail();
            return {};
        }
        const char* begin = reinterpret_cast<const char*>(bytes_.data() + position_);
        std::string_view found(begin, static_cast<const char*>(end) - begin);
        position_ += found.size() + 1;
        return found;
    }

    Bytes block(std::uint64_t size) {
        if (size > remaining()) {
            fail();
            return {};
        }
        Bytes found = bytes_.subspan(position_, size);
        position_ += size;
        return found;
    }

    // DWARF's initial length; says whether offsets of what follows are 4 or 8 bytes wide.
    std::uint64_t initial_length(unsigned& offset_size) {
        std::uint64_t length = fixed(4);
        offset_size = length == 0xffffffff ? 8 : 4;
        if (offset_size == 8) return fixed(8);
        if (length >= 0xfffffff0) fail();
        return length;
    }

  private:
    std::uint64_t leb(unsigned& shift, bool& is_negative) {
        std::uint64_t value = 0;
        for (std::uint8_t part = 0x80; (part & 0x80) != 0 && is_good(); shift += 7) {
            part = byte();
            if (shift < 64) value |= static_cast<std::uint64_t>(part & 0x7f) << shift;
            is_negative = (part & 0x40) != 0;
        }
        return value;
    }

    Bytes bytes_;
    std::uint64_t position_;
    bool is_big_endian_;
    bool is_failed_ = false;
};

}  // namespace gnomon::debuginfo
