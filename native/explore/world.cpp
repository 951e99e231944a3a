#include "explore/world.h"

#include <unistd.h>

#include <algorithm>
#include <fstream>

#include "shadow/operands.h"

namespace gnomon::explore {

namespace {

constexpr unsigned most_trials = 4;  // to confirm what one demand asks

std::uint64_t resident_bytes() {
    std::ifstream statistics("/proc/self/statm");
    std::uint64_t total = 0, resident = 0;
    statistics >> total >> resident;
    return resident * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

bool looks_at_offset(const shadow::Expression& expression) {
    return std::ranges::any_of(expression.nodes, [](const shadow::Node& node) {
        return node.op == shadow::Operator::field && node.field == shadow::Field::pointer_offset;
    });
}

solver::Variable choice_of_caller(const std::string& name) {
    solver::Variable variable;
    variable.name = name;
    variable.is_callers = true;
    variable.width = 1;
    variable.maximum = 1;
    return variable;
}

World::Clock::duration seconds(double count) {
    return std::chrono::duration_cast<World::Clock::duration>(std::chrono::duration<double>(count));
}

}  // namespace

World::World(const ir::Program& program, const slice::Slice* slice, std::span<const shadow::Obligation> obligations,
             const shadow::Table& table, const Budget& budget, solver::Backend& backend,
             const std::atomic<bool>& cancelled)
    : program(program),
      slice(slice),
      table(table),
      budget(budget),
      cancelled(cancelled),
      begin(Clock::now()),
      deadline(begin + seconds(budget.seconds)),
      solver(expressions, backend, budget.solver_milliseconds, deadline, cancelled),
      joins(program),
      reach_(program),
      resident_at_begin_(resident_bytes()),
      no_shadow_(expressions.constant(0, 8)) {
    scalars.reserve(program.types.size());
    for (std::uint32_t type = 0; type < program.types.size(); ++type)
        scalars.push_back(ir::scalar_of(program.types, ir::TypeId{type}));
    for (const shadow::Obligation& obligation : obligations) {
        asked_.emplace(obligation, verdicts.size());
        verdicts.push_back({obligation, Answer::undecided, "", {}});
    }
    for (const shadow::Demand& demand : table.demands) watched_[static_cast<std::size_t>(demand.event)] = true;
    for (const shadow::Update& update : table.updates) watched_[static_cast<std::size_t>(update.event)] = true;
    for (std::size_t layer = 0; layer < table.layers.size(); ++layer) {
        if (!table.layers[layer].is_in_memory) in_memory_ &= static_cast<std::uint8_t>(~(1u << layer));
    }
    for (const shadow::Demand& demand : table.demands) {
        operands_.push_back(shadow::operands_of(demand.predicate));
        if (!demand.functions.empty() || !looks_at_offset(demand.predicate)) continue;
        demands_bounds_of_loads = demands_bounds_of_loads || demand.event == shadow::Event::load;
        demands_bounds_of_stores = demands_bounds_of_stores || demand.event == shadow::Event::store;
    }
}

const std::vector<std::uint32_t>& World::demands_at(ir::Site site) {
    const auto found = demands_.find(site.function);
    if (found != demands_.end()) return found->second[site.index];
    const auto made = demands_.emplace(site.function, shadow::demands_of(program, program[site.function], table));
    return made.first->second[site.index];
}

Verdict* World::verdict_of(ir::Site site, std::uint32_t demand) {
    const auto found = asked_.find({site, demand});
    return found == asked_.end() ? nullptr : &verdicts[found->second];
}

Expression World::variable_of(const InputKey& key, const solver::Variable& variable) {
    Expression& node = inputs_[key];
    if (node == nullptr) node = expressions.variable(variable);
    return node;
}

Expression World::integer_input(ir::Site site, std::uint32_t occurrence, const ir::Input& input, ir::Scalar type) {
    const auto& choice = std::get<ir::IntegerInput>(input.choice);
    solver::Variable variable;
    variable.name = input.name;
    variable.is_callers = input.is_callers;
    variable.width = type.bits;
    variable.is_signed = type.is_signed;
    const bool is_any = type.is_signed
                            ? choice.minimum > choice.maximum
                            : static_cast<std::uint64_t>(choice.minimum) > static_cast<std::uint64_t>(choice.maximum);
    const solver::Bits whole = solver::mask(type.bits);
    const auto bits = [whole](ir::Wide value) { return static_cast<solver::Bits>(value) & whole; };
    const bool is_unbounded = is_any || (choice.minimum == 0 && choice.maximum == -1);
    variable.minimum = bits(is_unbounded ? ir::minimum_of(type) : ir::Wide{choice.minimum});
    variable.maximum = bits(is_unbounded ? ir::maximum_of(type) : ir::Wide{choice.maximum});
    if (!is_unbounded && (type.is_signed ? choice.minimum > 0 : choice.minimum != 0)) {
        variable.preferred = variable.minimum;
    } else if (!is_unbounded && type.is_signed && choice.maximum < 0) {
        variable.preferred = variable.maximum;
    }
    return variable_of({site, occurrence, 0}, variable);
}

Expression World::float_input(ir::Site site, std::uint32_t occurrence, const ir::Input& input, unsigned bits) {
    solver::Variable variable;
    variable.name = input.name;
    variable.is_callers = input.is_callers;
    variable.width = static_cast<std::uint16_t>(bits);
    variable.maximum = solver::mask(bits);
    return variable_of({site, occurrence, 0}, variable);
}

Expression World::null_choice(ir::Site site, std::uint32_t occurrence, const ir::Input& input) {
    solver::Variable variable;
    variable.name = input.name + " is null";
    variable.is_callers = input.is_callers;
    variable.width = 1;
    variable.maximum = 1;
    return variable_of({site, occurrence, 1}, variable);
}

Expression World::as_shadow(Expression is_chosen) {
    solver::Bits layers = 0;
    for (const shadow::Update& update : table.updates)
        if (update.event == shadow::Event::input) layers |= solver::Bits{1} << update.layer;
    return expressions.choose(is_chosen, expressions.constant(layers, 8), no_shadow_);
}

Expression World::callers_shadow(ir::Site site, std::uint32_t occurrence, const ir::Input& input) {
    return as_shadow(variable_of({site, occurrence, 2}, choice_of_caller(input.name + " has a shadow")));
}

std::shared_ptr<InputBytes> World::bytes_input(ir::Site site, std::uint32_t occurrence, const ir::Input& input,
                                               const ir::BytesInput& choice) {
    // Where the code computes the length, each length has bytes of its own.
    const auto part = choice.size ? static_cast<std::uint32_t>(choice.maximum) : 0;
    std::shared_ptr<InputBytes>& bytes = bytes_[{site, occurrence, part}];
    if (bytes != nullptr) return bytes;
    bytes = std::make_shared<InputBytes>();
    bytes->site = site;
    bytes->occurrence = occurrence;
    bytes->name = input.name;
    bytes->is_terminated = choice.is_terminated;
    bytes->without_nul = choice.without_nul;
    bytes->is_ascii = choice.is_ascii;
    bytes->is_callers = input.is_callers;
    bytes->plain = choice.plain;
    bytes->is_line = choice.is_line;
    bytes->is_word = choice.is_word;
    bytes->length = size_constant(choice.minimum);
    if (choice.minimum == choice.maximum) return bytes;
    solver::Variable variable;
    variable.name = input.name + " length";
    variable.is_callers = input.is_callers;
    variable.width = 64;
    variable.minimum = choice.minimum;
    variable.maximum = choice.maximum;
    variable.preferred = choice.minimum;
    bytes->length = variable_of({site, occurrence, 0}, variable);
    return bytes;
}

namespace {

solver::Variable byte_description(const InputBytes& input, const std::string& place) {
    solver::Variable variable;
    variable.name = input.name + "[" + place + "]";
    variable.width = 8;
    variable.minimum = input.is_word ? '!' : input.without_nul ? 1 : 0;
    variable.maximum = input.is_ascii ? 0x7f : 0xff;
    variable.preferred = input.plain;
    variable.is_callers = input.is_callers;
    if (input.is_line) --variable.maximum, --variable.preferred;
    return variable;
}

}  // namespace

// Of a line, every byte but the newline: one more from there on.
Expression World::as_byte(const InputBytes& input, Expression variable) {
    if (!input.is_line) return variable;
    const Expression is_before = expressions.unsigned_less(variable, expressions.constant('\n', 8));
    return expressions.choose(is_before, variable, expressions.add(variable, expressions.constant(1, 8)));
}

Expression World::byte_of(InputBytes& input, std::uint64_t index) {
    ChosenByte& byte = input.bytes[index];
    if (byte.value != nullptr) return byte.value;
    byte.variable = expressions.variable(byte_description(input, std::to_string(index)));
    return byte.value = as_byte(input, byte.variable);
}

Expression World::any_byte_of(const std::shared_ptr<InputBytes>& input, Expression offset) {
    Expression& byte = any_bytes_[{input.get(), offset}];
    if (byte == nullptr) byte = as_byte(*input, expressions.variable(byte_description(*input, "...")));
    return byte;
}

Expression World::anything(unsigned width, solver::Bits minimum, solver::Bits maximum, solver::Bits preferred,
                           bool is_signed) {
    solver::Variable variable;
    variable.name = "turns";
    variable.width = static_cast<std::uint16_t>(width);
    variable.is_signed = is_signed;
    variable.minimum = minimum;
    variable.maximum = maximum;
    variable.preferred = preferred;
    return expressions.variable(variable);
}

std::shared_ptr<InputBytes> World::open_state(ir::GlobalId global) {
    if (!std::ranges::binary_search(open_globals, global)) return nullptr;
    std::shared_ptr<InputBytes>& state = open_states_[global];
    if (state != nullptr) return state;
    state = std::make_shared<InputBytes>();
    state->name = program[global].name;
    state->is_callers = true;
    state->plain = 0;
    state->length = size_constant(program[global].size);
    const bool has_shadow = watches(shadow::Event::input);
    state->shadow =
        has_shadow ? as_shadow(expressions.variable(choice_of_caller(state->name + " has a shadow"))) : no_shadow_;
    return state;
}

bool World::depends_on_caller(Expression expression) {
    return std::ranges::any_of(solver.variables_of(expression),
                               [this](std::uint32_t variable) { return expressions.variables()[variable].is_callers; });
}

bool World::may_meet(const State& state, const shadow::Obligation& obligation) {
    return shadow::is_asked_later(table.demands[obligation.demand].event) || reach_.may_reach(state, obligation.site);
}

void World::note_lost_path(const State& state, const std::string& reason) {
    std::vector<ir::Site> stack;
    for (const auto& frame : state.frames) stack.push_back({frame->id, frame->next});
    for (const ir::FunctionId later : state.deferred) stack.push_back({later, 0});
    if (!lost_stacks_.insert(std::move(stack)).second) return;
    for (Verdict& verdict : verdicts) {
        if (verdict.answer != Answer::undecided || !verdict.reason.empty()) continue;
        if (may_meet(state, verdict.obligation)) verdict.reason = reason;
    }
}

void World::leave_open_here(ir::Site site, const std::string& reason) {
    for (Verdict& verdict : verdicts) {
        const bool is_here = verdict.obligation.site == site && verdict.answer == Answer::undecided;
        if (is_here && verdict.reason.empty()) verdict.reason = reason;
    }
}

void World::note_all_lost(const std::string& reason) {
    for (Verdict& verdict : verdicts) {
        if (verdict.answer == Answer::undecided && verdict.reason.empty()) verdict.reason = reason;
    }
}

bool World::is_over() const { return cancelled.load(std::memory_order_relaxed) || Clock::now() >= deadline; }

bool World::is_out_of_memory() const { return resident_bytes() > resident_at_begin_ + budget.memory_mb * 1024 * 1024; }

bool World::may_decide(const State& state) {
    return std::ranges::any_of(verdicts, [&](const Verdict& verdict) {
        return verdict.answer == Answer::undecided && may_meet(state, verdict.obligation);
    });
}

bool World::is_all_decided() const {
    return std::ranges::all_of(verdicts, [](const Verdict& verdict) { return verdict.answer != Answer::undecided; });
}

std::set<ir::FunctionId> World::looked_at() const {
    std::set<ir::FunctionId> functions = reach_.looked_at();
    functions.insert(entered.begin(), entered.end());
    functions.insert(called.begin(), called.end());
    return functions;
}

// First briefly, which says how fast this machine is; then for as long as there is time.
interp::Outcome World::run_in_time(const std::vector<interp::ChosenInput>& inputs) const {
    constexpr std::uint64_t trial = 1'000'000;
    interp::Limits limits;
    const std::uint64_t most = std::exchange(limits.instructions, trial);
    const auto start = Clock::now();
    interp::Outcome outcome = interp::run(program, entry, inputs, table, limits, false);
    if (outcome.ending != interp::Ending::out_of_budget) return outcome;
    const auto now = Clock::now();
    const double trials_left = std::chrono::duration<double>(deadline - now) / (now - start);
    if (trials_left <= 1) return outcome;
    limits.instructions = static_cast<std::uint64_t>(std::min(0.8 * trials_left * trial, static_cast<double>(most)));
    return interp::run(program, entry, inputs, table, limits, false);
}

bool World::wants_latent(const Verdict& verdict) const {
    if (!budget.keeps_latent || is_approximating() || !verdict.inputs.empty()) return false;
    const auto tried = trials_.find(verdict.obligation);
    return tried == trials_.end() || tried->second < most_trials;
}

std::vector<std::uint32_t> World::open_variables() const {
    std::vector<std::uint32_t> found;
    for (const auto& [global, state] : open_states_) {
        for (const auto& [index, byte] : state->bytes)
            found.push_back(static_cast<std::uint32_t>(byte.variable->constant));
    }
    return found;
}

// By running the whole program, a few times for each. What fails inside of a model counts for the call.
bool World::confirms(const shadow::Obligation& obligation, const std::vector<interp::ChosenInput>& inputs) {
    if (is_over() || trials_[obligation]++ >= most_trials) return false;
    const interp::Outcome outcome = run_in_time(inputs);
    called.insert(outcome.called.begin(), outcome.called.end());
    const auto is_meant = [&](const interp::Failure& failure) {
        const auto blamed = std::ranges::find_if(failure.stack.rbegin(), failure.stack.rend(),
                                                 [this](ir::Site site) { return !program[site.function].is_model; });
        return failure.demand == obligation.demand && blamed != failure.stack.rend() && *blamed == obligation.site;
    };
    if (outcome.failure) return is_meant(*outcome.failure);
    return std::ranges::any_of(outcome.left, is_meant);
}

}  // namespace gnomon::explore
