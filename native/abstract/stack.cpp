#include "abstract/stack.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <map>
#include <ranges>
#include <set>
#include <tuple>
#include <utility>

#include "abstract/circles.h"
#include "ir/semantics.h"

namespace gnomon::abstract {

namespace {

constexpr std::uint64_t unbounded = std::numeric_limits<std::uint64_t>::max();

std::uint64_t sum(std::uint64_t a, std::uint64_t b) { return a > unbounded - b ? unbounded : a + b; }

// Who calls whom. Calls through pointers go by way of a node for each way to call: it leads to all functions that fit
// and whose address somebody takes.
class Calls {
  public:
    Calls(const ir::Program& program, const ir::AllMentions& mentions)
        : program_(program), callees_(program.functions.size()) {
        for (const ir::Global& global : program.globals)
            for (const ir::Relocation& relocation : global.relocations)
                if (const auto* target = std::get_if<ir::FunctionId>(&relocation.target)) addressed_.insert(*target);
        for (std::size_t i = 0; i < mentions.size(); ++i)
            addressed_.insert(mentions[i].addressed.begin(), mentions[i].addressed.end());
        for (std::uint32_t caller = 0; caller < mentions.size(); ++caller) {
            for (const ir::FunctionId callee : mentions[caller].called)
                callees_[caller].push_back(static_cast<std::uint32_t>(callee));
            for (const std::uint32_t index : mentions[caller].indirect_calls) {
                const auto way = way_of(std::get<ir::Call>(program.functions[caller].code[index].operation));
                callees_[caller].push_back(way);  // a new way has moved them
            }
        }
    }

    // By node; functions come first.
    const std::vector<std::vector<std::uint32_t>>& callees() const { return callees_; }

  private:
    // That a call needs, as far as call_fits() looks at it.
    using Way = std::tuple<std::vector<ir::TypeId>, std::size_t, ir::TypeId, bool>;

    std::uint32_t way_of(const ir::Call& call) {
        const Way way{call.argument_types, call.arguments.size(), call.result_type, call.result.has_value()};
        const auto [known, is_new] = ways_.try_emplace(way, static_cast<std::uint32_t>(callees_.size()));
        if (!is_new) return known->second;
        std::vector<std::uint32_t>& fitting = callees_.emplace_back();
        for (const ir::FunctionId function : addressed_)
            if (program_[function].has_body && ir::call_fits(program_, call, program_[function]))
                fitting.push_back(static_cast<std::uint32_t>(function));
        return known->second;
    }

    const ir::Program& program_;
    std::vector<std::vector<std::uint32_t>> callees_;
    std::set<ir::FunctionId> addressed_;
    std::map<Way, std::uint32_t> ways_;  // to their nodes
};

std::uint64_t frames_of(const std::vector<std::uint32_t>& circle, const ir::PerFunction<std::uint64_t>& frames,
                        const std::vector<std::vector<std::uint32_t>>& callees) {
    std::uint64_t largest = 0;
    for (const std::uint32_t node : circle)
        if (node < frames.size()) largest = std::max(largest, frames[node]);
    const bool is_recursive =
        circle.size() > 1 || std::ranges::find(callees[circle[0]], circle[0]) != callees[circle[0]].end();
    if (!is_recursive) return largest;
    return largest > unbounded / ir::deepest_calls ? unbounded : largest * ir::deepest_calls;
}

}  // namespace

std::uint64_t frame_size(const ir::Function& function) {
    if (!function.has_frame()) return 0;
    for (const ir::Instruction& instruction : function.code) {
        const auto* enter = std::get_if<ir::EnterLocal>(&instruction.operation);
        if (enter != nullptr && (enter->size || enter->is_alloca)) return unbounded;
    }
    std::uint64_t size = 0;
    for (const ir::Local& local : function.locals) size = sum(size, local.size);
    return size;
}

StackBounds::StackBounds(const ir::Program& program, const ir::AllMentions& mentions,
                         const ir::PerFunction<std::uint64_t>& frames) {
    const Calls calls(program, mentions);
    const std::vector<std::vector<std::uint32_t>>& callees = calls.callees();
    bounds_.resize(callees.size());
    const std::vector<std::vector<std::uint32_t>> found = circles(callees);
    for (const std::vector<std::uint32_t>& circle : found | std::views::reverse) {
        std::uint64_t bound = 0;
        for (const std::uint32_t node : circle) bound = std::max(bound, bounds_[node]);  // of those that call it
        bound = sum(bound, frames_of(circle, frames, callees));
        for (const std::uint32_t node : circle) bounds_[node] = bound;
        for (const std::uint32_t node : circle)
            for (const std::uint32_t callee : callees[node]) bounds_[callee] = std::max(bounds_[callee], bound);
    }
}

std::optional<std::uint64_t> StackBounds::of(ir::FunctionId function) const {
    const std::uint64_t bound = bounds_[static_cast<std::size_t>(function)];
    return bound > std::uint64_t{1} << 62 ? std::nullopt : std::optional(std::bit_ceil(bound));
}

}  // namespace gnomon::abstract
