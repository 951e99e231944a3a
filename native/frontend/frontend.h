// C sources through libclang: facts for navigation, and functions lowered to the IR.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
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

struct PlaceRange {  // as written; lines and columns from 1, the end is exclusive
    std::string path;
    std::uint32_t line = 0, column = 0, end_line = 0, end_column = 0;
};

struct MemberFacts {
    std::string name;  // empty for anonymous structures and unions
    std::uint32_t type = 0;
    std::int64_t bit_offset = 0;
    std::uint32_t bit_width = 0;  // 0: no bit field
};

// A type as C wrote it. Others are named by their index in SourceReport::types.
struct TypeFacts {
    std::string kind;          // base void pointer qualified array struct union enum typedef function unknown
    std::string name;          // of a base type or typedef; tag of a record or enum; the qualifier
    std::string encoding;      // of a base type: signed unsigned float boolean
    std::int64_t size = -1;    // bytes; negative: not known
    std::int64_t count = -1;   // of an array; negative: not known
    std::uint32_t target = 0;  // what is pointed to, qualified, repeated, named; a function's result; an enum's integer
    bool is_complete = false;  // members of a record, values of an enum, parameters of a function are known
    bool is_variadic = false;
    std::vector<MemberFacts> members;
    std::vector<std::pair<std::string, std::int64_t>> values;
    std::vector<std::pair<std::string, std::uint32_t>> parameters;
    std::string path;  // of the definition of a record, enum or typedef
    std::uint32_t line = 0, column = 0;
};

struct ArgumentFacts {
    std::uint32_t type = 0;                                          // as passed
    std::optional<std::string> text;                                 // of a string literal
    bool is_zero = false;                                            // a constant: 0, or a null pointer
    std::string variable;                                            // whose value is passed, when it is nothing else
    std::optional<std::vector<std::optional<std::string>>> strings;  // the list of strings that variable holds
    std::string source;
    PlaceRange range;
};

// A call of a function with variable arguments.
struct CallFacts {
    std::string name;
    std::string function;  // in whose body
    PlaceRange range;
    std::vector<ArgumentFacts> arguments;
};

// Where a pointer comes from: a "parameter" (its `index`), a "global" or "function" by key, a "field" of its one
// operand, a "call" with the origins of each argument; empty kind: not known.
struct OriginFacts {
    std::string kind;
    std::string name, key = {};
    std::uint32_t index = 0;
    std::vector<std::vector<OriginFacts>> operands = {};

    bool operator==(const OriginFacts&) const = default;
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
    bool is_entry = false;  // its source says that it may be called with anything
    bool is_lowered = false;
    std::string reason;                // why it is not lowered: "not modelled: inline asm"
    std::uint32_t type = 0;            // index in SourceReport::types
    bool is_changed = false;           // lowered anew by this update (its IR differs from before)
    std::vector<OriginFacts> origins;  // of the pointer that a definition gives back
};

// A variable at file scope that other units, and so Python, can name.
struct VariableFacts {
    std::string name;
    std::string path;
    std::uint32_t line = 0, column = 0;  // of the name, from 1
    std::uint32_t type = 0;              // index in SourceReport::types
    bool is_definition = false;          // tentative ones too
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
    std::vector<VariableFacts> variables;
    std::vector<ReferenceFacts> references;
    std::vector<CallFacts> calls;
    std::vector<TypeFacts> types;        // of functions and arguments, and all that they lead to
    std::vector<std::uint32_t> records;  // the records, enums and typedefs that the project itself defines
    std::vector<std::string> includes;   // files read, absolute, each once, for dependency tracking
    double parse_seconds = 0, lower_seconds = 0;
};

// What a source is read for.
enum class Use {
    once,    // it may not change for long: nothing that libclang has made of it is kept
    edited,  // it will be read again soon: its tree is kept, and a preamble of what its first lines include
    model,   // once; its functions stand for library functions, and fill only declarations that have no body
};

// Holds libclang and the parsed translation units. Throws std::runtime_error when libclang cannot be loaded.
class Frontend {
  public:
    Frontend(const std::string& libclang_path, const std::string& resource_directory);
    ~Frontend();

    // Parses a source file and lowers into `program` the functions whose tokens, or whose declarations they use, have
    // changed. Parse errors are reported, never thrown: what is intact is lowered.
    SourceReport update(ir::Program& program, const std::string& path, const std::vector<std::string>& arguments,
                        std::span<const UnsavedFile> unsaved, Use use);

    // The functions, variables and types of those names that a text declares, through whatever it includes, and all
    // functions and types of the text itself; nothing of it is kept.
    SourceReport declarations(const std::string& text, const std::vector<std::string>& arguments,
                              const std::vector<std::string>& names);

    // External names that several units define, with the units; `differs`: not by what the same text says to all.
    struct Several {
        std::string name;
        bool differs = false;
        std::vector<std::string> paths;
    };
    std::vector<Several> defined_by_several() const;
    // What names mean in each unit, by path, from its next update on; `apart` are all these names: where a unit is not
    // listed with one, nobody knows which definition it gets.
    void link(ir::Program& program, const std::map<std::string, std::map<std::string, std::string>>& linked,
              const std::set<std::string>& apart);

    void forget(ir::Program& program, const std::string& path);  // the file is gone: its functions lose their bodies

  private:
    struct Units;
    std::unique_ptr<Units> units_;
    std::map<std::string, std::map<std::string, std::string>> linked_;  // by path
    std::set<std::string> apart_;
};

}  // namespace gnomon::frontend
