// Writes the body of a function that no source has, instruction by instruction.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ir/program.h"

namespace gnomon::explore {

class HarnessBuilder {
  public:
    HarnessBuilder(ir::Program& program, const std::string& name);

    ir::RegisterId add_register(ir::TypeId type, std::string name = {});
    void add(ir::Operation operation);

    // Ends the block: goes on in the next one when the condition holds, else at the end of the function.
    void go_on_if(ir::Operand condition, ir::TypeId type);

    // What is added between the two happens only when the condition holds. Not nested.
    void begin_when(ir::Operand condition, ir::TypeId type);
    void end_when();

    ir::Operand address_of_global(ir::GlobalId global);
    ir::Operand address_of_function(ir::FunctionId function);
    ir::Operand zeroed_local(const std::string& name, ir::TypeId type, std::uint64_t size);  // its address
    ir::Operand field_address(ir::Operand base, ir::TypeId record, std::uint32_t field);
    ir::Operand byte_address(ir::Operand base, std::uint64_t offset);
    void store(ir::Operand pointer, ir::Operand value, ir::TypeId type, ir::BitRange bits = {});
    ir::Operand input(const ir::Input& input, std::optional<ir::TypeId> type = {});  // type: of its register
    ir::TypeId type_of_input(const ir::Input& input);
    ir::Operand compare(ir::BinaryOperator op, ir::Operand left, ir::Operand right, ir::TypeId type);

    ir::Operand long_double(ir::Operand number);   // the address of one that is the double
    void make_long_double(ir::Operand any_bytes);  // bytes become those of a long double, any one

    ir::TypeId byte_pointer() const { return byte_pointer_; }
    ir::TypeId size_type() const { return size_type_; }
    ir::TypeId int_type() const { return int_type_; }

    ir::FunctionId finish();  // writes it into the program, over an earlier one of that name

  private:
    void end_block();

    ir::Program& program_;
    ir::Function function_;
    std::vector<std::uint32_t> exits_;  // branches that leave early
    ir::TypeId byte_pointer_{}, size_type_{}, int_type_{};
    std::uint32_t block_begin_ = 0;
    std::uint32_t when_ = 0;  // index of the branch that begin_when made
};

}  // namespace gnomon::explore
