#include "files/zip.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <fstream>
#include <libdeflate.h>
#include <memory>

namespace diaban::files {
namespace {

// Layout: PKWARE APPNOTE 6.3, sections 4.3.7 (local header), 4.3.12 (directory), 4.3.16 (its end).
constexpr std::uint32_t kLocal = 0x04034b50, kDirectory = 0x02014b50;
constexpr std::size_t kLocalSize = 30, kDirectorySize = 46, kEndSize = 22;
constexpr std::uint32_t kSeeZip64 = 0xFFFFFFFF;

std::uint32_t little(std::string_view bytes, std::size_t at, int size) {
    std::uint32_t value = 0;
    for (int i = size; i-- > 0;)
        value = value << 8 | static_cast<std::uint8_t>(bytes[at + static_cast<std::size_t>(i)]);
    return value;
}

// As many of the bytes as there are.
Bytes read_at(std::ifstream& in, std::uint64_t at, std::size_t size) {
    Bytes bytes(size);
    in.seekg(static_cast<std::streamoff>(at));
    in.read(bytes.data(), static_cast<std::streamsize>(size));
    bytes.shrink(static_cast<std::size_t>(std::max<std::streamsize>(in.gcount(), 0)));
    return bytes;
}

struct DecompressorDeleter {
    void operator()(libdeflate_decompressor* d) const { libdeflate_free_decompressor(d); }
};

} // namespace

void Zip::damaged(const std::string& entry) const {
    throw base::Error(
        base::ErrorKind::Input, "error.zip.damaged",
        {{"file", file_.string()}, {"entry", entry.empty() ? std::string() : " (" + entry + ")"}});
}

void Zip::check_open(const ZipEntry& entry) const {
    if (entry.encrypted)
        throw base::Error(base::ErrorKind::Input, "error.zip.encrypted",
                          {{"file", file_.string()}});
}

Zip::Zip(const std::filesystem::path& file) : file_(file) {
    std::ifstream in(file, std::ios::binary | std::ios::ate);
    const auto size = in ? static_cast<std::uint64_t>(in.tellg()) : 0;
    // The end record is last, but for a comment of up to 65,535 bytes.
    const auto tail_size = std::min<std::uint64_t>(size, kEndSize + 0xFFFF);
    const auto tail = read_at(in, size - tail_size, tail_size);
    const auto at = std::string_view(tail).rfind("PK\x05\x06");
    if (at == std::string::npos || at + kEndSize > tail.size()) damaged("");
    const auto count = little(tail, at + 10, 2);
    const auto bytes = little(tail, at + 12, 4);
    const auto begin = little(tail, at + 16, 4);
    if (begin == kSeeZip64 || begin > size || bytes > size - begin) damaged("");
    in.clear();
    const auto directory = read_at(in, begin, bytes);
    std::size_t next = 0;
    for (std::uint32_t i = 0; i < count; ++i) {
        if (next + kDirectorySize > directory.size() || little(directory, next, 4) != kDirectory)
            damaged("");
        ZipEntry entry;
        entry.encrypted = (little(directory, next + 8, 2) & 1) != 0;
        entry.method = static_cast<int>(little(directory, next + 10, 2));
        entry.crc32 = little(directory, next + 16, 4);
        entry.packed = little(directory, next + 20, 4);
        entry.size = little(directory, next + 24, 4);
        entry.header_at = little(directory, next + 42, 4);
        const auto name = little(directory, next + 28, 2);
        entry.name = std::string_view(directory).substr(next + kDirectorySize, name);
        next += kDirectorySize + name + little(directory, next + 30, 2) +
                little(directory, next + 32, 2);
        // Sizes are believed from here on: a stored entry has one, and none is larger than the
        // file.
        // An encrypted one has its key before the content.
        if (entry.packed > size ||
            (entry.method == 0 && !entry.encrypted && entry.packed != entry.size))
            damaged(entry.name);
        entries_.push_back(std::move(entry));
    }
}

Bytes Zip::read(const ZipEntry& entry) const {
    check_open(entry);
    std::ifstream in(file_, std::ios::binary);
    const auto header = read_at(in, entry.header_at, kLocalSize);
    if (header.size() < kLocalSize || little(header, 0, 4) != kLocal) damaged(entry.name);
    const auto data_at =
        entry.header_at + kLocalSize + little(header, 26, 2) + little(header, 28, 2);
    auto packed = read_at(in, data_at, entry.packed);
    if (packed.size() != entry.packed) damaged(entry.name);
    Bytes out;
    if (entry.method == 0) {
        out = std::move(packed);
    } else {
        // Deflate cannot pack tighter than about 1:1032; more is a damaged or hostile size field.
        if (entry.method != 8 || entry.size / 1100 > entry.packed) damaged(entry.name);
        out = Bytes(entry.size);
        const std::unique_ptr<libdeflate_decompressor, DecompressorDeleter> unpacker(
            libdeflate_alloc_decompressor());
        if (libdeflate_deflate_decompress(unpacker.get(), packed.data(), packed.size(), out.data(),
                                          out.size(), nullptr) != LIBDEFLATE_SUCCESS)
            damaged(entry.name);
    }
    if (libdeflate_crc32(0, out.data(), out.size()) != entry.crc32) damaged(entry.name);
    return out;
}

} // namespace diaban::files
