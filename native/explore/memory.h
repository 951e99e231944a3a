// Symbolic memory: objects of byte cells, copied on write. A pointer is a concrete object and a symbolic offset.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ir/program.h"
#include "shadow/table.h"
#include "solver/expression.h"

namespace gnomon::explore {

using solver::Expression;

// Objects made on the path count from 1; globals and functions have fixed ids, so that paths agree on them. What is
// computed from a null pointer stays null, whatever its bits.
enum class ObjectId : std::uint32_t {
    none = 0,
    first_global = 0x40000000,
    first_function = 0x80000000,
    null = 0xffffffff,
};

inline bool is_real(ObjectId id) { return id != ObjectId::none && id != ObjectId::null; }
inline bool is_made(ObjectId id) { return id != ObjectId::none && id < ObjectId::first_global; }
inline bool is_function(ObjectId id) { return id >= ObjectId::first_function && id != ObjectId::null; }

ObjectId object_of(ir::GlobalId global);
ObjectId object_of(ir::FunctionId function);

// The contents of a register. With an object: a pointer (or an integer cast from one), and `bits` is its 64-bit
// offset. Without: plain bits of the type's width.
struct Value {
    Expression bits = nullptr;
    Expression shadow = nullptr;  // 8 bits, one per layer
    ObjectId object = ObjectId::none;
};

// What makes an object that nobody has used yet (deferred.cpp).
struct Deferred {
    ir::FunctionId become{};
    Value number;
};

struct Cell {
    Expression value = nullptr;  // 8 bits; of a pointer's byte: the pointer's whole offset. Null: not written yet
    Expression shadow = nullptr;
    ObjectId object = ObjectId::none;
    std::uint8_t fragment = 0;  // of a pointer's byte: which of the eight
    std::uint32_t age = 0;      // the number of symbolic writes before it
};

// A write at an offset that may mean many places: kept as it is, and applied by whoever reads a byte.
struct SymbolicWrite {
    Expression offset = nullptr;
    std::vector<Cell> cells;  // no pointers
};

constexpr std::uint64_t page_size = 64;
using Page = std::array<Cell, page_size>;

struct ChosenByte {
    Expression variable = nullptr;
    Expression value = nullptr;  // what the variable stands for
};

// The bytes that an Input chose. Shared by all paths that took it.
struct InputBytes {
    ir::Site site;
    std::uint32_t occurrence = 0;
    std::string name;
    Expression length = nullptr;  // 64 bits
    bool is_terminated = false, without_nul = false, is_ascii = false, is_line = false, is_word = false;
    bool is_callers = false;
    std::uint8_t plain = 'a';
    Expression shadow = nullptr;                // of each of them
    std::map<std::uint64_t, ChosenByte> bytes;  // made when first read; at most `maximum` of them
};

// What a byte holds that nobody has written on this path.
enum class Base : std::uint8_t { zero, undefined, global, input, unknown };

struct Object {
    shadow::ObjectKind kind{};
    Base base = Base::zero;
    Expression size = nullptr;  // 64 bits
    bool is_alive = true;
    bool is_writable = true;
    bool is_callers = false;         // its size, and that it is there, is what a caller says
    bool is_escaped = false;         // code that nobody has may hold pointers to it
    Expression is_shared = nullptr;  // where it holds, no reference to it is lost; null: nowhere
    bool is_counted = false;         // begins with a reference count
    bool is_kept = false;            // somebody outside the program may still know where it is
    bool is_chosen = false;          // an opaque object that the program's world chose: it may be any foreign object
    std::array<std::uint8_t, 8> states{};  // by layer
    ir::Site made_at;                      // of a heap block: where the user asked for it
    Expression base_shadow = nullptr;
    std::optional<ir::TypeId> type;                                     // declared, or said of a heap block
    std::optional<ir::TypeId> made_as{};                                // of an object of the library's
    ir::GlobalId global{};                                              // of Base::global
    std::string why_unknown;                                            // of Base::unknown
    std::shared_ptr<InputBytes> input;                                  // of Base::input
    std::shared_ptr<const Deferred> deferred;                           // null once it is what it is
    std::map<std::uint64_t, std::shared_ptr<Page>> pages;               // by index; bound: the bytes written
    std::vector<std::shared_ptr<const SymbolicWrite>> symbolic_writes;  // oldest first
};

class Memory {
  public:
    bool contains(ObjectId id) const;
    const Object& at(ObjectId id) const;
    Object& writable(ObjectId id);
    ObjectId create(Object object);
    void define(ObjectId id, Object object);  // a global or a function, on its first use

    static const Cell* find(const Object& object, std::uint64_t index);  // null: not written yet
    static void write(Object& object, std::uint64_t index, Cell cell);

    void redirect(ObjectId from, ObjectId to);  // all pointers to it; the distance inside stays

    std::vector<ObjectId> escaped() const;
    std::vector<ObjectId> globals() const;  // that were used so far
    // The objects of `before`, and fixed ones used since, that are not as they were. Not those made since.
    std::vector<ObjectId> changed_since(const Memory& before) const;

    std::size_t size() const { return made_.size() + fixed_.size(); }
    std::size_t made() const { return made_.size(); }  // objects 1..made() were made on the path
    const std::map<ObjectId, std::shared_ptr<Object>>& fixed() const { return fixed_; }

  private:
    std::vector<std::shared_ptr<Object>> made_;
    std::map<ObjectId, std::shared_ptr<Object>> fixed_;
};

}  // namespace gnomon::explore
