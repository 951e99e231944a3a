// Values and objects of a run, in words for messages.
#pragma once

#include <string>
#include <vector>

#include "interp/interpreter.h"
#include "memory/memory.h"

namespace gnomon::interp {

class Describer {
  public:
    Describer(const ir::Program& program, const memory::Memory& memory, const std::vector<ChosenInput>& inputs)
        : program_(program), memory_(memory), inputs_(inputs) {}

    std::string object(const memory::Value& pointer) const;  // "`tmp` [16 bytes]", "string literal", "NULL"
    std::string value(const memory::Value& value, ir::TypeId type) const;  // "16", "'a'", "&tmp[16]", "NULL"
    std::string place(const ir::Site& site) const;                         // "ring.c:31"

  private:
    std::string pointer(const memory::Value& pointer) const;
    std::string name(const memory::Object& object) const;         // "tmp"; empty for objects without a name
    std::string python_type(const memory::Object& object) const;  // "list"; empty where it is not known
    ir::TypeId type(const memory::Object& object) const;          // of named objects; void for others

    const ir::Program& program_;
    const memory::Memory& memory_;
    const std::vector<ChosenInput>& inputs_;
};

}  // namespace gnomon::interp
