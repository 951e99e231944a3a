#include "abstract/effects.h"

namespace gnomon::abstract {

namespace {

bool writes(const ir::Operation& operation) {
    const auto* primitive = std::get_if<ir::CallIntrinsic>(&operation);
    return std::holds_alternative<ir::Store>(operation) || std::holds_alternative<ir::CopyBytes>(operation) ||
           std::holds_alternative<ir::FillBytes>(operation) || (primitive != nullptr && may_write(*primitive));
}

Effect join(Effect a, Effect b) { return {a.writes || b.writes, a.releases || b.releases}; }

}  // namespace

bool may_write(const ir::CallIntrinsic& call) {
    using enum ir::Intrinsic;
    return call.intrinsic == forget || call.intrinsic == print_double;
}

// Until nothing changes: bits only rise. A body that nobody has does nothing when a row says so, else anything.
Effects::Effects(const ir::Program& program) : effects_(program.functions.size()) {
    for (std::size_t i = 0; i < program.functions.size(); ++i) {
        const ir::Function& function = program.functions[i];
        if (!function.has_body && !program.externals.contains(function.name)) effects_[i] = {true, true};
    }
    for (bool has_changed = true; has_changed;) {
        has_changed = false;
        for (std::size_t i = 0; i < program.functions.size(); ++i) {
            if (!program.functions[i].has_body) continue;
            Effect effect = effects_[i];
            for (const ir::Instruction& instruction : program.functions[i].code) {
                if (writes(instruction.operation)) effect.writes = true;
                if (std::holds_alternative<ir::NotModelled>(instruction.operation)) effect = {true, true};
                if (const auto* call = std::get_if<ir::Call>(&instruction.operation)) effect = join(effect, of(*call));
                const auto* primitive = std::get_if<ir::CallIntrinsic>(&instruction.operation);
                if (primitive != nullptr && primitive->intrinsic == ir::Intrinsic::release) effect.releases = true;
            }
            if (effect == effects_[i]) continue;
            effects_[i] = effect;
            has_changed = true;
        }
    }
}

Effect Effects::of(const ir::Call& call) const {
    const auto* direct = std::get_if<ir::FunctionId>(&call.callee);
    return direct == nullptr ? Effect{true, true} : effects_[static_cast<std::size_t>(*direct)];
}

}  // namespace gnomon::abstract
