// The functions that a run of an entry might come to if every pointer to a function led to all of them, and who calls
// whom.
//
// A function is one *instance*, shared by all its callers; a model of a library function is an instance per call, since
// otherwise everything that malloc returns would be one object, and everything that memcpy copies, too.
#pragma once

#include <cstdint>
#include <limits>
#include <set>
#include <vector>

#include "ir/program.h"

namespace gnomon::slice {

using InstanceId = std::uint32_t;
inline constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

// An instruction of an instance.
struct Node {
    InstanceId instance = 0;
    std::uint32_t index = 0;
    auto operator<=>(const Node&) const = default;
};

struct Instance {
    ir::FunctionId function{};
    std::uint32_t depth = 0;                                   // how many models it is nested in
    std::vector<Node> callers;                                 // that a run can come to; PointsTo finds them
    std::vector<std::pair<std::uint32_t, InstanceId>> direct;  // (call's index, callee), by index
};

class CallGraph {
  public:
    CallGraph(const ir::Program& program, ir::FunctionId entry);

    const std::vector<Instance>& instances() const { return instances_; }
    const std::vector<InstanceId>& instances_of(ir::FunctionId function) const {
        return by_function_[static_cast<std::size_t>(function)];
    }
    bool reaches(ir::FunctionId function) const { return !instances_of(function).empty(); }
    // Does it lead through the models of Python's objects, where every object may refer to every other one?
    bool leads_to_objects() const { return counted_ > 0 && instances_.size() > most_followed; }
    // That calls through pointers mean; `none` when it was never reached.
    InstanceId shared(ir::FunctionId function) const { return shared_[static_cast<std::size_t>(function)]; }
    const std::set<ir::FunctionId>& addressed() const { return addressed_; }
    const std::set<ir::GlobalId>& globals() const { return globals_; }
    std::vector<Node> indirect_calls() const { return indirect_calls_; }

    InstanceId direct_callee(Node call) const;  // `none`: through a pointer, or without a body
    void add_caller(InstanceId callee, Node call) { instances_[callee].callers.push_back(call); }

  private:
    static constexpr std::size_t most_followed = 400;

    InstanceId add(ir::FunctionId function, std::uint32_t depth);
    InstanceId reach_shared(ir::FunctionId function);
    void visit(InstanceId instance);
    void call(Node at, const ir::Call& call);
    void refer(ir::GlobalId global);

    const ir::Program& program_;
    std::vector<Instance> instances_;
    std::vector<std::vector<InstanceId>> by_function_;  // by FunctionId
    std::vector<InstanceId> shared_;                    // by FunctionId
    std::set<ir::FunctionId> addressed_;                // functions that a pointer may hold
    std::set<ir::GlobalId> globals_;
    std::vector<Node> indirect_calls_;
    std::size_t counted_ = 0;  // places where objects of Python are made
};

}  // namespace gnomon::slice
