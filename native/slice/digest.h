// A 128-bit digest of a stream of numbers and texts. Not for adversaries: two independent 64-bit mixes.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace gnomon::slice {

class Digest {
  public:
    void number(std::uint64_t value) {
        one_ = mix(one_ ^ value, 0x9e3779b97f4a7c15, 0xff51afd7ed558ccd);
        other_ = mix(other_ + value, 0xc2b2ae3d27d4eb4f, 0xc4ceb9fe1a85ec53);
    }
    // With its length, so that no two lists of texts read the same.
    void text(std::string_view piece) {
        number(piece.size());
        for (std::size_t at = 0; at < piece.size(); at += 8) {
            std::uint64_t word = 0;
            std::memcpy(&word, piece.data() + at, piece.size() - at < 8 ? piece.size() - at : 8);
            number(word);
        }
    }
    std::uint64_t value() const { return one_ ^ std::rotl(other_, 32); }
    std::string hexadecimal() const {
        std::string digits;
        for (const std::uint64_t half :
             {mix(one_, other_ | 1, 0xff51afd7ed558ccd), mix(other_, one_ | 1, 0xc4ceb9fe1a85ec53)})
            for (int shift = 60; shift >= 0; shift -= 4) digits += "0123456789abcdef"[(half >> shift) & 15u];
        return digits;
    }

  private:
    static constexpr std::uint64_t mix(std::uint64_t value, std::uint64_t first, std::uint64_t second) {
        value = std::rotl(value * first, 29);
        value ^= value >> 32;
        return value * second;
    }
    std::uint64_t one_ = 0x6a09e667f3bcc908, other_ = 0xbb67ae8584caa73b;
};

}  // namespace gnomon::slice
