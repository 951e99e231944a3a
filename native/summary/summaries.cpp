#include "summary/summaries.h"

#include <algorithm>
#include <ranges>

#include "abstract/circles.h"
#include "ir/semantics.h"
#include "summary/digest.h"

namespace gnomon::summary {

namespace {

using Circles = std::vector<std::vector<std::uint32_t>>;

// What the rows of functions without bodies say.
Outcome outcome_of(const ir::External& row) {
    using Result = ir::External::Result;
    Outcome outcome;
    if (row.result == Result::argument) outcome.argument = row.argument;
    const bool is_zero = row.result == Result::null || row.result == Result::zero;
    if (!is_zero && row.result != Result::opaque) return outcome;
    if (is_zero) outcome.result.number = abstract::exactly(0);
    outcome.result.is_nonnull = !is_zero;
    outcome.result.shadow = 0;
    return outcome;
}

}  // namespace

Summaries::Summaries(const ir::Program& program, const ir::AllMentions& mentions, const shadow::Table& table)
    : program_(program), mentions_(mentions), rules_(table), models_(program, rules_, *this) {}

void Summaries::changed(ir::FunctionId function) {
    own_effects_.changed(function);
    frames_.changed(function);
}

void Summaries::refresh(const std::set<ir::FunctionId>& open, const std::set<std::string>& included) {
    note_changes();
    effects_.emplace(mentions_, own_effects_);
    stack_.emplace(program_, mentions_, frames_);
    Circles callees(summaries_.size());
    for (std::size_t i = 0; i < summaries_.size(); ++i) {
        if (!is_summarised(i)) continue;
        for (const ir::FunctionId callee : mentions_[i].called)
            callees[i].push_back(static_cast<std::uint32_t>(callee));
    }
    const Circles circles = abstract::circles(callees);
    bottom_up(circles);
    top_down(circles, internal_functions(program_, mentions_, open, included));
}

// Models are followed call by call, and the engine's own harnesses are nobody's.
bool Summaries::is_summarised(std::size_t function) const {
    const ir::Function& looked_at = program_.functions[function];
    return looked_at.has_body && !looked_at.is_model && !looked_at.is_harness;
}

void Summaries::note_changes() {
    const auto effect = [this](ir::FunctionId f) { return abstract::own_effect(program_, program_[f]); };
    own_effects_.refresh(program_, effect);
    frames_.refresh(program_, [this](ir::FunctionId f) { return abstract::frame_size(program_[f]); });
    summaries_.resize(program_.functions.size());
    std::size_t loaded = 0;
    for (std::size_t i = 0; i < summaries_.size(); ++i) {
        loaded += program_.functions[i].is_model && program_.functions[i].has_body;
        if (summaries_[i].version == mentions_.version(i)) continue;
        summaries_[i] = Summary{};
        summaries_[i].version = mentions_.version(i);
    }
    if (loaded != loaded_) models_.clear();
    loaded_ = loaded;
}

// Functions of a circle know nothing of each other.
void Summaries::bottom_up(const Circles& circles) {
    is_under_way_.assign(summaries_.size(), false);
    for (const std::vector<std::uint32_t>& circle : circles) {
        for (const std::uint32_t member : circle) is_under_way_[member] = true;
        for (const std::uint32_t member : circle) {
            if (!is_summarised(member)) continue;
            Summary& summary = summaries_[member];
            const std::uint64_t rests_on = digest_of_surroundings(member);
            if (summary.rests_on == rests_on) continue;
            const auto id = static_cast<ir::FunctionId>(member);
            summary.plain = look(id, {}, shadow::obligations(program_, id, rules_.table));
            summary.called.reset();
            summary.assumption = {};
            summary.rests_on = rests_on;
        }
        for (const std::uint32_t member : circle) is_under_way_[member] = false;
    }
}

void Summaries::top_down(const Circles& circles, const std::vector<bool>& is_internal) {
    std::vector<Common> handed(summaries_.size());
    for (const std::vector<std::uint32_t>& circle : circles | std::views::reverse) {
        for (const std::uint32_t member : circle) {
            if (!is_summarised(member)) continue;
            Summary& summary = summaries_[member];
            const std::vector<ir::FunctionId>& called = mentions_[member].called;
            const bool calls_itself = std::ranges::find(called, static_cast<ir::FunctionId>(member)) != called.end();
            const bool is_in_circle = circle.size() > 1 || calls_itself;
            Assumption assumption;
            if (is_internal[member] && !is_in_circle) assumption = {true, handed[member].take()};
            if (assumption != summary.assumption) {
                summary.called.reset();
                const bool may_tell_more = !summary.plain.open.empty() || !summary.plain.passed.empty();
                if (assumption != Assumption{} && may_tell_more) {
                    std::vector<shadow::Obligation> asked = summary.plain.held;
                    asked.insert(asked.end(), summary.plain.open.begin(), summary.plain.open.end());
                    summary.called = look(static_cast<ir::FunctionId>(member), assumption, std::move(asked));
                }
                summary.assumption = std::move(assumption);
            }
            for (const auto& [callee, arguments] : summary.last().passed) {
                const auto index = static_cast<std::size_t>(callee);
                if (is_internal[index]) handed[index].add(arguments);
            }
        }
    }
}

Forward Summaries::look(ir::FunctionId function, const Assumption& assumption,
                        std::vector<shadow::Obligation> obligations) const {
    return forward({program_, function, *this, rules_, stack_->of(function)}, assumption, std::move(obligations));
}

const Forward& Summaries::of(ir::FunctionId function) const {
    return summaries_.at(static_cast<std::size_t>(function)).last();
}

std::uint64_t Summaries::digest_of(ir::FunctionId function) const {
    const Summary& summary = summaries_.at(static_cast<std::size_t>(function));
    return mixed(summary.rests_on.value_or(0), summary::digest_of(summary.assumption));
}

// Beside its own code, of which the version tells.
std::uint64_t Summaries::digest_of_surroundings(std::size_t function) const {
    std::uint64_t digest =
        mixed(summaries_[function].version, stack_->of(static_cast<ir::FunctionId>(function)).value_or(0));
    digest = mixed(digest, std::uint64_t{program_.has_counted_blocks} << 1 | std::uint64_t{program_.has_returned});
    for (const ir::FunctionId id : mentions_[function].called) {
        const auto callee = static_cast<std::size_t>(id);
        digest = mixed(digest, summary::digest_of(effects_->by_function()[callee]));
        digest = mixed(digest, static_cast<std::uint64_t>(program_[id].type) << 1 | program_[id].has_body);
        const bool is_known = is_summarised(callee) && !is_under_way_[callee];
        if (is_known) digest = mixed(digest, summary::digest_of(summaries_[callee].plain.outcome));
    }
    for (const ir::GlobalId global : mentions_[function].globals) {
        digest = mixed(digest, summary::digest_of(program_[global]));
    }
    return digest;
}

abstract::Effect Summaries::effect(const ir::Call& call) const { return effects_->of(call); }

Outcome Summaries::outcome(const ir::Call& call, std::span<const Facts> arguments) const {
    const auto* id = std::get_if<ir::FunctionId>(&call.callee);
    if (id == nullptr) return {};
    const ir::Function& callee = program_[*id];
    const auto row = program_.externals.find(callee.name);
    const bool is_row = !callee.has_body && callee.why_no_body.empty() && row != program_.externals.end();
    if (is_row) return outcome_of(row->second);
    if (!callee.has_body || !ir::call_fits(program_, call, callee)) return {};
    if (callee.is_model) return models_.outcome(*id, arguments);
    const auto index = static_cast<std::size_t>(*id);
    return is_summarised(index) && !is_under_way_[index] ? summaries_[index].plain.outcome : Outcome{};
}

bool Summaries::meets(const ir::Call& call, std::span<const Facts> arguments, std::uint32_t demand) const {
    const auto* id = std::get_if<ir::FunctionId>(&call.callee);
    if (id == nullptr || !program_[*id].has_body || !program_[*id].is_model) return true;
    return ir::call_fits(program_, call, program_[*id]) && models_.meets(*id, arguments, demand);
}

}  // namespace gnomon::summary
