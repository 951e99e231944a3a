#include "explore/entry.h"

#include <algorithm>
#include <map>
#include <stdexcept>

#include "explore/harness.h"
#include "ir/semantics.h"

namespace gnomon::explore {

namespace {

class EntryBuilder {
  public:
    EntryBuilder(ir::Program& program, const std::string& name) : program_(program), harness_(program, name) {}

    ir::FunctionId build(const std::vector<EntryStep>& steps) {
        for (const EntryStep& step : steps) prepare_types(step);
        for (std::size_t at = 0; at < steps.size(); ++at) {
            add_step(steps[at]);
            forget_given(steps, at);
        }
        return harness_.finish();
    }

  private:
    struct Result {
        std::optional<ir::Operand> value;  // nothing: void
        ir::TypeId type{};
    };

    ir::FunctionId function(const std::string& key) const {
        const auto found = program_.functions_by_key.find(key);
        if (found == program_.functions_by_key.end()) throw std::invalid_argument("no function " + key);
        return found->second;
    }

    std::optional<ir::GlobalId> global(const std::string& key) const {
        const auto found = program_.globals_by_key.find(key);
        if (found == program_.globals_by_key.end()) return std::nullopt;
        return found->second;
    }

    // The interpreter fills in slots that a type leaves empty when the type is made ready; calls through them are
    // common in constructors and destructors.
    void prepare_types(const EntryStep& step) {
        for (const Argument& argument : step.arguments) {
            const auto* address = std::get_if<AddressOf>(&argument);
            const auto type = address == nullptr ? std::nullopt : global(address->key);
            if (!type || !prepared_.emplace(*type, true).second) continue;
            inherit_slot(*type, "tp_alloc", "PyType_GenericAlloc");
            inherit_slot(*type, "tp_free", "PyObject_Free");
        }
    }

    void inherit_slot(ir::GlobalId id, const std::string& slot, const std::string& default_function) {
        const ir::Global& type = program_[id];
        const auto* record = program_.types.get_if<ir::RecordType>(type.type);
        const auto target = program_.functions_by_key.find(default_function);
        if (record == nullptr || !type.is_defined || !type.why_not_initialised.empty() ||
            target == program_.functions_by_key.end())
            return;
        const auto field = std::ranges::find(record->fields, slot, &ir::Field::name);
        if (field == record->fields.end() || !is_zero(type, field->offset_bits / 8)) return;
        const auto index = static_cast<std::uint32_t>(field - record->fields.begin());
        const ir::TypeId field_type = field->type, record_type = type.type;
        const ir::Operand place = harness_.field_address(harness_.address_of_global(id), record_type, index);
        harness_.store(place, harness_.address_of_function(target->second), field_type);
    }

    static bool is_zero(const ir::Global& global, std::uint64_t offset) {
        const auto is_here = [offset](const ir::Relocation& relocation) { return relocation.offset == offset; };
        if (std::ranges::any_of(global.relocations, is_here)) return false;
        for (std::uint64_t i = offset; i < offset + 8 && i < global.bytes.size(); ++i) {
            if (global.bytes[i] != 0) return false;
        }
        return true;
    }

    void add_step(const EntryStep& step) {
        const ir::FunctionId id = function(step.function);
        const auto* type = program_.types.get_if<ir::FunctionType>(program_[id].type);
        if (type == nullptr) throw std::invalid_argument(step.function + " has no known type");
        const ir::FunctionType signature = *type;
        if (step.arguments.size() != signature.parameters.size() &&
            !(signature.is_variadic && step.arguments.size() > signature.parameters.size())) {
            throw std::invalid_argument(step.function + " takes " + std::to_string(signature.parameters.size()) +
                                        " arguments, not " + std::to_string(step.arguments.size()));
        }
        ir::Call call;
        call.callee = id;
        call.result_type = signature.result;
        const bool is_void = program_.types.get_if<ir::VoidType>(signature.result) != nullptr;
        if (!is_void && !program_.types.fits_register(signature.result)) {  // written through a hidden first parameter
            const std::uint64_t size = program_.types.size_of(signature.result);
            call.arguments.push_back(harness_.zeroed_local(step.function + " result", signature.result, size));
            call.argument_types.push_back(harness_.byte_pointer());
            call.result_type = program_.types.void_type();
        }
        for (std::size_t i = 0; i < step.arguments.size(); ++i) {
            const ir::TypeId wanted =
                i < signature.parameters.size() ? passed_as(signature.parameters[i]) : harness_.size_type();
            call.arguments.push_back(argument(step, step.arguments[i], wanted));
            call.argument_types.push_back(program_.types.fits_register(wanted) ? wanted : harness_.byte_pointer());
        }
        if (program_.types.is_scalar(call.result_type)) call.result = harness_.add_register(call.result_type);
        const Result result{call.result ? std::optional(ir::Operand::of(*call.result)) : std::nullopt,
                            call.result_type};
        harness_.add(std::move(call));
        results_.push_back(result);
        add_stop(step, result);
    }

    // What a function of the library gets last is the library's from then on: nobody else holds it.
    void forget_given(const std::vector<EntryStep>& steps, std::size_t at) {
        if (!program_[function(steps[at].function)].is_model) return;
        const auto uses = [](const EntryStep& step, std::uint32_t result) {
            return std::ranges::any_of(step.arguments, [result](const Argument& argument) {
                const auto* earlier = std::get_if<ResultOf>(&argument);
                return earlier != nullptr && earlier->step == result;
            });
        };
        for (std::uint32_t i = 0; i < at; ++i) {
            const auto is_user = [&](const EntryStep& step) { return uses(step, i); };
            if (!is_user(steps[at]) ||
                std::any_of(steps.begin() + static_cast<std::ptrdiff_t>(at) + 1, steps.end(), is_user))
                continue;
            harness_.add(ir::Move{results_[i].value->as_register(), ir::Operand::constant(0), results_[i].type});
        }
    }

    // A record travels as a pointer to a copy.
    ir::TypeId passed_as(ir::TypeId parameter) const {
        return program_.types.is_scalar(parameter) ? parameter : harness_.byte_pointer();
    }

    void add_stop(const EntryStep& step, const Result& result) {
        if (!step.stop_if_null && !step.stop_if_negative) return;
        if (!result.value) throw std::invalid_argument(step.function + " returns nothing");
        if (step.stop_if_null) harness_.go_on_if(*result.value, result.type);
        if (!step.stop_if_negative) return;
        const ir::Operand is_good =
            harness_.compare(ir::BinaryOperator::greater_equal, *result.value, ir::Operand::constant(0), result.type);
        harness_.go_on_if(is_good, harness_.int_type());
    }

    ir::Operand argument(const EntryStep& step, const Argument& argument, ir::TypeId wanted) {
        if (const auto* input = std::get_if<ir::Input>(&argument)) {
            check_fits(step, harness_.type_of_input(*input), wanted);
            if (!program_.types.is_long_double(wanted)) return harness_.input(*input);
            ir::Input number = *input;  // of Python, which has doubles
            number.choice = ir::FloatInput{program_.types.floating(64)};
            return harness_.long_double(harness_.input(number));
        }
        if (const auto* earlier = std::get_if<ResultOf>(&argument)) {
            if (earlier->step >= results_.size() || !results_[earlier->step].value) {
                throw std::invalid_argument(step.function + " takes a result that there is not");
            }
            check_fits(step, results_[earlier->step].type, wanted);
            return *results_[earlier->step].value;
        }
        if (const auto* constant = std::get_if<ConstantArgument>(&argument)) {
            return ir::Operand::constant(constant->bits);
        }
        check_fits(step, harness_.byte_pointer(), wanted);
        if (const auto* structure = std::get_if<StructureArgument>(&argument)) return this->structure(*structure);
        return address(std::get<AddressOf>(argument).key);
    }

    void check_fits(const EntryStep& step, ir::TypeId given, ir::TypeId wanted) const {
        const ir::Scalar from = ir::scalar_of(program_.types, given), to = ir::scalar_of(program_.types, wanted);
        const bool is_from_float = from.kind == ir::Scalar::Kind::floating;
        const bool is_to_float = to.kind == ir::Scalar::Kind::floating;
        if (from.bits == to.bits && is_from_float == is_to_float) return;
        throw std::invalid_argument(step.function + " takes " + program_.types.spelling(wanted) + ", not " +
                                    program_.types.spelling(given));
    }

    ir::Operand address(const std::string& key) {
        if (const auto found = global(key)) return harness_.address_of_global(*found);
        return harness_.address_of_function(function(key));
    }

    ir::Operand structure(const StructureArgument& wanted) {
        const auto* record = program_.types.get_if<ir::RecordType>(wanted.type);
        if (record == nullptr || !record->is_complete) throw std::invalid_argument("a structure without fields");
        const std::vector<ir::Field> fields = record->fields;
        const ir::Operand base = harness_.zeroed_local("structure", wanted.type, record->size);
        for (const auto& [index, input] : wanted.fields) {
            if (index >= fields.size()) throw std::invalid_argument("a field that the structure does not have");
            const ir::Field& field = fields[index];
            const ir::Operand value = harness_.input(input);
            ir::BitRange bits;
            if (field.bit_width != 0) {
                const std::uint64_t unit_bits = 8 * program_.types.size_of(field.type);
                bits.offset = static_cast<std::uint16_t>(field.offset_bits % unit_bits);
                bits.width = static_cast<std::uint16_t>(field.bit_width);
            }
            harness_.store(harness_.field_address(base, wanted.type, index), value, field.type, bits);
        }
        return base;
    }

    ir::Program& program_;
    HarnessBuilder harness_;
    std::vector<Result> results_;
    std::map<ir::GlobalId, bool> prepared_;
};

// argv[0], as a string literal of the harness.
ir::GlobalId program_name(ir::Program& program, const std::string& harness) {
    static constexpr char text[] = "program";
    const ir::GlobalId id = program.global(harness + ":argv[0]", "argv[0]");
    ir::Global& global = program[id];
    global.type = program.types.intern(ir::ArrayType{program.types.integer(8, true), sizeof text});
    global.size = sizeof text;
    global.is_defined = true;
    global.bytes.assign(std::begin(text), std::end(text));
    return id;
}

}  // namespace

ir::FunctionId build_entry(ir::Program& program, const std::string& name, const std::vector<EntryStep>& steps) {
    return EntryBuilder(program, name).build(steps);
}

ir::FunctionId build_main_entry(ir::Program& program, const std::string& name, const std::string& function,
                                std::uint32_t maximum_arguments, std::uint64_t maximum_length) {
    const auto found = program.functions_by_key.find(function);
    if (found == program.functions_by_key.end()) throw std::invalid_argument("no function " + function);
    const std::uint32_t parameters = program[found->second].parameter_count;
    if (parameters > 3) throw std::invalid_argument("main takes more than argc, argv and envp");
    HarnessBuilder harness(program, name);
    ir::Call call;
    call.callee = found->second;
    call.result_type = harness.int_type();
    if (parameters >= 1) {
        ir::Input count;
        count.name = "argc";
        count.choice = ir::IntegerInput{harness.int_type(), 1, std::int64_t{1} + maximum_arguments};
        const ir::Operand argc = harness.input(count);
        const std::uint64_t places = std::uint64_t{2} + maximum_arguments;
        const ir::TypeId array = program.types.intern(ir::ArrayType{harness.byte_pointer(), places});
        const ir::Operand argv = harness.zeroed_local("argv", array, 8 * places);
        harness.store(argv, harness.address_of_global(program_name(program, name)), harness.byte_pointer());
        // How many arguments there are is decided first; the loop is unrolled, so that each has its own name.
        for (std::uint32_t i = 1; i <= maximum_arguments; ++i) {
            const ir::Operand is_given =
                harness.compare(ir::BinaryOperator::greater, argc, ir::Operand::constant(i), harness.int_type());
            harness.begin_when(is_given, harness.int_type());
            ir::Input text;
            text.name = "argv[" + std::to_string(i) + "]";
            ir::BytesInput bytes;
            bytes.maximum = maximum_length;
            bytes.is_writable = true;
            text.choice = bytes;
            harness.store(harness.byte_address(argv, std::uint64_t{8} * i), harness.input(text),
                          harness.byte_pointer());
            harness.end_when();
        }
        // An environment without variables: getenv chooses those that are asked for.
        const ir::Operand environment =
            parameters == 3 ? harness.zeroed_local("envp", harness.byte_pointer(), 8) : ir::Operand::constant(0);
        call.arguments = {argc, argv, environment};
        call.argument_types = {harness.int_type(), harness.byte_pointer(), harness.byte_pointer()};
        call.arguments.erase(call.arguments.begin() + parameters, call.arguments.end());
        call.argument_types.resize(parameters);
    }
    harness.add(std::move(call));
    return harness.finish();
}

}  // namespace gnomon::explore
