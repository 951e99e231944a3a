// long double: the arithmetic of the x87, on numbers that are given in two parts.
#include "ir/extended.h"
#include "interp/machine.h"
#include "ir/decimal.h"

namespace gnomon::interp {
namespace {

constexpr int most_digits = 21;  // that tell a long double from all others

ir::Extended number_of(const memory::Value& significand, const memory::Value& sign_exponent) {
    return {significand.bits, static_cast<std::uint16_t>(sign_exponent.bits)};
}

std::uint64_t part_of(const ir::Extended& number, const memory::Value& part) {
    return part.bits == 0 ? number.significand : number.sign_exponent;
}

// The store of a long double's significand at `index`, if its sign and exponent are stored next.
const ir::Store* first_store(const ir::Function& function, std::ptrdiff_t index) {
    if (index < 0 || index + 2 >= std::ssize(function.code)) return nullptr;
    const ir::Instruction* code = function.code.data() + index;
    const auto* first = std::get_if<ir::Store>(&code[0].operation);
    const auto* behind = std::get_if<ir::FieldAddress>(&code[1].operation);
    const auto* second = std::get_if<ir::Store>(&code[2].operation);
    const bool is_pair = first != nullptr && behind != nullptr && second != nullptr && code[0].text == code[2].text &&
                         behind->base == first->pointer && second->pointer == ir::Operand::of(behind->result);
    return is_pair ? first : nullptr;
}

}  // namespace

// Whether the store is of one of the two parts in which a program stores a long double; with the second, all is there.
bool Machine::record_long_double(const ir::Instruction& store) {
    const std::ptrdiff_t index = &store - function_->code.data();
    if (first_store(*function_, index) != nullptr) return true;
    const ir::Store* first = first_store(*function_, index - 2);
    if (first == nullptr) return false;
    const Value significand = value(first->value), sign_exponent = value(std::get<ir::Store>(store.operation).value);
    if (((significand.shadow | sign_exponent.shadow) & shadow::unknown_bit) != 0) return true;
    const ir::Extended number = number_of(significand, sign_exponent);
    const std::string sign = (number.sign_exponent & ir::extended_sign) != 0 ? "-" : "";
    const auto depth = static_cast<std::uint32_t>(frames_.size() - 1);
    steps_.add({site(), depth, store.text, sign + ir::extended_as_text(number, 'g', false, most_digits)});
    return true;
}

memory::Value Machine::extended(const std::vector<Value>& arguments) const {
    if (arguments.size() != 6) not_modelled("a primitive without its arguments");
    Value result;
    for (std::size_t i = 2; i < arguments.size(); ++i) result.shadow |= arguments[i].shadow;
    const auto number = ir::evaluate(static_cast<ir::ExtendedOperation>(arguments[0].bits),
                                     number_of(arguments[2], arguments[3]), number_of(arguments[4], arguments[5]));
    if (!number) {
        require_known(result.shadow);
        not_modelled("a long double that no operation gives, or that no integer is");
    }
    result.bits = part_of(*number, arguments[1]);
    return result;
}

memory::Value Machine::parse_extended(const Value& from, const Value& size, const Value& part) {
    std::uint8_t shadow = 0;
    const std::string text = number_text(from, size, shadow);
    return {part_of(ir::extended_from_text(text), part), memory::no_object, shadow};
}

memory::Value Machine::print_extended(const std::vector<Value>& arguments) {
    if (arguments.size() != 6) not_modelled("a primitive without its arguments");
    for (std::size_t i = 1; i < arguments.size(); ++i) require_known(arguments[i].shadow);
    const ir::Extended number = number_of(arguments[1], arguments[2]);
    if (!ir::is_canonical(number)) not_modelled("a long double that no operation gives");
    const std::string text = ir::extended_as_text(number, static_cast<char>(arguments[3].bits), arguments[4].bits != 0,
                                                  static_cast<int>(arguments[5].bits));
    return put_text(arguments[0], text, arguments[1].shadow | arguments[2].shadow);
}

}  // namespace gnomon::interp
