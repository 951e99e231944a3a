#include "abstract/circles.h"

#include <algorithm>
#include <utility>

namespace gnomon::abstract {

namespace {

// Tarjan's algorithm without recursion. Bound: the edges.
class Circles {
  public:
    explicit Circles(const std::vector<std::vector<std::uint32_t>>& next)
        : next_(next), number_(next.size()), lowest_(next.size()), is_open_(next.size()) {
        for (std::uint32_t root = 0; root < next.size(); ++root)
            if (number_[root] == 0) visit(root);
    }

    std::vector<std::vector<std::uint32_t>> take() { return std::move(found_); }

  private:
    void begin(std::uint32_t node) {
        number_[node] = lowest_[node] = ++numbered_;
        open_.push_back(node);
        is_open_[node] = true;
        pending_.emplace_back(node, 0);
    }
    void visit(std::uint32_t root) {
        begin(root);
        while (!pending_.empty()) {
            auto& [node, following] = pending_.back();
            if (following == next_[node].size()) {
                end(node);
                continue;
            }
            const std::uint32_t other = next_[node][following++];
            if (number_[other] == 0) {
                begin(other);
            } else if (is_open_[other]) {
                lowest_[node] = std::min(lowest_[node], number_[other]);
            }
        }
    }
    void end(std::uint32_t node) {
        pending_.pop_back();
        if (!pending_.empty()) {
            std::uint32_t& low = lowest_[pending_.back().first];
            low = std::min(low, lowest_[node]);
        }
        if (lowest_[node] != number_[node]) return;
        std::vector<std::uint32_t>& circle = found_.emplace_back();
        do {
            circle.push_back(open_.back());
            is_open_[open_.back()] = false;
            open_.pop_back();
        } while (circle.back() != node);
    }

    const std::vector<std::vector<std::uint32_t>>& next_;
    std::vector<std::uint32_t> number_, lowest_;  // by node; 0: not met yet
    std::vector<bool> is_open_;
    std::vector<std::uint32_t> open_;
    std::vector<std::pair<std::uint32_t, std::size_t>> pending_;  // with the next of its edges
    std::vector<std::vector<std::uint32_t>> found_;
    std::uint32_t numbered_ = 0;
};

}  // namespace

std::vector<std::vector<std::uint32_t>> circles(const std::vector<std::vector<std::uint32_t>>& next) {
    return Circles(next).take();
}

}  // namespace gnomon::abstract
