// Which instructions of a function may have set a register that an instruction reads.
#pragma once

#include <cstdint>
#include <vector>

#include "ir/operands.h"
#include "ir/program.h"

namespace gnomon::slice {

class Definitions {
  public:
    // A definition is the index of an instruction, or a parameter's value on entry.
    struct Found {
        std::vector<std::uint32_t> instructions;
        bool is_parameter = false;  // the value that the caller gave may still be there
    };

    explicit Definitions(const ir::Function& function);

    Found reaching(std::uint32_t index, ir::RegisterId reg) const;

  private:
    using Word = std::uint64_t;
    bool is_in(const std::vector<Word>& set, std::uint32_t definition) const {
        return ((set[definition / 64] >> (definition % 64)) & 1) != 0;
    }
    void flow();

    static constexpr std::uint32_t entry = 0xffffffff;
    const ir::Function& function_;
    std::vector<std::vector<std::uint32_t>> of_register_;  // indices of instructions, in code order
    std::vector<std::uint32_t> block_of_;                  // by instruction
    // Only registers that are set more than once take part in the flow; their definitions are numbered.
    std::vector<std::vector<std::uint32_t>> numbers_;  // by register; parallel to of_register_
    std::vector<std::uint32_t> register_of_;           // by number
    std::vector<std::vector<Word>> at_begin_;          // by block
};

}  // namespace gnomon::slice
