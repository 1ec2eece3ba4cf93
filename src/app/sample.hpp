// The sample province: fictional boundaries, indicators and places of any size, for a first map,
// for tests and for measuring.
//
// Guarantees: the same spec gives the same bytes on every machine and for any number of threads.
// Everything is labelled as sample data ("Tỉnh mẫu"); codes begin with the invented province code
// "00" and are text. Borders are shared vertex by vertex, also between the two vintages.
#pragma once

#include "base/job.hpp"
#include "files/store.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace diaban::app {

inline constexpr std::uint32_t kFewestCommunes = 12, kMostCommunes = 100000;

struct SampleSpec {
    std::uint32_t communes = 156; // before the reform; kFewestCommunes .. kMostCommunes
    std::uint64_t seed = 1;
};

// A cluster of high rates that was put into the data on purpose: what an analysis should find.
struct PlantedCluster {
    std::string indicator; // the count that was raised; its rate is per `denominator`
    std::string denominator;
    std::string vintage;
    std::string place;                 // code of the place it surrounds
    std::vector<std::string> units;    // codes
    int from_year = 0, until_year = 0; // both included
    // Expected rate inside, divided by the rate of all units outside every cluster in that year.
    double relative_risk = 1;
    double cases = 0;      // drawn, summed over units and years
    double population = 0; // person-years
};

struct Sample {
    SampleSpec spec;
    files::StoreContent content; // vintages "2009" and "2025", cubes, places, crosswalk
    std::vector<PlantedCluster> truth;
    int interesting_year = 2015; // what the project opens on
};

// Throws Error Usage "error.sample.communes" outside the limits.
Sample make_sample(const SampleSpec& spec, base::JobContext& ctx);

struct SampleFiles {
    std::filesystem::path boundaries, boundaries_after; // shapefiles, UTF-8, WGS 84
    std::filesystem::path places, zones;                // points; polygons
    std::filesystem::path store, project, truth;
};
// Where they lie in a folder, whether they are there or not.
SampleFiles sample_files(const std::filesystem::path& folder);
// Throws Error Usage "error.sample.changed" {file, folder} if a file of a sample in the folder was
// changed since `write_sample` wrote it, or was not written by it.
void require_untouched_sample(const std::filesystem::path& folder);
// Makes the folder if need be. Every file is written whole or not at all; what is there already is
// replaced if nobody changed it, else only with `replace`. Throws Error Write, and as above.
SampleFiles write_sample(const Sample& sample, const std::filesystem::path& folder,
                         base::JobContext& ctx, bool replace = false);

} // namespace diaban::app
