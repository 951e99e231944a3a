// Each unit of a library repeats the types of its headers: equal ones are found and listed once.
#pragma once

#include "debuginfo/facts.h"

namespace gnomon::debuginfo {

// Classes of equal types of resolved facts. Two types are equal when they say the same and lead to equal types, to any
// depth: cyclic types are compared by refining a partition until it is stable.
struct TypeClasses {
    std::vector<std::uint32_t> class_of;    // by resolved type; void and unknown are classes 0 and 1
    std::vector<std::uint32_t> first_fact;  // by class, from class `first_type`: a fact of that class
};
TypeClasses classify(const Facts& facts);

}  // namespace gnomon::debuginfo
