// long double: the arithmetic of the x87, on numbers that are given in two parts.
#include "ir/extended.h"
#include "interp/machine.h"
#include "ir/decimal.h"

namespace gnomon::interp {
namespace {

ir::Extended number_of(const memory::Value& significand, const memory::Value& sign_exponent) {
    return {significand.bits, static_cast<std::uint16_t>(sign_exponent.bits)};
}

std::uint64_t part_of(const ir::Extended& number, const memory::Value& part) {
    return part.bits == 0 ? number.significand : number.sign_exponent;
}

}  // namespace

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
