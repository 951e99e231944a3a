// Kept instructions as numbers: all that a run of the slice can notice, nothing that it cannot (places, ids, names of
// registers). Registers, locals and globals are numbered as they come.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "slice/digest.h"
#include "slice/layout.h"
#include "slice/slice.h"

namespace gnomon::slice {

class Encoder {
  public:
    Encoder(const ir::Program& program, ir::FunctionId entry, const Slice& slice, Digest& digest)
        : program_(program), entry_(entry), slice_(slice), digest_(digest) {}

    // Its signature and its lines.
    void function(ir::FunctionId id, const Layout& layout);
    // What a function's name stands for: its key, and when it has no body, what is known instead.
    void mention(ir::FunctionId id);

    void operator()(const ir::Move& i);
    void operator()(const ir::Unary& i);
    void operator()(const ir::Binary& i);
    void operator()(const ir::Cast& i);
    void operator()(const ir::AddressOfLocal& i);
    void operator()(const ir::AddressOfGlobal& i);
    void operator()(const ir::AddressOfFunction& i);
    void operator()(const ir::FieldAddress& i);
    void operator()(const ir::ElementAddress& i);
    void operator()(const ir::PointerDifference& i);
    void operator()(const ir::EnterLocal& i);
    void operator()(const ir::LeaveLocal& i);
    void operator()(const ir::Load& i);
    void operator()(const ir::Store& i);
    void operator()(const ir::CopyBytes& i);
    void operator()(const ir::FillBytes& i);
    void operator()(const ir::CallIntrinsic& i);
    void operator()(const ir::Call& i);
    void operator()(const ir::Input& i);
    void operator()(const ir::Jump&) {}  // a line of its own
    void operator()(const ir::Branch& i);
    void operator()(const ir::Switch& i);
    void operator()(const ir::Return& i);
    void operator()(const ir::NotModelled& i);
    void operator()(const ir::Unreachable&) {}

  private:
    template <class Value>
    void number(Value value) {
        digest_.number(static_cast<std::uint64_t>(value));
    }
    void type(ir::TypeId id);
    void reg(ir::RegisterId id);
    void op(const ir::Operand& operand);
    void op(const std::optional<ir::Operand>& operand);
    void local(ir::LocalId id);
    void global(ir::GlobalId id);
    void target(ir::BlockId block) { number(layout_->line_of(block)); }
    void view(std::optional<ir::TypeId> seen) {
        number(seen.has_value());
        if (seen) type(*seen);
    }
    void bits(ir::BitRange range) { number(std::uint32_t{range.offset} << 16 | range.width); }

    const ir::Program& program_;
    ir::FunctionId entry_;
    const Slice& slice_;
    Digest& digest_;
    const ir::Function* function_ = nullptr;  // being encoded
    const Layout* layout_ = nullptr;
    std::vector<std::uint32_t> registers_, locals_;  // their numbers; 0: not met yet
    std::uint32_t registers_met_ = 0, locals_met_ = 0;
    std::unordered_map<std::uint32_t, std::uint64_t> types_;    // by TypeId: a hash of spelling and size
    std::unordered_map<std::uint32_t, std::uint32_t> globals_;  // by GlobalId: numbers
};

}  // namespace gnomon::slice
