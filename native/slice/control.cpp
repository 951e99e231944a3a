#include "slice/control.h"

#include <algorithm>

#include "slice/definitions.h"

namespace gnomon::slice {

namespace {

constexpr std::uint32_t unknown = 0xffffffff;

}  // namespace

Control::Control(const ir::Function& function, const std::vector<bool>& may_end) : function_(function) {
    split(may_end);
    reach_exit();
    find_post_dominators();
    find_deciders();
}

void Control::connect(std::uint32_t from, std::uint32_t to) {
    std::vector<std::uint32_t>& next = regions_[from].next;
    if (std::find(next.begin(), next.end(), to) != next.end()) return;
    next.push_back(to);
    regions_[to].before.push_back(from);
}

void Control::split(const std::vector<bool>& may_end) {
    region_of_.resize(function_.code.size());
    for (std::uint32_t block = 0; block < function_.blocks.size(); ++block) {
        const ir::Block& whole = function_.blocks[block];
        first_of_.push_back(static_cast<std::uint32_t>(regions_.size()));
        std::uint32_t begin = whole.begin;
        for (std::uint32_t i = whole.begin; i < whole.end; ++i) {
            region_of_[i] = static_cast<std::uint32_t>(regions_.size());
            if (!may_end[i] && i + 1 != whole.end) continue;
            regions_.push_back({block, begin, i + 1, {}, {}});
            begin = i + 1;
        }
    }
    const auto exit = static_cast<std::uint32_t>(regions_.size());
    regions_.emplace_back();
    for (std::uint32_t region = 0; region < exit; ++region) {
        const std::uint32_t last = regions_[region].end - 1;
        const bool is_inside = regions_[region].end != function_.blocks[regions_[region].block].end;
        if (is_inside) {
            connect(region, region + 1);
            connect(region, exit);
            continue;
        }
        const std::vector<ir::BlockId> targets = successors(function_.code[last].operation);
        for (const ir::BlockId target : targets) connect(region, first_of_[static_cast<std::size_t>(target)]);
        if (targets.empty()) connect(region, exit);
    }
}

// Regions that never leave (endless loops) get an edge to the exit, one for each group of them.
void Control::reach_exit() {
    std::vector<bool> leaves(regions_.size());
    std::vector<std::uint32_t> queue;
    const auto mark = [&](std::uint32_t region) {
        if (leaves[region]) return;
        leaves[region] = true;
        queue.push_back(region);
    };
    const auto exit = static_cast<std::uint32_t>(regions_.size() - 1);
    mark(exit);
    for (std::uint32_t candidate = exit;;) {
        while (!queue.empty()) {
            const std::uint32_t region = queue.back();
            queue.pop_back();
            for (const std::uint32_t before : regions_[region].before) mark(before);
        }
        while (candidate > 0 && leaves[candidate]) --candidate;
        if (leaves[candidate]) return;
        connect(candidate, exit);
        mark(candidate);
    }
}

// Cooper, Harvey and Kennedy's iteration over the reversed graph; ends because nearest dominators only move up.
void Control::find_post_dominators() {
    const auto exit = static_cast<std::uint32_t>(regions_.size() - 1);
    std::vector<std::uint32_t> order, rank(regions_.size(), unknown);
    std::vector<std::pair<std::uint32_t, std::size_t>> stack{{exit, 0}};
    std::vector<bool> is_seen(regions_.size());
    is_seen[exit] = true;
    while (!stack.empty()) {
        auto& [region, at] = stack.back();
        if (at == regions_[region].before.size()) {
            rank[region] = static_cast<std::uint32_t>(order.size());
            order.push_back(region);
            stack.pop_back();
            continue;
        }
        const std::uint32_t before = regions_[region].before[at++];
        if (is_seen[before]) continue;
        is_seen[before] = true;
        stack.emplace_back(before, 0);
    }
    post_dominator_.assign(regions_.size(), unknown);
    post_dominator_[exit] = exit;
    const auto meet = [&](std::uint32_t one, std::uint32_t other) {
        while (one != other) {
            while (rank[one] < rank[other]) one = post_dominator_[one];
            while (rank[other] < rank[one]) other = post_dominator_[other];
        }
        return one;
    };
    for (bool is_changed = true; is_changed;) {
        is_changed = false;
        for (auto region = order.rbegin(); region != order.rend(); ++region) {
            if (*region == exit) continue;
            std::uint32_t nearest = unknown;
            for (const std::uint32_t next : regions_[*region].next) {
                if (post_dominator_[next] == unknown) continue;
                nearest = nearest == unknown ? next : meet(nearest, next);
            }
            is_changed = is_changed || post_dominator_[*region] != nearest;
            post_dominator_[*region] = nearest;
        }
    }
}

void Control::find_deciders() {
    deciders_.resize(regions_.size());
    for (std::uint32_t region = 0; region + 1 < regions_.size(); ++region) {
        if (regions_[region].next.size() < 2) continue;
        for (std::uint32_t runner : regions_[region].next) {
            for (; runner != post_dominator_[region]; runner = post_dominator_[runner])
                if (deciders_[runner].empty() || deciders_[runner].back() != regions_[region].end - 1)
                    deciders_[runner].push_back(regions_[region].end - 1);
        }
    }
}

std::optional<ir::BlockId> Control::past(std::uint32_t branch) const {
    const auto exit = static_cast<std::uint32_t>(regions_.size() - 1);
    const std::uint32_t from = region_of_[branch];
    if (post_dominator_[from] != exit) return static_cast<ir::BlockId>(regions_[post_dominator_[from]].block);
    std::vector<bool> is_seen(regions_.size());
    std::vector<std::uint32_t> queue{from};
    while (!queue.empty()) {
        const std::uint32_t region = queue.back();
        queue.pop_back();
        if (is_seen[region] || region == exit) continue;
        is_seen[region] = true;
        const std::uint32_t last = regions_[region].end - 1;
        if (std::holds_alternative<ir::Return>(function_.code[last].operation))
            return static_cast<ir::BlockId>(regions_[region].block);
        queue.insert(queue.end(), regions_[region].next.begin(), regions_[region].next.end());
    }
    return std::nullopt;
}

}  // namespace gnomon::slice
