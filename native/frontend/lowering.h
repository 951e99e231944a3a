// Lowers the body of one C function to IR. The class is one; its parts are a file each, named above their functions.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "frontend/builder.h"
#include "frontend/python_formats.h"
#include "frontend/reader.h"
#include "frontend/symbols.h"
#include "frontend/type_lowering.h"
#include "ir/extended.h"
#include "ir/program.h"

namespace gnomon::frontend {

// A scalar, or (type is a record) the address of its bytes.
struct Value {
    ir::Operand operand;
    ir::TypeId type{};
};

// Bits of one byte that belong to a bit field which no storage unit holds; the byte counts from the field's first.
struct BitFieldPiece {
    std::uint64_t byte = 0;
    ir::BitRange bits;
};

inline constexpr std::uint64_t object_head = 16;  // bytes that all objects of Python begin with

// A place that can be read and written: a register, or memory.
struct Location {
    std::optional<ir::RegisterId> in_register;
    ir::Operand pointer = ir::Operand::constant(0);
    ir::TypeId type{};
    ir::TypeId storage{};  // of a bit field: the unit that is accessed
    ir::BitRange bits;
    std::vector<BitFieldPiece> pieces;
    std::optional<ir::TypeId> view;  // what an object of Python is taken for, of a field of its
    std::string text;

    bool is_bit_field() const { return bits.width != 0 || !pieces.empty(); }
};

// How a bit field is accessed: the unit's first byte in its record, its type, and the field's bits in it; or, where a
// packed record leaves room for no such unit, the field's bytes one by one.
struct BitFieldUnit {
    std::uint64_t byte = 0;
    ir::TypeId storage{};
    ir::BitRange bits;
    std::vector<BitFieldPiece> pieces;
};
BitFieldUnit bit_field_unit(ir::TypeTable& types, std::uint64_t offset_bits, std::uint32_t width, ir::TypeId declared,
                            std::uint64_t record_size);

// Thrown where a construct is not modelled: the path ends there, the rest of the function is lowered.
struct Unmodelled {
    std::string what;
};

// One scalar or record of an initialiser, by its offset in the whole.
struct InitialiserLeaf {
    std::uint64_t offset_bits = 0;
    std::uint32_t bit_width = 0;
    ir::TypeId type{};
    CXCursor expression;
    bool is_string = false;  // a string literal that fills an array
};

std::vector<InitialiserLeaf> flatten_initialiser(const Reader& reader, TypeLowering& types, const ir::TypeTable& table,
                                                 CXCursor initialiser, CXType type);

// choices.cpp
std::optional<std::variant<ir::IntegerInput, ir::FloatInput>> any_value(const ir::TypeTable& types, ir::TypeId type);
void give_choice(ir::Program& program, ir::FunctionId function);

class FunctionLowering {
  public:
    // `wraps`: signed sums, differences and products wrap, as the unit's options say. `asks`: the unit includes
    // gnomon.h.
    FunctionLowering(const Reader& reader, TypeLowering& types, Symbols& symbols, ir::Program& program,
                     ir::Function& function, bool wraps, bool asks)
        : wraps_(wraps),
          asks_(asks),
          reader_(reader),
          types_(types),
          symbols_(symbols),
          program_(program),
          function_(function),
          builder_(function) {}

    void lower(CXCursor definition);

  private:
    struct CaseRange {
        std::uint64_t first = 0, last = 0;  // bits of the switch's type
        ir::BlockId block{};
    };

    // expressions.cpp
    Value rvalue(CXCursor expression);
    Value rvalue_of(CXCursor expression);
    Location lvalue(CXCursor expression);
    void effect(CXCursor expression);  // for its side effects; the value is not wanted
    // `source`: the expression, for messages.
    Value convert(Value value, ir::TypeId to, bool is_explicit = false, const CXCursor* source = nullptr);
    Value load(const Location& location);
    void store(const Location& location, Value value);
    Value address(const Location& location);
    Value implicit(CXCursor expression);
    Value unexposed(CXCursor expression, const std::vector<CXCursor>& children);
    Value reference(CXCursor expression);
    Value string_literal(CXCursor expression);
    Location member(CXCursor expression);
    std::optional<ir::TypeId> view_of(CXCursor pointer, ir::TypeId record, std::uint64_t offset);
    Location subscript(CXCursor expression);
    Location compound_literal(CXCursor expression);
    Value statement_expression(CXCursor expression);
    void copy_record(ir::Operand to, ir::Operand from, ir::TypeId type, const std::string& text);
    Value temporary(ir::TypeId type);                                           // the address of a new local
    ir::Operand moved(ir::Operand base, std::uint64_t bytes, ir::TypeId type);  // the address of a `type` inside

    // conditionals.cpp
    Value conditional(CXCursor expression);
    Value elided_conditional(CXCursor expression);
    CXCursor generic_choice(CXCursor selection);
    std::optional<CXCursor> chosen_expression(CXCursor expression);  // of __builtin_choose_expr
    void branch_on(CXCursor condition, ir::BlockId if_true, ir::BlockId if_false);
    Value short_circuit(CXCursor expression);
    Value truth(Value value);  // of a number that no register holds, as an int; others as they are

    // bit_fields.cpp
    Value load_pieces(const Location& location);
    void store_pieces(const Location& location, Value value);

    // wide_integers.cpp
    bool is_wide(ir::TypeId type) const;
    Value call_wide(const std::string& model, const std::vector<Value>& arguments, ir::TypeId result);
    Value limb(Value wide, unsigned index);
    Value widened(Value low, Value high, ir::TypeId type);
    Value sign_limb(Value value);
    Value convert_wide(Value value, ir::TypeId to);
    Value wide_arithmetic(ir::BinaryOperator op, Value left, Value right);
    Value wide_unary(ir::UnaryOperator op, Value value);

    // long_double.cpp
    struct Parts {  // of a number; constants mean zero, and what a primitive does not look at
        ir::Operand significand = ir::Operand::constant(0);
        ir::Operand sign_exponent = ir::Operand::constant(0);
    };
    bool is_long_double(ir::TypeId type) const { return program_.types.is_long_double(type); }
    Parts parts(ir::Operand pointer, const std::string& text = {});
    static Parts parts(ir::Extended number);
    void put_parts(ir::Operand pointer, Parts number, const std::string& text);
    Value long_double(Parts number);
    ir::Operand extended(ir::ExtendedOperation op, bool is_significand, Parts left, Parts right);
    Value extended_number(ir::ExtendedOperation op, Parts left, Parts right);
    Value long_double_arithmetic(ir::BinaryOperator op, Value left, Value right);
    Value long_double_unary(ir::UnaryOperator op, Value value);
    Value convert_long_double(Value value, ir::TypeId to, bool is_explicit, const std::string& text);
    Value to_long_double(Value value);
    Value whole_part(Value number, ir::TypeId to, bool is_explicit, const std::string& text);
    std::optional<Value> long_double_primitive(const std::string& name, const std::vector<CXCursor>& arguments,
                                               ir::TypeId type, const std::string& text);
    std::optional<Value> long_double_builtin(const std::string& name, CXCursor expression,
                                             const std::vector<CXCursor>& arguments);

    // variable_arrays.cpp
    void measure_arrays(CXCursor declaration);
    bool is_variably_modified(CXType type);
    ir::Operand size_of(CXType type);
    Value size_trait(CXCursor expression);
    std::optional<ir::Operand> variable_stride(CXType pointer);  // of a pointer to a variable-length array
    Value allocate_automatic(CXCursor size);                     // alloca

    // operators.cpp
    Value unary(CXCursor expression);
    Value binary(CXCursor expression);
    Value arithmetic(ir::BinaryOperator op, Value left, Value right, const std::string& text);
    Value pointer_offset(Value pointer, Value index, bool is_negated, const std::string& text,
                         std::optional<ir::Operand> stride = std::nullopt);
    Value pointer_difference(CXCursor expression, Value left, Value right, const std::string& text);
    Value compute(ir::BinaryOperator op, Value left, Value right) { return arithmetic(op, left, right, {}); }
    Value assign(CXCursor expression);
    Value compound_assign(CXCursor expression);
    Value step(CXCursor operand, bool is_increment, bool is_prefix, const std::string& text);
    Value constant(std::uint64_t bits, ir::TypeId type) { return {ir::Operand::constant(bits), type}; }

    // calls.cpp
    Value call(CXCursor expression, bool is_wanted);
    Value later(const std::vector<CXCursor>& arguments, ir::TypeId type, const std::string& text);
    std::optional<Value> primitive(const std::string& name, CXCursor expression,
                                   const std::vector<CXCursor>& arguments);
    Value call_model(const std::string& name, const std::vector<Value>& arguments, ir::TypeId result,
                     const std::string& text);
    Value call_pointer(Value callee, const std::vector<Value>& arguments, ir::TypeId result, const std::string& text);
    // `named`: how many arguments come before those that are handed over in a block, if any are.
    Value emit_call(std::variant<ir::FunctionId, ir::Operand> callee, const std::vector<CXCursor>& arguments,
                    ir::TypeId result, bool is_wanted, const std::string& text,
                    std::optional<std::size_t> named = std::nullopt, bool is_of_library = false);
    void pass(ir::Call& call, Value argument, const std::string& text);

    // questions.cpp
    std::optional<Value> question(CXCursor callee, CXCursor expression, const std::vector<CXCursor>& arguments);
    ir::TypeId type_named(const std::string& name);
    std::optional<ir::TypeId> declared_type(const std::string& name);
    void note_type(Value pointer, ir::TypeId as);

    // printing.cpp
    void print_parts(const ir::Call& call, const std::vector<CXCursor>& arguments, const std::string& text);

    // choices.cpp
    Value choice(std::string_view what, std::vector<CXCursor> arguments, ir::TypeId type, const std::string& text);

    // parse_arguments.cpp
    struct Parsing {  // one call
        std::vector<Value> from, targets;
        std::size_t next = 0;  // of the targets
        bool has_wide_sizes = false;
        struct Cleanup {  // of what was parsed, when something else fails
            Value target;
            std::optional<Value> converter;
        };
        std::vector<Cleanup> cleanups;
        std::vector<ir::Operand> are_due;  // an int for each of them
        std::string text;

        Value target();
    };
    std::optional<Value> parse_arguments(const std::string& name, const std::vector<CXCursor>& arguments,
                                         const std::string& text);
    void parse_units(Parsing& parsing, const PythonFormat& format, ir::BlockId failure);
    void parse_unit(Parsing& parsing, const FormatUnit& unit, Value item, ir::BlockId failure);
    void parse_sequence(Parsing& parsing, const std::vector<FormatUnit>& units, Value sequence, ir::BlockId failure);
    void undo_parsed(const Parsing& parsing);
    void require(Value condition, ir::BlockId otherwise);

    // build_values.cpp
    struct Building {  // one call
        std::vector<Value> arguments;
        std::size_t next = 0;
        ir::TypeId object{};
        std::string text;
    };
    std::optional<Value> build_value(const std::string& name, const std::vector<CXCursor>& arguments,
                                     const std::string& text);
    Value build_unit(Building& building, const FormatUnit& unit);
    std::vector<Value> build_items(Building& building, const std::vector<FormatUnit>& items);
    Value build_container(Building& building, const FormatUnit& unit);
    Value built_from(Value given, ir::TypeId type);
    Value built_block(const std::vector<Value>& items);

    // builtins.cpp
    std::optional<Value> builtin(const std::string& name, CXCursor expression, const std::vector<CXCursor>& arguments,
                                 bool is_wanted);
    std::optional<Value> overflow_builtin(const std::string& name, CXCursor expression,
                                          const std::vector<CXCursor>& arguments);
    std::optional<Value> bit_builtin(const std::string& name, CXCursor expression,
                                     const std::vector<CXCursor>& arguments);
    std::optional<Value> float_comparison(const std::string& name, CXCursor expression,
                                          const std::vector<CXCursor>& arguments);
    std::optional<Value> float_builtin(const std::string& name, CXCursor expression,
                                       const std::vector<CXCursor>& arguments);
    Value reinterpreted(Value value, ir::TypeId type);  // the same bits

    // atomics.cpp
    std::optional<Value> atomic(CXCursor expression);
    std::optional<Value> atomic_call(const std::string& name, CXCursor expression,
                                     const std::vector<CXCursor>& arguments);
    Value fetch_and(const std::string& what, const Location& place, Value value, bool gives_new, bool counts_elements);
    Value compare_exchange(const Location& place, Value expected, Value wanted, const std::optional<Location>& seen);
    Value atomic_flag(const std::string& name, CXCursor pointer, ir::TypeId type);
    Location atomic_place(CXCursor pointer);

    // variadic.cpp
    bool takes_block(CXCursor function, bool is_model);
    ir::TypeId block_type();
    Value argument_block(const std::vector<Value>& arguments);
    std::optional<Value> variadic_builtin(const std::string& name, const std::vector<CXCursor>& arguments);
    bool is_variable_argument(CXCursor expression);
    Value variable_argument(CXCursor expression);
    ir::Operand list_cursor(CXCursor list);  // the address, in a va_list, of the pointer to the next argument

    // statements.cpp
    void statement(CXCursor statement);
    void guarded(CXCursor statement);
    void condition(CXCursor expression, ir::BlockId if_true, ir::BlockId if_false);
    void compound(CXCursor statement);
    void declaration(CXCursor variable);
    struct Variable;
    void initialise_local(CXCursor variable, const Variable& known, CXType written);
    void if_statement(CXCursor statement);
    void while_statement(CXCursor statement);
    void do_statement(CXCursor statement);
    struct ForParts {
        std::optional<CXCursor> first, test, last;
        CXCursor body{};
    };
    ForParts for_parts(const std::vector<CXCursor>& children, CXCursor loop);
    void for_statement(CXCursor statement);
    void return_statement(CXCursor statement);

    // jumps.cpp
    void switch_statement(CXCursor statement);
    void case_label(CXCursor statement);
    void choose_range(Value value, const CaseRange& range);
    void goto_statement(CXCursor statement);
    void computed_goto(CXCursor statement);
    void dispatch_labels();
    void jump_out(bool is_break);
    ir::BlockId label_block(CXCursor label);
    std::uint64_t label_number(CXCursor address);
    void loop_body(CXCursor body, ir::BlockId on_continue, ir::BlockId on_break);

    // cleanup.cpp
    std::optional<std::string> cleanup_name(CXCursor variable) const;
    void add_cleanup(const std::string& name, CXCursor variable, const Variable& known);
    void jump_to_label(CXCursor label);
    void finish_gotos();

    // initialisers.cpp
    void initialise(ir::Operand address, ir::TypeId type, CXCursor initialiser, CXType written);

    ir::Place place_of(CXCursor cursor);
    ir::TypeId type_of(CXCursor expression);  // of parameters declared as arrays: the pointer that they are
    ir::Operand fresh(ir::TypeId type) { return ir::Operand::of(builder_.new_register(type)); }
    void find_addressed(CXCursor cursor, unsigned depth);
    void parameters(CXCursor definition);
    bool is_pointer(ir::TypeId type) const { return program_.types.is_pointer(type); }
    // What a register can hold.
    bool is_scalar(ir::TypeId type) const { return program_.types.fits_register(type); }
    bool is_void(ir::TypeId type) const { return program_.types.get_if<ir::VoidType>(type) != nullptr; }

    struct Variable {
        std::optional<ir::RegisterId> in_register;
        std::optional<ir::LocalId> local;
        std::optional<ir::GlobalId> global;     // a static local
        std::optional<ir::RegisterId> address;  // of a record parameter
        ir::TypeId type{};
    };
    struct Target {  // of break and continue
        ir::BlockId block{};
        std::size_t depth = 0;
    };
    struct Goto {  // that leaves scopes with cleanups
        ir::BlockId way{};
        CXCursor label{};
        ir::Place place;
        std::vector<Cleanup> cleanups;  // of the scopes around it
    };
    struct OpenSwitch {
        std::vector<std::pair<std::uint64_t, ir::BlockId>> cases;
        std::vector<CaseRange> ranges;
        std::optional<ir::BlockId> otherwise;
        ir::TypeId type{};
        bool is_modelled = true;
    };

    ir::TypeId wrapping(ir::TypeId type) const;  // the unsigned type of the same width, if signed numbers wrap

    const bool wraps_, asks_;
    const Reader& reader_;
    TypeLowering& types_;
    Symbols& symbols_;
    ir::Program& program_;
    ir::Function& function_;
    Builder builder_;
    std::unordered_map<const void*, Variable> variables_;  // by declaration
    std::set<const void*> addressed_;
    std::map<const void*, ir::BlockId> labels_;
    std::map<const void*, std::vector<Cleanup>> label_cleanups_;  // of the scopes around a label
    std::vector<Goto> gotos_;
    std::vector<ir::BlockId> label_values_;  // what `&&label` is: the index here, counted from 1
    std::optional<ir::RegisterId> label_target_;
    std::optional<ir::BlockId> label_dispatch_;
    std::map<const void*, ir::Operand> array_sizes_;  // in bytes, of variable-length arrays, by clang's canonical type
    std::optional<ir::RegisterId> argument_block_;    // of a function with variable arguments
    std::vector<Target> breaks_, continues_;
    std::vector<OpenSwitch> switches_;
    std::optional<ir::RegisterId> record_result_;
    ir::TypeId result_type_{};
};

}  // namespace gnomon::frontend
