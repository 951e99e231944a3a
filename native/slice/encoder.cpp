#include "slice/encoder.h"

#include <algorithm>

namespace gnomon::slice {

void Encoder::function(ir::FunctionId id, const Layout& layout) {
    function_ = &program_[id];
    layout_ = &layout;
    registers_.assign(function_->registers.size(), 0);
    locals_.assign(function_->locals.size(), 0);
    registers_met_ = locals_met_ = 0;
    mention(id);
    type(function_->type);
    number(function_->is_model << 1 | function_->has_unknown_caller);
    number(function_->parameter_count);
    number(function_->has_argument_block);
    for (std::uint32_t parameter = 0; parameter < function_->parameter_count; ++parameter)
        reg(static_cast<ir::RegisterId>(parameter));
    number(layout.lines().size());
    for (const Layout::Line& line : layout.lines()) {
        if (line.index == Layout::jump) {
            number(Layout::jump);
            number(layout.line_of(static_cast<ir::BlockId>(line.target)));
            continue;
        }
        const ir::Operation& operation = function_->code[line.index].operation;
        number(operation.index());
        std::visit(*this, operation);
    }
}

void Encoder::mention(ir::FunctionId id) {
    if (id == entry_) return digest_.text("");
    const ir::Function& function = program_[id];
    digest_.text(function.key);
    number(function.has_body | slice_.functions.contains(id) << 1 | function.is_model << 2);
    if (function.has_body) return;
    digest_.text(function.why_no_body);
    const auto row = program_.externals.find(function.name);
    if (row == program_.externals.end()) return number(-1);
    number(row->second.result);
    number(row->second.argument);
}

void Encoder::type(ir::TypeId id) {
    const auto [found, is_new] = types_.try_emplace(static_cast<std::uint32_t>(id), 0);
    if (is_new) {
        Digest digest;
        digest.text(program_.types.spelling(id));
        digest.number(program_.types.size_of(id));
        found->second = digest.value();
    }
    digest_.number(found->second);
}

void Encoder::reg(ir::RegisterId id) {
    std::uint32_t& known = registers_[static_cast<std::size_t>(id)];
    const bool is_new = known == 0;
    if (is_new) known = ++registers_met_;
    number(known);
    if (!is_new) return;
    const ir::Register& description = function_->registers[static_cast<std::size_t>(id)];
    type(description.type);
    number(description.starts_undefined);
}

void Encoder::op(const ir::Operand& operand) {
    number(operand.is_constant());
    if (operand.is_register()) return reg(operand.as_register());
    number(operand.bits());
}

void Encoder::op(const std::optional<ir::Operand>& operand) {
    number(operand.has_value());
    if (operand) op(*operand);
}

void Encoder::local(ir::LocalId id) {
    std::uint32_t& known = locals_[static_cast<std::size_t>(id)];
    const bool is_new = known == 0;
    if (is_new) known = ++locals_met_;
    number(known);
    if (!is_new) return;
    const ir::Local& description = function_->locals[static_cast<std::size_t>(id)];
    type(description.type);
    number(description.size);
}

// With its initial contents where it is met first.
void Encoder::global(ir::GlobalId id) {
    const auto [found, is_new] = globals_.try_emplace(static_cast<std::uint32_t>(id), globals_.size());
    number(found->second);
    if (!is_new) return;
    const ir::Global& global = program_[id];
    digest_.text(global.is_string_literal ? std::string_view() : std::string_view(global.key));
    type(global.type);
    number(global.size);
    const bool is_open = std::ranges::binary_search(program_[entry_].open_globals, id);
    number(global.is_constant | global.is_string_literal << 1 | global.is_defined << 2 | global.is_opaque << 3 |
           is_open << 4);
    digest_.text(global.why_not_initialised);
    digest_.text({reinterpret_cast<const char*>(global.bytes.data()), global.bytes.size()});
    number(global.relocations.size());
    for (const ir::Relocation& relocation : global.relocations) {
        number(relocation.offset);
        number(relocation.addend);
        number(relocation.target.index());
        if (const auto* function = std::get_if<ir::FunctionId>(&relocation.target)) {
            mention(*function);
        } else {
            this->global(std::get<ir::GlobalId>(relocation.target));
        }
    }
}

void Encoder::operator()(const ir::Move& i) { reg(i.result), op(i.value), type(i.type); }

void Encoder::operator()(const ir::Unary& i) { reg(i.result), number(i.op), op(i.value), type(i.type); }

void Encoder::operator()(const ir::Binary& i) {
    reg(i.result), number(i.op), op(i.left), op(i.right), type(i.type), type(i.right_type);
}

void Encoder::operator()(const ir::Cast& i) {
    reg(i.result), op(i.value), type(i.from), type(i.to), number(i.is_explicit);
}

void Encoder::operator()(const ir::AddressOfLocal& i) { reg(i.result), local(i.local); }
void Encoder::operator()(const ir::AddressOfGlobal& i) { reg(i.result), global(i.global); }
void Encoder::operator()(const ir::AddressOfFunction& i) { reg(i.result), mention(i.function); }
void Encoder::operator()(const ir::FieldAddress& i) { reg(i.result), op(i.base), number(i.byte_offset); }

void Encoder::operator()(const ir::ElementAddress& i) {
    reg(i.result), op(i.base), op(i.index), type(i.index_type), type(i.element), number(i.is_negated);
}

void Encoder::operator()(const ir::PointerDifference& i) { reg(i.result), op(i.left), op(i.right), type(i.element); }
void Encoder::operator()(const ir::EnterLocal& i) { local(i.local), op(i.size), number(i.is_alloca); }
void Encoder::operator()(const ir::LeaveLocal& i) { local(i.local); }
void Encoder::operator()(const ir::Load& i) { reg(i.result), op(i.pointer), type(i.type), bits(i.bits), view(i.view); }
void Encoder::operator()(const ir::Store& i) { op(i.pointer), op(i.value), type(i.type), bits(i.bits), view(i.view); }
void Encoder::operator()(const ir::CopyBytes& i) { op(i.to), op(i.from), op(i.size); }
void Encoder::operator()(const ir::FillBytes& i) { op(i.to), op(i.byte), op(i.size); }

void Encoder::operator()(const ir::CallIntrinsic& i) {
    number(i.result.has_value());
    if (i.result) reg(*i.result);
    number(i.intrinsic);
    for (const ir::Operand& argument : i.arguments) op(argument);
    if (ir::names_type(i)) type(i.type);
}

void Encoder::operator()(const ir::Call& i) {
    number(i.result.has_value());
    if (i.result) reg(*i.result);
    number(i.callee.index());
    if (const auto* direct = std::get_if<ir::FunctionId>(&i.callee)) {
        mention(*direct);
    } else {
        op(std::get<ir::Operand>(i.callee));
    }
    number(i.arguments.size());
    for (const ir::Operand& argument : i.arguments) op(argument);
    for (const ir::TypeId argument : i.argument_types) type(argument);
    type(i.result_type);
    number(i.is_deferred);
}

void Encoder::operator()(const ir::Input& i) {
    reg(i.result);
    digest_.text(i.name);
    op(i.subject), op(i.number);
    number(i.choice.index() << 1 | i.is_callers);
    if (const auto* integer = std::get_if<ir::IntegerInput>(&i.choice))
        type(integer->type), number(integer->minimum), number(integer->maximum);
    if (const auto* floating = std::get_if<ir::FloatInput>(&i.choice)) type(floating->type);
    const auto* bytes = std::get_if<ir::BytesInput>(&i.choice);
    if (bytes == nullptr) return;
    number(bytes->minimum), number(bytes->maximum), number(bytes->plain);
    number(bytes->is_terminated | bytes->without_nul << 1 | bytes->may_be_null << 2 | bytes->is_writable << 3 |
           bytes->is_ascii << 4 | bytes->is_line << 5 | bytes->is_word << 6);
    op(bytes->size);
    number(bytes->length_result.has_value());
    if (bytes->length_result) reg(*bytes->length_result);
}

void Encoder::operator()(const ir::Branch& i) { op(i.condition), type(i.type), target(i.if_true), target(i.if_false); }

void Encoder::operator()(const ir::Switch& i) {
    op(i.value), type(i.type), number(i.cases.size());
    for (const auto& [value, block] : i.cases) number(value), target(block);
    target(i.otherwise);
}

void Encoder::operator()(const ir::Return& i) { op(i.value); }
void Encoder::operator()(const ir::NotModelled& i) { digest_.text(i.reason); }

}  // namespace gnomon::slice
