#include "frontend/builder.h"

namespace gnomon::frontend {

namespace {

bool is_terminator(const ir::Operation& operation) {
    return std::holds_alternative<ir::Jump>(operation) || std::holds_alternative<ir::Branch>(operation) ||
           std::holds_alternative<ir::Switch>(operation) || std::holds_alternative<ir::Return>(operation) ||
           std::holds_alternative<ir::NotModelled>(operation) || std::holds_alternative<ir::Unreachable>(operation);
}

}  // namespace

ir::RegisterId Builder::new_register(ir::TypeId type, std::string name, bool starts_undefined) {
    function_.registers.push_back({type, std::move(name), starts_undefined});
    return static_cast<ir::RegisterId>(function_.registers.size() - 1);
}

ir::LocalId Builder::new_local(std::string name, ir::TypeId type, std::uint64_t size) {
    function_.locals.push_back({std::move(name), type, size});
    return static_cast<ir::LocalId>(function_.locals.size() - 1);
}

ir::BlockId Builder::new_block() {
    blocks_.emplace_back();
    return static_cast<ir::BlockId>(blocks_.size() - 1);
}

void Builder::emit(ir::Operation operation, std::string text) {
    OpenBlock& block = blocks_[current_];
    if (block.is_terminated) return;
    block.is_terminated = is_terminator(operation);
    block.code.push_back({place_, std::move(operation), std::move(text)});
}

void Builder::leave_scope() {
    unwind_to(scopes_.size() - 1);
    scopes_.pop_back();
}

void Builder::join_scope() {
    const std::vector<ir::LocalId> locals = std::move(scopes_.back().locals);
    scopes_.pop_back();
    scopes_.back().locals.insert(scopes_.back().locals.end(), locals.begin(), locals.end());
}

void Builder::clean_up_scope() {
    const std::vector<Cleanup> cleanups = scopes_.back().cleanups;
    for (auto cleanup = cleanups.rbegin(); cleanup != cleanups.rend(); ++cleanup) clean_up(*cleanup);
}

// Cleanups may look at all locals of their scope.
void Builder::unwind_to(std::size_t depth) {
    for (std::size_t i = scopes_.size(); i > depth; --i) {
        const Scope& scope = scopes_[i - 1];
        for (auto cleanup = scope.cleanups.rbegin(); cleanup != scope.cleanups.rend(); ++cleanup) clean_up(*cleanup);
        for (auto local = scope.locals.rbegin(); local != scope.locals.rend(); ++local) emit(ir::LeaveLocal{*local});
    }
}

void Builder::clean_up(const Cleanup& cleanup) {
    const ir::Operand address = ir::Operand::of(new_register(cleanup.pointer));
    emit(ir::AddressOfLocal{address.as_register(), cleanup.local});
    ir::Call call = cleanup.call;
    call.arguments = {address};
    emit(std::move(call), cleanup.text);
}

std::vector<Cleanup> Builder::cleanups() const {
    std::vector<Cleanup> open;
    for (const Scope& scope : scopes_) open.insert(open.end(), scope.cleanups.begin(), scope.cleanups.end());
    return open;
}

void Builder::finish() {
    for (OpenBlock& block : blocks_) {
        // What was never filled follows something that is not modelled.
        if (!block.is_terminated)
            block.code.push_back({place_, ir::NotModelled{"code around what is not modelled"}, {}});
        const auto begin = static_cast<std::uint32_t>(function_.code.size());
        for (ir::Instruction& instruction : block.code) function_.code.push_back(std::move(instruction));
        function_.blocks.push_back({begin, static_cast<std::uint32_t>(function_.code.size())});
    }
}

}  // namespace gnomon::frontend
