// Types of the intermediate representation, in DWARF's vocabulary: what a value or an object is, with its real layout.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

namespace gnomon::ir {

// Index into a TypeTable; equal types have equal ids, so ids are compared instead of types.
enum class TypeId : std::uint32_t {};

struct VoidType {
    bool operator==(const VoidType&) const = default;
};

// Every integer type of C after layout: char, _Bool (bits = 8, is_bool), enumerations (their underlying type),
// __int128.
struct IntegerType {
    std::uint16_t bits = 32;
    bool is_signed = true;
    bool is_bool = false;
    bool operator==(const IntegerType&) const = default;
};

// bits is 32 (float), 64 (double) or 80 (long double of the x87: no register holds it).
struct FloatType {
    std::uint16_t bits = 64;
    bool operator==(const FloatType&) const = default;
};

struct PointerType {
    TypeId pointee{};
    bool operator==(const PointerType&) const = default;
};

// count is 0 for flexible array members and incomplete arrays.
struct ArrayType {
    TypeId element{};
    std::uint64_t count = 0;
    bool operator==(const ArrayType&) const = default;
};

struct Field {
    std::string name;  // empty for anonymous structures and unions
    TypeId type{};
    std::uint64_t offset_bits = 0;
    std::uint32_t bit_width = 0;  // 0: not a bit field
    bool operator==(const Field&) const = default;
};

// A struct or union. Records are equal by key (name and declaration place), so that recursive types are possible:
// the table hands out the id first and the fields are set afterwards.
struct RecordType {
    std::string name;  // "struct ring", or the typedef's name for an unnamed record
    std::string key;   // unique: clang's USR
    bool is_union = false;
    bool is_complete = false;
    std::uint64_t size = 0;       // bytes
    std::uint64_t alignment = 1;  // bytes
    std::vector<Field> fields;
};

struct FunctionType {
    TypeId result{};
    std::vector<TypeId> parameters;
    bool is_variadic = false;
    bool operator==(const FunctionType&) const = default;
};

using Type = std::variant<VoidType, IntegerType, FloatType, PointerType, ArrayType, RecordType, FunctionType>;

// Interns types. Ids stay valid for the life of the table; references do not survive an insertion.
class TypeTable {
  public:
    TypeTable();

    TypeId intern(const Type& type);                                      // not for records
    TypeId record(const std::string& key, const std::string& name = "");  // of that key; incomplete when new
    void complete(TypeId record, RecordType contents);                    // give a record its fields

    const Type& operator[](TypeId id) const { return types_[static_cast<std::size_t>(id)]; }
    std::size_t size() const { return types_.size(); }

    TypeId void_type() const { return void_; }
    TypeId integer(std::uint16_t bits, bool is_signed);
    TypeId boolean();
    TypeId floating(std::uint16_t bits);
    TypeId pointer_to(TypeId pointee);

    template <class T>
    const T* get_if(TypeId id) const {
        return std::get_if<T>(&(*this)[id]);
    }
    bool is_pointer(TypeId id) const { return get_if<PointerType>(id) != nullptr; }
    bool is_integer(TypeId id) const { return get_if<IntegerType>(id) != nullptr; }
    bool is_float(TypeId id) const { return get_if<FloatType>(id) != nullptr; }
    bool is_signed(TypeId id) const;
    bool is_scalar(TypeId id) const { return is_pointer(id) || is_integer(id) || is_float(id); }
    bool is_long_double(TypeId id) const { return is_float(id) && bits_of(id) > 64; }
    bool fits_register(TypeId id) const { return is_scalar(id) && bits_of(id) <= 64; }

    std::uint64_t size_of(TypeId id) const;       // bytes; 0 for void, functions and incomplete types
    std::uint64_t alignment_of(TypeId id) const;  // bytes
    unsigned bits_of(TypeId id) const;            // width of a scalar: 64 for pointers, 8 for _Bool, with padding
    std::string spelling(TypeId id) const;        // as C would write it: "unsigned int", "struct ring *"

  private:
    std::vector<Type> types_;
    std::unordered_map<std::string, TypeId> interned_;
    TypeId void_;
};

}  // namespace gnomon::ir
