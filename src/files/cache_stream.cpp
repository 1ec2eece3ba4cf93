#include "files/cache_stream.hpp"

#include <algorithm>
#include <bit>

namespace diaban::files {
namespace {

constexpr std::array<char, 8> kCacheMagic = {'D', 'I', 'A', 'B', 'A', 'N', '-', 'C'};
constexpr std::uint64_t kPrime1 = 0x9E3779B185EBCA87u, kPrime2 = 0xC2B2AE3D27D4EB4Fu,
                        kPrime3 = 0x165667B19E3779F9u;

std::size_t padding(std::size_t size) {
    return (Checksum::kBlock - size % Checksum::kBlock) % Checksum::kBlock;
}

} // namespace

void Checksum::add(std::span<const std::byte> blocks) {
    auto lane = lane_; // in registers while the loop runs
    for (std::size_t at = 0; at + kBlock <= blocks.size(); at += kBlock) {
        std::array<std::uint64_t, 4> word{};
        std::memcpy(word.data(), blocks.data() + at, kBlock);
        for (std::size_t l = 0; l < 4; ++l)
            lane[l] = std::rotl(lane[l] + word[l] * kPrime2, 31) * kPrime1;
    }
    lane_ = lane;
    blocks_ += blocks.size() / kBlock;
}

std::uint64_t Checksum::value() const {
    std::uint64_t sum = blocks_ * kPrime3;
    for (const auto lane : lane_) {
        sum = (sum ^ lane) * kPrime1;
        sum ^= sum >> 29;
    }
    return sum;
}

CacheWriter::CacheWriter(const std::filesystem::path& file, std::uint32_t version)
    : version_(version) {
    out_.exceptions(std::ios::failbit | std::ios::badbit);
    out_.open(file, std::ios::binary | std::ios::trunc);
    const CacheHeader none{};
    out_.write(reinterpret_cast<const char*>(&none), sizeof none);
}

void CacheWriter::bytes(const void* data, std::size_t size) {
    const auto* first = static_cast<const std::byte*>(data);
    const auto whole = size / Checksum::kBlock * Checksum::kBlock;
    if (whole > 0) {
        checksum_.add({first, whole});
        out_.write(reinterpret_cast<const char*>(first), static_cast<std::streamsize>(whole));
    }
    if (whole < size) {
        std::array<std::byte, Checksum::kBlock> last{};
        std::memcpy(last.data(), first + whole, size - whole);
        checksum_.add(last);
        out_.write(reinterpret_cast<const char*>(last.data()), last.size());
    }
    written_ += size + padding(size);
}

void CacheWriter::texts(const std::vector<std::string>& texts) {
    std::vector<std::uint32_t> lengths;
    std::string all;
    for (const auto& text : texts) {
        lengths.push_back(static_cast<std::uint32_t>(text.size()));
        all += text;
    }
    array(lengths);
    text(all);
}

void CacheWriter::finish() {
    const CacheHeader header{kCacheMagic, version_, sizeof(CacheHeader), written_,
                             checksum_.value()};
    out_.seekp(0);
    out_.write(reinterpret_cast<const char*>(&header), sizeof header);
    out_.close();
}

CacheReader::CacheReader(const std::filesystem::path& file, std::uint32_t version)
    : in_(file, std::ios::binary) {
    std::error_code failed;
    const auto size = std::filesystem::file_size(file, failed);
    in_.read(reinterpret_cast<char*>(&header_), sizeof header_);
    if (!in_ || failed) throw UnusableCache("short");
    left_ = header_.payload_bytes;
    if (header_.magic != kCacheMagic || header_.version != version ||
        header_.header_bytes != sizeof header_ || left_ != size - sizeof header_ ||
        left_ % Checksum::kBlock != 0)
        throw UnusableCache("header");
}

void CacheReader::bytes(void* data, std::size_t size) {
    if (size + padding(size) > left_) throw UnusableCache("short");
    auto* const first = static_cast<std::byte*>(data);
    const auto whole = size / Checksum::kBlock * Checksum::kBlock;
    // In pieces that stay in the processor's cache between reading and adding up.
    constexpr std::size_t kPiece = 256 << 10;
    for (std::size_t at = 0; at < whole; at += kPiece) {
        const auto piece = std::min(kPiece, whole - at);
        in_.read(reinterpret_cast<char*>(first + at), static_cast<std::streamsize>(piece));
        checksum_.add({first + at, piece});
    }
    if (whole < size) {
        std::array<std::byte, Checksum::kBlock> last{};
        in_.read(reinterpret_cast<char*>(last.data()), last.size());
        checksum_.add(last);
        std::memcpy(first + whole, last.data(), size - whole);
    }
    if (!in_) throw UnusableCache("short");
    left_ -= size + padding(size);
}

void CacheReader::verify() const {
    if (left_ != 0 || checksum_.value() != header_.checksum) throw UnusableCache("checksum");
}

std::vector<std::string> CacheReader::texts() {
    const auto lengths = array<std::uint32_t>();
    const auto all = array<char>();
    std::vector<std::string> texts;
    texts.reserve(lengths.size());
    std::size_t at = 0;
    for (const auto length : lengths) {
        if (length > all.size() - at) throw UnusableCache("text");
        texts.emplace_back(all.data() + at, length);
        at += length;
    }
    return texts;
}

} // namespace diaban::files
