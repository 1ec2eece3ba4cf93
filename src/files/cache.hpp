// The cache of built coverages: deletable at any time, keyed by what they were built from.
//
// Guarantees: a file is written whole or not at all; one that is damaged, cut short, of another
// version or of another key is as good as none; reading is one pass over memory-mapped bytes.
#pragma once

#include "data/units.hpp"
#include "files/boundaries.hpp"
#include "geo/coverage.hpp"

#include <optional>

namespace diaban::files {

// All that read_boundaries and build_coverage gave, without the soup.
struct CachedVintage {
    RawUnits raw; // soup empty
    std::shared_ptr<const geo::Coverage> coverage;
    base::Findings findings;
};

// With all levels of detail, or with the full shapes alone: quicker to make, enough for a page.
enum class CacheContent { Levels, Shapes };
// Key: path, size and time of the file and its side files, every option that matters (`tolerance`
// as the user wrote it), and the version of the format.
std::string cache_key(const BoundarySource& source, const std::string& tolerance,
                      CacheContent content);
// A damaged or foreign cache file is ignored (and rewritten), never an error.
std::optional<CachedVintage> read_cache(const std::string& key);
// Silent if not writable. Keeps the cache folder below kMostCacheBytes, oldest files first out.
void write_cache(const std::string& key, const CachedVintage& value);

inline constexpr std::uintmax_t kMostCacheBytes = std::uintmax_t{2} << 30;

} // namespace diaban::files
