#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>

#include <random>
#include <string>

#include "debuginfo/cursor.h"
#include "debuginfo/file_names.h"
#include "debuginfo/reader.h"

using namespace gnomon::debuginfo;

namespace {

using Buffer = std::vector<std::uint8_t>;

void append(Buffer& to, std::initializer_list<int> bytes) {
    for (int byte : bytes) to.push_back(static_cast<std::uint8_t>(byte));
}

void append(Buffer& to, const std::string& text) {
    to.insert(to.end(), text.begin(), text.end());
    to.push_back(0);
}

// One DWARF 4 unit: int add(int a, ...), which is at 0x10 to 0x18, and struct node {struct node *next; int flag : 3;}.
struct Library {
    Buffer info, abbrev;

    Library() {
        append(abbrev, {1, 0x11, 1, 0, 0});                                      // compile unit
        append(abbrev, {2, 0x24, 0, 0x03, 0x08, 0x0b, 0x0b, 0x3e, 0x0b, 0, 0});  // base type
        append(abbrev, {3, 0x2e, 1, 0x03, 0x08, 0x49, 0x13, 0x3f, 0x19, 0x11, 0x01, 0x12, 0x0b, 0, 0});
        append(abbrev, {4, 0x05, 0, 0x03, 0x08, 0x49, 0x13, 0, 0});              // parameter
        append(abbrev, {5, 0x18, 0, 0, 0});                                      // "..."
        append(abbrev, {6, 0x13, 1, 0x03, 0x08, 0x0b, 0x0b, 0, 0});              // structure
        append(abbrev, {7, 0x0d, 0, 0x03, 0x08, 0x49, 0x13, 0x38, 0x0b, 0, 0});  // member
        append(abbrev, {8, 0x0d, 0, 0x03, 0x08, 0x49, 0x13, 0x0d, 0x0b, 0x0c, 0x0b, 0x0b, 0x0b, 0x38, 0x0b, 0, 0});
        append(abbrev, {9, 0x0f, 0, 0x49, 0x13, 0, 0});  // pointer
        append(abbrev, {0});

        append(info, {0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 8});
        append(info, {1});
        const int base = static_cast<int>(info.size());
        append(info, {2});
        append(info, "int");
        append(info, {4, 5});
        append(info, {3});
        append(info, "add");
        append(info, {base, 0, 0, 0, 0x10, 0, 0, 0, 0, 0, 0, 0, 8});
        append(info, {4});
        append(info, "a");
        append(info, {base, 0, 0, 0, 5, 0});
        const int record = static_cast<int>(info.size());
        append(info, {6});
        append(info, "node");
        append(info, {16, 7});
        append(info, "next");
        const std::size_t next = info.size();
        append(info, {0, 0, 0, 0, 0, 8});
        append(info, "flag");
        append(info, {base, 0, 0, 0, 3, 27, 4, 8, 0});
        info[next] = static_cast<std::uint8_t>(info.size());
        append(info, {9, record, 0, 0, 0, 0});
        info[0] = static_cast<std::uint8_t>(info.size() - 4);
    }

    Input input() const {
        Input found;
        found.main.info = info;
        found.main.abbrev = abbrev;
        return found;
    }
};

}  // namespace

TEST_CASE("LEB128 numbers, as the standard's examples give them") {
    auto unsigned_of = [](Buffer bytes) { return Cursor(bytes, false).uleb(); };
    auto signed_of = [](Buffer bytes) { return Cursor(bytes, false).sleb(); };
    CHECK(unsigned_of({2}) == 2);
    CHECK(unsigned_of({127 + 0x80, 1}) == 255);
    CHECK(unsigned_of({57 + 0x80, 100}) == 12857);
    CHECK(signed_of({0x7e}) == -2);
    CHECK(signed_of({127 + 0x80, 0}) == 127);
    CHECK(signed_of({1 + 0x80, 0x7f}) == -127);
    CHECK(signed_of({0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x7f}) ==
          std::numeric_limits<std::int64_t>::min());
}

TEST_CASE("a cursor gives zeros past the end, and says so") {
    Buffer bytes{1, 2, 3};
    Cursor cursor(bytes, true);
    CHECK(cursor.fixed(2) == 0x0102);
    CHECK(cursor.is_good());
    CHECK(cursor.fixed(2) == 0);
    CHECK_FALSE(cursor.is_good());
    CHECK(cursor.byte() == 0);
    CHECK(Cursor(bytes, false).text().empty());
    CHECK_FALSE(Cursor(bytes, false, 4).is_good());
}

TEST_CASE("paths are joined as texts") {
    CHECK(joined_path("/build", "lib/a.c") == "/build/lib/a.c");
    CHECK(joined_path("/build/x", "../a.c") == "/build/a.c");
    CHECK(joined_path("/build", "/usr/./include//a.h") == "/usr/include/a.h");
    CHECK(joined_path("/", "../../a.c") == "/a.c");
    CHECK(joined_path("", "../a.c") == "../a.c");
}

TEST_CASE("functions, types and members of a unit") {
    Library library;
    Index index = read_index(library.input());
    REQUIRE(index.problems().empty());
    REQUIRE(index.functions().size() == 1);
    const FunctionFact& add = index.functions()[0];
    CHECK(index.strings()[add.name] == "add");
    CHECK(add.address == 0x10);
    CHECK(index.ranges()[add.ranges.first].end == 0x18);
    CHECK(add.is_external);
    CHECK(add.is_variadic);
    REQUIRE(add.parts.count == 1);
    CHECK(index.strings()[index.parts()[add.parts.first].name] == "a");
    REQUIRE(index.type_count() == 2 + 3);
    const TypeFact& node = index.type(3);
    REQUIRE(node.parts.count == 2);
    const Part &next = index.parts()[node.parts.first], &flag = index.parts()[node.parts.first + 1];
    CHECK(index.type(index.number_of(next.type)).type == 2 + 1);
    CHECK(index.type(index.number_of(next.type)).size == 8);
    CHECK(flag.value == 8 * 8 + 32 - 27 - 3);
    CHECK(flag.bits == 3);
}

TEST_CASE("units that repeat each other make the same rows once") {
    Library library;
    Buffer once = library.info;
    library.info.insert(library.info.end(), once.begin(), once.end());
    Index index = read_index(library.input());
    CHECK(index.problems().empty());
    CHECK(index.unit_count() == 2);
    CHECK(index.functions().size() == 1);
    CHECK(index.type_count() == 2 + 3);
}

TEST_CASE("a difference behind a pointer keeps records apart") {
    Library library;
    Buffer other = library.info;
    other[other.size() - 8] = 4;  // where the bit field is
    library.info.insert(library.info.end(), other.begin(), other.end());
    Index index = read_index(library.input());
    CHECK(index.problems().empty());
    CHECK(index.type_count() == 2 + 3 + 2);  // the records, and the pointers to them
}

TEST_CASE("a damaged unit is left out as a whole, and the next one is read") {
    Library library;
    Buffer damaged = library.info;
    damaged[11] = 77;  // no such abbreviation
    library.info.insert(library.info.begin(), damaged.begin(), damaged.end());
    Index index = read_index(library.input());
    CHECK(index.problems().size() == 1);
    CHECK(index.functions().size() == 1);
}

TEST_CASE("a unit that says it is a structure or a function takes no parts") {
    Library library;
    for (int tag : {0x13, 0x2e, 0x15, 0x04, 0x01}) {
        library.abbrev[1] = static_cast<std::uint8_t>(tag);
        // The member, the enumerator or the parameter right below the unit.
        library.info.resize(11);
        append(library.info, {1, 4});
        append(library.info, "part");
        append(library.info, {0, 0, 0, 0, 7});
        append(library.info, "part");
        append(library.info, {0, 0, 0, 0, 0, 5, 0});
        library.info[0] = static_cast<std::uint8_t>(library.info.size() - 4);
        Index index = read_index(library.input());
        CHECK(index.problems().empty());
        CHECK(index.type_count() == 2);
        CHECK(index.functions().empty());
    }
}

TEST_CASE("a part with children stays its parent's") {
    Library library;
    REQUIRE(library.abbrev[32] == 0x05);
    library.abbrev[33] = 1;  // parameters have children
    library.info.resize(11);
    append(library.info, {1, 3});
    append(library.info, "add");
    append(library.info, {0, 0, 0, 0, 0x10, 0, 0, 0, 0, 0, 0, 0, 8, 4});
    append(library.info, "a");
    append(library.info, {0, 0, 0, 0, 0, 4});
    append(library.info, "b");
    append(library.info, {0, 0, 0, 0, 0, 0, 0});
    library.info[0] = static_cast<std::uint8_t>(library.info.size() - 4);
    Index index = read_index(library.input());
    CHECK(index.problems().empty());
    REQUIRE(index.functions().size() == 1);
    CHECK(index.functions()[0].parts.count == 2);
}

TEST_CASE("every cut is survived, and said") {
    Library library;
    for (std::size_t size = 1; size < library.info.size(); ++size) {
        Buffer cut(library.info.begin(), library.info.begin() + static_cast<std::ptrdiff_t>(size));
        Input input = library.input();
        input.main.info = cut;
        Index index = read_index(input);
        CHECK(index.functions().empty());
        CHECK(index.problems().size() == 1);
    }
}

TEST_CASE("random damage is survived") {
    Library whole;
    std::mt19937 random(7);
    for (int round = 0; round < 20'000; ++round) {
        Library library = whole;
        for (int change = 0; change < 3; ++change) {
            Buffer& section = random() % 3 == 0 ? library.abbrev : library.info;
            section[random() % section.size()] = static_cast<std::uint8_t>(random());
        }
        Index index = read_index(library.input());
        CHECK(index.type_count() >= 2);
    }
}
