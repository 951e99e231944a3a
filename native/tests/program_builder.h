// Programs and rules for the tests of the explorer, made instruction by instruction.
#pragma once

#include <doctest/doctest.h>

#include <chrono>

#include "explore/entry.h"
#include "explore/explorer.h"

namespace gnomon::building {

using explore::Answer;
using ir::BinaryOperator;
using ir::BlockId;
using ir::Operand;
using ir::RegisterId;
using shadow::Event;
using shadow::Field;
using shadow::Operator;

inline Operand constant(std::uint64_t bits) { return Operand::constant(bits); }
inline Operand of(RegisterId id) { return Operand::of(id); }
inline shadow::Node number(std::int64_t value) { return {Operator::constant, value, {}, 0, 0}; }
inline shadow::Node field(Field field) { return {Operator::field, 0, field, 0, 0}; }
inline shadow::Node node(Operator op, std::uint32_t left, std::uint32_t right = 0) { return {op, 0, {}, left, right}; }
inline shadow::Expression not_field(Field f) { return {{field(f), node(Operator::logical_not, 0)}}; }

inline shadow::Expression in_bounds() {
    return {{number(0), field(Field::pointer_offset), node(Operator::less_equal, 0, 1), field(Field::size),
             node(Operator::add, 1, 3), field(Field::object_size), node(Operator::less_equal, 4, 5),
             node(Operator::logical_and, 2, 6)}};
}

inline shadow::Expression is_operator(BinaryOperator op) {
    return {{field(Field::operator_), number(static_cast<std::int64_t>(op)), node(Operator::equal, 0, 1),
             field(Field::is_signed), node(Operator::logical_and, 2, 3)}};
}

// type_minimum <= left op right <= type_maximum
inline shadow::Expression fits(Operator op) {
    return {{field(Field::left), field(Field::right), node(op, 0, 1), field(Field::type_minimum),
             node(Operator::less_equal, 3, 2), field(Field::type_maximum), node(Operator::less_equal, 2, 5),
             node(Operator::logical_and, 4, 6)}};
}

inline shadow::Table checks() {
    shadow::Table table;
    table.layers.push_back({"undefined"});
    for (const Event event : {Event::load, Event::store}) {
        const char* bounds = event == Event::load ? "bounds.read" : "bounds.write";
        table.demands.push_back({"null.deref", "null", "", event, {}, not_field(Field::pointer_is_null), 0});
        table.demands.push_back(
            {"lifetime.use-after-free", "lifetime", "", event, {}, {{field(Field::object_alive)}}, 0});
        table.demands.push_back({bounds, "bounds", "", event, {}, in_bounds(), 0});
    }
    const shadow::Expression nonzero{{field(Field::right)}};
    table.demands.push_back(
        {"arith.div-zero", "arith", "", Event::arithmetic, is_operator(BinaryOperator::divide), nonzero, 0});
    table.demands.push_back(
        {"arith.overflow", "arith", "", Event::arithmetic, is_operator(BinaryOperator::add), fits(Operator::add), 0});
    table.demands.push_back({"arith.overflow", "arith", "", Event::arithmetic, is_operator(BinaryOperator::multiply),
                             fits(Operator::multiply), 0});
    table.demands.push_back({"defined.read", "defined", "", Event::branch, {}, not_field(Field::shadow_condition), 0});
    table.updates.push_back({Event::allocate, 0, {}, {{number(1)}}});
    return table;
}

// Builds a program function by function.
struct Builder {
    ir::Program program;
    ir::TypeId integer = program.types.integer(32, true);
    ir::TypeId size = program.types.integer(64, false);
    ir::TypeId character = program.types.integer(8, true);
    ir::TypeId pointer = program.types.pointer_to(character);
    shadow::Table table = checks();
    std::uint32_t function = 0;

    ir::Function& f() { return program.functions[function]; }

    ir::FunctionId begin(const std::string& name, ir::TypeId result, const std::vector<ir::TypeId>& parameters = {}) {
        const ir::FunctionId id = program.function(name, name);
        function = static_cast<std::uint32_t>(id);
        const ir::TypeId type = program.types.intern(ir::FunctionType{result, parameters, false});
        f().type = type;
        f().has_body = true;
        f().parameter_count = static_cast<std::uint32_t>(parameters.size());
        for (const ir::TypeId parameter : parameters) reg(parameter);
        f().blocks.push_back({0, 0});
        return id;
    }
    ir::FunctionId begin() { return begin("entry", program.types.void_type()); }
    RegisterId reg(ir::TypeId type, bool starts_undefined = false) {
        f().registers.push_back({type, {}, starts_undefined});
        return RegisterId{static_cast<std::uint32_t>(f().registers.size() - 1)};
    }
    ir::Site add(ir::Operation operation) {
        f().code.push_back({{}, std::move(operation), {}});
        f().blocks.back().end = static_cast<std::uint32_t>(f().code.size());
        return {ir::FunctionId{function}, f().blocks.back().end - 1};
    }
    BlockId block() {
        const auto begin = static_cast<std::uint32_t>(f().code.size());
        f().blocks.push_back({begin, begin});
        return BlockId{static_cast<std::uint32_t>(f().blocks.size() - 1)};
    }
    RegisterId binary(BinaryOperator op, Operand left, Operand right, ir::TypeId type) {
        const RegisterId result = reg(type);
        add(ir::Binary{result, op, left, right, type, type});
        return result;
    }
    RegisterId compare(BinaryOperator op, Operand left, Operand right, ir::TypeId type) {
        const RegisterId result = reg(integer);
        add(ir::Binary{result, op, left, right, type, type});
        return result;
    }
    RegisterId input(const std::string& name, std::int64_t minimum = 0, std::int64_t maximum = -1) {
        const RegisterId result = reg(integer);
        add(ir::Input{result, name, ir::IntegerInput{integer, minimum, maximum}});
        return result;
    }
    RegisterId element(RegisterId base, Operand index, ir::TypeId index_type) {
        const RegisterId result = reg(pointer);
        add(ir::ElementAddress{result, of(base), index, index_type, character, false});
        return result;
    }
    RegisterId local(std::uint64_t bytes) {
        const auto id = static_cast<ir::LocalId>(f().locals.size());
        f().locals.push_back({"tmp", program.types.intern(ir::ArrayType{character, bytes}), bytes});
        const RegisterId base = reg(pointer);
        add(ir::EnterLocal{id, {}});
        add(ir::AddressOfLocal{base, id});
        return base;
    }
    RegisterId text(const std::string& name, std::uint64_t maximum, bool may_be_null = false) {
        const RegisterId result = reg(pointer);
        add(ir::Input{result, name, ir::BytesInput{0, maximum, true, true, false, may_be_null, false}});
        return result;
    }
    RegisterId allocate(Operand bytes) {
        const RegisterId result = reg(pointer);
        add(ir::CallIntrinsic{result, ir::Intrinsic::allocate, {bytes}});
        return result;
    }
    // Goes on in a new block when the condition holds, else returns.
    void only_if(RegisterId condition) {
        const auto next = static_cast<std::uint32_t>(f().blocks.size());
        add(ir::Branch{of(condition), integer, BlockId{next + 1}, BlockId{next}});
        block();
        add(ir::Return{});
        block();
    }

    std::vector<shadow::Obligation> asked(ir::Site site, const std::string& code) const {
        std::vector<shadow::Obligation> found;
        const ir::Function& owner = program[site.function];
        const auto demands = shadow::demands_of(program, owner, table);
        for (const std::uint32_t demand : demands[site.index]) {
            if (table.demands[demand].code == code) found.push_back({site, demand});
        }
        REQUIRE(found.size() == 1);
        return found;
    }
    explore::Exploration explored(ir::FunctionId entry, ir::Site site, const std::string& code,
                                  const explore::Budget& budget = {}) {
        const std::atomic<bool> cancelled = false;
        solver::Backend backend;
        return explore::explore(program, entry, nullptr, asked(site, code), table, budget, backend, cancelled);
    }
    explore::Verdict verdict(ir::FunctionId entry, ir::Site site, const std::string& code) {
        const auto begin = std::chrono::steady_clock::now();
        explore::Budget patient;  // the sanitized build is some ten times slower
        patient.seconds = 30;
        explore::Exploration exploration = explored(entry, site, code, patient);
        const std::chrono::duration<double, std::milli> taken = std::chrono::steady_clock::now() - begin;
        const explore::Statistics& s = exploration.statistics;
        MESSAGE(taken.count() << " ms, " << s.instructions << " instructions, " << s.paths << " paths, "
                              << s.solver_queries << " queries (" << s.solver_seconds * 1000 << " ms), "
                              << s.solver_cache_hits << " hits; " << exploration.verdicts[0].reason);
        return exploration.verdicts[0];
    }
    // The interpreter fails there, too.
    void confirm(ir::FunctionId entry, const explore::Verdict& verdict) {
        REQUIRE(verdict.answer == Answer::refuted);
        const interp::Outcome outcome = interp::run(program, entry, verdict.inputs, table, {}, false);
        REQUIRE(outcome.ending == interp::Ending::failed);
        CHECK(outcome.failure->demand == verdict.obligation.demand);
        CHECK(outcome.failure->site == verdict.obligation.site);
    }
};

inline std::uint64_t integer_of(const explore::Verdict& verdict, std::size_t index = 0) {
    return std::get<std::uint64_t>(verdict.inputs.at(index).value);
}

inline std::string text_of(const explore::Verdict& verdict, std::size_t index = 0) {
    const auto& bytes = std::get<std::vector<std::uint8_t>>(verdict.inputs.at(index).value);
    return {bytes.begin(), bytes.end()};
}

}  // namespace gnomon::building
