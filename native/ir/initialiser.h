// The initialiser of a global, scalar by scalar: what tables of records (method tables, type definitions) are read
// from.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "ir/program.h"

namespace gnomon::ir {

struct Cell {
    std::uint32_t index = 0;  // element of the array; 0 for a single record
    std::string field;        // path inside the record: "ml_name", "m_base.ob_base.ob_refcnt"
    std::uint64_t bits = 0;
    // What a pointer points to: nothing, the text of a string literal, or the key of a function or global.
    struct Text {
        std::string text;
    };
    struct FunctionKey {
        std::string key;
    };
    struct GlobalKey {
        std::string key;
    };
    std::variant<std::monostate, Text, FunctionKey, GlobalKey> target;
};

// The record type of a global that is a record or an array of records; null for others.
const RecordType* record_of(const Program& program, const Global& global);
std::uint64_t element_count(const Program& program, const Global& global);

// The scalars of such a global, in order. Empty when its initialiser is unknown.
std::vector<Cell> cells(const Program& program, const Global& global);

}  // namespace gnomon::ir
