#include "app/summary_mask.hpp"

#include "app/hidden_sum.hpp"
#include "app/sum_network.hpp"
#include "app/summary_halves.hpp"
#include "data/catalogue.hpp"
#include "files/store_agency.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <tuple>

namespace diaban::app {
namespace {

using By = SummaryGrouping::By;
constexpr double kNoLimit = std::numeric_limits<double>::infinity();

bool along_agencies(By by) {
    return by == By::Agency || by == By::ProvinceOfAgency;
}

// Sums of one grouping, each masked for itself: small ones, those that give a commune away, and
// others beside them where a hidden one would follow from the whole or from numbers that it adds up
// with.
class GroupingMask {
public:
    // `already`: what is hidden in any case; may be empty.
    GroupingMask(const data::IndicatorCube& cube, const data::IndicatorCube& shown,
                 std::size_t period, const SummaryGrouping& grouping, const SummarySums& sums,
                 const HiddenSums& already)
        : cube_(cube), shown_(shown), period_(period), grouping_(grouping), sums_(sums),
          hidden_(sums.size(), std::vector<bool>(grouping.areas.size(), false)) {
        for (std::size_t k = 0; k < sums_.size(); ++k) {
            if (!counts_persons(cube_.indicators[k])) continue;
            for (std::size_t a = 0; a < sums_[k].size(); ++a)
                hidden_[k][a] = (!already.empty() && already[k][a]) ||
                                (sums_[k][a].value && too_few(*sums_[k][a].value)) ||
                                rests_on_one_hidden(a, k) || gives_communes_away(a, k);
            // No table has the whole below the rows of all agencies.
            if (of_agencies(grouping_)) hidden_[k].back() = true;
            hide_beside(k);
        }
    }

    HiddenSums& hidden() { return hidden_; }
    const HiddenSums& hidden() const { return hidden_; }

    // The last area is the whole: it goes where no area is left to hide behind. One whose communes
    // are all shown could be added up again, so others go first.
    bool hide_beside(std::size_t k) {
        bool more = false;
        while (!hidden_[k].back() && rest_tells(k)) {
            std::optional<std::size_t> best;
            const auto& sums = sums_[k];
            const auto cost = [&](std::size_t a) {
                return std::tuple(*sums[a].value == 0, !hides_communes(a, k), *sums[a].value);
            };
            for (std::size_t a = 0; a + 1 < sums.size(); ++a)
                if (!hidden_[k][a] && sums[a].value && (!best || cost(a) < cost(*best))) best = a;
            hidden_[k][best.value_or(sums.size() - 1)] = more = true;
        }
        return more;
    }

    bool hide_in_identity(const std::array<std::string_view, 3>& codes) {
        std::vector<std::size_t> columns;
        for (const auto code : codes)
            if (const auto k = cube_.find(code); k && !sums_[*k].empty()) columns.push_back(*k);
        if (columns.size() != codes.size()) return false;
        bool more = false;
        for (std::size_t a = 0; a < grouping_.areas.size(); ++a) {
            std::size_t count = 0, shown = 0, smallest = columns.front();
            for (const auto k : columns) {
                count += hidden_[k][a];
                if (hidden_[k][a] || !sums_[k][a].value) continue;
                if (shown++ == 0 || *sums_[k][a].value < *sums_[smallest][a].value) smallest = k;
            }
            if (count != 1 || shown + 1 != columns.size()) continue;
            hidden_[smallest][a] = more = true;
        }
        if (more)
            for (const auto k : columns) hide_beside(k);
        return more;
    }

private:
    // A sum less what the table of communes shows gives a single hidden one away: no other commune
    // of the area could be hidden with it, or the area is none whose totals that table reckons
    // with.
    bool rests_on_one_hidden(std::size_t a, std::size_t k) const {
        return hidden_communes(a, k) == 1;
    }
    bool hides_communes(std::size_t a, std::size_t k) const { return hidden_communes(a, k) > 0; }
    std::size_t hidden_communes(std::size_t a, std::size_t k) const {
        const auto raw = cube_.slice(k, period_), shown = shown_.slice(k, period_);
        const auto& units = grouping_.areas[a].units;
        return static_cast<std::size_t>(
            std::count_if(units.begin(), units.end(),
                          [&](geo::FaceId i) { return raw.has(i) && !shown.has(i); }));
    }

    // What is left of the sums of areas when what the table of communes shows is taken from it.
    void add_communes(HiddenSum& sum, std::size_t a, std::size_t k) const {
        const auto raw = cube_.slice(k, period_), shown = shown_.slice(k, period_);
        for (const auto i : grouping_.areas[a].units)
            if (raw.has(i) && shown.has(i))
                sum.show(raw.value[i]);
            else if (raw.has(i))
                sum.hide(raw.value[i]);
    }
    bool gives_communes_away(std::size_t a, std::size_t k) const {
        HiddenSum sum(MaskSpec{}.k);
        add_communes(sum, a, k);
        return sum.gives_away();
    }

    // The whole less the sums that are shown is what the hidden ones are together.
    bool rest_tells(std::size_t k) const {
        HiddenSum areas(MaskSpec{}.k), communes(MaskSpec{}.k);
        std::size_t count = 0;
        for (std::size_t a = 0; a + 1 < sums_[k].size(); ++a) {
            const double sum = sums_[k][a].value.value_or(0);
            if (!hidden_[k][a]) {
                areas.show(sum);
                continue;
            }
            ++count;
            areas.hide(sum);
            add_communes(communes, a, k);
        }
        return count == 1 || areas.gives_away() || communes.gives_away();
    }

    const data::IndicatorCube& cube_;
    const data::IndicatorCube& shown_;
    std::size_t period_;
    const SummaryGrouping& grouping_;
    const SummarySums& sums_;
    HiddenSums hidden_;
};

// The sums of one indicator over all groupings: provinces, districts in them, and agencies that cut
// both. Only what the table of communes hides flows; the rest everybody can take away.
class CrossingSums {
public:
    // The first `settled` groupings stay as they are.
    CrossingSums(const data::IndicatorCube& cube, const data::IndicatorCube& shown,
                 std::size_t period, std::size_t indicator,
                 std::span<const SummaryGrouping> groupings, std::span<const SummarySums> sums,
                 std::span<GroupingMask> masks, std::size_t settled)
        : raw_(cube.slice(indicator, period)), shown_(shown.slice(indicator, period)),
          indicator_(indicator), groupings_(groupings), sums_(sums), masks_(masks),
          settled_(settled) {
        all_from_ = add_node();
        all_to_ = add_node();
        for (std::size_t g = 0; g < groupings_.size(); ++g) place_units(g);
        for (const auto unit : groupings_.front().areas.back().units)
            if (raw_.has(unit) && !shown_.has(unit)) add_commune(unit);
        add_areas();
        if (settled_ > 0) leave_out_what_is_told();
    }

    // Hides sums until no small count follows from those that are left. True if any was.
    bool hide() {
        bool more = false;
        for (const auto& count : small_)
            while (!is_safe(count) && hide_one_that_holds(count)) more = true;
        return more;
    }

private:
    using Node = SumNetwork::Node;
    using Arc = SumNetwork::Arc;
    static constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);
    // An area of one family, and what the communes hidden in it have together.
    struct Flow {
        Node node = 0, above = 0;
        double value = 0;
        std::optional<std::pair<std::size_t, std::size_t>> sum; // grouping and area
    };
    // A number that is not to be found.
    struct Small {
        Arc arc;
        bool any; // for all that the tables say it must be able to be any from 1 to k-1
    };
    struct PublicSum {
        Arc arc;
        std::size_t grouping, area;
        double value; // of the sum
        bool whole;
    };

    // The same areas and numbers twice: as somebody sees them who knows how cells are chosen, and
    // as the tables alone tell of them.
    Node add_node() {
        plain_.add_node();
        return network_.add_node();
    }
    Arc add_arc(Node from, Node to, double value, std::pair<double, double> range,
                std::pair<double, double> plain) {
        plain_.add(from, to, value, plain.first, plain.second);
        return network_.add(from, to, value, range.first, range.second);
    }
    bool is_safe(const Small& count) {
        return network_.open(count.arc) && (!count.any || (plain_.reaches(count.arc, 1) &&
                                                           plain_.reaches(count.arc, kLimit - 1)));
    }

    void place_units(std::size_t g) {
        auto& areas = area_of_.emplace_back(raw_.size(), kNowhere);
        for (std::size_t a = 0; a + 1 < groupings_[g].areas.size(); ++a)
            for (const auto unit : groupings_[g].areas[a].units) areas[unit] = a;
    }
    std::optional<std::size_t> grouping(By by) const {
        for (std::size_t g = 0; g < groupings_.size(); ++g)
            if (groupings_[g].by == by) return g;
        return std::nullopt;
    }

    // The area of a unit in a grouping, within that of a coarser one: a node each. An area that
    // lies in several coarser ones is as many nodes.
    Flow& flow(std::size_t g, geo::FaceId unit, Node above) {
        const auto area = area_of_[g][unit];
        const auto [at, added] = flows_.try_emplace({g, area, above});
        if (added) {
            at->second.node = add_node();
            at->second.above = above;
            at->second.sum = {g, area};
        }
        return at->second;
    }

    void add_commune(geo::FaceId unit) {
        const double value = raw_.value[unit];
        auto from = all_from_, to = all_to_;
        for (const auto by : {By::Province, By::District, By::DistrictOfAgency})
            pass_through(by, unit, value, from);
        for (const auto by : {By::Agency, By::ProvinceOfAgency}) pass_through(by, unit, value, to);
        total_ += value;
        if (value == 0) return; // known to be one of the zeros
        const bool few = too_few(value);
        const std::pair few_range(1.0, kLimit - 1);
        const auto arc =
            few ? add_arc(from, to, value, few_range, few_range)
                : add_arc(from, to, value, {kLimit, std::max(value, most_beside(unit, value))},
                          {0, kNoLimit});
        if (few) small_.push_back({arc, true});
    }

    void pass_through(By by, geo::FaceId unit, double value, Node& at) {
        const auto g = grouping(by);
        if (!g || area_of_[*g][unit] == kNowhere) return; // a commune without an agency
        auto& area = flow(*g, unit, at);
        area.value += value;
        at = area.node;
    }

    // What is hidden beside a small count is the smallest that its area had left.
    double most_beside(geo::FaceId unit, double value) {
        double most = kNoLimit;
        for (std::size_t g = 0; g < groupings_.size(); ++g) {
            if (groupings_[g].by == By::Agency || of_agencies(groupings_[g])) continue;
            for (const auto area : {area_of_[g][unit], groupings_[g].areas.size() - 1}) {
                const double left = std::max(kLimit, smallest_shown(g, area));
                if (value <= left) most = std::min(most, left);
            }
        }
        return most;
    }
    double smallest_shown(std::size_t g, std::size_t area) {
        const auto [at, added] = smallest_.try_emplace({g, area}, kNoLimit);
        if (added)
            for (const auto i : groupings_[g].areas[area].units)
                if (shown_.has(i) && shown_.value[i] > 0)
                    at->second = std::min(at->second, shown_.value[i]);
        return at->second;
    }

    // Sums stand for areas that are one node; of those that are several only a part is known here,
    // so these are left out of what is public: they hide.
    void add_areas() {
        std::map<std::pair<std::size_t, std::size_t>, std::size_t> nodes;
        for (const auto& [key, area] : flows_) ++nodes[*area.sum];
        for (auto& [key, area] : flows_) {
            const auto [g, a] = *area.sum;
            const bool several = nodes[*area.sum] > 1;
            if (several) masks_[g].hidden()[indicator_][a] = true;
            const std::pair free(0.0, kNoLimit);
            const bool second = along_agencies(groupings_[g].by);
            const auto arc =
                add_arc(second ? area.node : area.above, second ? area.above : area.node,
                        area.value, several ? free : range(g, a, area.value),
                        hides(g, a) ? free : std::pair(area.value, area.value));
            if (!several) add_sum(arc, g, a, false);
        }
        const auto whole = groupings_.front().areas.size() - 1;
        add_sum(add_arc(all_to_, all_from_, total_, range(0, whole, total_),
                        hides(0, whole) ? std::pair(0.0, kNoLimit) : std::pair(total_, total_)),
                0, whole, true);
    }
    void add_sum(Arc arc, std::size_t g, std::size_t a, bool whole) {
        const double value = sums_[g][indicator_][a].value.value_or(0);
        if (!hides(g, a))
            public_.push_back({arc, g, a, value, whole});
        else if (too_few(value))
            small_.push_back({arc, false});
    }
    bool hides(std::size_t g, std::size_t a) const { return masks_[g].hidden()[indicator_][a]; }

    // What anybody knows of a sum, less what is shown of it.
    std::pair<double, double> range(std::size_t g, std::size_t a, double flowing) const {
        if (!hides(g, a)) return {flowing, flowing};
        const double sum = sums_[g][indicator_][a].value.value_or(0), rest = sum - flowing;
        if (sum == 0) return {flowing, flowing};
        if (too_few(sum)) return {1 - rest, kLimit - 1 - rest};
        return {kLimit - rest, kNoLimit};
    }

    // What follows though every sum were hidden that may be: hiding them would be in vain.
    void leave_out_what_is_told() {
        std::vector<const PublicSum*> free;
        for (const auto& sum : public_)
            if (may_hide(sum)) free.push_back(&sum);
        for (const auto* sum : free) hide(*sum);
        for (auto& count : small_) count.any = count.any && is_safe(count);
        std::erase_if(small_, [&](const Small& count) { return !network_.open(count.arc); });
        for (const auto* sum : free) show(*sum);
    }
    bool may_hide(const PublicSum& sum) const {
        return sum.value > 0 && sum.grouping >= settled_ && !hides(sum.grouping, sum.area);
    }

    // Rather one whose absence is enough, rather a small one, and the whole at last.
    bool hide_one_that_holds(const Small& count) {
        const auto holding = !network_.open(count.arc) ? network_.held_by(count.arc)
                             : !plain_.reaches(count.arc, 1)
                                 ? plain_.held_before(count.arc, 1)
                                 : plain_.held_before(count.arc, kLimit - 1);
        std::vector<const PublicSum*> found;
        for (const auto& sum : public_)
            if (may_hide(sum) && std::binary_search(holding.begin(), holding.end(), sum.arc))
                found.push_back(&sum);
        if (found.empty()) return false;
        std::sort(found.begin(), found.end(), [](const auto* a, const auto* b) {
            return std::tuple(a->whole, a->value, a->arc) < std::tuple(b->whole, b->value, b->arc);
        });
        for (const auto* sum : found) {
            hide(*sum);
            if (is_safe(count)) return true;
            show(*sum);
        }
        hide(*found.front()); // none is enough: others follow
        return true;
    }
    void hide(const PublicSum& sum) {
        set_hidden(sum, true);
        const auto [low, high] = range(sum.grouping, sum.area, network_.value(sum.arc));
        network_.set_range(sum.arc, low, high);
        plain_.set_range(sum.arc, 0, kNoLimit);
    }
    void show(const PublicSum& sum) {
        set_hidden(sum, false);
        const double value = network_.value(sum.arc);
        network_.set_range(sum.arc, value, value);
        plain_.set_range(sum.arc, value, value);
    }
    void set_hidden(const PublicSum& sum, bool hidden) {
        if (!sum.whole)
            masks_[sum.grouping].hidden()[indicator_][sum.area] = hidden;
        else
            for (auto& mask : masks_) mask.hidden()[indicator_].back() = hidden;
    }

    static constexpr double kLimit = MaskSpec{}.k;
    data::Slice raw_, shown_;
    std::size_t indicator_;
    std::span<const SummaryGrouping> groupings_;
    std::span<const SummarySums> sums_;
    std::span<GroupingMask> masks_;
    std::size_t settled_;
    SumNetwork network_, plain_;
    Node all_from_ = 0, all_to_ = 0;
    double total_ = 0;
    std::vector<std::vector<std::size_t>> area_of_; // by grouping and unit
    std::map<std::tuple<std::size_t, std::size_t, Node>, Flow> flows_;
    std::map<std::pair<std::size_t, std::size_t>, double> smallest_; // by grouping and area
    std::vector<Small> small_;
    std::vector<PublicSum> public_;
};

// The whole stands in every table.
bool hide_whole_everywhere(std::span<GroupingMask> masks, std::size_t k) {
    std::size_t hiding = 0;
    for (const auto& mask : masks) hiding += mask.hidden()[k].back();
    if (hiding == 0 || hiding == masks.size()) return false;
    for (auto& mask : masks) mask.hidden()[k].back() = true;
    return true;
}

// Masks groupings together; of these the first `settled` stay as they are. Each round hides at
// least one sum more, or is the last.
void hide_together(const data::IndicatorCube& cube, const data::IndicatorCube& shown,
                   std::size_t period, std::span<const SummaryGrouping> groupings,
                   std::span<const SummarySums> sums, std::span<GroupingMask> masks,
                   std::size_t settled) {
    const auto free = masks.subspan(settled);
    for (bool more = true; more;) {
        more = false;
        for (const auto& codes : data::identities())
            for (auto& mask : free) more = mask.hide_in_identity(codes) || more;
        for (std::size_t k = 0; masks.size() > 1 && k < cube.indicators.size(); ++k) {
            const auto& indicator = cube.indicators[k];
            if (!counts_persons(indicator) || indicator.kind != data::Kind::Count) continue;
            if (settled == 0) more = hide_whole_everywhere(masks, k) || more;
            more = CrossingSums(cube, shown, period, k, groupings, sums, masks, settled).hide() ||
                   more;
            for (auto& mask : free) more = mask.hide_beside(k) || more;
        }
    }
}

std::vector<HiddenSums> hide_all(const data::IndicatorCube& cube, const data::IndicatorCube& shown,
                                 std::size_t period, const std::vector<SummaryGrouping>& groupings,
                                 const std::vector<SummarySums>& sums,
                                 const std::vector<HiddenSums>& already) {
    std::vector<GroupingMask> masks;
    for (std::size_t g = 0; g < groupings.size(); ++g)
        masks.emplace_back(cube, shown, period, groupings[g], sums[g],
                           already.empty() ? HiddenSums{} : already[g]);
    // What agencies have comes last and hides last: a summary of everything that was made before
    // knows nothing of it.
    const auto first = std::find_if(groupings.begin(), groupings.end(), of_agencies);
    const auto whole = static_cast<std::size_t>(first - groupings.begin());
    const std::span all_groupings(groupings);
    const std::span all_sums(sums);
    const std::span all_masks(masks);
    hide_together(cube, shown, period, all_groupings.first(whole), all_sums.first(whole),
                  all_masks.first(whole), 0);
    if (whole < groupings.size())
        hide_together(cube, shown, period, all_groupings, all_sums, all_masks, whole);
    std::vector<HiddenSums> out;
    for (auto& mask : masks) {
        auto& hidden = out.emplace_back(std::move(mask.hidden()));
        for (std::size_t k = 0; k < hidden.size(); ++k) {
            const auto& indicator = cube.indicators[k];
            if (indicator.kind != data::Kind::Ratio) continue;
            for (const auto& id : {indicator.numerator, indicator.denominator})
                if (const auto part = cube.find(id))
                    std::transform(hidden[k].begin(), hidden[k].end(), hidden[*part].begin(),
                                   hidden[k].begin(), std::logical_or<>());
        }
    }
    return out;
}

const SummaryGrouping* find_grouping(const std::vector<SummaryGrouping>& groupings, By by) {
    const auto at = std::find_if(groupings.begin(), groupings.end(),
                                 [&](const SummaryGrouping& one) { return one.by == by; });
    return at == groupings.end() ? nullptr : &*at;
}

// What every agency has of every area; communes without an agency are in no summary of one.
SummaryGrouping parts_of(const SummaryGrouping& areas, const SummaryGrouping& agencies,
                         const data::Slice& agency) {
    SummaryGrouping out{
        "", areas.by == By::District ? By::DistrictOfAgency : By::ProvinceOfAgency, {}};
    for (std::size_t a = 0; a + 1 < areas.areas.size(); ++a) {
        std::map<double, SummaryArea> parts;
        for (const auto unit : areas.areas[a].units)
            if (agency.has(unit)) parts[agency.value[unit]].units.push_back(unit);
        for (auto& [index, part] : parts) out.areas.push_back(std::move(part));
    }
    out.areas.push_back(agencies.areas.back());
    return out;
}

// The row of a grouping that a commune is in.
std::size_t row_with(const SummaryGrouping& grouping, geo::FaceId unit) {
    std::size_t a = 0;
    while (
        a + 1 < grouping.areas.size() &&
        !std::binary_search(grouping.areas[a].units.begin(), grouping.areas[a].units.end(), unit))
        ++a;
    return a;
}

} // namespace

bool of_agencies(const SummaryGrouping& grouping) {
    return grouping.by == By::DistrictOfAgency || grouping.by == By::ProvinceOfAgency;
}

SummarySums summary_sums(const data::IndicatorCube& cube, std::size_t period,
                         const SummaryGrouping& grouping) {
    SummarySums out(cube.indicators.size());
    for (std::size_t k = 0; k < out.size(); ++k)
        if (cube.indicators[k].kind != data::Kind::Category)
            for (const auto& area : grouping.areas)
                out[k].push_back(aggregate(cube, k, period, area.units));
    return out;
}

std::vector<HiddenSums> sums_to_hide(const Dataset& all, const Dataset& shown, std::size_t period,
                                     const std::vector<SummaryGrouping>& groupings,
                                     const std::vector<SummarySums>& sums, base::JobContext& ctx) {
    return hide_with_halves(
        all, shown, period, groupings, sums,
        [&](std::size_t at, const std::vector<SummarySums>& of,
            const std::vector<HiddenSums>& already) {
            return hide_all(*all.cube, *shown.cube, at, groupings, of, already);
        },
        ctx);
}

std::vector<SummaryGrouping> with_areas_of_agencies(const data::IndicatorCube& cube,
                                                    std::size_t period,
                                                    std::vector<SummaryGrouping> groupings) {
    auto out = groupings;
    const auto* agencies = find_grouping(groupings, By::Agency);
    const auto agency = cube.find(files::kAgencyIndicator);
    if (!agencies || !agency) return out;
    for (const auto by : {By::District, By::Province})
        if (const auto* areas = find_grouping(groupings, by))
            out.push_back(parts_of(*areas, *agencies, cube.slice(*agency, period)));
    return out;
}

std::vector<HiddenSums> agency_sums_to_hide(const Dataset& all, const Dataset& shown,
                                            std::size_t period,
                                            const std::vector<SummaryGrouping>& whole,
                                            const std::vector<SummaryGrouping>& own,
                                            const std::vector<SummarySums>& own_sums,
                                            base::JobContext& ctx) {
    const auto& cube = *all.cube;
    const auto* agencies = find_grouping(whole, By::Agency);
    const auto agency = cube.find(files::kAgencyIndicator);
    if (!agencies || !agency || own.front().areas.back().units.empty())
        return sums_to_hide(all, shown, period, own, own_sums, ctx);
    const auto groupings = with_areas_of_agencies(cube, period, whole);
    std::vector<SummarySums> sums;
    for (const auto& grouping : groupings) sums.push_back(summary_sums(cube, period, grouping));
    const auto system = sums_to_hide(all, shown, period, groupings, sums, ctx);

    // The rows of the agency as they stand in that system; the whole is the agency's row in it.
    std::vector<HiddenSums> already;
    const auto hidden_in = [&](By by, geo::FaceId unit, std::size_t k) {
        const auto* grouping = find_grouping(groupings, by);
        const auto& hidden = system[static_cast<std::size_t>(grouping - groupings.data())][k];
        return hidden[row_with(*grouping, unit)];
    };
    for (const auto& grouping : own) {
        const auto by = grouping.by == By::District   ? By::DistrictOfAgency
                        : grouping.by == By::Province ? By::ProvinceOfAgency
                                                      : By::Agency;
        auto& hidden = already.emplace_back(cube.indicators.size(),
                                            std::vector<bool>(grouping.areas.size(), false));
        for (std::size_t a = 0; a < grouping.areas.size(); ++a) {
            const auto unit = grouping.areas[a].units.front();
            const bool last = a + 1 == grouping.areas.size();
            for (std::size_t k = 0; k < hidden.size(); ++k)
                hidden[k][a] = hidden_in(last ? By::Agency : by, unit, k);
        }
    }
    return hide_all(cube, *shown.cube, period, own, own_sums, already);
}

} // namespace diaban::app
