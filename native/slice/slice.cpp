#include "slice/slice.h"

#include <algorithm>
#include <set>

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

// The granularity is the function: a slice keeps whole every function that a run of the entry can come to.
struct Slicer::Facts {
    const ir::Program& program;
    std::set<ir::FunctionId> reached;
    std::set<ir::FunctionId> addressed;  // functions that a pointer may hold
    std::set<ir::GlobalId> globals;
    std::vector<ir::FunctionId> queue;
    bool calls_pointers = false;

    // Bounded: every function and every global is visited once.
    Facts(const ir::Program& of, ir::FunctionId entry) : program(of) {
        reach(entry);
        while (!queue.empty()) {
            const ir::FunctionId next = queue.back();
            queue.pop_back();
            for (const ir::Instruction& instruction : program[next].code) visit(instruction.operation);
            if (calls_pointers)
                for (ir::FunctionId target : addressed) reach(target);
        }
    }

    void reach(ir::FunctionId id) {
        if (program[id].has_body && reached.insert(id).second) queue.push_back(id);
    }
    void refer(ir::GlobalId id) {
        if (!globals.insert(id).second) return;
        for (const ir::Relocation& relocation : program[id].relocations) {
            if (const auto* function = std::get_if<ir::FunctionId>(&relocation.target)) addressed.insert(*function);
            if (const auto* global = std::get_if<ir::GlobalId>(&relocation.target)) refer(*global);
        }
    }
    void visit(const ir::Operation& operation) {
        if (const auto* address = std::get_if<ir::AddressOfFunction>(&operation)) addressed.insert(address->function);
        if (const auto* address = std::get_if<ir::AddressOfGlobal>(&operation)) refer(address->global);
        const auto* call = std::get_if<ir::Call>(&operation);
        if (!call) return;
        if (const auto* direct = std::get_if<ir::FunctionId>(&call->callee))
            reach(*direct);
        else
            calls_pointers = true;
    }
};

Slicer::Slicer(const ir::Program& program, ir::FunctionId entry) : facts_(std::make_unique<Facts>(program, entry)) {}
Slicer::~Slicer() = default;

bool Slicer::reaches(ir::FunctionId function) const { return facts_->reached.contains(function); }

Slice Slicer::backward(std::span<const ir::Site> criteria) const {
    Slice slice;
    const bool is_reached =
        std::any_of(criteria.begin(), criteria.end(), [this](const ir::Site& site) { return reaches(site.function); });
    if (!is_reached) return slice;
    for (ir::FunctionId id : facts_->reached) slice.functions[id].kept.assign(facts_->program[id].code.size(), true);
    return slice;
}

}  // namespace gnomon::slice
