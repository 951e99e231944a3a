// What pointers may point to: inclusion-based, flow-insensitive, by fields, over the instances of a call graph. Finds
// on the way which instances a run can come to, and who calls them.
//
// Pointers in memory are told apart by their place when it is a multiple of eight bytes; what is stored elsewhere, or
// nobody knows where, is read by every load of the object.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <span>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "slice/call_graph.h"
#include "slice/locations.h"

namespace gnomon::slice {

class PointsTo {
  public:
    PointsTo(const ir::Program& program, CallGraph& graph);

    // Of a program in which nearly everything may point to everything, the relation is not computed to its end: it
    // would take longer than it helps, and says nothing then.
    bool is_complete() const { return work_ <= most_work; }
    const Locations& locations() const { return locations_; }
    const std::vector<AbstractObject>& objects() const { return locations_.objects(); }
    // Sorted. Where an operand of an instance may point to.
    std::span<const LocationIndex> of(InstanceId instance, const ir::Operand& operand) const;
    std::span<const LocationIndex> inside(ObjectIndex object) const {
        return variables_[representative(contents_[object].whole)].all;
    }
    ObjectIndex local(InstanceId instance, ir::LocalId local) const {
        return locals_[instance][static_cast<std::size_t>(local)];
    }
    const std::vector<InstanceId>& called_through(Node call) const;
    bool is_reached(InstanceId instance) const { return is_reached_[instance]; }

  private:
    using Variable = std::uint32_t;
    struct Place {  // of a pointer that is loaded or stored: which register, and how many bytes
        Variable value = 0;
        std::uint64_t size = 0;
    };
    struct Facts {
        std::vector<LocationIndex> all, fresh;                 // sorted; fresh: not yet handed on
        std::vector<Variable> copies;                          // what holds at least as much
        std::vector<std::pair<Variable, std::int64_t>> moves;  // what points that many bytes further
        std::vector<Variable> scatters;                        // what points anywhere into the same objects
        std::vector<Place> loads, stores;                      // through this pointer: into, from
        std::vector<Node> calls;
        bool is_queued = false;
    };
    struct Contents {
        Variable whole = 0;                       // all that is inside
        Variable anywhere = 0;                    // what was stored nobody knows where
        std::map<std::int64_t, Variable> fields;  // by offset
    };

    static constexpr std::size_t most_work = 4'000'000;  // places handed on, and who includes whom: about a second

    class Visitor;
    Variable new_variable();
    // Variables that include each other around a circle hold the same, and are one.
    Variable representative(Variable variable) const;
    void collapse_circles();
    void merge(const std::vector<Variable>& circle);
    Variable variable(InstanceId instance, ir::RegisterId reg) const;
    ObjectIndex new_object(AbstractObject object);
    ObjectIndex global(ir::GlobalId id);
    ObjectIndex function(ir::FunctionId id);
    Variable field(ObjectIndex object, std::int64_t offset);
    void point(Variable variable, LocationIndex location);
    void include(Variable larger, Variable smaller);
    void reach(InstanceId instance);
    void bind(Node call, InstanceId callee);
    void constrain(InstanceId instance);
    void solve();
    void hand_on(Variable variable, LocationIndex location);
    void meet(Variable pointer, LocationIndex location);
    void call_through(Node call, ir::FunctionId function);
    bool may_hold_pointer(ir::TypeId type) const;

    const ir::Program& program_;
    CallGraph& graph_;
    Locations locations_;
    std::deque<Facts> variables_;                    // grows while its elements are looked at
    mutable std::vector<Variable> representatives_;  // by variable; of a representative: itself
    std::vector<Variable> queue_;
    std::unordered_set<std::uint64_t> included_;
    std::vector<Contents> contents_;                // by object
    std::vector<Variable> first_register_;          // by instance; behind the registers: the result
    std::vector<std::vector<ObjectIndex>> locals_;  // by instance
    std::unordered_map<std::uint32_t, ObjectIndex> globals_, functions_;
    std::unordered_map<std::uint64_t, std::vector<InstanceId>> called_;  // by call through a pointer
    std::vector<bool> is_reached_;                                       // by instance
    std::vector<InstanceId> unconstrained_;                              // reached, not looked at yet
    std::size_t work_ = 0;
    bool knows_all_pointers_ = true;  // no variable holds `anything`
};

}  // namespace gnomon::slice
