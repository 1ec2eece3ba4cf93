#include "app/commands/carry.hpp"

#include "app/cell_words.hpp"
#include "app/classified.hpp"
#include "app/commands/flags.hpp"
#include "app/commands/json.hpp"
#include "app/crosswalk_files.hpp"
#include "app/reform.hpp"
#include "files/sheets.hpp"
#include "files/store.hpp"
#include "files/store_vintage.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace diaban::app {
namespace {

using base::Error;
using base::ErrorKind;
using data::Cell;

// The store's own crosswalk, or the one of the other direction turned round, as maps across the
// reform take it.
data::CrosswalkRead stored_crosswalk(CarryReport& r, const CarryRequest& request,
                                     base::JobContext& ctx) {
    const auto& store = request.data.store;
    const auto &from = r.dataset->vintage->id, &to = request.to_vintage;
    r.units = files::Store(store).read_vintage(to, ctx).units;
    r.to_name = to;
    try {
        return crosswalk_between(store, from, to);
    } catch (const Error& error) {
        if (error.message.key != "error.carry.no_crosswalk") throw;
        DataRequest target;
        target.store = store;
        target.vintage = to;
        auto turned = crosswalk_either_way(store, from, to, *load(target, Need::Values, ctx)->cube);
        if (!turned) throw;
        r.findings.push_back(base::finding(base::Severity::Info, "carry_turned_round",
                                           {{"from", from}, {"to", to}}));
        return *turned;
    }
}

data::CrosswalkRead read_crosswalk(CarryReport& r, const CarryRequest& request,
                                   base::JobContext& ctx) {
    if (!request.to_vintage.empty() && request.crosswalk.empty())
        return stored_crosswalk(r, request, ctx);
    if (request.crosswalk.empty())
        throw Error(ErrorKind::Usage, "error.carry.no_crosswalk",
                    {{"from", r.dataset->boundaries_name},
                     {"to", request.to_boundaries.filename().string()}});
    DataRequest to;
    if (request.to_boundaries.empty()) {
        to.store = request.data.store;
        to.vintage = request.to_vintage;
    } else {
        to.boundaries = request.to_boundaries;
    }
    r.units = load(to, Need::Values, ctx)->vintage->units;
    r.to_name = request.to_boundaries.empty() ? request.to_vintage
                                              : request.to_boundaries.filename().string();
    auto found =
        read_crosswalk_files({request.crosswalk, request.then, request.shares, request.columns},
                             r.dataset->vintage->units, r.units, r.findings, ctx);
    const auto& id = r.dataset->vintage->id;
    found.crosswalk.from = id.empty() ? r.dataset->boundaries_name : id;
    found.crosswalk.to = r.to_name;
    return found;
}

void count_cells(CarryReport& r, const data::Crosswalk& crosswalk) {
    const auto& before = *r.dataset->cube;
    for (std::size_t k = 0; k < r.cube.indicators.size(); ++k)
        for (std::size_t p = 0; p < r.cube.periods.size(); ++p) {
            const auto slice = r.cube.slice(k, p);
            for (const auto state : slice.state) {
                r.observed += state == Cell::Observed;
                r.estimated += state == Cell::Estimated;
                r.missing += state == Cell::Missing;
                r.other +=
                    state != Cell::Observed && state != Cell::Estimated && state != Cell::Missing;
            }
            if (r.cube.indicators[k].kind != data::Kind::Count) continue;
            const auto sums = data::balance(before.slice(k, p), slice, crosswalk);
            r.totals.push_back({r.cube.indicators[k].id, r.cube.periods[p], sums.before, sums.after,
                                sums.withheld, sums.lost});
        }
}

// What of a total is not in the table afterwards, per indicator: the period that lacks most. No
// total shrinks without a word.
void report_gaps(CarryReport& r) {
    const auto gap = [](const CarryReport::Total& t) {
        return t.before && t.withheld && t.lost ? std::fabs(*t.withheld) + std::fabs(*t.lost) : 0;
    };
    for (std::size_t first = 0; first < r.totals.size();) {
        auto last = first, most = first;
        std::int64_t periods = 0;
        for (; last < r.totals.size() && r.totals[last].indicator == r.totals[first].indicator;
             ++last) {
            periods += gap(r.totals[last]) > 0;
            if (gap(r.totals[last]) > gap(r.totals[most])) most = last;
        }
        const auto& t = r.totals[most];
        const auto period = data::to_string(t.period);
        if (periods > 0)
            r.findings.push_back(
                base::finding(base::Severity::Warning, "carry_not_whole",
                              {{"what", t.indicator + (period.empty() ? "" : " " + period)},
                               {"count", periods},
                               {"before", *t.before},
                               {"withheld", *t.withheld},
                               {"lost", *t.lost}}));
        first = last;
    }
}

// A hidden number of the old units that reaches no number of the new ones is what the totals before
// and after differ by.
bool difference_tells(const data::Slice& hidden, const data::Slice& after,
                      const data::Crosswalk& crosswalk) {
    for (std::size_t from = 0; from < hidden.size(); ++from) {
        if (hidden.state[from] != Cell::Suppressed) continue;
        const auto targets = crosswalk.weight.row(from);
        if (targets.empty() || !std::all_of(targets.begin(), targets.end(),
                                            [&](std::uint32_t to) { return after.has(to); }))
            return true;
    }
    return false;
}

// All values on the new units, and where they come from.
std::shared_ptr<const Dataset> carried_dataset(const CarryReport& r,
                                               const data::Crosswalk& crosswalk) {
    auto vintage = std::make_shared<data::Vintage>();
    vintage->units = r.units;
    auto out = std::make_shared<Dataset>();
    if (!r.request.to_vintage.empty()) {
        vintage->id = r.request.to_vintage;
        out->request.store = r.dataset->request.store;
        out->told_before = files::read_public_columns(out->request.store, vintage->id);
    }
    out->vintage = std::move(vintage);
    out->cube = std::make_shared<data::IndicatorCube>(r.cube);
    CarriedFrom from{r.dataset, crosswalk, {}};
    for (const auto& indicator : r.cube.indicators)
        for (const auto period : r.cube.periods) from.columns.emplace_back(indicator.id, period);
    out->carried_from.push_back(std::move(from));
    return out;
}

// What leaves is masked as a table of its own. It stands beside the table on the old units too: a
// new unit that would give a hidden part away as the rest of a sum is hidden as well.
void mask_carried(CarryReport& r, const data::Crosswalk& crosswalk, base::JobContext& ctx) {
    const auto before = mask(r.dataset, {}, ctx).dataset->cube;
    for (auto& total : r.totals) {
        const auto k = *r.cube.find(total.indicator), p = *r.cube.find(total.period);
        if (!counts_persons(r.cube.indicators[k])) continue;
        if (difference_tells(before->slice(k, p), r.cube.slice(k, p), crosswalk))
            total.after = total.withheld = total.lost = std::nullopt;
        if (total_tells(r.dataset->cube->slice(k, p), before->slice(k, p)))
            total.before = total.after = total.withheld = total.lost = std::nullopt;
    }
    const auto after = carried_dataset(r, crosswalk);
    auto masked = mask(after, {}, ctx);
    r.cube = *masked.dataset->cube;
    r.masked = std::move(masked.cells);
    r.carried = after;
    for (auto& total : r.totals) {
        if (!counts_persons(r.cube.indicators[*r.cube.find(total.indicator)])) continue;
        const auto few = [](const std::optional<double>& v) { return v && too_few(*v); };
        if (few(total.withheld) || few(total.lost))
            total.after = total.withheld = total.lost = std::nullopt;
        for (auto* value : {&total.before, &total.after})
            if (few(*value)) value->reset();
    }
}

files::Workbook workbook_of(const CarryReport& r, const Language& language) {
    files::Sheet sheet{language.text("sheet.carried"), {}, {}};
    for (const char* id : {"column.code", "column.name", "column.indicator", "column.period",
                           "column.value", "column.cell_state"})
        sheet.header.push_back(language.text(id));
    for (std::size_t k = 0; k < r.cube.indicators.size(); ++k)
        for (std::size_t p = 0; p < r.cube.periods.size(); ++p)
            for (std::size_t i = 0; i < r.units.size(); ++i) {
                const auto state = r.cube.state(k, p, i);
                const bool has = state == Cell::Observed || state == Cell::Estimated;
                const auto& indicator = r.cube.indicators[k];
                files::SheetCell value;
                if (has && indicator.kind == data::Kind::Category)
                    value = indicator.categories[static_cast<std::size_t>(r.cube.value(k, p, i))];
                else if (has)
                    value = r.cube.value(k, p, i);
                sheet.rows.push_back({r.units.code[i], r.units.name[i], indicator.id,
                                      data::to_string(r.cube.periods[p]), std::move(value),
                                      language.text("cell." + std::string(state_word(state)))});
            }
    files::Workbook book;
    book.title = language.text("carry.title", {{"from", r.dataset->title}, {"to", r.to_name}});
    book.language = language.code();
    book.decimal = language.numbers().decimal;
    for (const auto& finding : r.findings) book.notes.push_back(language.text(finding));
    book.sheets.push_back(std::move(sheet));
    return book;
}

} // namespace

void name_units(base::Findings& findings, const data::UnitTable& from, const data::UnitTable& to) {
    for (auto& finding : findings) {
        const bool after = finding.key == "mixed_category" || finding.key == "missing_source";
        const auto* units = after ? &to : finding.key == "no_successor" ? &from : nullptr;
        if (!units) continue;
        for (auto& [key, value] : finding.args) {
            const auto* row = std::get_if<std::int64_t>(&value);
            if (key != "first" || !row) continue;
            const auto at = static_cast<std::size_t>(*row - 1);
            if (at >= units->size()) continue;
            const auto& code = units->code[at];
            const auto& name = units->name[at];
            value = code.empty() && name.empty() ? "#" + std::to_string(at + 1)
                    : code.empty()               ? name
                                                 : name + " (" + code + ")";
        }
    }
}

data::CrosswalkRead crosswalk_between(const std::filesystem::path& store, const std::string& from,
                                      const std::string& to) {
    const auto all = files::Store(store).read_crosswalks();
    const auto whole = [&](const data::Crosswalk& one) {
        return data::CrosswalkRead{one, files::read_incomplete(store, one.from, one.to)};
    };
    std::map<std::string, data::CrosswalkRead> reached; // vintages, from the nearest on
    std::vector<std::string> next{from};
    while (!next.empty()) {
        std::vector<std::string> after;
        for (const auto& id : next)
            for (const auto& one : all) {
                if (one.from != id || one.to == from || reached.contains(one.to)) continue;
                auto step = id == from ? whole(one) : data::chained(reached.at(id), whole(one));
                if (one.to == to) return step;
                reached.emplace(one.to, std::move(step));
                after.push_back(one.to);
            }
        next = std::move(after);
    }
    throw Error(ErrorKind::Usage, "error.carry.no_crosswalk", {{"from", from}, {"to", to}});
}

CarryReport run(const CarryRequest& request, std::shared_ptr<const Dataset> dataset,
                const Language& language, base::JobContext& ctx) {
    if (request.to_vintage.empty() == request.to_boundaries.empty())
        throw Error(ErrorKind::Usage, "error.carry.where");
    if (!request.to_vintage.empty() && request.data.store.empty())
        throw Error(ErrorKind::Usage, "error.carry.where");
    CarryReport r{request, dataset};
    const auto read = read_crosswalk(r, request, ctx);
    r.basis = read.crosswalk.basis;
    r.cube = data::carry(*dataset->cube, read.crosswalk, r.findings);
    data::withhold(r.cube, read.incomplete);
    name_units(r.findings, dataset->vintage->units, r.units);
    count_cells(r, read.crosswalk);
    if (request.classification == Classification::Public) mask_carried(r, read.crosswalk, ctx);
    report_gaps(r);
    if (!request.out.empty())
        r.files =
            write_tables(request.out, workbook_of(r, language), request.classification, r.masked,
                         language, {dataset->request.store, "carry", r.carried.get()}, ctx);
    return r;
}

std::string to_json(const CarryReport& r, const Language& language) {
    constexpr std::array<std::string_view, 3> kBases{"declared", "population", "area"};
    Json out{{"to", r.to_name},
             {"basis", kBases[static_cast<std::size_t>(r.basis)]},
             {"units_before", r.dataset->vintage->units.size()},
             {"units_after", r.units.size()},
             {"cells_observed", r.observed},
             {"cells_estimated", r.estimated},
             {"cells_missing", r.missing},
             {"cells_other", r.other},
             {"masked", r.masked.size()}};
    std::optional<double> before = 0, after = 0; // of all; nothing where a part is not told
    const auto json = [](const std::optional<double>& value) {
        return value ? Json(*value) : Json();
    };
    auto totals = Json::array();
    for (const auto& t : r.totals) {
        before = before && t.before ? std::optional(*before + *t.before) : std::nullopt;
        after = after && t.after ? std::optional(*after + *t.after) : std::nullopt;
        totals.push_back({{"indicator", t.indicator},
                          {"period", data::to_string(t.period)},
                          {"before", json(t.before)},
                          {"after", json(t.after)},
                          {"withheld", json(t.withheld)},
                          {"lost", json(t.lost)}});
    }
    out["total_before"] = json(before);
    out["total_after"] = json(after);
    out["totals"] = std::move(totals);
    out["files"] = Json::array();
    for (const auto& file : r.files) out["files"].push_back(file.string());
    out["findings"] = findings_json(r.findings, language);
    return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string to_text(const CarryReport& r, const Language& language) {
    Lines lines(language);
    lines.raw(language.text("carry.title", {{"from", r.dataset->title}, {"to", r.to_name}}) + "\n");
    lines.add("carry.observed", r.observed)
        .add("carry.estimated", r.estimated)
        .add("carry.missing", r.missing);
    if (!r.masked.empty()) lines.add("report.masked", r.masked.size());
    constexpr std::size_t kShown = 20;
    const auto told = [&](const std::optional<double>& value) {
        return value ? language.number(*value, 2) : language.text("legend.suppressed");
    };
    for (std::size_t i = 0; i < std::min(r.totals.size(), kShown); ++i) {
        const auto& t = r.totals[i];
        const auto period = data::to_string(t.period);
        lines.raw("  " + t.indicator + (period.empty() ? "" : " " + period) + ": " +
                  told(t.before) + " → " + told(t.after) + "\n");
    }
    if (r.totals.size() > kShown)
        lines.raw("  " +
                  language.text("carry.more_totals",
                                {{"count", static_cast<std::int64_t>(r.totals.size() - kShown)}}) +
                  "\n");
    lines.raw(findings_text(r.findings, language));
    return lines.take();
}

std::vector<std::string> to_flags(const CarryRequest& request) {
    Flags flags{"carry"};
    add_flags(flags, request.data);
    const auto text = [&](const char* flag, const std::string& value) {
        if (!value.empty()) flags.insert(flags.end(), {flag, value});
    };
    text("--to-vintage", request.to_vintage);
    text("--to-boundaries", request.to_boundaries.string());
    text("--crosswalk", request.crosswalk.string());
    for (const auto& file : request.then) text("--then", file.string());
    text("--shares", request.shares.string());
    text("--from-code", request.columns.from);
    text("--to-code", request.columns.to);
    text("--share", request.columns.share);
    add_flags(flags, request.classification);
    text("--out", request.out.string());
    return flags;
}

} // namespace diaban::app
