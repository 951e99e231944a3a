#include "frontend/call_facts.h"

#include "frontend/constants.h"
#include "frontend/expression_shapes.h"

namespace gnomon::frontend {

namespace {

void set_place(const Reader& reader, CXCursor cursor, PlaceRange& range) {
    const Spot begin = reader.begin(cursor), end = reader.end(cursor);
    range = {begin.path, begin.line, begin.column, end.line, end.column};
}

std::optional<CXCursor> variable_of(const Reader& reader, CXCursor expression) {
    const CXCursor behind = bare(reader, expression);
    if (behind.kind != kind::declaration_reference) return std::nullopt;
    const CXCursor target = reader.api.getCursorReferenced(behind);
    return target.kind == kind::variable ? std::optional(target) : std::nullopt;
}

bool is_zero(const Reader& reader, CXCursor expression) { return reader.integer(bare(reader, expression)) == 0u; }

// What a list of strings holds, as `static char *names[] = {"a", NULL};`; NULL is no string.
std::optional<std::vector<std::optional<std::string>>> strings_of(const Reader& reader, CXCursor variable) {
    const auto initialiser = reader.initialiser(variable);
    if (!initialiser || initialiser->kind != kind::initialiser_list) return std::nullopt;
    std::vector<std::optional<std::string>> strings;
    for (CXCursor child : reader.children(*initialiser)) {
        const auto text = literal_text(reader, child);
        if (!text && !is_zero(reader, child)) return std::nullopt;
        strings.push_back(text);
    }
    return strings;
}

ArgumentFacts argument_facts(const Reader& reader, TypeFactsTable& types, CXCursor argument) {
    ArgumentFacts facts;
    facts.type = types.add(reader.api.getCursorType(argument));
    facts.text = literal_text(reader, argument);
    facts.source = reader.source(argument);
    facts.is_zero = !facts.text && is_zero(reader, argument);
    set_place(reader, argument, facts.range);
    if (const auto variable = variable_of(reader, argument)) {
        facts.variable = reader.spelling(*variable);
        facts.strings = strings_of(reader, *variable);
    }
    return facts;
}

}  // namespace

std::optional<CallFacts> call_facts(const Reader& reader, TypeFactsTable& types, CXCursor call,
                                    const std::string& function) {
    const CXCursor target = reader.api.getCursorReferenced(call);
    if (target.kind != kind::function) return std::nullopt;
    if (!reader.api.isFunctionTypeVariadic(reader.type(target))) return std::nullopt;
    CallFacts facts;
    facts.name = reader.spelling(target);
    facts.function = function;
    set_place(reader, call, facts.range);
    const int count = reader.api.Cursor_getNumArguments(call);
    for (int i = 0; i < count; ++i)
        facts.arguments.push_back(
            argument_facts(reader, types, reader.api.Cursor_getArgument(call, static_cast<unsigned>(i))));
    return facts;
}

}  // namespace gnomon::frontend
