// Switch, goto, labels as values, break and continue.
#include "frontend/lowering.h"

namespace gnomon::frontend {

namespace {

bool is_empty_range(std::uint64_t first, std::uint64_t last, bool is_signed) {
    return is_signed ? static_cast<std::int64_t>(last) < static_cast<std::int64_t>(first) : last < first;
}

}  // namespace

void FunctionLowering::switch_statement(CXCursor cursor) {
    const auto children = reader_.children(cursor);
    if (children.size() != 2) throw Unmodelled{"this switch"};
    const Value value = rvalue(children[0]);
    const ir::BlockId choose = builder_.new_block(), body = builder_.new_block(), after = builder_.new_block();
    builder_.jump(choose);
    switches_.push_back({{}, {}, std::nullopt, value.type});
    breaks_.push_back({after, builder_.scope_depth()});
    builder_.start(body);
    guarded(children[1]);
    builder_.jump(after);
    breaks_.pop_back();
    OpenSwitch open = std::move(switches_.back());
    switches_.pop_back();
    builder_.start(choose);
    builder_.at(place_of(children[0]));
    if (!open.is_modelled) builder_.not_modelled("these cases");
    for (const CaseRange& range : open.ranges) choose_range(value, range);
    builder_.emit(ir::Switch{value.operand, value.type, std::move(open.cases), open.otherwise.value_or(after)},
                  reader_.source(children[0]));
    builder_.start(after);
}

// first <= value && value <= last, as one comparison of unsigned numbers.
void FunctionLowering::choose_range(Value value, const CaseRange& range) {
    const ir::TypeId type = program_.types.integer(program_.types.bits_of(value.type), false);
    const Value distance = compute(ir::BinaryOperator::subtract, convert(value, type), constant(range.first, type));
    const Value is_inside = compute(ir::BinaryOperator::less_equal, distance, constant(range.last - range.first, type));
    const ir::BlockId next = builder_.new_block();
    builder_.branch(is_inside.operand, is_inside.type, range.block, next);
    builder_.start(next);
}

void FunctionLowering::case_label(CXCursor cursor) {
    const auto children = reader_.children(cursor);
    if (switches_.empty() || children.empty()) throw Unmodelled{"this label"};
    const ir::BlockId block = builder_.new_block();
    builder_.jump(block);
    builder_.start(block);
    OpenSwitch& open = switches_.back();
    if (cursor.kind == kind::default_label) {
        open.otherwise = block;
    } else {
        const auto first = reader_.integer(children.front());
        const auto last = children.size() > 2 ? reader_.integer(children[1]) : first;
        const unsigned width = program_.types.bits_of(open.type);
        const std::uint64_t mask = width >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << width) - 1;
        if (!first || !last)
            open.is_modelled = false;  // its values must not count as any other's
        else if (*first == *last)
            open.cases.emplace_back(*first & mask, block);
        else if (!is_empty_range(*first, *last, program_.types.is_signed(open.type)))
            open.ranges.push_back({*first & mask, *last & mask, block});
    }
    guarded(children.back());
}

void FunctionLowering::jump_out(bool is_break) {
    const auto& targets = is_break ? breaks_ : continues_;
    if (targets.empty()) throw Unmodelled{"a jump out of nothing"};
    builder_.unwind_to(targets.back().depth);
    builder_.jump(targets.back().block);
}

ir::BlockId FunctionLowering::label_block(CXCursor label) {
    // data[1] is the statement, data[0] the declaration around it.
    const auto [found, is_new] = labels_.try_emplace(label.data[1]);
    if (is_new) found->second = builder_.new_block();
    return found->second;
}

// Objects of the scopes that a goto leaves stay alive until the function returns or their scope is entered again:
// that can only miss a use of a dead object, never invent one.
void FunctionLowering::goto_statement(CXCursor cursor) {
    for (CXCursor child : reader_.children(cursor)) {
        if (child.kind != kind::label_reference) continue;
        jump_to_label(reader_.api.getCursorReferenced(child));
        return;
    }
    throw Unmodelled{"this goto"};
}

// A label's value is its number among those whose values are taken in this function.
std::uint64_t FunctionLowering::label_number(CXCursor address) {
    for (CXCursor child : reader_.children(address)) {
        if (child.kind != kind::label_reference) continue;
        const ir::BlockId block = label_block(reader_.api.getCursorReferenced(child));
        for (std::size_t i = 0; i < label_values_.size(); ++i)
            if (label_values_[i] == block) return i + 1;
        label_values_.push_back(block);
        return label_values_.size();
    }
    throw Unmodelled{"the value of this label"};
}

// All of them go through one block, which is filled when every label is known.
void FunctionLowering::computed_goto(CXCursor cursor) {
    const auto children = reader_.children(cursor);
    if (children.size() != 1) throw Unmodelled{"this goto"};
    if (!builder_.cleanups().empty()) throw Unmodelled{"a jump out of a scope with a cleanup"};
    const Value target = convert(rvalue(children.front()), types_.size_type());
    if (!label_dispatch_) {
        label_dispatch_ = builder_.new_block();
        label_target_ = builder_.new_register(types_.size_type());
    }
    builder_.emit(ir::Move{*label_target_, target.operand, types_.size_type()}, reader_.source(children.front()));
    builder_.jump(*label_dispatch_);
}

void FunctionLowering::dispatch_labels() {
    const ir::BlockId unknown = builder_.new_block();
    ir::Switch choice{ir::Operand::of(*label_target_), types_.size_type(), {}, unknown};
    for (std::size_t i = 0; i < label_values_.size(); ++i) choice.cases.emplace_back(i + 1, label_values_[i]);
    builder_.start(*label_dispatch_);
    builder_.emit(std::move(choice));
    builder_.start(unknown);
    builder_.not_modelled("a jump to what is no label of this function");
}

}  // namespace gnomon::frontend
