#include "app/commands/store_log.hpp"

#include "app/cell_words.hpp"
#include "app/commands/flags.hpp"
#include "app/stored_codes.hpp"
#include "base/text.hpp"
#include "data/unknown_indicator.hpp"
#include "files/store.hpp"
#include "files/store_catalogue.hpp"
#include "files/store_source.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace diaban::app {
namespace {

// Indicators whose numbers tell of persons: counts of them, and rates built on such.
std::set<data::IndicatorId> telling_of_persons(const std::vector<data::Indicator>& indicators) {
    std::set<data::IndicatorId> out;
    for (const auto& indicator : indicators)
        if (counts_persons(indicator)) out.insert(indicator.id);
    for (const auto& indicator : indicators)
        if (out.contains(indicator.numerator)) out.insert(indicator.id);
    return out;
}

std::string held_text(const files::HeldValue& held) {
    if (!held.category.empty()) return held.category;
    if (std::isnan(held.value)) return std::string(state_word(held.state));
    return number_flag(held.value);
}

std::string report_place(const files::CellSource& source) {
    auto out = source.file;
    if (!source.sheet.empty() && source.sheet != source.file) out += ", " + source.sheet;
    if (source.row > 0) out += ", " + std::to_string(source.row);
    return out;
}

// Periods that the store has numbers of, now or once.
void require_known_period(const StoreHistoryRequest& request, std::vector<data::Period> periods) {
    for (const auto& one : files::read_replaced(request.store, {})) periods.push_back(one.period);
    if (std::find(periods.begin(), periods.end(), request.period) != periods.end()) return;
    std::sort(periods.begin(), periods.end());
    periods.erase(std::unique(periods.begin(), periods.end()), periods.end());
    std::vector<std::string> known;
    for (const auto period : periods) known.push_back(data::to_string(period));
    throw base::Error(
        base::ErrorKind::Usage, "error.period.unknown",
        {{"period", data::to_string(request.period)}, {"known", base::joined(known)}});
}

} // namespace

RecordsReport run(const StoreLogRequest& request, base::JobContext& /*ctx*/) {
    RecordsReport report{.kind = "log"};
    report.keys = {"at",      "verb",    "file",    "rows",   "added",
                   "revised", "removed", "flipped", "program"};
    for (const auto& one : files::read_outputs(request.store))
        report.rows.push_back({one.made_at, one.verb, one.file, "", "", "", "", "", one.program});
    for (const auto& one : files::read_imports(request.store))
        report.rows.push_back({one.imported_at, "store import", one.file, std::to_string(one.rows),
                               std::to_string(one.added), std::to_string(one.revised),
                               std::to_string(one.removed), std::to_string(one.flipped),
                               one.program});
    std::stable_sort(report.rows.begin(), report.rows.end(),
                     [](const auto& a, const auto& b) { return a.front() > b.front(); });
    return report;
}

RecordsReport run(const StoreHistoryRequest& request, base::JobContext& ctx) {
    RecordsReport report{.kind = "history"};
    report.keys = {"code",  "name",   "indicator", "period",     "before",
                   "after", "source", "at",        "replaced_by"};
    const auto info = files::Store(request.store).info();
    const auto& indicators = info.indicators;
    const bool known = std::any_of(indicators.begin(), indicators.end(),
                                   [&](const auto& i) { return i.id == request.indicator; });
    if (!request.indicator.empty() && !known)
        throw data::unknown_indicator(base::ErrorKind::Data, request.indicator, indicators);
    if (!request.code.empty())
        require_stored_code(request.store, request.code, stored_codes(request.store));
    const auto persons = telling_of_persons(indicators);
    std::int64_t hidden = 0;
    for (const auto& one :
         files::read_replaced(request.store, {request.code, request.indicator, request.period})) {
        ctx.check();
        auto before = held_text(one.before), after = held_text(one.after);
        if (request.classification == Classification::Public && persons.contains(one.indicator)) {
            before = after = std::string(state_word(data::Cell::Suppressed));
            ++hidden;
        }
        report.rows.push_back({one.code, one.name, one.indicator, data::to_string(one.period),
                               std::move(before), std::move(after), report_place(one.source),
                               one.replaced_at, one.replaced_by});
    }
    if (report.rows.empty() && request.period.year != 0)
        require_known_period(request, info.periods);
    if (hidden > 0)
        report.findings.push_back(
            base::finding(base::Severity::Info, "history_hidden", {{"count", hidden}}));
    return report;
}

std::vector<std::string> to_flags(const StoreLogRequest& r) {
    return {"store", "log", r.store.string()};
}

std::vector<std::string> to_flags(const StoreHistoryRequest& r) {
    Flags flags{"store", "history", r.store.string()};
    add_flag(flags, "--unit", r.code);
    add_flag(flags, "--indicator", r.indicator);
    add_flag(flags, "--year", data::to_string(r.period));
    add_flags(flags, r.classification);
    return flags;
}

} // namespace diaban::app
