#include "base/memory.hpp"

#include <cstdlib> // says whether this is glibc

#ifdef __GLIBC__
#include <limits>
#include <malloc.h>
#endif

namespace diaban::base {

void keep_freed_memory() {
#ifdef __GLIBC__
    mallopt(M_MMAP_MAX, 0); // also large pieces come from what the program holds already
    mallopt(M_TRIM_THRESHOLD, std::numeric_limits<int>::max());
#endif
}

} // namespace diaban::base
