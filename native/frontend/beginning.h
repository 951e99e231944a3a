// What sources begin with: comments and directives before the first declaration.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace gnomon::frontend {

struct Beginning {
    std::size_t end = 0;     // of the last directive, in the text
    std::string directives;  // a line each, without the comments between them
};

// Beginnings that include headers, shorter ones first; a conditional is in them as a whole, or not at all. They end
// before what the project provides itself, and before what is not understood.
std::vector<Beginning> beginnings(std::string_view text,
                                  const std::function<bool(std::string_view header, bool is_quoted)>& is_provided);

// The text with white space in place of its first bytes: every place stays where it is.
std::string without_beginning(std::string_view text, std::size_t end);

}  // namespace gnomon::frontend
