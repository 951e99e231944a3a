// Registers that may hold a variable nobody has set: what layers that live in registers alone can say of statically.
#pragma once

#include <cstdint>
#include <vector>

#include "ir/program.h"

namespace gnomon::shadow {

// A forward pass over one function. A register may be unset when it starts so, or takes what may be unset: on some way
// to the instruction. Parameters and what is loaded count as set; so does the result of a call, unless the function
// that is called may end without one.
class UnsetRegisters {
  public:
    UnsetRegisters(const ir::Program& program, const ir::Function& function);

    // One that the instruction reads, before it.
    bool may_be_unset(std::uint32_t index, const ir::Operand& operand) const;

  private:
    // Registers, a word for 64 of them: of large functions there are many.
    class Set {
      public:
        explicit Set(std::size_t size) : words_((size + 63) / 64) {}
        bool operator[](std::size_t at) const { return (words_[at / 64] >> at % 64 & 1) != 0; }
        void assign(std::size_t at, bool is_in) {
            words_[at / 64] = (words_[at / 64] & ~(std::uint64_t{1} << at % 64)) | std::uint64_t{is_in} << at % 64;
        }
        bool join(const Set& other) {  // whether anything is new
            bool is_changed = false;
            for (std::size_t i = 0; i < words_.size(); ++i) {
                is_changed = is_changed || (other.words_[i] & ~words_[i]) != 0;
                words_[i] |= other.words_[i];
            }
            return is_changed;
        }

      private:
        std::vector<std::uint64_t> words_;
    };

    void step(Set& unset, const ir::Operation& operation) const;
    void note_reads(const Set& unset, std::uint32_t index);
    bool reads_unset(const Set& unset, const ir::Operation& operation) const;
    bool may_lack_result(const ir::Call& call) const;

    const ir::Program& program_;
    const ir::Function& function_;
    std::vector<std::vector<ir::RegisterId>> read_unset_;  // by instruction; empty: nothing is ever unset
};

}  // namespace gnomon::shadow
