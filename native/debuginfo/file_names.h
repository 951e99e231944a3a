// The names of source files, from the headers of line tables. The line programs themselves are not read.
#pragma once

#include <map>
#include <vector>

#include "debuginfo/strings.h"
#include "debuginfo/unit.h"

namespace gnomon::debuginfo {

// The files of one line table, by the number that DW_AT_decl_file gives; empty where a number means no file.
using FileNames = std::vector<StringId>;

// Reads each table once. Tables of a sound file do not overlap: what is read in all is bounded by the section's size.
class FileNameTables {
  public:
    FileNameTables(const File& file, Strings& strings)
        : file_(file), strings_(strings), budget_(2 * file.sections->line.size()) {}

    // The table at an offset of .debug_line; names are made absolute by the unit's folder. Empty when damaged.
    const FileNames& at(std::uint64_t offset, std::string_view folder);

  private:
    struct Entry {
        std::string_view name;
        std::uint64_t folder = 0;
    };
    FileNames read(std::uint64_t offset, std::string_view folder);
    void read_old(Cursor& cursor, std::vector<std::string_view>& folders, std::vector<Entry>& files);
    void read_new(Cursor& cursor, unsigned offset_size, std::vector<std::string_view>& folders,
                  std::vector<Entry>& files);
    std::vector<Entry> read_entries(Cursor& cursor, unsigned offset_size);
    std::string_view text_at(Bytes section, std::uint64_t offset);

    const File& file_;
    Strings& strings_;
    std::uint64_t budget_;
    std::map<std::pair<std::uint64_t, std::string_view>, FileNames> tables_;
};

// "folder/name" without "." and "..", unless `name` is absolute. Texts only: no file is looked at.
std::string joined_path(std::string_view folder, std::string_view name);

}  // namespace gnomon::debuginfo
