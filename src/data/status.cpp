#include "data/status.hpp"

#include "base/text.hpp"
#include "data/crosswalk.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace diaban::data {
namespace {

constexpr std::array<std::string_view, kStatuses> kStatusCodes{"none", "present", "hot",    "hot3",
                                                               "hot2", "hot1",    "unknown"};

std::string listed(const IndicatorCube& cube) {
    std::string out;
    for (const auto& indicator : cube.indicators)
        if (is_status(indicator)) out += (out.empty() ? "" : ", ") + indicator.id;
    return out;
}

bool speaks_of(const Indicator& indicator, Domain domain) {
    const auto key =
        base::search_key(indicator.id + " " + indicator.name_vi + " " + indicator.name_en);
    const auto holds = [&](std::string_view word) { return key.find(word) != key.npos; };
    return domain == Domain::Drug ? holds("ma tuy") || holds("drug") || holds("matuy")
                                  : holds("mai dam") || holds("prostitution") || holds("maidam");
}

} // namespace

std::string_view to_string(Status status) {
    return kStatusCodes[static_cast<std::size_t>(status)];
}

std::optional<Status> parse_status(std::string_view code) {
    const auto found = std::find(kStatusCodes.begin(), kStatusCodes.end(), code);
    if (found == kStatusCodes.end()) return std::nullopt;
    return static_cast<Status>(found - kStatusCodes.begin());
}

int rank_of(Status s) {
    constexpr std::array<int, kStatuses> kRank{0, 1, 2, 2, 3, 4, -1};
    return kRank[static_cast<std::size_t>(s)];
}

std::string_view to_string(Domain domain) {
    return domain == Domain::Drug ? "drug" : "prostitution";
}

const std::vector<Status>* find_period(const StatusSeries& series, Period period) {
    const auto found = std::find(series.periods.begin(), series.periods.end(), period);
    if (found == series.periods.end()) return nullptr;
    return &series.of[static_cast<std::size_t>(found - series.periods.begin())];
}

std::vector<Status> statuses_at(const StatusSeries& series, Period period) {
    const auto* found = find_period(series, period);
    return found ? *found : std::vector<Status>();
}

bool is_status(const Indicator& indicator) {
    return indicator.kind == Kind::Category && !indicator.categories.empty() &&
           std::all_of(indicator.categories.begin(), indicator.categories.end(),
                       [](const std::string& c) { return c == kMixed || parse_status(c); });
}

StatusSeries read_statuses(const IndicatorCube& cube, std::size_t indicator) {
    const auto& what = cube.indicators[indicator];
    if (!is_status(what))
        throw base::Error(base::ErrorKind::Data, "error.status.not_a_status",
                          {{"indicator", what.id}, {"known", listed(cube)}});
    std::vector<Status> codes;
    for (const auto& category : what.categories)
        codes.push_back(parse_status(category).value_or(Status::Unknown)); // of no one class
    StatusSeries series;
    for (std::size_t p = 0; p < cube.periods.size(); ++p) {
        const auto slice = cube.slice(indicator, p);
        std::vector<Status> statuses(slice.size(), Status::Unknown);
        bool any = false;
        for (std::size_t i = 0; i < slice.size(); ++i) {
            if (!slice.has(i)) continue;
            const auto k = slice.value[i];
            if (!(k >= 0 && k < static_cast<double>(codes.size()))) continue;
            statuses[i] = codes[static_cast<std::size_t>(k)];
            any = true;
        }
        // A period in which nobody has a status belongs to other indicators.
        if (!any) continue;
        series.periods.push_back(cube.periods[p]);
        series.of.push_back(std::move(statuses));
    }
    return series;
}

std::optional<std::size_t> find_status(const IndicatorCube& cube, Domain domain,
                                       const std::string& wanted) {
    if (!wanted.empty()) {
        if (const auto found = cube.find(wanted)) return found;
        throw base::Error(
            base::ErrorKind::Usage, "error.indicator.unknown",
            {{"indicator", wanted}, {"guess", std::int64_t{0}}, {"known", listed(cube)}});
    }
    const auto usual = cube.find(domain == Domain::Drug ? "ST01" : "ST02");
    if (usual && is_status(cube.indicators[*usual])) return usual;
    std::optional<std::size_t> first;
    for (std::size_t i = 0; i < cube.indicators.size(); ++i) {
        if (!is_status(cube.indicators[i])) continue;
        if (speaks_of(cube.indicators[i], domain)) return i;
        const auto other = domain == Domain::Drug ? Domain::Prostitution : Domain::Drug;
        if (!first && !speaks_of(cube.indicators[i], other)) first = i;
    }
    return domain == Domain::Drug ? first : std::nullopt;
}

Flag healthy(Status s) {
    return s == Status::Unknown ? Flag::Unknown : s == Status::None ? Flag::Yes : Flag::No;
}

Flag hotspot(Status s) {
    return s == Status::Unknown ? Flag::Unknown : hot(s) ? Flag::Yes : Flag::No;
}

Flag both(Flag a, Flag b) {
    if (a == Flag::No || b == Flag::No) return Flag::No;
    return a == Flag::Yes && b == Flag::Yes ? Flag::Yes : Flag::Unknown;
}

Flag either(Flag a, Flag b) {
    if (a == Flag::Yes || b == Flag::Yes) return Flag::Yes;
    return a == Flag::No && b == Flag::No ? Flag::No : Flag::Unknown;
}

std::size_t StatusCounts::hot_all() const {
    return count(Status::Hot) + count(Status::Hot3) + count(Status::Hot2) + count(Status::Hot1);
}

std::size_t StatusCounts::present_all() const {
    return count(Status::Present) + hot_all();
}

StatusCounts count_statuses(const std::vector<Status>& statuses) {
    StatusCounts counts;
    counts.units = statuses.size();
    for (const auto s : statuses) ++counts.of[static_cast<std::size_t>(s)];
    return counts;
}

Reading reading_of(double none, double present, double hot, double total) {
    const auto equal = [](double a, double b) { return std::fabs(a - b) < 0.5; };
    const bool inclusive = equal(none + present, total);
    const bool exclusive = equal(none + present + hot, total);
    if (inclusive && exclusive) return Reading::Same;
    return inclusive ? Reading::Inclusive : exclusive ? Reading::Exclusive : Reading::Neither;
}

std::string_view to_string(StatusSource source) {
    constexpr std::array<std::string_view, 3> kNames{"report", "rule", "override"};
    return kNames[static_cast<std::size_t>(source)];
}

const StatusRecord* StatusClaims::effective() const {
    if (override_) return &*override_;
    if (report && report->status != Status::Unknown) return &*report;
    if (rule) return &*rule;
    return report ? &*report : nullptr;
}

bool StatusClaims::disagree() const {
    std::optional<int> first;
    for (const auto* claim : {&report, &rule, &override_}) {
        if (!*claim || (*claim)->status == Status::Unknown) continue;
        const int rank = rank_of((*claim)->status);
        if (first && *first != rank) return true;
        first = rank;
    }
    return false;
}

StatusSeries effective(const StatusSeries& report, const StatusSeries& rule,
                       const std::vector<StatusRecord>& overrides, Domain domain) {
    const auto units = std::max(report.units(), rule.units());
    std::set<Period> periods(report.periods.begin(), report.periods.end());
    periods.insert(rule.periods.begin(), rule.periods.end());
    for (const auto& o : overrides)
        if (o.domain == domain && o.unit < units) periods.insert(o.period);
    StatusSeries out;
    out.periods.assign(periods.begin(), periods.end());
    out.of.assign(periods.size(), std::vector<Status>(units, Status::Unknown));
    const auto at = [&](Period period) {
        return static_cast<std::size_t>(
            std::lower_bound(out.periods.begin(), out.periods.end(), period) - out.periods.begin());
    };
    // Weakest first: what comes later and knows something takes its place.
    for (const auto* series : {&rule, &report})
        for (std::size_t p = 0; p < series->periods.size(); ++p)
            for (std::size_t i = 0; i < units; ++i)
                if (series->of[p][i] != Status::Unknown)
                    out.of[at(series->periods[p])][i] = series->of[p][i];
    for (const auto& o : overrides)
        if (o.domain == domain && o.unit < units) out.of[at(o.period)][o.unit] = o.status;
    return out;
}

} // namespace diaban::data
