// What pointers may point to: inclusion-based, flow-insensitive, without fields, over the instances of a call graph.
//
// An object stands for all that an instruction creates, for a local, a global or a function. Object 0 stands for
// anything: what the parameters of an entry may point to.
#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "slice/call_graph.h"

namespace gnomon::slice {

using ObjectIndex = std::uint32_t;

struct AbstractObject {
    enum class Kind : std::uint8_t { anything, made, local, global, function };
    Kind kind = Kind::anything;
    Node site;             // made: by which instruction; local: `index` is the local
    std::uint32_t id = 0;  // of the global or the function
};

class PointsTo {
  public:
    // Adds to the graph who is called through pointers.
    PointsTo(const ir::Program& program, CallGraph& graph);

    static constexpr ObjectIndex anything = 0;
    const std::vector<AbstractObject>& objects() const { return objects_; }
    // Sorted. Objects that an operand of an instance may point to.
    std::span<const ObjectIndex> of(InstanceId instance, const ir::Operand& operand) const;
    std::span<const ObjectIndex> inside(ObjectIndex object) const { return variables_[contents_[object]].all; }
    const std::vector<InstanceId>& called_through(Node call) const;

  private:
    using Variable = std::uint32_t;
    struct Facts {
        std::vector<ObjectIndex> all, fresh;  // sorted; fresh: not yet handed on
        std::vector<Variable> copies;         // what holds at least as much
        std::vector<Variable> loads, stores;  // through this pointer: into, from
        std::vector<Node> calls;
        bool is_queued = false;
    };

    class Visitor;
    Variable new_variable();
    Variable variable(InstanceId instance, ir::RegisterId reg) const;
    ObjectIndex new_object(AbstractObject object);
    ObjectIndex global(ir::GlobalId id);
    ObjectIndex function(ir::FunctionId id);
    void point(Variable variable, ObjectIndex object);
    void include(Variable larger, Variable smaller);
    void bind(Node call, InstanceId callee);
    void constrain(InstanceId instance);
    void solve();
    void meet(Variable pointer, ObjectIndex object);
    bool may_hold_pointer(ir::TypeId type) const;

    const ir::Program& program_;
    CallGraph& graph_;
    std::vector<Facts> variables_;
    std::vector<Variable> queue_;
    std::unordered_set<std::uint64_t> included_;
    std::vector<AbstractObject> objects_;
    std::vector<Variable> contents_;                // by object
    std::vector<Variable> first_register_;          // by instance; behind the registers: the result
    std::vector<std::vector<ObjectIndex>> locals_;  // by instance
    std::unordered_map<std::uint32_t, ObjectIndex> globals_, functions_;
    std::unordered_map<std::uint64_t, std::vector<InstanceId>> called_;  // by call through a pointer
    bool knows_all_pointers_ = true;                                     // no variable holds `anything`
};

}  // namespace gnomon::slice
