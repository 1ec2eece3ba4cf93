// `map` with a series: an atlas by district or province, maps by year and by indicator, small maps
// side by side; one PDF with an index, or many files.
//
// Guarantees: classes and colours are the same on all sheets; the legends of an atlas together
// count every unit that is drawn once, or nothing is written; what is masked is masked over all
// sheets together, and listed beside each file; a file is whole or not there; the same bytes with
// any number of threads.
#pragma once

#include "app/commands/map.hpp"
#include "map/page.hpp"

namespace diaban::app {

struct SeriesReport {
    struct Map {
        std::string indicator;
        data::Period period;
        std::vector<map::LegendEntry> legend; // of the units of the area
    };
    struct Sheet {
        std::filesystem::path file;
        std::size_t page = 1; // in its file
        std::string area, province, code;
        std::vector<Map> maps;
    };
    std::vector<std::filesystem::path> files; // all, also those that were not drawn anew
    std::vector<Sheet> sheets;
    std::size_t written = 0, unchanged = 0; // of the files
    StyledMap map;                          // the first, of the whole
    std::shared_ptr<const Dataset> shown;
    std::size_t units = 0, no_data = 0, masked = 0;
    base::Findings findings;
};

// Throws as run() of map.hpp, check_series(), series_sheets(), series_names(), series_target();
// Error Usage "error.series.own_boundaries", "error.series.change", "error.series.flag",
// "error.series.no_common_legend". With Across::Own: draws nothing of it.
SeriesReport run_series(const MapRequest& request, const Dataset& dataset, const Language& language,
                        base::JobContext& ctx, const QuerySources* sources = nullptr);
// The first sheet as run_series() would draw it, for a preview. Needs no `out`. Throws as it.
map::Page series_page(const MapRequest& request, const Dataset& dataset, const Language& language,
                      base::JobContext& ctx, const QuerySources* sources = nullptr);
std::string to_json(const SeriesReport& report, const Language& language);
// What the series adds to the flags of its map.
void add_flags(std::vector<std::string>& flags, const SeriesChoice& series);

} // namespace diaban::app
