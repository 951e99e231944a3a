// The trace of a run, as far as a person wants to see it: its beginning and its end.
#pragma once

#include <deque>
#include <vector>

#include "interp/interpreter.h"

namespace gnomon::interp {

class StepRecorder {
  public:
    void add(Step step) {
        if (first_.size() < kept_first) {
            first_.push_back(std::move(step));
            return;
        }
        if (last_.size() == kept_last) last_.pop_front();
        last_.push_back(std::move(step));
    }

    std::vector<Step> take() {
        for (Step& step : last_) first_.push_back(std::move(step));
        last_.clear();
        return std::move(first_);
    }

  private:
    static constexpr std::size_t kept_first = 64;
    static constexpr std::size_t kept_last = 256;
    std::vector<Step> first_;
    std::deque<Step> last_;
};

}  // namespace gnomon::interp
