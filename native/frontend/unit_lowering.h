// One parsed C file, and its lowering into the program.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "frontend/frontend.h"
#include "frontend/reader.h"
#include "frontend/symbols.h"
#include "ir/program.h"

namespace gnomon::frontend {

// What a lowered body depended on, and where it began.
struct Lowered {
    std::size_t text = 0;     // hash of the function's own text
    std::size_t context = 0;  // hash of all declarations around it
    unsigned begin_line = 0;
    std::size_t body = 0;  // hash of what it was lowered to
};

struct Definition {
    std::string path;      // where it is written: the unit, or what it includes
    std::size_t hash = 0;  // of what it says
    bool is_weak = false;  // another one may stand for it, also in its own file
    bool operator==(const Definition&) const = default;
};

struct Unit {
    CXTranslationUnit handle = nullptr;
    std::vector<std::string> arguments;
    std::map<std::string, Lowered> functions;      // by key
    std::map<std::string, std::size_t> variables;  // hashes of initial contents, by key
    std::map<std::string, Definition> external;    // what it defines for others, by name
    std::vector<std::string> includes;             // of what was precompiled
    bool is_model = false;
};

using Units = std::map<std::string, Unit>;  // by path

// Lowers what the unit defines, but for bodies that are as they were; what the unit has now takes the place of what it
// had. `units` are all of the program.
void lower_unit(const Reader& reader, ir::Program& program, Unit& unit, const Units& units, const Linked& linked,
                SourceReport& report);

void drop_body(ir::Function& function);
void leave_ambiguous(ir::Function& function);

}  // namespace gnomon::frontend
