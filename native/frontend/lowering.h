// Lowers the body of one C function to IR. The class is one; its parts are a file each: expressions.cpp, operators.cpp,
// calls.cpp, statements.cpp, initialisers.cpp.
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
#include "frontend/reader.h"
#include "frontend/symbols.h"
#include "frontend/type_lowering.h"
#include "ir/program.h"

namespace gnomon::frontend {

// A scalar, or (type is a record) the address of its bytes.
struct Value {
    ir::Operand operand;
    ir::TypeId type{};
};

// A place that can be read and written: a register, or memory.
struct Location {
    std::optional<ir::RegisterId> in_register;
    ir::Operand pointer = ir::Operand::constant(0);
    ir::TypeId type{};
    ir::TypeId storage{};  // of a bit field: the unit that is accessed
    ir::BitRange bits;
    std::string text;
};

// How a bit field is accessed: the unit's first byte in its record, its type, and the field's bits in it.
struct BitFieldUnit {
    std::uint64_t byte = 0;
    ir::TypeId storage{};
    ir::BitRange bits;
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
    // `wraps`: signed sums, differences and products wrap, as the unit's options say.
    FunctionLowering(const Reader& reader, TypeLowering& types, Symbols& symbols, ir::Program& program,
                     ir::Function& function, bool wraps)
        : wraps_(wraps),
          reader_(reader),
          types_(types),
          symbols_(symbols),
          program_(program),
          function_(function),
          builder_(function) {}

    void lower(CXCursor definition);

  private:
    // expressions.cpp
    Value rvalue(CXCursor expression);
    Value rvalue_of(CXCursor expression);
    Location lvalue(CXCursor expression);
    void effect(CXCursor expression);  // for its side effects; the value is not wanted
    Value convert(Value value, ir::TypeId to, bool is_explicit = false);
    Value load(const Location& location);
    void store(const Location& location, Value value);
    Value address(const Location& location);
    Value implicit(CXCursor expression);
    Value reference(CXCursor expression);
    Value conditional(CXCursor expression);
    Value string_literal(CXCursor expression);
    Location member(CXCursor expression);
    Location subscript(CXCursor expression);
    Location compound_literal(CXCursor expression);
    Value statement_expression(CXCursor expression);
    void branch_on(CXCursor condition, ir::BlockId if_true, ir::BlockId if_false);
    void copy_record(ir::Operand to, ir::Operand from, ir::TypeId type, const std::string& text);
    Value temporary(ir::TypeId type);  // the address of a new local

    // operators.cpp
    Value unary(CXCursor expression);
    Value binary(CXCursor expression);
    Value arithmetic(ir::BinaryOperator op, Value left, Value right, const std::string& text);
    Value pointer_offset(Value pointer, Value index, bool is_negated, const std::string& text);
    Value assign(CXCursor expression);
    Value compound_assign(CXCursor expression);
    Value step(CXCursor operand, bool is_increment, bool is_prefix, const std::string& text);
    Value short_circuit(CXCursor expression);

    // calls.cpp
    Value call(CXCursor expression, bool is_wanted);
    std::optional<Value> builtin(const std::string& name, CXCursor expression, const std::vector<CXCursor>& arguments,
                                 bool is_wanted);
    Value emit_call(std::variant<ir::FunctionId, ir::Operand> callee, const std::vector<CXCursor>& arguments,
                    ir::TypeId result, bool is_wanted, const std::string& text);
    // choices.cpp
    Value choice(std::string_view what, const std::vector<CXCursor>& arguments, ir::TypeId type,
                 const std::string& text);

    // parse_arguments.cpp
    void owner_of_buffer(ir::Operand view, ir::Operand bytes, ir::TypeId pointer, const std::string& text);
    bool parse_arguments(const std::string& name, const std::vector<CXCursor>& arguments, Value& result,
                         const std::string& text);

    // statements.cpp
    void statement(CXCursor statement);
    void guarded(CXCursor statement);
    void condition(CXCursor expression, ir::BlockId if_true, ir::BlockId if_false);
    void compound(CXCursor statement);
    void declaration(CXCursor variable);
    void if_statement(CXCursor statement);
    void while_statement(CXCursor statement);
    void do_statement(CXCursor statement);
    void for_statement(CXCursor statement);
    void switch_statement(CXCursor statement);
    void case_label(CXCursor statement);
    void return_statement(CXCursor statement);
    void goto_statement(CXCursor statement);
    void jump_out(bool is_break);
    ir::BlockId label_block(CXCursor label);
    void loop_body(CXCursor body, ir::BlockId on_continue, ir::BlockId on_break);

    // initialisers.cpp
    void initialise(ir::Operand address, ir::TypeId type, CXCursor initialiser, CXType written);

    ir::Place place_of(CXCursor cursor);
    ir::TypeId type_of(CXCursor expression);  // of parameters declared as arrays: the pointer that they are
    ir::Operand fresh(ir::TypeId type) { return ir::Operand::of(builder_.new_register(type)); }
    void find_addressed(CXCursor cursor, unsigned depth);
    void parameters(CXCursor definition);
    bool is_pointer(ir::TypeId type) const { return program_.types.is_pointer(type); }

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
    struct OpenSwitch {
        std::vector<std::pair<std::uint64_t, ir::BlockId>> cases;
        std::optional<ir::BlockId> otherwise;
        ir::TypeId type{};
        bool is_modelled = true;
    };

    ir::TypeId wrapping(ir::TypeId type) const;  // the unsigned type of the same width, if signed numbers wrap

    const bool wraps_;
    const Reader& reader_;
    TypeLowering& types_;
    Symbols& symbols_;
    ir::Program& program_;
    ir::Function& function_;
    Builder builder_;
    std::unordered_map<const void*, Variable> variables_;  // by declaration
    std::set<const void*> addressed_;
    std::map<const void*, ir::BlockId> labels_;
    std::vector<Target> breaks_, continues_;
    std::vector<OpenSwitch> switches_;
    std::optional<ir::RegisterId> record_result_;
    ir::TypeId result_type_{};
};

}  // namespace gnomon::frontend
