// Archives: a directory that is read gives entries that can be read, or are damaged.
#include "files/zip.hpp"
#include "fuzz/input.hpp"

#include <sys/mman.h>
#include <unistd.h>

using namespace diaban;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const int file = memfd_create("fuzz.zip", 0);
    fuzz::require(file >= 0 && write(file, data, size) == static_cast<ssize_t>(size));
    fuzz::only_our_errors([&] {
        const files::Zip zip("/proc/self/fd/" + std::to_string(file));
        for (const auto& entry : zip.entries())
            fuzz::only_our_errors([&] { fuzz::require(zip.read(entry).size() == entry.size); });
    });
    close(file);
    return 0;
}
