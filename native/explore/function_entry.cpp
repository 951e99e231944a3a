// A C function as an entry: what its callers may hand over.
#include <stdexcept>

#include "explore/entry.h"
#include "explore/harness.h"

namespace gnomon::explore {

namespace {

constexpr std::uint64_t elements = 64;  // of a block of numbers that a caller hands over
constexpr std::uint64_t records = 4;
constexpr std::uint64_t longest_string = 64;
constexpr std::uint64_t bytes_of_nothing = 256;  // behind a void pointer

// A Python object, or anything else whose inside only others know.
bool is_foreign(const ir::TypeTable& types, ir::TypeId pointee) {
    const auto* record = types.get_if<ir::RecordType>(pointee);
    if (record == nullptr) return false;
    return types.size_of(pointee) == 0 || record->name == "struct _object" || record->name == "struct _typeobject";
}

std::uint64_t block_size(const ir::TypeTable& types, ir::TypeId pointee) {
    const std::uint64_t size = types.size_of(pointee);
    if (size == 0) return bytes_of_nothing;
    return size * (types.is_scalar(pointee) ? elements : records);
}

ir::BytesInput string_choice() {
    ir::BytesInput string;
    string.maximum = longest_string;
    string.is_writable = true;
    return string;
}

ir::Input::Choice choice_of(const ir::TypeTable& types, ir::TypeId type) {
    if (types.fits_register(type) && types.is_integer(type)) return ir::IntegerInput{type, 0, -1};
    if (types.fits_register(type) && types.is_float(type)) return ir::FloatInput{type};
    ir::BytesInput block;
    block.is_terminated = block.without_nul = false;
    block.is_writable = true;
    block.plain = 0;
    const auto* pointer = types.get_if<ir::PointerType>(type);
    if (pointer != nullptr && is_foreign(types, pointer->pointee)) return ir::OpaqueInput{};
    block.minimum = block.maximum = pointer != nullptr ? block_size(types, pointer->pointee)
                                                       : types.size_of(type);  // a copy of what no register holds
    return block;
}

// Numbers, and strings that end. How large other blocks are, and what they lead to, is still what the caller says.
void choose_freely(ir::Input& input, const ir::TypeTable& types, ir::TypeId type) {
    const auto* pointer = types.get_if<ir::PointerType>(type);
    const bool is_string = pointer != nullptr && types.spelling(pointer->pointee) == "char";
    if (is_string) input.choice = string_choice();
    input.is_callers = !is_string && !types.is_integer(type) && !types.is_float(type);
}

}  // namespace

ir::FunctionId build_function_entry(ir::Program& program, const std::string& name, const std::string& function,
                                    const std::vector<ir::GlobalId>& written, bool takes_anything) {
    const auto found = program.functions_by_key.find(function);
    if (found == program.functions_by_key.end()) throw std::invalid_argument("no function " + function);
    const ir::Function& callee = program[found->second];
    const auto* type = program.types.get_if<ir::FunctionType>(callee.type);
    if (type == nullptr || callee.has_argument_block)
        throw std::invalid_argument(function + " takes no fixed arguments");
    const ir::FunctionType signature = *type;
    HarnessBuilder harness(program, name);
    ir::Call call;
    call.callee = found->second;
    call.result_type = signature.result;
    const bool is_void = program.types.get_if<ir::VoidType>(signature.result) != nullptr;
    if (!is_void && !program.types.fits_register(signature.result)) {
        const std::uint64_t size = program.types.size_of(signature.result);
        call.arguments.push_back(harness.zeroed_local(function + " result", signature.result, size));
        call.argument_types.push_back(harness.byte_pointer());
        call.result_type = program.types.void_type();
    }
    const std::size_t hidden = call.arguments.size();
    for (std::size_t i = 0; hidden + i < callee.parameter_count; ++i) {
        // A definition without a prototype has parameters that its type does not know.
        const bool is_known = i < signature.parameters.size();
        const ir::TypeId wanted = is_known ? signature.parameters[i] : callee.registers.at(hidden + i).type;
        ir::Input input;
        const std::string& spelled = callee.registers.at(hidden + i).name;
        input.name = spelled.empty() ? "argument " + std::to_string(i + 1) : spelled;
        input.choice = choice_of(program.types, wanted);
        if (std::holds_alternative<ir::OpaqueInput>(input.choice)) {
            throw std::invalid_argument(function + " takes an object that only others can make");
        }
        input.is_callers = true;
        if (takes_anything) choose_freely(input, program.types, wanted);
        if (program.types.fits_register(wanted)) {
            call.argument_types.push_back(wanted);
            call.arguments.push_back(harness.input(input));
        } else {
            call.argument_types.push_back(harness.byte_pointer());
            call.arguments.push_back(harness.input(input, program.types.pointer_to(wanted)));
        }
        if (program.types.is_long_double(wanted)) harness.make_long_double(call.arguments.back());
    }
    if (program.types.is_scalar(call.result_type)) call.result = harness.add_register(call.result_type);
    harness.add(std::move(call));
    const ir::FunctionId id = harness.finish();
    program[id].has_unknown_caller = true;
    program[id].open_globals = written;
    return id;
}

}  // namespace gnomon::explore
