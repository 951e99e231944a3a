// Py_BuildValue with a literal format, and calls of Python whose arguments are built so: each unit is a new object,
// made by a call of a model (models/cpython_building.c), or null when that fails; the whole is made of them at the end.
#include <algorithm>
#include <array>

#include "frontend/constants.h"
#include "frontend/lowering.h"

namespace gnomon::frontend {

namespace {

struct BuilderName {
    std::string_view name;
    std::size_t format;          // the argument
    const char* call = nullptr;  // the model that gets the arguments in front of the format, and what was built
};
constexpr std::array builders{
    BuilderName{"Py_BuildValue", 0},
    BuilderName{"_Py_BuildValue_SizeT", 0},
    BuilderName{"PyObject_CallFunction", 1, "gnomon_call_function"},
    BuilderName{"_PyObject_CallFunction_SizeT", 1, "gnomon_call_function"},
    BuilderName{"PyObject_CallMethod", 2, "gnomon_call_method"},
    BuilderName{"_PyObject_CallMethod_SizeT", 2, "gnomon_call_method"},
};

enum class Kind : std::uint8_t { number, unsigned_number, wide, unsigned_wide, real, pointer };

// The model of a code, and what is passed for it.
struct BuildUnit {
    std::string_view codes;
    const char* model;
    Kind kind;
};
constexpr std::array units{
    BuildUnit{"bBhi", "gnomon_build_i", Kind::number}, BuildUnit{"HI", "gnomon_build_I", Kind::unsigned_number},
    BuildUnit{"lLn", "gnomon_build_l", Kind::wide},    BuildUnit{"kK", "gnomon_build_k", Kind::unsigned_wide},
    BuildUnit{"fd", "gnomon_build_d", Kind::real},     BuildUnit{"D", "gnomon_build_D", Kind::pointer},
    BuildUnit{"c", "gnomon_build_c", Kind::number},    BuildUnit{"C", "gnomon_build_C", Kind::number},
    BuildUnit{"szU", "gnomon_build_s", Kind::pointer}, BuildUnit{"y", "gnomon_build_y", Kind::pointer},
    BuildUnit{"OS", "gnomon_build_O", Kind::pointer},  BuildUnit{"N", "gnomon_build_N", Kind::pointer},
};

const BuildUnit& unit_of(char code) {
    return *std::find_if(units.begin(), units.end(),
                         [code](const BuildUnit& row) { return row.codes.find(code) != std::string_view::npos; });
}

}  // namespace

// Whoever reads a variable argument reads so many of its bits.
Value FunctionLowering::built_from(Value given, ir::TypeId type) {
    const auto& known = program_.types;
    if (is_pointer(type)) return is_pointer(given.type) ? given : convert(given, type);
    if (known.is_float(type) != known.is_float(given.type) || known.bits_of(given.type) < known.bits_of(type))
        throw Unmodelled{"an argument that is not what its format says"};
    return convert(given, type);
}

Value FunctionLowering::build_container(Building& building, const FormatUnit& unit) {
    const char* model = unit.code == "(" ? "tuple" : unit.code == "[" ? "list" : "dict";
    if (unit.code == "{" && unit.items.size() % 2 != 0) throw Unmodelled{"a dictionary without its last value"};
    std::vector<Value> items = build_items(building, unit.items);
    return call_model(std::string("gnomon_build_") + model,
                      {built_block(items), constant(items.size(), types_.size_type())}, building.object, building.text);
}

std::vector<Value> FunctionLowering::build_items(Building& building, const std::vector<FormatUnit>& items) {
    std::vector<Value> built;
    for (const FormatUnit& item : items) built.push_back(build_unit(building, item));
    return built;
}

// An array of the objects; null where there are none.
Value FunctionLowering::built_block(const std::vector<Value>& items) {
    return items.empty() ? constant(0, block_type()) : argument_block(items);
}

Value FunctionLowering::build_unit(Building& building, const FormatUnit& unit) {
    if (!unit.items.empty() || unit.code == "(" || unit.code == "[" || unit.code == "{")
        return build_container(building, unit);
    const auto next = [&] {
        if (building.next == building.arguments.size()) throw Unmodelled{"a format with too few arguments"};
        return building.arguments[building.next++];
    };
    const ir::TypeId wide = program_.types.integer(64, true);
    if (unit.code.ends_with('&')) {
        const Value converter = next(), argument = built_from(next(), building.object);
        // A failure of what came before is set aside.
        const Value three = temporary(program_.types.intern(ir::ArrayType{building.object, 3}));
        const Value saved{three.operand, program_.types.pointer_to(building.object)};
        call_model("gnomon_build_set_aside", {saved}, program_.types.void_type(), building.text);
        const Value built = call_pointer(converter, {argument}, building.object, building.text);
        call_model("gnomon_build_put_back", {saved}, program_.types.void_type(), building.text);
        return built;
    }
    const BuildUnit& row = unit_of(unit.code.front());
    const auto type_of_kind = [&] {
        switch (row.kind) {
            case Kind::number:
                return types_.int_type();
            case Kind::unsigned_number:
                return program_.types.integer(32, false);
            case Kind::wide:
                return wide;
            case Kind::unsigned_wide:
                return program_.types.integer(64, false);
            case Kind::real:
                return program_.types.floating(64);
            default:
                return building.object;
        }
    };
    std::vector<Value> arguments{built_from(next(), type_of_kind())};
    std::string model = row.model;
    if (unit.code.ends_with('#')) {
        model += "_sized";
        arguments.push_back(built_from(next(), wide));
    }
    return call_model(model, arguments, building.object, building.text);
}

std::optional<Value> FunctionLowering::build_value(const std::string& name, const std::vector<CXCursor>& arguments,
                                                   const std::string& text) {
    const auto* known =
        std::find_if(builders.begin(), builders.end(), [&](const BuilderName& row) { return row.name == name; });
    if (known == builders.end() || arguments.size() <= known->format) return std::nullopt;
    auto literal = constant_text(reader_, arguments[known->format]);
    if (!literal && known->call != nullptr) {
        const Value given = rvalue(arguments[known->format]);
        if (given.operand == ir::Operand::constant(0)) literal = "";
    }
    if (!literal) throw Unmodelled{name + " with a computed format"};
    const PythonFormat format = read_build_format(*literal);
    if (!format.unknown.empty()) throw Unmodelled{"format code " + format.unknown};

    Building building;
    building.object = program_.types.pointer_to(program_.types.void_type());
    building.text = text;
    std::vector<Value> called;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        if (i == known->format) continue;
        (i < known->format ? called : building.arguments).push_back(rvalue(arguments[i]));
    }
    if (known->call == nullptr) {
        if (format.units.size() == 1) return build_unit(building, format.units[0]);
        if (!format.units.empty()) return build_container(building, {"(", format.units});
        return call_model("gnomon_build_none", {}, building.object, text);
    }
    const std::vector<Value> items = build_items(building, format.units);
    called.push_back(built_block(items));
    called.push_back(constant(items.size(), types_.size_type()));
    return call_model(known->call, called, building.object, text);
}

}  // namespace gnomon::frontend
