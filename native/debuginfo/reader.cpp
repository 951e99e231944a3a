#include "debuginfo/reader.h"

#include <algorithm>
#include <memory>
#include <unordered_map>
#include <unordered_set>

#include "debuginfo/constants.h"
#include "debuginfo/resolve.h"
#include "debuginfo/walk.h"

namespace gnomon::debuginfo {

namespace {

constexpr std::size_t problem_bound = 20;

// An entry that makes a fact is seldom below 5 bytes; sections that claim many more are damaged.
constexpr std::uint64_t bytes_per_fact = 3;

std::vector<File> files_of(const Input& input) {
    std::vector<File> files;
    auto add = [&](const Sections& sections, bool is_split) {
        File& file = files.emplace_back();
        file.sections = &sections;
        file.main = is_split ? &input.main : &sections;
        file.alternate = &input.alternate;
        file.info_section = 2 * (files.size() - 1);
        file.alternate_section = 2;
        file.is_split = is_split;
        file.is_big_endian = input.is_big_endian;
    };
    add(input.main, false);
    add(input.alternate, false);
    for (const Sections& sections : input.split)
        if (files.size() < section_bound / 2) add(sections, true);
    return files;
}

// Calls `visit` with the header of each unit of a section, sound or not.
template <class Visit>
void for_each_unit(const File& file, bool is_types, Visit visit) {
    const std::uint64_t size = (is_types ? file.sections->types : file.sections->info).size();
    for (std::uint64_t offset = 0; offset < size;) {
        UnitHeader header = read_unit_header(file, offset, is_types);
        visit(header);
        if (header.unit.end <= offset) return;  // nobody knows where the next one begins
        offset = header.unit.end;
    }
}

// The units of the main file whose entries are elsewhere, by id.
using Skeletons = std::unordered_map<std::uint64_t, Skeleton>;

Skeletons skeletons_of(FileTables& tables, Strings& strings) {
    Skeletons found;
    for_each_unit(tables.file, false, [&](const UnitHeader& header) {
        if (!header.is_sound) return;
        auto skeleton = read_unit_entry(tables, header.unit, strings);
        if (skeleton && skeleton->split_name != StringId::empty) found.emplace(skeleton->unit.id, *skeleton);
    });
    return found;
}

}  // namespace

class Reader {
  public:
    Reader(const Input& input, Index& index) : input_(input), index_(index) {
        for (const File& file : files_of(input)) tables_.push_back(std::make_unique<FileTables>(file, index.strings_));
        for (const auto& tables : tables_) {
            const Sections& s = *tables->file.sections;
            budget_.facts += 1024 + (s.info.size() + s.types.size()) / bytes_per_fact;
            budget_.ranges += 1024 + s.ranges.size() + s.rnglists.size();
        }
    }

    void read() {
        skeletons_ = skeletons_of(*tables_[0], index_.strings_);
        split_folder_ = common_folder();
        reserve();
        for (const auto& tables : tables_)
            for (bool is_types : {false, true})
                for_each_unit(tables->file, is_types, [&](const UnitHeader& header) { read_unit(*tables, header); });
        for (const auto& [id, skeleton] : skeletons_)
            if (!met_.contains(id))
                problem("split DWARF, " + std::string(index_.strings_[skeleton.split_name]) +
                        " of this build not found");
        Described described = resolve(index_.facts_, input_.is_big_endian);
        index_.facts_.types.keys = {};
        index_.classes_ = classify(index_.facts_);
        keep_distinct(index_.facts_.functions.facts, described.functions);
        keep_distinct(index_.facts_.variables.facts, described.variables);
    }

  private:
    void reserve() {
        // Pages that stay unused cost nothing; growing would copy.
        std::size_t bytes = 0;
        for (const auto& tables : tables_) bytes += tables->file.sections->info.size();
        index_.facts_.types.facts.reserve(bytes / 24);
        index_.facts_.types.keys.reserve(bytes / 24);
        index_.facts_.parts.reserve(bytes / 24);
    }

    void read_unit(FileTables& tables, const UnitHeader& header) {
        ++index_.units_;
        if (!header.is_sound) return damaged(header.unit);
        const Skeleton* skeleton = nullptr;
        Skeleton of_types;
        if (tables.file.is_split && header.unit.is_type()) {
            of_types = {header.unit, split_folder_, std::nullopt, &tables, StringId::empty};
            skeleton = &of_types;
        } else if (tables.file.is_split) {
            std::uint64_t id = header.unit.id;
            if (header.unit.widths.version < 5)
                if (auto entry = read_unit_entry(tables, header.unit, index_.strings_)) id = entry->unit.id;
            auto found = skeletons_.find(id);
            if (found == skeletons_.end()) return;  // of another build: the skeleton is said to miss its file
            if (!met_.insert(id).second) return;
            skeleton = &found->second;
        }
        if (!walk_unit(tables, header.unit, skeleton, index_.strings_, index_.facts_, budget_)) damaged(header.unit);
    }

    // Split type units do not say in which folder they were compiled: known where all units share one.
    std::string_view common_folder() const {
        if (skeletons_.empty()) return {};
        std::string_view folder = skeletons_.begin()->second.folder;
        bool is_common = std::all_of(skeletons_.begin(), skeletons_.end(),
                                     [&](const auto& entry) { return entry.second.folder == folder; });
        return is_common ? folder : std::string_view();
    }

    void damaged(const Unit& unit) {
        problem("debug information that cannot be read, in the unit at offset " + std::to_string(unit.offset));
    }
    void problem(std::string text) {
        if (index_.problems_.size() < problem_bound) index_.problems_.push_back(std::move(text));
    }

    bool are_equal(Extent a, Extent b) const {
        if (a.count != b.count) return false;
        for (std::uint32_t i = 0; i < a.count; ++i) {
            const Part &x = index_.facts_.parts[a.first + i], &y = index_.facts_.parts[b.first + i];
            if (x.name != y.name || index_.number_of(x.type) != index_.number_of(y.type)) return false;
        }
        return true;
    }
    template <class Fact>
    bool are_equal(const Fact& a, const Fact& b) const {
        bool are = a.name == b.name && a.linkage_name == b.linkage_name && a.scope == b.scope && a.place == b.place &&
                   a.address == b.address && index_.number_of(a.type) == index_.number_of(b.type) &&
                   a.is_external == b.is_external && a.is_declaration == b.is_declaration;
        if constexpr (requires { a.parts; }) are = are && a.is_variadic == b.is_variadic && are_equal(a.parts, b.parts);
        return are;
    }

    template <class Fact>
    std::uint64_t hash_of(const Fact& fact) const {
        std::uint64_t hash = fact.address;
        auto add = [&](auto value) {
            hash = (hash ^ static_cast<std::uint64_t>(value)) * 0x9e3779b97f4a7c15 ^ hash >> 31;
        };
        add(fact.name);
        add(fact.linkage_name);
        add(fact.scope);
        add(fact.place.path);
        add(fact.place.line);
        add(index_.number_of(fact.type));
        if constexpr (requires { fact.parts; })
            for (std::uint32_t i = 0; i < fact.parts.count; ++i) {
                const Part& part = index_.facts_.parts[fact.parts.first + i];
                add(part.name);
                add(index_.number_of(part.type));
            }
        return hash;
    }

    // Leaves one of equal facts, and none without a name or that others describe.
    template <class Fact>
    void keep_distinct(std::vector<Fact>& facts, const std::vector<bool>& is_described) const {
        std::unordered_multimap<std::uint64_t, std::size_t> seen;
        std::vector<Fact> kept;
        for (std::size_t i = 0; i < facts.size(); ++i) {
            const Fact& fact = facts[i];
            if (fact.name == StringId::empty || (is_described[i] && fact.address == 0)) continue;
            std::uint64_t hash = hash_of(fact);
            auto [first, last] = seen.equal_range(hash);
            bool is_new = std::none_of(first, last, [&](const auto& s) { return are_equal(kept[s.second], fact); });
            if (!is_new) continue;
            seen.emplace(hash, kept.size());
            kept.push_back(fact);
        }
        facts = std::move(kept);
    }

    const Input& input_;
    Index& index_;
    std::vector<std::unique_ptr<FileTables>> tables_;
    Skeletons skeletons_;
    std::string_view split_folder_;
    std::unordered_set<std::uint64_t> met_;  // ids of skeletons whose entries were found
    Budget budget_;
};

const TypeFact& Index::type(std::uint32_t number) const { return facts_.types.facts[classes_.first_fact[number - 2]]; }

Index read_index(const Input& input) {
    Index index;
    Reader(input, index).read();
    return index;
}

std::vector<SplitUnit> split_units(const Input& input) {
    Strings strings;
    FileTables tables(files_of(input).front(), strings);
    std::vector<SplitUnit> found;
    for (const auto& [id, skeleton] : skeletons_of(tables, strings))
        found.push_back({std::string(strings[skeleton.split_name]), std::string(skeleton.folder), id});
    return found;
}

}  // namespace gnomon::debuginfo
