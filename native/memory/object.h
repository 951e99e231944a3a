// An object in memory: its life, its bytes, their shadows, and the objects that pointers stored in it point into.
#pragma once

#include <array>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <optional>
#include <variant>

#include "ir/program.h"
#include "memory/value.h"
#include "shadow/table.h"

namespace gnomon::memory {

// Where an object comes from, for messages.
struct LocalOrigin {
    ir::FunctionId function{};
    ir::LocalId local{};
};
struct InputOrigin {
    std::uint32_t input = 0;  // index into Outcome::inputs
};
using Origin = std::variant<ir::Site, LocalOrigin, ir::GlobalId, ir::FunctionId, InputOrigin>;  // Site: of allocation

struct Freed {
    void operator()(void* block) const { std::free(block); }
};
template <class T>
using Block = std::unique_ptr<T[], Freed>;  // of calloc: zeros that cost nothing until they are touched

struct Object {
    std::uint64_t base = 0;  // virtual address of the first byte
    std::uint64_t size = 0;
    shadow::ObjectKind kind = shadow::ObjectKind::heap;
    bool is_alive = true;
    bool is_writable = true;
    bool is_chosen = false;                // an opaque object that may be the same as another one
    bool is_escaped = false;               // code that nobody has may hold pointers to it
    bool is_shared = false;                // of the interpreter's own: no reference to it is lost
    bool is_counted = false;               // begins with a reference count
    bool is_kept = false;                  // somebody outside the program may still know where it is
    std::array<std::uint8_t, 8> states{};  // by layer
    std::uint8_t new_shadow = 0;           // shadow of bytes never written; `shadows` holds the difference from it
    Origin origin;
    std::optional<ir::TypeId> type;       // said of a heap block
    std::optional<ir::TypeId> made_as{};  // of an object of the library's

    Block<std::uint8_t> bytes;     // null until needed
    Block<std::uint8_t> shadows;   // null while all bytes have new_shadow
    Block<std::uint32_t> pointed;  // null while no pointer was stored: per byte, object id * 8 + index in its pointer

    bool contains(std::int64_t offset, std::uint64_t length) const {
        return offset >= 0 && static_cast<std::uint64_t>(offset) <= size &&
               length <= size - static_cast<std::uint64_t>(offset);
    }
};

}  // namespace gnomon::memory
