#include "abstract/effects.h"

namespace gnomon::abstract {

namespace {

bool writes(const ir::Operation& operation) {
    const auto* primitive = std::get_if<ir::CallIntrinsic>(&operation);
    return std::holds_alternative<ir::Store>(operation) || std::holds_alternative<ir::CopyBytes>(operation) ||
           std::holds_alternative<ir::FillBytes>(operation) || (primitive != nullptr && may_write(*primitive));
}

Effect join(Effect a, Effect b) {
    return {a.writes || b.writes, a.releases || b.releases, a.resizes || b.resizes, a.calls_any || b.calls_any};
}

}  // namespace

bool may_write(const ir::CallIntrinsic& call) {
    using enum ir::Intrinsic;
    return call.intrinsic == forget || call.intrinsic == print_double;
}

Effect own_effect(const ir::Program& program, const ir::Function& function) {
    if (!function.has_body) return program.externals.contains(function.name) ? Effect{} : Effect{true, true};
    Effect effect;
    for (const ir::Instruction& instruction : function.code) {
        const ir::Operation& operation = instruction.operation;
        if (writes(operation)) effect.writes = true;
        if (std::holds_alternative<ir::NotModelled>(operation)) return {true, true};
        const auto* primitive = std::get_if<ir::CallIntrinsic>(&operation);
        if (primitive != nullptr && primitive->intrinsic == ir::Intrinsic::release) effect.releases = true;
        if (primitive != nullptr && primitive->intrinsic == ir::Intrinsic::resize) effect.resizes = true;
        const auto* call = std::get_if<ir::Call>(&operation);
        if (call != nullptr && std::holds_alternative<ir::Operand>(call->callee))
            effect = join(effect, {true, true, false, true});
    }
    return effect;
}

// Until nothing changes: bits only rise.
Effects::Effects(const ir::AllMentions& mentions, const ir::PerFunction<Effect>& own)
    : of_any_{true, true, false, true} {
    for (std::size_t i = 0; i < own.size(); ++i) of_any_.resizes = of_any_.resizes || own[i].resizes;
    for (std::size_t i = 0; i < own.size(); ++i) effects_.push_back(own[i].calls_any ? join(own[i], of_any_) : own[i]);
    for (bool has_changed = true; has_changed;) {
        has_changed = false;
        for (std::size_t i = 0; i < effects_.size(); ++i) {
            Effect effect = effects_[i];
            for (const ir::FunctionId callee : mentions[i].called)
                effect = join(effect, effects_[static_cast<std::size_t>(callee)]);
            if (effect == effects_[i]) continue;
            effects_[i] = effect;
            has_changed = true;
        }
    }
}

Effect Effects::of(const ir::Call& call) const {
    const auto* direct = std::get_if<ir::FunctionId>(&call.callee);
    return direct == nullptr ? of_any_ : effects_[static_cast<std::size_t>(*direct)];
}

}  // namespace gnomon::abstract
