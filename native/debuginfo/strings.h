// Every name and path once: equal texts have equal ids, so ids are compared and hashed instead of texts.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "debuginfo/sections.h"

namespace gnomon::debuginfo {

enum class StringId : std::uint32_t { empty = 0 };

// Texts of sections are not copied: the sections must outlive this.
class Strings {
  public:
    Strings() : texts_{std::string_view()} { by_text_.emplace(std::string_view(), StringId::empty); }

    // The text at an offset of a section, up to its NUL; nothing outside of it, or without an end within
    // `length_bound`.
    std::optional<StringId> at(Bytes section, std::uint64_t offset);
    StringId keep(std::string text);  // a composed text, stored here

    std::string_view operator[](StringId id) const { return texts_[static_cast<std::size_t>(id)]; }

    // Longer than any name that compilers write; so that a damaged section is not searched to its end for each entry.
    static constexpr std::uint64_t length_bound = 1 << 16;

  private:
    StringId intern(std::string_view text);

    std::unordered_map<const std::uint8_t*, StringId> by_place_;  // most names share their place in .debug_str
    std::unordered_map<std::string_view, StringId> by_text_;
    std::vector<std::string_view> texts_;
    std::deque<std::string> kept_;
};

}  // namespace gnomon::debuginfo
