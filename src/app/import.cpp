#include "app/import.hpp"

#include "app/import_names.hpp"
#include "app/import_profile.hpp"
#include "app/import_vintage.hpp"
#include "app/timestamp.hpp"
#include "base/paths.hpp"
#include "base/text.hpp"
#include "data/import_present.hpp"
#include "data/import_rules.hpp"
#include "files/report_file.hpp"
#include "files/store.hpp"
#include "files/store_catalogue.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

namespace diaban::app {
namespace {

using base::Error;
using base::ErrorKind;

// What the request says on top of the profile it names.
data::ImportProfile profile_of(const ImportRequest& request) {
    auto profile = request.profile.empty() ? data::ImportProfile{}
                                           : find_profile(request.profile, request.store);
    const auto& own = request.own;
    if (!own.sheets.empty()) profile.sheets = own.sheets;
    if (own.header_row) profile.header_row = own.header_row;
    if (own.header_rows) profile.header_rows = own.header_rows;
    if (own.period) profile.period = own.period;
    if (!own.as_of.empty()) profile.as_of = own.as_of;
    if (own.cumulative) profile.cumulative = own.cumulative;
    if (!own.agency.empty()) profile.agency = own.agency;
    if (!own.area.empty()) profile.area = own.area;
    if (!own.present.empty()) profile.present = own.present;
    if (own.empty != data::EmptyRule{}) profile.empty = own.empty;
    for (const auto& [header, meaning] : own.columns) profile.columns[header] = meaning;
    for (const auto& [word, code] : own.words) profile.words[word] = code;
    if (!request.save_profile.empty()) profile.name = request.save_profile;
    return profile;
}

bool same_name(const std::string& a, const std::string& b) {
    return base::search_key(a) == base::search_key(b);
}

std::vector<data::SheetPlan> plans_of(const files::ReportFile& book,
                                      const data::ImportProfile& profile,
                                      const std::vector<data::Indicator>& own,
                                      std::vector<const data::Sheet*>& sheets,
                                      base::Findings& findings) {
    std::vector<data::SheetPlan> plans;
    std::vector<std::string> names;
    // Drafts and last year's numbers are hidden rather than deleted.
    const bool seen = std::any_of(
        book.sheets.begin(), book.sheets.end(), [&](const std::unique_ptr<data::Sheet>& sheet) {
            return !sheet->hidden() && data::plan_sheet(*sheet, profile, own).usable();
        });
    for (const auto& sheet : book.sheets) {
        names.push_back(sheet->name());
        const bool wanted =
            profile.sheets.empty() ||
            std::any_of(profile.sheets.begin(), profile.sheets.end(),
                        [&](const auto& name) { return same_name(name, sheet->name()); });
        if (!wanted) continue;
        auto plan = data::plan_sheet(*sheet, profile, own);
        if (sheet->hidden() && seen && profile.sheets.empty()) {
            if (plan.usable())
                findings.push_back(base::finding(base::Severity::Warning, "import_hidden_sheet",
                                                 {{"sheet", sheet->name()}}));
            continue;
        }
        if (!plan.usable() && profile.sheets.empty() && book.sheets.size() > 1) continue;
        sheets.push_back(sheet.get());
        plans.push_back(std::move(plan));
    }
    const bool any = std::any_of(plans.begin(), plans.end(),
                                 [](const data::SheetPlan& plan) { return plan.usable(); });
    if (any) return plans;
    std::string headers;
    for (const auto& plan : plans)
        for (const auto& column : plan.columns)
            if (!column.header.empty()) headers += (headers.empty() ? "" : " | ") + column.header;
    throw Error(ErrorKind::Data, plans.empty() ? "error.import.no_sheet" : "error.import.nothing",
                {{"file", book.file.filename().string()},
                 {"sheets", fmt::format("{}", fmt::join(names, ", "))},
                 {"headers", headers.empty() ? std::string("–") : headers}});
}

// The district or province that a report without units speaks of.
files::AreaRef area_of(const data::SheetPlan& plan, const data::UnitTable& units,
                       const std::string& file) {
    if (plan.shape != data::Shape::Indicators) return {};
    const auto& provinces = units.groups[static_cast<std::size_t>(data::Level::Province)];
    const auto& districts = units.groups[static_cast<std::size_t>(data::Level::District)];
    if (plan.area.empty() && provinces.size() == 1)
        return {"province", provinces[0].code, provinces[0].name};
    if (!plan.area.empty()) {
        for (const auto& group : provinces)
            if (group.code == plan.area || same_name(group.name, plan.area))
                return {"province", group.code, group.name};
        for (const auto& group : districts)
            if (group.code == plan.area || same_name(group.name, plan.area))
                return {"district", group.code, group.name};
    }
    std::vector<std::string> known;
    for (const auto& group : provinces) known.push_back(group.name);
    for (const auto& group : districts) known.push_back(group.name);
    constexpr std::size_t kMost = 12;
    if (known.size() > kMost) known.resize(kMost);
    throw Error(
        ErrorKind::Data, "error.import.area",
        {{"file", file},
         {"area", plan.area.empty() ? std::string("–") : plan.area},
         {"known", known.empty() ? std::string("–") : fmt::format("{}", fmt::join(known, ", "))}});
}

// How many communes an area has; 0: not known.
std::size_t communes_of(const files::AreaRef& area, const data::UnitTable& units) {
    const auto level = area.level == "district" ? data::Level::District : data::Level::Province;
    std::size_t count = 0;
    for (std::size_t i = 0; i < units.size(); ++i) {
        const auto* group = units.group_of(level, i);
        count += group && group->code == area.code && group->name == area.name;
    }
    return count;
}

// Communes that were healthy the year before a period, as the store has them for an area.
std::map<data::Period, double> healthy_before(const data::SheetImport& sheet,
                                              const files::AreaRef& area,
                                              const std::filesystem::path& store) {
    const bool asked =
        std::any_of(sheet.parts.begin(), sheet.parts.end(), [&](const data::ImportedPart& part) {
            return !part.unit && sheet.indicators[part.indicator].id == "ST11_kept";
        });
    std::map<data::Period, double> out;
    if (!asked) return out;
    for (const auto& stored : files::list_store(store).areas)
        if (stored.indicator == "ST10" && stored.part.empty() && stored.level == area.level &&
            stored.code == area.code && stored.state == data::Cell::Observed)
            out[{stored.period.year + 1, stored.period.half}] = stored.value;
    return out;
}

// Everything a sheet states about areas: classes made exclusive, then the validation rules.
void check_areas(data::SheetImport& sheet, const files::AreaRef& own, const data::UnitTable& units,
                 const std::filesystem::path& store, data::PresentReading reading) {
    const auto check = [&](std::optional<std::size_t> index, const files::AreaRef& area) {
        const auto communes = communes_of(area, units);
        data::make_exclusive(sheet, index, communes, reading);
        data::check_reported(sheet, index, communes, healthy_before(sheet, area, store));
    };
    check(std::nullopt, own);
    for (std::size_t a = 0; a < sheet.areas.size(); ++a) {
        const auto& area = sheet.areas[a];
        check(a, {area.level == data::Level::District ? "district" : "province", area.code,
                  area.name});
    }
}

// A year and its first half that come in two deliveries: what is in the store is the other one.
void check_stored_halves(const files::Store& store, const data::UnitTable& units,
                         files::Delivery& delivery, base::JobContext& ctx) {
    const auto& stored = store.info().periods;
    const auto counterpart = [](data::Period p) { return data::Period{p.year, p.half ? 0 : 1}; };
    const auto asked = [&](const data::SheetImport& sheet, std::size_t s, data::Period period) {
        const auto* entry = data::find_in_catalogue(sheet.indicators[s].id);
        const auto other = counterpart(period);
        return period.half != 2 && entry && entry->reading == data::Accrual::Flow &&
               !sheet.slices.contains({s, other}) &&
               std::find(stored.begin(), stored.end(), other) != stored.end();
    };
    std::set<std::string> wanted;
    for (const auto& sheet : delivery.sheets)
        for (const auto& [key, slice] : sheet.slices)
            if (asked(sheet, key.first, key.second)) {
                const auto& id = sheet.indicators[key.first].id;
                for (const auto& known : store.info().indicators)
                    if (known.id == id) wanted.insert(id);
            }
    if (wanted.empty()) return;
    const auto cube = store.read_cube(delivery.vintage, units, {wanted.begin(), wanted.end()}, ctx);
    for (auto& sheet : delivery.sheets)
        for (const auto& [key, slice] : sheet.slices) {
            const auto& id = sheet.indicators[key.first].id;
            const auto k = cube.find(id);
            const auto p = cube.find(counterpart(key.second));
            if (!k || !p || !asked(sheet, key.first, key.second)) continue;
            const auto there = cube.slice(*k, *p);
            for (std::size_t i = 0; i < units.size(); ++i) {
                const double half = key.second.half ? slice.value[i] : there.value[i];
                const double whole = key.second.half ? there.value[i] : slice.value[i];
                if (!(half > whole)) continue; // NaN compares false
                base::Finding finding{
                    base::Severity::Problem, "import_half_exceeds_stored", {}, "", {}, "", {}};
                finding.args = {{"sheet", sheet.plan.sheet},
                                {"row", static_cast<std::int64_t>(slice.row[i])},
                                {"name", units.name[i]},
                                {"indicator", id},
                                {"period", data::to_string(key.second)},
                                {"half", half},
                                {"whole", whole}};
                finding.unit = units.code[i];
                sheet.findings.push_back(std::move(finding));
            }
        }
}

// Kinds and counts only: names of the report's rows do not belong into a log.
std::string findings_for_log(const base::Findings& findings) {
    std::map<std::string, std::size_t> counts;
    for (const auto& finding : findings) ++counts[finding.key];
    nlohmann::ordered_json json = nlohmann::ordered_json::object();
    for (const auto& [kind, count] : counts) json[kind] = count;
    return json.dump();
}

// Moved, not copied: a national file has hundreds of thousands, which are as large as its numbers.
void take_findings(std::vector<data::SheetImport>& sheets, base::Findings& findings) {
    for (auto& sheet : sheets) {
        findings.insert(findings.end(), std::make_move_iterator(sheet.findings.begin()),
                        std::make_move_iterator(sheet.findings.end()));
        sheet.findings = {};
    }
}

// Values that stay because the file has no number for them, with a few of their units.
void report_kept(const files::ImportChanges& changes, base::Findings& findings) {
    for (const auto& kept : changes.kept) {
        std::vector<std::string> units;
        for (const auto& [code, name] : kept.first)
            units.push_back(code.empty() ? name : name + " (" + code + ")");
        if (kept.count > units.size()) units.emplace_back("…");
        findings.push_back(base::finding(base::Severity::Info, "import_kept",
                                         {{"indicator", kept.indicator},
                                          {"period", data::to_string(kept.period)},
                                          {"count", static_cast<std::int64_t>(kept.count)},
                                          {"units", base::joined(units)}}));
    }
}

// A later decision about a name takes the place of an earlier one.
data::FindUnits find_with(const data::UnitTable& units,
                          const std::vector<files::NameDecision>& decisions,
                          const std::vector<data::Alias>& called) {
    std::vector<data::Alias> approved, refused;
    for (const auto& decision : decisions) {
        const auto& alias = decision.alias;
        const auto same = [&](const data::Alias& a) {
            return a.name == alias.name && a.district == alias.district &&
                   a.province == alias.province && (decision.approved || a.code == alias.code);
        };
        std::erase_if(approved, same);
        std::erase(refused, alias);
        (decision.approved ? approved : refused).push_back(alias);
    }
    return data::find_by_code_or_name(units, std::move(approved), std::move(refused), called);
}

} // namespace

std::size_t ImportReport::rows() const {
    std::size_t total = 0;
    for (const auto& sheet : delivery.sheets) total += sheet.rows;
    return total;
}
std::size_t ImportReport::unit_rows() const {
    std::size_t total = 0;
    for (const auto& sheet : delivery.sheets) total += sheet.unit_rows;
    return total;
}

ImportReport run(const ImportRequest& request, base::JobContext& ctx) {
    ImportReport report{.request = request};
    const files::Store store(request.store);
    const auto profile = profile_of(request);
    const auto book = files::open_report(request.file, request.encoding, ctx);
    report.encoding = book.encoding;
    const auto& own = store.info().indicators;
    std::vector<const data::Sheet*> sheets;
    const auto plans = plans_of(book, profile, own, sheets, report.findings);

    auto& delivery = report.delivery;
    delivery.vintage = vintage_of(request, store, plans, sheets);
    const auto units = store.read_units(delivery.vintage);
    report.unit_codes = units.code;
    report.unit_names = units.name;
    for (const auto& plan : plans)
        if (plan.usable())
            delivery.areas.push_back(area_of(plan, units, request.file.filename().string()));
    auto known = files::read_name_decisions(request.store);
    const auto called = names_during(request.store, store.vintage_dates(delivery.vintage));
    const auto read_sheets = [&] {
        const auto find = find_with(units, known, called);
        ctx.stage("stage.import_rows");
        delivery.sheets.clear();
        for (std::size_t s = 0; s < plans.size(); ++s) {
            ctx.step(s, plans.size());
            if (plans[s].usable())
                delivery.sheets.push_back(
                    data::import_sheet(*sheets[s], plans[s], units, find, own, ctx));
        }
    };
    read_sheets();
    report.suggestions = suggestions_of(delivery.sheets);
    delivery.names = decide(report.suggestions, request, units.code, report.unknown_numbers, ctx);
    if (!delivery.names.empty()) { // what is decided counts for this import already
        known.insert(known.end(), delivery.names.begin(), delivery.names.end());
        read_sheets();
    }
    data::reconcile(delivery.sheets, units);
    check_codes(request, delivery);
    for (std::size_t s = 0; s < delivery.sheets.size(); ++s)
        check_areas(delivery.sheets[s], delivery.areas[s], units, request.store,
                    data::parse_present(profile.present).value_or(data::PresentReading::Auto));
    check_stored_halves(store, units, delivery, ctx);
    report_other_boundaries(store, delivery, report.findings);
    take_findings(delivery.sheets, report.findings);
    std::stable_sort(report.findings.begin(), report.findings.end(),
                     [](const auto& a, const auto& b) { return a.severity > b.severity; });

    delivery.file = request.file.filename().string();
    delivery.digest = book.digest;
    delivery.replaces = request.replaces;
    delivery.again = request.again;
    delivery.profile = to_json(profile);
    delivery.findings = findings_for_log(report.findings);
    delivery.save_profile_as = request.save_profile;
    delivery.program = "diaban " + base::version();
    delivery.imported_at = now_utc();
    report.changes = request.dry_run ? files::preview_import(request.store, delivery, ctx)
                                     : files::merge_import(request.store, delivery, ctx);
    report.written = !request.dry_run && report.changes.any();
    report_kept(report.changes, report.findings);
    return report;
}

} // namespace diaban::app
