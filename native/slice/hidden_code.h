// Code that is not known, since it was not lowered, or not all of it: it may do anything with what it can name.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "ir/mentions.h"
#include "ir/program.h"

namespace gnomon::slice {

class HiddenCode {
  public:
    // `included` are the sources that others include.
    HiddenCode(const ir::Program& program, const ir::AllMentions& mentions, const std::set<std::string>& included);

    // In a C file that nobody includes, so that only its own code, and what it includes, can name what is static there.
    bool is_source(const ir::Place& place) const { return place.line != 0 && is_source_[file(place)]; }
    // Code of that very file, or code of which nobody knows the file.
    bool is_beside(const ir::Place& place) const { return is_anywhere_ || (place.line != 0 && hides_[file(place)]); }
    bool is_included() const { return is_included_; }  // some code of what sources include
    bool is_somewhere() const { return is_somewhere_; }

  private:
    static std::size_t file(const ir::Place& place) { return static_cast<std::size_t>(place.file); }
    void hide(const ir::Place& place);

    std::vector<bool> is_source_, hides_;  // by file
    bool is_anywhere_ = false, is_included_ = false, is_somewhere_ = false;
};

}  // namespace gnomon::slice
