// Private to the cache: plain values and arrays to and from a file, with a checksum.
//
// Every item begins at a multiple of 32 bytes, so that the checksum runs over whole blocks of the
// arrays themselves, which are read straight into place.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace diaban::files {

// Four independent lanes of multiply and rotate (after xxHash64): fast, and any changed bit shows.
// Not meant against an adversary.
class Checksum {
public:
    void add(std::span<const std::byte> blocks); // a multiple of kBlock bytes
    std::uint64_t value() const;
    static constexpr std::size_t kBlock = 32;

private:
    std::array<std::uint64_t, 4> lane_{1, 2, 3, 4};
    std::uint64_t blocks_ = 0;
};

struct CacheHeader {
    std::array<char, 8> magic;
    std::uint32_t version;
    std::uint32_t header_bytes;
    std::uint64_t payload_bytes;
    std::uint64_t checksum;
};
static_assert(sizeof(CacheHeader) == Checksum::kBlock);

class CacheWriter {
public:
    CacheWriter(const std::filesystem::path& file, std::uint32_t version);
    template <typename T> void array(std::span<const T> values) {
        static_assert(std::is_trivially_copyable_v<T>);
        const std::uint64_t count = values.size();
        bytes(&count, sizeof count);
        bytes(values.data(), values.size_bytes());
    }
    template <typename T> void array(const std::vector<T>& values) {
        array(std::span<const T>(values));
    }
    template <typename T> void value(const T& value) { array(std::span<const T>(&value, 1)); }
    void text(std::string_view text) { array(std::span<const char>(text)); }
    void texts(const std::vector<std::string>& texts);
    void
    finish(); // writes the header; throws std::ios_base::failure if anything could not be written

private:
    void bytes(const void* data, std::size_t size);
    std::ofstream out_;
    std::uint32_t version_;
    std::uint64_t written_ = 0;
    Checksum checksum_;
};

// Thrown inside the cache only: the file is no use.
struct UnusableCache : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// Whatever is read before verify() may be wrong, but is never longer than the file.
class CacheReader {
public:
    // Throws UnusableCache unless the header and the size of the file agree.
    CacheReader(const std::filesystem::path& file, std::uint32_t version);
    template <typename T> std::vector<T> array() {
        static_assert(std::is_trivially_copyable_v<T>);
        std::uint64_t count = 0;
        bytes(&count, sizeof count);
        if (count > left_ / sizeof(T)) throw UnusableCache("too long");
        std::vector<T> values(static_cast<std::size_t>(count));
        bytes(values.data(), values.size() * sizeof(T));
        return values;
    }
    template <typename T> T value() {
        const auto one = array<T>();
        if (one.size() != 1) throw UnusableCache("not one value");
        return one[0];
    }
    std::string text() {
        const auto letters = array<char>();
        return {letters.begin(), letters.end()};
    }
    std::vector<std::string> texts();
    void verify() const; // throws UnusableCache if anything is left or the checksum differs

private:
    void bytes(void* data, std::size_t size);
    std::ifstream in_;
    CacheHeader header_{};
    std::uint64_t left_ = 0;
    Checksum checksum_;
};

} // namespace diaban::files
