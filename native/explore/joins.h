// Where the two sides of a branch come together again, and which registers matter there.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "ir/program.h"
#include "slice/control.h"
#include "slice/slice.h"

namespace gnomon::explore {

struct Join {
    std::uint32_t index = 0;  // of its first instruction
    // What the sides write, ascending: what nothing behind reads; and what tells places again and again, so that paths
    // on which it is known are better than one on which it is a choice.
    std::vector<ir::RegisterId> unread, plain;
};

// The branches of one function, of what a slice keeps.
class Joins {
  public:
    Joins(const ir::Function& function, const slice::FunctionSlice* kept);

    const Join* of(std::uint32_t branch);  // null: not worth running both sides to it

  private:
    struct Uses {  // of one block, ascending
        std::vector<ir::RegisterId> read_first, written;
    };

    std::optional<Join> find(std::uint32_t branch) const;
    std::optional<std::vector<ir::BlockId>> between(std::uint32_t branch, ir::BlockId join) const;
    bool is_read_from(ir::BlockId begin, ir::RegisterId id) const;
    Uses uses_of(ir::BlockId block, const slice::FunctionSlice* kept) const;
    std::vector<ir::BlockId> after(ir::BlockId block) const;
    void find_places(const slice::FunctionSlice* kept);
    bool is_repeated(ir::BlockId block) const;

    const ir::Function& function_;
    slice::Control control_;
    std::vector<Uses> uses_;                              // by block
    std::vector<bool> tells_places_;                      // by register
    std::map<std::uint32_t, std::optional<Join>> found_;  // by branch; dropped with the exploration
};

// The joins of all functions of an exploration, found when first asked for.
class JoinTable {
  public:
    explicit JoinTable(const ir::Program& program) : program_(program) {}

    const Join* of(ir::Site branch, const slice::FunctionSlice* kept);

  private:
    const ir::Program& program_;
    std::map<ir::FunctionId, std::unique_ptr<Joins>> joins_;  // dropped with the exploration
};

}  // namespace gnomon::explore
