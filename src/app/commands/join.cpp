#include "app/commands/join.hpp"

#include "app/classified.hpp"
#include "app/commands/flags.hpp"
#include "app/commands/json.hpp"
#include "app/view.hpp"
#include "base/paths.hpp"
#include "files/sheets.hpp"

namespace diaban::app {
namespace {

Json rows_json(const std::vector<data::JoinRow>& rows) {
    auto out = Json::array();
    for (const auto& row : rows)
        out.push_back({{"row", row.row}, {"code", row.code}, {"period", row.period}});
    return out;
}

Json units_json(const Dataset& dataset, const std::vector<std::size_t>& units) {
    auto out = Json::array();
    for (const auto unit : units)
        out.push_back({{"code", dataset.vintage->units.code[unit]},
                       {"name", dataset.vintage->units.name[unit]}});
    return out;
}

std::string district_of(const Dataset& dataset, std::size_t unit) {
    const auto* district = dataset.vintage->units.group_of(data::Level::District, unit);
    return district ? district->name : std::string();
}

Json suggestions_json(const Dataset& d, const std::vector<data::NameSuggestion>& list) {
    auto out = Json::array();
    for (const auto& s : list) {
        Json one{{"number", s.number},
                 {"row", s.row},
                 {"rows", s.rows},
                 {"name", s.name.name},
                 {"district", s.name.district},
                 {"province", s.name.province},
                 {"code", s.code},
                 {"accepted", s.accepted},
                 {"candidates", Json::array()}};
        for (const auto& c : s.candidates)
            one["candidates"].push_back({{"code", d.vintage->units.code[c.unit]},
                                         {"name", d.vintage->units.name[c.unit]},
                                         {"district", district_of(d, c.unit)},
                                         {"step", data::to_string(c.step)},
                                         {"distance", c.distance},
                                         {"taken", c.taken}});
        out.push_back(std::move(one));
    }
    return out;
}

std::string parted(const std::string& name, const std::string& district) {
    return district.empty() ? name : name + " (" + district + ")";
}

// "3. row 7 "X. Tân Thạnh (H. Châu Thành)" may be 30301 Xã Tân Thạnh (Huyện Châu Thành): without
// its prefix".
std::string suggestion_text(const Dataset& d, const data::NameSuggestion& s,
                            const Language& language) {
    base::Args args{{"number", as_count(s.number)},
                    {"row", as_count(s.row)},
                    {"name", parted(s.name.name, s.name.district)}};
    if (s.candidates.empty()) return language.text("join.name_unknown", args);
    const auto& c = s.candidates.front();
    args.emplace_back("code", d.vintage->units.code[c.unit]);
    args.emplace_back("unit", parted(d.vintage->units.name[c.unit], district_of(d, c.unit)));
    auto how = language.text("join.step." + std::string(data::to_string(c.step)));
    if (c.taken) how += "; " + language.text("join.taken");
    if (s.candidates.size() > 1)
        how += "; " + language.text("join.more", {{"count", as_count(s.candidates.size() - 1)}});
    args.emplace_back("how", how);
    return language.text(s.accepted ? "join.name_accepted" : "join.name_suggested", args);
}

void add_names(Lines& lines, const Dataset& d, const Language& language) {
    const auto& n = d.names;
    if (n.name.empty()) return;
    constexpr std::size_t kShown = 30;
    lines.add("report.name_column", n.name)
        .add("report.rows_by_code", n.rows_by_code)
        .add("report.rows_by_name", n.rows_by_name)
        .add("report.rows_by_alias", n.rows_by_alias)
        .add("report.rows_accepted", n.rows_accepted)
        .add("report.suggestions", n.suggestions.size())
        .add("report.unknown_names", n.unknown.size());
    std::size_t shown = 0;
    for (const auto* list : {&n.suggestions, &n.unknown})
        for (const auto& s : *list)
            if (shown++ < kShown) lines.raw("  " + suggestion_text(d, s, language) + "\n");
    if (shown > kShown)
        lines.raw("  " + language.text("report.more_names", {{"count", as_count(shown - kShown)}}) +
                  "\n");
}

// What was approved is remembered, so that the next table needs no second yes.
void remember(const JoinRequest& request, const Dataset& dataset) {
    const auto& file = request.data.aliases;
    if (file.empty() || dataset.names.approved.empty()) return;
    base::JobContext ctx;
    base::write_file(
        file, data::aliases_csv(data::merged(approved_names(file, ctx), dataset.names.approved)));
}

// Whether cells of the table may be quoted.
bool hides_cells(const Dataset& d, Classification classification) {
    const auto& indicators = d.cube->indicators;
    return classification == Classification::Public &&
           std::any_of(indicators.begin(), indicators.end(),
                       [](const data::Indicator& one) { return counts_persons(one); });
}

base::Findings findings_of(const JoinSummary& s, const Language& language) {
    const auto& findings = s.dataset->findings;
    return hides_cells(*s.dataset, s.classification) ? published(findings, language) : findings;
}

// Everything that did not join, one line each.
files::Workbook join_report(const Dataset& d, Classification classification,
                            const Language& language) {
    files::Sheet sheet{
        "join",
        {"problem", "row", "code", "name", "district", "period", "value", "explanation"},
        {}};
    const auto line = [&](const char* problem, std::optional<std::size_t> row,
                          const std::string& code, const std::string& name,
                          const std::string& district, const std::string& period,
                          const std::string& value) {
        files::SheetCell number;
        if (row) number = static_cast<double>(*row);
        sheet.rows.push_back({problem, number, code, name, district, period, value,
                              language.text(std::string("join.") + problem)});
    };
    const auto& units = d.vintage->units;
    for (const auto unit : d.join.unmatched_units) {
        const auto* district = units.group_of(data::Level::District, unit);
        line("unmatched_unit", {}, units.code[unit], units.name[unit],
             district ? district->name : "", "", "");
    }
    const bool hides = hides_cells(d, classification);
    const auto rows = [&](const char* problem, const std::vector<data::JoinRow>& list, bool value) {
        for (const auto& row : list)
            line(problem, row.row, row.code, "", "", row.period,
                 !value                          ? ""
                 : hides && tells_few(row.value) ? language.text("legend.suppressed")
                                                 : row.value);
    };
    rows("unmatched_row", d.join.unmatched_rows, false);
    rows("duplicate_row", d.join.duplicate_rows, false);
    rows("bad_value", d.join.bad_values, true);
    for (const auto* list : {&d.names.suggestions, &d.names.unknown})
        for (const auto& s : *list) {
            const bool known = !s.candidates.empty();
            const auto unit = known ? s.candidates.front().unit : 0;
            line(s.accepted ? "accepted_name"
                 : known    ? "suggestion"
                            : "unknown_name",
                 s.row, known ? units.code[unit] : s.code, s.name.name, s.name.district, "",
                 known ? parted(units.name[unit], district_of(d, unit)) : "");
        }
    return {.title = d.table_name, .language = language.code(), .sheets = {std::move(sheet)}};
}

} // namespace

JoinSummary run(const JoinRequest& request, std::shared_ptr<const Dataset> dataset,
                const Language& language, base::JobContext& ctx) {
    if (!dataset->joined) throw base::Error(base::ErrorKind::Usage, "error.join.no_table");
    check_output(dataset->request, request.out);
    JoinSummary s{.dataset = dataset, .classification = request.classification};
    const auto& cube = *dataset->cube;
    const auto choice = resolve(
        {.indicator = request.indicator.empty() ? cube.indicators.front().id : request.indicator,
         .period = request.period},
        *dataset);
    s.indicator = *cube.find(choice.indicator);
    for (std::size_t p = 0; p < cube.periods.size(); ++p) {
        if (request.period.year != 0 && cube.periods[p] != request.period) continue;
        const auto slice = cube.slice(s.indicator, p);
        for (std::size_t i = 0; i < slice.size(); ++i) {
            switch (slice.state[i]) {
            case data::Cell::Observed:
                ++s.observed;
                break;
            case data::Cell::Missing:
                ++s.missing;
                break;
            case data::Cell::Estimated:
                ++s.estimated;
                break;
            case data::Cell::NotApplicable:
                ++s.not_applicable;
                break;
            case data::Cell::Suppressed:
                ++s.suppressed;
                break;
            case data::Cell::NotExisting:
                ++s.not_existing;
                break;
            }
        }
    }
    for (const auto number : dataset->names.refused)
        throw base::Error(
            base::ErrorKind::Usage, "error.join.no_suggestion",
            {{"number", as_count(number)}, {"count", as_count(dataset->names.suggestions.size())}});
    remember(request, *dataset);
    if (!request.out.empty())
        write_tables(request.out, join_report(*dataset, request.classification, language),
                     request.classification, {}, language, {dataset->request.store, "join"}, ctx);
    return s;
}

std::string to_json(const JoinSummary& s, const Language& language) {
    const auto& d = *s.dataset;
    const auto& j = d.join;
    Json out{{"table", d.table_name},
             {"key", j.key},
             {"year_column", j.year_column},
             {"rows", j.table_rows},
             {"units", d.vintage->units.size()},
             {"matched", j.matched_units},
             {"matched_rows", j.matched_rows},
             {"unmatched_units", units_json(d, j.unmatched_units)},
             {"unmatched_rows", rows_json(j.unmatched_rows)},
             {"duplicate_rows", rows_json(j.duplicate_rows)},
             {"bad_values", rows_json(j.bad_values)},
             {"restored_codes", j.restored_codes},
             {"names",
              {{"column", d.names.name},
               {"district_column", d.names.district},
               {"province_column", d.names.province},
               {"rows_by_code", d.names.rows_by_code},
               {"rows_by_name", d.names.rows_by_name},
               {"rows_by_alias", d.names.rows_by_alias},
               {"rows_accepted", d.names.rows_accepted},
               {"unknown", suggestions_json(d, d.names.unknown)}}},
             {"suggestions", suggestions_json(d, d.names.suggestions)},
             {"indicator", d.cube->indicators[s.indicator].id},
             {"state",
              {{"observed", s.observed},
               {"missing", s.missing},
               {"estimated", s.estimated},
               {"suppressed", s.suppressed},
               {"not_applicable", s.not_applicable},
               {"not_existing", s.not_existing}}},
             {"findings", findings_json(findings_of(s, language), language)}};
    return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string to_text(const JoinSummary& s, const Language& language) {
    const auto& d = *s.dataset;
    const auto& j = d.join;
    Lines lines(language);
    lines.add("report.table", d.table_name)
        .add("report.key", j.key)
        .add("report.rows", j.table_rows)
        .add("report.units", d.vintage->units.size())
        .add("report.matched_units", j.matched_units)
        .add("report.unmatched_units", j.unmatched_units.size())
        .add("report.unmatched_rows", j.unmatched_rows.size())
        .add("report.duplicate_rows", j.duplicate_rows.size())
        .add("report.bad_values", j.bad_values.size());
    if (j.restored_codes > 0) lines.add("report.restored_codes", j.restored_codes);
    add_names(lines, d, language);
    lines.add("report.findings", d.findings.size());
    lines.raw(findings_text(findings_of(s, language), language));
    return lines.take();
}

std::vector<std::string> to_flags(const JoinRequest& request) {
    Flags flags{"join"};
    add_flags(flags, request.data);
    add_flags(flags, MapChoice{.indicator = request.indicator, .period = request.period});
    add_flags(flags, request.classification);
    if (!request.out.empty()) flags.insert(flags.end(), {"--out", request.out.string()});
    return flags;
}

} // namespace diaban::app
