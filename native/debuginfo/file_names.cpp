#include "debuginfo/file_names.h"

#include "debuginfo/constants.h"

namespace gnomon::debuginfo {

namespace {

constexpr std::uint64_t content_path = 1, content_folder = 2;

}  // namespace

std::string joined_path(std::string_view folder, std::string_view name) {
    bool is_absolute = name.starts_with('/') || (folder.starts_with('/') && !name.starts_with('/'));
    std::vector<std::string_view> parts;
    auto add = [&](std::string_view path) {
        while (!path.empty()) {
            std::size_t end = std::min(path.find('/'), path.size());
            std::string_view part = path.substr(0, end);
            path.remove_prefix(std::min(end + 1, path.size()));
            if (part.empty() || part == ".") continue;
            if (part != ".." || parts.empty() || parts.back() == "..") {
                if (part != ".." || !is_absolute) parts.push_back(part);
            } else {
                parts.pop_back();
            }
        }
    };
    if (!name.starts_with('/')) add(folder);
    add(name);
    std::string path = is_absolute ? "/" : "";
    for (std::string_view part : parts) {
        if (path.size() > (is_absolute ? 1u : 0u)) path += '/';
        path += part;
    }
    return path;
}

std::string_view FileNameTables::text_at(Bytes section, std::uint64_t offset) {
    auto id = strings_.at(section, offset);
    return id ? strings_[*id] : std::string_view();
}

const FileNames& FileNameTables::at(std::uint64_t offset, std::string_view folder) {
    auto [entry, is_new] = tables_.try_emplace({offset, folder});
    if (is_new) entry->second = read(offset, folder);
    return entry->second;
}

FileNames FileNameTables::read(std::uint64_t offset, std::string_view unit_folder) {
    Cursor cursor(file_.sections->line, file_.is_big_endian, offset);
    unsigned offset_size = 4;
    std::uint64_t length = cursor.initial_length(offset_size);
    if (!cursor.is_good() || length > cursor.remaining()) return {};
    cursor.limit(cursor.position() + length);
    std::uint64_t version = cursor.fixed(2);
    if (version < 2 || version > 5) return {};
    if (version == 5) cursor.skip(2);  // sizes of addresses and of segment selectors
    std::uint64_t header = cursor.fixed(offset_size);
    if (!cursor.is_good() || header > cursor.remaining() || header > budget_) return {};
    budget_ -= header;
    cursor.limit(cursor.position() + header);
    cursor.skip(version >= 4 ? 5 : 4);  // how the program counts
    std::uint8_t opcodes = cursor.byte();
    cursor.skip(opcodes > 0 ? opcodes - 1 : 0);

    std::vector<std::string_view> folders;
    std::vector<Entry> files;
    if (version == 5)
        read_new(cursor, offset_size, folders, files);
    else
        read_old(cursor, folders, files);
    if (!cursor.is_good()) return {};
    FileNames names;
    for (const Entry& entry : files) {
        std::string_view folder = entry.folder < folders.size() ? folders[entry.folder] : std::string_view();
        bool is_file = !entry.name.empty();
        names.push_back(is_file ? strings_.keep(joined_path(joined_path(unit_folder, folder), entry.name))
                                : StringId::empty);
    }
    return names;
}

// Before DWARF 5: texts one after the other; folder 0 is the unit's, file 0 is none.
void FileNameTables::read_old(Cursor& cursor, std::vector<std::string_view>& folders, std::vector<Entry>& files) {
    folders.emplace_back();
    for (std::string_view name = cursor.text(); !name.empty(); name = cursor.text()) folders.push_back(name);
    files.emplace_back();
    for (std::string_view name = cursor.text(); !name.empty(); name = cursor.text()) {
        std::uint64_t folder = cursor.uleb();
        cursor.uleb();  // time
        cursor.uleb();  // length
        files.push_back({name, folder});
    }
}

void FileNameTables::read_new(Cursor& cursor, unsigned offset_size, std::vector<std::string_view>& folders,
                              std::vector<Entry>& files) {
    for (const Entry& entry : read_entries(cursor, offset_size)) folders.push_back(entry.name);
    files = read_entries(cursor, offset_size);
}

std::vector<FileNameTables::Entry> FileNameTables::read_entries(Cursor& cursor, unsigned offset_size) {
    std::vector<std::pair<std::uint64_t, std::uint64_t>> format(cursor.byte());
    for (auto& [content, form] : format) {
        content = cursor.uleb();
        form = cursor.uleb();
    }
    std::uint64_t count = cursor.uleb();
    std::vector<Entry> entries;
    // An entry takes a byte at least, so that the count of a sound table is below what is left.
    if (count > cursor.remaining() || (format.empty() && count > 0)) cursor.fail();
    for (std::uint64_t i = 0; i < count && cursor.is_good(); ++i) {
        Entry& entry = entries.emplace_back();
        for (const auto& [content, form] : format) {
            std::uint64_t number = 0;
            std::string_view text;
            switch (form) {
                case form::string:
                    text = cursor.text();
                    break;
                case form::line_strp:
                    text = text_at(file_.sections->line_str, cursor.fixed(offset_size));
                    break;
                case form::strp:
                    text = text_at(file_.sections->str, cursor.fixed(offset_size));
                    break;
                case form::strp_sup:
                    text = text_at(file_.alternate->str, cursor.fixed(offset_size));
                    break;
                case form::udata:
                    number = cursor.uleb();
                    break;
                case form::data1:
                    number = cursor.fixed(1);
                    break;
                case form::data2:
                    number = cursor.fixed(2);
                    break;
                case form::data4:
                    number = cursor.fixed(4);
                    break;
                case form::data8:
                    number = cursor.fixed(8);
                    break;
                case form::data16:
                    cursor.skip(16);
                    break;
                case form::block:
                    cursor.skip(cursor.uleb());
                    break;
                default:
                    cursor.fail();
            }
            if (content == content_path) entry.name = text;
            if (content == content_folder) entry.folder = number;
        }
    }
    return entries;
}

}  // namespace gnomon::debuginfo
