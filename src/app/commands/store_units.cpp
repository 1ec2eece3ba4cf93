#include "app/commands/store_units.hpp"

#include "app/commands/flags.hpp"
#include "app/crosswalk_files.hpp"
#include "app/place_source.hpp"
#include "app/stored_codes.hpp"
#include "app/stored_vintage.hpp"
#include "base/csv.hpp"
#include "base/paths.hpp"
#include "base/text.hpp"
#include "data/import_plan.hpp"
#include "data/place_check.hpp"
#include "files/layer_writer.hpp"
#include "files/place_attributes.hpp"
#include "files/store_schema.hpp"
#include "files/store_vintage.hpp"
#include "files/tables.hpp"
#include "geo/overlay.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace diaban::app {
namespace {

using base::Error;
using base::ErrorKind;

// The file's own dates; a flag where it has none. Places that would end before they begin are left
// out with a finding.
std::vector<files::StoredPlace> dated_by(const StorePlacesRequest& request,
                                         std::vector<data::Place> places,
                                         base::Findings& findings) {
    std::vector<files::StoredPlace> out;
    for (auto& place : places) {
        auto from = files::text_of(place.from), until = files::text_of(place.until);
        if (from.empty()) from = request.valid_from;
        if (until.empty()) until = request.valid_until;
        if (until.empty() || from < until) {
            out.push_back({std::move(place), std::move(from), std::move(until)});
            continue;
        }
        findings.push_back(
            base::finding(base::Severity::Problem, "place_dates_flags",
                          {{"file", request.file.filename().string()},
                           {"named", place.name.empty() ? "" : " (" + place.name + ")"},
                           {"value", from + " – " + until}}));
    }
    return out;
}

// Throws also "error.places.metres_zones": of metres in a system that is not stated, with the zones
// that they are likely in.
files::PlacesRead places_in_degrees(const StorePlacesRequest& request, base::JobContext& ctx) {
    constexpr std::size_t kMostNamed = 4;
    const auto kind = request.kind.empty() ? "other" : request.kind;
    try {
        return files::read_places({request.file, kind, request.crs}, geo::Crs::wgs84(), ctx);
    } catch (const Error& error) {
        if (error.message.key != "error.places.metres") throw;
        std::vector<std::string> zones;
        const files::Store store(request.store);
        for (const auto& vintage : store.info().vintages)
            for (const int code : province_zones(store.read_units(vintage)))
                if (const auto title = system_title(geo::Crs::epsg(code));
                    std::find(zones.begin(), zones.end(), title) == zones.end())
                    zones.push_back(title);
        if (zones.empty() || zones.size() > kMostNamed) throw;
        auto args = error.message.args;
        args.emplace_back("zones", base::joined(zones));
        throw Error(ErrorKind::Data, "error.places.metres_zones", std::move(args));
    }
}

std::string shape_word(const data::Place& place) {
    if (place.line) return "line";
    return place.rings.empty() || place.rings.front().size() < 3 ? "point" : "area";
}

// Only what is on any map: attributes hold nothing of persons.
void write_listed(const std::filesystem::path& out, const std::vector<data::Place>& places,
                  RecordsReport& report) {
    if (base::lower_extension(out) == ".csv") {
        const auto table = files::places_table(places);
        std::string csv = std::string(base::kByteOrderMark) + base::csv_line(table.column_names());
        for (std::size_t row = 0; row < places.size(); ++row) {
            std::vector<std::string> cells;
            for (const auto& column : table.columns) cells.push_back(column.cell(row));
            csv += base::csv_line(cells);
        }
        base::write_file(out, csv);
    } else {
        files::write_places(out, places, geo::Crs::wgs84());
    }
    report.file = out;
}

data::RawTable table_of(const std::filesystem::path& file, std::vector<std::string> text_columns,
                        base::JobContext& ctx) {
    return files::read_table({.file = file, .text_columns = std::move(text_columns)}, ctx).table;
}

data::CrosswalkRead from_table(const StoreCrosswalkRequest& request, const files::Store& store,
                               base::Findings& findings, base::JobContext& ctx) {
    return read_crosswalk_files({request.table, request.then, request.shares, request.columns},
                                store.read_units(request.from), store.read_units(request.to),
                                findings, ctx);
}

// Both vintages in one CRS, so that their ground can be compared.
data::CrosswalkRead from_overlay(const StoreCrosswalkRequest& request, const files::Store& store,
                                 base::Findings& findings, base::JobContext& ctx) {
    const auto build = [&](const std::string& id, const geo::Crs& map) {
        const auto vintage = store.read_vintage(id, ctx);
        geo::CoverageSpec spec{.source = geo::Crs::wgs84(), .map = map};
        spec.thresholds = spec.measure_overlaps = false;
        return std::pair(geo::build_coverage(vintage.soup, spec, ctx).coverage, vintage.units);
    };
    ctx.stage("stage.coverage");
    constexpr int kWholeCountry = 3405; // VN-2000 / UTM zone 48N, for several provinces
    const auto [from, from_units] = build(request.from, geo::Crs::epsg(kWholeCountry));
    const auto [to, to_units] = build(request.to, geo::Crs::epsg(kWholeCountry));
    ctx.stage("stage.overlay");
    auto shares = geo::overlay(*from, *to, request.least_share, ctx);
    data::CrosswalkRead out;
    out.crosswalk.basis = data::Basis::Area;
    out.crosswalk.weight = std::move(shares.weight);
    out.crosswalk.to_units = to_units.size();
    constexpr double kWhole = 0.99;
    for (std::size_t i = 0; i < from_units.size(); ++i) {
        if (shares.covered[i] >= kWhole || from->faces()[i].area_m2 == 0) continue;
        base::Finding finding{base::Severity::Warning, "overlay_uncovered", {}, "", {}, "", {}};
        finding.unit = from_units.code[i];
        finding.args = {{"code", finding.unit},
                        {"name", from_units.name[i]},
                        {"percent", 100 * shares.covered[i]}};
        findings.push_back(std::move(finding));
    }
    return out;
}

// A table of two other days leaves most units without a successor.
void refuse_strange(const StoreCrosswalkRequest& request, const data::Crosswalk& crosswalk) {
    std::size_t lost = 0;
    const auto units = crosswalk.weight.rows();
    for (std::size_t i = 0; i < units; ++i) lost += crosswalk.weight.row(i).empty();
    if (lost * 2 <= units) return;
    throw Error(ErrorKind::Data, "error.crosswalk.strange",
                {{"file", request.overlay ? request.to : request.table.filename().string()},
                 {"from", request.from},
                 {"to", request.to},
                 {"count", static_cast<std::int64_t>(lost)},
                 {"units", static_cast<std::int64_t>(units)}});
}

// Names the pairs that there are: a direction is easily turned round.
Error no_crosswalk(const StoreCrosswalkRequest& request) {
    std::vector<std::string> known;
    for (const auto& one : files::list_crosswalks(request.store))
        known.push_back(one.from + " → " + one.to);
    base::Args args{
        {"from", request.from}, {"to", request.to}, {"file", request.store.filename().string()}};
    if (known.empty())
        return {ErrorKind::Usage, "error.store.no_crosswalk_at_all", std::move(args)};
    args.emplace_back("known", base::joined(known));
    return {ErrorKind::Usage, "error.store.no_crosswalk", std::move(args)};
}

void report_replaced(const StoreCrosswalkRequest& request, const data::Crosswalk& made,
                     base::Findings& findings) {
    for (const auto& old : files::list_crosswalks(request.store)) {
        if (old.from != request.from || old.to != request.to) continue;
        base::Finding finding{base::Severity::Warning, "crosswalk_replaced", {}, "", {}, "", {}};
        finding.args = {{"from", old.from},
                        {"to", old.to},
                        {"source", old.source.empty() ? std::string("–") : old.source},
                        {"pairs", static_cast<std::int64_t>(old.pairs)},
                        {"now", static_cast<std::int64_t>(made.weight.index.size())}};
        findings.push_back(std::move(finding));
    }
}

bool has_finding(const base::Findings& findings, std::string_view key) {
    return std::any_of(findings.begin(), findings.end(),
                       [&](const base::Finding& f) { return f.key == key; });
}

void list_names(RecordsReport& report, const UnitRecordsRequest& request) {
    report.keys = {"code", "name", "type", "parent", "valid_from", "valid_until", "document"};
    for (const auto& n : files::read_stored_names(request.store))
        if ((request.code.empty() || n.code == request.code) &&
            (request.day.empty() || data::valid_on(n.from, n.until, request.day)))
            report.rows.push_back({n.code, n.name, n.type, n.parent, n.from, n.until, n.document});
}

void list_agencies(RecordsReport& report, const UnitRecordsRequest& request) {
    report.keys = {"code", "agency", "valid_from", "valid_until"};
    for (const auto& a : files::read_stored_assignments(request.store))
        if ((request.code.empty() || a.code == request.code) &&
            (request.agency.empty() || a.agency == request.agency) &&
            (request.day.empty() || data::valid_on(a.from, a.until, request.day)))
            report.rows.push_back({a.code, a.agency, a.from, a.until});
}

// A list of the whole country in the store of one province: most of it will never be asked for.
void report_names_elsewhere(const UnitRecordsRequest& request,
                            const std::vector<data::UnitName>& names, base::Findings& findings) {
    const auto known = stored_codes(request.store);
    std::set<std::string> all, elsewhere;
    for (const auto& name : names) {
        all.insert(name.code);
        if (!known.contains(name.code)) elsewhere.insert(name.code);
    }
    if (elsewhere.size() * 2 <= all.size() || !request.province.empty()) return;
    findings.push_back(base::finding(base::Severity::Warning, "names_elsewhere",
                                     {{"count", static_cast<std::int64_t>(elsewhere.size())},
                                      {"of", static_cast<std::int64_t>(all.size())}}));
}

// Codes that no vintage of the store has are most likely misspelt; they are kept and named.
void report_unknown_codes(const std::filesystem::path& file,
                          const std::vector<data::Assignment>& assignments,
                          base::Findings& findings) {
    auto known = stored_codes(file);
    for (const auto& a : assignments) {
        if (!known.try_emplace(a.code).second) continue;
        base::Finding finding{
            base::Severity::Warning, "record_unknown_unit", {}, a.code, {}, "", {}};
        finding.args = {{"code", a.code}, {"agency", a.agency}};
        findings.push_back(std::move(finding));
    }
}

} // namespace

RecordsReport run(const VintageRequest& request, base::JobContext& ctx) {
    RecordsReport report{.kind = "vintage"};
    const auto& store = request.data.store;
    if (request.dry_run && request.action != RecordAction::Remove)
        throw Error(ErrorKind::Usage, "error.flag.bad_value",
                    {{"flag", "action"},
                     {"value", std::string(to_string(request.action))},
                     {"expected", "remove (--dry-run)"}});
    if (request.action == RecordAction::Remove) {
        if (request.data.vintage.empty()) require_flag("--vintage");
        const auto units = files::remove_vintage(store, request.data.vintage, request.dry_run,
                                                 report.findings, ctx);
        report.removed = request.dry_run ? 0 : 1;
        report.findings.insert(report.findings.begin(),
                               base::finding(base::Severity::Info,
                                             request.dry_run ? "vintage_would_go" : "vintage_gone",
                                             {{"vintage", request.data.vintage},
                                              {"count", static_cast<std::int64_t>(units)}}));
    }
    if (request.action == RecordAction::Add) {
        if (request.data.boundaries.empty()) require_flag("--boundaries");
        if (request.data.vintage.empty()) require_flag("--vintage");
        const auto vintage = stored_vintage(request.data, request.valid_from, request.valid_until,
                                            report.findings, ctx);
        files::add_vintage(store, vintage, report.findings, ctx);
        report.added = 1;
    }
    report.keys = {"id", "units", "valid_from", "valid_until"};
    const files::Store opened(store);
    for (const auto& id : opened.info().vintages) {
        const auto [from, until] = opened.vintage_dates(id);
        report.rows.push_back({id, std::to_string(opened.read_units(id).size()),
                               files::text_of(from), files::text_of(until)});
    }
    return report;
}

RecordsReport run(const StoreCrosswalkRequest& request, base::JobContext& ctx) {
    RecordsReport report{.kind = "crosswalk"};
    if (request.action != RecordAction::List) {
        if (request.from.empty()) require_flag("--from");
        if (request.to.empty()) require_flag("--to");
    }
    if (request.action == RecordAction::Add) {
        if (request.table.empty() == !request.overlay)
            throw Error(ErrorKind::Usage, "error.crosswalk.how");
        const files::Store store(request.store);
        auto made = request.overlay ? from_overlay(request, store, report.findings, ctx)
                                    : from_table(request, store, report.findings, ctx);
        made.crosswalk.from = request.from;
        made.crosswalk.to = request.to;
        auto source = request.table.filename().string();
        for (const auto& file : request.then) source += " → " + file.filename().string();
        if (!request.shares.empty()) source += " + " + request.shares.filename().string();
        if (request.overlay) source = fmt::format("overlay {}", request.least_share);
        refuse_strange(request, made.crosswalk);
        report_replaced(request, made.crosswalk, report.findings);
        files::put_crosswalk(request.store, made.crosswalk, made.incomplete, source, ctx);
        const bool replaced = has_finding(report.findings, "crosswalk_replaced");
        (replaced ? report.revised : report.added) = 1;
    } else if (request.action == RecordAction::Remove) {
        report.removed = files::remove_crosswalk(request.store, request.from, request.to, ctx);
        if (report.removed == 0) throw no_crosswalk(request);
    }
    report.keys = {"from", "to", "basis", "pairs", "incomplete", "source"};
    for (const auto& c : files::list_crosswalks(request.store))
        report.rows.push_back({c.from, c.to, c.basis, std::to_string(c.pairs),
                               std::to_string(c.incomplete), c.source});
    return report;
}

RecordsReport run(const UnitRecordsRequest& request, base::JobContext& ctx) {
    const bool names = request.kind == UnitRecordsRequest::Kind::Names;
    RecordsReport report{.kind = names ? "names" : "agency"};
    check_day("--day", request.day);
    if (!request.province.empty() && request.action != RecordAction::Add)
        throw Error(ErrorKind::Usage, "error.flag.bad_value",
                    {{"flag", "action"},
                     {"value", std::string(to_string(request.action))},
                     {"expected", "add (--province)"}});
    if (request.action == RecordAction::Add) {
        if (request.file.empty()) require_flag("--file");
        const auto table = table_of(request.file,
                                    {"code", "commune_code", "ma_xa", "district_code", "ma_huyen",
                                     "province_code", "ma_tinh"},
                                    ctx);
        files::RecordChanges changes;
        if (names) {
            const auto read = data::read_unit_names(table, report.findings, request.province);
            report_names_elsewhere(request, read, report.findings);
            changes = files::put_unit_names(request.store, read, ctx);
        } else {
            const auto read = data::read_assignments(table, report.findings);
            report_unknown_codes(request.store, read, report.findings);
            changes = files::put_assignments(request.store, read, ctx);
        }
        report.added = changes.added;
        report.revised = changes.revised;
    } else if (request.action == RecordAction::Remove) {
        if (names)
            throw Error(ErrorKind::Usage, "error.flag.bad_value",
                        {{"flag", "action"}, {"value", "remove"}, {"expected", "list | add"}});
        if (request.code.empty()) require_flag("--unit");
        report.removed =
            files::remove_assignments(request.store, request.code, request.agency, ctx);
        const auto agency = request.agency.empty() ? std::string() : " " + request.agency;
        require_removed(report.removed, request.code + agency, request.store);
    }
    names ? list_names(report, request) : list_agencies(report, request);
    constexpr std::size_t kMostShown = 20; // of what was just added; --json and --out have all
    if (request.action == RecordAction::Add) report.most_shown = kMostShown;
    if (!request.out.empty()) {
        std::string csv = std::string(base::kByteOrderMark) + base::csv_line(report.keys);
        for (const auto& row : report.rows) csv += base::csv_line(row);
        base::write_file(request.out, csv);
        report.file = request.out;
    }
    return report;
}

RecordsReport run(const StorePlacesRequest& request, base::JobContext& ctx) {
    RecordsReport report{.kind = "places"};
    check_day("--day", request.day);
    check_day("--valid-from", request.valid_from);
    check_day("--valid-until", request.valid_until);
    if (!request.valid_until.empty() && request.valid_until <= request.valid_from)
        throw Error(ErrorKind::Usage, "error.places.dates",
                    {{"from", request.valid_from}, {"until", request.valid_until}});
    if (request.action == RecordAction::Add) {
        if (request.file.empty()) require_flag("--file");
        auto read = places_in_degrees(request, ctx);
        report.findings = std::move(read.findings);
        data::check_places(read.layer.places, report.findings);
        const auto places = dated_by(request, std::move(read.layer.places), report.findings);
        const auto changes = files::put_places(request.store, places, ctx);
        report.added = changes.added;
        report.revised = changes.revised;
    } else if (request.action == RecordAction::Remove) {
        if (request.kind.empty() && request.name.empty()) require_flag("--kind");
        report.removed = files::remove_places(request.store, request.kind, request.name, ctx);
        const auto between = request.kind.empty() || request.name.empty() ? "" : " ";
        require_removed(report.removed, request.kind + between + request.name, request.store);
    }
    report.keys = {"kind", "code",       "name",        "shape",     "lon",
                   "lat",  "valid_from", "valid_until", "attributes"};
    std::vector<data::Place> listed;
    for (const auto& [place, from, until] : files::read_stored_places(request.store)) {
        if ((!request.kind.empty() && place.kind != request.kind) ||
            (!request.day.empty() && !data::valid_on(from, until, request.day)))
            continue;
        report.rows.push_back({place.kind, place.code, place.name, shape_word(place),
                               fmt::format("{:.6f}", place.at.x), fmt::format("{:.6f}", place.at.y),
                               from, until, files::attributes_json(place.attributes)});
        listed.push_back(place);
    }
    if (!request.out.empty()) write_listed(request.out, listed, report);
    return report;
}

std::vector<std::string> to_flags(const VintageRequest& r) {
    Flags flags{"store", "vintage", std::string(to_string(r.action)), r.data.store.string()};
    auto data = r.data;
    data.store.clear();
    add_flags(flags, data);
    add_flag(flags, "--valid-from", r.valid_from);
    add_flag(flags, "--valid-until", r.valid_until);
    if (r.dry_run) flags.emplace_back("--dry-run");
    return flags;
}

std::vector<std::string> to_flags(const StoreCrosswalkRequest& r) {
    Flags flags{"store", "crosswalk", std::string(to_string(r.action)), r.store.string()};
    add_flag(flags, "--from", r.from);
    add_flag(flags, "--to", r.to);
    add_flag(flags, "--table", r.table.string());
    for (const auto& file : r.then) add_flag(flags, "--then", file.string());
    add_flag(flags, "--shares", r.shares.string());
    add_flag(flags, "--from-code", r.columns.from);
    add_flag(flags, "--to-code", r.columns.to);
    add_flag(flags, "--share", r.columns.share);
    if (r.overlay) flags.emplace_back("--overlay");
    if (r.least_share != StoreCrosswalkRequest{}.least_share)
        add_flag(flags, "--least-share", number_flag(r.least_share));
    return flags;
}

std::vector<std::string> to_flags(const UnitRecordsRequest& r) {
    Flags flags{"store", r.kind == UnitRecordsRequest::Kind::Names ? "names" : "agency",
                std::string(to_string(r.action)), r.store.string()};
    add_flag(flags, "--file", r.file.string());
    add_flag(flags, "--unit", r.code);
    add_flag(flags, "--agency", r.agency);
    add_flag(flags, "--day", r.day);
    add_flag(flags, "--province", r.province);
    add_flag(flags, "--out", r.out.string());
    return flags;
}

std::vector<std::string> to_flags(const StorePlacesRequest& r) {
    Flags flags{"store", "places", std::string(to_string(r.action)), r.store.string()};
    add_flag(flags, "--file", r.file.string());
    add_flag(flags, "--crs", r.crs);
    add_flag(flags, "--kind", r.kind);
    add_flag(flags, "--name", r.name);
    add_flag(flags, "--valid-from", r.valid_from);
    add_flag(flags, "--valid-until", r.valid_until);
    add_flag(flags, "--day", r.day);
    add_flag(flags, "--out", r.out.string());
    return flags;
}

} // namespace diaban::app
