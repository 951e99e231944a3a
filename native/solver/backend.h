// Z3, started when it is first needed. Starting takes milliseconds, so explorations share it, one after the other.
#pragma once

#include <memory>

namespace z3 {
class context;
}

namespace gnomon::solver {

class Backend {
  public:
    Backend();
    ~Backend();
    z3::context& context();
    void drop();  // after a failure: the next question starts anew

  private:
    std::unique_ptr<z3::context> context_;
};

}  // namespace gnomon::solver
