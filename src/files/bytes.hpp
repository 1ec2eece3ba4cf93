// A block of bytes that is filled once: not cleared first, and in large pages where the system has
// them. Private to src/files.
//
// Why: clearing 48 MB and taking its 12,000 page faults costs more than parsing a shapefile.
#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>

namespace diaban::files {

// Asks for large pages in a block that is about to be filled; only a hint, harmless where unknown.
void prefer_large_pages(void* begin, std::size_t size);

class Bytes {
public:
    Bytes() = default;
    // Uninitialised.
    explicit Bytes(std::size_t size) : data_(new char[size]), size_(size) {
        prefer_large_pages(data_.get(), size);
    }
    explicit Bytes(std::string_view copy) : Bytes(copy.size()) {
        if (size_ > 0) std::memcpy(data_.get(), copy.data(), size_);
    }
    char* data() { return data_.get(); }
    std::size_t size() const { return size_; }
    void shrink(std::size_t size) { size_ = size < size_ ? size : size_; }
    operator std::string_view() const { return {data_.get(), size_}; }

private:
    std::unique_ptr<char[]> data_;
    std::size_t size_ = 0;
};

} // namespace diaban::files
