#include "app/commands/where.hpp"

#include "app/commands/flags.hpp"
#include "app/commands/json.hpp"
#include "geo/locate.hpp"

#include <cmath>

namespace diaban::app {
namespace {

geo::Crs crs_of(const std::string& flag) try {
    return flag.empty() ? geo::Crs::wgs84() : geo::Crs::parse(flag);
} catch (base::Error& error) {
    error.kind = base::ErrorKind::Usage; // nothing is wrong with the data
    throw;
}

// Without a coordinate system "outside every unit" would be a guess.
void need_crs(const Dataset& dataset) {
    if (dataset.vintage->coverage->crs().known()) return;
    std::string candidates;
    for (const auto& guess : dataset.crs_candidates)
        if (const auto code = guess.crs.epsg_code())
            candidates += (candidates.empty() ? "" : ", ") + guess.crs.name() +
                          " (EPSG:" + std::to_string(code) + ")";
    base::Args args{{"file", dataset.boundaries_name}};
    if (!candidates.empty()) args.push_back({"candidates", candidates});
    throw base::Error(base::ErrorKind::Data,
                      candidates.empty() ? "error.where.no_crs_at_all" : "error.where.no_crs",
                      std::move(args));
}

} // namespace

WhereReport run(const WhereRequest& request, std::shared_ptr<const Dataset> dataset,
                const Language& language) {
    need_crs(*dataset);
    const auto& coverage = dataset->vintage->coverage;
    geo::Point point{request.x, request.y};
    const auto from = crs_of(request.point_crs);
    geo::transform(std::span(&point, 1), from, coverage->crs());
    if (!std::isfinite(point.x) || !std::isfinite(point.y))
        throw base::Error(base::ErrorKind::Usage, "error.where.bad_point",
                          {{"x", number_flag(request.x)}, {"y", number_flag(request.y)}});
    WhereReport report;
    const auto face = geo::Locator(coverage).face_at(point);
    if (!face) return report;
    if (request.classification == Classification::Public) dataset = mask(dataset, {}).dataset;
    report.unit = *face;
    const auto& units = dataset->vintage->units;
    report.code = units.code[*face];
    report.name = units.name[*face];
    if (const auto* g = units.group_of(data::Level::District, *face)) report.district = g->name;
    if (const auto* g = units.group_of(data::Level::Province, *face)) report.province = g->name;
    for (std::size_t i = 0; i < dataset->cube->indicators.size(); ++i) {
        const auto& indicator = dataset->cube->indicators[i];
        const auto choice = resolve({.indicator = indicator.id}, *dataset);
        const auto period = *dataset->cube->find(choice.period);
        auto name = indicator_name(indicator, language);
        if (choice.period.year != 0) name += ", " + data::to_string(choice.period);
        report.values.emplace_back(std::move(name),
                                   value_text(*dataset, i, period, *face, language));
    }
    return report;
}

std::string to_json(const WhereReport& r, const Language&) {
    Json out{{"code", r.unit ? Json(r.code) : Json()}, {"name", r.unit ? Json(r.name) : Json()}};
    out["district"] = r.district;
    out["province"] = r.province;
    out["values"] = Json::object();
    for (const auto& [name, value] : r.values) out["values"][name] = value;
    return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string to_text(const WhereReport& r, const Language& language) {
    if (!r.unit) return language.text("report.nowhere") + "\n";
    std::string out = r.name + " (" + r.code + ")";
    if (!r.district.empty()) out += ", " + r.district;
    if (!r.province.empty()) out += ", " + r.province;
    out += "\n";
    for (const auto& [name, value] : r.values) out += "  " + name + ": " + value + "\n";
    return out;
}

std::vector<std::string> to_flags(const WhereRequest& request) {
    Flags flags{"where"};
    add_flags(flags, request.data);
    if (!request.point_crs.empty()) flags.insert(flags.end(), {"--point-crs", request.point_crs});
    add_flags(flags, request.classification);
    // "--" keeps a negative coordinate from looking like a flag.
    flags.insert(flags.end(), {"--", number_flag(request.x), number_flag(request.y)});
    return flags;
}

} // namespace diaban::app
