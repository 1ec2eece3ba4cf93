// `near`: which units lie near places: industrial zones, ports, border gates, the coast, the
// border.
//
// Guarantees: a unit is listed once, with the nearest place named; distances are metres on the
// ground (analysis/proximity.hpp), and nothing is buffered to measure them; the answer says which
// units change if the distance changes by a tenth either way (conventions.md 5).
#pragma once

#include "analysis/proximity.hpp"
#include "app/commands/map.hpp"
#include "app/mask.hpp"
#include "data/status.hpp"
#include "files/places.hpp"

#include <map>
#include <optional>

namespace diaban::app {

// What must lie within the distance for a unit to be near.
enum class NearRule {
    Edge,            // its nearest edge
    Centroid,        // a point inside it
    AreaShare,       // at least this share of its ground
    PopulationShare, // at least this share of the people who live in it
};
std::string_view to_string(NearRule rule); // "edge", "centroid", "area-share", "population-share"
std::optional<NearRule> parse_near_rule(std::string_view word);
inline constexpr bool by_share(NearRule rule) {
    return rule == NearRule::AreaShare || rule == NearRule::PopulationShare;
}

// Lines to measure to. "coast" and "border" are told apart on the outer border of the units
// themselves (geo/outline_parts.hpp); other kinds are measured to as they are.
struct NearLine {
    std::filesystem::path file;
    std::string kind;
    std::string layer; // empty: the first with lines or areas
    friend bool operator==(const NearLine&, const NearLine&) = default;
};

struct NearRequest {
    DataRequest data;
    std::vector<std::string> kinds; // of places and lines; empty: all there are
    std::vector<NearLine> lines;
    std::vector<OutlineWord> outline;
    // Places that exist in it are measured to; undated: the newest with data.
    data::Period period;
    double within_m = 5000;  // 0: what touches or overlaps
    bool farther = false;    // the units that are not: farther than `within_m` from every place
    std::size_t nearest = 1; // places named per unit
    NearRule rule = NearRule::Edge;
    double share = 0.5; // of the two rules that ask for one
    // PopulationShare: points with a column of how many live there. Empty: none.
    files::PlacesSource people;
    std::vector<double> rings_m; // ends of rings, ascending, the last is within_m; empty: one
    std::vector<LineLayer> layers; // over the map, as `map` draws them
    PageChoice page;
    double dpi = 0;
    Classification classification = Classification::Public;
    std::filesystem::path out;     // .csv .xlsx .ods .html .gpkg .shp .geojson .fgb .kml .gpx
    std::filesystem::path map_out; // .png, .svg, .pdf; empty: none
    friend bool operator==(const NearRequest&, const NearRequest&) = default;
};

// A place or a line that can be near.
struct NearTarget {
    std::string kind, name;
};

struct NearUnit {
    std::size_t unit = 0;                    // row
    std::vector<analysis::NearPlace> places; // nearest first; place: index into targets
    std::optional<double> share;             // within the distance, of the rules by share
    std::size_t ring = 0;
};

// The units at a stretch of the outer border: coastal communes, border communes.
struct NearOutline {
    std::string kind;
    std::vector<std::size_t> units; // rows, ascending
};

struct NearReport {
    NearRequest request;
    data::Period period; // of the places; undated where none of them has dates
    std::vector<NearTarget> targets;
    std::shared_ptr<const geo::ShapeIndex> shapes; // of the targets, map CRS
    std::vector<NearUnit> units; // nearest first; with `farther` the farthest first
    // Units whose answer would be another at 110 % and at 90 % of the distance.
    std::vector<std::size_t> at_more, at_less;
    std::vector<NearOutline> outlines;
    std::size_t measured = 0; // units with a shape
    std::size_t nobody = 0;   // PopulationShare: units of which no people are known
    std::vector<MaskedCell> masked;
    base::Findings findings;                          // about the files that were read
    std::vector<std::string> codes, names, districts; // of all units
    std::string sentence; // "38 of 156 communes lie within 5 km of …", in the language
    StyledMap map;
    std::vector<std::filesystem::path> files;
};

// Throws Error Usage, Data "error.near.*" ("error.near.none_then": no such place in that period),
// and as reading the lines and people does; Cancelled.
NearReport run(const NearRequest& request, const Dataset& dataset, const Language& language,
               base::JobContext& ctx);
// The ground within the ends of the rings as lines to draw, the outermost last; none, with a line
// in `report.map.lines` that says so, where there are more places than a reader could tell apart.
std::vector<map::Overlay> near_buffers(NearReport& report, const Dataset& dataset,
                                       const Language& language, base::JobContext& ctx);
// The files asked for.
void write(NearReport& report, const Dataset& dataset, const Language& language,
           base::JobContext& ctx);
std::string to_json(const NearReport& report, const Language& language);
std::string to_text(const NearReport& report, const Language& language);
std::vector<std::string> to_flags(const NearRequest& request);
// Ground metres from the edge of every unit to the nearest of the places that the request is about:
// NaN of units without a shape. Throws Error Usage, Data "error.near.*"; Cancelled.
std::vector<double> near_distances(NearRequest request, const Dataset& dataset,
                                   const Language& language, base::JobContext& ctx);
// Who lies on the coast and on the land border: by kind, one flag per unit, not known of units
// without a shape. Derived by adjacency from the lines and words of the request, as near() tells
// them apart; every kind that they tell of, those of `request.kinds` at least. Of another that no
// side of these boundaries is part of, nothing. Throws Error Usage "error.near.no_outline_given",
// "error.near.no_unit", Data "error.near.no_outline", "error.near.no_outer_border"; Cancelled.
using OutlineFlags = std::map<std::string, std::vector<data::Flag>>;
OutlineFlags outline_flags(NearRequest request, const Dataset& dataset, const Language& language,
                           base::JobContext& ctx);
// Whether any place of a dataset begins or ends to exist, so that the period decides.
bool dated_places(const Dataset& dataset);
// The period that decides which places exist: the one asked for, else the newest of the dataset;
// undated where no place has dates.
data::Period places_period(data::Period asked, const Dataset& dataset);
// The kinds that can be asked for: of the places of a dataset, of whatever time, and of lines, each
// once.
std::vector<std::string> near_kinds(const NearRequest& request, const Dataset& dataset);

// "1.8 km – Cảng Mỹ Thới" of one unit of the answer, with its ring where rings were asked for:
// "1.8 km – Cảng Mỹ Thới (within 2 km)"; where more places are named per unit, all of them, nearest
// first: "1.8 km – Cảng Mỹ Thới; 2.4 km – Cảng Long Xuyên". "" if it is near no place.
std::string near_words(const NearReport& report, const NearUnit& unit, const Language& language);

std::string near_distance(const NearUnit& unit, const Language& language); // "1.8 km"

// "5km", "800m". Throws Error Usage "error.flag.bad_value" for `flag`.
double parse_ground_distance(const std::string& flag, const std::string& text);
std::string distance_flag(double metres); // what it reads back
// "0-2,2-5,5-10km": the ends, in metres. Rings begin at 0 and leave nothing out. Throws as above.
std::vector<double> parse_rings(const std::string& flag, const std::string& text);
std::string rings_flag(const std::vector<double>& ends_m);
// The words about units that are there: a project may speak of other boundaries, too.
std::vector<OutlineWord> outline_here(std::vector<OutlineWord> words, const data::UnitTable& units);
// The lines of a project that have a kind.
std::vector<NearLine> near_lines(const std::vector<LineLayer>& layers);
// --line and --outline, as they are read back.
void add_flags(std::vector<std::string>& flags, const std::vector<NearLine>& lines,
               const std::vector<OutlineWord>& outline);
// "coast=bo_bien.gpkg;layer=shore". Throws as above.
NearLine parse_near_line(const std::string& flag, const std::string& text);
// "coast=31681,-31531": of a minus it is said that it is not. Throws as above.
std::vector<OutlineWord> parse_outline(const std::string& flag, const std::string& text);

} // namespace diaban::app
