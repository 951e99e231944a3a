// Which demands arise where: the obligations of a function, and static evaluation of guards.
#pragma once

#include <vector>

#include "ir/program.h"
#include "shadow/table.h"

namespace gnomon::shadow {

struct Obligation {
    ir::Site site;
    std::uint32_t demand = 0;  // index into Table::demands
    auto operator<=>(const Obligation&) const = default;
};

// Obligations of one function, in code order, then in table order. A Call of a model function (is_model) raises, at the
// call's site, every demand that the model's body raises, through further models too: a failure inside a model belongs
// to the user's call. The explorer attributes them so, and a slice on such a site keeps what the model's body demands.
// Model functions themselves have no obligations.
std::vector<Obligation> obligations(const ir::Program& program, ir::FunctionId function, const Table& table);

// As above, of a model, too: what it demands itself, and at its calls what other models do.
std::vector<Obligation> raised(const ir::Program& program, ir::FunctionId function, const Table& table);

// By instruction: indices of the demands that apply there, in table order. An instruction can raise two events
// (CopyBytes).
std::vector<std::vector<std::uint32_t>> demands_of(const ir::Program& program, const ir::Function& function,
                                                   const Table& table);

}  // namespace gnomon::shadow
