// Questions to the solver: is a condition possible on a path? Most are answered without Z3.
//
// The order: constants; the path's own model; intervals; constraints that share no variable with the question are left
// out; the cache of earlier answers; earlier models tried on the question; numbers that it mentions; for products and
// floats, the ends of ranges, the question without them, and a local search (walk.h); Z3.
#pragma once

#include <atomic>
#include <chrono>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "solver/backend.h"
#include "solver/model.h"
#include "solver/translate.h"

namespace gnomon::solver {

enum class Result : std::uint8_t { satisfiable, unsatisfiable, unknown };

struct Reply {
    Result result = Result::unknown;
    std::shared_ptr<const Model> model;  // satisfiable: satisfies the path and the condition
};

struct QueryStatistics {
    std::uint64_t questions = 0;       // that constants did not settle
    std::uint64_t model_hits = 0;      // settled by the path's model
    std::uint64_t cache_hits = 0;      // settled by earlier answers or models
    std::uint64_t interval_hits = 0;   // settled by ranges
    std::uint64_t boundary_hits = 0;   // settled by numbers that the question mentions, or the ends of ranges
    std::uint64_t walk_hits = 0;       // settled by the local search
    std::uint64_t solver_queries = 0;  // that reached Z3
    double solver_seconds = 0;
};

class Solver {
  public:
    using Clock = std::chrono::steady_clock;

    // No query runs longer than `query_milliseconds`, nor past `deadline`.
    Solver(const Expressions& expressions, Backend& backend, std::uint32_t query_milliseconds,
           Clock::time_point deadline, const std::atomic<bool>& cancelled);
    ~Solver();

    // `known` satisfies every constraint of `path`.
    Reply possible(std::span<const Expression> path, Expression condition, const std::shared_ptr<const Model>& known);

    const QueryStatistics& statistics() const { return statistics_; }

    // The variables of an expression, in ascending order.
    const std::vector<std::uint32_t>& variables_of(Expression expression);

  private:
    struct Asking;                                                         // of Z3, in the terms of these expressions
    enum class Theory : std::uint8_t { sums, choices, products, floats };  // the hardest part of a question
    using Key = std::vector<std::uint32_t>;  // ids of the constraints asked together, in ascending order
    using Assignment = Model::Assignment;
    struct Answer {
        Result result = Result::unknown;
        Assignment assignment;
        bool is_final = false;  // asking again would take as long, and come to the same
    };
    struct Question {
        Expression condition = nullptr;
        std::vector<Expression> constraints;  // the condition among them
        std::vector<std::uint32_t> variables;
    };

    Question relevant(std::span<const Expression> path, Expression condition);
    Theory theory_of(Expression expression);
    std::shared_ptr<const Model> changed(const Question& question, const Model& known, const Assignment& changes);
    std::shared_ptr<const Model> try_earlier(const Question& question, const Model& known);
    std::shared_ptr<const Model> try_neighbours(const Question& question, const Model& known);
    std::optional<Reply> try_all(const Question& question, const Model& known);
    std::shared_ptr<const Model> try_boundaries(const Question& question, const Model& known);
    Answer try_walk(const Question& question, const Model& known);
    std::optional<Reply> try_without_hard(const Question& question, const std::shared_ptr<const Model>& known);
    bool is_over() const;
    Answer ask(const Question& question);
    Answer check(const Question& question, unsigned milliseconds);

    const Expressions& expressions_;
    Backend& backend_;
    std::uint32_t query_milliseconds_;
    Clock::time_point deadline_;
    const std::atomic<bool>& cancelled_;
    std::unique_ptr<Asking> asking_;  // made by the first query
    std::map<Key, Answer> answers_;   // never dropped: expressions live as long as the solver
    std::deque<Assignment> recent_;   // the latest models of Z3, at most 16
    std::map<std::uint32_t, std::vector<std::uint32_t>> variables_;  // by node id; never dropped
    std::map<std::uint32_t, Theory> theories_;                       // by node id of constraints; never dropped
    QueryStatistics statistics_;
};

}  // namespace gnomon::solver
