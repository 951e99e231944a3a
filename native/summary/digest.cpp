#include "summary/digest.h"

#include "slice/digest.h"

namespace gnomon::summary {

std::uint64_t mixed(std::uint64_t digest, std::uint64_t number) {
    slice::Digest both;
    both.number(digest);
    both.number(number);
    return both.value();
}

std::uint64_t digest_of(const abstract::Effect& effect) {
    return 1u + 2u * effect.writes + 4u * effect.releases + 8u * effect.resizes + 16u * effect.calls_any;
}

std::uint64_t digest_of(const abstract::Facts& facts) {
    std::uint64_t digest = facts.is_nonnull + 2u * facts.is_alive + 4u * facts.is_writable + 8u * facts.is_plain;
    digest = mixed(digest, facts.shadow);
    for (const ir::Wide number : {facts.number.low, facts.number.high, facts.front, facts.back}) {
        digest = mixed(digest, static_cast<std::uint64_t>(number));
        digest = mixed(digest, static_cast<std::uint64_t>(number >> 64));
    }
    return digest;
}

std::uint64_t digest_of(const abstract::Outcome& outcome) {
    const std::uint64_t argument = outcome.argument ? *outcome.argument + 1u : 0;
    std::uint64_t digest = mixed(mixed(outcome.returns, argument), digest_of(outcome.result));
    for (const abstract::Facts& facts : outcome.arguments) digest = mixed(digest, digest_of(facts));
    return digest;
}

std::uint64_t digest_of(const abstract::Assumption& assumption) {
    std::uint64_t digest = mixed(assumption.is_internal, assumption.parameters.size());
    for (const abstract::Facts& facts : assumption.parameters) digest = mixed(digest, digest_of(facts));
    return digest;
}

std::uint64_t digest_of(const ir::Global& global) {
    const unsigned kind =
        global.is_defined + 2u * global.is_opaque + 4u * global.is_constant + 8u * global.is_string_literal;
    return mixed(kind, global.size);
}

}  // namespace gnomon::summary
