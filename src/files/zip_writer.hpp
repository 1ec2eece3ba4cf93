// Writing zip archives in memory. Private to src/files.
//
// Guarantee: the same entries give the same bytes; all dates are 1 January 1980, the first that a
// zip archive knows. Why not GDAL's /vsizip: it writes the time of day into every entry.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace diaban::files {

class ZipWriter {
public:
    // What is packed already (a PNG) is stored as it is. Entries and archive stay below 4 GB.
    enum class Packing { Deflate, Store };
    void add(std::string_view name, std::string_view content, Packing packing = Packing::Deflate);
    // The whole archive; nothing is added afterwards.
    std::string finish();

private:
    std::string out_, directory_;
    std::uint32_t count_ = 0;
};

} // namespace diaban::files
