#include <set>

#include "ir/print.h"
#include "ir/semantics.h"
#include "slice/slice.h"

namespace gnomon::slice {

namespace {

// FNV-1a in 128 bits, over length-prefixed pieces, so that no two lists of pieces read the same.
class Digest {
  public:
    void text(const std::string& piece) {
        number(piece.size());
        for (char c : piece) byte(static_cast<unsigned char>(c));
    }
    void number(std::uint64_t value) {
        for (int shift = 0; shift < 64; shift += 8) byte(static_cast<unsigned char>(value >> shift));
    }
    std::string hexadecimal() const {
        std::string digits;
        for (int shift = 124; shift >= 0; shift -= 4)
            digits += "0123456789abcdef"[static_cast<unsigned>(state_ >> shift) & 15u];
        return digits;
    }

  private:
    using Word = unsigned __int128;
    void byte(unsigned char value) { state_ = (state_ ^ value) * prime; }
    static constexpr Word prime = (Word{1} << 88) + 0x13b;
    Word state_ = (Word{0x6c62272e07bb0142} << 64) + 0x62b821756295c58d;
};

class Writer {
  public:
    Writer(const ir::Program& program, Digest& digest) : program_(program), digest_(digest) {}

    void function(ir::FunctionId id, const FunctionSlice& part) {
        const ir::Function& function = program_[id];
        digest_.text(function.key);
        digest_.number(function.is_model);
        digest_.number(function.parameter_count);
        for (const ir::Register& reg : function.registers) {
            digest_.text(program_.types.spelling(reg.type));
            digest_.number(reg.starts_undefined);
        }
        for (const ir::Local& local : function.locals) digest_.number(local.size);
        for (const ir::Block& block : function.blocks) digest_.number(block.begin);
        for (std::size_t i = 0; i < function.code.size(); ++i) {
            if (!part.kept[i]) continue;
            digest_.number(i);
            digest_.text(ir::print(program_, function, function.code[i]));
            rest(function.code[i].operation);
        }
        for (const auto& [index, target] : part.skips) {
            digest_.number(index);
            digest_.number(static_cast<std::uint64_t>(target));
        }
    }

    void globals() {
        for (const std::string& description : described_) digest_.text(description);
    }

  private:
    // What an instruction means beyond its printed form.
    void rest(const ir::Operation& operation) {
        if (const auto* binary = std::get_if<ir::Binary>(&operation))
            digest_.text(program_.types.spelling(binary->right_type));
        if (const auto* element = std::get_if<ir::ElementAddress>(&operation))
            digest_.text(program_.types.spelling(element->index_type));
        if (const auto* choice = std::get_if<ir::Switch>(&operation))
            digest_.text(program_.types.spelling(choice->type));
        if (const auto* branch = std::get_if<ir::Branch>(&operation))
            digest_.text(program_.types.spelling(branch->type));
        if (const auto* move = std::get_if<ir::Move>(&operation)) digest_.text(program_.types.spelling(move->type));
        if (const auto* address = std::get_if<ir::AddressOfGlobal>(&operation)) global(address->global);
        if (const auto* call = std::get_if<ir::Call>(&operation)) this->call(*call);
        if (const auto* input = std::get_if<ir::Input>(&operation)) std::visit(*this, input->choice);
    }

    void call(const ir::Call& call) {
        for (ir::TypeId type : call.argument_types) digest_.text(program_.types.spelling(type));
        digest_.text(program_.types.spelling(call.result_type));
        const auto* direct = std::get_if<ir::FunctionId>(&call.callee);
        if (!direct || program_[*direct].has_body) return;
        digest_.text(program_[*direct].why_no_body);
        const auto row = program_.externals.find(program_[*direct].name);
        if (row == program_.externals.end()) return;
        digest_.number(static_cast<std::uint64_t>(row->second.result));
        digest_.number(row->second.argument);
    }

    // Once each; described in an order that does not depend on ids.
    void global(ir::GlobalId id) {
        if (!visited_.insert(id).second) return;
        const ir::Global& global = program_[id];
        Digest digest;
        digest.text(global.is_string_literal ? std::string() : global.key);
        digest.number(global.size);
        digest.number(global.is_constant | global.is_string_literal << 1 | global.is_defined << 2 |
                      global.is_opaque << 3);
        digest.text(global.why_not_initialised);
        digest.text(std::string(global.bytes.begin(), global.bytes.end()));
        for (const ir::Relocation& relocation : global.relocations) {
            digest.number(relocation.offset);
            digest.number(static_cast<std::uint64_t>(relocation.addend));
            if (const auto* function = std::get_if<ir::FunctionId>(&relocation.target)) {
                digest.text(program_[*function].key);
                continue;
            }
            const ir::GlobalId target = std::get<ir::GlobalId>(relocation.target);
            const ir::Global& pointee = program_[target];
            digest.text(pointee.is_string_literal ? std::string(pointee.bytes.begin(), pointee.bytes.end())
                                                  : pointee.key);
            this->global(target);
        }
        described_.insert(digest.hexadecimal());
    }

  public:
    void operator()(const ir::IntegerInput& input) {
        digest_.text(program_.types.spelling(input.type));
        digest_.number(static_cast<std::uint64_t>(input.minimum));
        digest_.number(static_cast<std::uint64_t>(input.maximum));
    }
    void operator()(const ir::FloatInput& input) { digest_.text(program_.types.spelling(input.type)); }
    void operator()(const ir::BytesInput& input) {
        digest_.number(input.minimum);
        digest_.number(input.maximum);
        digest_.number(input.is_terminated | input.without_nul << 1 | input.may_be_null << 2 | input.is_writable << 3);
        digest_.number(input.length_result ? static_cast<std::uint64_t>(*input.length_result) + 1 : 0);
    }
    void operator()(const ir::OpaqueInput&) { digest_.text("opaque"); }

  private:
    const ir::Program& program_;
    Digest& digest_;
    std::set<ir::GlobalId> visited_;
    std::multiset<std::string> described_;
};

void write(Digest& digest, const shadow::Expression& expression) {
    digest.number(expression.nodes.size());
    for (const shadow::Node& node : expression.nodes) {
        digest.number(static_cast<std::uint64_t>(node.op));
        digest.number(static_cast<std::uint64_t>(node.number));
        digest.number(static_cast<std::uint64_t>(node.field));
        digest.number(node.left);
        digest.number(node.right);
    }
}

void write(Digest& digest, const shadow::Table& table, std::uint32_t index) {
    // All demands: the path goes on under those that were tried before.
    for (const shadow::Demand& demand : table.demands) {
        digest.text(demand.code);
        digest.number(static_cast<std::uint64_t>(demand.event));
        digest.number(demand.layer);
        write(digest, demand.guard);
        write(digest, demand.predicate);
    }
    digest.number(index);
    for (const shadow::Layer& layer : table.layers) digest.text(layer.name);
    for (const shadow::Update& update : table.updates) {
        digest.number(static_cast<std::uint64_t>(update.event));
        digest.number(update.layer);
        write(digest, update.guard);
        write(digest, update.bit);
    }
}

}  // namespace

std::string key(const ir::Program& program, ir::FunctionId entry, const Slice& slice,
                const shadow::Obligation& obligation, const shadow::Table& table, const std::string& settings) {
    Digest digest;
    digest.text(settings);
    digest.text(program[entry].key);
    digest.text(program[obligation.site.function].key);
    digest.number(obligation.site.index);
    write(digest, table, obligation.demand);
    std::map<std::string, ir::FunctionId> ordered;
    for (const auto& [id, part] : slice.functions) ordered.emplace(program[id].key, id);
    Writer writer(program, digest);
    for (const auto& [name, id] : ordered) writer.function(id, slice.functions.at(id));
    writer.globals();
    return digest.hexadecimal();
}

}  // namespace gnomon::slice
