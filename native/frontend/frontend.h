// C sources through libclang: facts for navigation, and functions lowered to the IR.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "ir/program.h"

namespace gnomon::frontend {

struct UnsavedFile {
    std::string path;
    std::string text;
};

struct Diagnostic {
    std::string severity;  // "note", "warning", "error", "fatal"
    std::string path;
    std::uint32_t line = 0, column = 0;  // from 1
    std::string message;
};

// A function declared or defined in the source or its project headers (system headers: only those used).
struct FunctionFacts {
    std::string name, key;
    std::string path;
    std::uint32_t line = 0, column = 0;          // of the name, from 1
    std::uint32_t begin_line = 0, end_line = 0;  // of the whole declaration
    std::string signature;                       // "int ring_push(struct ring *r, int value)"
    std::string comment;                         // the doc comment before it, as written
    bool is_static = false;
    bool is_definition = false;
    bool is_lowered = false;
    std::string reason;       // why it is not lowered: "not modelled: inline asm"
    bool is_changed = false;  // lowered anew by this update (its IR differs from before)
};

// A use of a function's name in the source (call, address taken, table entry), where the user wrote it.
struct ReferenceFacts {
    std::string name, key;
    std::string path;
    std::uint32_t line = 0, column = 0;
    std::string function;  // the function whose body holds it; empty at file scope
    bool is_call = false;
};

struct SourceReport {
    std::vector<Diagnostic> diagnostics;
    std::vector<FunctionFacts> functions;
    std::vector<ReferenceFacts> references;
    std::vector<std::string> includes;  // files read, absolute, for dependency tracking
    double parse_seconds = 0, lower_seconds = 0;
};

// Holds libclang and the parsed translation units. Throws std::runtime_error when libclang cannot be loaded.
class Frontend {
  public:
    Frontend(const std::string& libclang_path, const std::string& resource_directory);
    ~Frontend();

    // Parses (or reparses, with preamble) a source file and lowers into `program` the functions whose tokens, or whose
    // declarations they use, have changed. Parse errors are reported, never thrown: what is intact is lowered.
    // is_model: the functions stand for library functions; they fill only declarations that have no body.
    SourceReport update(ir::Program& program, const std::string& path, const std::vector<std::string>& arguments,
                        std::span<const UnsavedFile> unsaved, bool is_model);

    void forget(ir::Program& program, const std::string& path);  // the file is gone: its functions lose their bodies

  private:
    struct Units;
    std::unique_ptr<Units> units_;
};

}  // namespace gnomon::frontend
