// Entries: harness functions without parameters that call the program as its world would.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "ir/program.h"

namespace gnomon::explore {

struct ResultOf {  // of an earlier step
    std::uint32_t step = 0;
};
struct ConstantArgument {
    std::uint64_t bits = 0;
};
// A structure that Python allocated (ctypes), zeroed, then fields set from inputs.
struct StructureArgument {
    ir::TypeId type{};
    std::vector<std::pair<std::uint32_t, ir::Input>> fields;  // index of the field, and what it holds
};
struct AddressOf {  // a global or a function, by key
    std::string key;
};

using Argument = std::variant<ir::Input, ResultOf, ConstantArgument, StructureArgument, AddressOf>;

struct EntryStep {
    std::string function;  // key
    std::vector<Argument> arguments;
    bool stop_if_null = false;      // a constructor that returned NULL ends the history
    bool stop_if_negative = false;  // an initialiser that returned -1 ends it
};

// Adds (or replaces) the harness `name`. Throws std::invalid_argument when a step does not fit its function.
ir::FunctionId build_entry(ir::Program& program, const std::string& name, const std::vector<EntryStep>& steps);

// `function`, called by code that nobody knows with arguments that it may choose: numbers, and blocks of memory of
// which only those that are there are assumed. Globals in `written` (ascending) may hold anything by then. Which
// numbers and strings it gets is for its callers to know, unless it `takes_anything`.
ir::FunctionId build_function_entry(ir::Program& program, const std::string& name, const std::string& function,
                                    const std::vector<ir::GlobalId>& written, bool takes_anything = false);

// `function`, the key of a `main`, with argc in 1..1+maximum_arguments and arguments of up to maximum_length bytes.
ir::FunctionId build_main_entry(ir::Program& program, const std::string& name, const std::string& function,
                                std::uint32_t maximum_arguments, std::uint64_t maximum_length);

}  // namespace gnomon::explore
