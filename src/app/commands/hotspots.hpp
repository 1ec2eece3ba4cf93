// `hotspots`: where high and low values cluster beyond chance, unit by unit and over the whole map.
//
// Guarantees: every unit ends in one row of the legend (a class, not significant, island, no data,
// not defined); the same request on the same data gives the same bits for any number of threads.
// What is classified as public is computed from what may be published (masked counts are replaced
// before anything is computed), so no number, class or word of it depends on a masked count.
#pragma once

#include "analysis/global.hpp"
#include "analysis/local.hpp"
#include "analysis/rates.hpp"
#include "analysis/scan.hpp"
#include "analysis/trend.hpp"
#include "app/commands/map.hpp"
#include "app/neighbours.hpp"

namespace diaban::app {

enum class HotspotMethod {
    Gi,
    GiStar,
    LocalMoran,
    LocalGeary,
    JoinCount,
    Bivariate,
    Differential,
    Scan,     // circles of high rates (people) or of a status (units); with `since` also in time
    Emerging, // Gi* period by period, from `since` on
    Trend,    // Mann-Kendall of each unit's values, from `since` on; no neighbours
};
std::string_view to_string(HotspotMethod method); // "gi", "gi-star", "local-moran" …
// The statistic of a unit and its neighbours; of methods without one, Moran's.
analysis::LocalMethod statistic_of(HotspotMethod method);
std::optional<HotspotMethod> parse_hotspot_method(std::string_view word);
std::optional<analysis::RateKind> parse_rate(std::string_view word);
std::optional<analysis::Correction> parse_correction(std::string_view word);

struct HotspotsRequest {
    DataRequest data;
    HotspotMethod method = HotspotMethod::GiStar;
    std::string indicator; // empty: the first rate, else the first value; a status for joins
    data::Period period;   // undated: the newest with data
    // Differential: the earlier period; Scan, Emerging, Trend: the first of all. Undated: for Scan
    // the period alone, for the others the first there is.
    data::Period since;
    std::string second;           // Bivariate: the indicator around the unit
    std::vector<std::string> yes; // JoinCount: categories that count; empty: the hot ones
    // Rates are made anew from numerator and denominator of the indicator; nothing: as it stands.
    std::optional<analysis::RateKind> rate;
    NeighbourChoice neighbours;
    std::uint32_t permutations = 9999; // 0: formulas alone
    std::uint64_t seed = 1;
    double alpha = 0.05;
    analysis::Correction correction = analysis::Correction::Fdr;
    bool directed = false; // p of one tail, as GeoDa
    // Scan
    double most_population = 0.5, most_time = 0.5; // what a zone and a window may hold
    std::uint32_t replicas = 999;
    std::vector<LineLayer> layers; // over the map, as `map` draws them
    PageChoice page;
    double dpi = 0;
    Classification classification = Classification::Public;
    std::filesystem::path out;         // .csv, .gpkg, .shp, .geojson; empty: none
    std::filesystem::path map_out;     // .png, .svg, .pdf; empty: none
    std::filesystem::path scatter_out; // Moran scatter plot, as map_out
    bool significance = false;         // the map shows how small p is, not the classes
    friend bool operator==(const HotspotsRequest&, const HotspotsRequest&) = default;
};

// All that is known before a permutation is drawn.
struct HotspotsInputs {
    std::shared_ptr<const Dataset> dataset;          // with true values, for drawing
    std::shared_ptr<const data::IndicatorCube> cube; // that statistics see: of public ones the
                                                     // masked counts stand at the middle of what
                                                     // is public of them (app/mask.hpp)
    std::size_t indicator = 0, period = 0, second = 0, since = 0; // of the cube
    // Those the method looks at, ascending: `period` alone, with `since` (Differential), or all of
    // the same kind (years, or half-years) from `since` on in which anything is known.
    std::vector<std::size_t> periods;
    analysis::Weights weights;
    geo::Csr links;        // of weights, as the statistics take them
    std::vector<double> x; // per unit; NaN: no value
    std::vector<double> y; // Bivariate
    analysis::Observed observed;
    std::size_t testable = 0; // units with a value and a neighbour
    analysis::PermutationReach reach;
    std::vector<bool> unstable; // rates that rest on few people; empty: no rates
    std::vector<bool> masked;   // units whose value does not leave the program; empty: none
    std::vector<MaskedCell> masked_cells; // those in use
    // What a user should know before: too few units, counts without people, too few permutations …
    std::vector<base::Message> advice;
};

// The trend of a unit's values, for Trend.
struct HotspotTrend {
    std::size_t known = 0; // periods
    analysis::Trend trend; // only with five known periods or more
};

// How often a unit was significantly hot or cold, for Emerging.
struct HotspotHistory {
    std::size_t known = 0, hot = 0, cold = 0; // periods
    std::size_t longest_hot = 0;              // run of periods
    std::optional<data::Period> last_change;  // when it last became hot, cold or neither
    analysis::EmergingResult emerging;        // only with ten known periods or more
    std::string word;                         // of its class
};

struct HotspotCluster {
    analysis::Pattern kind;
    std::vector<std::uint32_t> units;
};

struct HotspotsReport {
    HotspotsRequest request;
    analysis::LocalResult local;
    analysis::GlobalResult global;
    std::optional<analysis::JoinCounts> joins;     // JoinCount
    std::optional<analysis::GlobalTest> bivariate; // global bivariate Moran
    std::vector<HotspotCluster> clusters;          // largest first
    std::optional<analysis::ScanResult> scan;      // Scan
    analysis::ScanModel scan_model = analysis::ScanModel::Poisson;
    std::vector<HotspotHistory> history; // Emerging: one per unit
    std::vector<HotspotTrend> trends;    // Trend: one per unit
    std::vector<data::Period> periods;   // Scan, Emerging, Trend: those used
    std::vector<std::string> yes;        // categories of a status that were counted
    std::vector<std::string> classes;    // word of each unit's class
    std::size_t observed = 0, tested = 0;
    std::size_t significant = 0, islands = 0, no_data = 0, undefined = 0;
    double critical = -1; // Trend: largest significant p; negative if none
    double by_chance = 0; // significant units one would expect from chance alone
    std::vector<base::Message> advice;
    std::vector<bool> unstable; // as in the inputs
    // In the language. `counted`: the status that was counted; `note`: what the result is not.
    std::string sentence, method_line, neighbours, counted, note;
    std::vector<std::string> codes, names; // of the units
    StyledMap map;                         // the classes as a layer
    StyledMap significance;                // how small p is; empty style where there is none
    std::vector<std::filesystem::path> files;
    std::size_t masked = 0;
};

// Throws Error Usage "error.hotspots.*", Data; Cancelled. A time series is of whole years or of
// half-years, never of both; people who are counted again in each period are not scanned over time.
HotspotsInputs prepare(const HotspotsRequest& request, std::shared_ptr<const Dataset> dataset,
                       base::JobContext& ctx);
// Writes nothing.
HotspotsReport run(const HotspotsRequest& request, const HotspotsInputs& inputs,
                   const Language& language, base::JobContext& ctx);
// Writes request.out, request.map_out and request.scatter_out, masked as the classification wants,
// and adds them to report.files.
void write(HotspotsReport& report, const HotspotsInputs& inputs, const Language& language,
           base::JobContext& ctx);

// What the method does not look at is as if it had not been given; `--rate` of a scan, `--replicas`
// of a local statistic. The links of a project are not asked for by anybody and stay.
HotspotsRequest relevant(HotspotsRequest request);
// For what is shown now: without a rate, categories, second indicator and first period that only
// another indicator or other data had. Those of a window stay from one indicator to the next.
HotspotsRequest suited(HotspotsRequest request, const data::IndicatorCube& cube);
// Throws Error Usage "error.hotspots.unused" naming the first flag that the method does not look
// at.
void check_relevant(const HotspotsRequest& request);

// Values of units and their neighbours stand side by side: the method has a Moran scatter plot.
bool has_scatter(const HotspotsReport& report);

// "Moran's I: 0.34 (z = 6.1, p = 0.002, 999 permutations)" and the like: statistics of the whole
// map.
std::vector<std::string> global_lines(const HotspotsReport& report, const Language& language);
std::string to_json(const HotspotsReport& report, const Language& language);
std::string to_text(const HotspotsReport& report, const Language& language);
std::vector<std::string> to_flags(const HotspotsRequest& request);

} // namespace diaban::app
