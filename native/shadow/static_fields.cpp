#include "shadow/static_fields.h"

#include <algorithm>

#include "shadow/first_use.h"

namespace gnomon::shadow {

namespace {

struct Raiser {
    const ir::Program& program;
    const ir::Function& function;
    const ir::Instruction& instruction;

    using Events = std::vector<StaticEvent>;

    static std::optional<std::uint64_t> constant(const ir::Operand& operand) {
        return operand.is_constant() ? std::optional(operand.bits()) : std::nullopt;
    }
    StaticEvent access(Event event, const ir::Operand& pointer, std::optional<std::uint64_t> size) const {
        StaticEvent raised;
        raised.event = event;
        if (!program.has_counted_blocks) raised.is_counted = false;
        raised.size = size;
        raised.pointer = pointer;
        return raised;
    }
    static StaticEvent allocation(ObjectKind kind, std::optional<std::uint64_t> size) {
        StaticEvent raised;
        raised.event = Event::allocate;
        raised.size = size;
        raised.new_object = kind;
        return raised;
    }
    std::optional<ir::Wide> number(const ir::Operand& operand, ir::Scalar type) const {
        const bool is_number = type.kind == ir::Scalar::Kind::integer || type.kind == ir::Scalar::Kind::boolean;
        if (!operand.is_constant() || !is_number) return std::nullopt;
        return ir::exact(type, operand.bits());
    }

    Events operator()(const ir::Move& i) const {
        const bool is_variable =
            i.value.is_register() && !function.registers[static_cast<std::size_t>(i.value.as_register())].name.empty();
        if (!is_variable) return {};
        StaticEvent raised = plain(Event::read);
        raised.type = ir::scalar_of(program.types, i.type);
        raised.use = first_use(function, instruction, i.result, i.value.as_register());
        return {raised};
    }
    Events operator()(const ir::Load& i) const {
        StaticEvent raised = access(Event::load, i.pointer, program.types.size_of(i.type));
        raised.type = ir::scalar_of(program.types, i.type);
        raised.use = first_use(function, instruction, i.result, i.result);
        raised.is_view = i.view.has_value();
        return {raised};
    }
    Events operator()(const ir::Store& i) const {
        StaticEvent raised = access(Event::store, i.pointer, program.types.size_of(i.type));
        raised.is_view = i.view.has_value();
        return {raised};
    }
    Events operator()(const ir::CopyBytes& i) const {
        return {access(Event::load, i.from, constant(i.size)), access(Event::store, i.to, constant(i.size))};
    }
    Events operator()(const ir::FillBytes& i) const { return {access(Event::store, i.to, constant(i.size))}; }
    Events operator()(const ir::Binary& i) const {
        StaticEvent raised;
        raised.event = Event::arithmetic;
        raised.type = ir::scalar_of(program.types, i.type);
        raised.operator_number = static_cast<int>(i.op);
        raised.left = number(i.left, raised.type);
        raised.right = number(i.right, ir::scalar_of(program.types, i.right_type));
        return {raised};
    }
    Events operator()(const ir::Unary& i) const {
        StaticEvent raised;
        raised.event = Event::arithmetic;
        raised.type = ir::scalar_of(program.types, i.type);
        raised.operator_number = negate_operator + static_cast<int>(i.op);
        raised.left = number(i.value, raised.type);
        return {raised};
    }
    Events operator()(const ir::Cast& i) const {
        StaticEvent raised;
        raised.event = Event::cast;
        raised.type = ir::scalar_of(program.types, i.to);
        raised.from_type = ir::scalar_of(program.types, i.from);
        raised.is_explicit = i.is_explicit;
        return {raised};
    }
    Events operator()(const ir::Branch&) const { return {plain(Event::branch)}; }
    Events operator()(const ir::Switch&) const { return {plain(Event::branch)}; }
    Events operator()(const ir::Input&) const {
        StaticEvent raised = plain(Event::input);
        raised.is_library = function.is_model;
        return {raised};
    }
    Events operator()(const ir::EnterLocal& i) const {
        if (function.is_model) return {};  // what the library needs for its work is not known
        const std::uint64_t fixed = function.locals[static_cast<std::size_t>(i.local)].size;
        return {allocation(ObjectKind::local, i.size ? constant(*i.size) : fixed)};
    }
    Events operator()(const ir::LeaveLocal& i) const {
        const ir::Local& local = function.locals[static_cast<std::size_t>(i.local)];
        if (function.is_model || local.name.empty()) return {};  // what the compiler needs in between has no name
        StaticEvent raised = plain(Event::scope_end);
        raised.new_object = ObjectKind::local;
        return {raised};
    }
    Events operator()(const ir::Call& i) const {
        StaticEvent raised = plain(Event::call);
        if (const auto* direct = std::get_if<ir::FunctionId>(&i.callee)) raised.callee = &program[*direct];
        raised.is_indirect = raised.callee == nullptr;
        // A model that asks a slot hands on what that gives; and a slot (`tp_alloc`) may be a model.
        if (raised.is_indirect && program.has_counted_blocks) return {raised, left_block(true)};
        if (raised.is_indirect) return {raised};
        if (ir::is_marker(*raised.callee)) return {raised};
        if (function.is_model) return {};  // how the library does its work is no call of the user's
        raised.is_library = raised.callee->is_model || !raised.callee->has_body;
        StaticEvent after = raised, left = raised;
        after.event = Event::called;
        left.event = Event::number_left;
        return {raised, after, left};
    }
    Events operator()(const ir::Return&) const {
        StaticEvent raised = plain(Event::back);
        if (const auto* type = program.types.get_if<ir::FunctionType>(function.type))
            raised.is_pointer = ir::scalar_of(program.types, type->result).kind == ir::Scalar::Kind::pointer;
        if (!program.has_returned || !is_of_python()) return {raised};
        StaticEvent given = plain(Event::returned);
        given.slot = slot();
        return {raised, given};
    }
    // Does Python call it? By its type: it takes or gives an object of Python.
    bool is_of_python() const {
        const auto* type = program.types.get_if<ir::FunctionType>(function.type);
        return type && !function.is_model && !function.is_harness &&
               (is_object(type->result) || (!type->parameters.empty() && is_object(type->parameters[0])));
    }
    // A traversal takes what is called with each that the object refers to, and what that is told.
    Slot slot() const {
        const auto* type = program.types.get_if<ir::FunctionType>(function.type);
        if (type->parameters.size() == 1 && program.types.get_if<ir::VoidType>(type->result)) return Slot::dealloc;
        if (type->parameters.size() != 3) return Slot::other;
        const auto* pointer = program.types.get_if<ir::PointerType>(type->parameters[1]);
        const auto* visit = pointer ? program.types.get_if<ir::FunctionType>(pointer->pointee) : nullptr;
        const bool is_visit = visit && visit->parameters.size() == 2 && is_object(visit->parameters[0]);
        return is_visit ? Slot::traverse : Slot::other;
    }
    bool is_object(ir::TypeId id) const {
        const auto* pointer = program.types.get_if<ir::PointerType>(id);
        return pointer && begins_with_object(pointer->pointee);
    }
    bool begins_with_object(ir::TypeId id) const {
        const auto* record = program.types.get_if<ir::RecordType>(id);
        return record && (record->name == "struct _object" ||
                          (!record->fields.empty() && begins_with_object(record->fields[0].type)));
    }
    Events operator()(const ir::CallIntrinsic& i) const {
        switch (i.intrinsic) {
            case ir::Intrinsic::release:
                return {access(Event::release, i.arguments.at(0), std::nullopt)};
            case ir::Intrinsic::allocate:
            case ir::Intrinsic::allocate_zero:
                return {allocation(ObjectKind::heap, constant(i.arguments.at(0))), left_block(false)};
            case ir::Intrinsic::counted:
            case ir::Intrinsic::answer:
                return {left_block(true)};
            case ir::Intrinsic::touch:
                return {access(Event::load, i.arguments.at(0), constant(i.arguments.at(1)))};
            case ir::Intrinsic::assert_fails:
                return {plain(Event::assertion)};
            case ir::Intrinsic::apart:
                return {plain(Event::copy)};
            default:
                return {};
        }
    }
    template <class Other>
    Events operator()(const Other&) const {
        return {};
    }

    static StaticEvent left_block(bool is_counted) {
        StaticEvent raised = plain(Event::end_of_entry);
        raised.is_counted = is_counted;
        return raised;
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
        case Field::is_library:
            return is_library;
        case Field::is_indirect:
            return is_indirect;
        case Field::is_pointer:
            return is_pointer;
        case Field::is_view:
            return is_view;
        case Field::slot:
            return static_cast<int>(slot);
        case Field::is_copied:
            return use == FirstUse::copied;
        case Field::is_discarded:
            return use == FirstUse::discarded;
        case Field::is_explicit:
            return is_explicit;
        case Field::from_bits:
            return from_type.bits;
        case Field::from_is_signed:
            return from_type.is_signed;
        case Field::from_is_float:
            return from_type.kind == ir::Scalar::Kind::floating;
        case Field::left:
            return left;
        case Field::right:
            return right;
        case Field::object_kind:
            return new_object ? std::optional<ir::Wide>(static_cast<int>(*new_object)) : std::nullopt;
        case Field::object_counted:
            return is_counted ? std::optional<ir::Wide>(*is_counted) : std::nullopt;
        case Field::is_leaked:
            return is_counted == false ? std::optional<ir::Wide>(0) : std::nullopt;
        default:
            return std::nullopt;
    }
}

std::vector<StaticEvent> static_events(const ir::Program& program, const ir::Function& function,
                                       const ir::Instruction& instruction) {
    return std::visit(Raiser{program, function, instruction}, instruction.operation);
}

bool is_open(const Expression& guard) {
    return std::any_of(guard.nodes.begin(), guard.nodes.end(),
                       [](const Node& node) { return node.op == Operator::field && node.field == Field::size; });
}

bool concerns(const std::vector<std::string>& functions, const ir::Function& function, Event event,
              const ir::Function* callee) {
    if (functions.empty()) return event != Event::call || callee == nullptr || !ir::is_marker(*callee);
    const bool is_of_call = event == Event::call || event == Event::called || event == Event::number_left;
    const ir::Function* meant = is_of_call ? callee : &function;
    return meant && std::find(functions.begin(), functions.end(), meant->name) != functions.end();
}

// Arguments are temporaries, made just before.
std::uint64_t converted_arguments(const ir::Program& program, const ir::Function& function, std::uint32_t index) {
    const auto& call = std::get<ir::Call>(function.code[index].operation);
    std::uint64_t converted = 0;
    for (std::size_t i = 0; i < call.arguments.size() && i < 64; ++i) {
        if (!call.arguments[i].is_register()) continue;
        for (std::uint32_t at = index; at-- > 0;) {
            const auto* cast = std::get_if<ir::Cast>(&function.code[at].operation);
            if (!cast || cast->result != call.arguments[i].as_register()) continue;
            const ir::Scalar from = ir::scalar_of(program.types, cast->from);
            if (!cast->is_explicit && from.kind == ir::Scalar::Kind::integer && from.is_signed)
                converted |= std::uint64_t{1} << i;
            break;
        }
    }
    return converted;
}

}  // namespace gnomon::shadow
