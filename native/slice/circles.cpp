// Variables of points-to that include each other around a circle.
#include <algorithm>

#include "slice/points_to.h"

namespace gnomon::slice {

PointsTo::Variable PointsTo::representative(Variable variable) const {
    while (representatives_[variable] != variable) {
        representatives_[variable] = representatives_[representatives_[variable]];  // shorter the next time
        variable = representatives_[variable];
    }
    return variable;
}

// Tarjan's algorithm without recursion: strongly connected components of who is copied to whom. Bound: the copies.
void PointsTo::collapse_circles() {
    constexpr std::uint32_t unseen = 0;
    struct Visit {
        Variable variable;
        std::size_t next;
    };
    std::vector<std::uint32_t> number(variables_.size(), unseen), lowest(variables_.size());
    std::vector<bool> is_open(variables_.size());
    std::vector<Variable> open;
    std::vector<Visit> pending;
    std::vector<std::vector<Variable>> circles;
    std::uint32_t numbered = 0;
    const auto begin = [&](Variable variable) {
        number[variable] = lowest[variable] = ++numbered;
        open.push_back(variable);
        is_open[variable] = true;
        pending.push_back({variable, 0});
    };
    for (Variable root = 0; root < variables_.size(); ++root) {
        if (representative(root) != root || number[root] != unseen) continue;
        begin(root);
        while (!pending.empty()) {
            auto& [variable, next] = pending.back();
            if (next < variables_[variable].copies.size()) {
                const Variable copy = representative(variables_[variable].copies[next++]);
                if (number[copy] == unseen) {
                    begin(copy);
                } else if (is_open[copy]) {
                    lowest[variable] = std::min(lowest[variable], number[copy]);
                }
                continue;
            }
            const Variable finished = variable;
            pending.pop_back();
            if (!pending.empty()) {
                const Variable parent = pending.back().variable;
                lowest[parent] = std::min(lowest[parent], lowest[finished]);
            }
            if (lowest[finished] != number[finished]) continue;
            auto first = open.end();
            while (*--first != finished) continue;
            if (open.end() - first > 1) circles.emplace_back(first, open.end());
            for (auto member = first; member != open.end(); ++member) is_open[*member] = false;
            open.erase(first, open.end());
        }
    }
    for (const std::vector<Variable>& circle : circles) merge(circle);
}

// The first one stands for all. What any of them holds is new to the others.
void PointsTo::merge(const std::vector<Variable>& circle) {
    const Variable kept = circle.front();
    std::vector<LocationIndex> held;
    for (const Variable member : circle) {
        Facts& facts = variables_[member];
        held.insert(held.end(), facts.all.begin(), facts.all.end());
        representatives_[member] = kept;
        if (member == kept) continue;
        Facts& mine = variables_[kept];
        const auto append = [](auto& to, auto& from) {
            to.insert(to.end(), from.begin(), from.end());
            from = {};
        };
        append(mine.copies, facts.copies);
        append(mine.moves, facts.moves);
        append(mine.scatters, facts.scatters);
        append(mine.loads, facts.loads);
        append(mine.stores, facts.stores);
        append(mine.calls, facts.calls);
        facts.all = {};
        facts.fresh = {};
    }
    std::vector<Variable>& copies = variables_[kept].copies;
    for (Variable& copy : copies) copy = representative(copy);
    std::ranges::sort(copies);
    const auto repeated = std::ranges::unique(copies);
    copies.erase(repeated.begin(), repeated.end());
    std::erase(copies, kept);
    variables_[kept].all.clear();
    variables_[kept].fresh.clear();
    for (const LocationIndex location : held) point(kept, location);
}

}  // namespace gnomon::slice
