// What the rules of a table imply about values on a path that goes on: read off their form.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "ir/program.h"
#include "shadow/table.h"

namespace gnomon::abstract {

class Rules {
  public:
    explicit Rules(const shadow::Table& table);

    const shadow::Table& table;

    // Results of signed operations that no rule lets wrap.
    bool forbids_wrap(ir::BinaryOperator op) const { return forbids_wrap_[static_cast<std::size_t>(op)]; }
    // The layers that a value may have set after the event, which had them before it.
    std::uint8_t after(shadow::Event event, std::uint8_t shadow) const;
    std::uint8_t of_result(const ir::Function* callee) const;  // the layers that a call may set; null: of any function
    std::uint8_t of_new(shadow::ObjectKind kind) const;

  private:
    std::array<bool, 256> forbids_wrap_{};     // by operator
    std::array<std::uint8_t, 256> updated_{};  // layers, by event
    std::vector<const shadow::Update*> of_calls_;
};

// The field whose bit a demand asks to be clear: `not shadow_pointer`.
std::optional<shadow::Field> cleared_field(const shadow::Expression& predicate);

}  // namespace gnomon::abstract
