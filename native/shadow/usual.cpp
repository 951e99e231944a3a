#include "shadow/usual.h"

#include <array>
#include <vector>

#include "shadow/evaluate.h"

namespace gnomon::shadow {

namespace {

using ir::Wide;

enum Atom : std::size_t { left, right, product, offset, object_size, atoms };

// A sum of multiples of atoms and a constant; or a number of which nothing is known.
struct Form {
    bool is_known = true;
    Wide constant = 0;
    std::array<Wide, atoms> factors{};

    static Form unknown() { return {false, 0, {}}; }
    static Form of(Wide number) { return {true, number, {}}; }
    static Form of(Atom atom) {
        Form form;
        form.factors[atom] = 1;
        return form;
    }
    bool is_constant() const { return is_known && factors == std::array<Wide, atoms>{}; }
    bool is(Atom atom) const { return is_known && constant == 0 && factors == of(atom).factors; }
    Form plus(const Form& other, Wide times) const {
        if (!is_known || !other.is_known) return unknown();
        Form sum = *this;
        sum.constant += times * other.constant;
        for (std::size_t i = 0; i < atoms; ++i) sum.factors[i] += times * other.factors[i];
        return sum;
    }
};

bool is_shift(const StaticEvent& event) {
    return event.operator_number == static_cast<int>(ir::BinaryOperator::shift_left) ||
           event.operator_number == static_cast<int>(ir::BinaryOperator::shift_right);
}

class UsualAlgebra {
  public:
    using Value = Form;

    explicit UsualAlgebra(const StaticEvent& event) : event_(event) {
        if (event.event == Event::load || event.event == Event::store) know_access();
        if (event.event == Event::arithmetic) know_arithmetic();
    }

    Form constant(std::int64_t number) const { return Form::of(number); }

    Form field(Field field, std::int64_t argument) const { return argument == 0 ? own(field) : Form::unknown(); }

    Form own(Field field) const {
        if (const auto number = event_.field(field)) return Form::of(*number);
        switch (field) {
            case Field::left:
                return Form::of(left);
            case Field::right:
                return Form::of(right);
            case Field::pointer_offset:
                return Form::of(offset);
            case Field::object_size:
                return Form::of(object_size);
            case Field::pointer_is_null:
                return Form::of(0);
            case Field::object_alive:
                return Form::of(1);
            case Field::object_writable:  // looked at where something is written
                return event_.event == Event::store ? Form::of(1) : Form::unknown();
            case Field::shadow_bytes:
            case Field::shadow_whole:  // and where something is read
                return event_.event == Event::load ? Form::of(0) : Form::unknown();
            default:
                return field >= Field::shadow_left && field <= Field::shadow_size ? Form::of(0) : Form::unknown();
        }
    }

    Form apply(Operator op, const Form& one, const Form& other) const {
        switch (op) {
            case Operator::add:
                return one.plus(other, 1);
            case Operator::subtract:
                return one.plus(other, -1);
            case Operator::multiply:
                if (one.is_constant()) return Form::of(0).plus(other, one.constant);
                if (other.is_constant()) return Form::of(0).plus(one, other.constant);
                return one.is(left) && other.is(right) ? Form::of(product) : Form::unknown();
            case Operator::less_equal:
                return answer(is_positive(other.plus(one, -1), 0), is_positive(one.plus(other, -1), 1));
            case Operator::less:
                return answer(is_positive(other.plus(one, -1), 1), is_positive(one.plus(other, -1), 0));
            case Operator::equal:
                return answer(is_zero(one.plus(other, -1)), is_not_zero(one.plus(other, -1)));
            case Operator::not_equal:
                return answer(is_not_zero(one.plus(other, -1)), is_zero(one.plus(other, -1)));
            default:
                return Form::unknown();
        }
    }

    Form negate(const Form& form) const { return Form::of(0).plus(form, -1); }
    Form logical_not(const Form& form) const {
        const auto known = truth(form);
        return known ? Form::of(!*known) : Form::unknown();
    }
    std::optional<bool> truth(const Form& form) const {
        if (is_not_zero(form)) return true;
        return is_zero(form) ? std::optional(false) : std::nullopt;
    }
    Form both(const Form&, const Form& second) const { return truth(second) == false ? Form::of(0) : Form::unknown(); }
    Form either(const Form&, const Form& second) const { return truth(second) == true ? Form::of(1) : Form::unknown(); }

  private:
    void know_access() {
        if (!event_.size) return;
        not_negative_.push_back(Form::of(offset));
        Form rest = Form::of(object_size).plus(Form::of(offset), -1);
        rest.constant -= static_cast<Wide>(*event_.size);
        not_negative_.push_back(rest);
    }

    void know_arithmetic() {
        if (event_.type.kind != ir::Scalar::Kind::integer) return;
        const Form one = own(Field::left), other = own(Field::right);
        const auto op = static_cast<ir::BinaryOperator>(event_.operator_number);
        const auto fits = [this](const Form& result) {
            not_negative_.push_back(result.plus(Form::of(ir::minimum_of(event_.type)), -1));
            not_negative_.push_back(Form::of(ir::maximum_of(event_.type)).plus(result, -1));
        };
        if (event_.operator_number == negate_operator) {
            if (event_.type.is_signed) not_zero_.push_back(one.plus(Form::of(ir::minimum_of(event_.type)), -1));
        } else if (is_shift(event_)) {
            not_negative_.push_back(other);
            not_negative_.push_back(Form::of(event_.type.bits - 1).plus(other, -1));
        } else if (op == ir::BinaryOperator::divide || op == ir::BinaryOperator::remainder) {
            not_zero_.push_back(other);
            if (event_.type.is_signed) not_zero_.push_back(other.plus(Form::of(1), 1));
        } else if (event_.type.is_signed) {
            if (op == ir::BinaryOperator::add) fits(one.plus(other, 1));
            if (op == ir::BinaryOperator::subtract) fits(one.plus(other, -1));
            if (op == ir::BinaryOperator::multiply) fits(apply(Operator::multiply, one, other));
        }
    }

    // form - by >= 0
    bool is_positive(Form form, Wide by) const {
        form.constant -= by;
        if (!form.is_known) return false;
        if (form.is_constant() && form.constant >= 0) return true;
        for (const Form& fact : not_negative_) {
            const Form rest = form.plus(fact, -1);
            if (rest.is_constant() && rest.constant >= 0) return true;
        }
        return false;
    }
    static bool is_zero(const Form& form) { return form.is_constant() && form.constant == 0; }
    bool is_not_zero(const Form& form) const {
        if (!form.is_known) return false;
        if (form.is_constant()) return form.constant != 0;
        for (const Form& fact : not_zero_) {
            const Form rest = form.plus(fact, -1);
            if (fact.is_known && rest.is_constant() && rest.constant == 0) return true;
        }
        return is_positive(form, 1) || is_positive(negate(form), 1);
    }
    static Form answer(bool is_true, bool is_false) {
        return is_true ? Form::of(1) : is_false ? Form::of(0) : Form::unknown();
    }

    const StaticEvent& event_;
    std::vector<Form> not_negative_, not_zero_;
};

}  // namespace

bool holds_usually(const Expression& predicate, const StaticEvent& event) {
    UsualAlgebra algebra(event);
    return algebra.truth(evaluate(predicate, algebra)) == true;
}

}  // namespace gnomon::shadow
