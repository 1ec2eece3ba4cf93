// Many maps of one request: a sheet for every district or province, indicator and year, several of
// them side by side on one sheet, and what the files are called. Nothing is drawn here.
//
// Guarantee: every unit that is drawn is in exactly one area of an atlas.
#pragma once

#include "data/units.hpp"

#include <array>
#include <filesystem>
#include <optional>
#include <string_view>

namespace diaban::app {

inline constexpr std::size_t kMostSmallMaps = 16; // on one sheet
inline constexpr std::array<std::string_view, 3> kSeriesOrder{"area", "indicator", "year"};

struct SeriesChoice {
    std::string atlas;                   // "district", "province"; empty: no areas
    std::vector<std::string> indicators; // a map of each; empty: the one that is mapped
    bool small_multiples = false;        // years, or else indicators, on one sheet
    bool book = false;                   // of years alone: one PDF, not a file each
    std::vector<std::string> order;      // words of kSeriesOrder, what changes last first
    std::string pattern;                 // of file names; empty: made from what differs
    bool index = true;                   // of a PDF of several sheets
    bool resume = false;                 // files whose inputs have not changed stay
    friend bool operator==(const SeriesChoice&, const SeriesChoice&) = default;

    // False: one map, or one file per year, as without a series.
    bool on() const {
        return !atlas.empty() || !indicators.empty() || small_multiples || book ||
               !pattern.empty() || resume;
    }
};
// Throws Error Usage "error.flag.bad_value" for an atlas or an order of other words.
void check_series(const SeriesChoice& choice);

// One area of an atlas.
struct SeriesArea {
    std::string code, name, province; // province: of a district, where there are several
    std::vector<geo::FaceId> units;   // that are drawn, ascending
    std::vector<geo::FaceId> unseen;  // that have no shape
    bool rest = false;                // of the units that belong to no area
};
struct SeriesAreas {
    std::vector<SeriesArea> areas;    // by code where all have one, else in Vietnamese order
    std::vector<std::string> without; // names of those that have no shape at all
};
// Units of no district (province) are an area of their own, the last, called `rest`. Throws Error
// Usage "error.series.no_level" where the data knows no such areas.
SeriesAreas atlas_areas(const data::Vintage& vintage, data::Level level, const std::string& rest);
data::Level atlas_level(const std::string& atlas);

// How many there are of each; no areas count as one: the whole.
struct SeriesSize {
    std::size_t areas = 1, indicators = 1, years = 1;
};
// One sheet: indexes of its area and of its maps, several of which differ in one of both.
struct SeriesSheet {
    struct Map {
        std::size_t indicator = 0, year = 0;
        friend bool operator==(const Map&, const Map&) = default;
    };
    std::size_t area = 0;
    std::vector<Map> maps;
    friend bool operator==(const SeriesSheet&, const SeriesSheet&) = default;
};
// Throws Error Usage "error.series.one_map", "error.series.too_many_maps".
std::vector<SeriesSheet> series_sheets(const SeriesSize& size, const SeriesChoice& choice);

// What can stand in a pattern, of one sheet.
struct SheetName {
    std::string topic, indicator, area, province, code, year;
};
inline constexpr std::array<std::string_view, 7> kNameParts{"topic",     "area", "province", "code",
                                                            "indicator", "year", "page"};
struct SeriesNames {
    std::vector<std::string> names;    // one per sheet, each another, also where case is ignored
    std::vector<std::string> repeated; // that several sheets would have had
};
// "{topic}_{area}_{year}.png" for each sheet: ASCII, small letters, parts without words left out.
// Equal names get the code of their area, or a number. Throws Error Usage "error.series.part" for
// an unknown part, "error.series.pattern" for a pattern that is a path or has no name in it.
SeriesNames series_names(const std::string& pattern, const std::vector<SheetName>& sheets);

// Where the sheets go.
struct SeriesTarget {
    std::filesystem::path file;   // one file of all; empty: many
    std::filesystem::path folder; // of many
    std::string pattern;          // of many, with its extension
};
// `out` is a PDF, or the only picture; a folder; or a file with parts in braces in its name. Throws
// Error Usage "error.map.format", "error.series.format" (a format of single maps),
// "error.series.folder".
SeriesTarget series_target(const std::filesystem::path& out, const SeriesChoice& choice,
                           const SeriesSize& size, std::size_t sheets);

} // namespace diaban::app
