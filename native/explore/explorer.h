// Symbolic execution of a slice from an entry: which obligations can fail, and on which inputs.
#pragma once

#include <atomic>
#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "interp/interpreter.h"
#include "ir/program.h"
#include "shadow/obligations.h"
#include "slice/slice.h"
#include "solver/backend.h"

namespace gnomon::explore {

struct Budget {
    double seconds = 2.0;
    std::uint64_t instructions = 20'000'000;
    std::uint64_t paths = 20'000;
    std::uint64_t memory_mb = 1024;
    std::uint32_t solver_milliseconds = 500;  // for one query
    bool keeps_latent = false;                // of a latent failure, the inputs are wanted
};

enum class Answer : std::uint8_t { proved, refuted, undecided };

struct Verdict {
    shadow::Obligation obligation;
    Answer answer = Answer::undecided;
    std::string reason;                       // undecided: "budget", "not modelled: calls qsort", "solver"
    std::vector<interp::ChosenInput> inputs;  // refuted, or latent and kept: to be confirmed by the interpreter
    bool is_latent = false;                   // not refuted: fails for some callers, should there be such
    bool is_handed_on = false;                // a block that it is about outlives a function whose callers nobody knows
};

struct Statistics {
    std::uint64_t instructions = 0, paths = 0, states = 0;
    std::uint64_t solver_queries = 0, solver_cache_hits = 0;
    double solver_seconds = 0, seconds = 0;
};

struct Exploration {
    std::vector<Verdict> verdicts;  // one per obligation asked, in the order asked
    Statistics statistics;
    std::set<ir::FunctionId> entered;  // by some path
    // All whose code, or whose having none, was looked at: while these stay as they are, and what variables hold at
    // first, the same is found again.
    std::set<ir::FunctionId> looked_at;
    bool is_cut_short = false;  // there was no time for paths that were left, whatever else left obligations open
};

// Explores `entry` (a function without parameters), skipping what `slice` does not keep (null: nothing is skipped).
// A demand raised inside a model function counts for the innermost call site outside models (see obligations.h).
// Demands that were not asked for are still assumed once passed: a path on which another demand fails must fail there
// in reality, so that path ends. Proved means: exhausted, and no path ended unmodelled before the site could be passed.
Exploration explore(const ir::Program& program, ir::FunctionId entry, const slice::Slice* slice,
                    std::span<const shadow::Obligation> obligations, const shadow::Table& table, const Budget& budget,
                    solver::Backend& backend, const std::atomic<bool>& cancelled);

}  // namespace gnomon::explore
