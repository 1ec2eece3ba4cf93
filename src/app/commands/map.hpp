// `map`: one map, or one per year, as pictures (PNG, SVG, PDF, GeoTIFF), slides or an animation.
#pragma once

#include "app/mask.hpp"
#include "app/project.hpp"
#include "app/series.hpp"

namespace diaban::app {

struct QuerySources;

struct MapRequest {
    DataRequest data;
    MapChoice map;
    std::string change;    // "2009:2010": what became of the statuses; empty: a value
    std::string change_of; // with it: the indicator that changed, in place of statuses
    // Several maps: {year} in out, or _<year> is added; .pptx and .apng hold all of them.
    std::vector<data::Period> years;
    // Of a store with several vintages: the years of one, every year on its own boundaries, or all
    // years carried onto one vintage.
    Across across = Across::No;
    Extent extent;
    std::vector<LineLayer> lines;
    std::vector<std::string> hidden_kinds; // places that are left out
    std::vector<data::UnitCode> selected;  // units with a heavy outline; unknown ones are left out
    PageChoice page;
    double dpi = 0;          // 0: 300 for paper, 96 for pixels and animations
    bool world_file = false; // beside a PNG: where its pixels lie
    int frame_ms = 0;        // of an animation: how long a year is shown; 0: a second
    Classification classification = Classification::Public;
    std::filesystem::path out;
    // The same pages in other files; all of them and out are PNG, SVG or PDF.
    std::vector<std::filesystem::path> also;
    SeriesChoice series; // on(): run_series() of app/commands/map_series.hpp draws it
    friend bool operator==(const MapRequest&, const MapRequest&) = default;
};

struct MapReport {
    std::vector<std::filesystem::path> files;
    StyledMap map;                        // of the last file
    std::shared_ptr<const Dataset> shown; // what was drawn: masked if public
    std::size_t units = 0, no_data = 0, masked = 0;
    base::Findings findings;
};

// Draws from a dataset that is loaded already, with classes of its own unless others are given.
// `sources`: what a project adds for the query that narrows the map. Throws Error Usage, Data,
// Write, as where_filter() and as check_map_file(); Cancelled.
MapReport run(const MapRequest& request, const Dataset& dataset, const Language& language,
              base::JobContext& ctx, const map::Classes* classes = nullptr,
              const QuerySources* sources = nullptr);
// For Across::Own: loads all vintages of the store and draws every year on its own boundaries, with
// classes pooled over all of them. Throws as run() and load().
MapReport run_on_own_boundaries(const MapRequest& request, const Language& language,
                                base::JobContext& ctx, const QuerySources* sources = nullptr);
// Paints one map whose classes are made already (an analysis result), unmasked: classes are no
// persons. `above` is drawn over the lines of the request. Returns the file. Throws as run().
std::filesystem::path draw(const MapRequest& request, const StyledMap& styled,
                           const Dataset& dataset, const Language& language, base::JobContext& ctx,
                           std::vector<map::Overlay> above = {});
std::string to_json(const MapReport& report, const Language& language);
// The command line that does the same: {"map", "--boundaries", "a.shp", ...}.
std::vector<std::string> to_flags(const MapRequest& request);
// What a page calls its area: the province, how many there are, or the title of the data.
std::string area_name(const Dataset& dataset, const Language& language);
// "trong_diem_tinh_mau_2015.png": {topic}_{area}_{year}, ASCII.
std::string suggested_name(const StyledMap& map, const Dataset& dataset,
                           std::string_view extension);

} // namespace diaban::app
