#include "shadow/format.h"

#include <string_view>

#include "ir/semantics.h"

namespace gnomon::shadow {

namespace {

using Kind = Conversion::Kind;

class Reader {
  public:
    Reader(const std::string& format, bool is_scan) : format_(format), is_scan_(is_scan) {}

    std::optional<std::vector<Conversion>> read() {
        while (at_ < format_.size()) {
            if (format_[at_++] != '%') continue;
            if (!conversion()) return std::nullopt;
        }
        return std::move(found_);
    }

  private:
    // Bounded: every step goes on in the format.
    bool conversion() {
        const bool is_kept = is_scan_ ? !take('*') : true;
        take_all("-+ #0'I");
        if (!width()) return false;
        if (!is_scan_ && take('.') && !width()) return false;
        std::string length;
        while (at_ < format_.size() && std::string_view("hljztLqm").find(format_[at_]) != std::string_view::npos) {
            if (format_[at_] == 'm' && !is_scan_) break;  // printf: the text of errno
            length += format_[at_++];
        }
        if (at_ == format_.size()) return false;
        const char letter = format_[at_++];
        if (letter == '%' || (letter == 'm' && !is_scan_)) return true;
        if (letter == '[' && !set()) return false;
        const auto taken = conversion_of(letter, length);
        if (!taken) return false;
        if (is_kept) found_.push_back(*taken);
        return true;
    }

    bool width() {
        if (!is_scan_ && take('*')) {
            found_.push_back({Kind::integer, 32});
            return at_ == format_.size() || format_[at_] < '0' || format_[at_] > '9';  // `*1$` is a position
        }
        take_all("0123456789");
        return at_ == format_.size() || format_[at_] != '$';
    }

    bool set() {  // a closing bracket that comes first belongs to it
        take('^');
        take(']');
        while (at_ < format_.size())
            if (format_[at_++] == ']') return true;
        return false;
    }

    std::optional<Conversion> conversion_of(char letter, const std::string& length) const {
        const std::string_view letters = "diouxXcspn[fFeEgGaA";
        if (letters.find(letter) == std::string_view::npos || length == "q") return std::nullopt;
        const bool is_float = std::string_view("fFeEgGaA").find(letter) != std::string_view::npos;
        if (length == "L" && !is_float) return std::nullopt;
        // Wide letters, and text that scanf allocates: not compared.
        if ((letter == 'c' && length == "l") || length.find('m') != std::string::npos) return std::nullopt;
        if (letter == 'p') return Conversion{Kind::pointer, 0};
        if (letter == 'n') return Conversion{Kind::pointer, 0};
        if (letter == 's' || letter == '[' || (letter == 'c' && is_scan_)) return Conversion{Kind::text, 0};
        if (is_float) {
            const int bits = length == "L" ? 80 : is_scan_ && length.empty() ? 32 : 64;
            return Conversion{Kind::floating, static_cast<std::uint16_t>(bits)};
        }
        return Conversion{Kind::integer, bits_of(length)};
    }

    // What is narrower than int is passed as int.
    std::uint16_t bits_of(const std::string& length) const {
        if (length == "hh") return is_scan_ ? 8 : 32;
        if (length == "h") return is_scan_ ? 16 : 32;
        return length.empty() ? 32 : 64;
    }

    bool take(char letter) {
        if (at_ == format_.size() || format_[at_] != letter) return false;
        ++at_;
        return true;
    }
    void take_all(std::string_view letters) {
        while (at_ < format_.size() && letters.find(format_[at_]) != std::string_view::npos) ++at_;
    }

    const std::string& format_;
    bool is_scan_;
    std::size_t at_ = 0;
    std::vector<Conversion> found_;
};

bool is_number(const ir::Scalar& type, const Conversion& wanted) {
    const auto kind = wanted.kind == Kind::floating ? ir::Scalar::Kind::floating : ir::Scalar::Kind::integer;
    return type.kind == kind && type.bits == wanted.bits;
}

// Pointers to what nobody says more about fit everything.
bool fits(const ir::Program& program, ir::TypeId given, const Conversion& wanted, bool is_scan) {
    const auto* pointer = program.types.get_if<ir::PointerType>(given);
    const bool wants_pointer = is_scan || wanted.kind == Kind::text || wanted.kind == Kind::pointer;
    if (!wants_pointer) {
        // A long double is passed by its address (frontend/long_double.cpp).
        const bool is_extended = wanted.kind == Kind::floating && wanted.bits == 80;
        const ir::TypeId number = is_extended && pointer != nullptr ? pointer->pointee : given;
        return is_number(ir::scalar_of(program.types, number), wanted);
    }
    if (pointer == nullptr) return false;
    const ir::Scalar target = ir::scalar_of(program.types, pointer->pointee);
    if (!is_scan || wanted.kind == Kind::pointer || target.kind == ir::Scalar::Kind::none) return true;
    return wanted.kind == Kind::text ? target.bits == 8 || target.bits == 32 : is_number(target, wanted);
}

}  // namespace

std::optional<std::vector<Conversion>> conversions_of(const std::string& format, bool is_scan) {
    return Reader(format, is_scan).read();
}

FormatCheck check_format(const ir::Program& program, const std::string& format, bool is_scan, const ir::Call& call,
                         std::size_t first) {
    FormatCheck check;
    const auto conversions = conversions_of(format, is_scan);
    if (!conversions) return check;
    // Behind the block that a model is given, the arguments stand once more as they were written.
    const auto* callee = std::get_if<ir::FunctionId>(&call.callee);
    if (callee != nullptr && program[*callee].has_argument_block) ++first;
    for (std::size_t i = 0; i < conversions->size(); ++i) {
        if (first + i >= call.argument_types.size()) {
            check.is_given = false;
            break;
        }
        if (!fits(program, call.argument_types[first + i], (*conversions)[i], is_scan)) check.is_fitting = false;
    }
    return check;
}

}  // namespace gnomon::shadow
