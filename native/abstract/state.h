// What is known at one point of a function: the values of registers and of bytes, and facts of the symbols in them.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "abstract/flow.h"
#include "abstract/value.h"

namespace gnomon::abstract {

// Bytes that were written or read through a pointer, at a known distance from its symbol.
struct Place {
    Symbol symbol;
    Wide offset = 0;
    auto operator<=>(const Place&) const = default;
};

struct Cell {
    std::uint64_t size = 0;
    Value value;
    bool operator==(const Cell&) const = default;
};

class State {
  public:
    State(const ir::Program& program, const ir::Function& function, const Flow& flow)
        : program_(&program), flow_(&flow), is_alive_(function.locals.size()), is_exposed_(function.locals.size()) {}

    Value get(std::uint32_t reg) const;
    void set(std::uint32_t reg, Value value) { registers_[reg] = value; }

    // Of any symbol; objects of the program are known by themselves.
    Facts facts(Symbol symbol) const;
    Facts facts(const Value& value) const;  // of the number or pointer itself
    void learn(Symbol symbol, const Facts& facts);
    void define(Symbol symbol, const Facts& facts);  // anew: who held it before holds something unknown
    bool is_alive(ir::LocalId local) const { return is_alive_[static_cast<std::size_t>(local)]; }
    void enter(ir::LocalId local);
    void leave(ir::LocalId local);
    void expose(Symbol symbol);  // other symbols may point to this object from now on

    // Bytes. `write` forgets what the write may change.
    const Value* find(const Value& pointer, std::uint64_t size) const;
    void write(const Value& pointer, std::optional<std::uint64_t> size);
    void remember(const Value& pointer, std::uint64_t size, Value value);
    void forget_bytes();  // that others can reach
    void forget_lives();  // of heap blocks
    void forget_ends();   // where they are

    // Joins with what comes another way into the block, or is its first. True: something is known no longer.
    bool join(const State& other, std::uint32_t block, bool is_widened, const ir::Function& function);
    // Without what nobody reads where the block begins.
    State entering(std::uint32_t block) const;
    bool operator==(const State& other) const {
        return registers_ == other.registers_ && facts_ == other.facts_ && cells_ == other.cells_ &&
               is_alive_ == other.is_alive_ && is_exposed_ == other.is_exposed_;
    }

  private:
    using Registers = std::map<std::uint32_t, Value>;
    using AllFacts = std::map<Symbol, Facts>;

    bool may_overlap(const Place& a, std::uint64_t size, const Value& pointer, std::optional<std::uint64_t> b) const;
    bool is_private(Symbol symbol) const;
    bool is_parameter(AllFacts::const_iterator known) const;
    void replace(Symbol symbol);
    Value joined(const Value& mine, const State& other, const Value& theirs, Symbol join, Range type, bool is_widened,
                 State& result) const;

    const ir::Program* program_;
    const Flow* flow_;
    Registers registers_;
    AllFacts facts_;                // of symbols that are held somewhere, and of parameters
    std::map<Place, Cell> cells_;   // at most `most_cells`
    std::vector<bool> is_alive_;    // by local: surely in scope
    std::vector<bool> is_exposed_;  // by local
};

}  // namespace gnomon::abstract
