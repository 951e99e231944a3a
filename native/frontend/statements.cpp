#include <algorithm>

#include "frontend/lowering.h"

namespace gnomon::frontend {

namespace {

constexpr int static_storage = 3;  // CX_SC_Static
constexpr int extern_storage = 2;  // CX_SC_Extern

}  // namespace

void FunctionLowering::lower(CXCursor definition) {
    const auto children = reader_.children(definition);
    const auto body =
        std::find_if(children.begin(), children.end(), [](CXCursor child) { return child.kind == kind::compound; });
    find_addressed(*body, 0);
    builder_.at(place_of(definition));
    builder_.enter_scope();
    parameters(definition);
    statement(*body);
    const Spot end = reader_.end(definition);
    builder_.at({program_.file(end.path), end.line, end.column});
    if (!builder_.is_terminated()) {
        builder_.unwind_to(0);
        const bool is_main = function_.name == "main";
        if (is_main)
            builder_.emit(ir::Return{ir::Operand::constant(0)});
        else
            builder_.emit(ir::Return{std::nullopt});
    }
    finish_gotos();
    if (label_dispatch_) dispatch_labels();
    builder_.finish();
    function_.end_line = end.line;
    function_.has_body = true;
}

// Variables whose address is taken live in memory. Bounded by the depth of the syntax tree.
void FunctionLowering::find_addressed(CXCursor cursor, unsigned depth) {
    constexpr unsigned maximum_depth = 2000;
    if (depth > maximum_depth) throw Unmodelled{"syntax nested too deeply"};
    const auto children = reader_.children(cursor);
    if (cursor.kind == kind::unary_operator &&
        static_cast<UnaryKind>(reader_.api.getCursorUnaryOperatorKind(cursor)) == UnaryKind::address_of &&
        children.size() == 1) {
        CXCursor inside = children.front();
        while (inside.kind == kind::parenthesis || inside.kind == kind::unexposed_expression) {
            const auto next = reader_.children(inside);
            if (next.size() != 1) break;
            inside = next.front();
        }
        if (inside.kind == kind::declaration_reference)
            addressed_.insert(reader_.api.getCursorReferenced(inside).data[0]);
    }
    if (cursor.kind == kind::assembly)
        for (CXCursor child : children)
            if (child.kind == kind::declaration_reference)
                addressed_.insert(reader_.api.getCursorReferenced(child).data[0]);
    for (CXCursor child : children) find_addressed(child, depth + 1);
}

void FunctionLowering::parameters(CXCursor definition) {
    result_type_ = types_.lower(reader_.api.getResultType(reader_.type(definition)));
    if (!is_scalar(result_type_) && !is_void(result_type_))
        record_result_ = builder_.new_register(program_.types.pointer_to(result_type_));
    struct Parameter {
        CXCursor cursor;
        ir::RegisterId passed;
        ir::TypeId type;
    };
    std::vector<Parameter> passed;
    const CXType function_type = reader_.type(definition);
    const int count = reader_.api.Cursor_getNumArguments(definition);
    for (int i = 0; i < count; ++i) {
        const CXCursor cursor = reader_.api.Cursor_getArgument(definition, static_cast<unsigned>(i));
        const ir::TypeId type = types_.parameter(reader_.api.getCursorType(cursor));
        // Without a prototype, narrow numbers are passed as wider ones: the function's type says so.
        const ir::TypeId given = i < reader_.api.getNumArgTypes(function_type)
                                     ? types_.parameter(reader_.api.getArgType(function_type, static_cast<unsigned>(i)))
                                     : type;
        const bool is_promoted = is_scalar(type) && !is_pointer(type) && is_scalar(given) && !is_pointer(given);
        const ir::TypeId held = !is_scalar(type) ? program_.types.pointer_to(type) : is_promoted ? given : type;
        passed.push_back({cursor, builder_.new_register(held, reader_.spelling(cursor)), type});
    }
    if (takes_block(definition, function_.is_model)) {
        argument_block_ = builder_.new_register(block_type(), "...");
        function_.has_argument_block = true;
    }
    function_.parameter_count = static_cast<std::uint32_t>(function_.registers.size());
    for (Parameter& parameter : passed) {
        const ir::TypeId held = function_.registers[static_cast<std::size_t>(parameter.passed)].type;
        if (is_scalar(parameter.type) && held != parameter.type) {
            const Value narrow = convert({ir::Operand::of(parameter.passed), held}, parameter.type);
            parameter.passed = builder_.new_register(parameter.type, reader_.spelling(parameter.cursor));
            builder_.emit(ir::Move{parameter.passed, narrow.operand, parameter.type});
        }
        Variable variable;
        variable.type = parameter.type;
        if (!is_scalar(parameter.type)) {
            variable.address = parameter.passed;
        } else if (!addressed_.contains(parameter.cursor.data[0])) {
            variable.in_register = parameter.passed;
        } else {
            variable.local = builder_.new_local(reader_.spelling(parameter.cursor), parameter.type,
                                                program_.types.size_of(parameter.type));
            builder_.emit(ir::EnterLocal{*variable.local, std::nullopt});
            builder_.add_to_scope(*variable.local);
            const ir::Operand address = fresh(program_.types.pointer_to(parameter.type));
            builder_.emit(ir::AddressOfLocal{address.as_register(), *variable.local});
            builder_.emit(ir::Store{address, ir::Operand::of(parameter.passed), parameter.type, {}});
        }
        variables_[parameter.cursor.data[0]] = variable;
    }
    for (const Parameter& parameter : passed) {
        if (!is_variably_modified(reader_.type(parameter.cursor))) continue;
        try {
            measure_arrays(parameter.cursor);
        } catch (const Unmodelled&) {  // whoever needs the size says so
        }
    }
}

void FunctionLowering::guarded(CXCursor child) {
    try {
        statement(child);
    } catch (const Unmodelled& reason) {
        builder_.not_modelled(reason.what);
    }
}

// A condition that is not modelled ends the path; what it guards is lowered all the same, for the ways around it.
void FunctionLowering::condition(CXCursor expression, ir::BlockId if_true, ir::BlockId if_false) {
    try {
        branch_on(expression, if_true, if_false);
    } catch (const Unmodelled& reason) {
        builder_.not_modelled(reason.what);
    }
}

void FunctionLowering::statement(CXCursor cursor) {
    builder_.at(place_of(cursor));
    switch (cursor.kind) {
        case kind::compound:
            return compound(cursor);
        case kind::declaration_statement:
            for (CXCursor child : reader_.children(cursor))
                if (child.kind == kind::variable)
                    declaration(child);
                else if (child.kind == kind::typedef_declaration && is_variably_modified(reader_.type(child)))
                    measure_arrays(child);
            return;
        case kind::if_statement:
            return if_statement(cursor);
        case kind::while_statement:
            return while_statement(cursor);
        case kind::do_statement:
            return do_statement(cursor);
        case kind::for_statement:
            return for_statement(cursor);
        case kind::switch_statement:
            return switch_statement(cursor);
        case kind::case_label:
        case kind::default_label:
            return case_label(cursor);
        case kind::return_statement:
            return return_statement(cursor);
        case kind::goto_statement:
            return goto_statement(cursor);
        case kind::break_statement:
            return jump_out(true);
        case kind::continue_statement:
            return jump_out(false);
        case kind::label: {
            const ir::BlockId block = label_block(cursor);
            builder_.jump(block);
            builder_.start(block);
            label_cleanups_[cursor.data[1]] = builder_.cleanups();
            for (CXCursor child : reader_.children(cursor)) guarded(child);
            return;
        }
        case kind::null_statement:
            return;
        case kind::assembly:
            throw Unmodelled{"inline assembly"};
        case kind::indirect_goto:
            return computed_goto(cursor);
        case kind::unexposed_statement:  // a statement with attributes, such as [[fallthrough]]
            for (CXCursor child : reader_.children(cursor)) guarded(child);
            return;
        default:
            return effect(cursor);
    }
}

void FunctionLowering::compound(CXCursor cursor) {
    builder_.enter_scope();
    for (CXCursor child : reader_.children(cursor)) guarded(child);
    builder_.leave_scope();
}

void FunctionLowering::declaration(CXCursor variable) {
    const CXType written = reader_.type(variable);
    Variable known;
    known.type = types_.lower(written);
    const int storage = reader_.api.Cursor_getStorageClass(variable);
    if (storage == extern_storage) return;
    const auto initialiser = reader_.initialiser(variable);
    if (storage == static_storage) {
        known.global = symbols_.static_local(variable, function_.key);
        program_[*known.global].is_model = function_.is_model;
        variables_[variable.data[0]] = known;
        lower_initialiser(reader_, types_, symbols_, program_, *known.global, variable,
                          [this](CXCursor address) { return label_number(address); });
        return;
    }
    if (is_variably_modified(written)) measure_arrays(variable);
    const std::string name = reader_.spelling(variable);
    const std::optional<std::string> cleanup = cleanup_name(variable);
    if (is_scalar(known.type) && !addressed_.contains(variable.data[0]) && !cleanup) {
        known.in_register = builder_.new_register(known.type, name, !initialiser);
        variables_[variable.data[0]] = known;
        if (!initialiser) return;
        const Value value = convert(rvalue(*initialiser), known.type);
        builder_.at(place_of(variable));
        builder_.emit(ir::Move{*known.in_register, value.operand, known.type}, name);
        return;
    }
    known.local = builder_.new_local(name, known.type, program_.types.size_of(known.type));
    variables_[variable.data[0]] = known;
    const bool is_variable = written.kind == type_kind::variable_array;
    builder_.emit(ir::EnterLocal{*known.local, is_variable ? std::optional(size_of(written)) : std::nullopt}, name);
    builder_.add_to_scope(*known.local);
    initialise_local(variable, known, written);
    if (cleanup) add_cleanup(*cleanup, variable, known);
}

void FunctionLowering::initialise_local(CXCursor variable, const Variable& known, CXType written) {
    const auto initialiser = reader_.initialiser(variable);
    if (!initialiser) return;
    if (written.kind == type_kind::variable_array) throw Unmodelled{"initialised variable-length arrays"};
    const ir::Operand address = fresh(program_.types.pointer_to(known.type));
    builder_.emit(ir::AddressOfLocal{address.as_register(), *known.local});
    initialise(address, known.type, *initialiser, written);
}

void FunctionLowering::if_statement(CXCursor cursor) {
    const auto children = reader_.children(cursor);
    if (children.size() < 2) throw Unmodelled{"this statement"};
    const ir::BlockId then = builder_.new_block(), otherwise = builder_.new_block(), after = builder_.new_block();
    condition(children[0], then, otherwise);
    builder_.start(then);
    guarded(children[1]);
    builder_.jump(after);
    builder_.start(otherwise);
    if (children.size() > 2) guarded(children[2]);
    builder_.jump(after);
    builder_.start(after);
}

void FunctionLowering::loop_body(CXCursor body, ir::BlockId on_continue, ir::BlockId on_break) {
    breaks_.push_back({on_break, builder_.scope_depth()});
    continues_.push_back({on_continue, builder_.scope_depth()});
    guarded(body);
    breaks_.pop_back();
    continues_.pop_back();
}

void FunctionLowering::while_statement(CXCursor cursor) {
    const auto children = reader_.children(cursor);
    if (children.size() != 2) throw Unmodelled{"this loop"};
    const ir::BlockId head = builder_.new_block(), body = builder_.new_block(), after = builder_.new_block();
    builder_.jump(head);
    builder_.start(head);
    condition(children[0], body, after);
    builder_.start(body);
    loop_body(children[1], head, after);
    builder_.jump(head);
    builder_.start(after);
}

void FunctionLowering::do_statement(CXCursor cursor) {
    const auto children = reader_.children(cursor);
    if (children.size() != 2) throw Unmodelled{"this loop"};
    const ir::BlockId body = builder_.new_block(), test = builder_.new_block(), after = builder_.new_block();
    builder_.jump(body);
    builder_.start(body);
    loop_body(children[0], test, after);
    builder_.jump(test);
    builder_.start(test);
    builder_.at(place_of(children[1]));
    condition(children[1], body, after);
    builder_.start(after);
}

// Absent parts of a `for` are missing children: which are there, the two semicolons tell, where the loop is really
// written.
FunctionLowering::ForParts FunctionLowering::for_parts(const std::vector<CXCursor>& children, CXCursor loop) {
    if (children.empty()) throw Unmodelled{"this loop"};
    ForParts parts;
    parts.body = children.back();
    if (children.size() == 1) return parts;
    if (children.size() == 4) {
        parts.first = children[0];
        parts.test = children[1];
        parts.last = children[2];
        return parts;
    }
    const std::optional<ForHeader> header = reader_.for_header(loop);
    if (!header) throw Unmodelled{"a loop written by a macro"};
    for (std::size_t i = 0; i + 1 < children.size(); ++i) {
        const auto at = reader_.written_at(children[i], *header);
        if (!at) throw Unmodelled{"a loop written by a macro"};
        (*at < header->semicolons[0]   ? parts.first
         : *at < header->semicolons[1] ? parts.test
                                       : parts.last) = children[i];
    }
    return parts;
}

void FunctionLowering::for_statement(CXCursor cursor) {
    const auto [first, test, last, body] = for_parts(reader_.children(cursor), cursor);
    builder_.enter_scope();
    const ir::BlockId head = builder_.new_block(), inside = builder_.new_block(), step = builder_.new_block(),
                      after = builder_.new_block();
    if (first) guarded(*first);
    builder_.jump(head);
    builder_.start(head);
    if (test)
        condition(*test, inside, after);
    else
        builder_.jump(inside);
    builder_.start(inside);
    loop_body(body, step, after);
    builder_.jump(step);
    builder_.start(step);
    if (last) guarded(*last);
    builder_.jump(head);
    builder_.start(after);
    builder_.leave_scope();
}

void FunctionLowering::return_statement(CXCursor cursor) {
    const auto children = reader_.children(cursor);
    std::optional<ir::Operand> result;
    if (!children.empty()) {
        const Value value = rvalue(children.front());
        if (record_result_)
            copy_record(ir::Operand::of(*record_result_), convert(value, result_type_).operand, result_type_, "return");
        else if (is_scalar(result_type_))
            result = convert(value, result_type_).operand;
    }
    builder_.at(place_of(cursor));
    builder_.unwind_to(0);
    builder_.emit(ir::Return{result}, children.empty() ? "" : reader_.source(children.front()));
}

}  // namespace gnomon::frontend
