// Reading whole entries of a zip archive, fast. Private to src/files.
//
// Why not only GDAL's /vsizip: it inflates with zlib as it goes (0.38 s for the 48 MB of all
// communes); libdeflate does the whole entry at once in 0.14 s.
#pragma once

#include "files/bytes.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace diaban::files {

struct ZipEntry {
    std::string name; // with its folders inside the archive
    std::uint64_t packed = 0, size = 0;
    std::uint64_t header_at = 0;
    std::uint32_t crc32 = 0;
    int method = 0;         // 0 stored, 8 deflated
    bool encrypted = false; // needs a password
};

class Zip {
public:
    // Throws Error Input "error.zip.damaged" if there is no readable directory.
    explicit Zip(const std::filesystem::path& file);
    const std::vector<ZipEntry>& entries() const { return entries_; }
    // Throws Error Input "error.zip.damaged" for a damaged entry (the checksum is verified),
    // "error.zip.encrypted" for one that needs a password.
    Bytes read(const ZipEntry& entry) const;
    // Throws Error Input "error.zip.encrypted" if the entry needs a password.
    void check_open(const ZipEntry& entry) const;

private:
    [[noreturn]] void damaged(const std::string& entry) const;
    std::filesystem::path file_;
    std::vector<ZipEntry> entries_;
};

} // namespace diaban::files
