#include "base/memory.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstddef>
#include <fstream>
#include <vector>

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

namespace {

constexpr std::size_t kMegabyte = 1u << 20;

std::size_t resident_megabytes() {
    std::size_t whole = 0, resident = 0; // pages
    std::ifstream("/proc/self/statm") >> whole >> resident;
    return resident * 4096 / kMegabyte;
}

} // namespace

TEST_CASE("freed memory is kept") {
    diaban::base::keep_freed_memory();
    const auto before = resident_megabytes();
    {
        std::vector<char> large(256 * kMegabyte);
        std::fill(large.begin(), large.end(), 'x');
        CHECK(resident_megabytes() >= before + 250);
    }
    CHECK(resident_megabytes() >= before + 250);
}

#endif
