#include "summary/forward.h"

#include <algorithm>

#include "abstract/demand.h"
#include "abstract/interpretation.h"

namespace gnomon::summary {

void Common::add(std::vector<Facts> facts) {
    if (!known_) {
        known_ = std::move(facts);
        return;
    }
    known_->resize(std::min(known_->size(), facts.size()));
    for (std::size_t i = 0; i < known_->size(); ++i) (*known_)[i] = abstract::weaker((*known_)[i], facts[i]);
}

namespace {

using abstract::Context;
using abstract::State;
using abstract::Transfer;
using abstract::Value;

class Walk {
  public:
    Walk(const Context& context, Forward& result) : context_(context), result_(result) {
        result.outcome.returns = false;
    }

    void visit(std::uint32_t index, const State& state, const Transfer& transfer) {
        const ir::Operation& operation = context_.function.code[index].operation;
        if (const auto* back = std::get_if<ir::Return>(&operation)) give_back(*back, state, transfer);
        if (std::holds_alternative<ir::NotModelled>(operation)) give_anything();
        if (const auto* call = std::get_if<ir::Call>(&operation)) pass(*call, transfer);
    }
    void finish() {
        if (result_.outcome.returns && is_given_) result_.outcome.result = given_.take().at(0);
        result_.outcome.arguments = shown_.take();
        if (!result_.outcome.returns || !is_given_ || !is_argument_) result_.outcome.argument.reset();
        for (auto& [callee, common] : passed_) result_.passed[callee] = common.take();
    }

  private:
    void give_anything() {
        result_.outcome.returns = true;
        is_given_ = false;
        shown_.add({});
    }
    // The scope of every local that may still be open ends.
    void give_back(const ir::Return& back, const State& state, const Transfer& transfer) {
        const bool is_first = !result_.outcome.returns;
        result_.outcome.returns = true;
        State after = state;
        for (std::size_t i = 0; i < context_.function.locals.size(); ++i) after.leave(static_cast<ir::LocalId>(i));
        std::vector<Facts> shown;
        for (std::uint32_t i = 0; i < context_.function.parameter_count; ++i) {
            shown.push_back(after.facts(abstract::Symbol{abstract::Symbol::Kind::parameter, i, 0}));
        }
        shown_.add(std::move(shown));
        const auto* type = context_.program.types.get_if<ir::FunctionType>(context_.function.type);
        if (!back.value || type == nullptr) {
            is_given_ = false;
            return;
        }
        given_.add({transfer.on(after).given_back(*back.value, type->result)});
        note_argument(transfer.value(*back.value, ir::scalar_of(context_.program.types, type->result)), is_first);
    }
    void note_argument(const Value& value, bool is_first) {
        const bool is_one =
            value.symbol.kind == abstract::Symbol::Kind::parameter && value.range == abstract::exactly(0);
        is_argument_ = is_argument_ && is_one && (is_first || result_.outcome.argument == value.symbol.number);
        if (is_one) result_.outcome.argument = value.symbol.number;
    }
    void pass(const ir::Call& call, const Transfer& transfer) {
        const auto* callee = std::get_if<ir::FunctionId>(&call.callee);
        if (callee == nullptr || !context_.program[*callee].is_static) return;
        const bool fits = ir::call_fits(context_.program, call, context_.program[*callee]);
        passed_[*callee].add(fits ? transfer.arguments(call) : std::vector<Facts>());
    }

    const Context& context_;
    Forward& result_;
    Common given_, shown_;
    bool is_given_ = true, is_argument_ = true;
    std::map<ir::FunctionId, Common> passed_;
};

// A pass that does not come to an end says nothing.
void pass_anything(const ir::Function& function, Forward& result) {
    for (const ir::Instruction& instruction : function.code) {
        const auto* call = std::get_if<ir::Call>(&instruction.operation);
        const auto* callee = call != nullptr ? std::get_if<ir::FunctionId>(&call->callee) : nullptr;
        if (callee != nullptr) result.passed[*callee] = {};
    }
}

}  // namespace

Forward forward(const Subject& subject, const Assumption& assumption, std::vector<shadow::Obligation> obligations) {
    const ir::Function& function = subject.program[subject.function];
    Forward result;
    const abstract::Flow flow(function);
    const Context context{subject.program,       function,  flow, subject.callees, subject.rules,
                          subject.deepest_stack, assumption};
    abstract::Interpretation interpretation(context);
    if (flow.has_unseen_edges() || !interpretation.run()) {
        pass_anything(function, result);
        result.open = std::move(obligations);
        return result;
    }
    Walk walk(context, result);
    std::ranges::sort(obligations);
    std::vector<bool> is_open(obligations.size());
    interpretation.each_reached([&](std::uint32_t index, const State& state, const Transfer& transfer) {
        walk.visit(index, state, transfer);
        auto next = std::ranges::lower_bound(obligations, shadow::Obligation{{subject.function, index}, 0});
        for (; next != obligations.end() && next->site.index == index; ++next) {
            const auto at = static_cast<std::size_t>(next - obligations.begin());
            is_open[at] = !abstract::surely_holds(context, state, transfer, index, next->demand);
        }
    });
    walk.finish();
    for (std::size_t i = 0; i < obligations.size(); ++i) {
        (is_open[i] ? result.open : result.held).push_back(obligations[i]);
    }
    return result;
}

}  // namespace gnomon::summary
