#include "slice/slice.h"

#include <algorithm>
#include <stdexcept>

#include "slice/walk.h"

namespace gnomon::slice {

std::size_t Slice::instruction_count() const {
    std::size_t count = 0;
    for (const auto& [id, part] : functions)
        count += static_cast<std::size_t>(std::count(part.kept.begin(), part.kept.end(), true));
    return count;
}

bool Slice::contains(const Slice& other) const {
    return std::all_of(other.functions.begin(), other.functions.end(), [this](const auto& entry) {
        const auto mine = functions.find(entry.first);
        const std::vector<bool>& theirs = entry.second.kept;
        for (std::size_t i = 0; i < theirs.size(); ++i)
            if (theirs[i] && (mine == functions.end() || !mine->second.kept[i])) return false;
        return true;
    });
}

void Slice::add(const Slice& other) {
    for (const auto& [id, part] : other.functions) {
        FunctionSlice& mine = functions[id];
        mine.kept.resize(part.kept.size());
        for (std::size_t i = 0; i < part.kept.size(); ++i)
            if (part.kept[i]) mine.kept[i] = true;
        for (const auto& [index, target] : part.skips) mine.skips.emplace(index, target);
        std::erase_if(mine.skips, [&mine](const auto& skip) { return mine.kept[skip.first]; });
    }
}

struct Slicer::Facts : EntryFacts {
    using EntryFacts::EntryFacts;
};

Slicer::Slicer(const ir::Program& program, ir::FunctionId entry, const shadow::Table* table)
    : facts_(std::make_unique<Facts>(program, entry, table)) {}
Slicer::~Slicer() = default;

bool Slicer::can_slice() const { return facts_->points_to.is_complete(); }

bool Slicer::reaches(ir::FunctionId function) const {
    if (!can_slice()) return facts_->graph.reaches(function);
    return std::ranges::any_of(facts_->graph.instances_of(function),
                               [this](InstanceId instance) { return facts_->points_to.is_reached(instance); });
}

bool Slicer::last_call_changes_memory() const {
    const auto& calls = facts_->graph.instances()[0].direct;  // the entry is the first instance
    return !can_slice() || calls.empty() || facts_->effects.outlives(calls.back().second);
}

Slice Slicer::backward(std::span<const ir::Site> criteria, std::span<const ir::Site> results) const {
    if (!can_slice()) throw std::logic_error("the entry is too large to be sliced");
    Walk walk(*facts_);
    for (const ir::Site& site : criteria) walk.add_criterion(site);
    for (const ir::Site& back : results) walk.add_result(back);
    return walk.finish();
}

}  // namespace gnomon::slice
