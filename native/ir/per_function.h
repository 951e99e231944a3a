// Facts of each function's own code, kept while the program changes: found again only where that code was lowered anew.
#pragma once

#include <cstdint>
#include <vector>

#include "ir/program.h"

namespace gnomon::ir {

template <class Fact>
class PerFunction {
  public:
    // The function was lowered anew.
    void changed(FunctionId function) {
        const auto index = static_cast<std::size_t>(function);
        if (index < kept_.size()) kept_[index].is_known = false;
    }
    // Brings all up to date; `find` gives the fact of a function.
    template <class Find>
    void refresh(const Program& program, const Find& find) {
        kept_.resize(program.functions.size());
        for (std::size_t i = 0; i < kept_.size(); ++i) {
            const std::vector<Instruction>& code = program.functions[i].code;
            Kept& kept = kept_[i];
            if (kept.is_known && kept.code == code.data() && kept.size == code.size()) continue;
            kept = {find(static_cast<FunctionId>(i)), code.data(), code.size(), kept.version + 1, true};
        }
    }

    std::size_t size() const { return kept_.size(); }
    const Fact& operator[](std::size_t function) const { return kept_[function].fact; }
    // How often it was found; never 0.
    std::uint64_t version(std::size_t function) const { return kept_[function].version; }

  private:
    struct Kept {
        Fact fact;
        const Instruction* code = nullptr;  // that was looked at
        std::size_t size = 0;
        std::uint64_t version = 0;
        bool is_known = false;
    };
    std::vector<Kept> kept_;  // by function
};

}  // namespace gnomon::ir
