#include "app/finding_list.hpp"

#include "base/csv.hpp"
#include "base/number.hpp"

#include <algorithm>
#include <unordered_map>

namespace diaban::app {
namespace {

using base::Severity;

class Collector {
public:
    explicit Collector(const Language& language) : language_(language) {}

    NotedLine& add(const std::string& key, Severity severity, std::string text) {
        const auto [found, fresh] = at_.try_emplace(key, groups_.size());
        if (fresh) groups_.push_back({.key = key, .title = {}, .why = {}, .lines = {}});
        auto& group = groups_[found->second];
        group.severity = std::max(group.severity, severity);
        group.lines.push_back(
            {.text = std::move(text), .units = {}, .at = {}, .amount = {}, .amount_unit = {}});
        return group.lines.back();
    }

    std::vector<NotedGroup> take() {
        for (auto& group : groups_) {
            const auto words = "finding_kind." + group.key, why = "finding_why." + group.key;
            // A few words name many findings of a kind; a single one says itself.
            group.title = language_.has(words) ? language_.text(words) : group.lines.front().text;
            if (language_.has(why)) group.why = language_.text(why);
        }
        std::stable_sort(
            groups_.begin(), groups_.end(),
            [](const NotedGroup& a, const NotedGroup& b) { return a.severity > b.severity; });
        return std::move(groups_);
    }

private:
    const Language& language_;
    std::vector<NotedGroup> groups_;
    std::unordered_map<std::string, std::size_t> at_;
};

// Rows of units by code; of a code that occurs twice, the first.
std::unordered_map<std::string_view, geo::FaceId> rows_by_code(const data::UnitTable& units) {
    std::unordered_map<std::string_view, geo::FaceId> out;
    for (std::size_t i = 0; i < units.size(); ++i)
        if (!units.code[i].empty()) out.try_emplace(units.code[i], static_cast<geo::FaceId>(i));
    return out;
}

std::string named(const data::UnitTable& units, std::size_t unit) {
    return units.name[unit].empty() ? units.code[unit] : units.name[unit];
}

void add_findings(Collector& out, const base::Findings& findings, const data::UnitTable& units,
                  const Language& language) {
    const auto by_code = rows_by_code(units);
    for (const auto& finding : findings) {
        auto& line = out.add(finding.key, finding.severity, language.text(finding));
        line.at = finding.at;
        line.amount = finding.amount;
        line.amount_unit = finding.amount_unit;
        if (const auto unit = by_code.find(finding.unit); unit != by_code.end())
            line.units = {unit->second};
    }
}

std::string of_join(const std::string& side) {
    return "join." + side;
}

void add_join(Collector& out, const Dataset& dataset, const Language& language) {
    if (!dataset.joined) return;
    const auto& units = dataset.vintage->units;
    const auto by_code = rows_by_code(units);
    for (const auto unit : dataset.join.unmatched_units)
        out.add(of_join("unit_without_row"), Severity::Warning,
                language.text("ui.join.unit_without_row",
                              {{"name", named(units, unit)}, {"code", units.code[unit]}}))
            .units = {static_cast<geo::FaceId>(unit)};
    const auto add_rows = [&](const std::string& key, const std::vector<data::JoinRow>& rows) {
        for (const auto& row : rows) {
            auto& line = out.add(of_join(key), Severity::Warning,
                                 language.text("ui.join." + key, {{"row", std::to_string(row.row)},
                                                                  {"code", row.code},
                                                                  {"period", row.period},
                                                                  {"value", row.value}}));
            if (const auto unit = by_code.find(row.code); unit != by_code.end())
                line.units = {unit->second};
        }
    };
    add_rows("row_without_unit", dataset.join.unmatched_rows);
    add_rows("duplicate_row", dataset.join.duplicate_rows);
    add_rows("bad_value", dataset.join.bad_values);
}

// Values that are not what somebody reported: one line for each indicator and period.
void add_cells(Collector& out, const Dataset& dataset, const Language& language) {
    if (!dataset.cube) return;
    const auto& cube = *dataset.cube;
    for (const auto& [state, key] : {std::pair{data::Cell::Estimated, "estimated"},
                                     std::pair{data::Cell::Suppressed, "suppressed"}})
        for (std::size_t i = 0; i < cube.indicators.size(); ++i)
            for (std::size_t p = 0; p < cube.periods.size(); ++p) {
                const auto states = cube.slice(i, p).state;
                std::vector<geo::FaceId> units;
                for (std::size_t u = 0; u < states.size(); ++u)
                    if (states[u] == state) units.push_back(static_cast<geo::FaceId>(u));
                if (units.empty()) continue;
                auto& line = out.add(
                    std::string("cell.") + key, Severity::Info,
                    language.text(std::string("ui.findings.") + key,
                                  {{"indicator", indicator_name(cube.indicators[i], language)},
                                   {"period", data::to_string(cube.periods[p])},
                                   {"count", static_cast<std::int64_t>(units.size())}}));
                line.amount = static_cast<double>(units.size());
                line.amount_unit = "units";
                line.units = std::move(units);
            }
}

const char* severity_word(Severity severity) {
    return severity == Severity::Problem   ? "problem"
           : severity == Severity::Warning ? "warning"
                                           : "info";
}

} // namespace

std::vector<NotedGroup> noted(const base::Findings& findings, const data::UnitTable& units,
                              const Language& language) {
    Collector out(language);
    add_findings(out, findings, units, language);
    return out.take();
}

std::vector<NotedGroup> noted(const Dataset& dataset, const Language& language) {
    Collector out(language);
    add_findings(out, dataset.findings, dataset.vintage->units, language);
    add_join(out, dataset, language);
    add_cells(out, dataset, language);
    return out.take();
}

std::size_t count_without_data(const map::Style& style) {
    std::size_t count = 0;
    for (const auto& entry : style.entries)
        if (entry.role == map::LegendEntry::Role::NoData) count += entry.count;
    return count;
}

std::vector<NotedGroup> with_no_data(std::vector<NotedGroup> groups, const Dataset& dataset,
                                     const StyledMap& shown, const Language& language) {
    const auto& style = shown.style;
    if (count_without_data(style) == 0) return groups;
    NotedGroup group{.key = std::string(kNoDataGroup),
                     .title = language.text("ui.findings.no_data"),
                     .why =
                         language.text("ui.findings.no_data_why", {{"what", shown.legend_title}}),
                     .severity = Severity::Warning,
                     .lines = {}};
    const auto& units = dataset.vintage->units;
    const auto* shapes = dataset.vintage->coverage.get();
    for (std::size_t i = 0; i < style.entry_of.size() && i < units.size(); ++i) {
        if (style.entries[style.entry_of[i]].role != map::LegendEntry::Role::NoData) continue;
        if (shapes && shapes->faces()[i].ring_count == 0) continue; // nor does the legend count it
        auto name = named(units, i);
        if (const auto* around = units.group_of(data::Level::District, i))
            name += ", " + (around->name.empty() ? around->code : around->name);
        group.lines.push_back(
            {.text = language.text(
                 "ui.findings.no_data_unit",
                 {{"name", name}, {"code", units.code[i]}, {"what", shown.legend_title}}),
             .units = {static_cast<geo::FaceId>(i)},
             .at = {},
             .amount = {},
             .amount_unit = {}});
    }
    const auto remark = std::find_if(groups.begin(), groups.end(), [](const NotedGroup& g) {
        return g.severity == Severity::Info;
    });
    groups.insert(remark, std::move(group));
    return groups;
}

std::vector<geo::FaceId> units_of(const NotedGroup& group) {
    std::vector<geo::FaceId> out;
    for (const auto& line : group.lines)
        out.insert(out.end(), line.units.begin(), line.units.end());
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

std::string noted_csv(const std::vector<NotedGroup>& groups, const data::UnitTable& units) {
    std::string out(base::kByteOrderMark);
    out += base::csv_line(
        {"kind", "severity", "code", "name", "lon", "lat", "amount", "amount_unit", "text"});
    for (const auto& group : groups)
        for (const auto& line : group.lines) {
            const bool one = line.units.size() == 1;
            const auto number = [](bool there, double value) {
                return there ? base::format_exact(value) : std::string();
            };
            out += base::csv_line({group.key, severity_word(group.severity),
                                   one ? units.code[line.units.front()] : "",
                                   one ? units.name[line.units.front()] : "",
                                   number(line.at.has_value(), line.at ? line.at->first : 0),
                                   number(line.at.has_value(), line.at ? line.at->second : 0),
                                   number(line.amount.has_value(), line.amount.value_or(0)),
                                   line.amount_unit, line.text});
        }
    return out;
}

} // namespace diaban::app
