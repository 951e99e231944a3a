#include "frontend/facts.h"

#include <algorithm>
#include <set>
#include <utility>

#include "frontend/call_facts.h"
#include "frontend/origins.h"

namespace gnomon::frontend {

namespace {

constexpr int visit_recurse = 2;   // CXChildVisit_Recurse
constexpr int extern_storage = 2;  // CX_SC_Extern
constexpr int static_storage = 3;  // CX_SC_Static

// From the types, for what a macro wrote.
std::string composed_signature(const Reader& reader, CXCursor declaration) {
    const auto spelled = [&](CXType type) { return reader.api.text(reader.api.getTypeSpelling(type)); };
    std::string text = spelled(reader.api.getResultType(reader.api.getCursorType(declaration))) + " " +
                       reader.spelling(declaration) + "(";
    const int count = reader.api.Cursor_getNumArguments(declaration);
    for (int i = 0; i < count; ++i) {
        const CXCursor parameter = reader.api.Cursor_getArgument(declaration, static_cast<unsigned>(i));
        text += (i > 0 ? ", " : "") + spelled(reader.api.getCursorType(parameter)) + " " + reader.spelling(parameter);
    }
    return text + (count == 0 ? "void)" : ")");
}

// The declaration up to its body, without storage classes.
std::string signature_of(const Reader& reader, CXCursor declaration) {
    std::string text = reader.source(declaration, 400);
    if (const auto body = text.find('{'); body != std::string::npos) text.erase(body);
    while (!text.empty() && text.back() == ' ') text.pop_back();
    for (bool found = true; found;) {
        found = false;
        for (const std::string_view word :
             {"static ", "extern ", "inline ", "__inline__ ", "__inline ", "GNOMON_ENTRY "}) {
            if (!text.starts_with(word)) continue;
            text.erase(0, word.size());
            found = true;
        }
    }
    const bool is_whole = text.find(reader.spelling(declaration)) != std::string::npos && text.ends_with(')');
    return is_whole ? text : composed_signature(reader, declaration);
}

// As include/gnomon.h does it.
bool is_marked_as_entry(const Reader& reader, CXCursor function) {
    const auto children = reader.children(function);
    return std::any_of(children.begin(), children.end(), [&reader](CXCursor child) {
        return child.kind == kind::annotation && reader.spelling(child) == "gnomon entry";
    });
}

struct Collector {
    const Reader& reader;
    const Symbols& symbols;
    TypeFactsTable& types;
    std::string function;
    SourceReport& report;
    std::set<std::pair<unsigned, unsigned>> seen;

    void add(CXCursor at, CXCursor target, bool is_call) {
        const Spot spot = reader.begin(at);
        if (!seen.emplace(spot.line, spot.column).second) return;
        report.references.push_back(
            {reader.spelling(target), symbols.key(target), spot.path, spot.line, spot.column, function, is_call});
    }
};

}  // namespace

FunctionFacts function_facts(const Reader& reader, const Symbols& symbols, CXCursor declaration) {
    FunctionFacts facts;
    facts.name = reader.spelling(declaration);
    facts.key = symbols.key(declaration);
    const Spot at = reader.place(declaration);
    facts.path = at.path;
    facts.line = at.line;
    facts.column = at.column;
    facts.begin_line = reader.begin(declaration).line;
    facts.end_line = reader.end(declaration).line;
    facts.signature = signature_of(reader, declaration);
    facts.comment = reader.api.text(reader.api.Cursor_getRawCommentText(declaration));
    facts.is_static = symbols.is_internal(declaration);
    facts.is_definition = reader.api.isCursorDefinition(declaration) != 0;
    facts.is_entry = is_marked_as_entry(reader, declaration);
    facts.origins = origins_of_result(reader, symbols, declaration);
    return facts;
}

std::optional<VariableFacts> variable_facts(const Reader& reader, TypeFactsTable& types, CXCursor declaration) {
    const int storage = reader.api.Cursor_getStorageClass(declaration);
    if (storage == static_storage) return std::nullopt;
    const Spot at = reader.place(declaration);
    return VariableFacts{reader.spelling(declaration),
                         at.path,
                         at.line,
                         at.column,
                         types.add(reader.api.getCursorType(declaration)),
                         storage != extern_storage || reader.initialiser(declaration).has_value()};
}

bool makes_type(CXCursor declaration) {
    return declaration.kind == kind::struct_declaration || declaration.kind == kind::union_declaration ||
           declaration.kind == kind::enum_declaration || declaration.kind == kind::typedef_declaration;
}

void add_uses(const Reader& reader, const Symbols& symbols, TypeFactsTable& types, CXCursor top_level,
              SourceReport& report) {
    const std::string function = top_level.kind == kind::function ? reader.spelling(top_level) : "";
    Collector collector{reader, symbols, types, function, report, {}};
    const CXCursorVisitor visit = [](CXCursor cursor, CXCursor, void* client) {
        auto& self = *static_cast<Collector*>(client);
        if (cursor.kind != kind::call && cursor.kind != kind::declaration_reference) return visit_recurse;
        const CXCursor target = self.reader.api.getCursorReferenced(cursor);
        if (target.kind == kind::function) self.add(cursor, target, cursor.kind == kind::call);
        if (cursor.kind != kind::call) return visit_recurse;
        if (auto facts = call_facts(self.reader, self.types, cursor, self.function))
            self.report.calls.push_back(std::move(*facts));
        return visit_recurse;
    };
    reader.api.visitChildren(top_level, visit, &collector);
}

std::vector<Diagnostic> diagnostics_of(const Reader& reader) {
    constexpr const char* names[] = {"note", "note", "warning", "error", "fatal"};
    std::vector<Diagnostic> found;
    for (unsigned i = 0; i < reader.api.getNumDiagnostics(reader.unit); ++i) {
        CXDiagnostic diagnostic = reader.api.getDiagnostic(reader.unit, i);
        const int severity = std::clamp(reader.api.getDiagnosticSeverity(diagnostic), 0, 4);
        const Spot at = reader.spot(reader.api.getDiagnosticLocation(diagnostic));
        found.push_back({names[severity], at.path, at.line, at.column,
                         reader.api.text(reader.api.getDiagnosticSpelling(diagnostic))});
        reader.api.disposeDiagnostic(diagnostic);
    }
    return found;
}

std::vector<std::string> includes_of(const Reader& reader) {
    struct Found {
        const ClangApi& api;
        std::vector<std::string> paths;
        std::set<std::string> seen;
    } found{reader.api, {}, {}};
    const CXInclusionVisitor visit = [](CXFile file, CXSourceLocation*, unsigned depth, void* client) {
        auto& list = *static_cast<Found*>(client);
        if (depth == 0) return;
        std::string path = list.api.text(list.api.getFileName(file));
        if (list.seen.insert(path).second) list.paths.push_back(std::move(path));
    };
    reader.api.getInclusions(reader.unit, visit, &found);
    return std::move(found.paths);
}

}  // namespace gnomon::frontend
