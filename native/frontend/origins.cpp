#include "frontend/origins.h"

#include <algorithm>
#include <unordered_map>

#include "frontend/expression_shapes.h"

namespace gnomon::frontend {

namespace {

constexpr int visit_continue = 1, visit_recurse = 2;  // CXChildVisitResult
constexpr unsigned depth_bound = 8;                   // operands of operands
constexpr std::size_t origin_bound = 24;              // of one function

// A function's body as data flow sees it, in no order.
struct Flow {
    const Reader& reader;
    std::vector<CXCursor> returned;
    std::unordered_map<const void*, std::vector<CXCursor>> assigned;  // by declaration

    void read(CXCursor cursor) {
        const auto& api = reader.api;
        if (cursor.kind == kind::return_statement) {
            if (const auto children = reader.children(cursor); !children.empty()) returned.push_back(children.front());
        } else if (cursor.kind == kind::variable) {
            if (const auto value = reader.initialiser(cursor)) assigned[cursor.data[0]].push_back(*value);
        } else if (cursor.kind == kind::binary_operator &&
                   api.getCursorBinaryOperatorKind(cursor) == static_cast<int>(BinaryKind::assign)) {
            const auto sides = reader.children(cursor);
            if (sides.size() == 2) assign(sides[0], sides[1]);
        } else if (cursor.kind == kind::unary_operator &&
                   api.getCursorUnaryOperatorKind(cursor) == static_cast<int>(UnaryKind::address_of)) {
            const auto children = reader.children(cursor);
            if (!children.empty()) assign(children.front(), cursor);  // what holds the address may write anything
        }
    }

    void assign(CXCursor target, CXCursor value) {
        const CXCursor name = bare(reader, target);
        if (name.kind != kind::declaration_reference) return;
        assigned[reader.api.getCursorReferenced(name).data[0]].push_back(value);
    }
};

Flow flow_of(const Reader& reader, CXCursor definition) {
    Flow flow{reader, {}, {}};
    const CXCursorVisitor visit = [](CXCursor cursor, CXCursor, void* client) {
        static_cast<Flow*>(client)->read(cursor);
        return cursor.kind == kind::function ? visit_continue : visit_recurse;
    };
    reader.api.visitChildren(definition, visit, &flow);
    return flow;
}

class Origins {
  public:
    Origins(const Reader& reader, const Symbols& symbols, CXCursor definition)
        : reader_(reader), symbols_(symbols), flow_(flow_of(reader, definition)) {
        const int count = reader.api.Cursor_getNumArguments(definition);
        for (int i = 0; i < count; ++i)
            parameters_.push_back(reader.api.Cursor_getArgument(definition, static_cast<unsigned>(i)).data[0]);
    }

    std::vector<OriginFacts> of_result() {
        std::vector<OriginFacts> found;
        for (CXCursor value : flow_.returned) add(value, found);
        return found;
    }

  private:
    // An origin in `found` that says nothing new is left out; too many say only that something is not known.
    void add(CXCursor expression, std::vector<OriginFacts>& found) {
        if (reader_.integer(bare(reader_, expression)) == 0u) return;
        for (OriginFacts& origin : of(expression)) {
            if (found.size() < origin_bound) {
                if (std::ranges::find(found, origin) == found.end()) found.push_back(std::move(origin));
            } else {
                found.back() = {};
            }
        }
    }

    std::vector<OriginFacts> of(CXCursor expression) {
        if (depth_ >= depth_bound) return {OriginFacts{}};
        ++depth_;
        std::vector<OriginFacts> found = behind(bare(reader_, expression));
        --depth_;
        return found;
    }

    std::vector<OriginFacts> behind(CXCursor expression) {
        const auto children = reader_.children(expression);
        switch (expression.kind) {
            case kind::declaration_reference:
                return named(reader_.api.getCursorReferenced(expression));
            case kind::unary_operator:
                return addressed(expression, children);
            case kind::member_expression:
                return member(expression, children);
            case kind::call:
                return {call(expression)};
            case kind::conditional:
                return either(children);
            case kind::statement_expression:
                return children.empty() ? unknown() : last_of(reader_.children(children.back()));
            case kind::binary_operator:
                return last(expression, children);
            default:
                return unknown();
        }
    }

    std::vector<OriginFacts> named(CXCursor target) {
        if (target.kind == kind::function)
            return {OriginFacts{"function", reader_.spelling(target), symbols_.key(target)}};
        const void* declaration = target.data[0];
        if (std::ranges::find(open_, declaration) != open_.end()) return {};  // assigned from itself
        std::vector<OriginFacts> found;
        const auto parameter = std::ranges::find(parameters_, declaration);
        if (parameter != parameters_.end()) {
            OriginFacts origin{"parameter", reader_.spelling(target)};
            origin.index = static_cast<std::uint32_t>(parameter - parameters_.begin());
            found.push_back(std::move(origin));
        } else if (!is_local(target)) {
            return {OriginFacts{"global", reader_.spelling(target), symbols_.key(target)}};
        }
        open_.push_back(declaration);
        if (const auto values = flow_.assigned.find(declaration); values != flow_.assigned.end())
            for (CXCursor value : values->second) add(value, found);
        open_.pop_back();
        return found;
    }

    bool is_local(CXCursor variable) const {
        return reader_.api.getCursorSemanticParent(variable).kind == kind::function;
    }

    std::vector<OriginFacts> addressed(CXCursor expression, const std::vector<CXCursor>& children) {
        if (reader_.api.getCursorUnaryOperatorKind(expression) != static_cast<int>(UnaryKind::address_of) ||
            children.empty())
            return unknown();
        const CXCursor inner = bare(reader_, children.front());
        if (inner.kind != kind::declaration_reference) return unknown();
        const CXCursor target = reader_.api.getCursorReferenced(inner);
        return target.kind == kind::variable && !is_local(target) ? named(target) : unknown();
    }

    std::vector<OriginFacts> member(CXCursor expression, const std::vector<CXCursor>& children) {
        OriginFacts origin{"field", reader_.spelling(expression)};
        origin.operands.emplace_back(children.empty() ? unknown() : of(children.front()));
        return {std::move(origin)};
    }

    OriginFacts call(CXCursor expression) {
        const CXCursor target = reader_.api.getCursorReferenced(expression);
        OriginFacts origin{"call", reader_.spelling(expression)};
        if (target.kind == kind::function) origin.key = symbols_.key(target);
        const int count = reader_.api.Cursor_getNumArguments(expression);
        for (int i = 0; i < count; ++i)
            origin.operands.push_back(of(reader_.api.Cursor_getArgument(expression, static_cast<unsigned>(i))));
        return origin;
    }

    std::vector<OriginFacts> either(const std::vector<CXCursor>& children) {
        std::vector<OriginFacts> found;
        for (std::size_t i = 1; i < children.size(); ++i) add(children[i], found);
        return found;
    }

    // `(a, b)` and `a = b` are b.
    std::vector<OriginFacts> last(CXCursor expression, const std::vector<CXCursor>& children) {
        const int kind = reader_.api.getCursorBinaryOperatorKind(expression);
        const bool gives_last =
            kind == static_cast<int>(BinaryKind::assign) || kind == static_cast<int>(BinaryKind::comma);
        return gives_last ? last_of(children) : unknown();
    }

    std::vector<OriginFacts> last_of(const std::vector<CXCursor>& children) {
        return children.empty() ? unknown() : of(children.back());
    }

    static std::vector<OriginFacts> unknown() { return {OriginFacts{}}; }

    const Reader& reader_;
    const Symbols& symbols_;
    Flow flow_;
    std::vector<const void*> parameters_;
    std::vector<const void*> open_;  // declarations whose origins are being read
    unsigned depth_ = 0;
};

}  // namespace

std::vector<OriginFacts> origins_of_result(const Reader& reader, const Symbols& symbols, CXCursor definition) {
    const CXType result = reader.api.getCanonicalType(reader.api.getResultType(reader.type(definition)));
    if (result.kind != type_kind::pointer || !reader.api.isCursorDefinition(definition)) return {};
    return Origins(reader, symbols, definition).of_result();
}

}  // namespace gnomon::frontend
