#include "explore/loops.h"

#include <algorithm>
#include <iterator>

#include "ir/operands.h"
#include "ir/semantics.h"

namespace gnomon::explore {

namespace {

using Bits = std::vector<bool>;
constexpr std::uint32_t nowhere = ~std::uint32_t{0};

std::uint32_t index_of(ir::BlockId block) { return static_cast<std::uint32_t>(block); }
std::uint32_t index_of(ir::RegisterId id) { return static_cast<std::uint32_t>(id); }

// The flow graph of a function.
struct Graph {
    explicit Graph(const ir::Function& function)
        : next(function.blocks.size()), before(function.blocks.size()), order(function.blocks.size(), nowhere) {
        for (std::uint32_t block = 0; block < function.blocks.size(); ++block) {
            for (const ir::BlockId to : ir::successors(function.code[function.blocks[block].end - 1].operation)) {
                next[block].push_back(index_of(to));
                before[index_of(to)].push_back(block);
            }
        }
        number_blocks();
        find_dominators();
    }

    bool dominates(std::uint32_t upper, std::uint32_t lower) const {
        while (order[lower] != nowhere && order[lower] > order[upper]) lower = dominator[lower];
        return lower == upper;
    }

    bool is_reached(std::uint32_t block) const { return order[block] != nowhere; }

    std::vector<std::vector<std::uint32_t>> next, before;
    std::vector<std::uint32_t> order;      // by block: its number in reverse postorder
    std::vector<std::uint32_t> sequence;   // the blocks in that order
    std::vector<std::uint32_t> dominator;  // by block: the nearest

  private:
    void number_blocks() {
        std::vector<std::pair<std::uint32_t, std::size_t>> stack{{0, 0}};  // block, successors seen
        Bits seen(next.size());
        seen[0] = true;
        while (!stack.empty()) {
            auto& [block, done] = stack.back();
            if (done == next[block].size()) {
                sequence.push_back(block);
                stack.pop_back();
                continue;
            }
            const std::uint32_t to = next[block][done++];
            if (!seen[to]) seen[to] = true, stack.emplace_back(to, 0);
        }
        std::ranges::reverse(sequence);
        for (std::uint32_t i = 0; i < sequence.size(); ++i) order[sequence[i]] = i;
    }

    std::uint32_t common(std::uint32_t a, std::uint32_t b) const {
        while (a != b) {
            while (order[a] > order[b]) a = dominator[a];
            while (order[b] > order[a]) b = dominator[b];
        }
        return a;
    }

    void find_dominators() {
        dominator.assign(next.size(), nowhere);
        dominator[0] = 0;
        for (bool changed = true; changed;) {
            changed = false;
            for (const std::uint32_t block : sequence) {
                if (block == 0) continue;
                std::uint32_t nearest = nowhere;
                for (const std::uint32_t from : before[block]) {
                    if (dominator[from] == nowhere) continue;
                    nearest = nearest == nowhere ? from : common(nearest, from);
                }
                if (nearest != dominator[block]) dominator[block] = nearest, changed = true;
            }
        }
    }
};

// Which registers are read before they are written, from the beginning of each block on.
std::vector<Bits> live_registers(const ir::Function& function, const slice::FunctionSlice* kept, const Graph& graph) {
    const std::size_t count = function.registers.size();
    std::vector<Bits> read(function.blocks.size(), Bits(count)), written = read, live = read;
    for (std::uint32_t block = 0; block < function.blocks.size(); ++block) {
        for (std::uint32_t i = function.blocks[block].begin; i < function.blocks[block].end; ++i) {
            if (kept != nullptr && !kept->kept[i]) continue;
            ir::each_read(function.code[i].operation, [&](const ir::Operand& operand) {
                if (!operand.is_register() || written[block][index_of(operand.as_register())]) return;
                read[block][index_of(operand.as_register())] = true;
            });
            ir::each_result(function.code[i].operation,
                            [&](ir::RegisterId id) { written[block][index_of(id)] = true; });
        }
    }
    for (bool changed = true; changed;) {
        changed = false;
        for (auto at = graph.sequence.rbegin(); at != graph.sequence.rend(); ++at) {
            Bits now = read[*at];
            for (const std::uint32_t to : graph.next[*at])
                for (std::size_t i = 0; i < count; ++i) now[i] = now[i] || (live[to][i] && !written[*at][i]);
            if (now != live[*at]) live[*at] = std::move(now), changed = true;
        }
    }
    return live;
}

// What a register of the loop becomes, followed back through one block.
class Tracer {
  public:
    Tracer(const ir::Program& program, const ir::Function& function, std::uint32_t begin)
        : program_(program), function_(function), begin_(begin) {}

    // What `operand` is before instruction `at`: `counter` as the block began, plus this many.
    std::optional<std::int64_t> distance(const ir::Operand& operand, ir::RegisterId counter, std::uint32_t at) {
        if (!operand.is_register()) return std::nullopt;
        for (std::uint32_t i = at; i-- > begin_;) {
            bool is_here = false;
            ir::each_result(function_.code[i].operation,
                            [&](ir::RegisterId id) { is_here = is_here || id == operand.as_register(); });
            if (is_here) return through(function_.code[i].operation, counter, i);
        }
        if (operand.as_register() == counter) return 0;
        return std::nullopt;
    }

    bool may_wrap = false;  // on the way

  private:
    std::optional<std::int64_t> through(const ir::Operation& operation, ir::RegisterId counter, std::uint32_t at) {
        if (const auto* move = std::get_if<ir::Move>(&operation)) return distance(move->value, counter, at);
        if (const auto* cast = std::get_if<ir::Cast>(&operation)) return through_cast(*cast, counter, at);
        if (const auto* element = std::get_if<ir::ElementAddress>(&operation)) {
            const ir::Scalar index = ir::scalar_of(program_.types, element->index_type);
            const auto base = distance(element->base, counter, at);
            if (!base || !element->index.is_constant() || index.bits == 0) return std::nullopt;
            const std::int64_t moved = number(element->index, index) * size_of(element->element);
            return element->is_negated ? *base - moved : *base + moved;
        }
        const auto* binary = std::get_if<ir::Binary>(&operation);
        if (binary == nullptr || !binary->right.is_constant()) return std::nullopt;
        const ir::Scalar type = ir::scalar_of(program_.types, binary->type);
        if (type.kind != ir::Scalar::Kind::integer) return std::nullopt;
        const auto left = distance(binary->left, counter, at);
        if (!left) return std::nullopt;
        may_wrap = may_wrap || !type.is_signed;
        if (binary->op == ir::BinaryOperator::add) return *left + number(binary->right, type);
        if (binary->op == ir::BinaryOperator::subtract) return *left - number(binary->right, type);
        return std::nullopt;
    }

    // The sum is right in the width of the counter, which no cast on the way may fall below.
    std::optional<std::int64_t> through_cast(const ir::Cast& cast, ir::RegisterId counter, std::uint32_t at) {
        const ir::Scalar from = ir::scalar_of(program_.types, cast.from), to = ir::scalar_of(program_.types, cast.to);
        const ir::Scalar own = ir::scalar_of(program_.types, function_.registers[index_of(counter)].type);
        if (from.kind != to.kind || from.kind == ir::Scalar::Kind::floating) return std::nullopt;
        if (from.bits < own.bits || to.bits < own.bits) return std::nullopt;
        may_wrap = may_wrap || from.bits != to.bits;
        return distance(cast.value, counter, at);
    }

    std::int64_t number(const ir::Operand& operand, ir::Scalar type) const {
        const unsigned spare = 64 - type.bits;
        if (!type.is_signed) return static_cast<std::int64_t>(operand.bits());
        return static_cast<std::int64_t>(operand.bits() << spare) >> spare;
    }

    std::int64_t size_of(ir::TypeId element) const {
        const bool is_sizeless = program_.types.get_if<ir::VoidType>(element) != nullptr ||
                                 program_.types.get_if<ir::FunctionType>(element) != nullptr;
        return is_sizeless ? 1 : static_cast<std::int64_t>(program_.types.size_of(element));
    }

    const ir::Program& program_;
    const ir::Function& function_;
    std::uint32_t begin_;
};

class Finder {
  public:
    Finder(const ir::Program& program, const ir::Function& function, const slice::FunctionSlice* kept,
           bool forbids_wrap)
        : program_(program), function_(function), kept_(kept), forbids_wrap_(forbids_wrap), graph_(function) {}

    std::map<ir::BlockId, Loop> find() {
        std::map<ir::BlockId, Loop> found;
        for (const std::uint32_t block : graph_.sequence) {
            for (const std::uint32_t head : graph_.next[block]) {
                if (!graph_.dominates(head, block)) continue;
                Loop& loop = found[static_cast<ir::BlockId>(head)];
                loop.head = static_cast<ir::BlockId>(head);
                loop.blocks.resize(function_.blocks.size());
                latches_[loop.head].push_back(block);
                add_blocks(loop, block);
            }
        }
        if (found.empty()) return found;
        const std::vector<Bits> live = live_registers(function_, kept_, graph_);
        for (auto& [head, loop] : found) find_registers(loop, live[index_of(head)]);
        return found;
    }

  private:
    void add_blocks(Loop& loop, std::uint32_t latch) {
        loop.blocks[index_of(loop.head)] = true;
        std::vector<std::uint32_t> pending{latch};
        while (!pending.empty()) {
            const std::uint32_t block = pending.back();
            pending.pop_back();
            if (loop.blocks[block]) continue;
            loop.blocks[block] = true;
            for (const std::uint32_t from : graph_.before[block])
                if (graph_.is_reached(from)) pending.push_back(from);
        }
    }

    void find_registers(Loop& loop, const Bits& live) {
        std::map<ir::RegisterId, std::vector<std::pair<std::uint32_t, std::uint32_t>>> writes;  // block, instruction
        for (std::uint32_t block = 0; block < function_.blocks.size(); ++block) {
            if (!loop.blocks[block]) continue;
            for (std::uint32_t i = function_.blocks[block].begin; i < function_.blocks[block].end; ++i) {
                if (kept_ != nullptr && !kept_->kept[i]) continue;
                ir::each_result(function_.code[i].operation, [&](ir::RegisterId id) {
                    if (live[index_of(id)]) writes[id].emplace_back(block, i);
                });
            }
        }
        for (const auto& [id, places] : writes) {
            const auto [block, instruction] = places.front();
            std::optional<Counter> counter;
            if (places.size() == 1 && is_once_a_turn(loop, block)) counter = counter_of(id, block, instruction);
            if (counter) {
                loop.counters.push_back(*counter);
            } else {
                loop.carried.push_back(id);
            }
        }
    }

    bool is_once_a_turn(const Loop& loop, std::uint32_t block) {
        const auto is_before = [&](std::uint32_t latch) { return graph_.dominates(block, latch); };
        return std::ranges::all_of(latches_[loop.head], is_before) && !repeats_within_turn(loop, block);
    }

    // By any cycle of the loop that does not come by its head, natural or not.
    bool repeats_within_turn(const Loop& loop, std::uint32_t block) {
        Bits seen(function_.blocks.size());
        std::vector<std::uint32_t> pending = graph_.next[block];
        while (!pending.empty()) {
            const std::uint32_t at = pending.back();
            pending.pop_back();
            if (at == index_of(loop.head) || !loop.blocks[at] || seen[at]) continue;
            if (at == block) return true;
            seen[at] = true;
            std::ranges::copy(graph_.next[at], std::back_inserter(pending));
        }
        return false;
    }

    std::optional<Counter> counter_of(ir::RegisterId id, std::uint32_t block, std::uint32_t instruction) {
        const ir::Scalar type = ir::scalar_of(program_.types, function_.registers[index_of(id)].type);
        if (type.kind == ir::Scalar::Kind::floating || type.bits == 0 || type.bits > 64) return std::nullopt;
        Tracer tracer(program_, function_, function_.blocks[block].begin);
        const auto step = tracer.distance(ir::Operand::of(id), id, instruction + 1);
        if (!step) return std::nullopt;
        const bool may_wrap = !forbids_wrap_ || !type.is_signed || tracer.may_wrap || type.bits < 32;
        return Counter{id, *step, may_wrap, type.is_signed};
    }

    const ir::Program& program_;
    const ir::Function& function_;
    const slice::FunctionSlice* kept_;
    bool forbids_wrap_;
    Graph graph_;
    std::map<ir::BlockId, std::vector<std::uint32_t>> latches_;  // by head: where a turn ends
};

}  // namespace

Loops::Loops(const ir::Program& program, const ir::Function& function, const slice::FunctionSlice* kept,
             bool forbids_wrap)
    : block_of_(function.code.size()), loops_(Finder(program, function, kept, forbids_wrap).find()) {
    for (std::uint32_t block = 0; block < function.blocks.size(); ++block) {
        const ir::Block& range = function.blocks[block];
        std::fill(block_of_.begin() + range.begin, block_of_.begin() + range.end, static_cast<ir::BlockId>(block));
    }
}

const Loop* Loops::at(ir::BlockId head) const {
    const auto found = loops_.find(head);
    return found == loops_.end() ? nullptr : &found->second;
}

const Loops& LoopTable::of(ir::FunctionId function, const slice::FunctionSlice* kept) {
    std::unique_ptr<Loops>& loops = loops_[function];
    if (loops == nullptr) loops = std::make_unique<Loops>(program_, program_[function], kept, forbids_wrap_);
    return *loops;
}

bool LoopTable::has_any() {
    if (slice_ == nullptr) return true;  // of a whole program: most have some
    return std::ranges::any_of(slice_->functions, [this](const auto& row) {
        return program_[row.first].has_body && !of(row.first, &row.second).is_empty();
    });
}

}  // namespace gnomon::explore
