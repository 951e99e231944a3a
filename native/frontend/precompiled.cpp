#include "frontend/precompiled.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <ranges>

#include "frontend/facts.h"

namespace gnomon::frontend {

namespace {

constexpr unsigned seen_before_made = 3;          // one costs more than a parse: it must be of use to others
constexpr std::size_t precompiled_bound = 32;     // some 3 MB each, on disk
constexpr unsigned prefix_options = 0x02 | 0x10;  // Incomplete | ForSerialization

std::optional<std::string> text_of(const std::string& path, std::span<const CXUnsavedFile> unsaved) {
    const auto open = std::ranges::find(unsaved, path, &CXUnsavedFile::Filename);
    if (open != unsaved.end()) return std::string(open->Contents, open->Length);
    std::ifstream file(path, std::ios::binary);
    if (!file) return std::nullopt;
    return std::string(std::istreambuf_iterator<char>(file), {});
}

// Where headers of the project itself are looked for.
std::vector<std::string> project_folders(const std::vector<std::string>& arguments) {
    std::vector<std::string> folders;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        for (const std::string_view option : {"-I", "-iquote"}) {
            if (!arguments[i].starts_with(option)) continue;
            if (arguments[i].size() > option.size())
                folders.push_back(arguments[i].substr(option.size()));
            else if (i + 1 < arguments.size())
                folders.push_back(arguments[i + 1]);
        }
    }
    return folders;
}

// Does the project itself have a header of that name, where a source looks before it looks among those of the system?
struct ProjectHeaders {
    std::filesystem::path own_folder;
    std::vector<std::string> folders;
    std::span<const CXUnsavedFile> unsaved;

    bool operator()(std::string_view header, bool is_quoted) const {
        return (is_quoted && is_in(own_folder, header)) ||
               std::ranges::any_of(folders, [&](const std::string& folder) { return is_in(folder, header); });
    }
    bool is_in(const std::filesystem::path& folder, std::string_view header) const {
        std::error_code error;
        const std::filesystem::path file = folder / header;
        return std::filesystem::exists(file, error) ||
               std::ranges::find(unsaved, file.string(), &CXUnsavedFile::Filename) != unsaved.end();
    }
};

// These are read after a precompiled header, and would be read in it, too.
bool includes_by_argument(const std::vector<std::string>& arguments) {
    return std::ranges::any_of(arguments, [](const std::string& argument) {
        return argument.starts_with("-include") || argument.starts_with("-imacros");
    });
}

std::optional<NamelessFile> saved(const ClangApi& api, CXTranslationUnit unit) {
    std::error_code error;
    std::string name = std::filesystem::temp_directory_path(error) / "gnomon-XXXXXX";
    const int reserved = error ? -1 : ::mkstemp(name.data());
    if (reserved < 0) return std::nullopt;
    ::close(reserved);
    const bool is_saved = api.saveTranslationUnit(unit, name.c_str(), 0) == 0;  // puts another file in its place
    const int descriptor = is_saved ? ::open(name.c_str(), O_RDONLY | O_CLOEXEC) : -1;
    ::unlink(name.c_str());
    if (descriptor < 0) return std::nullopt;
    return NamelessFile(descriptor);
}

// Declarations of the project are read with each source that includes them.
bool is_of_system_headers(const Reader& reader) {
    struct Seen {
        const Reader& reader;
        bool is_project = false;
    } seen{reader};
    const CXInclusionVisitor visit = [](CXFile file, CXSourceLocation*, unsigned depth, void* client) {
        auto& [of, is_project] = *static_cast<Seen*>(client);
        const CXSourceLocation begin = of.api.getLocationForOffset(of.unit, file, 0);
        if (depth > 0 && !of.api.Location_isInSystemHeader(begin)) is_project = true;
    };
    reader.api.getInclusions(reader.unit, visit, &seen);
    return !seen.is_project;
}

bool is_open(const Precompiled& precompiled, std::span<const CXUnsavedFile> unsaved) {
    return std::ranges::any_of(unsaved, [&](const CXUnsavedFile& file) {
        return std::ranges::find(precompiled.includes, file.Filename) != precompiled.includes.end();
    });
}

std::vector<FileStamp> stamps_of(const std::vector<std::string>& paths) {
    std::vector<FileStamp> stamps;
    for (const std::string& path : paths) {
        struct stat status{};
        if (::stat(path.c_str(), &status) == 0)
            stamps.push_back({status.st_size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec});
        else
            stamps.emplace_back();
    }
    return stamps;
}

// A header that was written while it was read has a stamp that says nothing. File systems round times down.
bool is_written_since(const std::vector<FileStamp>& stamps, std::chrono::system_clock::time_point time) {
    const auto since = (time - std::chrono::milliseconds(20)).time_since_epoch();
    return std::ranges::any_of(stamps, [since](const FileStamp& stamp) {
        return std::chrono::seconds(stamp.seconds) + std::chrono::nanoseconds(stamp.nanoseconds) >= since;
    });
}

}  // namespace

bool is_loaded(const Reader& reader) {
    return std::ranges::none_of(diagnostics_of(reader), [](const Diagnostic& diagnostic) {
        return diagnostic.severity == "fatal" && diagnostic.path.empty();
    });
}

NamelessFile::~NamelessFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

std::optional<PrecompiledBeginnings::Found> PrecompiledBeginnings::find(const std::string& path,
                                                                        const std::vector<std::string>& arguments,
                                                                        const std::vector<const char*>& words,
                                                                        std::span<const CXUnsavedFile> unsaved) {
    const auto text = text_of(path, unsaved);
    if (!text || includes_by_argument(arguments)) return std::nullopt;
    const ProjectHeaders headers{std::filesystem::path(path).parent_path(), project_folders(arguments), unsaved};
    const std::vector<Beginning> found = beginnings(*text, headers);
    std::string common;
    for (const std::string& argument : arguments) common += argument + '\n';
    for (const Beginning& beginning : found) ++entries_[common + beginning.directives].seen;
    for (const Beginning& beginning : found | std::views::reverse) {
        Entry& entry = entries_[common + beginning.directives];
        if (entry.seen < seen_before_made) continue;
        refresh(entry, beginning.directives, words);
        if (entry.precompiled && !is_open(*entry.precompiled, unsaved))
            return Found{&*entry.precompiled, without_beginning(*text, beginning.end)};
    }
    return std::nullopt;
}

void PrecompiledBeginnings::refresh(Entry& entry, const std::string& directives,
                                    const std::vector<const char*>& words) {
    if (entry.precompiled && stamps_of(entry.precompiled->includes) != entry.precompiled->stamps) {
        entry.precompiled.reset();
        entry.is_tried = false;
        --count_;
    }
    if (entry.is_tried || count_ == precompiled_bound) return;
    entry.is_tried = true;
    entry.precompiled = made(directives, words);
    if (entry.precompiled) ++count_;
}

std::optional<Precompiled> PrecompiledBeginnings::made(const std::string& directives,
                                                       const std::vector<const char*>& words) const {
    const char* name = "beginning.h";
    CXUnsavedFile text{name, directives.c_str(), directives.size()};
    const auto begin = std::chrono::system_clock::now();
    CXTranslationUnit parsed = nullptr;
    api_.parseTranslationUnit2(index_, name, words.data(), static_cast<int>(words.size()), &text, 1, prefix_options,
                               &parsed);
    const std::unique_ptr<void, decltype(api_.disposeTranslationUnit)> unit(parsed, api_.disposeTranslationUnit);
    if (!unit) return std::nullopt;
    const Reader reader(api_, unit.get());
    if (!diagnostics_of(reader).empty() || !is_of_system_headers(reader)) return std::nullopt;
    std::vector<std::string> includes = includes_of(reader);
    std::vector<FileStamp> stamps = stamps_of(includes);
    std::optional<NamelessFile> file = saved(api_, unit.get());
    if (!file || is_written_since(stamps, begin)) return std::nullopt;
    return Precompiled{std::move(*file), std::move(includes), std::move(stamps)};
}

}  // namespace gnomon::frontend
