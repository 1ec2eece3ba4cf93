#include "app/mask.hpp"

#include "app/carried_mask.hpp"
#include "app/cell_audit.hpp"
#include "app/hidden_sum.hpp"
#include "app/mask_parts.hpp"
#include "app/smoothed.hpp"
#include "app/told_before.hpp"
#include "base/csv.hpp"
#include "base/paths.hpp"
#include "base/system_reason.hpp"
#include "base/text.hpp"
#include "data/catalogue.hpp"
#include "data/value_kind.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <limits>
#include <map>
#include <optional>

namespace diaban::app {
namespace {

using data::Cell;

enum class Hiding : std::uint8_t { Shown, Unknown, Small, Complementary };

// Groups of units whose total could be published, by level: districts, provinces, everything.
struct TotalGroups {
    struct Level {
        std::vector<std::uint32_t> of; // per unit
        std::size_t count = 0;
    };
    std::vector<Level> levels;

    explicit TotalGroups(const data::UnitTable& units) {
        for (const auto level : {data::Level::District, data::Level::Province}) {
            if (!units.has_level(level)) continue;
            const auto& parent = units.parent[static_cast<std::size_t>(level)];
            const auto known = units.groups[static_cast<std::size_t>(level)].size();
            Level one{{}, known + 1};
            for (std::size_t i = 0; i < units.size(); ++i)
                one.of.push_back(static_cast<std::uint32_t>(
                    i < parent.size() ? std::min<std::size_t>(parent[i], known) : known));
            levels.push_back(std::move(one));
        }
        levels.push_back({std::vector<std::uint32_t>(units.size(), 0), 1});
    }
};

// One (indicator, period) while it is being masked.
class Column {
public:
    std::size_t indicator, period;

    Column(const data::IndicatorCube& cube, std::size_t of, std::size_t when,
           const TotalGroups& groups, const ToldBefore& told, const MaskSpec& spec)
        : indicator(of), period(when), slice_(cube.slice(of, when)), groups_(groups),
          told_(told.of(of, when)), k_(spec.k), hiding_(slice_.size(), Hiding::Shown) {
        const auto& slice = slice_;
        for (std::size_t i = 0; i < slice.size(); ++i) {
            if (!slice.has(i)) {
                // Already unknown: a total cannot be taken apart through it.
                if (slice.state[i] == Cell::Suppressed) hiding_[i] = Hiding::Unknown;
            } else if (too_few(slice.value[i], spec)) {
                hiding_[i] = Hiding::Small;
            } else if (!told_.empty() && told_[i] == Told::Kept) {
                hiding_[i] = Hiding::Complementary;
            }
            any_ = any_ || hiding_[i] != Hiding::Shown;
        }
        settle();
    }
    // No total gives a hidden cell away afterwards. True if more is hidden for that.
    bool settle() {
        bool more = false;
        while (any_ && hide_beside_single_ones()) more = true;
        return more;
    }
    void hide(std::size_t i) {
        hiding_[i] = Hiding::Complementary;
        any_ = true;
    }
    bool any() const { return any_; }
    bool hidden(std::size_t i) const { return hiding_[i] != Hiding::Shown; }
    bool shown(std::size_t i) const { return !hidden(i) && slice_.has(i); }
    const std::vector<Hiding>& hiding() const { return hiding_; }
    // Public elsewhere: to hide it hides nothing.
    bool known(std::size_t i) const { return !told_.empty() && told_[i] == Told::Known; }
    // Small, but not listed as such.
    bool unsaid(std::size_t i) const {
        return hiding_[i] == Hiding::Complementary && too_few(slice_.value[i], {k_});
    }
    // `Fixed`: public elsewhere, hidden or not.
    std::vector<CellSeen> seen() const {
        std::vector<CellSeen> out(slice_.size(), CellSeen::Absent);
        for (std::size_t i = 0; i < slice_.size(); ++i)
            if (slice_.has(i))
                out[i] = known(i)     ? CellSeen::Fixed
                         : !hidden(i) ? CellSeen::Public
                         : unsaid(i)  ? CellSeen::Unsaid
                                      : CellSeen::Hidden;
        return out;
    }
    PartCell part(std::size_t i) const {
        return {slice_.value[i], slice_.has(i), hidden(i) && !known(i), hiding_[i] == Hiding::Small,
                known(i)};
    }
    // A zero is given up only if there is nothing else to hide behind.
    std::pair<bool, double> cost(std::size_t i) const {
        return {slice_.value[i] == 0, slice_.value[i]};
    }

private:
    // A total minus what is shown is the sum of what is hidden: where that gives a cell away the
    // smallest other one of the group is hidden with it. That may leave a single one in another
    // group; true if any was.
    bool hide_beside_single_ones() {
        bool more = false;
        for (const auto& level : groups_.levels) {
            const auto hidden = count_hidden(level);
            const auto sums = hidden_sums(level);
            std::vector<std::uint32_t> other(level.count, kNone);
            for (std::uint32_t i = 0; i < hiding_.size(); ++i) {
                if (hiding_[i] != Hiding::Shown || !slice_.has(i) || known(i)) continue;
                const auto group = level.of[i];
                // Beside a sum that is known a zero hides nothing.
                if (hidden[group] != 1 && (slice_.value[i] == 0 || !sums[group].gives_away()))
                    continue;
                auto& best = other[group];
                if (best == kNone || cost(i) < cost(best)) best = i;
            }
            for (const auto i : other)
                if (i != kNone) hiding_[i] = Hiding::Complementary, more = true;
        }
        return more;
    }

    std::vector<std::uint32_t> count_hidden(const TotalGroups::Level& level) const {
        std::vector<std::uint32_t> hidden(level.count, 0);
        for (std::size_t i = 0; i < hiding_.size(); ++i)
            hidden[level.of[i]] += hiding_[i] != Hiding::Shown && !known(i);
        return hidden;
    }

    // Of cells that have a number: what a report itself withholds is in no total of communes.
    std::vector<HiddenSum> hidden_sums(const TotalGroups::Level& level) const {
        std::vector<HiddenSum> out(level.count, HiddenSum(k_));
        for (std::size_t i = 0; i < hiding_.size(); ++i) {
            if (!slice_.has(i)) continue;
            if (hiding_[i] == Hiding::Shown || known(i))
                out[level.of[i]].show(slice_.value[i]);
            else
                out[level.of[i]].hide(slice_.value[i]);
        }
        return out;
    }

    static constexpr std::uint32_t kNone = 0xFFFFFFFFu;
    data::Slice slice_;
    const TotalGroups& groups_;
    std::span<const Told> told_;
    int k_;
    std::vector<Hiding> hiding_;
    bool any_ = false; // something is hidden
};

// Only numbers that were carried take long enough to be waited for.
bool takes_long(const Dataset& dataset) {
    return !dataset.carried_from.empty();
}

// All counts of persons, masked together: what adds up across columns gives a cell away as a total
// does.
class Columns {
public:
    Columns(const Dataset& dataset, const TotalGroups& groups, const ToldBefore& told,
            const MaskSpec& spec, base::JobContext& ctx)
        : dataset_(dataset), cube_(*dataset.cube), groups_(groups), spec_(spec), ctx_(ctx) {
        std::map<std::pair<std::size_t, std::size_t>, std::size_t> at; // by indicator and period
        for (std::size_t i = 0; i < cube_.indicators.size(); ++i)
            for (std::size_t p = 0; counts_persons(cube_.indicators[i]) && p < cube_.periods.size();
                 ++p) {
                at[{i, p}] = all_.size();
                all_.emplace_back(cube_, i, p, groups, told, spec);
            }
        const auto groups_of_columns = coupled_columns(cube_);
        const auto settle = [&](const CoupledColumns& group) {
            Own own;
            for (const auto& column : group.columns) own.push_back(at.at(column));
            KnownCells known;
            // Each round hides at least one cell more, or says less of one.
            do {
                hide_in_units(group, own);
            } while (hide_what_is_told(group, own, known));
        };
        const bool told_of = takes_long(dataset);
        if (told_of) ctx.stage("stage.mask");
        std::atomic<std::size_t> done{0};
        base::parallel_for(groups_of_columns.size(), 1, ctx,
                           [&](std::size_t begin, std::size_t end) {
                               for (auto g = begin; g < end; ++g) {
                                   settle(groups_of_columns[g]);
                                   if (told_of) ctx.step(++done, groups_of_columns.size());
                               }
                           });
    }
    const std::vector<Column>& all() const { return all_; }

private:
    using Own = std::vector<std::size_t>;   // the columns of a group
    using Sum = std::array<std::size_t, 3>; // columns; the first is the sum of the others

    // What adds up in units.
    void hide_in_units(const CoupledColumns& group, const Own& own) {
        const auto any = [&](auto hide) {
            bool one = false;
            for (const auto& sum : group.sums)
                one = (this->*hide)({own[sum[0]], own[sum[1]], own[sum[2]]}) || one;
            return one;
        };
        while (any(&Columns::hide_in) || any(&Columns::free_small_ones)) {
        }
    }

    // All that is told at once.
    bool hide_what_is_told(const CoupledColumns& group, const Own& own, KnownCells& known) {
        CellsSeen seen;
        bool any = any_carried(dataset_, group);
        for (const auto column : own) {
            seen.push_back(all_[column].seen());
            any = any || all_[column].any();
        }
        if (!any) return false;
        const auto cells = cells_to_hide(dataset_, group, std::move(seen), spec_, known, ctx_);
        if (cells.empty()) return false;
        for (const auto& [column, unit] : cells) all_[own[column]].hide(unit);
        for (const auto column : own) all_[column].settle();
        return true;
    }

    // Beside a single hidden cell of a unit the smallest other one is hidden.
    bool hide_in(const Sum& sum) {
        if (std::none_of(sum.begin(), sum.end(), [&](auto c) { return all_[c].any(); }))
            return false;
        bool more = false;
        const auto units = cube_.units();
        for (std::size_t unit = 0; unit < units; ++unit) {
            std::size_t hidden = 0, shown = 0;
            Column* best = nullptr;
            for (const auto c : sum) {
                auto& one = all_[c];
                hidden += one.hidden(unit) && !one.known(unit);
                if (one.known(unit)) ++shown;
                if (!one.shown(unit) || one.known(unit)) continue;
                ++shown;
                if (!best || one.cost(unit) < best->cost(unit)) best = &one;
            }
            if (hidden != 1 || shown + 1 != sum.size() || !best) continue;
            best->hide(unit);
            more = true;
        }
        if (more)
            for (const auto c : sum) all_[c].settle();
        return more;
    }

    // The sums of units and those of the finest areas hold each other: what lets go is hidden.
    bool free_small_ones(const Sum& sum) {
        if (std::none_of(sum.begin(), sum.end(), [&](auto c) { return all_[c].any(); }))
            return false;
        const auto& level = groups_.levels.front();
        std::vector<std::vector<std::size_t>> areas(level.count);
        for (std::size_t unit = 0; unit < cube_.units(); ++unit)
            areas[level.of[unit]].push_back(unit);
        bool more = false;
        for (const auto& units : areas) {
            std::vector<PartCells> cells;
            for (const auto unit : units)
                cells.push_back(
                    {all_[sum[0]].part(unit), all_[sum[1]].part(unit), all_[sum[2]].part(unit)});
            for (const auto& [unit, part] : parts_to_hide(cells, spec_.k)) {
                all_[sum[part]].hide(units[unit]);
                more = true;
            }
        }
        if (more)
            for (const auto c : sum) all_[c].settle();
        return more;
    }

    const Dataset& dataset_;
    const data::IndicatorCube& cube_;
    const TotalGroups& groups_;
    const MaskSpec& spec_;
    base::JobContext& ctx_;
    std::vector<Column> all_;
};

// A rate shown beside one of its parts gives the other away.
bool built_on(const data::Indicator& rate, const data::IndicatorId& part) {
    return rate.kind == data::Kind::Ratio && (rate.numerator == part || rate.denominator == part);
}

// What a district shows of an indicator in a period.
struct Shown {
    std::optional<double> smallest; // above zero
    bool any = false;
};
std::map<geo::GroupIndex, Shown> shown_by_group(const data::Slice& slice,
                                                const std::vector<geo::GroupIndex>& group) {
    std::map<geo::GroupIndex, Shown> out;
    for (std::size_t u = 0; u < slice.size(); ++u) {
        if (!slice.has(u)) continue;
        auto& shown = out[group[u]];
        shown.any = true;
        if (slice.value[u] > 0 && !(slice.value[u] >= shown.smallest.value_or(slice.value[u] + 1)))
            shown.smallest = slice.value[u];
    }
    return out;
}

// Among zeros alone a cell masked for another is most likely one of them. Whole numbers: people.
double middle(bool complementary, const Shown& shown, int k) {
    if (!complementary) return std::floor(k / 2.0);
    if (shown.smallest) return std::floor((k + std::max<double>(k, *shown.smallest)) / 2);
    return shown.any ? 0 : k;
}

// Smoothed rates borrow from all units, so those of units that are shown would tell of those that
// are not: they are made anew from what is public.
std::shared_ptr<const data::IndicatorCube> with_public_smoothed(const Masked& masked,
                                                                const MaskSpec& spec) {
    const auto& shown = masked.dataset->cube;
    const bool any =
        std::any_of(shown->indicators.begin(), shown->indicators.end(),
                    [](const auto& one) { return parse_smoothed(one.id).has_value(); });
    if (!any) return shown;
    const auto made = with_stand_ins(masked, spec);
    auto out = std::make_shared<data::IndicatorCube>(*shown);
    for (std::size_t i = 0; i < shown->indicators.size(); ++i) {
        if (!parse_smoothed(shown->indicators[i].id)) continue;
        for (std::size_t p = 0; p < shown->periods.size(); ++p)
            for (std::size_t u = 0; u < shown->units(); ++u)
                if (shown->state(i, p, u) != Cell::Suppressed)
                    out->set(i, p, u, made->value(i, p, u), made->state(i, p, u));
    }
    return out;
}

// Without a dataset if nothing had to be masked.
std::shared_ptr<const Masked> make_masked(const Dataset& dataset, const MaskSpec& spec,
                                          base::JobContext& ctx) {
    auto out = std::make_shared<Masked>();
    const auto& cube = *dataset.cube;
    const auto& units = dataset.vintage->units;
    const TotalGroups groups(units);
    std::shared_ptr<data::IndicatorCube> masked;
    std::vector<Dataset::Place> unsaid;
    if (takes_long(dataset)) ctx.stage("stage.mask");
    const ToldBefore told(dataset, spec, ctx);
    const Columns columns(dataset, groups, told, spec, ctx);
    for (const auto& column : columns.all()) {
        if (!column.any()) continue;
        const auto i = column.indicator, p = column.period;
        if (!masked) masked = std::make_shared<data::IndicatorCube>(cube);
        for (std::size_t unit = 0; unit < cube.units(); ++unit) {
            const auto hiding = column.hiding()[unit];
            if (hiding != Hiding::Small && hiding != Hiding::Complementary) continue;
            masked->set(i, p, unit, 0, Cell::Suppressed);
            if (column.unsaid(unit)) unsaid.push_back({i, p, unit});
            out->cells.push_back({units.code[unit], cube.indicators[i].id, cube.periods[p],
                                  hiding == Hiding::Complementary, unit});
            for (std::size_t r = 0; r < cube.indicators.size(); ++r)
                if (built_on(cube.indicators[r], cube.indicators[i].id))
                    masked->set(r, p, unit, 0, Cell::Suppressed);
        }
    }
    if (!masked) return out;
    auto copy = std::make_shared<Dataset>(dataset);
    copy->cube = masked;
    copy->unsaid_small = std::move(unsaid);
    out->dataset = copy;
    copy->cube = with_public_smoothed(*out, spec);
    return out;
}

} // namespace

bool counts_persons(const data::Indicator& indicator) {
    // Differences and other numbers below zero are no counts, and yet they tell of persons.
    if (indicator.kind != data::Kind::Count && indicator.kind != data::Kind::Intensity)
        return false;
    if (indicator.counts_persons) return true;
    if (const auto* known = data::find_in_catalogue(indicator.id)) return known->counts_persons;
    const auto name = indicator.id + " " + indicator.name_vi + " " + indicator.name_en;
    if (data::names_no_count(name) || data::names_no_count(indicator.unit)) return false;
    if (data::names_persons(name)) return true;
    const auto unit = base::search_key(indicator.unit);
    return (unit == "nguoi" || unit == "person" || unit == "persons" || unit == "people") &&
           !data::names_population(name);
}

bool counts_persons(const std::string& id, const std::string& name) {
    data::Indicator indicator;
    indicator.id = id;
    indicator.name_vi = name;
    return counts_persons(indicator);
}

std::vector<geo::GroupIndex> finest_groups(const data::UnitTable& units) {
    for (const auto level : {data::Level::District, data::Level::Province})
        if (units.has_level(level)) return units.parent[static_cast<std::size_t>(level)];
    return std::vector<geo::GroupIndex>(units.size(), 0);
}

bool too_few(double value, const MaskSpec& spec) {
    return value > 0 && value < spec.k;
}

bool total_tells(const data::Slice& all, const data::Slice& shown, const MaskSpec& spec) {
    HiddenSum rest(spec.k);
    for (std::size_t u = 0; u < all.size(); ++u) {
        if (!all.has(u)) continue;
        if (shown.has(u))
            rest.show(all.value[u]);
        else
            rest.hide(all.value[u]);
    }
    return rest.gives_away();
}

Masked mask(std::shared_ptr<const Dataset> dataset, const MaskSpec& spec, base::JobContext& ctx) {
    const auto make = [&] { return make_masked(*dataset, spec, ctx); };
    MaskedOf of{dataset->cube, dataset->vintage, dataset->told_before, {}};
    for (const auto& from : dataset->carried_from) of.carried_from.push_back(from.there);
    auto out = spec.k == MaskSpec{}.k ? dataset->masked.get(std::move(of), make) : *make();
    if (!out.dataset) out.dataset = std::move(dataset);
    return out;
}

Masked mask(std::shared_ptr<const Dataset> dataset, const MaskSpec& spec) {
    base::JobContext ctx;
    return mask(std::move(dataset), spec, ctx);
}

std::shared_ptr<const data::IndicatorCube> with_stand_ins(const Masked& masked,
                                                          const MaskSpec& spec) {
    if (masked.cells.empty()) return masked.dataset->cube;
    const auto& shown = *masked.dataset->cube;
    const auto group = finest_groups(masked.dataset->vintage->units);
    auto out = std::make_shared<data::IndicatorCube>(shown);
    std::map<std::pair<std::size_t, std::size_t>, std::map<geo::GroupIndex, Shown>> known;
    for (const auto& cell : masked.cells) {
        const auto i = *shown.find(cell.indicator), p = *shown.find(cell.period);
        auto [at, is_new] = known.try_emplace({i, p});
        if (is_new) at->second = shown_by_group(shown.slice(i, p), group);
        out->set(i, p, cell.row, middle(cell.complementary, at->second[group[cell.row]], spec.k),
                 Cell::Estimated);
    }
    for (const auto& cell : masked.cells)
        for (std::size_t r = 0; r < shown.indicators.size(); ++r) {
            const auto& rate = shown.indicators[r];
            if (!built_on(rate, cell.indicator)) continue;
            const auto above = out->find(rate.numerator), below = out->find(rate.denominator);
            if (!above || !below) continue;
            const auto p = *shown.find(cell.period);
            const double value = out->value(*above, p, cell.row),
                         people = out->value(*below, p, cell.row);
            if (!std::isnan(value) && people > 0)
                out->set(r, p, cell.row, value / people * rate.scale, Cell::Estimated);
        }
    fill_smoothed(*out, *masked.dataset);
    return out;
}

MaskedBounds bounds_of(const Masked& masked, const data::IndicatorCube& all, const MaskSpec& spec) {
    const auto& shown = *masked.dataset->cube;
    if (masked.cells.empty()) return {masked.dataset->cube, masked.dataset->cube};
    auto least = std::make_shared<data::IndicatorCube>(shown);
    auto most = std::make_shared<data::IndicatorCube>(shown);
    const auto has = [&](std::size_t i, std::size_t p, std::size_t unit) {
        const auto state = all.state(i, p, unit);
        return state == Cell::Observed || state == Cell::Estimated;
    };
    const auto put = [&](std::size_t i, std::size_t p, std::size_t unit, double from, double to) {
        least->set(i, p, unit, from, Cell::Estimated);
        most->set(i, p, unit, to, Cell::Estimated);
    };
    for (std::size_t i = 0; i < shown.indicators.size(); ++i)
        for (std::size_t p = 0; p < shown.periods.size(); ++p)
            for (std::size_t unit = 0; unit < shown.units(); ++unit)
                if (shown.state(i, p, unit) == Cell::Suppressed && has(i, p, unit))
                    put(i, p, unit, 0, std::numeric_limits<double>::infinity());
    for (const auto& cell : masked.cells)
        if (!cell.complementary)
            put(*shown.find(cell.indicator), *shown.find(cell.period), cell.row, 1, spec.k - 1);
    // A rate lies between those of the bounds of its parts.
    for (const auto& cell : masked.cells)
        for (std::size_t r = 0; r < shown.indicators.size(); ++r) {
            const auto& rate = shown.indicators[r];
            if (!built_on(rate, cell.indicator)) continue;
            const auto above = shown.find(rate.numerator), below = shown.find(rate.denominator);
            const auto p = *shown.find(cell.period);
            if (!above || !below || !has(r, p, cell.row)) continue;
            const double fewest = least->value(*below, p, cell.row);
            if (!(fewest > 0)) continue;
            put(r, p, cell.row,
                least->value(*above, p, cell.row) / most->value(*below, p, cell.row) * rate.scale,
                most->value(*above, p, cell.row) / fewest * rate.scale);
        }
    return {least, most};
}

// Without cells there is no list: that of an earlier file of the name goes.
void write_masked_list(const std::filesystem::path& file, const std::vector<MaskedCell>& cells) {
    auto list = file;
    list += ".masked.csv";
    if (cells.empty()) {
        std::error_code failed;
        std::filesystem::remove(list, failed);
        if (failed)
            throw base::Error(
                base::ErrorKind::Write, "error.file.cannot_write",
                {{"file", list.filename().string()}, {"reason", base::system_reason(failed)}});
        return;
    }
    auto text = std::string(base::kByteOrderMark) +
                base::csv_line({"code", "indicator", "period", "reason"});
    for (const auto& cell : cells)
        text += base::csv_line({cell.unit, cell.indicator, data::to_string(cell.period),
                                cell.complementary ? "complementary" : "small_count"});
    base::write_file(list, text);
}

} // namespace diaban::app
