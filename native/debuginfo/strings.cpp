#include "debuginfo/strings.h"

#include <algorithm>
#include <cstring>

namespace gnomon::debuginfo {

StringId Strings::intern(std::string_view text) {
    auto [found, is_new] = by_text_.try_emplace(text, static_cast<StringId>(texts_.size()));
    if (is_new) texts_.push_back(text);
    return found->second;
}

std::optional<StringId> Strings::at(Bytes section, std::uint64_t offset) {
    if (offset >= section.size()) return std::nullopt;
    const std::uint8_t* place = section.data() + offset;
    if (auto known = by_place_.find(place); known != by_place_.end()) return known->second;
    const void* end = std::memchr(place, 0, std::min<std::uint64_t>(section.size() - offset, length_bound));
    if (end == nullptr) return std::nullopt;
    std::size_t length = static_cast<const std::uint8_t*>(end) - place;
    StringId id = intern({reinterpret_cast<const char*>(place), length});
    by_place_.emplace(place, id);
    return id;
}

StringId Strings::keep(std::string text) {
    if (auto found = by_text_.find(text); found != by_text_.end()) return found->second;
    return intern(kept_.emplace_back(std::move(text)));
}

}  // namespace gnomon::debuginfo
