#include "app/import_vintage.hpp"

#include "data/dates.hpp"
#include "data/import_fit.hpp"
#include "files/store_vintage.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace diaban::app {
namespace {

using base::Error;
using base::ErrorKind;
using data::Date;
using data::Dates;

constexpr Date kOpen{};

Date day_of(const std::string& text) {
    if (text.size() != 10) return kOpen;
    return {std::stoi(text.substr(0, 4)), std::stoi(text.substr(5, 2)),
            std::stoi(text.substr(8, 2))};
}

std::string text_of(Date day) {
    return day == kOpen ? std::string("…")
                        : fmt::format("{:04}-{:02}-{:02}", day.year, day.month, day.day);
}

// The days that the sheets are about. An as-of day within or after its one period decides that
// period: numbers of December are on the boundaries of December.
std::vector<Dates> days_of(const std::vector<data::SheetPlan>& plans,
                           const std::vector<const data::Sheet*>& sheets) {
    std::vector<Dates> out;
    for (std::size_t s = 0; s < plans.size(); ++s) {
        if (!plans[s].usable()) continue;
        const auto periods = data::periods_of(*sheets[s], plans[s]);
        const auto day = day_of(plans[s].as_of);
        for (const auto period : periods) {
            const auto days = data::days_of(period);
            const bool on_day = periods.size() == 1 && day != kOpen && day >= days.first;
            out.push_back(on_day ? Dates{std::min(day, days.second), std::min(day, days.second)}
                                 : days);
        }
    }
    return out;
}

struct Candidate {
    std::string id;
    std::size_t keys = 0, fitting = 0, units = 0;
    double share() const {
        return keys ? static_cast<double>(fitting) / static_cast<double>(keys) : 0;
    }
    double coverage() const {
        return units ? static_cast<double>(fitting) / static_cast<double>(units) : 0;
    }
};

std::vector<Candidate> fitted(const std::vector<std::string>& ids, const files::Store& store,
                              const ImportRequest& request,
                              const std::vector<data::SheetPlan>& plans,
                              const std::vector<const data::Sheet*>& sheets) {
    std::vector<Candidate> out;
    for (const auto& id : ids) {
        const auto units = store.read_units(id);
        const auto find = data::find_by_code_or_name(
            units, {}, {}, names_during(request.store, store.vintage_dates(id)));
        Candidate candidate{id, 0, 0, units.size()};
        for (std::size_t s = 0; s < plans.size(); ++s) {
            if (!plans[s].usable()) continue;
            const auto fit = data::fit_of(*sheets[s], plans[s], units, find);
            candidate.keys += fit.keys;
            candidate.fitting += fit.fitting;
        }
        out.push_back(std::move(candidate));
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const auto& a, const auto& b) { return a.fitting > b.fitting; });
    return out;
}

// One vintage fits nearly all rows and the next clearly fewer; or the rows are all the units of
// one and a part of the other's.
bool decided(const Candidate& best, const Candidate& next) {
    constexpr double kNearlyAll = 0.9, kClearly = 0.1, kPart = 0.7;
    if (best.share() < kNearlyAll) return false;
    if (best.share() - next.share() >= kClearly) return true;
    return best.coverage() >= kNearlyAll && next.coverage() <= kPart;
}

} // namespace

std::string vintage_of(const ImportRequest& request, const files::Store& store,
                       const std::vector<data::SheetPlan>& plans,
                       const std::vector<const data::Sheet*>& sheets) {
    const auto& ids = store.info().vintages;
    if (ids.empty())
        throw Error(ErrorKind::Data, "error.store.no_vintage",
                    {{"file", request.store.filename().string()}});
    if (!request.vintage.empty()) return request.vintage;
    if (ids.size() == 1) return ids.front();
    const auto days = days_of(plans, sheets);
    if (days.empty()) return ids.back(); // reading asks for the period
    std::vector<std::string> in_force;
    for (const auto& id : ids)
        if (std::any_of(days.begin(), days.end(),
                        [&](const Dates& d) { return data::holds_in(store.vintage_dates(id), d); }))
            in_force.push_back(id);
    if (in_force.size() == 1) return in_force.front();
    if (in_force.empty()) {
        // Before the first boundaries or after the last: the nearest ones.
        const auto first = store.vintage_dates(ids.front()).first;
        return days.front().second < first ? ids.front() : ids.back();
    }
    const auto fits = fitted(in_force, store, request, plans, sheets);
    if (fits.front().keys == 0) return in_force.back();
    // Coverage may speak for one that fits no more rows than another.
    if (decided(fits[0], fits[1])) return fits[0].id;
    if (fits[1].fitting == fits[0].fitting && decided(fits[1], fits[0])) return fits[1].id;
    std::vector<std::string> words;
    for (const auto& fit : fits)
        words.push_back(fmt::format("{} ({}/{})", fit.id, fit.fitting, fit.keys));
    throw Error(ErrorKind::Data, "error.import.vintage",
                {{"file", request.file.filename().string()},
                 {"vintages", fmt::format("{}", fmt::join(words, ", "))},
                 {"vintage", fits.front().id}});
}

std::vector<data::Alias> names_during(const std::filesystem::path& store,
                                      std::pair<data::Date, data::Date> valid) {
    std::vector<data::Alias> out;
    for (const auto& name : files::read_stored_names(store)) {
        const auto from = day_of(name.from), until = day_of(name.until);
        const bool ended = until != kOpen && until <= valid.first;
        const bool later = valid.second != kOpen && valid.second <= from;
        if (!ended && !later) out.push_back({name.name, "", "", name.code});
    }
    return out;
}

void check_codes(const ImportRequest& request, const files::Delivery& delivery) {
    constexpr std::size_t kMostOfSoMany = 5; // one in five is no slip of the pen any more
    std::size_t coded = 0, misnamed = 0;
    const base::Finding* example = nullptr;
    for (const auto& sheet : delivery.sheets) {
        coded += sheet.coded_rows;
        misnamed += sheet.misnamed_rows;
        for (const auto& finding : sheet.findings)
            if (!example && finding.key == "import_code_name_differ") example = &finding;
    }
    if (!request.vintage.empty() || !example || misnamed < 2 || misnamed * kMostOfSoMany <= coded)
        return;
    auto args = example->args;
    args.emplace_back("count", static_cast<std::int64_t>(misnamed));
    args.emplace_back("rows", static_cast<std::int64_t>(coded));
    args.emplace_back("vintage", delivery.vintage);
    args.emplace_back("file", request.file.filename().string());
    throw Error(ErrorKind::Data, "error.import.codes_contradict", std::move(args));
}

void report_other_boundaries(const files::Store& store, const files::Delivery& delivery,
                             base::Findings& findings) {
    if (store.info().vintages.size() < 2) return;
    const auto valid = store.vintage_dates(delivery.vintage);
    std::set<data::Period> outside;
    for (const auto& sheet : delivery.sheets)
        for (const auto& [key, slice] : sheet.slices)
            if (!data::holds_in(valid, data::days_of(key.second))) outside.insert(key.second);
    if (outside.empty()) return;
    std::vector<std::string> words;
    for (const auto period : outside) words.push_back(data::to_string(period));
    base::Finding finding{base::Severity::Warning, "import_other_boundaries", {}, "", {}, "", {}};
    finding.args = {{"periods", fmt::format("{}", fmt::join(words, ", "))},
                    {"vintage", delivery.vintage},
                    {"from", text_of(valid.first)},
                    {"until", text_of(valid.second)}};
    findings.push_back(std::move(finding));
}

} // namespace diaban::app
