// Maps of several years, each on the boundaries of its time.

#include "app/map_files.hpp"
#include "app/map_kind.hpp"
#include "app/reform.hpp"
#include "app/smoothed.hpp"

#include <algorithm>
#include <iterator>

namespace diaban::app {
namespace {

std::vector<std::shared_ptr<const Dataset>> all_vintages(const MapRequest& request,
                                                         base::JobContext& ctx) {
    std::vector<std::shared_ptr<const Dataset>> out{load(request.data, Need::Picture, ctx)};
    const auto ids = out.front()->vintages;
    const auto first = out.front();
    out.clear();
    for (const auto& id : ids) {
        auto other = request.data;
        other.vintage = id;
        out.push_back(id == first->vintage->id ? first : load(other, Need::Picture, ctx));
    }
    if (out.empty()) out.push_back(first); // boundaries of a file: there is one vintage
    return out;
}

// The years that were asked for, else the one of the choice, else the newest.
std::vector<data::Period> asked(const MapRequest& request,
                                const std::vector<YearOfVintage>& years) {
    if (!request.years.empty()) return request.years;
    if (request.map.period.year != 0 || years.empty()) return {request.map.period};
    return {years.back().period};
}

// What the pictures show of each vintage: classes made of more would tell it.
std::vector<std::shared_ptr<const Dataset>>
shown(const std::vector<std::shared_ptr<const Dataset>>& vintages, Classification classification,
      base::JobContext& ctx) {
    if (classification != Classification::Public) return vintages;
    std::vector<std::shared_ptr<const Dataset>> out;
    for (const auto& dataset : vintages) out.push_back(mask(dataset, {}, ctx).dataset);
    return out;
}

// "map.png" -> "map_{year}.png", so that files of several vintages are named alike.
std::filesystem::path named_by_year(std::filesystem::path out) {
    if (out.string().find("{year}") != std::string::npos) return out;
    return out.replace_filename(out.stem().string() + "_{year}" + out.extension().string());
}

void add(MapReport& all, MapReport one) {
    all.map = std::move(one.map);
    all.shown = std::move(one.shown);
    all.units = one.units;
    all.no_data += one.no_data;
    all.masked += one.masked;
    all.findings.insert(all.findings.end(), one.findings.begin(), one.findings.end());
}

} // namespace

MapReport run_on_own_boundaries(const MapRequest& request, const Language& language,
                                base::JobContext& ctx, const QuerySources* sources) {
    auto vintages = all_vintages(request, ctx);
    for (auto& dataset : vintages) dataset = with_smoothed(dataset, request.map.indicator);
    const auto years = years_of(vintages);
    const auto wanted = asked(request, years);
    const auto vintage_of = [&](data::Period period) -> std::string {
        const auto at = std::find_if(years.begin(), years.end(),
                                     [&](const auto& year) { return year.period == period; });
        return at == years.end() ? std::string() : at->vintage;
    };
    PreparedMap all;
    std::optional<map::Classes> classes;
    bool any = false;
    for (const auto& dataset : vintages) {
        auto own = request;
        own.years.clear();
        for (const auto period : wanted)
            if (vintage_of(period) == dataset->vintage->id) own.years.push_back(period);
        if (own.years.empty()) continue;
        any = true;
        own.data.vintage = dataset->vintage->id;
        own.map.period = {};
        own.map.indicator = full_id(own.map.indicator, *dataset->cube);
        if (wanted.size() > 1 && !one_file_of_years(request)) {
            own.out = named_by_year(request.out);
            for (auto& file : own.also) file = named_by_year(file);
        }
        if (!classes) {
            auto choice = own.map;
            choice.period = own.years.front();
            const auto values = pooled(shown(vintages, request.classification, ctx),
                                       resolve(choice, *dataset).indicator);
            if (!values.empty())
                classes = classes_for(choice, values, dataset->vintage->units.size());
        }
        auto one =
            prepare_map(own, *dataset, language, ctx, classes ? &*classes : nullptr, sources);
        add(all.report, std::move(one.report));
        std::move(one.sheets.begin(), one.sheets.end(), std::back_inserter(all.sheets));
    }
    // None of the years is known: said by the newest vintage.
    if (!any) return run(request, *vintages.back(), language, ctx, nullptr, sources);
    const Origin origin{vintages.front()->request.store, "map"};
    for (const auto& dataset : vintages) {
        auto own = origin;
        own.told = dataset.get();
        if (request.classification == Classification::Public)
            note_output(own, request.classification, {request.out}, ctx);
    }
    all.report.files = write_map_files(request, origin, all.sheets, language, ctx);
    return std::move(all.report);
}

} // namespace diaban::app
