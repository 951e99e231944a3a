#include "ir/input_name.h"

#include <algorithm>

namespace gnomon::ir {

std::string input_name(const Input& input, const Global* subject) {
    const std::size_t place = input.name.find("%s");
    if (place == std::string::npos) return input.name;
    std::string text = "...";
    if (subject != nullptr && subject->is_string_literal)
        text.assign(subject->bytes.begin(), std::find(subject->bytes.begin(), subject->bytes.end(), 0));
    std::string name = input.name;
    return name.replace(place, 2, text);
}

}  // namespace gnomon::ir
