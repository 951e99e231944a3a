#include "solver/query.h"

#include <algorithm>
#include <unordered_set>

#include "solver/intervals.h"
#include "solver/walk.h"

namespace gnomon::solver {

namespace {

constexpr std::size_t models_kept = 16;
constexpr std::size_t most_choices = 6;    // that the solver for small questions is quick at
constexpr std::size_t most_scalings = 16;  // whose circuits it writes down without a look at the clock

bool intersects(const std::vector<std::uint32_t>& left, const std::vector<std::uint32_t>& right) {
    auto a = left.begin();
    auto b = right.begin();
    while (a != left.end() && b != right.end()) {
        if (*a == *b) return true;
        *a < *b ? ++a : ++b;
    }
    return false;
}

std::shared_ptr<const Model> updated(const Model& known, const Model::Assignment& changes) {
    return std::make_shared<Model>(known, changes);
}

}  // namespace

struct Solver::Asking {
    Asking(const Expressions& expressions, z3::context& context)
        : translator(expressions, context), incremental(context) {}
    Translator translator;
    z3::solver incremental;  // the quickest on the small questions that are the rule

    // For many choices, products and floats: a new one each time, because after the first push Z3 drops the tactics
    // that are good at them.
    z3::solver once(Theory theory) {
        return z3::solver(translator.context(), theory == Theory::floats ? "QF_BVFP" : "QF_BV");
    }
};

Solver::Solver(const Expressions& expressions, Backend& backend, std::uint32_t query_milliseconds,
               Clock::time_point deadline, const std::atomic<bool>& cancelled)
    : expressions_(expressions),
      backend_(backend),
      query_milliseconds_(query_milliseconds),
      deadline_(deadline),
      cancelled_(cancelled) {}

Solver::~Solver() = default;

const std::vector<std::uint32_t>& Solver::variables_of(Expression expression) {
    if (const auto found = variables_.find(expression->id); found != variables_.end()) return found->second;
    std::unordered_set<std::uint32_t> seen;
    std::vector<std::uint32_t> variables;
    visit_children_first(
        expression, [&](Expression node) { return node->is_constant() || seen.contains(node->id); },
        [&](Expression node) {
            seen.insert(node->id);
            if (node->kind == Kind::variable) variables.push_back(static_cast<std::uint32_t>(node->constant));
        });
    std::ranges::sort(variables);
    return variables_.emplace(expression->id, std::move(variables)).first->second;
}

Solver::Theory Solver::theory_of(Expression expression) {
    if (const auto found = theories_.find(expression->id); found != theories_.end()) return found->second;
    Theory theory = Theory::sums;
    std::size_t choices = 0, scalings = 0;
    std::unordered_set<std::uint32_t> seen;
    visit_children_first(
        expression, [&](Expression node) { return node->is_constant() || seen.contains(node->id); },
        [&](Expression node) {
            seen.insert(node->id);
            if (node->kind >= Kind::float_add) theory = Theory::floats;
            choices += node->kind == Kind::if_then_else ? 1 : 0;
            if (choices > most_choices) theory = std::max(theory, Theory::choices);
            const bool is_scaled = node->kind == Kind::multiply && node->children[1]->is_constant();
            const bool is_product = !is_scaled && node->kind >= Kind::multiply && node->kind <= Kind::signed_remainder;
            scalings += is_scaled ? 1 : 0;
            if (is_product || scalings > most_scalings) theory = std::max(theory, Theory::products);
        });
    theories_.emplace(expression->id, theory);
    return theory;
}

// The condition and the constraints that it is connected with by variables. Bound: constraints squared.
Solver::Question Solver::relevant(std::span<const Expression> path, Expression condition) {
    Question question{condition, {condition}, variables_of(condition)};
    std::vector<Expression> rest(path.begin(), path.end());
    for (bool has_grown = true; has_grown;) {
        has_grown = false;
        std::erase_if(rest, [&](Expression constraint) {
            const auto& variables = variables_of(constraint);
            if (!intersects(variables, question.variables)) return false;
            question.constraints.push_back(constraint);
            std::vector<std::uint32_t> joined;
            std::ranges::set_union(question.variables, variables, std::back_inserter(joined));
            if (joined.size() != question.variables.size()) has_grown = true;
            question.variables = std::move(joined);
            return true;
        });
    }
    std::ranges::sort(question.constraints, {}, &Node::id);
    const auto repeated = std::ranges::unique(question.constraints);
    question.constraints.erase(repeated.begin(), repeated.end());
    return question;
}

// `known` with the changes, if the question holds under it. `known` satisfies all but the condition, so that only what
// looks at a changed variable has to be asked.
std::shared_ptr<const Model> Solver::changed(const Question& question, const Model& known, const Assignment& changes) {
    auto model = updated(known, changes);
    if (!model->satisfies(question.condition)) return nullptr;
    const auto holds = [&](Expression constraint) {
        const auto& variables = variables_of(constraint);
        const bool is_concerned = std::ranges::any_of(
            changes, [&](const auto& change) { return std::ranges::binary_search(variables, change.first); });
        return !is_concerned || model->satisfies(constraint);
    };
    return std::ranges::all_of(question.constraints, holds) ? model : nullptr;
}

std::shared_ptr<const Model> Solver::try_earlier(const Question& question, const Model& known) {
    for (const Assignment& assignment : recent_) {
        Assignment wanted;
        for (const auto& [variable, value] : assignment) {
            if (std::ranges::binary_search(question.variables, variable)) wanted.emplace_back(variable, value);
        }
        if (wanted.empty()) continue;
        if (auto model = changed(question, known, wanted)) return model;
    }
    return nullptr;
}

// A condition that looks at one or two inputs often holds beside a number that it mentions, or beside what its other
// side is now: `i < length` does for length = i + 1. Bound: a few dozen trials.
std::shared_ptr<const Model> Solver::try_neighbours(const Question& question, const Model& known) {
    constexpr std::size_t most_numbers = 6, most_variables = 2;
    const std::vector<std::uint32_t>& variables = variables_of(question.condition);
    if (variables.size() > most_variables) return nullptr;
    std::unordered_set<std::uint32_t> seen;
    std::vector<Bits> numbers;
    visit_children_first(
        question.condition, [&](Expression node) { return seen.contains(node->id) || numbers.size() >= most_numbers; },
        [&](Expression node) {
            seen.insert(node->id);
            if (node->is_constant() && node->width > 1) numbers.push_back(node->constant);
            if (node->kind != Kind::signed_less && node->kind != Kind::unsigned_less && node->kind != Kind::equal)
                return;
            for (const Expression side : {node->children[0], node->children[1]}) {
                if (!side->is_constant() && side->width > 1) numbers.push_back(known.evaluate(side));
            }
        });
    for (const std::uint32_t index : variables) {
        const Variable& variable = expressions_.variables()[index];
        for (const Bits number : numbers) {
            for (const Bits value : {number, number + 1, number - 1}) {
                const Bits bits = value & mask(variable.width);
                if (!is_in_range(variable, bits)) continue;
                if (auto model = changed(question, known, {{index, bits}})) return model;
            }
        }
    }
    return nullptr;
}

// Inputs of few values: all there are. Nothing where there are too many. Bound: most_values trials.
std::optional<Reply> Solver::try_all(const Question& question, const Model& known) {
    constexpr Bits most_values = 256;
    Bits values = 1;
    for (const std::uint32_t index : question.variables) {
        const Variable& variable = expressions_.variables()[index];
        const Bits more = (variable.maximum - variable.minimum) & mask(variable.width);
        if (more >= most_values) return std::nullopt;
        values *= more + 1;
        if (values > most_values) return std::nullopt;
    }
    for (Bits number = 0; number < values; ++number) {
        Assignment chosen;
        Bits rest = number;
        for (const std::uint32_t index : question.variables) {
            const Variable& variable = expressions_.variables()[index];
            const Bits count = ((variable.maximum - variable.minimum) & mask(variable.width)) + 1;
            chosen.emplace_back(index, (variable.minimum + rest % count) & mask(variable.width));
            rest /= count;
        }
        if (auto model = changed(question, known, chosen)) return Reply{Result::satisfiable, std::move(model)};
    }
    return Reply{Result::unsatisfiable, nullptr};
}

// Where Z3 is slow, the ends of the variables' ranges and the smallest numbers often settle it: for one variable, then
// for two together. Bound: 36 trials, and 108 with at most three variables.
std::shared_ptr<const Model> Solver::try_boundaries(const Question& question, const Model& known) {
    constexpr std::size_t most_variables = 6, most_for_pairs = 3;
    if (question.variables.size() > most_variables) return nullptr;
    Assignment singles;
    for (const std::uint32_t index : question.variables) {
        const Variable& variable = expressions_.variables()[index];
        const Bits whole = mask(variable.width);
        for (const Bits value : {Bits{2}, whole, Bits{1}, variable.minimum, variable.maximum, Bits{0}}) {
            if (is_in_range(variable, value & whole)) singles.emplace_back(index, value & whole);
        }
    }
    for (const auto& single : singles) {
        if (auto model = changed(question, known, {single})) return model;
    }
    if (question.variables.size() > most_for_pairs) return nullptr;
    for (auto first = singles.begin(); first != singles.end(); ++first) {
        for (auto second = first + 1; second != singles.end(); ++second) {
            if (second->first == first->first) continue;
            if (auto model = changed(question, known, {*first, *second})) return model;
        }
    }
    return nullptr;
}

// Bound: as long as a question that is easy for Z3 takes it.
Solver::Answer Solver::try_walk(const Question& question, const Model& known) {
    constexpr std::size_t most_variables = 24, most_nodes = 500'000;
    if (question.variables.empty() || question.variables.size() > most_variables || is_over()) return {};
    auto assignment = walk(expressions_, question.constraints, question.variables, known, most_nodes);
    if (!assignment) return {};
    ++statistics_.walk_hits;
    return {Result::satisfiable, std::move(*assignment), true};
}

// Products and floats left out: what is impossible without them is impossible, and what is possible may suit them.
std::optional<Reply> Solver::try_without_hard(const Question& question, const std::shared_ptr<const Model>& known) {
    if (theory_of(question.condition) >= Theory::products) return std::nullopt;
    std::vector<Expression> easy;
    for (const Expression constraint : question.constraints) {
        if (constraint != question.condition && theory_of(constraint) < Theory::products) easy.push_back(constraint);
    }
    Reply reply = possible(easy, question.condition, known);
    if (reply.result == Result::unsatisfiable) return reply;
    const auto holds = [&reply](Expression constraint) { return reply.model->satisfies(constraint); };
    if (reply.result == Result::unknown || !std::ranges::all_of(question.constraints, holds)) return std::nullopt;
    return reply;
}

Reply Solver::possible(std::span<const Expression> path, Expression condition,
                       const std::shared_ptr<const Model>& known) {
    if (condition->is_constant()) {
        return condition->is_true() ? Reply{Result::satisfiable, known} : Reply{Result::unsatisfiable, nullptr};
    }
    ++statistics_.questions;
    if (known->satisfies(condition)) {
        ++statistics_.model_hits;
        return {Result::satisfiable, known};
    }
    if (Intervals(expressions_, path).truth(condition) == std::optional(false)) {
        ++statistics_.interval_hits;
        return {Result::unsatisfiable, nullptr};
    }
    const Question question = relevant(path, condition);
    Key key;
    for (const Expression constraint : question.constraints) key.push_back(constraint->id);
    const auto found = answers_.find(key);
    if (found != answers_.end() && found->second.result != Result::unknown) {
        ++statistics_.cache_hits;
        if (found->second.result == Result::unsatisfiable) return {Result::unsatisfiable, nullptr};
        return {Result::satisfiable, updated(*known, found->second.assignment)};
    }
    if (auto model = try_earlier(question, *known)) {
        ++statistics_.cache_hits;
        return {Result::satisfiable, std::move(model)};
    }
    if (auto model = try_neighbours(question, *known)) {
        ++statistics_.boundary_hits;
        return {Result::satisfiable, std::move(model)};
    }
    if (auto reply = try_all(question, *known)) {
        ++statistics_.boundary_hits;
        return *reply;
    }
    const bool is_hard =
        std::ranges::any_of(question.constraints, [this](Expression c) { return theory_of(c) >= Theory::products; });
    if (is_hard) {
        if (auto model = try_boundaries(question, *known)) {
            ++statistics_.boundary_hits;
            return {Result::satisfiable, std::move(model)};
        }
        if (auto reply = try_without_hard(question, known)) return *reply;
    }
    if (found != answers_.end()) return {};  // what is left to try would come to the same
    Answer answer = is_hard ? try_walk(question, *known) : Answer{};
    if (answer.result == Result::unknown) answer = ask(question);
    if (answer.is_final) answers_.emplace(std::move(key), answer);
    if (answer.result != Result::satisfiable) return {answer.result, nullptr};
    recent_.push_front(answer.assignment);
    if (recent_.size() > models_kept) recent_.pop_back();
    return {Result::satisfiable, updated(*known, answer.assignment)};
}

bool Solver::is_over() const { return Clock::now() >= deadline_ || cancelled_.load(std::memory_order_relaxed); }

Solver::Answer Solver::ask(const Question& question) {
    const auto begin = Clock::now();
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline_ - begin).count();
    if (left <= 0 || cancelled_.load(std::memory_order_relaxed)) return {};
    ++statistics_.solver_queries;
    const auto limit = std::min<std::int64_t>(left, query_milliseconds_);
    Answer answer;
    try {
        answer = check(question, static_cast<unsigned>(limit));
        // What the deadline cut short, or a cancellation, might have succeeded.
        answer.is_final = answer.result != Result::unknown || (limit == query_milliseconds_ && !is_over());
    } catch (const z3::exception&) {
        answer = {};  // Z3 gave up (memory, or a theory it lacks): the same as a time-out
        asking_.reset();
        backend_.drop();
    }
    statistics_.solver_seconds += std::chrono::duration<double>(Clock::now() - begin).count();
    return answer;
}

Solver::Answer Solver::check(const Question& question, unsigned milliseconds) {
    if (asking_ == nullptr) asking_ = std::make_unique<Asking>(expressions_, backend_.context());
    Translator& translator = asking_->translator;
    Theory theory = Theory::sums;
    for (const Expression constraint : question.constraints) theory = std::max(theory, theory_of(constraint));
    const bool is_small = theory == Theory::sums;
    z3::solver solver = is_small ? asking_->incremental : asking_->once(theory);
    solver.set("timeout", milliseconds);
    if (is_small) solver.push();
    Answer answer;
    for (const Expression constraint : question.constraints) solver.add(translator.translate(constraint));
    for (const std::uint32_t variable : question.variables) {
        solver.add(translator.range_of(expressions_.variables()[variable]));
    }
    const z3::check_result result = solver.check();
    if (result == z3::unsat) answer.result = Result::unsatisfiable;
    if (result == z3::sat) {
        answer.result = Result::satisfiable;
        const z3::model model = solver.get_model();
        for (const std::uint32_t variable : question.variables) {
            answer.assignment.emplace_back(variable, translator.value_in(model, expressions_.variables()[variable]));
        }
    }
    if (is_small) solver.pop();
    return answer;
}

}  // namespace gnomon::solver
