#include <map>

#include "slice/encoder.h"

namespace gnomon::slice {

namespace {

void write(Digest& digest, const shadow::Expression& expression) {
    digest.number(expression.nodes.size());
    for (const shadow::Node& node : expression.nodes) {
        digest.number(static_cast<std::uint64_t>(node.op));
        digest.number(static_cast<std::uint64_t>(node.number));
        digest.number(static_cast<std::uint64_t>(node.field));
        digest.number(std::uint64_t{node.left} << 32 | node.right);
    }
}

void write(Digest& digest, const std::vector<std::string>& functions, std::uint8_t argument) {
    digest.number(functions.size());
    for (const std::string& name : functions) digest.text(name);
    digest.number(argument);
}

// All demands, since a path goes on only under those that were tried before.
void write(Digest& digest, const shadow::Table& table) {
    digest.number(table.demands.size());
    for (const shadow::Demand& demand : table.demands) {
        digest.text(demand.code);
        digest.number(static_cast<std::uint64_t>(demand.event));
        digest.number(demand.layer);
        write(digest, demand.guard);
        write(digest, demand.predicate);
        write(digest, demand.functions, demand.argument);
    }
    digest.number(table.layers.size());
    for (const shadow::Layer& layer : table.layers) {
        digest.text(layer.name);
        digest.number(layer.is_in_memory);
    }
    digest.number(table.updates.size());
    for (const shadow::Update& update : table.updates) {
        digest.number(static_cast<std::uint64_t>(update.event));
        digest.number(update.layer);
        write(digest, update.guard);
        write(digest, update.bit);
        digest.number(static_cast<std::uint64_t>(update.target));
        write(digest, update.functions, update.argument);
    }
}

}  // namespace

// The entry comes first and without its name; the other functions by their keys, which do not depend on ids.
std::string key(const ir::Program& program, ir::FunctionId entry, const Slice& slice,
                const shadow::Obligation& obligation, const shadow::Table& table, const std::string& settings) {
    Digest digest;
    digest.text(settings);
    digest.number(obligation.demand);
    write(digest, table);
    std::map<std::string_view, ir::FunctionId> ordered;
    for (const auto& [id, part] : slice.functions)
        ordered.emplace(id == entry ? std::string_view() : std::string_view(program[id].key), id);
    Encoder encoder(program, entry, slice, digest);
    for (const auto& [name, id] : ordered) {
        const Layout layout(program[id], slice.functions.at(id));
        encoder.function(id, layout);
        digest.number(id == obligation.site.function ? layout.line_of_instruction(obligation.site.index) + 1 : 0);
    }
    return digest.hexadecimal();
}

// As above, with the indices of instructions, by which sites are named.
std::string key_of_whole(const ir::Program& program, ir::FunctionId entry, std::span<const ir::FunctionId> functions,
                         const shadow::Table& table, const std::string& settings) {
    Digest digest;
    digest.text(settings);
    write(digest, table);
    Slice whole;
    std::map<std::string_view, ir::FunctionId> ordered{{std::string_view(), entry}};
    for (const ir::FunctionId id : functions) ordered.emplace(program[id].key, id);
    for (const auto& [name, id] : ordered)
        if (program[id].has_body) whole.functions[id].kept.assign(program[id].code.size(), true);
    Encoder encoder(program, entry, whole, digest);
    for (const auto& [name, id] : ordered) {
        if (!program[id].has_body) {
            encoder.mention(id);
            continue;
        }
        const Layout layout(program[id], whole.functions.at(id));
        encoder.function(id, layout);
        for (const Layout::Line& line : layout.lines()) digest.number(line.index);
    }
    return digest.hexadecimal();
}

}  // namespace gnomon::slice
