#include "debuginfo/walk.h"

#include <algorithm>

#include "debuginfo/constants.h"
#include "debuginfo/parts.h"

namespace gnomon::debuginfo {

namespace {

constexpr std::size_t depth_bound = 10'000;  // entries inside entries

enum class Role : std::uint8_t { none, scope, type, function, variable, member, enumerator, bound, parameter, inlined };

Role role_of(std::uint32_t number) {
    switch (number) {
        case tag::namespace_:
        case tag::module:
            return Role::scope;
        case tag::subprogram:
            return Role::function;
        case tag::variable:
            return Role::variable;
        case tag::member:
        case tag::inheritance:
            return Role::member;
        case tag::enumerator:
            return Role::enumerator;
        case tag::subrange_type:
            return Role::bound;
        case tag::formal_parameter:
            return Role::parameter;
        case tag::inlined_subroutine:
        case tag::call_site:
        case tag::gnu_call_site:
            return Role::inlined;
        case tag::array_type:
        case tag::class_type:
        case tag::enumeration_type:
        case tag::pointer_type:
        case tag::reference_type:
        case tag::string_type:
        case tag::structure_type:
        case tag::subroutine_type:
        case tag::typedef_:
        case tag::union_type:
        case tag::ptr_to_member_type:
        case tag::set_type:
        case tag::base_type:
        case tag::const_type:
        case tag::file_type:
        case tag::packed_type:
        case tag::volatile_type:
        case tag::restrict_type:
        case tag::interface_type:
        case tag::unspecified_type:
        case tag::shared_type:
        case tag::rvalue_reference_type:
        case tag::template_alias:
        case tag::coarray_type:
        case tag::dynamic_type:
        case tag::atomic_type:
        case tag::immutable_type:
            return Role::type;
        default:
            return Role::none;
    }
}

bool is_record(std::uint32_t number) {
    return number == tag::structure_type || number == tag::union_type || number == tag::class_type ||
           number == tag::interface_type;
}

// An entry whose children are being read.
struct Frame {
    std::uint32_t tag = 0;  // 0: of an entry that is passed over, and takes no parts
    std::uint32_t fact = 0;
    std::size_t first_part = 0;  // of those that wait
    StringId scope = StringId::empty;
    bool is_local = false;
};

class Walk {
  public:
    Walk(FileTables& tables, const Unit& unit, const Skeleton* skeleton, Strings& strings, Facts& facts, Budget& budget)
        : tables_(tables), unit_(unit), strings_(strings), facts_(facts), budget_(budget) {
        if (skeleton == nullptr) return;
        folder_ = skeleton->folder;
        line_table_ = skeleton->line_table;
        line_tables_ = &skeleton->tables->file_names;
        unit_.address_base = skeleton->unit.address_base;
        unit_.ranges_base = skeleton->unit.ranges_base;
        unit_.low_pc = skeleton->unit.low_pc;
    }

    bool run();

  private:
    bool read(const Abbreviation& abbreviation) {
        return read_die(cursor_, unit_, abbreviation, facts_.signatures, die_);
    }
    bool enter_unit();
    bool read_entry(const Abbreviation& abbreviation, Key key);
    bool pass_inlined(const Abbreviation& abbreviation);
    void close();

    Frame add_type(Key key, const Frame& parent);
    Frame add_function(Key key, const Frame& parent);
    void add_variable(Key key, const Frame& parent);
    void add_part(Part part);
    void add_code(FunctionFact& fact);

    StringId text(Slot slot) {
        const Value* value = die_.find(slot);
        auto place = value != nullptr ? text_of(unit_, *value) : std::nullopt;
        return place ? strings_.at(place->section, place->offset).value_or(StringId::empty) : StringId::empty;
    }
    Key origin() const {
        Key key = die_.reference(Slot::abstract_origin);
        return key != 0 ? key : die_.reference(Slot::specification);
    }
    Place place();
    StringId inner_scope(StringId outer, StringId name);

    FileTables& tables_;
    Unit unit_;
    Strings& strings_;
    Facts& facts_;
    Budget& budget_;
    const AbbreviationTable* abbreviations_ = nullptr;
    Cursor cursor_{{}, false};
    Die die_;
    std::string_view folder_;
    std::optional<std::uint64_t> line_table_;
    FileNameTables* line_tables_ = nullptr;
    const FileNames* file_names_ = nullptr;
    std::vector<Frame> frames_;
    std::vector<Part> parts_;  // of the open frames
};

bool Walk::run() {
    abbreviations_ = tables_.abbreviations.at(unit_.abbreviations, unit_.widths);
    if (abbreviations_ == nullptr) return false;
    cursor_ = Cursor(unit_.entries(), unit_.file->is_big_endian, unit_.first_entry);
    cursor_.limit(unit_.end);
    if (!enter_unit()) return false;
    while (!frames_.empty()) {
        Key key = key_of(unit_.section, cursor_.position());
        std::uint64_t code = cursor_.uleb();
        if (!cursor_.is_good()) return false;
        if (code == 0) {
            close();
            continue;
        }
        const Abbreviation* abbreviation = abbreviations_->find(code);
        if (abbreviation == nullptr || !read_entry(*abbreviation, key)) return false;
    }
    return true;
}

bool Walk::enter_unit() {
    const Abbreviation* abbreviation = abbreviations_->find(cursor_.uleb());
    if (abbreviation == nullptr || !read(*abbreviation)) return false;
    take_bases(unit_, die_);
    if (die_.has(Slot::comp_dir)) folder_ = strings_[text(Slot::comp_dir)];
    if (die_.is_constant(Slot::stmt_list)) {
        line_table_ = die_.constant(Slot::stmt_list);
        line_tables_ = &tables_.file_names;
    }
    if (unit_.is_type()) facts_.type_units.push_back({unit_.id, key_of(unit_.section, unit_.type_entry)});
    // Whatever a damaged unit says it is, it is no type or function that takes parts.
    if (abbreviation->has_children) frames_.push_back({0, 0, 0, StringId::empty, false});
    return true;
}

bool Walk::read_entry(const Abbreviation& abbreviation, Key key) {
    const Frame parent = frames_.back();
    Frame frame{0, 0, parts_.size(), parent.scope, parent.is_local};
    Role role = role_of(abbreviation.tag);
    if (role == Role::inlined) return pass_inlined(abbreviation);
    if (role == Role::bound && parent.tag != tag::array_type) role = Role::type;
    bool is_function = parent.tag == tag::subprogram || parent.tag == tag::subroutine_type;
    if ((role == Role::variable && parent.is_local) || (role == Role::parameter && !is_function) ||
        (role == Role::member && !is_record(parent.tag)) ||
        (role == Role::enumerator && parent.tag != tag::enumeration_type))
        role = Role::none;
    if (role == Role::none ? !skip_die(cursor_, unit_, abbreviation) : !read(abbreviation)) return false;

    switch (role) {
        case Role::scope:
            frame.scope = inner_scope(parent.scope, text(Slot::name));
            break;
        case Role::type:
            frame = add_type(key, parent);
            break;
        case Role::function:
            frame = add_function(key, parent);
            break;
        case Role::variable:
            add_variable(key, parent);
            break;
        case Role::member:
            if (die_.has(Slot::declaration) || die_.has(Slot::external))
                add_variable(key, parent);  // a static member of C++
            else
                add_part(member_part(unit_, die_));
            break;
        case Role::enumerator:
            add_part(enumerator_part(die_));
            break;
        case Role::bound:
            add_part(bound_part(die_));
            break;
        case Role::parameter:
            add_part({});
            break;
        default:
            if (abbreviation.tag == tag::unspecified_parameters && parent.tag == tag::subprogram)
                facts_.functions.facts[parent.fact].is_variadic = true;
            if (abbreviation.tag == tag::unspecified_parameters && parent.tag == tag::subroutine_type)
                facts_.types.facts[parent.fact].is_variadic = true;
            if (abbreviation.tag == tag::variant_part && is_record(parent.tag))
                facts_.types.facts[parent.fact].is_incomplete = true;
    }
    // An array that an enumeration counts.
    if (abbreviation.tag == tag::enumeration_type && parent.tag == tag::array_type)
        facts_.types.facts[parent.fact].is_incomplete = true;
    if (abbreviation.has_children) frames_.push_back(frame);
    return frames_.size() < depth_bound && facts_.types.size() + facts_.functions.size() + facts_.variables.size() +
                                                   facts_.parts.size() + parts_.size() <=
                                               budget_.facts;
}

// Code that was inlined repeats what its function says: passed over as a whole where the producer says how far it goes.
bool Walk::pass_inlined(const Abbreviation& abbreviation) {
    if (!abbreviation.has_children) return skip_die(cursor_, unit_, abbreviation);
    if (!read(abbreviation)) return false;
    Key sibling = die_.reference(Slot::sibling);
    std::uint64_t end = sibling & ((Key{1} << offset_bits) - 1);
    if (sibling >> offset_bits == unit_.section && end > cursor_.position() && end < unit_.end)
        cursor_.skip(end - cursor_.position());
    else
        frames_.push_back({0, 0, parts_.size(), frames_.back().scope, true});
    return true;
}

void Walk::close() {
    Frame frame = frames_.back();
    frames_.pop_back();
    if (frame.tag == 0) return;  // what waits here is a part itself, and its parent's
    auto first = parts_.begin() + static_cast<std::ptrdiff_t>(frame.first_part);
    if (first == parts_.end()) return;
    Extent extent{static_cast<std::uint32_t>(facts_.parts.size()), static_cast<std::uint32_t>(parts_.end() - first)};
    facts_.parts.insert(facts_.parts.end(), first, parts_.end());
    parts_.erase(first, parts_.end());
    if (frame.tag == tag::subprogram)
        facts_.functions.facts[frame.fact].parts = extent;
    else
        facts_.types.facts[frame.fact].parts = extent;
}

Frame Walk::add_type(Key key, const Frame& parent) {
    TypeFact& fact = facts_.types.add(key);
    fact.tag = static_cast<std::uint16_t>(die_.tag);
    if (die_.flag(Slot::vector)) fact.is_incomplete = true;
    fact.type = die_.reference(Slot::type);
    fact.origin = origin();
    fact.name = text(Slot::name);
    fact.scope = parent.scope;
    fact.place = place();
    fact.is_declaration = die_.flag(Slot::declaration);
    fact.is_local = parent.is_local;
    fact.encoding = static_cast<std::uint8_t>(die_.constant(Slot::encoding));
    std::uint64_t bits = die_.constant(Slot::bit_size);
    fact.size = die_.constant(Slot::byte_size, bits / 8 + (bits % 8 != 0 ? 1 : 0));
    bool is_pointer =
        die_.tag == tag::pointer_type || die_.tag == tag::reference_type || die_.tag == tag::rvalue_reference_type;
    if (is_pointer && fact.size == 0) fact.size = unit_.widths.address_size;
    // A declaration by signature stands for the type of that unit.
    if (Key signature = die_.reference(Slot::signature); signature != 0) fact.origin = signature;
    StringId scope = is_record(die_.tag) ? inner_scope(parent.scope, fact.name) : parent.scope;
    return {die_.tag, static_cast<std::uint32_t>(facts_.types.size() - 1), parts_.size(), scope, parent.is_local};
}

Frame Walk::add_function(Key key, const Frame& parent) {
    FunctionFact& fact = facts_.functions.add(key);
    fact.type = die_.reference(Slot::type);
    fact.origin = origin();
    fact.name = text(Slot::name);
    fact.linkage_name = text(Slot::linkage_name);
    fact.scope = parent.scope;
    fact.place = place();
    fact.is_external = die_.flag(Slot::external);
    fact.is_declaration = die_.flag(Slot::declaration);
    add_code(fact);
    return {die_.tag, static_cast<std::uint32_t>(facts_.functions.size() - 1), parts_.size(), parent.scope, true};
}

void Walk::add_code(FunctionFact& fact) {
    std::vector<Range> ranges = ranges_of(unit_, die_, budget_.ranges);
    if (ranges.empty()) return;
    fact.ranges = {static_cast<std::uint32_t>(facts_.ranges.size()), static_cast<std::uint32_t>(ranges.size())};
    facts_.ranges.insert(facts_.ranges.end(), ranges.begin(), ranges.end());
    fact.address = ranges.front().begin;
    for (Slot slot : {Slot::entry_pc, Slot::low_pc})
        if (const Value* value = die_.find(slot))
            if (auto address = address_of(unit_, *value); address && *address != 0) fact.address = *address;
}

void Walk::add_variable(Key key, const Frame& parent) {
    VariableFact& fact = facts_.variables.add(key);
    fact.type = die_.reference(Slot::type);
    fact.origin = origin();
    fact.name = text(Slot::name);
    fact.linkage_name = text(Slot::linkage_name);
    fact.scope = parent.scope;
    fact.place = place();
    fact.is_external = die_.flag(Slot::external);
    fact.is_declaration = die_.flag(Slot::declaration);
    fact.address = location_of(unit_, die_);
}

void Walk::add_part(Part part) {
    part.name = text(Slot::name);
    part.type = die_.reference(Slot::type);
    parts_.push_back(part);
}

Place Walk::place() {
    Place found;
    found.line = static_cast<std::uint32_t>(std::min<std::uint64_t>(die_.constant(Slot::decl_line), 0x7fffffff));
    if (!die_.is_constant(Slot::decl_file) || !line_table_ || line_tables_ == nullptr) return found;
    if (file_names_ == nullptr) file_names_ = &line_tables_->at(*line_table_, folder_);
    std::uint64_t number = die_.constant(Slot::decl_file);
    if (number < file_names_->size()) found.path = (*file_names_)[number];
    return found;
}

StringId Walk::inner_scope(StringId outer, StringId name) {
    std::string inner(name == StringId::empty ? "(anonymous)" : strings_[name]);
    if (outer == StringId::empty) return strings_.keep(std::move(inner));
    // Scopes repeat their outer ones: a damaged file may nest them to any depth.
    if (strings_[outer].size() > Strings::length_bound) return outer;
    return strings_.keep(std::string(strings_[outer]) + "::" + inner);
}

}  // namespace

std::optional<Skeleton> read_unit_entry(FileTables& tables, Unit unit, Strings& strings) {
    const AbbreviationTable* abbreviations = tables.abbreviations.at(unit.abbreviations, unit.widths);
    if (abbreviations == nullptr) return std::nullopt;
    Cursor cursor(unit.entries(), unit.file->is_big_endian, unit.first_entry);
    cursor.limit(unit.end);
    const Abbreviation* abbreviation = abbreviations->find(cursor.uleb());
    Die die;
    std::vector<std::uint64_t> signatures;
    if (abbreviation == nullptr || !read_die(cursor, unit, *abbreviation, signatures, die)) return std::nullopt;
    take_bases(unit, die);
    auto text = [&](Slot slot) {
        const Value* value = die.find(slot);
        auto place = value != nullptr ? text_of(unit, *value) : std::nullopt;
        return place ? strings.at(place->section, place->offset).value_or(StringId::empty) : StringId::empty;
    };
    Skeleton skeleton;
    skeleton.unit = unit;
    skeleton.folder = strings[text(Slot::comp_dir)];
    if (die.is_constant(Slot::stmt_list)) skeleton.line_table = die.constant(Slot::stmt_list);
    skeleton.tables = &tables;
    skeleton.split_name = text(Slot::dwo_name);
    return skeleton;
}

bool walk_unit(FileTables& tables, const Unit& unit, const Skeleton* skeleton, Strings& strings, Facts& facts,
               Budget& budget) {
    const std::size_t types = facts.types.size(), functions = facts.functions.size(),
                      variables = facts.variables.size();
    const std::size_t parts = facts.parts.size(), ranges = facts.ranges.size(), units = facts.type_units.size();
    const std::size_t signatures = facts.signatures.size();
    if (Walk(tables, unit, skeleton, strings, facts, budget).run()) return true;
    facts.types.shrink(types);
    facts.functions.shrink(functions);
    facts.variables.shrink(variables);
    facts.parts.resize(parts);
    facts.ranges.resize(ranges);
    facts.type_units.resize(units);
    facts.signatures.resize(signatures);
    return false;
}

}  // namespace gnomon::debuginfo
