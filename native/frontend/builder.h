// Builds the body of one function: blocks, registers, scopes.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "ir/program.h"

namespace gnomon::frontend {

// A call that gets the address of a local when its scope is left.
struct Cleanup {
    ir::LocalId local{};
    ir::TypeId pointer{};  // to the local
    ir::Call call;         // without its argument
    std::string text;
};

class Builder {
  public:
    explicit Builder(ir::Function& function) : function_(function) { start(new_block()); }

    ir::RegisterId new_register(ir::TypeId type, std::string name = {}, bool starts_undefined = false);
    ir::LocalId new_local(std::string name, ir::TypeId type, std::uint64_t size);

    ir::BlockId new_block();
    void start(ir::BlockId block) { current_ = static_cast<std::size_t>(block); }

    // Where the next instructions were written, and as what.
    void at(ir::Place place) { place_ = place; }
    ir::Place place() const { return place_; }

    void emit(ir::Operation operation, std::string text = {});
    void jump(ir::BlockId target) { emit(ir::Jump{target}); }
    void branch(ir::Operand condition, ir::TypeId type, ir::BlockId if_true, ir::BlockId if_false) {
        emit(ir::Branch{condition, type, if_true, if_false});
    }
    void not_modelled(const std::string& what) { emit(ir::NotModelled{what}); }
    // After a terminator nothing more is added to a block: what follows is unreachable until another is started.
    bool is_terminated() const { return blocks_[current_].is_terminated; }

    // Scopes of memory locals, left at their end and by jumps out of them.
    void enter_scope() { scopes_.emplace_back(); }
    void leave_scope();
    void join_scope();  // ends it; its locals are from now on those of the scope around it
    bool scope_has_cleanups() const { return !scopes_.back().cleanups.empty(); }
    void clean_up_scope();
    void add_to_scope(ir::LocalId local) { scopes_.back().locals.push_back(local); }
    void add_cleanup(Cleanup cleanup) { scopes_.back().cleanups.push_back(std::move(cleanup)); }
    void clean_up(const Cleanup& cleanup);
    std::vector<Cleanup> cleanups() const;  // of all scopes that are open, outermost first
    std::size_t scope_depth() const { return scopes_.size(); }
    void unwind_to(std::size_t depth);  // leaves, without ending, the scopes above depth

    void finish();  // lays the blocks out in the function

  private:
    struct OpenBlock {
        std::vector<ir::Instruction> code;
        bool is_terminated = false;
    };
    struct Scope {
        std::vector<ir::LocalId> locals;
        std::vector<Cleanup> cleanups;
    };
    ir::Function& function_;
    std::vector<OpenBlock> blocks_;
    std::size_t current_ = 0;
    ir::Place place_{};
    std::vector<Scope> scopes_;
};

}  // namespace gnomon::frontend
