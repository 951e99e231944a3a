#include "shadow/partial.h"

namespace gnomon::shadow {

PartialAlgebra::Value PartialAlgebra::apply(Operator op, Value left, Value right) const {
    if (!left || !right) return std::nullopt;
    switch (op) {
        case Operator::add:
            return *left + *right;
        case Operator::subtract:
            return *left - *right;
        case Operator::multiply: {
            ir::Wide product = 0;
            if (__builtin_mul_overflow(*left, *right, &product)) return std::nullopt;
            return product;
        }
        case Operator::shift_left: {
            if (*right < 0 || *right > 62 || *left > (ir::Wide{1} << 64) || *left < -(ir::Wide{1} << 64))
                return std::nullopt;
            return *left * (ir::Wide{1} << static_cast<int>(*right));
        }
        case Operator::equal:
            return *left == *right;
        case Operator::not_equal:
            return *left != *right;
        case Operator::less:
            return *left < *right;
        case Operator::less_equal:
            return *left <= *right;
        default:
            return std::nullopt;
    }
}

std::optional<bool> decide(const Expression& expression, const PartialAlgebra::Lookup& lookup) {
    PartialAlgebra algebra(lookup);
    return algebra.truth(evaluate(expression, algebra));
}

bool only_clears(const Update& update) {
    return decide(update.bit, [](Field) { return std::nullopt; }) == false;
}

}  // namespace gnomon::shadow
