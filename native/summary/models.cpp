#include "summary/models.h"

namespace gnomon::summary {

namespace {

constexpr std::size_t most_followed = 20'000;
constexpr std::size_t largest = 200;      // instructions of a body that is followed for each call by itself
constexpr std::size_t deepest_calls = 8;  // of models by models

}  // namespace

Outcome Models::outcome(ir::FunctionId model, std::span<const Facts> arguments) {
    return follow(model, arguments).outcome;
}

bool Models::meets(ir::FunctionId model, std::span<const Facts> arguments, std::uint32_t demand) {
    const Followed& followed = follow(model, arguments);
    return followed.is_known && !followed.open.contains(demand);
}

// One that calls itself, or nests too deep, may do anything.
const Models::Followed& Models::follow(ir::FunctionId model, std::span<const Facts> arguments) {
    static const Followed unknown;
    if (under_way_.contains(model) || under_way_.size() >= deepest_calls) return unknown;
    Key key{model, {}};
    if (program_[model].code.size() <= largest) key.second.assign(arguments.begin(), arguments.end());
    if (const auto known = followed_.find(key); known != followed_.end()) return known->second;
    if (followed_.size() >= most_followed && under_way_.empty()) followed_.clear();
    under_way_.insert(model);
    const Subject subject{program_, model, callees_, rules_, std::nullopt};
    const Forward result = forward(subject, {false, key.second}, shadow::raised(program_, model, rules_.table));
    under_way_.erase(model);
    Followed followed{result.outcome, {}, true};
    for (const shadow::Obligation& obligation : result.open) followed.open.insert(obligation.demand);
    return followed_.emplace(std::move(key), std::move(followed)).first->second;
}

}  // namespace gnomon::summary
