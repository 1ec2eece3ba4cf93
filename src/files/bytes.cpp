#include "files/bytes.hpp"

#ifdef __linux__
#include <cstdint>
#include <sys/mman.h>
#include <unistd.h>
#endif

namespace diaban::files {

void prefer_large_pages([[maybe_unused]] void* begin, [[maybe_unused]] std::size_t size) {
#ifdef __linux__
    constexpr std::size_t kLargePage = std::size_t{1} << 21;
    if (size < 2 * kLargePage) return;
    // Whole pages only; a neighbour of the block keeps its own.
    const auto page = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
    const auto address = reinterpret_cast<std::uintptr_t>(begin);
    const auto from = (address + page - 1) / page * page, to = (address + size) / page * page;
    madvise(reinterpret_cast<void*>(from), to - from, MADV_HUGEPAGE);
#endif
}

} // namespace diaban::files
