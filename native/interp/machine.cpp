#include "interp/machine.h"

#include <algorithm>

#include "shadow/obligations.h"
#include "shadow/operands.h"

namespace gnomon::interp {
namespace {

constexpr std::uint64_t short_run = 2000;  // instructions; runs that end before are not worth decoding for

std::string place_name(const ir::Program& program, ir::FunctionId function) {
    const ir::Function& f = program[function];
    return f.why_no_body.empty() ? "calls " + f.name : f.name + ": " + f.why_no_body;
}

}  // namespace

Machine::Machine(const ir::Program& program, const std::vector<ChosenInput>& inputs, const shadow::Table& table,
                 const Limits& limits, bool with_steps)
    : program_(program),
      table_(table),
      limits_(limits),
      with_steps_(with_steps),
      prepared_(program.functions.size()),
      called_(program.functions.size()),
      globals_(program.globals.size(), memory::no_object),
      functions_(program.functions.size(), memory::no_object),
      memory_(limits.memory_bytes),
      describer_(program, memory_, outcome_.inputs) {
    for (const ChosenInput& input : inputs) chosen_[{input.site, input.occurrence}] = input.value;
    scalars_.reserve(program.types.size());
    for (std::uint32_t i = 0; i < program.types.size(); ++i)
        scalars_.push_back(ir::scalar_of(program.types, ir::TypeId{i}));
    for (const shadow::Demand& demand : table.demands) operands_.push_back(shadow::operands_of(demand.predicate));
    for (const shadow::Update& update : table.updates) updates_[static_cast<std::size_t>(update.event)] = true;
    for (std::size_t kind = 0; kind < new_shadows_.size(); ++kind)
        new_shadows_[kind] = shadow_by_kind(static_cast<shadow::ObjectKind>(kind));
    for (std::size_t layer = 0; layer < table.layers.size(); ++layer)
        if (!table.layers[layer].is_in_memory) in_memory_ &= static_cast<std::uint8_t>(~(1u << layer));
}

Outcome Machine::run(ir::FunctionId entry) {
    try {
        if (!program_[entry].has_body) not_modelled(place_name(program_, entry));
        enter(entry, {}, std::nullopt);
        pc_ = 0;
        loop();
    } catch (const Stop& stop) {
        cut_short(stop.ending, stop.reason);
    } catch (const memory::OutOfMemory&) {
        cut_short(Ending::out_of_budget, "memory");
    }
    if (!frames_.empty()) outcome_.where = site();
    for (std::size_t i = 0; i < called_.size(); ++i)
        if (called_[i]) outcome_.called.push_back(static_cast<ir::FunctionId>(i));
    outcome_.steps = steps_.take();
    return std::move(outcome_);
}

void Machine::cut_short(Ending ending, const std::string& reason) {
    outcome_.ending = ending;
    outcome_.reason = reason;
    if (ending == Ending::out_of_budget) check_lost();
}

void Machine::loop() {
    while (is_running_) {
        if (!with_steps_ && outcome_.instructions > short_run) run_usual();
        if (++outcome_.instructions > limits_.instructions) throw Stop{Ending::out_of_budget, "instructions"};
        const ir::Instruction& instruction = function_->code[pc_];
        select_demands(pc_);
        next_ = pc_ + 1;
        try {
            if (with_steps_) {
                execute_with_steps(instruction);
            } else {
                std::visit([this](const auto& operation) { execute(operation); }, instruction.operation);
            }
        } catch (const Becomes& used) {
            begin_to_become(used.object);
        }
        pc_ = next_;
    }
}

void Machine::select_frame() {
    const Frame& frame = frames_.back();
    function_ = &program_[frame.function];
    current_ = prepared_[static_cast<std::size_t>(frame.function)].get();
    base_ = frame.registers;
}

Machine::Prepared& Machine::prepared(ir::FunctionId id) {
    auto& slot = prepared_[static_cast<std::size_t>(id)];
    if (slot) return *slot;
    slot = std::make_unique<Prepared>();
    const ir::Function& function = program_[id];
    const std::uint8_t undefined = shadow_of_new(shadow::ObjectKind::variable, 0, 0);
    slot->registers.resize(function.registers.size());
    for (std::size_t i = 0; i < function.registers.size(); ++i)
        if (function.registers[i].starts_undefined) slot->registers[i].shadow = undefined;
    slot->first.reserve(function.code.size() + 1);
    for (const std::vector<std::uint32_t>& applying : shadow::demands_of(program_, function, table_)) {
        slot->first.push_back(static_cast<std::uint32_t>(slot->demands.size()));
        slot->demands.insert(slot->demands.end(), applying.begin(), applying.end());
    }
    slot->first.push_back(static_cast<std::uint32_t>(slot->demands.size()));
    slot->checked_calls.resize(function.code.size());
    return *slot;
}

void Machine::enter(ir::FunctionId id, const std::vector<Value>& arguments, std::optional<ir::RegisterId> result) {
    if (frames_.size() >= limits_.call_depth) throw Stop{Ending::out_of_budget, "call depth"};
    if (!frames_.empty()) frames_.back().pc = pc_;
    called_[static_cast<std::size_t>(id)] = true;
    const Prepared& ready = prepared(id);
    const ir::Function& function = program_[id];
    frames_.push_back({id, 0, registers_.size(), locals_.size(), result, stack_size_});
    registers_.insert(registers_.end(), ready.registers.begin(), ready.registers.end());
    locals_.resize(locals_.size() + function.locals.size(), memory::no_object);
    select_frame();
    for (std::size_t i = 0; i < arguments.size() && i < function.parameter_count; ++i)
        registers_[base_ + i] = arguments[i];
    next_ = function.blocks[0].begin;
}

// The scope of every local that is still open ends with its frame.
void Machine::leave() {
    const Frame frame = frames_.back();
    for (std::size_t i = frame.locals; i < locals_.size(); ++i)
        if (memory::is_real(locals_[i]) && memory_[locals_[i]].is_alive) memory_.end_life(locals_[i]);
    stack_size_ = frame.stack_size;
    locals_.resize(frame.locals);
    registers_.resize(frame.registers);
    frames_.pop_back();
    select_frame();
    pc_ = frames_.back().pc;
    next_ = pc_ + 1;
}

void Machine::jump(ir::BlockId block) { next_ = function_->blocks[static_cast<std::size_t>(block)].begin; }

void Machine::execute(const ir::Branch& branch) {
    const Value condition = value(branch.condition);
    if (passes_open_assertion(branch, condition)) return;
    require_known(condition.shadow);
    const ir::Scalar type = scalar(branch.type);
    if (!type.is_supported()) not_modelled("a condition of type " + program_.types.spelling(branch.type));
    if (is_watched(shadow::Event::branch)) {
        Facts facts = facts_of(shadow::Event::branch);
        facts.type = facts.value_type = type;
        facts.value = condition;
        check(facts);
    }
    jump(ir::is_true(type, condition.bits) ? branch.if_true : branch.if_false);
}

void Machine::execute(const ir::Switch& choice) {
    const Value selected = value(choice.value);
    require_known(selected.shadow);
    if (is_watched(shadow::Event::branch)) {
        Facts facts = facts_of(shadow::Event::branch);
        facts.type = facts.value_type = scalar(choice.type);
        facts.value = selected;
        check(facts);
    }
    const std::uint64_t bits = selected.bits & scalar(choice.type).mask();
    const auto found =
        std::find_if(choice.cases.begin(), choice.cases.end(), [&](const auto& one) { return one.first == bits; });
    jump(found == choice.cases.end() ? choice.otherwise : found->second);
}

ir::Site Machine::user_site() const {
    ir::Site innermost = site();
    for (auto frame = frames_.rbegin(); frame != frames_.rend(); ++frame) {
        if (frame != frames_.rbegin()) innermost = {frame->function, frame->pc};
        if (!program_[frame->function].is_model) return innermost;
    }
    return innermost;
}

std::vector<ir::Site> Machine::stack() const {
    std::vector<ir::Site> sites;
    for (const Frame& frame : frames_) sites.push_back({frame.function, frame.pc});
    sites.back() = site();
    return sites;
}

}  // namespace gnomon::interp
