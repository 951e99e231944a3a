// One backward walk: from criteria to all that can influence them.
//
// Instructions are kept by function, since a run cannot tell instances apart: whatever is kept of a function is kept in
// all its instances that run at all (*active* ones), with all that it needs there.
#pragma once

#include <algorithm>
#include <memory>
#include <set>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "shadow/operands.h"
#include "shadow/static_fields.h"
#include "slice/call_graph.h"
#include "slice/effects.h"
#include "slice/function_facts.h"
#include "slice/points_to.h"
#include "slice/slice.h"

namespace gnomon::slice {

// Of one entry, shared by all walks.
struct EntryFacts {
    EntryFacts(const ir::Program& program, ir::FunctionId entry, const shadow::Table* table)
        : program(program),
          graph(program, entry),
          points_to(program, graph),
          effects(program, graph, points_to, table),
          functions(program.functions.size()) {
        if (table == nullptr) return;
        for (const shadow::Demand& demand : table->demands) {
            if (demand.event == shadow::Event::number_left) number_demands.push_back(&demand);
            is_result_asked = is_result_asked || demand.event == shadow::Event::called;
            if (!shadow::asks_of_stack(demand.predicate)) continue;
            (demand.event == shadow::Event::allocate ? is_stack_asked_of_new : is_stack_asked_of_all) = true;
        }
    }

    const FunctionFacts& of(ir::FunctionId function) {
        std::unique_ptr<FunctionFacts>& facts = functions[static_cast<std::size_t>(function)];
        if (!facts) facts = std::make_unique<FunctionFacts>(program[function], effects.may_end(function));
        return *facts;
    }

    // Does a rule ask, when the entry ends, what has become of the number that it gives?
    bool gives_number(const ir::Call& call) const {
        const auto* callee = std::get_if<ir::FunctionId>(&call.callee);
        return callee != nullptr && std::ranges::any_of(number_demands, [&](const shadow::Demand* demand) {
                   return shadow::concerns(demand->functions, program[*callee], demand->event, &program[*callee]);
               });
    }

    const ir::Program& program;
    CallGraph graph;
    PointsTo points_to;
    Effects effects;
    std::vector<std::unique_ptr<FunctionFacts>> functions;  // by FunctionId, made when first asked for
    // Demands on new objects, or on more, look at the size of the stack.
    bool is_stack_asked_of_new = false, is_stack_asked_of_all = false;
    bool is_result_asked = false;                       // demands look at what calls gave back
    std::vector<const shadow::Demand*> number_demands;  // on numbers that calls gave, when the entry ends
};

class Walk {
  public:
    explicit Walk(EntryFacts& facts);

    void add_criterion(ir::Site site);
    void add_result(ir::Site back);
    Slice finish();

  private:
    struct Progress {
        std::vector<bool> kept, needs_result, needs_ends;  // by instruction; the last two of calls
        std::vector<bool> parameters;                      // whose value is needed
        std::vector<InstanceId> active;
        bool is_result_needed = false, are_ends_needed = false;
    };

    Progress& progress(ir::FunctionId function) { return functions_[function]; }
    const ir::Operation& operation(ir::FunctionId function, std::uint32_t index) const {
        return facts_.program[function].code[index].operation;
    }
    ir::FunctionId function_of(InstanceId instance) const { return facts_.graph.instances()[instance].function; }
    template <class Visit>
    void each_callee(Node call, const Visit& visit) const {
        const InstanceId direct = facts_.graph.direct_callee(call);
        if (direct != none) return visit(direct);
        for (const InstanceId callee : facts_.points_to.called_through(call)) visit(callee);
    }

    void keep(ir::FunctionId function, std::uint32_t index);
    void keep(Node node);
    void activate(InstanceId instance);
    void follow(ir::FunctionId function, std::uint32_t index);
    void follow(Node node);
    void decide(ir::FunctionId function, std::uint32_t index);
    void need(ir::FunctionId function, Source source);
    void need_parameter(ir::FunctionId function, std::uint32_t parameter);
    void need_argument(Node call, std::size_t argument);
    void need_all_arguments(ir::FunctionId function, std::uint32_t call);
    void need_result(ir::FunctionId function);
    void need_ends(ir::FunctionId function);
    void need_contents(Location location, std::optional<std::uint64_t> size);
    void need_bytes(ObjectIndex object, Range bytes);
    void need_lifetime(ObjectIndex object);
    void need_owners(ObjectIndex object);
    void need_results_that_own(ObjectIndex object);
    void need_stack(const std::vector<InstanceId>& instances);
    // numbers.cpp: who holds a number.
    template <class Visit>
    void each_instance(ir::FunctionId function, const Visit& visit) const {
        for (const InstanceId instance : facts_.graph.instances_of(function))
            if (facts_.points_to.is_reached(instance)) visit(instance);
    }
    void need_holders(Node call);
    void hold(ir::FunctionId function, ir::RegisterId holder);
    void hand_on(ir::FunctionId function, std::uint32_t index, ir::RegisterId holder);
    void hand_to_callees(ir::FunctionId function, std::uint32_t index, std::size_t argument);
    void hold_at(InstanceId instance, const ir::Operand& pointer);
    void read_number(InstanceId instance, ObjectIndex object);

    void judge(Node node);
    void judge(Node node, const ir::CallIntrinsic& primitive);
    void judge_model(InstanceId model, std::set<InstanceId>& visited);

    EntryFacts& facts_;
    std::unordered_map<ir::FunctionId, Progress> functions_;       // that a walk comes to: few of a large program
    std::vector<bool> is_active_;                                  // by instance
    std::vector<std::vector<Range>> contents_;                     // by object: its bytes that are needed
    std::vector<bool> lifetimes_;                                  // by object: needed
    std::vector<bool> owners_;                                     // by object: who refers to it is needed
    std::set<std::pair<ir::FunctionId, ir::RegisterId>> holders_;  // of a number
    std::set<ObjectIndex> holding_objects_;
    std::vector<std::pair<ir::FunctionId, std::uint32_t>> queue_;  // kept, not yet followed
};

}  // namespace gnomon::slice
