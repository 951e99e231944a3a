#include "frontend/beginning.h"

#include <algorithm>
#include <array>
#include <optional>

namespace gnomon::frontend {

namespace {

constexpr std::string_view blanks = " \t\r\n\f\v";

bool is_one_of(std::string_view word, const auto& words) { return std::ranges::find(words, word) != words.end(); }

class Scanner {
  public:
    explicit Scanner(std::string_view text) : text_(text) {}

    std::size_t position() const { return position_; }

    // The next directive, as written; none where anything else stands, or a comment that does not end on its line.
    std::optional<std::string_view> directive() {
        if (!skip_comments() || text_[position_] != '#') return std::nullopt;
        const std::string_view line = text_.substr(position_, end_of_line() - position_);
        const auto comment = line.rfind("/*");
        if (comment != std::string_view::npos && line.find("*/", comment + 2) == std::string_view::npos)
            return std::nullopt;
        position_ += line.size();
        return line;
    }

  private:
    // To the next text; false at the end.
    bool skip_comments() {
        while (true) {
            position_ = std::min(text_.find_first_not_of(blanks, position_), text_.size());
            const std::string_view rest = text_.substr(position_);
            if (rest.starts_with("//")) {
                position_ = end_of_line();
            } else if (rest.starts_with("/*")) {
                const auto end = text_.find("*/", position_ + 2);
                if (end == std::string_view::npos) return false;
                position_ = end + 2;
            } else {
                return !rest.empty();
            }
        }
    }

    // Of the line at `position_`, with those that a backslash joins to it.
    std::size_t end_of_line() const {
        std::size_t end = position_;
        while ((end = text_.find('\n', end)) != std::string_view::npos) {
            const auto last = text_.find_last_not_of(" \t\r", end - 1);
            if (last == std::string_view::npos || last < position_ || text_[last] != '\\') return end;
            ++end;
        }
        return text_.size();
    }

    std::string_view text_;
    std::size_t position_ = 0;
};

struct Directive {
    std::string_view name, rest;
};

Directive split(std::string_view line) {
    const auto first = std::min(line.find_first_not_of(" \t", 1), line.size());
    const auto end = std::min(line.find_first_not_of("abcdefghijklmnopqrstuvwxyz_", first), line.size());
    const auto rest = std::min(line.find_first_not_of(" \t", end), line.size());
    return {line.substr(first, end - first), line.substr(rest)};
}

struct Include {
    std::string_view header;
    bool is_quoted = false;
};

std::optional<Include> include_of(std::string_view rest) {
    if (!rest.starts_with('<') && !rest.starts_with('"')) return std::nullopt;
    const bool is_quoted = rest.front() == '"';
    const auto end = rest.find(is_quoted ? '"' : '>', 1);
    if (end == std::string_view::npos) return std::nullopt;
    return Include{rest.substr(1, end - 1), is_quoted};
}

}  // namespace

std::vector<Beginning> beginnings(std::string_view text,
                                  const std::function<bool(std::string_view header, bool is_quoted)>& is_provided) {
    constexpr std::array<std::string_view, 3> opening{"if", "ifdef", "ifndef"};
    constexpr std::array<std::string_view, 6> plain{"define", "undef", "elif", "else", "error", "warning"};
    std::vector<Beginning> found;
    Scanner scanner(text);
    std::string directives;
    int depth = 0;  // of conditionals
    bool is_longer = false;
    while (const auto line = scanner.directive()) {
        const auto [name, rest] = split(*line);
        if (name == "include") {
            const auto include = include_of(rest);
            if (!include || is_provided(include->header, include->is_quoted)) break;
            is_longer = true;
        } else if (is_one_of(name, opening)) {
            ++depth;
        } else if (name == "endif" && depth > 0) {
            --depth;
        } else if (!is_one_of(name, plain)) {
            break;
        }
        directives.append(*line) += '\n';
        if (depth == 0 && is_longer) found.push_back({scanner.position(), directives});
        if (depth == 0) is_longer = false;
    }
    return found;
}

std::string without_beginning(std::string_view text, std::size_t end) {
    std::string left(text);
    std::replace_if(
        left.begin(), left.begin() + static_cast<std::ptrdiff_t>(end), [](char c) { return c != '\n' && c != '\r'; },
        ' ');
    return left;
}

}  // namespace gnomon::frontend
