// Facts of each function's own code, kept while the program changes: found again only where that code was lowered anew,
// or is known no more, or to be a model's.
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
            const LookedAt now = looked_at(program.functions[i]);
            Kept& kept = kept_[i];
            if (kept.is_known && kept.looked_at == now) continue;
            kept = {find(static_cast<FunctionId>(i)), now, kept.version + 1, true};
        }
    }

    std::size_t size() const { return kept_.size(); }
    const Fact& operator[](std::size_t function) const { return kept_[function].fact; }
    // How often it was found; never 0.
    std::uint64_t version(std::size_t function) const { return kept_[function].version; }

  private:
    struct LookedAt {
        const Instruction* code = nullptr;
        std::size_t size = 0;
        bool has_body = false, is_model = false, is_hidden = false, is_ambiguous = false;
        bool operator==(const LookedAt&) const = default;
    };
    static LookedAt looked_at(const Function& function) {
        return {function.code.data(), function.code.size(),          function.has_body,
                function.is_model,    !function.why_no_body.empty(), function.is_ambiguous};
    }
    struct Kept {
        Fact fact;
        LookedAt looked_at;
        std::uint64_t version = 0;
        bool is_known = false;
    };
    std::vector<Kept> kept_;  // by function
};

}  // namespace gnomon::ir
