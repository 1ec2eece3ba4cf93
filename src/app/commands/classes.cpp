#include "app/commands/classes.hpp"

#include "app/commands/flags.hpp"
#include "app/commands/json.hpp"
#include "app/smoothed.hpp"
#include "app/view_notes.hpp"

namespace diaban::app {

ClassesReport run(const ClassesRequest& request, std::shared_ptr<const Dataset> dataset,
                  const Language& language, base::JobContext& ctx,
                  std::shared_ptr<const WhereFilter> where) {
    ClassesReport report;
    // Ends of classes are values too: they come from what is shown.
    dataset = with_smoothed(std::move(dataset), request.map.indicator);
    auto choice = request.map;
    choice.indicator = full_id(choice.indicator, *dataset->cube);
    choice.kind = map::MapKind::Choropleth; // circles have no classes
    choice = resolve(choice, *dataset);
    for (auto& edits : choice.legends) edits.order.clear(); // counts stand beside the breaks
    report.shown =
        request.classification == Classification::Public ? mask(dataset, {}, ctx).dataset : dataset;
    report.map = styled(*report.shown, choice, language, std::move(where));
    report.variance_fit = report.map.variance_fit;
    for (const auto& entry : report.map.style.entries) {
        if (entry.role == map::LegendEntry::Role::Class)
            report.counts.push_back(entry.count);
        else if (entry.role == map::LegendEntry::Role::Zero)
            report.zero += entry.count;
        else if (entry.role == map::LegendEntry::Role::NoData)
            report.no_data += entry.count;
    }
    return report;
}

namespace {

// Beyond which values are outliers, of a box map.
Json fences_json(const map::Classes& classes) {
    if (!classes.fences) return nullptr;
    return Json::array({classes.fences->first, classes.fences->second});
}

} // namespace

std::string to_json(const ClassesReport& r, const Language& language) {
    Json labels = Json::array();
    for (const auto& entry : r.map.style.entries)
        labels.push_back(
            {{"label", entry.label}, {"color", map::to_hex(entry.colour)}, {"count", entry.count}});
    Json out{{"indicator", r.map.choice.indicator},
             {"period", data::to_string(r.map.choice.period)},
             {"method",
              r.map.categorical ? "categories" : std::string(map::to_string(r.map.classes.method))},
             {"above_zero", above_zero(*r.shown, r.map)},
             {"k", r.map.categorical ? r.counts.size() : r.map.classes.k()},
             {"breaks", r.map.classes.breaks},
             {"fences", fences_json(r.map.classes)},
             {"counts", r.counts},
             {"zero", r.zero},
             {"no_data", r.no_data},
             {"variance_fit", r.variance_fit},
             {"legend", std::move(labels)},
             {"findings", findings_json(r.shown->findings, language)}};
    return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string to_text(const ClassesReport& r, const Language& language) {
    Lines lines(language);
    lines.raw(r.map.legend_title + "\n");
    if (!r.map.legend_note.empty()) lines.raw(r.map.legend_note + "\n");
    for (const auto& entry : r.map.style.entries)
        lines.raw("  " + entry.label + ": " + language.count(entry.count) + "\n");
    if (!r.map.categorical) lines.add("report.variance_fit", language.number(r.variance_fit, 4));
    return lines.take();
}

std::vector<std::string> to_flags(const ClassesRequest& request) {
    Flags flags{"classes"};
    add_flags(flags, request.data);
    add_flags(flags, request.map);
    add_flags(flags, request.across);
    add_flags(flags, request.classification);
    return flags;
}

} // namespace diaban::app
