#include "app/commands/join.hpp"

#include "app/commands/csv.hpp"
#include "app/commands/flags.hpp"
#include "app/commands/json.hpp"
#include "base/paths.hpp"

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

} // namespace

JoinSummary run(const JoinRequest& request, std::shared_ptr<const Dataset> dataset,
                const Language& language) {
    if (!dataset->joined) throw base::Error(base::ErrorKind::Usage, "error.join.no_table");
    JoinSummary s{.dataset = dataset};
    const auto& cube = *dataset->cube;
    for (std::size_t p = 0; p < cube.periods.size(); ++p) {
        const auto slice = cube.slice(0, p);
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
    if (!request.out.empty()) base::write_file(request.out, join_report_csv(*dataset, language));
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
             {"suggestions", Json::array()},
             {"state",
              {{"observed", s.observed},
               {"missing", s.missing},
               {"estimated", s.estimated},
               {"suppressed", s.suppressed},
               {"not_applicable", s.not_applicable},
               {"not_existing", s.not_existing}}},
             {"findings", findings_json(d.findings, language)}};
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
    lines.add("report.findings", d.findings.size());
    lines.raw(findings_text(d.findings, language));
    return lines.take();
}

std::vector<std::string> to_flags(const JoinRequest& request) {
    Flags flags{"join"};
    add_flags(flags, request.data);
    if (!request.out.empty()) flags.insert(flags.end(), {"--out", request.out.string()});
    return flags;
}

std::string join_report_csv(const Dataset& d, const Language& language) {
    std::string out = "\xEF\xBB\xBFproblem,row,code,name,district,period,value,explanation\r\n";
    const auto line = [&](const char* problem, const std::string& row, const std::string& code,
                          const std::string& name, const std::string& district,
                          const std::string& period, const std::string& value) {
        out += std::string(problem) + "," + row + "," + csv_cell(code) + "," + csv_cell(name) +
               "," + csv_cell(district) + "," + csv_cell(period) + "," + csv_cell(value) + "," +
               csv_cell(language.text(std::string("join.") + problem)) + "\r\n";
    };
    const auto& units = d.vintage->units;
    for (const auto unit : d.join.unmatched_units) {
        const auto* district = units.group_of(data::Level::District, unit);
        line("unmatched_unit", "", units.code[unit], units.name[unit],
             district ? district->name : "", "", "");
    }
    const auto rows = [&](const char* problem, const std::vector<data::JoinRow>& list, bool value) {
        for (const auto& row : list)
            line(problem, std::to_string(row.row), row.code, "", "", row.period,
                 value ? row.value : "");
    };
    rows("unmatched_row", d.join.unmatched_rows, false);
    rows("duplicate_row", d.join.duplicate_rows, false);
    rows("bad_value", d.join.bad_values, true);
    return out;
}

} // namespace diaban::app
