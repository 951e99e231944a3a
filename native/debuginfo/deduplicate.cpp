#include "debuginfo/deduplicate.h"

#include <numeric>
#include <utility>

#include "debuginfo/resolve.h"

namespace gnomon::debuginfo {

namespace {

using Hash = std::uint64_t;

// How many steps away a difference may lie before deduplication is given up; damaged files chain types to any length.
constexpr unsigned round_bound = 100;

// Both are multiplied before they meet: a type that leads to itself mixes a hash with itself.
Hash mix(Hash hash, std::uint64_t value) {
    hash = (hash + 0x9e3779b97f4a7c15) * 0xff51afd7ed558ccd ^ value;
    hash = (hash ^ hash >> 32) * 0xc4ceb9fe1a85ec53;
    return hash ^ hash >> 29;
}

Hash mix(Hash hash, StringId id) { return mix(hash, static_cast<std::uint64_t>(id)); }

// What a type says itself, without what it leads to.
Hash own_hash(const Facts& facts, const TypeFact& fact) {
    Hash hash = mix(0x243f6a8885a308d3, fact.tag);
    hash = mix(mix(mix(mix(hash, fact.name), fact.scope), fact.place.path), fact.place.line);
    hash = mix(mix(mix(hash, fact.size), fact.encoding), fact.parts.count);
    hash = mix(hash, fact.is_declaration | fact.is_variadic << 1 | fact.is_local << 2 | fact.is_incomplete << 3);
    for (std::uint32_t i = 0; i < fact.parts.count; ++i) {
        const Part& part = facts.parts[fact.parts.first + i];
        hash = mix(mix(mix(hash, part.name), static_cast<std::uint64_t>(part.value)), part.bits);
        hash = mix(hash, part.is_known | part.is_unsigned << 1);
    }
    return hash;
}

Hash next_hash(const Facts& facts, const TypeFact& fact, Hash own, const std::vector<Hash>& hashes) {
    Hash hash = mix(own, hashes[fact.type]);
    for (std::uint32_t i = 0; i < fact.parts.count; ++i)
        hash = mix(hash, hashes[facts.parts[fact.parts.first + i].type]);
    return hash;
}

// Numbers hashes in the order in which they are first met.
class Numbering {
  public:
    explicit Numbering(std::size_t count) {
        std::size_t size = 64;
        while (size < 2 * count) size *= 2;
        slots_.resize(size);
    }

    std::uint32_t number(Hash hash) {
        std::size_t at = hash & (slots_.size() - 1);
        while (slots_[at].number != 0 && slots_[at].hash != hash) at = (at + 1) & (slots_.size() - 1);
        if (slots_[at].number == 0) slots_[at] = {hash, ++count_};
        return slots_[at].number - 1;
    }
    std::uint32_t count() const { return count_; }

  private:
    struct Slot {
        Hash hash = 0;
        std::uint32_t number = 0;  // from 1; 0: free
    };
    std::vector<Slot> slots_;
    std::uint32_t count_ = 0;
};

std::uint32_t count_distinct(const std::vector<Hash>& hashes) {
    Numbering numbering(hashes.size());
    for (Hash hash : hashes) numbering.number(hash);
    return numbering.count();
}

TypeClasses each_its_own(std::size_t count) {
    TypeClasses found;
    found.class_of.resize(count);
    found.first_fact.resize(count - first_type);
    std::iota(found.class_of.begin(), found.class_of.end(), 0);
    std::iota(found.first_fact.begin(), found.first_fact.end(), 0);
    return found;
}

}  // namespace

TypeClasses classify(const Facts& facts) {
    const std::size_t count = facts.types.size() + first_type;
    std::vector<Hash> hashes(count), next(count);
    for (std::size_t i = 0; i < count; ++i)
        hashes[i] = i < first_type ? mix(0, i) : own_hash(facts, facts.types.facts[i - first_type]);
    // A round tells apart what differs one step farther away, and never joins what was apart.
    std::uint32_t classes = count_distinct(hashes), before = 0;
    for (unsigned round = 0; classes != before; ++round) {
        if (round == round_bound || classes < before) return each_its_own(count);
        for (std::size_t i = 0; i < count; ++i)
            next[i] =
                i < first_type ? hashes[i] : next_hash(facts, facts.types.facts[i - first_type], hashes[i], hashes);
        hashes.swap(next);
        before = std::exchange(classes, count_distinct(hashes));
    }
    TypeClasses found;
    Numbering numbering(count);
    for (std::size_t i = 0; i < count; ++i) {
        std::uint32_t number = numbering.number(hashes[i]);
        found.class_of.push_back(number);
        if (number == found.first_fact.size() + first_type)
            found.first_fact.push_back(static_cast<std::uint32_t>(i - first_type));
    }
    return found;
}

}  // namespace gnomon::debuginfo
