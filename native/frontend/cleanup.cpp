// `__attribute__((cleanup(f)))`: f gets the variable's address on each way out of its scope, the last variable first.
#include <algorithm>

#include "frontend/lowering.h"

namespace gnomon::frontend {

namespace {

constexpr std::string_view attributes[] = {"__attribute__((cleanup(", "[[gnu::cleanup("};

}  // namespace

// Clang tells the function's name only where it prints the declaration, attributes before the initialiser.
std::optional<std::string> FunctionLowering::cleanup_name(CXCursor variable) const {
    if (reader_.api.Cursor_hasAttrs(variable) == 0) return std::nullopt;
    const std::string printed = reader_.api.text(reader_.api.getCursorPrettyPrinted(variable, nullptr));
    const std::string_view declaration = std::string_view(printed).substr(0, printed.find(" = "));
    for (const std::string_view attribute : attributes) {
        const std::size_t at = declaration.find(attribute);
        if (at == std::string_view::npos) continue;
        const std::string_view rest = declaration.substr(at + attribute.size());
        return std::string(rest.substr(0, rest.find(')')));
    }
    return std::nullopt;
}

void FunctionLowering::add_cleanup(const std::string& name, CXCursor variable, const Variable& known) {
    std::optional<CXCursor> function;
    for (CXCursor declared : reader_.children(reader_.api.getTranslationUnitCursor(reader_.unit)))
        if (declared.kind == kind::function && reader_.spelling(declared) == name) function = declared;
    if (!function) throw Unmodelled{"a cleanup by a function that is not declared"};
    const CXCursor definition = reader_.api.getCursorDefinition(*function);
    if (reader_.api.Cursor_isNull(definition) == 0) function = definition;
    const CXType type = reader_.type(*function);
    const ir::TypeId result = types_.lower(reader_.api.getResultType(type));
    if (reader_.api.getNumArgTypes(type) != 1 || (!is_scalar(result) && !is_void(result)))
        throw Unmodelled{"this cleanup"};
    ir::Call call{std::nullopt, symbols_.function(*function), {}, {}, result};
    call.argument_types.push_back(types_.parameter(reader_.api.getArgType(type, 0)));
    builder_.add_cleanup({*known.local, program_.types.pointer_to(known.type), std::move(call),
                          name + "(&" + reader_.spelling(variable) + ")"});
}

// Where a label stands, and so which scopes a goto leaves, may be known only later.
void FunctionLowering::jump_to_label(CXCursor label) {
    if (builder_.cleanups().empty()) return builder_.jump(label_block(label));
    const ir::BlockId way = builder_.new_block();
    builder_.jump(way);
    gotos_.push_back({way, label, builder_.place(), builder_.cleanups()});
}

void FunctionLowering::finish_gotos() {
    for (const Goto& jump : gotos_) {
        const std::vector<Cleanup>& kept = label_cleanups_[jump.label.data[1]];
        builder_.start(jump.way);
        builder_.at(jump.place);
        for (std::size_t i = jump.cleanups.size(); i > kept.size(); --i) builder_.clean_up(jump.cleanups[i - 1]);
        builder_.jump(label_block(jump.label));
    }
}

}  // namespace gnomon::frontend
