#include "ir/liveness.h"

#include "ir/operands.h"

namespace gnomon::ir {

namespace {

using Registers = std::vector<bool>;

// From behind an instruction to before it.
void pass_back(const Operation& operation, Registers& live) {
    each_result(operation, [&](RegisterId result) { live[static_cast<std::size_t>(result)] = false; });
    each_read(operation, [&](const Operand& operand) {
        if (operand.is_register()) live[static_cast<std::size_t>(operand.as_register())] = true;
    });
}

class Liveness {
  public:
    explicit Liveness(const Function& function)
        : function_(function), begins_(function.blocks.size(), Registers(function.registers.size())) {
        for (bool has_changed = true; has_changed;) {  // bound: bits only rise
            has_changed = false;
            for (std::size_t i = begins_.size(); i-- > 0;) {
                Registers live = before(function.blocks[i], function.blocks[i].begin);
                if (live == begins_[i]) continue;
                begins_[i] = std::move(live);
                has_changed = true;
            }
        }
    }

    Registers before(const Block& block, std::uint32_t index) const {
        Registers live(function_.registers.size());
        for (const BlockId next : successors(function_.code[block.end - 1].operation)) {
            const Registers& begin = begins_[static_cast<std::size_t>(next)];
            for (std::size_t i = 0; i < live.size(); ++i) live[i] = live[i] || begin[i];
        }
        for (std::uint32_t at = block.end; at-- > index;) pass_back(function_.code[at].operation, live);
        return live;
    }

  private:
    const Function& function_;
    std::vector<Registers> begins_;  // by block: what is live where it begins
};

}  // namespace

std::vector<bool> live_before(const Function& function, std::uint32_t index) {
    const Liveness liveness(function);
    for (const Block& block : function.blocks)
        if (block.begin <= index && index < block.end) return liveness.before(block, index);
    return Registers(function.registers.size(), true);
}

}  // namespace gnomon::ir
