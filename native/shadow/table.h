// The staged form of the shadow domains: what analysis/shadows compiles Python rules to, once, at load.
//
// A rule watches one kind of event and either demands a predicate (an *obligation* arises at every instruction where
// the rule's static guard holds) or updates a shadow layer. Expressions are tables of nodes over the event's fields;
// the interpreter, the explorer and the prover each evaluate the same tables in their own algebra. All numbers are
// mathematical integers (never wrapped): evaluate in 128 bits.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace gnomon::shadow {

enum class Event : std::uint8_t {
    load,        // also the source side of CopyBytes
    store,       // also FillBytes and the target side of CopyBytes
    arithmetic,  // Binary and Unary negate on integers
    cast,
    branch,    // Branch and Switch
    call,      // through a pointer or to a function without body: arguments leave
    release,   // free
    allocate,  // a heap block, or a local's scope entered
    assertion,
    end_of_entry,  // the entry's function has returned
};

enum class Field : std::uint8_t {
    // Known from the instruction alone (usable in guards).
    size,       // bytes accessed; of CopyBytes/FillBytes: known only when running
    operator_,  // ir::BinaryOperator as a number; 100 for unary negate
    bits,       // width of the operation's type
    is_signed,
    is_float,
    type_minimum,  // of the operation's type
    type_maximum,
    right_constant_known,
    // Of the run.
    left,
    right,  // operands, exact by their signedness
    condition,
    value,  // stored, returned or cast
    pointer_is_null,
    pointer_offset,  // signed; from the start of its object
    object_size,
    object_alive,  // 0 after release or scope exit
    object_kind,   // ObjectKind
    object_writable,
    // Shadow bits, 0 or 1, of the rule's layer.
    shadow_left,
    shadow_right,
    shadow_condition,
    shadow_pointer,
    shadow_value,
    shadow_bytes,  // union over the bytes that the access reads
    shadow_size,
};

enum class ObjectKind : std::uint8_t { heap, local, global, literal, input, opaque, function };

enum class Operator : std::uint8_t {
    constant,  // Node::number
    field,     // Node::field
    add,
    subtract,
    multiply,
    negate,
    shift_left,  // left * 2^right, right in 0..127
    equal,
    not_equal,
    less,
    less_equal,
    logical_and,
    logical_or,
    logical_not,  // and, or: the right side is not looked at when the left decides
};

struct Node {
    Operator op{};
    std::int64_t number = 0;
    Field field{};
    std::uint32_t left = 0, right = 0;  // indices of earlier nodes
};

struct Expression {
    std::vector<Node> nodes;  // the last one is the root; empty: true
};

struct Demand {
    std::string code;     // "bounds.read"
    std::string domain;   // "bounds"
    std::string message;  // template over fields: "reads {size} bytes at offset {pointer_offset} of {object}"
    Event event{};
    Expression guard;        // over static fields
    Expression predicate;    // must be non-zero
    std::uint8_t layer = 0;  // the layer that shadow_* fields mean
};

// The engine's own layer: what nobody knows, since it comes from a function without body. Nothing may be decided by it.
inline constexpr std::uint8_t unknown_bit = 0x80;
inline constexpr std::size_t most_layers = 7;

// One bit beside every value and every byte. Default transfer: loads take the union of the bytes, stores spread the
// value's bit, arithmetic takes the union of its operands, copies copy. Updates override.
struct Layer {
    std::string name;
};

struct Update {
    Event event{};
    std::uint8_t layer = 0;
    Expression guard;
    Expression bit;  // what the event's result (or the new object's bytes) gets
};

// Demands of one event are tried in the order of the table; the first that fails is the failure, and after one that
// holds the path goes on under it. So: null before lifetime before bounds before defined.
struct Table {
    std::vector<Demand> demands;
    std::vector<Layer> layers;  // at most most_layers
    std::vector<Update> updates;
};

}  // namespace gnomon::shadow
