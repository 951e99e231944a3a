// What slicing asks of one function by itself, worked out once.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ir/program.h"
#include "slice/control.h"
#include "slice/definitions.h"

namespace gnomon::slice {

// What a value comes from: an instruction of the same function, or one of its parameters.
struct Source {
    std::uint32_t index = 0;
    bool is_parameter = false;
};

class FunctionFacts {
  public:
    FunctionFacts(const ir::Function& function, const std::vector<bool>& may_end);

    // Of all operands of an instruction; of a call's arguments, one by one.
    std::span<const Source> sources(std::uint32_t index) const {
        return {sources_.data() + begins_[index], sources_.data() + begins_[index + 1]};
    }
    std::vector<Source> argument_sources(std::uint32_t call, std::size_t argument) const;
    const Control& control() const { return control_; }
    const std::vector<std::uint32_t>& scope(ir::LocalId local) const {  // its EnterLocal and LeaveLocal
        return scopes_[static_cast<std::size_t>(local)];
    }
    const std::vector<std::uint32_t>& returns() const { return returns_; }
    const std::vector<std::uint32_t>& ends() const { return ends_; }                // after which the run may end
    const std::vector<std::uint32_t>& unskippable() const { return unskippable_; }  // branches

  private:
    void add_sources(std::uint32_t index, const ir::Operand& operand, std::vector<Source>& found) const;

    const ir::Function& function_;
    Definitions definitions_;
    Control control_;
    std::vector<Source> sources_;
    std::vector<std::uint32_t> begins_;
    std::vector<std::vector<std::uint32_t>> scopes_;
    std::vector<std::uint32_t> returns_, ends_, unskippable_;
};

}  // namespace gnomon::slice
