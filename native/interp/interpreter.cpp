#include "interp/interpreter.h"

#include "interp/machine.h"

namespace gnomon::interp {

Outcome run(const ir::Program& program, ir::FunctionId entry, const std::vector<ChosenInput>& inputs,
            const shadow::Table& table, const Limits& limits, bool with_steps) {
    return Machine(program, inputs, table, limits, with_steps).run(entry);
}

}  // namespace gnomon::interp
