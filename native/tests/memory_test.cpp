#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include "memory/memory.h"

#include <doctest/doctest.h>

using namespace gnomon;
using memory::Memory;
using memory::ObjectId;
using memory::Value;
using shadow::ObjectKind;

namespace {

constexpr std::uint64_t plenty = 1 << 20;

ObjectId block(Memory& memory, std::uint64_t size, std::uint8_t shadow = 0) {
    return memory.create(ObjectKind::heap, size, ir::Site{}, shadow);
}

}  // namespace

TEST_CASE("objects lie apart, aligned, at the same addresses in every run") {
    Memory one(plenty), other(plenty);
    const ObjectId a = block(one, 5), b = block(one, 0);
    CHECK(one[a].base % 16 == 0);
    CHECK(one[b].base > one[a].base + 5);
    CHECK(other[block(other, 5)].base == one[a].base);
    CHECK(block(one, 0) != b);
}

TEST_CASE("bytes are little-endian and start as zeros") {
    Memory memory(plenty);
    const ObjectId a = block(memory, 16);
    CHECK(memory.load(a, 0, 8).bits == 0);
    memory.store(a, 3, 4, {0x11223344});
    CHECK(memory.load(a, 3, 1).bits == 0x44);
    CHECK(memory.load(a, 2, 8).bits == 0x1122334400);
}

TEST_CASE("a pointer keeps its object through whole and partial copies, and loses it when torn") {
    Memory memory(plenty);
    const ObjectId a = block(memory, 32), target = block(memory, 4);
    memory.store(a, 0, 8, memory.pointer_to(target));
    memory.copy(a, 16, a, 0, 3);
    CHECK(memory.load(a, 16, 8).object == memory::no_object);
    memory.copy(a, 19, a, 3, 5);
    CHECK(memory.load(a, 16, 8) == memory.pointer_to(target));
    memory.store(a, 0, 1, {0});
    CHECK(memory.load(a, 0, 8).object == memory::no_object);
    memory.copy(a, 15, a, 16, 8);  // overlapping
    CHECK(memory.load(a, 15, 8).object == target);
    memory.fill(a, 15, 0, 1, 0);
    CHECK(memory.load(a, 15, 8).object == memory::no_object);
}

TEST_CASE("shadows follow the bytes") {
    Memory memory(plenty);
    const ObjectId fresh = block(memory, 8, 1), clean = block(memory, 8);
    CHECK(memory.shadow(fresh, 0, 8) == 1);
    CHECK(memory.shadow(fresh, 0, 0) == 0);
    memory.store(fresh, 0, 4, {7});
    CHECK(memory.shadow(fresh, 0, 4) == 0);
    CHECK(memory.load(fresh, 1, 4).shadow == 1);
    memory.copy(clean, 0, fresh, 2, 4);
    CHECK(memory.shadow(clean, 0, 2) == 0);
    CHECK(memory.shadow(clean, 2, 1) == 1);
    memory.copy(fresh, 0, clean, 0, 8);
    CHECK(memory.shadow(fresh, 0, 2) == 0);
    CHECK(memory.shadow(fresh, 2, 2) == 1);
    CHECK(memory.shadow(fresh, 4, 4) == 0);
}

TEST_CASE("memory has a limit, and ended lives give theirs back") {
    Memory memory(1 << 16);
    CHECK_THROWS_AS(block(memory, std::uint64_t{1} << 62), memory::OutOfMemory);
    for (int i = 0; i < 20; ++i) memory.end_life(block(memory, 1 << 15));
    CHECK(memory[block(memory, 1 << 15)].is_alive);
}

TEST_CASE("a large object costs nothing until it is touched") {
    Memory memory(std::uint64_t{1} << 33);
    const ObjectId large = block(memory, std::uint64_t{1} << 32, 1);
    memory.store(large, (std::uint64_t{1} << 32) - 8, 8, {42});
    CHECK(memory.load(large, (std::uint64_t{1} << 32) - 8, 8) == Value{42, memory::no_object, 0});
}

TEST_CASE("what is computed from pointers knows its object or that it has none") {
    using namespace memory;
    const ObjectId a{5}, b{6};
    CHECK(joined(a, no_object) == a);
    CHECK(joined(null_object, a) == a);
    CHECK(joined(a, b) == mixed_object);
    CHECK(joined(mixed_object, no_object) == mixed_object);
    CHECK(subtracted(a, a) == no_object);
    CHECK(subtracted(a, no_object) == a);
    CHECK(subtracted(a, b) == mixed_object);
    CHECK(Value{8, null_object, 0}.is_null());
    CHECK_FALSE(Value{8, no_object, 0}.is_null());
}
