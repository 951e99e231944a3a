// What many sources begin with, parsed once: precompiled headers of whatever system headers they include first.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "frontend/beginning.h"
#include "frontend/reader.h"

namespace gnomon::frontend {

// An open file without a name. Nothing of it is left when the process ends, however it does.
class NamelessFile {
  public:
    explicit NamelessFile(int descriptor) : descriptor_(descriptor) {}
    NamelessFile(NamelessFile&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    NamelessFile& operator=(NamelessFile&& other) noexcept {
        std::swap(descriptor_, other.descriptor_);
        return *this;
    }
    ~NamelessFile();

    std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

  private:
    int descriptor_;
};

struct FileStamp {
    std::int64_t size = -1, seconds = 0, nanoseconds = 0;  // of the last change

    auto operator<=>(const FileStamp&) const = default;
};

struct Precompiled {
    NamelessFile file;
    std::vector<std::string> includes;  // that it was made of
    std::vector<FileStamp> stamps;      // of those
};

// Keyed by the arguments and the beginning. One is made anew when a header that it was made of has changed.
class PrecompiledBeginnings {
  public:
    // A use of one: `text` stands for the source's own.
    struct Found {
        const Precompiled* precompiled = nullptr;
        std::string text;
    };

    PrecompiledBeginnings(const ClangApi& api, CXIndex index) : api_(api), index_(index) {}

    // The longest that the source has in common with several read before; it is made when there is none yet.
    // `arguments` are those of a project, `words` all that libclang is told.
    std::optional<Found> find(const std::string& path, const std::vector<std::string>& arguments,
                              const std::vector<const char*>& words, std::span<const CXUnsavedFile> unsaved);

  private:
    struct Entry {
        unsigned seen = 0;  // in how many sources
        bool is_tried = false;
        std::optional<Precompiled> precompiled;
    };

    void refresh(Entry& entry, const std::string& directives, const std::vector<const char*>& words);
    std::optional<Precompiled> made(const std::string& directives, const std::vector<const char*>& words) const;

    const ClangApi& api_;
    CXIndex index_;
    std::map<std::string, Entry> entries_;
    std::size_t count_ = 0;  // of those made
};

// Could libclang use what was precompiled for a source?
bool is_loaded(const Reader& reader);

}  // namespace gnomon::frontend
