// Debug information of a library to rows: functions, types, global variables, each once.
#pragma once

#include <string>

#include "debuginfo/deduplicate.h"
#include "debuginfo/facts.h"

namespace gnomon::debuginfo {

// A unit of the main file whose entries are in another file.
struct SplitUnit {
    std::string name;    // of the .dwo file, as recorded
    std::string folder;  // that the name is relative to
    std::uint64_t id = 0;
};
std::vector<SplitUnit> split_units(const Input& input);

// `types` in rows are numbers of type rows; 0 is void, 1 a type that the file refers to and does not contain.
// Texts lie in the sections that were read, which must outlive this.
class Index {
  public:
    const Strings& strings() const { return strings_; }
    const std::vector<Part>& parts() const { return facts_.parts; }
    const std::vector<Range>& ranges() const { return facts_.ranges; }
    std::uint32_t type_count() const { return static_cast<std::uint32_t>(classes_.first_fact.size() + 2); }
    const TypeFact& type(std::uint32_t number) const;  // from 2 to type_count() - 1
    std::uint32_t number_of(Key type) const { return classes_.class_of[type]; }
    // Distinct functions and variables, but for those that a fuller row describes.
    const std::vector<FunctionFact>& functions() const { return facts_.functions.facts; }
    const std::vector<VariableFact>& variables() const { return facts_.variables.facts; }
    // What is missing or damaged, in words for the library's owner.
    const std::vector<std::string>& problems() const { return problems_; }
    std::uint64_t unit_count() const { return units_; }

  private:
    friend Index read_index(const Input& input);
    friend class Reader;
    Facts facts_;
    Strings strings_;
    TypeClasses classes_;
    std::vector<std::string> problems_;
    std::uint64_t units_ = 0;
};

// Reads everything. Damaged units are left out as wholes and named in `problems`.
Index read_index(const Input& input);

}  // namespace gnomon::debuginfo
