#include "memory/memory.h"

#include <algorithm>
#include <cstring>

namespace gnomon::memory {
namespace {

constexpr std::uint64_t alignment = 16;
constexpr std::uint64_t guard = 4096;
constexpr std::uint64_t pointer_size = 8;

template <class T>
Block<T> zeros(std::uint64_t count) {
    Block<T> block(static_cast<T*>(std::calloc(std::max<std::uint64_t>(count, 1), sizeof(T))));
    if (!block) throw OutOfMemory();
    return block;
}

// Per byte of a stored pointer: which object, and which of the pointer's bytes.
std::uint32_t mark(ObjectId id, std::uint32_t index) { return static_cast<std::uint32_t>(id) * 8 + index; }

}  // namespace

ObjectId Memory::create(shadow::ObjectKind kind, std::uint64_t size, const Origin& origin, std::uint8_t new_shadow) {
    const std::uint64_t cost = size + sizeof(Object);
    if (size > limit_ || used_ + cost > limit_) throw OutOfMemory();
    used_ += cost;
    Object object;
    object.base = next_address_;
    object.size = size;
    object.kind = kind;
    object.origin = origin;
    object.new_shadow = new_shadow;
    next_address_ += (size + guard + alignment - 1) / alignment * alignment;
    objects_.push_back(std::move(object));
    return ObjectId{static_cast<std::uint32_t>(objects_.size() - 1) + first_object};
}

void Memory::end_life(ObjectId id) {
    Object& object = (*this)[id];
    object.is_alive = false;
    object.bytes.reset();
    object.shadows.reset();
    object.pointed.reset();
    used_ -= object.size;
}

bool Memory::resize(ObjectId id, std::uint64_t size) {
    Object& object = (*this)[id];
    const std::uint64_t before = object.size, kept = std::min(before, size);
    const bool is_newest = static_cast<std::uint32_t>(id) - first_object + 1 == objects_.size();
    const std::uint64_t end = is_newest ? next_address_ : (&object)[1].base;
    if (size > before && size > limit_ - std::min(limit_, used_ - before)) throw OutOfMemory();
    if (object.base + size + guard > end) {
        if (!is_newest) return false;
        next_address_ = object.base + (size + guard + alignment - 1) / alignment * alignment;
    }
    const auto resized = [&]<class T>(Block<T>& block) {
        if (!block) return;
        Block<T> now = zeros<T>(size);
        std::copy_n(block.get(), kept, now.get());
        block = std::move(now);
    };
    resized(object.bytes), resized(object.shadows), resized(object.pointed);
    used_ += size - before;
    object.size = size;
    if (before == 0) object.new_shadow = 0;
    if (size > before) set_shadow(object, before, size - before, 0);
    return true;
}

void Memory::leave_room(std::uint64_t size) { next_address_ += size / alignment * alignment; }

std::uint8_t* Memory::bytes_of(Object& object) {
    if (!object.bytes) object.bytes = zeros<std::uint8_t>(object.size);
    return object.bytes.get();
}

std::span<std::uint8_t> Memory::bytes(ObjectId id) {
    Object& object = (*this)[id];
    return {bytes_of(object), object.size};
}

Value Memory::load(ObjectId id, std::uint64_t offset, std::uint32_t size) {
    Object& object = (*this)[id];
    Value value;
    std::memcpy(&value.bits, bytes_of(object) + offset, size);
    value.shadow = shadow(id, offset, size);
    if (!object.pointed || size != pointer_size) return value;
    const std::uint32_t first = object.pointed[offset];
    if (first == 0 || first % pointer_size != 0) return value;
    for (std::uint32_t i = 1; i < pointer_size; ++i)
        if (object.pointed[offset + i] != first + i) return value;
    value.object = ObjectId{first / 8};
    return value;
}

void Memory::store(ObjectId id, std::uint64_t offset, std::uint32_t size, const Value& value) {
    Object& object = (*this)[id];
    std::memcpy(bytes_of(object) + offset, &value.bits, size);
    set_shadow(object, offset, size, value.shadow);
    if (value.object == no_object || size != pointer_size) return forget_pointers(object, offset, size);
    if (!object.pointed) object.pointed = zeros<std::uint32_t>(object.size);
    for (std::uint32_t i = 0; i < pointer_size; ++i) object.pointed[offset + i] = mark(value.object, i);
}

void Memory::copy(ObjectId to, std::uint64_t to_offset, ObjectId from, std::uint64_t from_offset, std::uint64_t size) {
    if (size == 0) return;
    Object& target = (*this)[to];
    Object& source = (*this)[from];
    const std::uint8_t* bytes = bytes_of(source) + from_offset;
    std::memmove(bytes_of(target) + to_offset, bytes, size);
    copy_shadows(target, to_offset, source, from_offset, size);
    copy_pointers(target, to_offset, source, from_offset, size);
}

void Memory::fill(ObjectId id, std::uint64_t offset, std::uint8_t byte, std::uint64_t size, std::uint8_t shadow) {
    Object& object = (*this)[id];
    std::memset(bytes_of(object) + offset, byte, size);
    set_shadow(object, offset, size, shadow);
    forget_pointers(object, offset, size);
}

std::uint8_t Memory::shadow(ObjectId id, std::uint64_t offset, std::uint64_t size) const {
    const Object& object = (*this)[id];
    if (!object.shadows) return size ? object.new_shadow : 0;
    std::uint8_t bits = 0;
    for (std::uint64_t i = 0; i < size; ++i) bits |= object.shadows[offset + i] ^ object.new_shadow;
    return bits;
}

void Memory::set_shadow(Object& object, std::uint64_t offset, std::uint64_t size, std::uint8_t shadow) {
    const std::uint8_t difference = shadow ^ object.new_shadow;
    if (!object.shadows && difference == 0) return;
    if (!object.shadows) object.shadows = zeros<std::uint8_t>(object.size);
    std::memset(object.shadows.get() + offset, difference, size);
}

void Memory::cover(ObjectId id, std::uint8_t shadow) {
    Object& object = (*this)[id];
    object.shadows.reset();
    object.new_shadow = shadow;
}

std::vector<ObjectId> Memory::pointed_from(ObjectId id) const {
    const Object& object = (*this)[id];
    std::vector<ObjectId> found;
    if (!object.pointed) return found;
    for (std::uint64_t i = 0; i < object.size; ++i)
        if (object.pointed[i] != 0 && object.pointed[i] % pointer_size == 0)
            found.push_back(ObjectId{object.pointed[i] / 8});
    return found;
}

// Where a pointer is there in part, nobody can use it any more.
void Memory::redirect(ObjectId from, ObjectId to) {
    const std::uint64_t distance = (*this)[to].base - (*this)[from].base;
    for (Object& object : objects_) {
        for (std::uint64_t i = 0; object.pointed && i + pointer_size <= object.size; ++i) {
            bool is_whole = object.pointed[i] == mark(from, 0);
            for (std::uint32_t k = 1; is_whole && k < pointer_size; ++k)
                is_whole &= object.pointed[i + k] == mark(from, k);
            if (!is_whole) continue;
            std::uint64_t address = 0;
            std::memcpy(&address, object.bytes.get() + i, pointer_size);
            address += distance;
            std::memcpy(object.bytes.get() + i, &address, pointer_size);
            for (std::uint32_t k = 0; k < pointer_size; ++k) object.pointed[i + k] = mark(to, k);
        }
    }
}

void Memory::forget_pointers(Object& object, std::uint64_t offset, std::uint64_t size) {
    if (object.pointed) std::memset(object.pointed.get() + offset, 0, size * sizeof(std::uint32_t));
}

void Memory::copy_shadows(Object& target, std::uint64_t to, const Object& source, std::uint64_t from,
                          std::uint64_t size) {
    if (!source.shadows) return set_shadow(target, to, size, source.new_shadow);
    if (!target.shadows) target.shadows = zeros<std::uint8_t>(target.size);
    std::uint8_t* bits = target.shadows.get() + to;
    std::memmove(bits, source.shadows.get() + from, size);
    const std::uint8_t change = source.new_shadow ^ target.new_shadow;
    if (change == 0) return;
    for (std::uint64_t i = 0; i < size; ++i) bits[i] ^= change;
}

void Memory::copy_pointers(Object& target, std::uint64_t to, const Object& source, std::uint64_t from,
                           std::uint64_t size) {
    if (!source.pointed) return forget_pointers(target, to, size);
    if (!target.pointed) target.pointed = zeros<std::uint32_t>(target.size);
    std::memmove(target.pointed.get() + to, source.pointed.get() + from, size * sizeof(std::uint32_t));
}

}  // namespace gnomon::memory
