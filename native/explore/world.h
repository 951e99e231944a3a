// What all paths of one exploration share.
#pragma once

#include <array>
#include <chrono>
#include <map>
#include <set>
#include <span>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "explore/explorer.h"
#include "explore/joins.h"
#include "explore/reach.h"
#include "explore/state.h"
#include "ir/semantics.h"
#include "solver/query.h"

namespace gnomon::explore {

class World {
  public:
    using Clock = std::chrono::steady_clock;

    World(const ir::Program& program, const slice::Slice* slice, std::span<const shadow::Obligation> obligations,
          const shadow::Table& table, const Budget& budget, solver::Backend& backend,
          const std::atomic<bool>& cancelled);

    const ir::Program& program;
    const slice::Slice* slice;
    const shadow::Table& table;
    const Budget& budget;
    const std::atomic<bool>& cancelled;
    const Clock::time_point begin;
    const Clock::time_point deadline;
    solver::Expressions expressions;
    solver::Solver solver;
    std::vector<ir::Scalar> scalars;  // by type
    Statistics statistics;
    std::set<ir::FunctionId> entered;  // functions, by some path
    std::set<ir::FunctionId> called;   // on some path, or by the interpreter; also those without a body
    std::vector<Verdict> verdicts;

    ir::FunctionId entry{};
    std::span<const ir::GlobalId> open_globals;  // of the entry
    JoinTable joins;
    LoopTable* loops = nullptr;   // set while many turns are passed at once
    bool reads_decimals = false;  // may take texts for numbers as a whole
    bool meets_decimals = false;  // there were such texts
    // Paths stand for more than real runs, one by one: what fails on them has to be run.
    bool is_approximating() const { return loops != nullptr || reads_decimals; }
    const std::string turns_before = "what earlier turns wrote";
    bool is_cut_short = false;     // paths were left when time was up
    bool rests_on_caller = false;  // something in a block that a caller handed over was used
    bool watches(shadow::Event event) const { return watched_[static_cast<std::size_t>(event)]; }  // by some rule

    bool demands_bounds_of_loads = false, demands_bounds_of_stores = false;  // some rule looks at the offset

    // The demands that apply at an instruction. Key: its function; dropped with the world.
    const std::vector<std::uint32_t>& demands_at(ir::Site site);
    const std::vector<std::uint32_t>& demands_at(const Frame& frame, std::uint32_t index) {
        return demands_at({frame.id, index});
    }
    std::uint8_t operands_of(std::uint32_t demand) const { return operands_[demand]; }  // that it looks at
    Verdict* verdict_of(ir::Site site, std::uint32_t demand);                           // null: not asked

    // Inputs are the same variables on every path that takes the same occurrence of them.
    Expression integer_input(ir::Site site, std::uint32_t occurrence, const ir::Input& input, ir::Scalar type);
    Expression float_input(ir::Site site, std::uint32_t occurrence, const ir::Input& input, unsigned bits);
    Expression null_choice(ir::Site site, std::uint32_t occurrence, const ir::Input& input);
    // Some of what rules about inputs give, or nothing, as the caller chooses.
    Expression callers_shadow(ir::Site site, std::uint32_t occurrence, const ir::Input& input);
    std::shared_ptr<InputBytes> bytes_input(ir::Site site, std::uint32_t occurrence, const ir::Input& input,
                                            const ir::BytesInput& choice);
    // What code that ran before the entry left in a global; null: what its initialiser says.
    std::shared_ptr<InputBytes> open_state(ir::GlobalId global);
    Expression byte_of(InputBytes& input, std::uint64_t index);
    // A value that nobody chooses; minimum and maximum in the signedness given.
    Expression anything(unsigned width, solver::Bits minimum, solver::Bits maximum, solver::Bits preferred,
                        bool is_signed = false);
    Expression any_byte_of(const std::shared_ptr<InputBytes>& input, Expression offset);  // inside, at some place
    Expression anything(unsigned width) { return anything(width, 0, solver::mask(width), 0); }

    Expression no_shadow() const { return no_shadow_; }
    std::uint8_t layers_in_memory() const { return in_memory_; }
    Expression size_constant(std::uint64_t value) { return expressions.constant(value, 64); }
    Value plain(Expression bits) const { return {bits, no_shadow_, ObjectId::none}; }
    Value plain(std::uint64_t bits, unsigned width) { return plain(expressions.constant(bits, width)); }

    // A path could not be followed to its end: what it could still have reached stays undecided, for the first reason.
    void note_lost_path(const State& state, const std::string& reason);
    void leave_open_here(ir::Site site, const std::string& reason);
    void note_all_lost(const std::string& reason);

    std::string why_unknown() const { return is_over() ? "budget" : "solver"; }  // of a query without an answer
    bool depends_on_caller(Expression expression);  // on an input that a caller nobody knows chose
    bool is_over() const;                           // cancelled, or past the deadline
    bool is_out_of_memory() const;                  // by the growth of the process
    bool is_all_decided() const;
    std::set<ir::FunctionId> looked_at() const;  // functions that had a say in all of this
    bool may_decide(const State& state);         // the path can still come to something that is not decided
    bool confirms(const shadow::Obligation& obligation, const std::vector<interp::ChosenInput>& inputs);
    bool wants_latent(const Verdict& verdict) const;    // inputs for which a caller would see it fail
    std::vector<std::uint32_t> open_variables() const;  // for what other code left in globals
    std::set<std::vector<ir::Site>> exchange_losses(std::set<std::vector<ir::Site>> known) {
        return std::exchange(lost_stacks_, std::move(known));
    }

  private:
    using InputKey = std::tuple<ir::Site, std::uint32_t, std::uint32_t>;  // site, occurrence, which part

    bool may_meet(const State& state, const shadow::Obligation& obligation);
    interp::Outcome run_in_time(const std::vector<interp::ChosenInput>& inputs) const;
    Expression as_byte(const InputBytes& input, Expression variable);
    Expression as_shadow(Expression is_chosen);
    Expression variable_of(const InputKey& key, const solver::Variable& variable);

    std::map<InputKey, Expression> inputs_;                                      // dropped with the world
    std::map<InputKey, std::shared_ptr<InputBytes>> bytes_;                      // dropped with the world
    std::map<std::pair<const InputBytes*, Expression>, Expression> any_bytes_;   // by offset; dropped with the world
    std::map<ir::GlobalId, std::shared_ptr<InputBytes>> open_states_;            // dropped with the world
    std::map<ir::FunctionId, std::vector<std::vector<std::uint32_t>>> demands_;  // dropped with the world
    std::map<shadow::Obligation, unsigned> trials_;                              // to confirm; by what is asked
    std::map<shadow::Obligation, std::size_t> asked_;                            // index into verdicts
    Reach reach_;
    std::set<std::vector<ir::Site>> lost_stacks_;      // whose loss is noted; dropped with the world
    std::vector<std::uint8_t> operands_;               // by demand
    std::array<bool, shadow::event_count> watched_{};  // by event
    std::uint8_t in_memory_ = 0xff;                    // the layers whose bits memory carries
    std::uint64_t resident_at_begin_ = 0;
    Expression no_shadow_ = nullptr;
};

}  // namespace gnomon::explore
