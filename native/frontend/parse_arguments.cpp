// PyArg_ParseTuple and its kin with a literal format: a call of a model for each unit (models/cpython_arguments.c), and
// branches around those that are not given.
#include <algorithm>
#include <array>

#include "frontend/constants.h"
#include "frontend/lowering.h"

namespace gnomon::frontend {

namespace {

enum class Source : std::uint8_t { tuple, tuple_and_keywords, object };  // where the arguments are

struct Parser {
    std::string_view name;
    Source source;
    std::size_t format;  // the argument
};
constexpr std::array parsers{
    Parser{"PyArg_ParseTuple", Source::tuple, 1},
    Parser{"_PyArg_ParseTuple_SizeT", Source::tuple, 1},
    Parser{"PyArg_Parse", Source::object, 1},
    Parser{"_PyArg_Parse_SizeT", Source::object, 1},
    Parser{"PyArg_ParseTupleAndKeywords", Source::tuple_and_keywords, 2},
    Parser{"_PyArg_ParseTupleAndKeywords_SizeT", Source::tuple_and_keywords, 2},
};

// What must be undone when a later unit fails.
bool needs_cleanup(const FormatUnit& unit) { return unit.code.ends_with('*') || unit.code == "O&"; }

std::size_t cleanups_of(const std::vector<FormatUnit>& units) {
    std::size_t count = 0;
    for (const FormatUnit& unit : units) count += cleanups_of(unit.items) + (needs_cleanup(unit) ? 1 : 0);
    return count;
}

constexpr std::uint64_t cleanup_supported = 0x20000;  // Py_CLEANUP_SUPPORTED

}  // namespace

Value FunctionLowering::Parsing::target() {
    if (next == targets.size()) throw Unmodelled{"a format with too few arguments"};
    return targets[next++];
}

void FunctionLowering::require(Value condition, ir::BlockId otherwise) {
    const ir::BlockId good = builder_.new_block();
    builder_.branch(condition.operand, condition.type, good, otherwise);
    builder_.start(good);
}

void FunctionLowering::parse_unit(Parsing& parsing, const FormatUnit& unit, Value item, ir::BlockId failure) {
    const ir::TypeId number = types_.int_type();
    const auto parsed = [&](const Parsing::Cleanup& cleanup, ir::Operand is_due) {
        builder_.emit(ir::Move{parsing.are_due[parsing.cleanups.size()].as_register(), is_due, number});
        parsing.cleanups.push_back(cleanup);
    };
    if (unit.code == "(") return parse_sequence(parsing, unit.items, item, failure);
    if (unit.code == "O&") {
        const Value converter = parsing.target(), target = parsing.target();
        const Value outcome = call_pointer(converter, {item, target}, number, parsing.text);
        require(call_model("gnomon_parse_converted", {outcome}, number, parsing.text), failure);
        const Value is_due = compute(ir::BinaryOperator::equal, outcome, constant(cleanup_supported, number));
        return parsed({target, converter}, is_due.operand);
    }
    std::vector<Value> arguments{item, parsing.target()};
    if (unit.code == "O!") arguments.push_back(parsing.target());
    if (unit.code.ends_with('#')) {
        // Until Python 3.12 the plain functions wrote an int here, or refused.
        arguments.push_back(parsing.target());
        const auto* length = program_.types.get_if<ir::PointerType>(arguments.back().type);
        if (!parsing.has_wide_sizes && (length == nullptr || program_.types.size_of(length->pointee) != 8))
            throw Unmodelled{"# without PY_SSIZE_T_CLEAN"};
    }
    require(call_model("gnomon_parse_" + model_suffix(unit.code), arguments, number, parsing.text), failure);
    if (needs_cleanup(unit)) parsed({arguments[1], std::nullopt}, ir::Operand::constant(1));
}

// Items of a sequence are new references, which live as long as they are looked at.
void FunctionLowering::parse_sequence(Parsing& parsing, const std::vector<FormatUnit>& units, Value sequence,
                                      ir::BlockId failure) {
    const ir::TypeId number = types_.int_type(), nothing = program_.types.void_type();
    const std::string& text = parsing.text;
    require(call_model("gnomon_parse_sequence", {sequence, constant(units.size(), number)}, number, text), failure);
    for (std::size_t i = 0; i < units.size(); ++i) {
        const Value item = call_model("gnomon_parse_element", {sequence, constant(i, number)},
                                      program_.types.pointer_to(nothing), text);
        require(item, failure);
        const ir::BlockId bad = builder_.new_block();
        parse_unit(parsing, units[i], item, bad);
        call_model("gnomon_parse_element_end", {item}, nothing, text);
        const ir::BlockId good = builder_.new_block();
        builder_.jump(good);
        builder_.start(bad);
        call_model("gnomon_parse_element_end", {item}, nothing, text);
        builder_.jump(failure);
        builder_.start(good);
    }
}

void FunctionLowering::undo_parsed(const Parsing& parsing) {
    const ir::TypeId number = types_.int_type(), nothing = program_.types.void_type();
    for (std::size_t i = 0; i < parsing.cleanups.size(); ++i) {
        const Parsing::Cleanup& cleanup = parsing.cleanups[i];
        const ir::BlockId due = builder_.new_block(), after = builder_.new_block();
        builder_.branch(parsing.are_due[i], number, due, after);
        builder_.start(due);
        if (cleanup.converter)
            call_pointer(*cleanup.converter, {constant(0, program_.types.pointer_to(nothing)), cleanup.target}, number,
                         parsing.text);
        else
            call_model("gnomon_parse_view_end", {cleanup.target}, nothing, parsing.text);
        builder_.jump(after);
        builder_.start(after);
    }
}

void FunctionLowering::parse_units(Parsing& parsing, const PythonFormat& format, ir::BlockId failure) {
    const ir::TypeId number = types_.int_type(), pointer = program_.types.pointer_to(program_.types.void_type());
    const std::string& text = parsing.text;
    const bool has_keywords = parsing.from.size() > 1;
    for (std::size_t i = 0; i < format.units.size(); ++i) {
        const Value index = constant(i, number);
        if (format.positional == i)
            require(call_model("gnomon_parse_positional", {parsing.from[0], index}, number, text), failure);
        std::vector<Value> where = parsing.from;
        where.push_back(index);
        const Value item =
            call_model(has_keywords ? "gnomon_parse_keyword" : "gnomon_parse_item", where, pointer, text);
        std::optional<ir::BlockId> next;  // behind a unit that need not be given
        if (i >= format.required)
            require(item, next.emplace(builder_.new_block()));
        else if (has_keywords)
            require(call_model("gnomon_parse_given", {item}, number, text), failure);
        parse_unit(parsing, format.units[i], item, failure);
        if (!next) continue;
        builder_.jump(*next);
        builder_.start(*next);
    }
}

std::optional<Value> FunctionLowering::parse_arguments(const std::string& name, const std::vector<CXCursor>& arguments,
                                                       const std::string& text) {
    const auto* parser =
        std::find_if(parsers.begin(), parsers.end(), [&](const Parser& row) { return row.name == name; });
    if (parser == parsers.end()) return std::nullopt;
    const bool has_keywords = parser->source == Source::tuple_and_keywords;
    const std::size_t first = parser->format + (has_keywords ? 2 : 1);
    if (arguments.size() < first) throw Unmodelled{name + " with too few arguments"};
    const auto literal = constant_text(reader_, arguments[parser->format]);
    if (!literal) throw Unmodelled{name + " with a computed format"};
    const PythonFormat format = read_parse_format(*literal);
    if (!format.unknown.empty()) throw Unmodelled{"format code " + format.unknown};
    if (format.positional && !has_keywords) throw Unmodelled{"format code $"};
    const bool is_one = format.units.size() == 1 && format.required == 1;
    if (parser->source == Source::object && !is_one) throw Unmodelled{name + " of other than one argument"};

    const ir::TypeId number = types_.int_type(), pointer = program_.types.pointer_to(program_.types.void_type());
    Parsing parsing;
    parsing.text = text;
    parsing.has_wide_sizes = name.ends_with("_SizeT");
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        if (i == parser->format) continue;
        const Value given = rvalue(arguments[i]);
        const Value passed = is_pointer(given.type) ? given : convert(given, pointer);
        (i < first ? parsing.from : parsing.targets).push_back(passed);
    }
    for (std::size_t i = cleanups_of(format.units); i > 0; --i) {
        parsing.are_due.push_back(fresh(number));
        builder_.emit(ir::Move{parsing.are_due.back().as_register(), ir::Operand::constant(0), number});
    }

    const ir::Operand outcome = fresh(number);
    const ir::BlockId failure = builder_.new_block(), after = builder_.new_block();
    const Value most = constant(format.units.size(), number);
    if (parser->source == Source::object) {
        require(call_model("gnomon_parse_given", {parsing.from[0]}, number, text), failure);
        parse_unit(parsing, format.units[0], parsing.from[0], failure);
    } else {
        std::vector<Value> begin = parsing.from;
        if (!has_keywords) begin.push_back(constant(format.required, number));
        begin.push_back(most);
        require(call_model(has_keywords ? "gnomon_parse_begin_keywords" : "gnomon_parse_begin", begin, number, text),
                failure);
        parse_units(parsing, format, failure);
        if (has_keywords) require(call_model("gnomon_parse_end_keywords", parsing.from, number, text), failure);
    }
    builder_.emit(ir::Move{outcome.as_register(), ir::Operand::constant(1), number});
    builder_.jump(after);
    builder_.start(failure);
    undo_parsed(parsing);
    builder_.emit(ir::Move{outcome.as_register(), ir::Operand::constant(0), number});
    builder_.jump(after);
    builder_.start(after);
    return Value{outcome, number};
}

}  // namespace gnomon::frontend
