// Globals that some code may have written before an entry is called.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "ir/per_function.h"
#include "ir/program.h"
#include "slice/hidden_code.h"

namespace gnomon::slice {

// Ascending. Constants and string literals are not among them, nor what only this program's own code can name and only
// ever reads.
std::vector<ir::GlobalId> written_globals(const ir::Program& program, const HiddenCode& hidden);

// What is set up before `main`, or a library's first call: by functions that run when the program is loaded.
std::vector<ir::GlobalId> globals_set_by_loading(const ir::Program& program);

// Does Python call it first of a module? Of the module's code, nothing has run before but what runs by loading.
bool starts_module(const ir::Function& function);

// What modules set up when Python imports them, by what runs when they are loaded, their init functions, and what these
// call. Ascending. Not types and module definitions, whose slots say what they are before and after.
std::vector<ir::GlobalId> globals_set_by_import(const ir::Program& program);

// What of the program decides the answers above: while this stays, they do. Kept while the program changes, so that
// only the functions that did are looked at.
class WritesDigest {
  public:
    void changed(ir::FunctionId function) { by_function_.changed(function); }  // it was lowered anew
    std::uint64_t of(const ir::Program& program, const std::set<std::string>& included);

  private:
    ir::PerFunction<std::uint64_t> by_function_;
};

}  // namespace gnomon::slice
