#include "app/statuses.hpp"

#include "app/status_claims.hpp"
#include "app/view.hpp"
#include "base/text.hpp"
#include "data/code_index.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace diaban::app {
namespace {

using base::Error;
using base::ErrorKind;

const data::Column& column_of(const data::RawTable& table, const char* name) {
    if (const auto* column = table.find(name)) return *column;
    std::string columns;
    for (const auto& one : table.column_names()) columns += (columns.empty() ? "" : ", ") + one;
    throw Error(ErrorKind::Data, "error.table.no_column",
                {{"column", std::string(name)}, {"file", table.source}, {"columns", columns}});
}

base::Finding bad_override(std::size_t row, const char* key, const std::string& value) {
    base::Finding finding{base::Severity::Problem, key, {}, "", {}, "", {}};
    finding.args = {{"row", static_cast<std::int64_t>(row)}, {"value", value}};
    return finding;
}

// The series as reports have it: the cube of a store shows what counts.
void restore_reports(data::StatusSeries& series, data::Domain domain,
                     const std::vector<files::StoredClaims>& claims) {
    for (const auto& c : claims) {
        if (c.domain != domain || (!c.claims.rule && !c.claims.override_)) continue;
        const auto at = std::find(series.periods.begin(), series.periods.end(), c.period);
        if (at == series.periods.end()) continue;
        auto& statuses = series.of[static_cast<std::size_t>(at - series.periods.begin())];
        if (c.unit < statuses.size())
            statuses[c.unit] = c.claims.report ? c.claims.report->status : data::Status::Unknown;
    }
    // A period that only rules and people speak of is none of the reports'.
    for (std::size_t p = series.periods.size(); p-- > 0;) {
        const auto& of = series.of[p];
        if (std::any_of(of.begin(), of.end(),
                        [](data::Status s) { return s != data::Status::Unknown; }))
            continue;
        series.periods.erase(series.periods.begin() + static_cast<std::ptrdiff_t>(p));
        series.of.erase(series.of.begin() + static_cast<std::ptrdiff_t>(p));
    }
}

data::StatusSeries rule_series(data::Domain domain, std::size_t units,
                               const std::vector<files::StoredClaims>& claims) {
    std::map<data::Period, std::vector<data::Status>> periods;
    for (const auto& c : claims) {
        if (c.domain != domain || !c.claims.rule || c.unit >= units) continue;
        auto& statuses = periods[c.period];
        statuses.resize(units, data::Status::Unknown);
        statuses[c.unit] = c.claims.rule->status;
    }
    data::StatusSeries out;
    for (auto& [period, statuses] : periods) {
        out.periods.push_back(period);
        out.of.push_back(std::move(statuses));
    }
    return out;
}

} // namespace

std::string_view to_string(Domains domains) {
    constexpr std::array<std::string_view, 3> kNames{"both", "drug", "prostitution"};
    return kNames[static_cast<std::size_t>(domains)];
}

std::vector<data::StatusRecord> read_overrides(const std::filesystem::path& file,
                                               const data::UnitTable& units,
                                               base::Findings& findings, base::JobContext& ctx) {
    const auto table =
        files::read_table({.file = file, .text_columns = {"code", "period"}}, ctx).table;
    const auto &code = column_of(table, "code"), &period = column_of(table, "period"),
               &domain = column_of(table, "domain"), &status = column_of(table, "status"),
               &reason = column_of(table, "reason"), &author = column_of(table, "author");
    const data::CodeIndex index(units, true, 0);
    std::vector<data::StatusRecord> out;
    for (std::size_t row = 0; row < table.rows(); ++row) {
        const auto line = table.first_row + row;
        const auto unit = index.find(base::trim(code.cell(row)));
        const auto when = data::parse_year_cell(period.cell(row));
        const auto what = data::status_code(status.cell(row));
        const auto which = parse_domains(base::lower(base::trim(domain.cell(row))));
        if (!unit) {
            findings.push_back(bad_override(line, "override_unit", code.cell(row)));
        } else if (!when || !what || !which || *which == Domains::Both) {
            findings.push_back(
                bad_override(line, "override_value",
                             period.cell(row) + ", " + domain.cell(row) + ", " + status.cell(row)));
        } else if (reason.cell(row).empty() || author.cell(row).empty()) {
            findings.push_back(bad_override(line, "override_reason", code.cell(row)));
        } else {
            data::StatusRecord record;
            record.unit = unit->unit;
            record.period = *when;
            record.domain =
                *which == Domains::Drug ? data::Domain::Drug : data::Domain::Prostitution;
            record.source = data::StatusSource::Override;
            record.status = *data::parse_status(*what);
            record.reason = reason.cell(row);
            record.author = author.cell(row);
            out.push_back(std::move(record));
        }
    }
    return out;
}

void apply_claims(data::IndicatorCube& cube, const std::vector<files::StoredClaims>& claims) {
    for (const auto& c : claims) {
        const auto* counts = c.claims.effective();
        if (!counts || counts->source == data::StatusSource::Report) continue;
        const auto indicator = cube.find(c.domain == data::Domain::Drug ? "ST01" : "ST02");
        const auto period = cube.find(c.period);
        if (!indicator || !period || c.unit >= cube.units()) continue;
        const auto& categories = cube.indicators[*indicator].categories;
        const auto at =
            std::find(categories.begin(), categories.end(), data::to_string(counts->status));
        if (at != categories.end())
            cube.set(*indicator, *period, c.unit, static_cast<double>(at - categories.begin()));
        else
            cube.set(*indicator, *period, c.unit, 0, data::Cell::Missing);
    }
}

std::vector<files::StoredClaims> claims_of(const Dataset& dataset) {
    // The moves between two periods are shown as an indicator that no store has.
    const bool stored = !dataset.request.store.empty() && !dataset.cube->find("change");
    return stored ? files::read_claims(dataset.request.store, dataset.vintage->id)
                  : std::vector<files::StoredClaims>{};
}

std::optional<Domains> parse_domains(std::string_view text) {
    for (const auto d : {Domains::Both, Domains::Drug, Domains::Prostitution})
        if (to_string(d) == text) return d;
    const auto key = base::search_key(text);
    if (key == "ma tuy") return Domains::Drug;
    if (key == "mai dam") return Domains::Prostitution;
    return std::nullopt;
}

Statuses find_statuses(const Dataset& dataset, const StatusChoice& choice, base::JobContext& ctx) {
    Statuses out;
    const auto& cube = *dataset.cube;
    const auto read = [&](data::Domain domain, const std::string& wanted, std::string& id) {
        const auto indicator = data::find_status(cube, domain, wanted);
        if (!indicator) return data::StatusSeries{};
        id = cube.indicators[*indicator].id;
        return data::read_statuses(cube, *indicator);
    };
    out.drug = read(data::Domain::Drug, choice.drug, out.drug_id);
    out.prostitution = read(data::Domain::Prostitution, choice.prostitution, out.prostitution_id);
    if (out.drug.empty() && out.prostitution.empty())
        throw Error(ErrorKind::Usage, "error.status.none", {{"file", dataset.title}});
    data::StatusSeries drug_rule, prostitution_rule;
    if (const auto claims = claims_of(dataset); !claims.empty()) {
        const auto units = dataset.vintage->units.size();
        if (out.drug_id == "ST01") restore_reports(out.drug, data::Domain::Drug, claims);
        if (out.prostitution_id == "ST02")
            restore_reports(out.prostitution, data::Domain::Prostitution, claims);
        drug_rule = rule_series(data::Domain::Drug, units, claims);
        prostitution_rule = rule_series(data::Domain::Prostitution, units, claims);
        for (const auto& c : claims)
            if (c.claims.override_) out.overrides.push_back(*c.claims.override_);
    }
    if (!choice.overrides.empty()) {
        const auto given =
            read_overrides(choice.overrides, dataset.vintage->units, out.findings, ctx);
        out.overrides.insert(out.overrides.end(), given.begin(), given.end());
    }
    out.drug_counts = data::effective(out.drug, drug_rule, out.overrides, data::Domain::Drug);
    out.prostitution_counts = data::effective(out.prostitution, prostitution_rule, out.overrides,
                                              data::Domain::Prostitution);
    return out;
}

data::StatusHistory history_of(const Statuses& statuses, Domains domains) {
    const data::StatusSeries none;
    const auto& drug = domains == Domains::Prostitution ? none : statuses.drug_counts;
    const auto& prostitution = domains == Domains::Drug ? none : statuses.prostitution_counts;
    if (drug.empty() && prostitution.empty())
        throw Error(ErrorKind::Usage, "error.status.no_domain",
                    {{"domain", std::string(to_string(domains))}});
    return data::history_of(drug, prostitution);
}

data::IndicatorCube move_cube(const data::Transitions& moves, const std::string& vintage) {
    data::Indicator change;
    change.id = "change";
    change.kind = data::Kind::Category;
    const auto span = data::to_string(moves.from) + "–" + data::to_string(moves.to);
    change.name_vi = "Chuyển biến phân loại " + span;
    change.name_en = "Change of status " + span;
    change.categories = data::move_categories();
    data::IndicatorCube cube(vintage, {change}, {moves.to}, moves.of.size());
    for (std::size_t i = 0; i < moves.of.size(); ++i) {
        const auto code = data::shown_move(moves.of[i]);
        const auto at = std::find(change.categories.begin(), change.categories.end(), code);
        if (at != change.categories.end())
            cube.set(0, 0, i, static_cast<double>(at - change.categories.begin()));
    }
    return cube;
}

data::Transitions moves_between(const Dataset& dataset, const StatusChoice& choice, Domains domains,
                                data::Period from, data::Period to, base::JobContext& ctx) {
    return data::transitions(history_of(find_statuses(dataset, choice, ctx), domains), from, to);
}

std::shared_ptr<const Dataset> with_changes(const Dataset& dataset,
                                            const data::Transitions& moves) {
    auto out = std::make_shared<Dataset>(dataset);
    out->cube = std::make_shared<data::IndicatorCube>(move_cube(moves, dataset.cube->vintage));
    out->decimals = {0};
    return out;
}

std::string moves_note(const data::Transitions& moves, const Language& language) {
    std::array<std::size_t, data::kMoves> shown{};
    for (const auto& unit : moves.of)
        for (std::size_t m = 0; m < data::kMoves; ++m)
            shown[m] += data::shown_move(unit) == data::to_string(static_cast<data::Move>(m));
    std::vector<std::string> full;
    for (std::size_t m = 0; m < data::kMoves; ++m)
        if (shown[m] != moves.counts[m])
            full.push_back(
                category_text(std::string(data::to_string(static_cast<data::Move>(m))), language) +
                " " + language.count(moves.counts[m]));
    std::string out;
    if (!full.empty()) out = language.text("change.in_full", {{"moves", base::joined(full)}});
    if (moves.counts[static_cast<std::size_t>(data::Move::Relapsed)] > 0)
        out += (out.empty() ? "" : " ") + language.text("change.relapse");
    return out;
}

std::pair<data::Period, data::Period> parse_change(const std::string& text, bool forward) {
    const auto colon = text.find(':');
    const auto from = data::parse_period(text.substr(0, colon));
    const auto to = colon == text.npos ? std::nullopt : data::parse_period(text.substr(colon + 1));
    if (from && to && *from == *to)
        throw Error(ErrorKind::Usage, "error.change.same_year",
                    {{"value", text}, {"period", data::to_string(*to)}});
    if (!from || !to || (forward && *to < *from))
        throw Error(ErrorKind::Usage, "error.flag.bad_value",
                    {{"flag", "--change"}, {"value", text}, {"expected", "2009:2010"}});
    return {*from, *to};
}

std::string district_name(const Dataset& dataset, std::size_t unit) {
    const auto* district = dataset.vintage->units.group_of(data::Level::District, unit);
    return district ? district->name : std::string();
}

} // namespace diaban::app
