#include "app/reform.hpp"

#include "app/commands/carry.hpp"
#include "files/store.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace diaban::app {
namespace {

// People of each unit in the last year that knows all of them, else the last that knows any.
std::vector<double> people_of(const data::IndicatorCube& cube) {
    std::vector<double> out;
    const auto population = cube.find("population");
    if (!population) return out;
    for (std::size_t p = cube.periods.size(); p-- > 0;) {
        const auto slice = cube.slice(*population, p);
        bool any = false;
        std::vector<double> now(slice.size(), 0);
        for (std::size_t i = 0; i < slice.size(); ++i)
            if (slice.has(i)) now[i] = slice.value[i], any = true;
        if (any) return now;
    }
    return out;
}

// Units that no unit of the other vintage has a share in did not exist there.
void mark_not_existing(data::IndicatorCube& cube, const data::Crosswalk& crosswalk) {
    std::vector<bool> covered(crosswalk.to_units);
    for (const auto unit : crosswalk.weight.index) covered[unit] = true;
    for (std::size_t i = 0; i < covered.size(); ++i) {
        if (covered[i]) continue;
        for (std::size_t k = 0; k < cube.indicators.size(); ++k)
            for (std::size_t p = 0; p < cube.periods.size(); ++p)
                cube.set(k, p, i, 0, data::Cell::NotExisting);
    }
}

void copy_cells(const data::IndicatorCube& from, data::IndicatorCube& to) {
    for (std::size_t k = 0; k < from.indicators.size(); ++k) {
        const auto indicator = *to.find(from.indicators[k].id);
        for (std::size_t p = 0; p < from.periods.size(); ++p) {
            const auto period = *to.find(from.periods[p]);
            for (std::size_t i = 0; i < from.units(); ++i)
                to.set(indicator, period, i, from.value(k, p, i), from.state(k, p, i));
        }
    }
}

// All cubes in one; the first has the last word about its own years.
data::IndicatorCube merged(const std::vector<data::IndicatorCube>& cubes) {
    auto indicators = cubes.front().indicators;
    std::set<data::Period> periods;
    for (const auto& cube : cubes) {
        periods.insert(cube.periods.begin(), cube.periods.end());
        for (const auto& indicator : cube.indicators) {
            const auto at = std::find_if(indicators.begin(), indicators.end(),
                                         [&](const auto& one) { return one.id == indicator.id; });
            if (at == indicators.end())
                indicators.push_back(indicator);
            else if (at->categories.size() < indicator.categories.size()) // one more: mixed
                at->categories = indicator.categories;
        }
    }
    data::IndicatorCube out(cubes.front().vintage, std::move(indicators),
                            {periods.begin(), periods.end()}, cubes.front().units());
    for (std::size_t c = cubes.size(); c-- > 0;) copy_cells(cubes[c], out);
    return out;
}

} // namespace

std::optional<data::CrosswalkRead> crosswalk_either_way(const std::filesystem::path& store,
                                                        const std::string& from,
                                                        const std::string& to,
                                                        const data::IndicatorCube& target) {
    try {
        return crosswalk_between(store, from, to);
    } catch (const base::Error& error) {
        if (error.message.key != "error.carry.no_crosswalk") throw;
    }
    try {
        const auto people = people_of(target);
        if (!people.empty()) {
            const auto back = crosswalk_between(store, to, from);
            return data::CrosswalkRead{reversed(back.crosswalk, people), {}};
        }
    } catch (const base::Error& error) {
        if (error.message.key != "error.carry.no_crosswalk") throw;
    }
    return std::nullopt;
}

data::Crosswalk reversed(const data::Crosswalk& crosswalk, std::span<const double> people) {
    std::vector<std::vector<std::pair<std::uint32_t, double>>> rows(crosswalk.to_units);
    for (std::size_t i = 0; i < crosswalk.weight.rows(); ++i) {
        const auto targets = crosswalk.weight.row(i);
        const auto shares = crosswalk.weight.weights(i);
        for (std::size_t k = 0; k < targets.size(); ++k)
            rows[targets[k]].emplace_back(static_cast<std::uint32_t>(i),
                                          (shares.empty() ? 1.0 : shares[k]) *
                                              (i < people.size() ? people[i] : 0));
    }
    data::Crosswalk out{
        crosswalk.to, crosswalk.from, data::Basis::Population, {}, crosswalk.weight.rows()};
    for (const auto& row : rows) {
        double total = 0;
        for (const auto& [unit, weight] : row) total += weight;
        for (const auto& [unit, weight] : row) {
            if (!(total > 0) || weight <= 0) continue;
            out.weight.index.push_back(unit);
            out.weight.weight.push_back(weight / total);
        }
        out.weight.offset.push_back(static_cast<std::uint32_t>(out.weight.index.size()));
    }
    return out;
}

std::shared_ptr<const Dataset> load_across(const DataRequest& request, Across across, Need need,
                                           base::JobContext& ctx) {
    auto own = load(request, need, ctx);
    return across == Across::Carried ? carried_over(std::move(own), ctx) : own;
}

std::shared_ptr<const Dataset> carried_over(std::shared_ptr<const Dataset> own,
                                            base::JobContext& ctx) {
    if (own->vintages.size() < 2 || !own->cube) return own;
    auto out = std::make_shared<Dataset>(*own);
    std::vector<data::IndicatorCube> cubes{*own->cube};
    // The first that has a column has the last word about it.
    std::set<std::pair<data::IndicatorId, data::Period>> said;
    const auto new_columns = [&](const data::IndicatorCube& cube) {
        std::vector<std::pair<data::IndicatorId, data::Period>> out_columns;
        for (const auto& indicator : cube.indicators)
            for (const auto period : cube.periods)
                if (said.emplace(indicator.id, period).second)
                    out_columns.emplace_back(indicator.id, period);
        return out_columns;
    };
    new_columns(*own->cube);
    ctx.stage("stage.carry");
    for (const auto& id : own->vintages) {
        if (id == own->vintage->id) continue;
        ctx.check();
        const auto crosswalk =
            crosswalk_either_way(own->request.store, id, own->vintage->id, *own->cube);
        if (!crosswalk) {
            out->findings.push_back({base::Severity::Warning,
                                     "across_no_crosswalk",
                                     {{"from", id}, {"to", own->vintage->id}},
                                     "",
                                     {},
                                     "",
                                     {}});
            continue;
        }
        auto other = own->request;
        other.vintage = id;
        const auto there = load(other, Need::Values, ctx);
        auto carried = data::carry(*there->cube, crosswalk->crosswalk, out->findings);
        name_units(out->findings, there->vintage->units, own->vintage->units);
        mark_not_existing(carried, crosswalk->crosswalk);
        data::withhold(carried, crosswalk->incomplete);
        out->carried_from.push_back({there, crosswalk->crosswalk, new_columns(carried)});
        cubes.push_back(std::move(carried));
    }
    out->cube = std::make_shared<data::IndicatorCube>(merged(cubes));
    out->decimals.resize(out->cube->indicators.size(), 0);
    return out;
}

std::vector<YearOfVintage> years_of(const std::vector<std::shared_ptr<const Dataset>>& vintages) {
    std::map<data::Period, std::string> years;
    for (const auto& dataset : vintages) // oldest first: the newer has the last word
        for (const auto period : dataset->cube->periods) years[period] = dataset->vintage->id;
    std::vector<YearOfVintage> out;
    for (const auto& [period, vintage] : years) out.push_back({period, vintage});
    return out;
}

base::Error in_other_vintage(const base::Error& error, const DataRequest& request) {
    if (error.message.key != "error.period.unknown" || request.store.empty()) return error;
    std::optional<data::Period> period;
    for (const auto& [key, value] : error.message.args)
        if (const auto* text = std::get_if<std::string>(&value); key == "period" && text)
            period = data::parse_period(*text);
    if (!period) return error;
    const files::Store store(request.store);
    const auto& vintages = store.info().vintages;
    for (const auto& id : vintages) {
        if (id == (request.vintage.empty() ? vintages.front() : request.vintage)) continue;
        const auto periods = store.periods_of(id);
        if (std::find(periods.begin(), periods.end(), *period) == periods.end()) continue;
        auto args = error.message.args;
        args.emplace_back("vintage", id);
        return {base::ErrorKind::Usage, "error.period.other_vintage", std::move(args)};
    }
    return error;
}

std::vector<double> pooled(const std::vector<std::shared_ptr<const Dataset>>& datasets,
                           const data::IndicatorId& indicator) {
    std::vector<double> out;
    for (const auto& dataset : datasets)
        if (const auto k = dataset->cube->find(indicator)) {
            const auto values = dataset->cube->pooled(*k);
            out.insert(out.end(), values.begin(), values.end());
        }
    return out;
}

} // namespace diaban::app
