// Calls: of bodies, of functions that only return, and of what only the engine can do.
#include <algorithm>

#include "interp/machine.h"
#include "interp/output.h"
#include "ir/decimal.h"
#include "ir/mathematics.h"
#include "ir/operands.h"
#include "shadow/static_fields.h"

namespace gnomon::interp {

bool Machine::is_read(ir::RegisterId result) {
    if (!current_->reads) {
        std::vector<bool> reads(function_->registers.size());
        for (const ir::Instruction& instruction : function_->code)
            ir::each_read(instruction.operation, [&](const ir::Operand& operand) {
                if (operand.is_register()) reads[static_cast<std::size_t>(operand.as_register())] = true;
            });
        current_->reads = std::move(reads);
    }
    return (*current_->reads)[static_cast<std::size_t>(result)];
}

Facts Machine::call_facts(shadow::Event event, const Frame& caller, std::uint32_t index) const {
    const ir::Function& function = program_[caller.function];
    const auto& call = std::get<ir::Call>(function.code[index].operation);
    Facts facts = facts_of(event);
    facts.thread_states = thread_states_;
    facts.number_states = &number_states_;
    facts.program = &program_;
    facts.call = &call;
    for (std::size_t i = 0; i < call.arguments.size(); ++i) {
        const ir::Operand& argument = call.arguments[i];
        facts.arguments.push_back(
            argument.is_constant() ? Value{argument.bits(), memory::no_object, 0}
                                   : registers_[caller.registers + static_cast<std::size_t>(argument.as_register())]);
        facts.argument_types.push_back(i < call.argument_types.size() ? scalar(call.argument_types[i]) : ir::Scalar{});
        facts.value.shadow |= facts.arguments.back().shadow;
    }
    facts.converted = shadow::converted_arguments(program_, function, index);
    return facts;
}

void Machine::execute(const ir::Call& call) {
    if (call.is_deferred) return defer(call);
    arguments_.clear();
    for (const ir::Operand& argument : call.arguments) arguments_.push_back(value(argument));
    if (frames_.size() == 1) ++entry_calls_;
    const ir::FunctionId function = callee(call);
    if (!program_[function].has_body || program_[function].is_model) write_output(program_[function], arguments_);
    if (program_[function].has_body) return call_body(function, call, arguments_);
    call_external(function, call, arguments_);
    after_call(function, call.result ? value(ir::Operand::of(*call.result)) : Value{});
}

ir::FunctionId Machine::callee(const ir::Call& call) {
    const auto* pointer = std::get_if<ir::Operand>(&call.callee);
    const Value target = pointer ? value(*pointer) : Value{};
    std::optional<ir::FunctionId> function;
    if (!pointer) function = std::get<ir::FunctionId>(call.callee);
    const bool is_function = memory::is_real(target.object) &&
                             memory_[target.object].kind == shadow::ObjectKind::function &&
                             memory_.offset_of(target) == 0;
    if (is_function) function = std::get<ir::FunctionId>(memory_[target.object].origin);
    if (function) called_[static_cast<std::size_t>(*function)] = true;
    require_known(target.shadow);
    if (demands_begin_ != demands_end_ || changes_states(shadow::Event::call, function)) {
        Facts facts = call_facts(shadow::Event::call, frames_.back(), pc_);
        facts.pointer = target;
        if (function) facts.is_fitting = ir::call_fits(program_, call, program_[*function]);
        if (!pointer) facts.callee = &program_[*function];
        const bool is_marker = facts.callee && ir::is_marker(*facts.callee);
        // What models do for the world outside is nobody's failure.
        if (!is_marker || !program_[user_site().function].is_harness) check(facts);
        if (!function_->is_model || is_marker) change_states(facts);
    }
    if (!function) not_modelled("calls through a pointer to " + describer_.object(target));
    return *function;
}

// Of the call that the innermost frame has come back to.
void Machine::after_call(ir::FunctionId callee, const Value& result) {
    const auto& call = std::get<ir::Call>(function_->code[pc_].operation);
    if (std::holds_alternative<ir::Operand>(call.callee) || function_->is_model) return;
    if (demands_begin_ == demands_end_ && !changes_states(shadow::Event::called, callee)) return;
    Facts facts = call_facts(shadow::Event::called, frames_.back(), pc_);
    facts.value = facts.pointer = result;
    facts.type = facts.value_type = scalar(call.result_type);
    facts.callee = &program_[callee];
    check(facts);
    change_states(facts);
    if (call.result) set(*call.result, {result.bits, result.object, updated(facts, result.shadow)});
}

void Machine::call_body(ir::FunctionId id, const ir::Call& call, const std::vector<Value>& arguments) {
    const ir::Function& function = program_[id];
    const bool is_direct = std::holds_alternative<ir::FunctionId>(call.callee);
    if (!is_direct || !current_->checked_calls[pc_]) check_call(function, call);
    if (is_direct) current_->checked_calls[pc_] = true;
    if (with_steps_ && !function_->is_model) {
        std::string text;
        for (std::size_t i = 0; i < std::min<std::size_t>(function.parameter_count, arguments.size()); ++i)
            text += (i ? ", " : "") + describer_.value(arguments[i], call.argument_types[i]);
        steps_.add({site(), static_cast<std::uint32_t>(frames_.size() - 1), function.name, "(" + text + ")"});
    }
    enter(id, arguments, call.result);
}

// The callee takes as many arguments, of the same sizes.
void Machine::check_call(const ir::Function& function, const ir::Call& call) const {
    const auto* type = program_.types.get_if<ir::FunctionType>(function.type);
    const bool takes_more = type && type->is_variadic;
    if (call.arguments.size() < function.parameter_count ||
        (call.arguments.size() > function.parameter_count && !takes_more))
        not_modelled("calls " + function.name + " with a different number of arguments");
    if (function.has_argument_block &&
        call.argument_types[function.parameter_count - 1] != function.registers[function.parameter_count - 1].type)
        not_modelled("calls " + function.name + " without its variable arguments");
    const std::size_t known = std::min<std::size_t>(function.parameter_count, call.argument_types.size());
    for (std::size_t i = 0; i < known; ++i) {
        const ir::Scalar given = scalar(call.argument_types[i]);
        const ir::Scalar taken = scalar(function.registers[i].type);
        const bool is_float = given.kind == ir::Scalar::Kind::floating;
        if (given.bits != taken.bits || is_float != (taken.kind == ir::Scalar::Kind::floating))
            not_modelled("calls " + function.name + " with an argument of a different type");
    }
}

void Machine::call_external(ir::FunctionId id, const ir::Call& call, const std::vector<Value>& arguments) {
    const ir::Function& function = program_[id];
    const auto row = program_.externals.find(function.name);
    if (!function.why_no_body.empty()) not_modelled(function.name + ": " + function.why_no_body);
    if (row == program_.externals.end()) return call_unknown(function, call, arguments);
    const ir::External& external = row->second;
    for (const Value& argument : arguments)
        if (external.keeps_arguments && memory::is_real(argument.object)) memory_[argument.object].is_kept = true;
    for (const Value& argument : arguments) keep_numbers(argument);
    Value result;
    switch (external.result) {
        case ir::External::Result::refused:
            not_modelled("calls " + function.name);
        case ir::External::Result::none:
            if (call.result && is_read(*call.result)) not_modelled("uses the result of " + function.name);
            break;
        case ir::External::Result::opaque:
            result = new_opaque();
            break;
        case ir::External::Result::argument:
            if (external.argument >= arguments.size()) not_modelled("calls " + function.name);
            result = arguments[external.argument];
            break;
        default:
            break;
    }
    if (call.result) set(*call.result, result);
}

void Machine::write_output(const ir::Function& function, const std::vector<Value>& arguments) {
    if (arguments.empty()) return;
    if (function.name == "putchar") outcome_.output += static_cast<char>(arguments[0].bits);
    if (function.name == "puts") outcome_.output += text_at(arguments[0]) + "\n";
    if (function.name != "printf") return;
    const std::size_t first = function.has_argument_block ? 2 : 1;
    std::vector<std::uint64_t> numbers;
    for (std::size_t i = first; i < arguments.size(); ++i) numbers.push_back(arguments[i].bits);
    outcome_.output +=
        formatted(text_at(arguments[0]), numbers, [&](std::size_t i) { return text_at(arguments[i + first]); });
}

// As far as it goes: the rules have their say when the function itself reads it.
std::string Machine::text_at(const Value& pointer) {
    const bool is_known = (pointer.shadow & shadow::unknown_bit) == 0 && memory::is_real(pointer.object);
    if (!is_known || memory_[pointer.object].kind == shadow::ObjectKind::function) return {};
    if (deferred_.contains(pointer.object)) return {};
    examine(pointer);
    const memory::Object& object = memory_[pointer.object];
    std::string text;
    for (Value at = pointer; object.is_alive && object.contains(memory_.offset_of(at), 1); ++at.bits) {
        const auto offset = static_cast<std::uint64_t>(memory_.offset_of(at));
        const std::uint64_t byte = memory_.load(at.object, offset, 1).bits;
        if (byte == 0) break;
        text += static_cast<char>(byte);
    }
    return text;
}

void Machine::execute(const ir::Return& end) {
    Value result;
    if (end.value) {
        result = value(*end.value);
        check_return(result);
    } else {
        result.shadow = shadow_of_new(shadow::ObjectKind::variable, 0, 0);
    }
    if (frames_.size() == 1) return end_entry(result);
    if (const ObjectId object = frames_.back().becoming; object != memory::no_object)
        return end_becoming(object, result);
    leave_main();
    note_return();
    const auto target = frames_.back().result;
    const ir::FunctionId left = frames_.back().function;
    leave();
    select_demands(pc_);
    if (target) set(*target, result);
    after_call(left, result);
    if (!target) return;
    const ir::Register& named = function_->registers[static_cast<std::size_t>(*target)];
    if (with_steps_ && !named.name.empty() && !function_->is_model) record(named.name, result, named.type);
}

void Machine::check_return(const Value& result) {
    if (!is_watched(shadow::Event::back)) return;
    Facts facts = facts_of(shadow::Event::back);
    facts.value = facts.pointer = result;
    facts.thread_states = thread_states_;
    facts.is_to_world = frames_.size() == 2 && !program_[frames_[0].function].has_unknown_caller;
    if (const auto* type = program_.types.get_if<ir::FunctionType>(function_->type)) {
        facts.type = facts.value_type = scalar(type->result);
        facts.is_pointer = facts.type.kind == ir::Scalar::Kind::pointer;
    }
    check(facts);
}

void Machine::execute(const ir::CallIntrinsic& call) {
    const auto argument = [&](std::size_t i) {
        if (i >= call.arguments.size()) not_modelled("a primitive without its arguments");
        return value(call.arguments[i]);
    };
    const auto arguments = [&] {
        std::vector<Value> all;
        for (const ir::Operand& operand : call.arguments) all.push_back(value(operand));
        return all;
    };
    Value result;
    switch (call.intrinsic) {
        case ir::Intrinsic::allocate:
            result = allocate(argument(0), false);
            break;
        case ir::Intrinsic::allocate_zero:
            result = allocate(argument(0), true);
            break;
        case ir::Intrinsic::release:
            release(argument(0));
            break;
        case ir::Intrinsic::object_size:
            require_known(argument(0).shadow);
            if (!memory::is_real(argument(0).object)) not_modelled("the size of no object");
            use(argument(0));
            result.bits = memory_[argument(0).object].size;
            break;
        case ir::Intrinsic::is_later:
            result.bits = is_later(argument(0));
            break;
        case ir::Intrinsic::new_opaque:
            result = new_opaque();
            break;
        case ir::Intrinsic::exit_program:
            throw Stop{Ending::exited, {}};
        case ir::Intrinsic::assert_fails: {
            Facts facts = facts_of(shadow::Event::assertion);
            check(facts);
            not_modelled("a failed assertion");
        }
        case ir::Intrinsic::touch:
            touch(argument(0), argument(1));
            break;
        case ir::Intrinsic::string_length:
            result.bits = ~std::uint64_t{0};
            break;
        case ir::Intrinsic::reads_decimal:  // letter by letter
        case ir::Intrinsic::decimal:
            break;
        case ir::Intrinsic::assume:
            require_known(argument(0).shadow);
            if (argument(0).bits == 0) throw Stop{Ending::exited, {}};
            break;
        case ir::Intrinsic::unknown:
            result = unknown(function_->name);
            break;
        case ir::Intrinsic::forget:
            examine(argument(0));
            unknown_from_ = function_->name;
            if (memory::is_real(argument(0).object)) forget(argument(0).object);
            break;
        case ir::Intrinsic::print_double:
            result = print_double(argument(0), argument(1), argument(2), argument(3), argument(4));
            break;
        case ir::Intrinsic::parse_double:
            result = parse_double(argument(0), argument(1));
            break;
        case ir::Intrinsic::mathematics:
            result.bits = ir::mathematics(argument(0).bits, argument(1).bits, argument(2).bits);
            result.shadow = static_cast<std::uint8_t>(argument(1).shadow | argument(2).shadow);
            break;
        case ir::Intrinsic::extended:
            result = extended(arguments());
            break;
        case ir::Intrinsic::parse_extended:
            result = parse_extended(argument(0), argument(1), argument(2));
            break;
        case ir::Intrinsic::print_extended:
            result = print_extended(arguments());
            break;
        case ir::Intrinsic::apart:
            copy_apart({argument(0), argument(1), argument(2)});
            break;
        case ir::Intrinsic::keep:
            if (memory::is_real(argument(0).object)) memory_[argument(0).object].is_kept = true;
            break;
        case ir::Intrinsic::counted:
            count_references(argument(0));
            break;
        case ir::Intrinsic::shared:
            share(argument(0), argument(1));
            break;
        case ir::Intrinsic::answer:
            answer_for(argument(0));
            break;
        case ir::Intrinsic::returned:
            look_at_returned({argument(0), argument(1), argument(2), argument(3), argument(4), argument(5)});
            break;
        case ir::Intrinsic::references:
            result.bits = references(argument(0), argument(1));
            break;
        case ir::Intrinsic::type_block:
            type_block(argument(0), call.type);
            break;
        case ir::Intrinsic::made_as:
            if (memory::is_real(argument(0).object)) memory_[argument(0).object].made_as = call.type;
            break;
        case ir::Intrinsic::is_a:
            result = is_a(argument(0), call.type);
            break;
        case ir::Intrinsic::is_undefined:
            result = shadow_of(argument(0), "defined");
            break;
        case ir::Intrinsic::is_tainted:
            result = shadow_of(argument(0), "taint");
            break;
        case ir::Intrinsic::resize:
            resize(argument(0), argument(1));
            break;
    }
    if (call.result) set(*call.result, result);
}

memory::Value Machine::print_double(const Value& to, const Value& number, const Value& conversion,
                                    const Value& is_alternate, const Value& precision) {
    for (const Value& one : {number, conversion, is_alternate, precision}) require_known(one.shadow);
    return put_text(to,
                    ir::double_as_text(number.bits, static_cast<char>(conversion.bits), is_alternate.bits != 0,
                                       static_cast<int>(precision.bits)),
                    number.shadow);
}

// Its length; both have the shadow.
memory::Value Machine::put_text(const Value& to, const std::string& text, std::uint8_t shadow) {
    examine(to);
    const std::uint64_t offset = accessible(to, text.size(), true);
    for (std::size_t i = 0; i < text.size(); ++i)
        memory_.store(to.object, offset + i, 1, {static_cast<std::uint8_t>(text[i]), memory::no_object, shadow});
    return {text.size(), memory::no_object, shadow};
}

memory::Value Machine::parse_double(const Value& from, const Value& size) {
    std::uint8_t shadow = 0;
    const std::string text = number_text(from, size, shadow);
    return {ir::double_from_text(text), memory::no_object, shadow};
}

std::string Machine::number_text(const Value& from, const Value& size, std::uint8_t& shadow) {
    require_known(size.shadow);
    examine(from);
    const std::uint64_t offset = accessible(from, size.bits, false);
    const auto bytes = memory_.bytes(from.object).subspan(offset, size.bits);
    shadow = memory_.shadow(from.object, offset, size.bits);
    return {bytes.begin(), bytes.end()};
}

// It may be any foreign object: small numbers, True and None are shared.
memory::Value Machine::new_opaque() {
    const ObjectId object = memory_.create(shadow::ObjectKind::opaque, 0, user_site());
    memory_[object].is_chosen = true;
    return memory_.pointer_to(object);
}

memory::Value Machine::allocate(const Value& size, bool is_zeroed) {
    require_known(size.shadow);
    if (is_watched(shadow::Event::allocate)) {
        Facts facts = facts_of(shadow::Event::allocate);
        facts.size = size.bits;
        facts.size_shadow = size.shadow;
        facts.new_object = shadow::ObjectKind::heap;
        check(facts);
    }
    const std::uint8_t shadow = is_zeroed ? 0 : shadow_of_new(shadow::ObjectKind::heap, size.bits, size.shadow);
    return memory_.pointer_to(memory_.create(shadow::ObjectKind::heap, size.bits, user_site(), shadow));
}

void Machine::release(const Value& pointer) {
    if ((pointer.shadow & shadow::unknown_bit) != 0) return;  // nobody else's business
    if (pointer.is_null() && pointer.bits == 0) return;
    const bool is_nowhere = pointer.is_null() || pointer.is_error();
    if (!is_nowhere && !memory::is_real(pointer.object)) not_modelled("frees a pointer that came from a number");
    use(pointer);
    if (memory::is_real(pointer.object) && memory_[pointer.object].kind == shadow::ObjectKind::opaque)
        not_modelled("frees a foreign object");
    check(access_facts(shadow::Event::release, pointer, 0));
    accessible(pointer, 0, false);
    const memory::Object& object = memory_[pointer.object];
    if (object.kind != shadow::ObjectKind::heap || memory_.offset_of(pointer) != 0)
        not_modelled("frees what is not the start of a heap block");
    memory_.end_life(pointer.object);
}

void Machine::touch(const Value& pointer, const Value& size) {
    require_known(size.shadow);
    if (size.bits == 0) return;
    examine(pointer);
    Facts facts = access_facts(shadow::Event::load, pointer, size.bits);
    facts.size_shadow = size.shadow;
    check(facts);
    accessible(pointer, size.bits, false);
}

void Machine::copy_apart(const std::vector<Value>& arguments) {
    if (!is_watched(shadow::Event::copy)) return;
    const ir::Scalar pointer{ir::Scalar::Kind::pointer, 64, false}, size{ir::Scalar::Kind::integer, 64, false};
    Facts facts = facts_of(shadow::Event::copy);
    facts.pointer = arguments[0];
    facts.size = arguments[2].bits;
    facts.arguments = arguments;
    facts.argument_types = {pointer, pointer, size};
    check(facts);
}

}  // namespace gnomon::interp
