#include "app/mask.hpp"

#include "base/paths.hpp"
#include "base/system_reason.hpp"
#include "base/text.hpp"
#include "data/catalogue.hpp"
#include "data/value_kind.hpp"

#include <algorithm>
#include <map>

namespace diaban::app {
namespace {

using data::Cell;

// Units whose total could be published together: districts, else provinces, else everything.
std::vector<geo::GroupIndex> total_groups(const data::UnitTable& units) {
    for (const auto level : {data::Level::District, data::Level::Province})
        if (units.has_level(level)) return units.parent[static_cast<std::size_t>(level)];
    return std::vector<geo::GroupIndex>(units.size(), 0);
}

// One (indicator, period): hides small counts, then in each group with exactly one hidden cell the
// smallest other one, because the group's total minus the rest would give it away.
std::vector<std::pair<std::size_t, bool>>
cells_to_hide(const data::Slice& slice, const std::vector<geo::GroupIndex>& group, int k) {
    struct Tally {
        std::size_t hidden = 0;
        std::optional<std::size_t> smallest_other;
    };
    std::map<geo::GroupIndex, Tally> groups;
    std::vector<std::pair<std::size_t, bool>> out;
    for (std::size_t i = 0; i < slice.size(); ++i) {
        if (!slice.has(i)) {
            // Already unknown: a total cannot be taken apart through it.
            if (slice.state[i] == Cell::Suppressed) ++groups[group[i]].hidden;
            continue;
        }
        auto& tally = groups[group[i]];
        if (slice.value[i] > 0 && slice.value[i] < k) {
            out.emplace_back(i, false);
            ++tally.hidden;
            continue;
        }
        // A zero is given up only if the group has nothing else to hide behind.
        const auto better = [&](std::size_t a, std::size_t b) {
            const auto rank = [&](std::size_t u) {
                return std::pair(slice.value[u] == 0, slice.value[u]);
            };
            return rank(a) < rank(b);
        };
        if (!tally.smallest_other || better(i, *tally.smallest_other)) tally.smallest_other = i;
    }
    for (const auto& [index, tally] : groups)
        if (tally.hidden == 1 && tally.smallest_other)
            out.emplace_back(*tally.smallest_other, true);
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

Masked mask(std::shared_ptr<const Dataset> dataset, const MaskSpec& spec) {
    Masked out{dataset, {}};
    const auto& cube = *dataset->cube;
    const auto& units = dataset->vintage->units;
    const auto group = total_groups(units);
    std::shared_ptr<data::IndicatorCube> masked;
    for (std::size_t i = 0; i < cube.indicators.size(); ++i) {
        if (!counts_persons(cube.indicators[i])) continue;
        for (std::size_t p = 0; p < cube.periods.size(); ++p) {
            for (const auto& [unit, complementary] :
                 cells_to_hide(cube.slice(i, p), group, spec.k)) {
                if (!masked) masked = std::make_shared<data::IndicatorCube>(cube);
                masked->set(i, p, unit, 0, Cell::Suppressed);
                out.cells.push_back(
                    {units.code[unit], cube.indicators[i].id, cube.periods[p], complementary});
                for (std::size_t r = 0; r < cube.indicators.size(); ++r)
                    if (cube.indicators[r].kind == data::Kind::Ratio &&
                        cube.indicators[r].numerator == cube.indicators[i].id)
                        masked->set(r, p, unit, 0, Cell::Suppressed);
            }
        }
    }
    if (!masked) return out;
    auto copy = std::make_shared<Dataset>(*dataset);
    copy->cube = std::move(masked);
    out.dataset = std::move(copy);
    return out;
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
    std::string text = "\xEF\xBB\xBF"
                       "code,indicator,period,reason\r\n";
    for (const auto& cell : cells)
        text += cell.unit + "," + cell.indicator + "," + data::to_string(cell.period) + "," +
                (cell.complementary ? "complementary" : "small_count") + "\r\n";
    base::write_file(list, text);
}

} // namespace diaban::app
