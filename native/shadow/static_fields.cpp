#include "shadow/static_fields.h"

namespace gnomon::shadow {

namespace {

struct Raiser {
    const ir::Program& program;

    using Events = std::vector<StaticEvent>;

    static std::optional<std::uint64_t> constant(const ir::Operand& operand) {
        return operand.is_constant() ? std::optional(operand.bits()) : std::nullopt;
    }
    static StaticEvent access(Event event, const ir::Operand& pointer, std::optional<std::uint64_t> size) {
        StaticEvent raised;
        raised.event = event;
        raised.size = size;
        raised.pointer = pointer;
        return raised;
    }
    std::optional<ir::Wide> number(const ir::Operand& operand, ir::Scalar type) const {
        if (!operand.is_constant()) return std::nullopt;
        return ir::exact(type, operand.bits());
    }

    Events operator()(const ir::Load& i) const {
        return {access(Event::load, i.pointer, program.types.size_of(i.type))};
    }
    Events operator()(const ir::Store& i) const {
        return {access(Event::store, i.pointer, program.types.size_of(i.type))};
    }
    Events operator()(const ir::CopyBytes& i) const {
        return {access(Event::load, i.from, constant(i.size)), access(Event::store, i.to, constant(i.size))};
    }
    Events operator()(const ir::FillBytes& i) const { return {access(Event::store, i.to, constant(i.size))}; }
    Events operator()(const ir::Binary& i) const {
        if (ir::is_comparison(i.op) || !program.types.is_integer(i.type)) return {};
        StaticEvent raised;
        raised.event = Event::arithmetic;
        raised.type = ir::scalar_of(program.types, i.type);
        raised.operator_number = static_cast<int>(i.op);
        raised.left = number(i.left, raised.type);
        raised.right = number(i.right, ir::scalar_of(program.types, i.right_type));
        return {raised};
    }
    Events operator()(const ir::Unary& i) const {
        if (i.op != ir::UnaryOperator::negate || !program.types.is_integer(i.type)) return {};
        StaticEvent raised;
        raised.event = Event::arithmetic;
        raised.type = ir::scalar_of(program.types, i.type);
        raised.operator_number = negate_operator;
        raised.left = number(i.value, raised.type);
        return {raised};
    }
    Events operator()(const ir::Cast& i) const {
        StaticEvent raised;
        raised.event = Event::cast;
        raised.type = ir::scalar_of(program.types, i.to);
        return {raised};
    }
    Events operator()(const ir::Branch&) const { return {plain(Event::branch)}; }
    Events operator()(const ir::Switch&) const { return {plain(Event::branch)}; }
    Events operator()(const ir::EnterLocal&) const { return {plain(Event::allocate)}; }
    Events operator()(const ir::Call& i) const {
        const auto* direct = std::get_if<ir::FunctionId>(&i.callee);
        if (direct && program[*direct].has_body) return {};
        return {plain(Event::call)};
    }
    Events operator()(const ir::CallIntrinsic& i) const {
        switch (i.intrinsic) {
            case ir::Intrinsic::release:
                return {access(Event::release, i.arguments.at(0), std::nullopt)};
            case ir::Intrinsic::allocate:
            case ir::Intrinsic::allocate_zero:
                return {plain(Event::allocate)};
            case ir::Intrinsic::touch:
                return {access(Event::load, i.arguments.at(0), constant(i.arguments.at(1)))};
            case ir::Intrinsic::assert_fails:
                return {plain(Event::assertion)};
            default:
                return {};
        }
    }
    template <class Other>
    Events operator()(const Other&) const {
        return {};
    }

    static StaticEvent plain(Event event) {
        StaticEvent raised;
        raised.event = event;
        return raised;
    }
};

}  // namespace

std::optional<ir::Wide> StaticEvent::field(Field field) const {
    switch (field) {
        case Field::size:
            return size ? std::optional<ir::Wide>(*size) : std::nullopt;
        case Field::operator_:
            return operator_number;
        case Field::bits:
            return type.bits;
        case Field::is_signed:
            return type.is_signed;
        case Field::is_float:
            return type.kind == ir::Scalar::Kind::floating;
        case Field::type_minimum:
            return type.bits == 0 ? 0 : ir::minimum_of(type);
        case Field::type_maximum:
            return type.bits == 0 ? 0 : ir::maximum_of(type);
        case Field::right_constant_known:
            return right.has_value();
        case Field::left:
            return left;
        case Field::right:
            return right;
        default:
            return std::nullopt;
    }
}

std::vector<StaticEvent> static_events(const ir::Program& program, const ir::Instruction& instruction) {
    return std::visit(Raiser{program}, instruction.operation);
}

}  // namespace gnomon::shadow
