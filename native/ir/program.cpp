#include "ir/program.h"

#include <algorithm>

namespace gnomon::ir {

FileId Program::file(const std::string& path) {
    const auto found = std::find(files.begin(), files.end(), path);
    if (found != files.end()) return static_cast<FileId>(found - files.begin());
    files.push_back(path);
    return static_cast<FileId>(files.size() - 1);
}

FunctionId Program::function(const std::string& key, std::string name) {
    const auto [found, is_new] = functions_by_key.try_emplace(key, static_cast<FunctionId>(functions.size()));
    if (is_new) {
        Function& declared = functions.emplace_back();
        declared.key = key;
        declared.name = std::move(name);
    }
    return found->second;
}

GlobalId Program::global(const std::string& key, std::string name) {
    const auto [found, is_new] = globals_by_key.try_emplace(key, static_cast<GlobalId>(globals.size()));
    if (is_new) {
        Global& declared = globals.emplace_back();
        declared.key = key;
        declared.name = std::move(name);
    }
    return found->second;
}

}  // namespace gnomon::ir
