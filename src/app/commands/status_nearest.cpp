#include "app/commands/status_nearest.hpp"

#include "app/view.hpp"

#include <algorithm>

namespace diaban::app {
namespace {

constexpr std::size_t kNearestNamed = 10; // one by one in the text

files::SheetCell amount_cell(const std::optional<double>& value) {
    return value ? files::SheetCell(*value) : files::SheetCell();
}

} // namespace

std::vector<data::NearMiss> find_nearest(const data::Rule& rule, const data::RuleInputs& inputs,
                                         const std::shared_ptr<const Dataset>& dataset,
                                         Classification classification, base::JobContext& ctx) {
    auto found = data::nearest_misses(rule, inputs);
    if (found.empty() || classification == Classification::Internal) return found;
    const auto masked = mask(dataset, {}, ctx).dataset->cube;
    const auto period = masked->find(inputs.period);
    return data::nearest_misses(
        rule, inputs, [&](const data::CriterionOutcome& c, std::size_t unit) {
            const auto ids = indicators_behind(rule, c);
            return std::any_of(ids.begin(), ids.end(), [&](const auto& id) {
                const auto at = masked->find(id);
                return at && period && masked->state(*at, *period, unit) == data::Cell::Suppressed;
            });
        });
}

std::string nearest_line(const data::NearMiss& miss, const Language& language) {
    auto line = why_line(miss.criterion, language, miss.withheld);
    if (miss.others > 0)
        line += " · " + language.text("nearest.others",
                                      {{"count", static_cast<std::int64_t>(miss.others)}});
    return line;
}

Json nearest_json(const std::vector<data::NearMiss>& nearest, const Dataset& dataset) {
    const auto number = [](const std::optional<double>& value) {
        return value ? Json(*value) : Json();
    };
    const auto& units = dataset.vintage->units;
    auto out = Json::array();
    for (const auto& miss : nearest) {
        const auto& c = miss.criterion;
        out.push_back({{"code", units.code[miss.unit]},
                       {"name", units.name[miss.unit]},
                       {"district", district_name(dataset, miss.unit)},
                       {"status", data::to_string(miss.status)},
                       {"criterion", c.id},
                       {"vi", c.text_vi},
                       {"en", c.text_en},
                       {"value", number(c.value)},
                       {"at_least", number(c.threshold)},
                       {"below", number(c.below)},
                       {"margin", number(c.margin)},
                       {"masked", miss.withheld},
                       {"others", miss.others}});
    }
    return out;
}

std::string nearest_text(const std::vector<data::NearMiss>& nearest, const Dataset& dataset,
                         const Language& language) {
    if (nearest.empty()) return "";
    const auto& units = dataset.vintage->units;
    auto out = language.text("nearest.said", {{"count", as_count(nearest.size())}}) + "\n";
    for (std::size_t k = 0; k < std::min(nearest.size(), kNearestNamed); ++k)
        out += "  " + units.code[nearest[k].unit] + " " + units.name[nearest[k].unit] + ": " +
               nearest_line(nearest[k], language) + "\n";
    return out;
}

files::Sheet nearest_sheet(const std::vector<data::NearMiss>& nearest, const Dataset& dataset,
                           const Language& language) {
    files::Sheet sheet{language.text("sheet.nearest"), {}, {}};
    for (const char* id : {"column.code", "column.name", "column.district", "column.status",
                           "column.criterion", "column.value", "column.at_least", "column.below"})
        sheet.header.push_back(language.text(id));
    const auto& units = dataset.vintage->units;
    for (const auto& miss : nearest) {
        const auto& c = miss.criterion;
        const auto& text = language.code() == "vi" || c.text_en.empty() ? c.text_vi : c.text_en;
        sheet.rows.push_back({units.code[miss.unit], units.name[miss.unit],
                              district_name(dataset, miss.unit), status_text(miss.status, language),
                              c.id + ") " + text,
                              miss.withheld ? files::SheetCell(language.text("legend.suppressed"))
                                            : amount_cell(c.value),
                              amount_cell(c.threshold), amount_cell(c.below)});
    }
    return sheet;
}

} // namespace diaban::app
