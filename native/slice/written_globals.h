// Globals that some code may have written before an entry is called.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "ir/program.h"

namespace gnomon::slice {

// Ascending. Constants and string literals are not among them, nor what only this program's own code can name and only
// ever reads. `included` are the sources that others include.
std::vector<ir::GlobalId> written_globals(const ir::Program& program, const std::set<std::string>& included);

// What is set up before `main`, or a library's first call: by functions that run when the program is loaded.
std::vector<ir::GlobalId> globals_set_by_loading(const ir::Program& program);

// What modules set up when Python imports them, by what runs when they are loaded, their init functions, and what these
// call. Ascending. Not types and module definitions, whose slots say what they are before and after.
std::vector<ir::GlobalId> globals_set_by_import(const ir::Program& program);

// What of the program decides the answers above: while this stays, they do. Kept while the program changes, so that
// only the functions that did are looked at.
class WritesDigest {
  public:
    void changed(ir::FunctionId function);  // it was lowered anew
    std::uint64_t of(const ir::Program& program, const std::set<std::string>& included);

  private:
    struct Known {
        const ir::Instruction* code = nullptr;  // that was looked at
        std::size_t size = 0;
        std::uint64_t digest = 0;
    };
    std::vector<std::optional<Known>> by_function_;
};

}  // namespace gnomon::slice
