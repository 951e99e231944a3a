// What the conditions of include/gnomon.h ask. Inside of them, variables of certain types stand for the questions.
#include <algorithm>
#include <array>
#include <utility>

#include "frontend/constants.h"
#include "frontend/lowering.h"

namespace gnomon::frontend {

namespace {

struct NamedInteger {
    std::string_view name;
    std::uint16_t bits;
    bool is_signed;
};
constexpr std::array integers{
    NamedInteger{"char", 8, true},
    NamedInteger{"signed char", 8, true},
    NamedInteger{"unsigned char", 8, false},
    NamedInteger{"short", 16, true},
    NamedInteger{"unsigned short", 16, false},
    NamedInteger{"int", 32, true},
    NamedInteger{"unsigned", 32, false},
    NamedInteger{"unsigned int", 32, false},
    NamedInteger{"long", 64, true},
    NamedInteger{"unsigned long", 64, false},
    NamedInteger{"long long", 64, true},
    NamedInteger{"unsigned long long", 64, false},
    NamedInteger{"int8_t", 8, true},
    NamedInteger{"uint8_t", 8, false},
    NamedInteger{"int16_t", 16, true},
    NamedInteger{"uint16_t", 16, false},
    NamedInteger{"int32_t", 32, true},
    NamedInteger{"uint32_t", 32, false},
    NamedInteger{"int64_t", 64, true},
    NamedInteger{"uint64_t", 64, false},
    NamedInteger{"size_t", 64, false},
    NamedInteger{"ssize_t", 64, true},
    NamedInteger{"ptrdiff_t", 64, true},
    NamedInteger{"intptr_t", 64, true},
    NamedInteger{"uintptr_t", 64, false},
};

std::string without_spaces_around(std::string_view text) {
    const auto begin = text.find_first_not_of(' ');
    return begin == std::string_view::npos ? ""
                                           : std::string(text.substr(begin, text.find_last_not_of(' ') - begin + 1));
}

}  // namespace

std::optional<Value> FunctionLowering::question(CXCursor callee, CXCursor expression,
                                                const std::vector<CXCursor>& arguments) {
    if (callee.kind != kind::variable) return std::nullopt;
    const std::string asked = reader_.api.text(reader_.api.getTypeSpelling(reader_.api.getCursorType(callee)));
    ir::CallIntrinsic call{std::nullopt, ir::Intrinsic::is_a, {}};
    if (asked == "__gnomon_is_a" && arguments.size() == 2) {
        const auto name = literal_text(reader_, arguments[1]);
        if (!name) throw Unmodelled{"is_a of a type that no literal names"};
        call.type = type_named(*name);
    } else if (asked == "__gnomon_defined" || asked == "__gnomon_tainted") {
        call.intrinsic = asked == "__gnomon_defined" ? ir::Intrinsic::is_undefined : ir::Intrinsic::is_tainted;
        if (arguments.size() != 1) throw Unmodelled{"a question about more than one value"};
    } else {
        return std::nullopt;
    }
    const Value subject = rvalue(arguments[0]);
    if (!is_scalar(subject.type)) throw Unmodelled{"a question about a structure"};
    Value answer{fresh(types_.size_type()), types_.size_type()};
    call.arguments = {subject.operand};
    call.result = answer.operand.as_register();
    const bool is_opposite = call.intrinsic == ir::Intrinsic::is_undefined;
    builder_.emit(std::move(call), reader_.source(expression));
    if (is_opposite) answer = compute(ir::BinaryOperator::equal, answer, constant(0, answer.type));
    return convert(answer, types_.of(expression));
}

// As far as C spells types in words and stars.
ir::TypeId FunctionLowering::type_named(const std::string& name) {
    const std::size_t stars = static_cast<std::size_t>(std::count(name.begin(), name.end(), '*'));
    std::string word = without_spaces_around(std::string_view(name).substr(0, name.find('*')));
    if (word.starts_with("const ")) word.erase(0, 6);
    std::optional<ir::TypeId> found;
    for (const NamedInteger& integer : integers)
        if (integer.name == word) found = program_.types.integer(integer.bits, integer.is_signed);
    if (word == "float" || word == "double") found = program_.types.floating(word == "float" ? 32 : 64);
    if (word == "_Bool" || word == "bool") found = program_.types.boolean();
    if (word == "void" && stars > 0) found = program_.types.void_type();
    if (!found) found = declared_type(word);
    if (!found) throw Unmodelled{"is_a of `" + name + "`, which is declared nowhere"};
    for (std::size_t i = 0; i < stars; ++i) found = program_.types.pointer_to(*found);
    return *found;
}

std::optional<ir::TypeId> FunctionLowering::declared_type(const std::string& name) {
    for (CXCursor cursor : reader_.children(reader_.api.getTranslationUnitCursor(reader_.unit))) {
        const char* tag = cursor.kind == kind::struct_declaration  ? "struct "
                          : cursor.kind == kind::union_declaration ? "union "
                          : cursor.kind == kind::enum_declaration  ? "enum "
                                                                   : "";
        const bool is_type = *tag != 0 || cursor.kind == kind::typedef_declaration;
        if (is_type && tag + reader_.spelling(cursor) == name) return types_.of(cursor);
    }
    return std::nullopt;
}

// What an allocation gives is of the type that its address is first made a pointer to.
void FunctionLowering::note_type(Value pointer, ir::TypeId as) {
    const auto* from = program_.types.get_if<ir::PointerType>(pointer.type);
    const auto* to = program_.types.get_if<ir::PointerType>(as);
    if (!asks_ || from == nullptr || to == nullptr || !pointer.operand.is_register()) return;
    if (!is_void(from->pointee) || program_.types.size_of(to->pointee) == 0) return;
    builder_.emit(ir::CallIntrinsic{std::nullopt, ir::Intrinsic::type_block, {pointer.operand}, to->pointee});
}

}  // namespace gnomon::frontend
