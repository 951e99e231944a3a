// The intermediate representation: a program of functions, functions of basic blocks, three-address instructions.
//
// Values live in two places. *Registers* hold scalars: every temporary, and every scalar local or parameter whose
// address is never taken. Registers are mutable (no phi nodes) and belong to a frame. *Objects* hold bytes: globals,
// string literals, heap blocks, and those locals that are aggregates or have their address taken. A pointer is an
// object and an offset; integers cast from pointers keep their object.
//
// The lowered calling convention: a parameter of record type is a pointer to a copy that the caller made; a record
// result is written through a hidden first pointer parameter.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

#include "ir/types.h"

namespace gnomon::ir {

enum class RegisterId : std::uint32_t {};
enum class LocalId : std::uint32_t {};
enum class GlobalId : std::uint32_t {};
enum class FunctionId : std::uint32_t {};
enum class BlockId : std::uint32_t {};
enum class FileId : std::uint32_t {};

// Where the user wrote it: through macro expansions to the place of the outermost use. line 0: nowhere (harness code).
struct Place {
    FileId file{};
    std::uint32_t line = 0;
    std::uint32_t column = 0;
    bool operator==(const Place&) const = default;
};

// A register, or constant bits (integers zero-extended from their width, IEEE bits of floats, 0 for null pointers).
// The type is the instruction's to say.
class Operand {
  public:
    static Operand of(RegisterId id) { return Operand(false, static_cast<std::uint64_t>(id)); }
    static Operand constant(std::uint64_t bits) { return Operand(true, bits); }
    bool is_constant() const { return is_constant_; }
    bool is_register() const { return !is_constant_; }
    RegisterId as_register() const { return static_cast<RegisterId>(value_); }
    std::uint64_t bits() const { return value_; }
    bool operator==(const Operand&) const = default;

  private:
    Operand(bool is_constant, std::uint64_t value) : is_constant_(is_constant), value_(value) {}
    bool is_constant_;
    std::uint64_t value_;
};

enum class BinaryOperator : std::uint8_t {
    add,
    subtract,
    multiply,
    divide,
    remainder,  // integers by their signedness, or floats
    shift_left,
    shift_right,
    bit_and,
    bit_or,
    bit_xor,  // integers; right shift is arithmetic when signed
    equal,
    not_equal,
    less,
    less_equal,
    greater,
    greater_equal,  // any scalar; the result is int (32 bits), 0 or 1
};

enum class UnaryOperator : std::uint8_t {
    negate,
    bit_not,
    logical_not
};  // logical_not: int result, any scalar operand

// The kinds follow from the two types: integer widening/narrowing, to _Bool (!= 0), int <-> float, float <-> float,
// pointer <-> integer (keeps the object), pointer <-> pointer (no-op).
struct Cast {
    RegisterId result;
    Operand value;
    TypeId from{}, to{};
    bool is_explicit = false;  // written by the user
};
struct Move {
    RegisterId result;
    Operand value;
    TypeId type{};
};
struct Unary {
    RegisterId result;
    UnaryOperator op;
    Operand value;
    TypeId type{};  // of the operand, after promotion
};
// Both operands have `type`, except that a shift's right operand has `right_type`.
struct Binary {
    RegisterId result;
    BinaryOperator op;
    Operand left, right;
    TypeId type{};
    TypeId right_type{};
};

// Pointers.
struct AddressOfLocal {
    RegisterId result;
    LocalId local;
};
struct AddressOfGlobal {
    RegisterId result;
    GlobalId global;
};
struct AddressOfFunction {
    RegisterId result;
    FunctionId function;
};
struct FieldAddress {  // base + byte_offset; a bit field's address is that of its storage unit
    RegisterId result;
    Operand base;
    TypeId record{};
    std::uint32_t field = 0;
    std::uint64_t byte_offset = 0;
};
struct ElementAddress {  // base + index * sizeof(element); the index is sign- or zero-extended from index_type
    RegisterId result;
    Operand base;
    Operand index;
    TypeId index_type{};
    TypeId element{};
    bool is_negated = false;  // p - i
};
struct PointerDifference {  // (left - right) / sizeof(element), as ptrdiff_t
    RegisterId result;
    Operand left, right;
    TypeId element{};
};

// Which bits of the storage unit of `type` an access means; width 0: all of it.
struct BitRange {
    std::uint16_t offset = 0;
    std::uint16_t width = 0;
    bool operator==(const BitRange&) const = default;
};

// Memory.
struct EnterLocal {  // a new object: the scope of a local is entered; its bytes are undefined
    LocalId local;
    std::optional<Operand> size;  // of a variable-length array, in bytes (size_t)
    bool is_alloca = false;       // one of many objects, which all live until the function returns
};
struct LeaveLocal {  // the object dies
    LocalId local;
};
struct Load {
    RegisterId result;
    Operand pointer;
    TypeId type{};
    BitRange bits;
    std::optional<TypeId> view{};  // what an object of Python is taken for, of which a field is accessed
};
struct Store {
    Operand pointer;
    Operand value;
    TypeId type{};
    BitRange bits;
    std::optional<TypeId> view{};
};
struct CopyBytes {  // assignment of records and arrays; also the engine's memmove
    Operand to, from;
    Operand size;  // bytes, size_t
};
struct FillBytes {
    Operand to;
    Operand byte;  // unsigned char
    Operand size;  // bytes, size_t
};

// Primitives that only the engine can do; models of library functions (models/*.c) are written with them, as calls to
// functions named __gnomon_<name>. Arguments are size_t and pointers. Calls of __gnomon_copy(to, from, size) and
// __gnomon_fill(to, byte, size) are lowered to CopyBytes and FillBytes.
enum class Intrinsic : std::uint8_t {
    allocate,       // (size) -> pointer to a new heap object of undefined bytes; never null
    allocate_zero,  // (size)
    release,        // (pointer): the `free` event; the object dies. Null is a no-op.
    object_size,    // (pointer) -> size of the object in bytes
    new_opaque,     // () -> pointer to an opaque foreign object (a PyObject whose inside nobody may look at)
    exit_program,   // (): the run ends well
    assert_fails,   // (): a user's assertion failed: the `assert` event
    touch,  // (pointer, size): reads `size` bytes, as a library function that only looks would: the `load` event
    string_length,  // (pointer) -> the length of a string that an Input chose and nobody has written to since, where
                    // the engine knows it as a whole; else SIZE_MAX: count
    reads_decimal,  // (text) -> whether `decimal` may stand for what is written there
    decimal,        // (text) -> the number at the beginning of a text that comes from an Input: any, as a whole
    assume,         // (condition): the run ends well where it is zero
    unknown,        // () -> a value that nobody may depend on
    forget,         // (pointer): what the object there holds is unknown from now on
    print_double,   // (to, value, conversion, is_alternate, precision) -> length: the text of a double without its sign
    parse_double,   // (text, size) -> the double that is written there
    mathematics,    // (function, left, right) -> double; the function by its number in ir/mathematics.h
    extended,  // (ExtendedOperation, part, left, right) -> a part of the result: 0 is its significand, 1 its sign and
               // exponent; each operand is given as both
    parse_extended,  // (text, size, part) -> of the long double that is written there
    print_extended,  // as print_double; the value in two parts
    apart,           // (to, from, size): the two places must not overlap: the `copy` event
    keep,            // (pointer): somebody outside the program remembers it from now on
    counted,         // (pointer): the block begins with a reference count from now on: it is an object of Python
    shared,          // (pointer, condition): where it holds, the interpreter shares the object, and none is lost
    answer,          // (pointer): the user's call that runs answers for the counted block, if nobody of the user's did
    returned,        // (result, failed, is_set, missing, content, slot): what the last Return gave to Python: the
                     // `returned` event
    // What assertions ask, as include/gnomon.h says it.
    type_block,    // (pointer): what is allocated there is of `type`, if nothing was said of it before
    is_a,          // (pointer) -> whether a `type` that is there begins there
    is_undefined,  // (value) -> whether it was never set
    is_tainted,    // (value)
    is_later,      // (pointer) -> whether nobody has used the object yet
    resize,        // (pointer, size): a heap block has that size from now on; bytes that are new are zero
    made_as,       // (pointer): the object of Python that begins there is a `type`
    references,    // (holder, block) -> how often the holder points to the block; 0 where others of the user's do
};

struct CallIntrinsic {
    std::optional<RegisterId> result;
    Intrinsic intrinsic;
    std::vector<Operand> arguments;
    TypeId type = {};  // of type_block, made_as and is_a
};

inline bool names_type(const CallIntrinsic& call) {
    return call.intrinsic == Intrinsic::type_block || call.intrinsic == Intrinsic::made_as ||
           call.intrinsic == Intrinsic::is_a;
}

struct Call {
    std::optional<RegisterId> result;
    std::variant<FunctionId, Operand> callee;
    std::vector<Operand> arguments;
    std::vector<TypeId> argument_types;  // as passed, after default promotions
    TypeId result_type{};
    // __gnomon_later: the result is the first argument, a new object of no bytes, and the call is made when somebody
    // first uses that object. To whom only reads the program it is a call like any other.
    bool is_deferred = false;
};

// A value that the program's world chooses. Each execution of an Input takes the next value of the witness.
struct IntegerInput {
    TypeId type{};
    std::int64_t minimum = 0;  // compared in the signedness of type; minimum > maximum: any value of the type
    std::int64_t maximum = -1;
};
struct FloatInput {
    TypeId type{};
};
// A pointer to a new object of `length` chosen bytes with minimum <= length <= maximum, followed by one NUL when
// is_terminated; without_nul forbids NUL among the bytes. `length_result` takes the length (size_t). may_be_null adds
// the choice of a null pointer with length 0.
struct BytesInput {
    std::uint64_t minimum = 0;
    std::uint64_t maximum = 0;
    bool is_terminated = true;
    bool without_nul = true;
    bool is_ascii = false;  // bytes below 0x80: what every `str` can be, whatever is made of it
    bool may_be_null = false;
    bool is_writable = false;
    std::uint8_t plain = 'a';          // what nobody constrains
    bool is_line = false;              // no newline among the bytes
    bool is_word = false;              // no white space, and nothing else up to the space
    std::optional<Operand> size = {};  // the length, where the code computes it; minimum and maximum then mean nothing
    std::optional<RegisterId> length_result = {};
};
struct OpaqueInput {};  // a pointer to an opaque foreign object (any PyObject)

struct Input {
    RegisterId result;
    using Choice = std::variant<IntegerInput, FloatInput, BytesInput, OpaqueInput>;
    std::string name;  // as the witness shows it: "n", "argv[1]", `getenv("%s")`
    Choice choice;
    // What a caller that nobody knows hands over: it may have its reasons, so no failure may depend on it.
    bool is_callers = false;
    std::optional<Operand> subject = {};  // a string literal in place of "%s" in the name
    std::optional<Operand> number = {};   // which occurrence it is, where the code says so instead of counting
};

// Ends of blocks.
struct Jump {
    BlockId target;
};
struct Branch {
    Operand condition;  // != 0
    TypeId type{};
    BlockId if_true, if_false;
};
struct Switch {
    Operand value;
    TypeId type{};
    std::vector<std::pair<std::uint64_t, BlockId>> cases;  // bits of `type`, zero-extended
    BlockId otherwise;
};
struct Return {
    std::optional<Operand> value;
};
struct NotModelled {  // control never goes past: the path ends undecided, with this reason
    std::string reason;
};
struct Unreachable {};  // the standard says control cannot come here (falling off a noreturn call)

using Operation =
    std::variant<Move, Unary, Binary, Cast, AddressOfLocal, AddressOfGlobal, AddressOfFunction, FieldAddress,
                 ElementAddress, PointerDifference, EnterLocal, LeaveLocal, Load, Store, CopyBytes, FillBytes,
                 CallIntrinsic, Call, Input, Jump, Branch, Switch, Return, NotModelled, Unreachable>;

struct Instruction {
    Place place;
    Operation operation;
    // The expression as the user wrote it, for messages: "tmp[i]", "n - 1". May be empty.
    std::string text;
};

struct Register {
    TypeId type{};
    std::string name;               // of the variable; empty for temporaries
    bool starts_undefined = false;  // a local without initialiser
};

struct Local {
    std::string name;
    TypeId type{};
    std::uint64_t size = 0;  // bytes; of a variable-length array: 0
};

struct Block {  // instructions [begin, end) of the function; the last one is a terminator
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
};

// Runs whose calls nest deeper are given up.
inline constexpr std::uint32_t deepest_calls = 2000;

struct Function {
    std::string name;  // as C spells it
    std::string key;   // unique in the program: the name, or "file.c:name" when it has internal linkage
    TypeId type{};     // as written in C
    bool is_static = false;
    bool is_model = false;  // stands for a library function: failures inside belong to the caller's call
    bool has_body = false;  // false: declared only, or not modelled (then why_no_body says the reason)
    std::string why_no_body;
    bool is_ambiguous = false;  // several files define it, and nobody knows which one is meant
    Place place;                // of the name in the definition, else in the declaration
    std::uint32_t end_line = 0;

    // Registers 0..parameter_count-1 are the parameters, in the lowered calling convention.
    std::uint32_t parameter_count = 0;
    // The last parameter is a pointer to the variable arguments, each in slots of eight bytes.
    bool has_argument_block = false;
    std::vector<Register> registers;
    std::vector<Local> locals;
    std::vector<Instruction> code;
    std::vector<Block> blocks;  // blocks[0] is the entry

    bool is_harness = false;             // written by the engine
    bool has_unknown_caller = false;     // a harness that stands for code of the program
    std::vector<GlobalId> open_globals;  // of a harness, ascending: what code that ran before may have written

    // Whether its locals count for the size of the stack: those of the library's functions are not known.
    bool has_frame() const { return !is_model && !is_harness; }
};

struct Relocation {
    std::uint64_t offset = 0;  // bytes
    std::variant<GlobalId, FunctionId> target;
    std::int64_t addend = 0;
};

struct Global {
    std::string name;
    std::string key;  // unique in the program, like a function's
    TypeId type{};
    std::uint64_t size = 0;
    bool is_constant = false;  // const-qualified or a string literal: stores are out of its contract
    bool is_string_literal = false;
    bool is_defined = false;          // false: extern, its contents are unknown
    bool is_model = false;            // of a model of the library: other code does not change it
    bool is_external = false;         // other files can name it
    bool is_opaque = false;           // foreign object of the interpreter (_Py_NoneStruct, PyExc_*): never looked into
    std::string why_not_initialised;  // reason when the initialiser could not be lowered: contents unknown
    Place place;
    std::vector<std::uint8_t> bytes;  // `size` of them, zeros where nothing is written; empty: all zero
    std::vector<Relocation> relocations;
};

// What a function whose body nobody has does, when that is nothing but to return: a row of models/externals.
struct External {
    enum class Result : std::uint8_t {
        none,    // no result, or one that nobody may depend on: a call whose result is used is not modelled
        opaque,  // a new opaque object
        null,
        zero,
        argument,  // the argument of that index
        refused,   // it does more: a call is not modelled
    };
    Result result = Result::none;
    std::uint32_t argument = 0;
    bool keeps_arguments = true;  // somebody may remember what they point to
};

// Everything that is checked together. Functions and globals keep their ids when they are lowered again.
struct Program {
    TypeTable types;
    std::vector<std::string> files;
    std::vector<Function> functions;
    std::vector<Global> globals;
    std::unordered_map<std::string, FunctionId> functions_by_key;
    std::unordered_map<std::string, GlobalId> globals_by_key;
    // By function name. Rows and model functions win over bodies in system headers (Py_INCREF is inline there).
    std::unordered_map<std::string, External> externals;
    // Some code that was lowered counts references, or says what Python makes of results: else no event tells of it.
    bool has_counted_blocks = false, has_returned = false;

    FileId file(const std::string& path);
    // Found, or declared without a body. The name may be that of another one: these move when one is added.
    FunctionId function(const std::string& key, std::string name);
    GlobalId global(const std::string& key, std::string name);
    Function& operator[](FunctionId id) { return functions[static_cast<std::size_t>(id)]; }
    const Function& operator[](FunctionId id) const { return functions[static_cast<std::size_t>(id)]; }
    Global& operator[](GlobalId id) { return globals[static_cast<std::size_t>(id)]; }
    const Global& operator[](GlobalId id) const { return globals[static_cast<std::size_t>(id)]; }
};

// What models call so that rules can watch it; nothing happens in it.
inline bool is_marker(const Function& function) { return !function.has_body && function.name.starts_with("gnomon_"); }

// An instruction in a program; ordered, so that it can be a key.
struct Site {
    FunctionId function{};
    std::uint32_t index = 0;  // in Function::code
    auto operator<=>(const Site&) const = default;
};

}  // namespace gnomon::ir
