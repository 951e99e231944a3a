#include "explore/harness.h"

#include "ir/extended.h"

namespace gnomon::explore {

HarnessBuilder::HarnessBuilder(ir::Program& program, const std::string& name) : program_(program) {
    function_.name = name;
    function_.key = name;
    function_.is_harness = true;
    function_.type = program.types.intern(ir::FunctionType{program.types.void_type(), {}, false});
    byte_pointer_ = program.types.pointer_to(program.types.integer(8, false));
    size_type_ = program.types.integer(64, false);
    int_type_ = program.types.integer(32, true);
}

ir::RegisterId HarnessBuilder::add_register(ir::TypeId type, std::string name) {
    ir::Register description;
    description.type = type;
    description.name = std::move(name);
    function_.registers.push_back(std::move(description));
    return static_cast<ir::RegisterId>(function_.registers.size() - 1);
}

void HarnessBuilder::add(ir::Operation operation) { function_.code.push_back({{}, std::move(operation), {}}); }

void HarnessBuilder::end_block() {
    const auto end = static_cast<std::uint32_t>(function_.code.size());
    function_.blocks.push_back({block_begin_, end});
    block_begin_ = end;
}

void HarnessBuilder::go_on_if(ir::Operand condition, ir::TypeId type) {
    exits_.push_back(static_cast<std::uint32_t>(function_.code.size()));
    const auto next = static_cast<ir::BlockId>(function_.blocks.size() + 1);
    add(ir::Branch{condition, type, next, next});
    end_block();
}

void HarnessBuilder::begin_when(ir::Operand condition, ir::TypeId type) {
    when_ = static_cast<std::uint32_t>(function_.code.size());
    const auto next = static_cast<ir::BlockId>(function_.blocks.size() + 1);
    add(ir::Branch{condition, type, next, next});
    end_block();
}

void HarnessBuilder::end_when() {
    const auto next = static_cast<ir::BlockId>(function_.blocks.size() + 1);
    add(ir::Jump{next});
    end_block();
    std::get<ir::Branch>(function_.code[when_].operation).if_false = next;
}

ir::Operand HarnessBuilder::address_of_global(ir::GlobalId global) {
    const ir::RegisterId result = add_register(byte_pointer_);
    add(ir::AddressOfGlobal{result, global});
    return ir::Operand::of(result);
}

ir::Operand HarnessBuilder::address_of_function(ir::FunctionId function) {
    const ir::RegisterId result = add_register(byte_pointer_);
    add(ir::AddressOfFunction{result, function});
    return ir::Operand::of(result);
}

ir::Operand HarnessBuilder::zeroed_local(const std::string& name, ir::TypeId type, std::uint64_t size) {
    const auto local = static_cast<ir::LocalId>(function_.locals.size());
    function_.locals.push_back({name, type, size});
    const ir::RegisterId result = add_register(byte_pointer_);
    add(ir::EnterLocal{local, {}});
    add(ir::AddressOfLocal{result, local});
    add(ir::FillBytes{ir::Operand::of(result), ir::Operand::constant(0), ir::Operand::constant(size)});
    return ir::Operand::of(result);
}

ir::Operand HarnessBuilder::field_address(ir::Operand base, ir::TypeId record, std::uint32_t field) {
    const ir::Field description = program_.types.get_if<ir::RecordType>(record)->fields[field];
    // A bit field's address is that of its storage unit, which is aligned to its type.
    const std::uint64_t unit_bits = 8 * program_.types.size_of(description.type);
    const std::uint64_t begin_bits =
        description.bit_width == 0 ? description.offset_bits : description.offset_bits / unit_bits * unit_bits;
    const ir::RegisterId result = add_register(byte_pointer_);
    add(ir::FieldAddress{result, base, record, field, begin_bits / 8});
    return ir::Operand::of(result);
}

ir::Operand HarnessBuilder::byte_address(ir::Operand base, std::uint64_t offset) {
    const ir::RegisterId result = add_register(byte_pointer_);
    add(ir::ElementAddress{result, base, ir::Operand::constant(offset), size_type_, program_.types.integer(8, false),
                           false});
    return ir::Operand::of(result);
}

void HarnessBuilder::store(ir::Operand pointer, ir::Operand value, ir::TypeId type, ir::BitRange bits) {
    add(ir::Store{pointer, value, type, bits});
}

ir::TypeId HarnessBuilder::type_of_input(const ir::Input& input) {
    if (const auto* integer = std::get_if<ir::IntegerInput>(&input.choice)) return integer->type;
    if (const auto* floating = std::get_if<ir::FloatInput>(&input.choice)) return floating->type;
    return byte_pointer_;
}

ir::Operand HarnessBuilder::input(const ir::Input& input, std::optional<ir::TypeId> type) {
    ir::Input own = input;
    own.result = add_register(type.value_or(type_of_input(input)), input.name);
    if (auto* bytes = std::get_if<ir::BytesInput>(&own.choice); bytes != nullptr && bytes->length_result) {
        bytes->length_result = add_register(size_type_, input.name + " length");
    }
    const ir::Operand result = ir::Operand::of(own.result);
    add(std::move(own));
    return result;
}

ir::Operand HarnessBuilder::compare(ir::BinaryOperator op, ir::Operand left, ir::Operand right, ir::TypeId type) {
    const ir::RegisterId result = add_register(int_type_);
    add(ir::Binary{result, op, left, right, type, type});
    return ir::Operand::of(result);
}

ir::Operand HarnessBuilder::long_double(ir::Operand number) {
    const ir::TypeId high = program_.types.integer(16, false);
    const ir::Operand place = zeroed_local("long double", program_.types.floating(80), 16);
    const auto op = static_cast<std::uint64_t>(ir::ExtendedOperation::from_double);
    const ir::Operand zero = ir::Operand::constant(0);
    for (const std::uint64_t part : {0U, 1U}) {
        const ir::RegisterId result = add_register(size_type_);
        add(ir::CallIntrinsic{result,
                              ir::Intrinsic::extended,
                              {ir::Operand::constant(op), ir::Operand::constant(part), number, zero, zero, zero}});
        store(byte_address(place, 8 * part), ir::Operand::of(result), part == 0 ? size_type_ : high);
    }
    return place;
}

// The integer bit says that the exponent is not zero.
void HarnessBuilder::make_long_double(ir::Operand any_bytes) {
    using ir::BinaryOperator;
    const auto compute = [this](ir::BinaryOperator op, ir::Operand left, std::uint64_t right) {
        const ir::RegisterId result = add_register(size_type_);
        add(ir::Binary{result, op, left, ir::Operand::constant(right), size_type_, size_type_});
        return ir::Operand::of(result);
    };
    const ir::RegisterId significand = add_register(size_type_), sign_exponent = add_register(size_type_);
    add(ir::Load{significand, any_bytes, size_type_, {}});
    add(ir::Load{sign_exponent, byte_address(any_bytes, 8), size_type_, {}});
    const ir::Operand exponent =
        compute(BinaryOperator::bit_and, ir::Operand::of(sign_exponent), ir::extended_sign - 1U);
    const ir::Operand is_there = compare(BinaryOperator::not_equal, exponent, ir::Operand::constant(0), size_type_);
    const ir::RegisterId flag = add_register(size_type_), whole = add_register(size_type_);
    add(ir::Cast{flag, is_there, int_type_, size_type_});
    const ir::Operand integer = compute(BinaryOperator::shift_left, ir::Operand::of(flag), 63);
    const ir::Operand fraction = compute(BinaryOperator::bit_and, ir::Operand::of(significand), ~std::uint64_t{0} >> 1);
    add(ir::Binary{whole, BinaryOperator::bit_or, fraction, integer, size_type_, size_type_});
    store(any_bytes, ir::Operand::of(whole), size_type_);
}

ir::FunctionId HarnessBuilder::finish() {
    add(ir::Jump{static_cast<ir::BlockId>(function_.blocks.size() + 1)});
    end_block();
    const auto last = static_cast<ir::BlockId>(function_.blocks.size());
    add(ir::Return{});
    end_block();
    for (const std::uint32_t index : exits_) std::get<ir::Branch>(function_.code[index].operation).if_false = last;
    function_.has_body = true;
    const ir::FunctionId id = program_.function(function_.key, function_.name);
    program_[id] = std::move(function_);
    return id;
}

}  // namespace gnomon::explore
