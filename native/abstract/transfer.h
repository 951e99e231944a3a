// What one instruction does to what is known.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "abstract/contract.h"
#include "abstract/flow.h"
#include "abstract/rules.h"
#include "abstract/state.h"

namespace gnomon::abstract {

// What stays the same all through one function.
struct Context {
    const ir::Program& program;
    const ir::Function& function;
    const Flow& flow;
    const Callees& callees;
    const Rules& rules;
    std::optional<std::uint64_t> deepest_stack;  // bytes; nothing: without bound
    const Assumption& assumption;
};

State first_state(const Context& context);  // where the function begins

// Walks one block.
class Transfer {
  public:
    Transfer(const Context& context, State& state) : context_(context), state_(state) {}

    Transfer on(State& state) const;  // with all that is known of this block, over a copy of its state

    // False: the run ends there.
    bool execute(std::uint32_t index);
    // The demands at an instruction were met.
    void pass_demands(std::uint32_t index);
    // Control goes to the `edge`-th successor of the block's last instruction. False: it never does.
    bool take(std::uint32_t index, std::size_t edge);

    Value value(const ir::Operand& operand, ir::Scalar type) const;
    Range number(const Value& value, ir::Scalar type) const;
    std::vector<Facts> arguments(const ir::Call& call) const;  // as the callee sees them
    Facts given_back(const ir::Operand& value, ir::TypeId type) const;

  private:
    // How a symbol that this block defined came about, to learn of its operands what is learnt of it.
    struct Relation {
        const ir::Operation* operation = nullptr;
        Value left, right;
    };

    ir::Scalar scalar(ir::TypeId type) const { return ir::scalar_of(context_.program.types, type); }
    std::uint8_t shadow(const Value& value) const { return state_.facts(value).shadow; }
    void define(ir::RegisterId result, const Facts& facts, Symbol::Kind kind = Symbol::Kind::result);
    void define(ir::RegisterId result, const Facts& facts, const Relation& relation);
    Facts integer(Range range, std::uint8_t shadow) const;
    Facts handed_over(const Value& value, ir::Scalar type) const;

    void execute(const ir::Move& move);
    void execute(const ir::Unary& unary);
    void execute(const ir::Binary& binary);
    void execute(const ir::Cast& cast);
    void execute(const ir::AddressOfLocal& address);
    void execute(const ir::AddressOfGlobal& address);
    void execute(const ir::AddressOfFunction& address);
    void execute(const ir::FieldAddress& address);
    void execute(const ir::ElementAddress& address);
    void execute(const ir::PointerDifference& difference);
    void execute(const ir::EnterLocal& enter) { state_.enter(enter.local); }
    void execute(const ir::LeaveLocal& leave) { state_.leave(leave.local); }
    void execute(const ir::Load& load);
    void execute(const ir::Store& store);
    void execute(const ir::CopyBytes& copy);
    void execute(const ir::FillBytes& fill);
    void execute(const ir::CallIntrinsic& call);
    void execute(const ir::Call& call);
    void execute(const ir::Input& input);
    template <class End>
    void execute(const End&) {}  // ends of blocks change nothing

    // refine.cpp: learning. False: it cannot be.
    bool learn_truth(const Value& value, ir::Scalar type, bool is_true, unsigned depth = 0);
    bool learn_nullness(const Value& value, bool is_nonnull);
    bool learn_comparison(ir::BinaryOperator op, const Relation& relation, ir::Scalar type, unsigned depth);
    bool learn_number(const Value& value, ir::Scalar type, Range range, unsigned depth);
    bool learn_through(const Relation& relation, Range range, unsigned depth);
    void learn_access(const Value& pointer, Range size, bool is_write = false, unsigned depth = 0);
    bool learn_from_call(const ir::Call& call, const Outcome& outcome);
    void learn_of_object(const Value& pointer, const Facts& shown);
    void learn_clear(const Value& value, std::uint8_t layers, unsigned depth = 0);
    const Relation* relation_of(const Value& value) const;

    const Context& context_;
    State& state_;
    std::uint32_t index_ = 0;  // of the instruction at hand
    bool is_over_ = false;     // it does not come back
    std::map<Symbol, Relation> relations_;
};

Range arithmetic(ir::BinaryOperator op, Range left, Range right);

}  // namespace gnomon::abstract
