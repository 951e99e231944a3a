#include "debuginfo/resolve.h"

#include <algorithm>
#include <optional>

#include "debuginfo/constants.h"

namespace gnomon::debuginfo {

namespace {

constexpr unsigned chain_bound = 8;  // a copy, what it copies, its declaration: real chains have three

class Resolver {
  public:
    explicit Resolver(Facts& facts) : facts_(facts) {
        std::stable_sort(facts.type_units.begin(), facts.type_units.end(),
                         [](const Signature& a, const Signature& b) { return a.signature < b.signature; });
    }

    // The index of the fact that a key names.
    std::optional<std::uint32_t> find(const std::vector<Key>& keys, Key key) const {
        if ((key & signature_bit) != 0) key = unit_of(key & ~signature_bit);
        auto found = std::lower_bound(keys.begin(), keys.end(), key);
        if (key == 0 || found == keys.end() || *found != key) return std::nullopt;
        return static_cast<std::uint32_t>(found - keys.begin());
    }

    Key type(Key key) const {
        if (key == 0) return void_type;
        auto index = find(facts_.types.keys, key);
        if (!index) return unknown_type;
        // A declaration whose type unit is there means that type.
        const TypeFact& fact = facts_.types.facts[*index];
        if (fact.is_declaration && (fact.origin & signature_bit) != 0)
            if (auto defined = find(facts_.types.keys, fact.origin)) index = defined;
        return first_type + *index;
    }

    Key origin(const std::vector<Key>& keys, Key key) const {
        auto index = find(keys, key);
        return index ? resolved(*index) : 0;
    }

  private:
    Key unit_of(std::uint64_t index) const {
        if (index >= facts_.signatures.size()) return 0;
        std::uint64_t signature = facts_.signatures[index];
        auto found = std::lower_bound(facts_.type_units.begin(), facts_.type_units.end(), signature,
                                      [](const Signature& a, std::uint64_t b) { return a.signature < b; });
        return found != facts_.type_units.end() && found->signature == signature ? found->key : 0;
    }

    Facts& facts_;
};

void complete(Place& place, const Place& origin) {
    if (place.path == StringId::empty) place.path = origin.path;
    if (place.line == 0) place.line = origin.line;
}

template <class Fact>
void complete_names(Fact& fact, const Fact& origin) {
    if (fact.name == StringId::empty) fact.name = origin.name;
    if (fact.scope == StringId::empty) fact.scope = origin.scope;
    complete(fact.place, origin.place);
}

template <class Fact>
void complete_symbol(Fact& fact, const Fact& origin) {
    complete_names(fact, origin);
    if (fact.linkage_name == StringId::empty) fact.linkage_name = origin.linkage_name;
    if (fact.type == void_type) fact.type = origin.type;
    fact.is_external |= origin.is_external;
}

// Parameters of a copy have no types of their own: those of the original count.
bool has_types(const Facts& facts, Extent parts) {
    auto first = facts.parts.begin() + parts.first;
    return parts.count > 0 &&
           std::all_of(first, first + parts.count, [](const Part& p) { return p.type != void_type; });
}

// Applies `merge(fact, origin)` along each chain of origins, nearest first, and tells which facts are origins.
template <class Fact, class Merge>
std::vector<bool> complete_all(std::vector<Fact>& facts, Merge merge) {
    std::vector<bool> is_described(facts.size());
    for (std::size_t i = 0; i < facts.size(); ++i) {
        Key origin = facts[i].origin;
        for (unsigned step = 0; is_resolved(origin) && step < chain_bound; ++step) {
            std::uint32_t index = index_of(origin);
            if (index == i) break;
            is_described[index] = true;
            merge(facts[i], facts[index]);
            origin = facts[index].origin;
        }
    }
    return is_described;
}

// The size of a type in bits, through names and qualifiers; 0 when it has none.
std::uint64_t bits_of(const Facts& facts, Key type) {
    for (unsigned step = 0; step < chain_bound * chain_bound && type >= first_type; ++step) {
        const TypeFact& fact = facts.types.facts[type - first_type];
        if (fact.size != 0 || fact.type == type) return fact.size * 8;
        type = fact.type;
    }
    return 0;
}

void place_bit_fields(Facts& facts, bool is_big_endian) {
    for (Part& part : facts.parts) {
        if (!part.is_counted_from_top) continue;
        std::uint64_t storage = part.storage_bits != 0 ? part.storage_bits : bits_of(facts, part.type);
        part.is_known = part.is_known && storage != 0 && storage <= 1024;
        part.value += is_big_endian ? part.from_top : static_cast<std::int64_t>(storage) - part.from_top - part.bits;
    }
}

}  // namespace

Described resolve(Facts& facts, bool is_big_endian) {
    Resolver resolver(facts);
    for (Part& part : facts.parts) part.type = resolver.type(part.type);
    // Facts of types are looked up by their raw origins meanwhile, so these are resolved last.
    for (TypeFact& fact : facts.types.facts) fact.type = resolver.type(fact.type);
    for (FunctionFact& fact : facts.functions.facts) {
        fact.type = resolver.type(fact.type);
        fact.origin = resolver.origin(facts.functions.keys, fact.origin);
    }
    for (VariableFact& fact : facts.variables.facts) {
        fact.type = resolver.type(fact.type);
        fact.origin = resolver.origin(facts.variables.keys, fact.origin);
    }
    for (TypeFact& fact : facts.types.facts)
        fact.origin = (fact.origin & signature_bit) == 0 ? resolver.origin(facts.types.keys, fact.origin) : 0;

    place_bit_fields(facts, is_big_endian);
    complete_all(facts.types.facts, [](TypeFact& fact, const TypeFact& origin) { complete_names(fact, origin); });
    Described described;
    described.functions = complete_all(facts.functions.facts, [&](FunctionFact& fact, const FunctionFact& origin) {
        if (!has_types(facts, fact.parts)) fact.parts = origin.parts;
        fact.is_variadic |= origin.is_variadic;
        complete_symbol(fact, origin);
    });
    described.variables = complete_all(facts.variables.facts, complete_symbol<VariableFact>);
    return described;
}

}  // namespace gnomon::debuginfo
