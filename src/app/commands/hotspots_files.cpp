// Files of `hotspots`: a table or a layer with one row per unit, and a map.
//
// A masked unit has no value here. Everything else may be exact: it is computed from what may be
// published (HotspotsInputs::cube).
#include "app/classified.hpp"
#include "app/commands/hotspots_parts.hpp"
#include "base/csv.hpp"
#include "base/number.hpp"
#include "base/paths.hpp"
#include "base/text.hpp"
#include "files/layer_writer.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace diaban::app {
namespace {

data::Column text_column(const char* name, std::vector<std::string> cells) {
    data::Column column;
    column.name = name;
    column.text = std::move(cells);
    column.null.assign(column.text.size(), 0);
    return column;
}

data::Column number_column(const char* name, const std::vector<double>& values,
                           const std::vector<bool>& hidden) {
    data::Column column;
    column.name = name;
    column.type = data::ColumnType::Number;
    for (std::size_t u = 0; u < values.size(); ++u) {
        const bool null = !std::isfinite(values[u]) || (!hidden.empty() && hidden[u]);
        column.null.push_back(null);
        column.number.push_back(null ? 0 : values[u]);
    }
    return column;
}

// Names fit a .dbf: ten letters.
void add_statistics(std::vector<data::Column>& columns, const analysis::LocalResult& local) {
    const std::vector<double> significant(local.significant.begin(), local.significant.end());
    columns.push_back(number_column("signif", significant, {}));
    columns.push_back(number_column("z", local.z, {}));
    if (!local.p_permutation.empty())
        columns.push_back(number_column("p_perm", local.p_permutation, {}));
    columns.push_back(number_column("p_normal", local.p_analytic, {}));
    columns.push_back(number_column("stat", local.statistic, {}));
    columns.push_back(number_column("expected", local.expectation, {}));
    columns.push_back(number_column("variance", local.variance, {}));
    columns.push_back(number_column("lag", local.lag, {}));
}

void add_history(std::vector<data::Column>& columns, const HotspotsReport& report) {
    std::vector<double> known, hot, cold, longest, trend_p;
    std::vector<std::string> changed;
    for (const auto& unit : report.history) {
        known.push_back(static_cast<double>(unit.known));
        hot.push_back(static_cast<double>(unit.hot));
        cold.push_back(static_cast<double>(unit.cold));
        longest.push_back(static_cast<double>(unit.longest_hot));
        changed.push_back(unit.last_change ? data::to_string(*unit.last_change) : "");
        trend_p.push_back(unit.emerging.trend.defined ? unit.emerging.trend.p
                                                      : std::numeric_limits<double>::quiet_NaN());
    }
    columns.push_back(number_column("known", known, {}));
    columns.push_back(number_column("hot", hot, {}));
    columns.push_back(number_column("cold", cold, {}));
    columns.push_back(number_column("longest", longest, {}));
    columns.push_back(text_column("changed", std::move(changed)));
    columns.push_back(number_column("trend_p", trend_p, {}));
}

void add_trends(std::vector<data::Column>& columns, const std::vector<HotspotTrend>& trends) {
    std::vector<double> known, s, z, p;
    for (const auto& unit : trends) {
        const double none = std::numeric_limits<double>::quiet_NaN();
        known.push_back(static_cast<double>(unit.known));
        s.push_back(unit.trend.defined ? unit.trend.s : none);
        z.push_back(unit.trend.defined ? unit.trend.z : none);
        p.push_back(unit.trend.defined ? unit.trend.p : none);
    }
    columns.push_back(number_column("known", known, {}));
    columns.push_back(number_column("z", z, {}));
    columns.push_back(number_column("p", p, {}));
    columns.push_back(number_column("mk_s", s, {}));
}

data::RawTable table_of(const HotspotsReport& report, const HotspotsInputs& in) {
    data::RawTable table;
    auto& columns = table.columns;
    columns.push_back(text_column("code", report.codes));
    columns.push_back(text_column("name", report.names));
    columns.push_back(number_column("value", in.x, in.masked));
    columns.push_back(text_column("class", report.classes));
    if (!report.unstable.empty())
        columns.push_back(number_column(
            "unstable", std::vector<double>(report.unstable.begin(), report.unstable.end()), {}));
    if (!report.trends.empty()) add_trends(columns, report.trends);
    if (!report.history.empty()) add_history(columns, report);
    if (report.local.units > 0) add_statistics(columns, report.local);
    return table;
}

std::string csv_text(const data::RawTable& table) {
    std::string out(base::kByteOrderMark);
    std::vector<std::string> cells;
    for (const auto& column : table.columns) cells.push_back(column.name);
    out += base::csv_line(cells);
    for (std::size_t row = 0; row < table.rows(); ++row) {
        cells.clear();
        for (const auto& column : table.columns)
            cells.push_back(column.null[row] ? ""
                            : column.type == data::ColumnType::Number
                                ? base::format_exact(column.number[row])
                                : column.text[row]);
        out += base::csv_line(cells);
    }
    return out;
}

geo::PolygonSoup soup_of(const geo::Coverage& coverage) {
    geo::PolygonSoup soup;
    for (const auto& face : coverage.faces()) {
        for (auto r = face.first_ring; r < face.first_ring + face.ring_count; ++r) {
            coverage.ring_points(coverage.rings()[r], 0, soup.points);
            soup.end_ring();
        }
        soup.end_face();
    }
    return soup;
}

} // namespace

MapRequest page_request(const HotspotsReport& report, const HotspotsInputs& in,
                        const Language& language) {
    const auto& request = report.request;
    MapRequest map{.page = request.page, .dpi = request.dpi};
    // A page of several periods is not one of the last.
    if (map.page.subtitle.empty() && in.periods.size() > 1)
        map.page.subtitle =
            language.text("page.subtitle", {{"area", area_name(*in.dataset, language)},
                                            {"period", shown_periods(report, in)}});
    map.lines = request.layers;
    map.classification = request.classification;
    map.out = request.map_out;
    return map;
}

const StyledMap& map_shown(const HotspotsReport& report) {
    if (!report.request.significance) return report.map;
    if (report.significance.style.entries.empty())
        throw base::Error(base::ErrorKind::Usage, "error.hotspots.no_significance");
    return report.significance;
}

void write(HotspotsReport& report, const HotspotsInputs& in, const Language& language,
           base::JobContext& ctx) {
    const auto& request = report.request;
    std::vector<std::filesystem::path> files; // the map notes itself
    for (const auto* file : {&request.out, &request.scatter_out})
        if (!file->empty()) files.push_back(*file);
    note_output({in.dataset->request.store, "hotspots", in.dataset.get()}, request.classification,
                files, ctx);
    if (!request.out.empty()) {
        ctx.stage("stage.write");
        const auto table = table_of(report, in);
        const auto& coverage = *in.dataset->vintage->coverage;
        if (base::lower(request.out.extension().string()) == ".csv")
            base::write_file(request.out, csv_text(table));
        else
            files::write_polygon_layer(request.out, soup_of(coverage), table, coverage.crs(), ctx);
        report.files.push_back(request.out);
        write_masked_list(request.out, in.masked_cells);
    }
    if (!request.map_out.empty()) {
        report.files.push_back(draw(page_request(report, in, language), map_shown(report),
                                    *in.dataset, language, ctx));
    }
    if (!request.scatter_out.empty()) {
        map::paint_scatter(scatter_of(report, in, language), request.scatter_out, ctx);
        report.files.push_back(request.scatter_out);
    }
}

} // namespace diaban::app
