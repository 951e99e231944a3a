// Bytes of objects: read and written at concrete and at symbolic offsets.
//
// A symbolic offset into a small object becomes a choice over the places it may mean; a write into a large one is kept
// as it is. Where pointers are stored, or nothing else is known to work, the path forks over the values of the offset.
#include <algorithm>
#include <bit>

#include "explore/stepper.h"

namespace gnomon::explore {

namespace {

constexpr std::size_t places_read = 512;  // at most so many places in one choice
constexpr std::size_t places_written = 128;
constexpr std::uint64_t symbolic_block = 128;  // bytes copied or filled under a symbolic size
constexpr std::uint64_t largest_block = std::uint64_t{1} << 20;
constexpr std::uint64_t longest_text = 1024;  // of which it is asked where it comes from

// The number of low bits of an offset that are always zero.
unsigned low_zeros(Expression node, unsigned depth = 0) {
    if (depth > 8) return 0;
    using solver::Kind;
    switch (node->kind) {
        case Kind::constant:
            return node->constant == 0
                       ? 64
                       : static_cast<unsigned>(std::countr_zero(static_cast<std::uint64_t>(node->constant)));
        case Kind::add:
        case Kind::subtract:
            return std::min(low_zeros(node->children[0], depth + 1), low_zeros(node->children[1], depth + 1));
        case Kind::multiply:
            return low_zeros(node->children[0], depth + 1) + low_zeros(node->children[1], depth + 1);
        case Kind::concatenate:
            return node->children[1]->is_false() ? node->children[1]->width : low_zeros(node->children[1], depth + 1);
        case Kind::zero_extend:
        case Kind::sign_extend:
            return low_zeros(node->children[0], depth + 1);
        default:
            return 0;
    }
}

}  // namespace

void Stepper::define_fixed(State& state, ObjectId id) {
    if (state.memory.contains(id)) return;
    const auto index = static_cast<std::uint32_t>(id) - static_cast<std::uint32_t>(ObjectId::first_global);
    const ir::Global& global = world_.program[static_cast<ir::GlobalId>(index)];
    Object object;
    object.kind = global.is_opaque           ? shadow::ObjectKind::opaque
                  : global.is_string_literal ? shadow::ObjectKind::literal
                                             : shadow::ObjectKind::global;
    object.base = Base::global;
    object.size = world_.size_constant(global.size);
    object.is_writable = !global.is_constant && !global.is_string_literal;
    object.base_shadow = world_.no_shadow();
    object.global = static_cast<ir::GlobalId>(index);
    if (!global.is_opaque) object.type = global.type;
    if (!global.is_defined) object.why_unknown = "the contents of " + global.name + ", defined elsewhere";
    if (!global.why_not_initialised.empty()) object.why_unknown = global.why_not_initialised;
    if (!object.why_unknown.empty()) {
        object.base = Base::unknown;
    } else if (auto left = world_.open_state(object.global)) {
        object.base = Base::input;
        object.base_shadow = left->shadow;
        object.input = std::move(left);
    }
    state.memory.define(id, std::move(object));
    if (state.are_globals_forgotten) forget(state, id);
}

// What globals and blocks of a caller hold are numbers, too.
void Stepper::end_at_number(const std::string& what) const {
    if (world_.program[world_.entry].has_unknown_caller) {
        throw PathEnds{PathEnds::Why::not_modelled, of_callers_memory};
    }
    end_not_modelled(what);
}

void Stepper::examine(State& state, const Value& pointer) {
    require_known(state, pointer.shadow);
    if (pointer.object == ObjectId::null || is_error(pointer)) return;
    if (pointer.object == ObjectId::none) {
        if (!decide(state, is_null(pointer))) end_at_number("an access through a pointer that came from a number");
        return;
    }
    if (is_function(pointer.object)) end_not_modelled("reads the code of a function");
    define_fixed(state, pointer.object);
    use(state, pointer);
    const Object& object = state.memory.at(pointer.object);
    if (object.kind == shadow::ObjectKind::opaque) end_not_modelled("looks inside an opaque object");
    if (object.base == Base::unknown) end_not_modelled(object.why_unknown);
}

Expression Stepper::is_in_bounds(const Object& object, Expression offset, Expression size) {
    const Expression fits = expressions_.bit_not(expressions_.unsigned_less(object.size, size));
    const Expression room = expressions_.subtract(object.size, size);
    return expressions_.both(fits, expressions_.bit_not(expressions_.unsigned_less(room, offset)));
}

// The demands have been met. What they do not watch is left out here: the path ends.
Stepper::Access Stepper::access(State& state, const Value& pointer, Expression size, bool for_writing) {
    if (!is_real(pointer.object)) end_not_modelled("invalid access: null");
    const Object& object = state.memory.at(pointer.object);
    world_.rests_on_caller = world_.rests_on_caller || object.is_callers;
    if (!object.is_alive) end_not_modelled("invalid access: the object is dead");
    if (for_writing && !object.is_writable) end_not_modelled("invalid access: writes to a constant");
    const bool is_demanded = for_writing ? world_.demands_bounds_of_stores : world_.demands_bounds_of_loads;
    const Expression is_inside = is_in_bounds(object, pointer.bits, size);
    if (is_inside->is_false() || (!is_demanded && !decide(state, is_inside))) {
        end_not_modelled("invalid access: out of bounds");
    }
    return {pointer.object, pointer.bits};
}

// What the byte holds now: as last written at a known place, then through the symbolic writes since.
Cell Stepper::cell(State& state, ObjectId id, std::uint64_t index) {
    const Object& object = state.memory.at(id);
    Cell now = written_or_base(object, index);
    for (std::size_t i = now.age; i < object.symbolic_writes.size(); ++i) {
        apply(*object.symbolic_writes[i], world_.size_constant(index), now);
    }
    return now;
}

// `now` is the byte at `place` before the write.
void Stepper::apply(const SymbolicWrite& write, Expression place, Cell& now) {
    for (std::size_t i = 0; i < write.cells.size(); ++i) {
        const Cell& written = write.cells[i];
        const bool is_same = written.value == now.value && written.shadow == now.shadow;
        if (is_same && now.object == ObjectId::none) continue;  // wherever it went
        const Expression is_here = expressions_.equal(expressions_.add(write.offset, world_.size_constant(i)), place);
        if (is_here->is_false()) continue;
        if (now.object != ObjectId::none) end_not_modelled("a write that may change a pointer");
        now.value = expressions_.choose(is_here, written.value, now.value);
        now.shadow = expressions_.choose(is_here, written.shadow, now.shadow);
    }
}

Cell Stepper::written_or_base(const Object& object, std::uint64_t index) {
    if (const Cell* written = Memory::find(object, index)) return *written;
    const auto byte = [&](Expression value) { return Cell{value, object.base_shadow, ObjectId::none, 0, 0}; };
    switch (object.base) {
        case Base::unknown:
        case Base::zero:
        case Base::undefined:
            return byte(expressions_.constant(0, 8));
        case Base::input: {
            InputBytes& input = *object.input;
            const Expression is_inside = expressions_.unsigned_less(world_.size_constant(index), input.length);
            if (is_inside->is_false()) return byte(expressions_.constant(0, 8));
            return byte(expressions_.choose(is_inside, world_.byte_of(input, index), expressions_.constant(0, 8)));
        }
        case Base::global:
            break;
    }
    const ir::Global& global = world_.program[object.global];
    for (const ir::Relocation& relocation : global.relocations) {  // bound: the pointers in one initialiser
        if (index < relocation.offset || index >= relocation.offset + 8) continue;
        const ObjectId target = std::visit([](auto to) { return object_of(to); }, relocation.target);
        const Expression offset = world_.size_constant(static_cast<std::uint64_t>(relocation.addend));
        return {offset, object.base_shadow, target, static_cast<std::uint8_t>(index - relocation.offset), 0};
    }
    return byte(expressions_.constant(index < global.bytes.size() ? global.bytes[index] : 0, 8));
}

// Little-endian; a pointer only when all its eight bytes come in order.
Value Stepper::assemble(const std::vector<Cell>& cells) {
    Value value{nullptr, world_.no_shadow(), ObjectId::none};
    for (const Cell& cell : cells) value.shadow = expressions_.either(value.shadow, cell.shadow);
    const bool has_pointer = std::ranges::any_of(cells, [](const Cell& cell) { return cell.object != ObjectId::none; });
    if (has_pointer) {
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const Cell& cell = cells[i];
            if (cells.size() != 8 || cell.object != cells[0].object || cell.value != cells[0].value ||
                cell.fragment != i) {
                end_not_modelled("a part of a pointer as a number");
            }
        }
        value.bits = cells[0].value;
        value.object = cells[0].object;
        return value;
    }
    for (const Cell& cell : cells) {
        value.bits = value.bits == nullptr ? cell.value : expressions_.concatenate(cell.value, value.bits);
    }
    return value;
}

// The places that a symbolic offset may mean inside its object; empty when they are more than the limit.
std::vector<std::uint64_t> Stepper::candidates(State& state, const Access& at, unsigned size, std::size_t limit) {
    const Object& object = state.memory.at(at.object);
    std::uint64_t remainder = 0;
    Expression varying = at.offset;
    if (varying->kind == solver::Kind::add && varying->children[1]->is_constant()) {
        remainder = static_cast<std::uint64_t>(varying->children[1]->constant);
        varying = varying->children[0];
    }
    const std::uint64_t stride = std::uint64_t{1} << std::min(low_zeros(varying), 12u);
    const auto largest = static_cast<std::uint64_t>(std::min(object.size->maximum, at.offset->maximum + size));
    std::vector<std::uint64_t> places;
    if (largest < size) return places;
    auto place = static_cast<std::uint64_t>(at.offset->minimum);
    place += (remainder - place) % stride;
    if (place > largest || (largest - size - std::min(place, largest - size)) / stride >= limit) return places;
    for (; place <= largest - size; place += stride) places.push_back(place);
    return places;
}

bool Stepper::has_pointers(State& state, ObjectId object, const std::vector<std::uint64_t>& offsets, unsigned size) {
    for (const std::uint64_t offset : offsets) {
        for (unsigned i = 0; i < size; ++i) {
            if (cell(state, object, offset + i).object != ObjectId::none) return true;
        }
    }
    return false;
}

Value Stepper::choose_read(State& state, const Access& at, const std::vector<std::uint64_t>& offsets, unsigned size) {
    std::optional<Value> result;
    for (auto offset = offsets.rbegin(); offset != offsets.rend(); ++offset) {
        std::vector<Cell> cells;
        for (unsigned i = 0; i < size; ++i) cells.push_back(cell(state, at.object, *offset + i));
        const Value here = assemble(cells);
        if (!result) {
            result = here;
            continue;
        }
        if (here.bits == result->bits && here.shadow == result->shadow) continue;
        const Expression is_here = expressions_.equal(at.offset, world_.size_constant(*offset));
        result->bits = expressions_.choose(is_here, here.bits, result->bits);
        result->shadow = expressions_.choose(is_here, here.shadow, result->shadow);
    }
    return *result;
}

Value Stepper::read(State& state, const Access& at, unsigned size) {
    if (!at.offset->is_constant()) {
        const Object& object = state.memory.at(at.object);
        if (world_.loops != nullptr && size == 1 && is_as_chosen(object)) return any_byte(state, object, at.offset);
        const std::vector<std::uint64_t> offsets = candidates(state, at, size, places_read);
        if (!offsets.empty() && !has_pointers(state, at.object, offsets, size)) {
            return choose_read(state, at, offsets, size);
        }
        if (offsets.empty() && is_sparse(state.memory.at(at.object))) return sparse_read(state, at, size);
    }
    const std::uint64_t offset = concrete(state, at.offset);
    std::vector<Cell> cells;
    for (unsigned i = 0; i < size; ++i) cells.push_back(cell(state, at.object, offset + i));
    return assemble(cells);
}

bool Stepper::is_as_chosen(const Object& object) {
    return object.base == Base::input && object.pages.empty() && object.symbolic_writes.empty();
}

// Where turns are passed at once, any byte will do: which one it is of some hundred does not help.
Value Stepper::any_byte(State& state, const Object& object, Expression offset) {
    state.has_any_bytes = true;
    const Expression byte = world_.any_byte_of(object.input, offset);
    const Expression is_inside = expressions_.unsigned_less(offset, object.input->length);
    return {expressions_.choose(is_inside, byte, expressions_.constant(0, 8)), object.base_shadow, ObjectId::none};
}

// Few bytes were ever written to what is otherwise all the same.
bool Stepper::is_sparse(const Object& object) {
    const ir::Global* global = object.base == Base::global ? &world_.program[object.global] : nullptr;
    const bool is_of_zeros = global != nullptr && global->bytes.empty() && global->relocations.empty();
    const bool is_uniform = object.base == Base::zero || object.base == Base::undefined || is_of_zeros;
    if (!is_uniform || object.pages.size() * page_size > places_read) return false;
    return std::ranges::none_of(object.pages, [](const auto& page) {
        return std::ranges::any_of(*page.second, [](const Cell& cell) { return cell.object != ObjectId::none; });
    });
}

// Bytes at a symbolic place of a sparse object: every write ever made is a candidate, oldest first.
Value Stepper::sparse_read(State& state, const Access& at, unsigned size) {
    const Object& object = state.memory.at(at.object);
    std::vector<Cell> cells;
    for (unsigned i = 0; i < size; ++i) {
        const Expression place = expressions_.add(at.offset, world_.size_constant(i));
        Cell now{expressions_.constant(0, 8), object.base_shadow, ObjectId::none, 0, 0};
        for (std::uint32_t age = 0; age <= object.symbolic_writes.size(); ++age) {
            for (const auto& [page_index, page] : object.pages) {
                for (std::uint64_t j = 0; j < page_size; ++j) {
                    const Cell& cell = (*page)[j];
                    if (cell.value == nullptr || cell.age != age) continue;
                    apply({world_.size_constant(page_index * page_size + j), {cell}}, place, now);
                }
            }
            if (age < object.symbolic_writes.size()) apply(*object.symbolic_writes[age], place, now);
        }
        cells.push_back(now);
    }
    return assemble(cells);
}

std::vector<Cell> Stepper::cells_of(const Value& value, unsigned size) {
    std::vector<Cell> cells;
    for (unsigned i = 0; i < size; ++i) {
        if (value.object != ObjectId::none) {
            cells.push_back({value.bits, value.shadow, value.object, static_cast<std::uint8_t>(i), 0});
        } else {
            cells.push_back({expressions_.extract(value.bits, 8 * i, 8), value.shadow, ObjectId::none, 0, 0});
        }
    }
    return cells;
}

void Stepper::write(State& state, const Access& at, const Value& value, unsigned size) {
    if (value.object != ObjectId::none && size != 8) end_not_modelled("a part of a pointer as a number");
    const std::vector<Cell> cells = cells_of(value, size);
    if (!at.offset->is_constant() && value.object == ObjectId::none) {
        const std::vector<std::uint64_t> offsets = candidates(state, at, size, places_written);
        if (!offsets.empty() && !has_pointers(state, at.object, offsets, size)) {
            for (const std::uint64_t offset : offsets) {
                const Expression is_here = expressions_.equal(at.offset, world_.size_constant(offset));
                for (unsigned i = 0; i < size; ++i) {
                    const Cell old = cell(state, at.object, offset + i);
                    const Cell now{expressions_.choose(is_here, cells[i].value, old.value),
                                   expressions_.choose(is_here, cells[i].shadow, old.shadow), ObjectId::none, 0, 0};
                    Memory::write(state.memory.writable(at.object), offset + i, now);
                }
            }
            return;
        }
        if (offsets.empty()) {
            state.memory.writable(at.object).symbolic_writes.push_back(
                std::make_shared<SymbolicWrite>(SymbolicWrite{at.offset, cells}));
            return;
        }
    }
    const std::uint64_t offset = concrete(state, at.offset);
    Object& object = state.memory.writable(at.object);
    for (unsigned i = 0; i < size; ++i) Memory::write(object, offset + i, cells[i]);
}

// Offsets of both ends become concrete, and the size too unless the block is small. The most bytes that may be touched.
std::uint64_t Stepper::block_size(State& state, Expression size, const std::vector<Access*>& ends) {
    auto most = static_cast<std::uint64_t>(size->maximum);
    for (Access* end : ends) {
        const std::uint64_t offset = concrete(state, end->offset);
        end->offset = world_.size_constant(offset);
        const auto whole = static_cast<std::uint64_t>(state.memory.at(end->object).size->maximum);
        most = std::min(most, whole - std::min(whole, offset));
    }
    if (!size->is_constant() && most > symbolic_block) most = concrete(state, size);
    if (most > largest_block) end_not_modelled("a block of more than a megabyte");
    state.instructions += most / 8;
    return most;
}

void Stepper::copy(State& state, const Access& to, const Access& from, Expression size) {
    Access target = to, source = from;
    const std::uint64_t most = block_size(state, size, {&target, &source});
    const auto from_offset = static_cast<std::uint64_t>(source.offset->constant);
    const auto to_offset = static_cast<std::uint64_t>(target.offset->constant);
    std::vector<Cell> cells;
    for (std::uint64_t i = 0; i < most; ++i) {
        Cell value = cell(state, source.object, from_offset + i);
        const Expression is_copied = expressions_.unsigned_less(world_.size_constant(i), size);
        if (!is_copied->is_true()) {
            const Cell old = cell(state, target.object, to_offset + i);
            if (value.object != ObjectId::none || old.object != ObjectId::none) {
                return copy(state, target, source, world_.size_constant(concrete(state, size)));
            }
            value.value = expressions_.choose(is_copied, value.value, old.value);
            value.shadow = expressions_.choose(is_copied, value.shadow, old.shadow);
        }
        cells.push_back(value);
    }
    Object& object = state.memory.writable(target.object);
    for (std::uint64_t i = 0; i < most; ++i) Memory::write(object, to_offset + i, cells[i]);
}

// A block that is filled with zeros as a whole begins anew, however large it is.
bool Stepper::is_whole(const State& state, const Access& to, Expression size) {
    const Object& object = state.memory.at(to.object);
    const bool is_block = object.kind == shadow::ObjectKind::heap && object.base != Base::input;
    if (!is_block || object.deferred != nullptr || !to.offset->is_false()) return false;
    const Expression differs = expressions_.bit_not(expressions_.equal(object.size, size));
    if (differs->is_constant()) return differs->is_false();
    if (size->maximum <= symbolic_block || state.model->satisfies(differs)) return false;
    return world_.solver.possible(state.path, differs, state.model).result == solver::Result::unsatisfiable;
}

void Stepper::fill(State& state, const Access& to, Expression byte, Expression byte_shadow, Expression size) {
    if (byte->is_false() && byte_shadow == world_.no_shadow() && is_whole(state, to, size)) {
        Object& object = state.memory.writable(to.object);
        object.base = Base::zero;
        object.base_shadow = byte_shadow;
        object.pages.clear();
        object.symbolic_writes.clear();
        return;
    }
    Access target = to;
    const std::uint64_t most = block_size(state, size, {&target});
    const auto offset = static_cast<std::uint64_t>(target.offset->constant);
    for (std::uint64_t i = 0; i < most; ++i) {
        const Expression is_filled = expressions_.unsigned_less(world_.size_constant(i), size);
        Cell value{byte, byte_shadow, ObjectId::none, 0, 0};
        if (!is_filled->is_true()) {
            const Cell old = cell(state, target.object, offset + i);
            if (old.object != ObjectId::none) end_not_modelled("a part of a pointer as a number");
            value.value = expressions_.choose(is_filled, byte, old.value);
            value.shadow = expressions_.choose(is_filled, byte_shadow, old.shadow);
        }
        Memory::write(state.memory.writable(target.object), offset + i, value);
    }
}

// The union over the bytes that an access reads, or what each of them has; nothing when it goes beyond its object.
Expression Stepper::shadow_of_bytes(State& state, const Value& pointer, Expression size, bool of_each) {
    Expression shadow = shadow_inside(state, pointer, size);
    if (shadow == world_.no_shadow()) return shadow;
    Value byte = pointer;
    for (std::uint64_t i = 0; of_each && i < size->constant; ++i) {
        byte.bits = expressions_.add(pointer.bits, world_.size_constant(i));
        shadow = expressions_.both(shadow, shadow_inside(state, byte, world_.size_constant(1)));
    }
    const Expression is_inside = is_in_bounds(state.memory.at(pointer.object), pointer.bits, size);
    return expressions_.choose(is_inside, shadow, world_.no_shadow());
}

Expression Stepper::shadow_inside(State& state, const Value& pointer, Expression size) {
    if (!is_real(pointer.object) || is_function(pointer.object)) return world_.no_shadow();
    define_fixed(state, pointer.object);
    const Object& object = state.memory.at(pointer.object);
    if (!object.is_alive || object.kind == shadow::ObjectKind::opaque) return world_.no_shadow();
    const bool is_untouched = object.pages.empty() && object.symbolic_writes.empty();
    if (is_untouched && object.base_shadow == world_.no_shadow()) return world_.no_shadow();
    Access at{pointer.object, pointer.bits};
    if (size->is_constant() && size->constant <= 8 && !at.offset->is_constant()) {
        const auto bytes = static_cast<unsigned>(size->constant);
        const std::vector<std::uint64_t> offsets = candidates(state, at, bytes, places_read);
        if (!offsets.empty() && !has_pointers(state, at.object, offsets, bytes)) {
            return choose_read(state, at, offsets, bytes).shadow;
        }
        if (offsets.empty() && is_sparse(object)) return sparse_read(state, at, bytes).shadow;
    }
    const std::uint64_t most = block_size(state, size, {&at});
    const auto offset = static_cast<std::uint64_t>(at.offset->constant);
    Expression shadow = world_.no_shadow();
    for (std::uint64_t i = 0; i < most; ++i) {
        const Expression is_read = expressions_.unsigned_less(world_.size_constant(i), size);
        const Expression here = cell(state, at.object, offset + i).shadow;
        shadow = expressions_.either(shadow, expressions_.choose(is_read, here, world_.no_shadow()));
    }
    return shadow;
}

// The bit of the layer, of all bytes up to a NUL together. A byte that has it for sure decides for those behind it.
Expression Stepper::shadow_of_text(State& state, const Value& pointer, std::uint8_t layer) {
    Expression found = expressions_.boolean(false), is_inside = expressions_.boolean(true);
    if (pointer.bits == nullptr || !is_real(pointer.object) || is_function(pointer.object)) return found;
    define_fixed(state, pointer.object);
    if (!state.memory.at(pointer.object).is_alive) return found;
    if (state.memory.at(pointer.object).base == Base::unknown) return nullptr;
    const std::uint64_t begin = concrete(state, pointer.bits);
    for (std::uint64_t at = begin; at < begin + longest_text; ++at) {
        const Object& object = state.memory.at(pointer.object);
        if (object.size->maximum <= at) return found;
        const Cell byte = cell(state, pointer.object, at);
        const bool is_unknown_here = is_unknown(state, expressions_.choose(is_inside, byte.shadow, world_.no_shadow()));
        if (is_unknown_here || byte.object != ObjectId::none) return nullptr;
        is_inside = expressions_.both(is_inside, expressions_.unsigned_less(world_.size_constant(at), object.size));
        is_inside = expressions_.both(is_inside, expressions_.is_nonzero(byte.value));
        if (is_inside->is_false()) return found;
        const Expression bit = expressions_.extract(byte.shadow, layer, 1);
        found = expressions_.either(found, expressions_.both(is_inside, bit));
        if (bit->is_true()) return found;
    }
    return nullptr;
}

}  // namespace gnomon::explore
