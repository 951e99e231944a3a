#include "slice/hidden_code.h"

namespace gnomon::slice {

HiddenCode::HiddenCode(const ir::Program& program, const ir::AllMentions& mentions,
                       const std::set<std::string>& included)
    : is_source_(program.files.size()), hides_(program.files.size()) {
    for (std::size_t i = 0; i < is_source_.size(); ++i) {
        is_source_[i] = program.files[i].ends_with(".c") && !included.contains(program.files[i]);
    }
    for (std::size_t i = 0; i < mentions.size(); ++i) {
        const ir::Function& function = program.functions[i];
        if (mentions[i].hides) hide(function.is_ambiguous ? ir::Place{} : function.place);
    }
    for (const ir::Global& global : program.globals) {  // an initialiser may hold the address of another global
        if (!global.why_not_initialised.empty() && !global.is_model) hide(global.place);
    }
}

void HiddenCode::hide(const ir::Place& place) {
    is_somewhere_ = true;
    if (place.line == 0) {
        is_anywhere_ = true;
        return;
    }
    hides_[file(place)] = true;
    if (!is_source(place)) is_included_ = true;
}

}  // namespace gnomon::slice
