// The memory of one concrete run: objects at virtual addresses, read and written with provenance and shadows.
//
// Nothing here checks bounds or lifetime: callers do, before. An access outside an object is a programming error.
#pragma once

#include <cstdint>
#include <span>
#include <stdexcept>
#include <vector>

#include "memory/object.h"

namespace gnomon::memory {

// Thrown when objects would need more memory than the run may use.
struct OutOfMemory : std::runtime_error {
    OutOfMemory() : std::runtime_error("memory") {}
};

class Memory {
  public:
    explicit Memory(std::uint64_t limit) : limit_(limit) {}

    // Addresses are deterministic, aligned to 16, and apart by a guard, so that no pointer one past the end equals
    // another object. Throws OutOfMemory.
    ObjectId create(shadow::ObjectKind kind, std::uint64_t size, const Origin& origin, std::uint8_t new_shadow = 0);
    void end_life(ObjectId id);  // the header stays, for messages about dangling pointers
    // Bytes that are new are zeros. False: there is no room at its address. Throws OutOfMemory.
    bool resize(ObjectId id, std::uint64_t size);
    void leave_room(std::uint64_t size);  // behind the newest object: so many bytes more may become its own

    std::size_t size() const { return objects_.size(); }
    Object& operator[](ObjectId id) { return objects_[static_cast<std::uint32_t>(id) - first_object]; }
    const Object& operator[](ObjectId id) const { return objects_[static_cast<std::uint32_t>(id) - first_object]; }
    Value pointer_to(ObjectId id) const { return {(*this)[id].base, id, 0}; }
    std::int64_t offset_of(const Value& pointer) const {
        return static_cast<std::int64_t>(pointer.bits - (*this)[pointer.object].base);
    }
    std::span<std::uint8_t> bytes(ObjectId id);  // all of an object's bytes

    // size is at most 8. The object of what is read is known only when all 8 bytes of one pointer are read in order.
    Value load(ObjectId id, std::uint64_t offset, std::uint32_t size);
    void store(ObjectId id, std::uint64_t offset, std::uint32_t size, const Value& value);
    void copy(ObjectId to, std::uint64_t to_offset, ObjectId from, std::uint64_t from_offset, std::uint64_t size);
    void fill(ObjectId id, std::uint64_t offset, std::uint8_t byte, std::uint64_t size, std::uint8_t shadow);
    void cover(ObjectId id, std::uint8_t shadow);           // all of its bytes
    void redirect(ObjectId from, ObjectId to);              // all pointers to it; the distance inside stays
    std::vector<ObjectId> pointed_from(ObjectId id) const;  // by pointers stored in it; may name an object repeatedly
    std::uint8_t shadow(ObjectId id, std::uint64_t offset, std::uint64_t size) const;  // union over the bytes

  private:
    std::uint8_t* bytes_of(Object& object);
    void set_shadow(Object& object, std::uint64_t offset, std::uint64_t size, std::uint8_t shadow);
    void forget_pointers(Object& object, std::uint64_t offset, std::uint64_t size);
    void copy_shadows(Object& target, std::uint64_t to, const Object& source, std::uint64_t from, std::uint64_t size);
    void copy_pointers(Object& target, std::uint64_t to, const Object& source, std::uint64_t from, std::uint64_t size);

    std::vector<Object> objects_;
    std::uint64_t next_address_ = std::uint64_t{1} << 20;
    std::uint64_t used_ = 0;
    std::uint64_t limit_;
};

}  // namespace gnomon::memory
