#include "explore/witness.h"

#include <algorithm>
#include <ranges>
#include <set>

namespace gnomon::explore {

using solver::Bits;
using solver::Model;
using solver::Result;
using solver::SignedBits;
using solver::Variable;

namespace {

constexpr unsigned queries_per_witness = 32;
constexpr std::chrono::milliseconds time_per_witness{100};

// Makes one variable after the other as plain as the others allow: lengths and numbers first, then bytes.
class Minimiser {
  public:
    Minimiser(World& world, const State& state, Expression failure, std::shared_ptr<const Model> model)
        : world_(world), expressions_(world.expressions), model_(std::move(model)), constraints_(state.path) {
        constraints_.push_back(failure);
    }

    void minimise(std::uint32_t variable) {
        const Variable& description = expressions_.variables()[variable];
        if (model_->value(variable) == description.preferred || try_value(variable, description.preferred)) return;
        if (description.width == 8 && !description.is_signed && description.preferred == 'a') {
            for (const char plain : {'A', '0', ' ', '.'}) {
                if (try_value(variable, static_cast<Bits>(plain))) return;
            }
            return;
        }
        approach(variable, description);
    }

    // At the cost of those that come later, which may take other values for it.
    void make_plain(std::uint32_t variable) {
        const Variable& description = expressions_.variables()[variable];
        const auto is_plain = [&] { return model_->value(variable) == description.preferred; };
        if (!is_plain() && may_ask()) restrict_to(variable, 0, 0);
        const Expression plain = expressions_.constant(description.preferred, description.width);
        if (is_plain()) constraints_.push_back(expressions_.equal(description.node, plain));
    }

    const Model& model() const { return *model_; }

  private:
    // By evaluation alone: the others keep their values.
    bool try_value(std::uint32_t variable, Bits value) {
        auto candidate = std::make_shared<Model>(*model_, Model::Assignment{{variable, value}});
        const std::vector<Expression> concerned_now = concerned(variable);
        if (!std::ranges::all_of(concerned_now, [&](Expression c) { return candidate->satisfies(c); })) return false;
        model_ = std::move(candidate);
        return true;
    }

    std::vector<Expression> concerned(std::uint32_t variable) {
        std::vector<Expression> found;
        for (const Expression constraint : constraints_) {
            const auto& variables = world_.solver.variables_of(constraint);
            if (std::ranges::binary_search(variables, variable)) {
                found.push_back(constraint);
            }
        }
        return found;
    }

    // The nearest value to the preferred one, by trying first, then by asking; negative numbers only when no positive
    // one is found.
    void approach(std::uint32_t variable, const Variable& description) {
        const Bits whole = solver::mask(description.width);
        const Bits half = whole / 2;
        const auto distance = [&] { return (model_->value(variable) - description.preferred) & whole; };
        const bool may_be_below = description.is_signed;
        if (may_be_below && distance() > half) {
            if (!try_distances(variable, description, half, false)) restrict_to(variable, 0, half);
        }
        const bool is_below = may_be_below && distance() > half;
        const auto depth = [&] { return is_below ? (Bits{0} - distance()) & whole : distance(); };
        try_distances(variable, description, depth() - 1, is_below);
        Bits low = 1, high = depth();
        for (bool is_first = true; low < high && may_ask(); is_first = false) {
            // Is it the least already? Often, so that is asked first.
            const Bits middle = is_first ? high - 1 : std::min(low + (high - low) / 2, low * 16);
            const bool is_nearer =
                is_below ? restrict_to(variable, (Bits{0} - middle) & whole, whole) : restrict_to(variable, 0, middle);
            if (is_nearer) {
                high = depth();
            } else if (is_first) {
                return;
            } else {
                low = middle + 1;
            }
        }
    }

    // Powers of two, then between the last failure and the first success, as if the constraints were monotonous.
    bool try_distances(std::uint32_t variable, const Variable& description, Bits most, bool is_below) {
        const Bits whole = solver::mask(description.width);
        const auto try_distance = [&](Bits distance) {
            return try_value(variable,
                             (is_below ? description.preferred - distance : description.preferred + distance) & whole);
        };
        Bits high = 1, low = 0;
        while (high <= most && !try_distance(high)) {
            low = high;
            high *= 2;
        }
        if (high > most) {
            if (low >= most || !try_distance(most)) return false;
            high = most;
        }
        while (high - low > 1) {
            const Bits middle = low + (high - low) / 2;
            (try_distance(middle) ? high : low) = middle;
        }
        return true;
    }

    bool may_ask() const { return queries_ < queries_per_witness && World::Clock::now() - begin_ < time_per_witness; }

    // A model with low <= value - preferred <= high, unsigned, if there is one.
    bool restrict_to(std::uint32_t variable, Bits low, Bits high) {
        const Variable& description = expressions_.variables()[variable];
        const auto constant = [&](Bits value) { return expressions_.constant(value, description.width); };
        const Expression distance = expressions_.subtract(description.node, constant(description.preferred));
        const Expression wanted =
            expressions_.both(expressions_.bit_not(expressions_.unsigned_less(distance, constant(low))),
                              expressions_.bit_not(expressions_.unsigned_less(constant(high), distance)));
        ++queries_;
        const solver::Reply reply = world_.solver.possible(constraints_, wanted, model_);
        if (reply.result != Result::satisfiable) return false;
        model_ = reply.model;
        return true;
    }

    World& world_;
    solver::Expressions& expressions_;
    std::shared_ptr<const Model> model_;
    std::vector<Expression> constraints_;
    unsigned queries_ = 0;
    World::Clock::time_point begin_ = World::Clock::now();
};

std::uint32_t index_of(Expression variable) { return static_cast<std::uint32_t>(variable->constant); }

std::vector<std::uint8_t> bytes_of(const InputBytes& input, const Model& model) {
    const auto length = static_cast<std::uint64_t>(model.evaluate(input.length));
    std::vector<std::uint8_t> bytes(length, input.is_callers ? input.plain : 'a');
    for (const auto& [index, byte] : input.bytes) {
        if (index < length) bytes[index] = static_cast<std::uint8_t>(model.evaluate(byte.value));
    }
    return bytes;
}

// From its place on, the text is the number.
void write_decimals(const State& state, const InputBytes& input, const Model& model, std::vector<std::uint8_t>& bytes) {
    for (const DecimalText& text : state.decimals) {
        if (text.bytes.get() != &input) continue;
        const auto number = static_cast<std::int64_t>(model.evaluate(text.number));
        bytes.resize(text.index, input.plain);
        for (const char letter : std::to_string(number)) bytes.push_back(static_cast<std::uint8_t>(letter));
    }
}

void minimise_inputs(Minimiser& minimiser, const State& state) {
    std::vector<std::uint32_t> numbers, bytes;
    for (const DecimalText& text : state.decimals) numbers.push_back(index_of(text.number));
    for (const TakenInput& input : state.inputs) {
        if (input.bits != nullptr) numbers.push_back(index_of(input.bits));
        if (input.bytes == nullptr) continue;
        if (!input.bytes->length->is_constant()) numbers.insert(numbers.begin(), index_of(input.bytes->length));
        for (const auto& [index, byte] : input.bytes->bytes) bytes.push_back(index_of(byte.variable));
    }
    for (const std::uint32_t variable : numbers) minimiser.minimise(variable);
    for (const std::uint32_t variable : bytes) minimiser.minimise(variable);
}

// Zeros in blocks, from the end: the last bytes of a number are its largest digits.
void empty_blocks(Minimiser& minimiser, const State& state) {
    for (const TakenInput& input : state.inputs) {
        if (input.bytes == nullptr || !input.is_callers) continue;
        for (const auto& [index, byte] : std::views::reverse(input.bytes->bytes))
            minimiser.make_plain(index_of(byte.variable));
    }
}

template <class Wanted>
std::vector<interp::ChosenInput> chosen_inputs(const State& state, const Model& model, const Wanted& is_wanted) {
    std::vector<interp::ChosenInput> chosen;
    for (const TakenInput& input : state.inputs) {
        if (!is_wanted(input)) continue;
        interp::ChosenInput choice;
        choice.site = input.site;
        choice.occurrence = input.occurrence;
        choice.name = input.name;
        if (input.is_null) {
            choice.value = interp::NullChoice{};
        } else if (input.bytes != nullptr) {
            std::vector<std::uint8_t> bytes_chosen = bytes_of(*input.bytes, model);
            write_decimals(state, *input.bytes, model, bytes_chosen);
            choice.value = std::move(bytes_chosen);
        } else if (input.bits != nullptr) {
            choice.value = static_cast<std::uint64_t>(model.evaluate(input.bits));
        } else {
            continue;  // an opaque object: nothing to choose
        }
        chosen.push_back(std::move(choice));
    }
    return chosen;
}

// The variables that the path and the failure say anything of.
std::set<std::uint32_t> constrained(World& world, const State& state, Expression failure) {
    std::set<std::uint32_t> found;
    const auto note = [&](Expression constraint) {
        const auto& variables = world.solver.variables_of(constraint);
        found.insert(variables.begin(), variables.end());
    };
    std::ranges::for_each(state.path, note);
    note(failure);
    return found;
}

// What is in one, only the C library knows.
bool is_stream(const World& world, const TakenInput& input) {
    const std::vector<ir::Instruction>& harness = world.program[input.site.function].code;
    const ir::RegisterId made = std::get<ir::Input>(harness[input.site.index].operation).result;
    for (const ir::Instruction& instruction : harness) {
        const auto* call = std::get_if<ir::Call>(&instruction.operation);
        for (std::size_t i = 0; call != nullptr && i < call->arguments.size(); ++i) {
            if (!call->arguments[i].is_register() || call->arguments[i].as_register() != made) continue;
            const auto* pointer = world.program.types.get_if<ir::PointerType>(call->argument_types[i]);
            const auto* record =
                pointer != nullptr ? world.program.types.get_if<ir::RecordType>(pointer->pointee) : nullptr;
            return record != nullptr && (record->name == "struct _IO_FILE" || record->name == "struct __sFILE");
        }
    }
    return false;
}

}  // namespace

std::vector<interp::ChosenInput> simplest_inputs(World& world, const State& state, Expression failure,
                                                 std::shared_ptr<const Model> model) {
    Minimiser minimiser(world, state, failure, std::move(model));
    minimise_inputs(minimiser, state);
    return chosen_inputs(state, minimiser.model(), [](const TakenInput& input) { return !input.is_callers; });
}

std::vector<interp::ChosenInput> simplest_for_caller(World& world, const State& state, Expression failure,
                                                     std::shared_ptr<const Model> model, const InputBytes* block) {
    const std::set<std::uint32_t> used = constrained(world, state, failure);
    const auto is_used = [&used](Expression variable) {
        return !variable->is_constant() && used.contains(index_of(variable));
    };
    const auto is_dependent = [&](const TakenInput& input) {
        if (input.bits != nullptr) return is_used(input.bits);
        if (input.bytes == nullptr) return false;
        const auto is_byte_used = [&](const auto& known) { return is_used(known.second.variable); };
        return input.bytes.get() == block || is_used(input.bytes->length) ||
               std::ranges::any_of(input.bytes->bytes, is_byte_used);
    };
    const auto is_impossible = [&](const TakenInput& input) {
        return input.is_callers && is_dependent(input) && is_stream(world, input);
    };
    if (std::ranges::any_of(state.inputs, is_impossible)) return {};
    const auto is_from_caller = [&](const TakenInput& input) { return input.is_callers && is_dependent(input); };
    if (!std::ranges::any_of(state.inputs, is_from_caller)) return {};
    Minimiser minimiser(world, state, failure, std::move(model));
    // The run that confirms begins with what globals hold at first.
    for (const std::uint32_t variable : world.open_variables()) minimiser.minimise(variable);
    empty_blocks(minimiser, state);
    minimise_inputs(minimiser, state);
    return chosen_inputs(state, minimiser.model(),
                         [&](const TakenInput& input) { return !input.is_callers || is_dependent(input); });
}

}  // namespace gnomon::explore
