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
    arithmetic,  // Binary and Unary, comparisons and pointers too
    cast,
    branch,    // Branch and Switch
    call,      // before a function is called, whatever it is
    release,   // free
    allocate,  // a heap block, a local's scope entered, or a variable in a register that starts without a value
    assertion,
    end_of_entry,  // the entry's function has returned: once for each live heap block, which is the event's pointer
    back,          // a function returns
    called,        // after a function that the code names has returned; the value is its result
    copy,          // a library function copies between places that must be apart: arguments to, from, size
    read,          // a variable in a register is read
    input,         // the program's world chose a number, or the bytes of a new object
    number_left,   // the entry's function has returned: once for each number with a state that a call gave, the value
    scope_end,     // a local in memory is about to go
    returned,  // Python looks at what a function gave back: arguments result, failed, is_set, missing, content, slot
};

inline constexpr std::size_t event_count = 18;

enum class Field : std::uint8_t {
    // Known from the instruction alone (usable in guards).
    size,       // bytes accessed; of CopyBytes/FillBytes: known only when running
    operator_,  // ir::BinaryOperator as a number; 100 and more for the unary ones
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
    // More that the instruction alone determines.
    is_library,   // call: of a library function; input: chosen inside of one
    is_indirect,  // call: through a pointer
    is_pointer,   // back: the function's result is a pointer
    is_explicit,  // cast: written by the user
    from_bits,    // cast: of the type that is left
    from_is_signed,
    from_is_float,
    is_converted,  // of an argument: made from a signed number by the call's own conversion
    // More of the run.
    object_number,     // equal for equal objects; no order
    object_reachable,  // end_of_entry: something that is still there refers to it
    object_state,      // the domain's number beside the object, 0 at first
    thread_state,      // the domain's number beside the thread
    fits,              // cast: the value, without its fraction, lies in the range of the type
    callee_fits,       // call: the function takes and gives what the call passes and expects
    to_world,          // back: to the world outside the program
    number_state,      // the domain's number beside the value, as file descriptors have one; 0 at first
    format_given,      // of an argument that is a format: every conversion has its argument
    format_fits,       // and the arguments are of the types that the conversions ask for
    is_copied,         // load, read (known from the instruction): FirstUse
    is_discarded,
    shadow_whole,    // load: intersection over the bytes that the access reads
    shadow_text,     // a shadow bit, too: union over the bytes from the pointer up to a NUL
    stack_size,      // bytes of the locals of all frames, with the one that an `allocate` makes
    is_held,         // number_left: something that is still there may stand for the number
    object_counted,  // it begins with a reference count: an object of Python
    is_view,         // load, store (known from the instruction): of a field of what is taken for an object of Python
    view_fits,       // its type, as far as that is known, has that field there
    is_leaked,       // end_of_entry: the counted block is lost, and its count says that nobody ever frees it
    slot,            // returned (known from the instruction): Slot
};

// `variable`: a local in a register, which has no object; only of `allocate`.
enum class ObjectKind : std::uint8_t { heap, local, global, literal, input, opaque, function, variable };

// Which slots of a type a function may fill, by its type.
enum class Slot : std::uint8_t { other, traverse, dealloc };

// Of what an error address (memory::is_error_address) points to: it is there, and has no bytes.
constexpr std::int64_t field_of_error(Field field) {
    if (field == Field::object_kind) return static_cast<std::int64_t>(ObjectKind::opaque);
    return field == Field::object_alive ? 1 : 0;
}

enum class Operator : std::uint8_t {
    constant,  // Node::number
    field,     // Node::field, of the argument Node::number of a call, counted from 1; 0: of the event itself
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
    std::uint8_t layer = 0;  // the layer that shadow_* and *_state fields mean
    // Of `call` and `called`: the functions that are called, by name; of other events: that they happen in. Empty: any.
    std::vector<std::string> functions = {};
    std::uint8_t argument = 0;  // the argument that the event's own value and pointer are, counted from 1; 0: none
};

// The engine's own layer: what nobody knows, since it comes from a function without body. Nothing may be decided by it.
inline constexpr std::uint8_t unknown_bit = 0x80;
inline constexpr std::size_t most_layers = 7;

// One bit beside every value and every byte. Default transfer: loads take the union of the bytes, stores spread the
// value's bit, arithmetic takes the union of its operands, copies copy. Updates override. Beside every object and the
// thread, a layer has a small number, which only updates change.
struct Layer {
    std::string name;
    bool is_in_memory = true;  // false: the bit stays with values in registers, and what is loaded has none
};

// What an update changes: the bit of the event's result, or the number beside the object of the event's pointer, beside
// the thread, or beside the integer that is the event's value.
enum class Target : std::uint8_t { value, object, thread, number };

struct Update {
    Event event{};
    std::uint8_t layer = 0;
    Expression guard;
    Expression bit;  // what the event's result (or the new object's bytes) gets, or the number beside the target
    Target target = Target::value;
    std::vector<std::string> functions = {};  // as of a demand
    std::uint8_t argument = 0;
};

// Demands of one event are tried in the order of the table; the first that fails is the failure, and after one that
// holds the path goes on under it. So: defined before null before lifetime before bounds.
struct Table {
    std::vector<Demand> demands;
    std::vector<Layer> layers;  // at most most_layers
    std::vector<Update> updates;
};

}  // namespace gnomon::shadow
