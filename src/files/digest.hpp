// What a file is, in 64 hexadecimal digits: its SHA-256 (FIPS 180-4, reckoned by GLib).
//
// Guarantees: the digits depend on the bytes alone, not on name, time or place; a file of any size
// is read in small pieces and left as it was.
#pragma once

#include "base/job.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace diaban::files {

struct Digest {
    std::string sha256; // lower case
    std::uint64_t bytes = 0;
    friend bool operator==(const Digest&, const Digest&) = default;
};

Digest digest_of(std::string_view bytes);
// Throws Error Input "error.file.missing", "error.file.cannot_read"; Cancelled.
Digest digest_of_file(const std::filesystem::path& file, base::JobContext& ctx);

// The file and what belongs to it and is read with it: the other parts of a shapefile or a MapInfo
// table, the journal of a database. Only what is there, each once, in order.
std::vector<std::filesystem::path> with_companions(const std::filesystem::path& file);
// By their names alone: whether `part` would be read with `file`.
bool is_companion(const std::filesystem::path& part, const std::filesystem::path& file);

} // namespace diaban::files
