#include "files/mapinfo.hpp"

#include "base/paths.hpp"

#include <algorithm>
#include <array>
#include <fstream>

namespace diaban::files {
namespace fs = std::filesystem;
namespace {

// The part of a layer with that ending, in small or capital letters.
std::optional<fs::path> mapinfo_part(const fs::path& tab, const char* extension) {
    std::error_code ignored;
    const auto folder = tab.has_parent_path() ? tab.parent_path() : fs::path(".");
    for (const auto& entry : fs::directory_iterator(folder, ignored))
        if (entry.path().stem() == tab.stem() && base::lower_extension(entry.path()) == extension)
            return tab.parent_path() / entry.path().filename();
    return std::nullopt;
}

std::uint64_t mapinfo_number(const fs::path& file, std::size_t at, std::size_t bytes) {
    std::ifstream in(file, std::ios::binary);
    in.seekg(static_cast<std::streamoff>(at));
    std::array<unsigned char, 4> raw{};
    in.read(reinterpret_cast<char*>(raw.data()), static_cast<std::streamsize>(bytes));
    std::uint64_t value = 0;
    for (std::size_t i = bytes; i-- > 0;) value = value << 8 | raw[i];
    return value;
}

base::Error mapinfo_cut(const fs::path& part, std::int64_t feature) {
    return {base::ErrorKind::Input,
            "error.mapinfo.cut",
            {{"file", part.string()}, {"feature", feature}}};
}

} // namespace

bool is_mapinfo(const fs::path& file) {
    return base::lower_extension(file) == ".tab";
}

std::optional<base::Error> broken_mapinfo(const fs::path& tab) {
    for (const char* extension : {".dat", ".id", ".map"})
        if (!mapinfo_part(tab, extension))
            return base::Error(base::ErrorKind::Input, "error.mapinfo.missing",
                               {{"file", tab.string()}, {"missing", std::string(extension)}});
    const auto dat = *mapinfo_part(tab, ".dat"), id = *mapinfo_part(tab, ".id"),
               map = *mapinfo_part(tab, ".map");
    // The .dat is a dBASE file: rows at 4, length of the header at 8, of a row at 10.
    const auto rows = mapinfo_number(dat, 4, 4), head = mapinfo_number(dat, 8, 2),
               row = mapinfo_number(dat, 10, 2);
    if (const auto there = fs::file_size(dat); head == 0 || there < head + rows * row) {
        const auto whole = head > 0 && row > 0 && there > head ? (there - head) / row : 0;
        return mapinfo_cut(dat, static_cast<std::int64_t>(whole + 1));
    }
    constexpr std::uint64_t kPlace = 4; // bytes of each row in the .id
    if (const auto there = fs::file_size(id) / kPlace; there < rows)
        return mapinfo_cut(id, static_cast<std::int64_t>(there + 1));
    // The .map begins with a header of two blocks, which says 42424242 at byte 256.
    constexpr std::uint64_t kMapHeader = 1024, kMagic = 42424242;
    if (fs::file_size(map) < kMapHeader || mapinfo_number(map, 256, 4) != kMagic)
        return mapinfo_cut(map, 1);
    return std::nullopt;
}

base::Error broken_mapinfo(const fs::path& tab, std::int64_t feature) {
    if (auto broken = broken_mapinfo(tab)) return *broken;
    return mapinfo_cut(*mapinfo_part(tab, ".map"), feature);
}

} // namespace diaban::files
