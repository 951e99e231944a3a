// Summaries of all functions of a program, kept while it changes: what each gives back is found callees first, what
// each is handed callers first. A function is looked at again only when its code changed, or something that its last
// look rested on.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "abstract/contract.h"
#include "abstract/effects.h"
#include "abstract/rules.h"
#include "abstract/stack.h"
#include "summary/callers.h"
#include "summary/forward.h"
#include "summary/models.h"

namespace gnomon::summary {

class Summaries : public abstract::Callees {
  public:
    // `mentions` are brought up to date by whoever owns them.
    Summaries(const ir::Program& program, const ir::AllMentions& mentions, const shadow::Table& table);
    Summaries(const Summaries&) = delete;
    Summaries& operator=(const Summaries&) = delete;

    // The function was lowered anew.
    void changed(ir::FunctionId function);
    // Brings all up to date; `open` and `included` as internal_functions() has them.
    void refresh(const std::set<ir::FunctionId>& open, const std::set<std::string>& included);

    // Obligations of a function: those that hold on every run, and the others.
    const Forward& of(ir::FunctionId function) const;
    // Of all that this rests on: equal while the answers are.
    std::uint64_t digest_of(ir::FunctionId function) const;

    abstract::Effect effect(const ir::Call& call) const override;
    Outcome outcome(const ir::Call& call, std::span<const Facts> arguments) const override;
    bool meets(const ir::Call& call, std::span<const Facts> arguments, std::uint32_t demand) const override;

  private:
    struct Summary {
        std::uint64_t version = 0;  // of the code that was looked at
        // With any arguments, and with those that the callers hand over, if that is more.
        std::optional<std::uint64_t> rests_on;  // nothing: it was not looked at yet
        Forward plain;
        std::optional<Forward> called;
        Assumption assumption;
        const Forward& last() const { return called ? *called : plain; }
    };

    bool is_summarised(std::size_t function) const;
    void note_changes();
    void bottom_up(const std::vector<std::vector<std::uint32_t>>& circles);
    void top_down(const std::vector<std::vector<std::uint32_t>>& circles, const std::vector<bool>& is_internal);
    std::uint64_t digest_of_surroundings(std::size_t function) const;
    Forward look(ir::FunctionId function, const Assumption& assumption,
                 std::vector<shadow::Obligation> obligations) const;

    const ir::Program& program_;
    const ir::AllMentions& mentions_;
    const abstract::Rules rules_;
    ir::PerFunction<abstract::Effect> own_effects_;
    ir::PerFunction<std::uint64_t> frames_;
    std::optional<abstract::Effects> effects_;
    std::optional<abstract::StackBounds> stack_;
    mutable Models models_;
    std::vector<Summary> summaries_;  // by function
    std::vector<bool> is_under_way_;  // by function: in a circle that is being looked at
    std::size_t loaded_ = 0;          // models
};

}  // namespace gnomon::summary
