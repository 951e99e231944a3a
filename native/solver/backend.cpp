#include "solver/backend.h"

#include <z3++.h>

namespace gnomon::solver {

Backend::Backend() = default;
Backend::~Backend() = default;

z3::context& Backend::context() {
    if (context_ == nullptr) context_ = std::make_unique<z3::context>();
    return *context_;
}

void Backend::drop() { context_.reset(); }

}  // namespace gnomon::solver
