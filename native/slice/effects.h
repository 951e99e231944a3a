// Who may write an object's bytes, and who may end its life.
#pragma once

#include <optional>
#include <set>
#include <vector>

#include "shadow/table.h"
#include "slice/points_to.h"

namespace gnomon::slice {

// What an access of so many bytes there touches.
Range range_of(const Location& location, std::optional<std::uint64_t> size);

class Effects {
  public:
    Effects(const ir::Program& program, const CallGraph& graph, const PointsTo& points_to, const shadow::Table* table);

    struct Writer {
        Node node;
        Range bytes;
    };

    // By object; through pointers that may be to anything: under Locations::anything.
    const std::vector<Writer>& writers(ObjectIndex object) const { return writers_[object]; }
    const std::vector<Node>& releases(ObjectIndex object) const { return releases_[object]; }

    // By object: who may hand a pointer to it to somebody outside the program who remembers it.
    const std::vector<Node>& keepers(ObjectIndex object) const { return keepers_[object]; }

    // Where Python looks at what functions gave back.
    const std::vector<Node>& looks_at_results() const { return looks_at_results_; }

    // Calls whose arguments the rules look at, to change a number beside something; those that change one beside the
    // thread or beside an integer, which any rule may look at.
    bool changes_state(Node node) const { return state_changers_.contains(node); }
    const std::vector<Node>& common_changers() const { return common_changers_; }

    // The arguments of a call that rules take for texts.
    std::vector<ir::Operand> texts(const ir::Call& call) const;

    // By function: its instructions after which the run may end, calls of functions that may end it among them.
    const std::vector<bool>& may_end(ir::FunctionId function) const {
        return may_end_[static_cast<std::size_t>(function)];
    }

    // Whether a call of the instance may write or release something other than locals of what it reaches.
    bool outlives(InstanceId callee) const;

  private:
    std::vector<bool> reached_from(InstanceId callee) const;
    void visit(Node node, const ir::Operation& operation);
    void visit(Node node, const ir::CallIntrinsic& primitive);
    void change_states(Node node, const ir::Call& call, const ir::Function& callee);
    void keep(Node node, const std::vector<ir::Operand>& pointers);
    void leave_program(Node node, const ir::Call& call, const ir::Function& callee);
    void add_unknown_calls();
    void find_ends();

    const ir::Program& program_;
    const CallGraph& graph_;
    const PointsTo& points_to_;
    const shadow::Table* table_;
    std::vector<std::vector<Writer>> writers_;  // by object
    std::vector<std::vector<Node>> releases_;   // by object
    std::vector<Node> unknown_calls_;
    std::vector<std::vector<Node>> keepers_;  // by object
    std::vector<Node> looks_at_results_;
    std::set<Node> state_changers_;
    std::vector<Node> common_changers_;
    std::vector<std::vector<bool>> may_end_;  // by FunctionId; empty for functions that are not reached
};

}  // namespace gnomon::slice
