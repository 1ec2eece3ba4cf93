#include "files/zip_writer.hpp"

#include <cassert>
#include <libdeflate.h>
#include <limits>
#include <memory>

namespace diaban::files {
namespace {

// Layout: as read in zip.cpp.
constexpr std::uint32_t kVersion = 20, kNamesInUtf8 = 1U << 11;
constexpr std::uint32_t kFirstDay = 1U << 5 | 1; // 1980-01-01 as MS-DOS wrote it
constexpr int kEffort = 6;

void put_little(std::string& out, std::uint32_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xFF);
}

struct CompressorDeleter {
    void operator()(libdeflate_compressor* c) const { libdeflate_free_compressor(c); }
};

std::string deflated(std::string_view content) {
    const std::unique_ptr<libdeflate_compressor, CompressorDeleter> packer(
        libdeflate_alloc_compressor(kEffort));
    std::string out(libdeflate_deflate_compress_bound(packer.get(), content.size()), '\0');
    out.resize(libdeflate_deflate_compress(packer.get(), content.data(), content.size(), out.data(),
                                           out.size()));
    return out;
}

std::uint32_t size_of(std::string_view bytes) {
    assert(bytes.size() < std::numeric_limits<std::uint32_t>::max());
    return static_cast<std::uint32_t>(bytes.size());
}

} // namespace

void ZipWriter::add(std::string_view name, std::string_view content, Packing packing) {
    const bool pack = packing == Packing::Deflate && !content.empty();
    const auto packed = pack ? deflated(content) : std::string(content);
    // What local header and directory have in common.
    std::string entry;
    put_little(entry, kVersion, 2);
    put_little(entry, kNamesInUtf8, 2);
    put_little(entry, pack ? 8 : 0, 2);
    put_little(entry, 0, 2); // midnight
    put_little(entry, kFirstDay, 2);
    put_little(entry, libdeflate_crc32(0, content.data(), content.size()), 4);
    put_little(entry, size_of(packed), 4);
    put_little(entry, size_of(content), 4);
    put_little(entry, size_of(name), 2);
    put_little(entry, 0, 2); // nothing extra

    directory_ += "PK\x01\x02";
    put_little(directory_, kVersion, 2); // made by: no system in particular
    directory_ += entry;
    put_little(directory_, 0, 2); // comment
    put_little(directory_, 0, 2); // disk
    put_little(directory_, 0, 2); // attributes
    put_little(directory_, 0, 4);
    put_little(directory_, size_of(out_), 4);
    directory_ += name;
    ++count_;

    out_ += "PK\x03\x04";
    out_ += entry;
    out_ += name;
    out_ += packed;
}

std::string ZipWriter::finish() {
    const auto begin = size_of(out_), bytes = size_of(directory_);
    out_ += directory_;
    out_ += "PK\x05\x06";
    put_little(out_, 0, 4); // disks
    put_little(out_, count_, 2);
    put_little(out_, count_, 2);
    put_little(out_, bytes, 4);
    put_little(out_, begin, 4);
    put_little(out_, 0, 2); // comment
    return std::move(out_);
}

} // namespace diaban::files
