// `chart`: what is mapped as a chart, to PNG, SVG or PDF, or its numbers to CSV.
//
// Guarantee: what is public is made of masked values alone; what was masked is listed beside the
// file, and the chart says how much it is.
#pragma once

#include "app/commands/map.hpp"
#include "map/chart_page.hpp"

namespace diaban::app {

// Of classes that are no numbers a histogram counts the units of each; ranked bars and series count
// them in every year, a series with a selection compares its share of hotspots.
enum class ChartKind { Histogram, Ranked, Series, Scatter, Boxes };
inline constexpr std::array<std::string_view, 5> kChartKinds{"histogram", "ranked", "series",
                                                             "scatter", "boxes"};

struct ChartRequest {
    DataRequest data;
    MapChoice map;
    ChartKind kind = ChartKind::Histogram;
    Across across = Across::No;         // Own is as No: the units of one vintage
    std::string second;                 // Scatter: along the axis; empty: the first other number
    std::vector<data::UnitCode> select; // Ranked: these alone; Series: a line of their own
    PageChoice page;
    double dpi = 0;
    Classification classification = Classification::Public;
    std::filesystem::path out; // .png .svg .pdf .csv
    friend bool operator==(const ChartRequest&, const ChartRequest&) = default;
};

struct ChartReport {
    StyledMap map;
    std::filesystem::path file;
    map::ChartPage page;
    std::string csv;
    std::size_t values = 0, masked = 0; // units shown; values left out because they are masked
    std::optional<Faces> only;          // the units that meet the query of the request
};

// What the chart would be, without writing it. `where`: of the units that meet it in the period of
// the chart alone, in the classes of all; where the units of classes are counted, of each year
// those that meet it then. Throws Error Usage "error.chart.numbers", "error.chart.two_numbers",
// "error.chart.years", "error.query.nobody", Data "error.chart.no_values".
ChartReport chart(const ChartRequest& request, std::shared_ptr<const Dataset> dataset,
                  const Language& language, base::JobContext& ctx,
                  std::shared_ptr<const WhereFilter> where = nullptr);
// Writes it; `sources`: what a project adds for the query. Throws also Error Usage
// "error.chart.format", Write, and as where_filter().
ChartReport run(const ChartRequest& request, std::shared_ptr<const Dataset> dataset,
                const Language& language, base::JobContext& ctx,
                const QuerySources* sources = nullptr);
std::string to_json(const ChartReport& report, const Language& language);
std::vector<std::string> to_flags(const ChartRequest& request);

} // namespace diaban::app
