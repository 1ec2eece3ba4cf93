#include "app/mask.hpp"

#include "base/csv.hpp"
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
    Column(const data::Slice& slice, const TotalGroups& groups, const MaskSpec& spec)
        : slice_(slice), groups_(groups), hiding_(slice.size(), Hiding::Shown) {
        for (std::size_t i = 0; i < slice.size(); ++i) {
            if (!slice.has(i)) {
                // Already unknown: a total cannot be taken apart through it.
                if (slice.state[i] == Cell::Suppressed) hiding_[i] = Hiding::Unknown;
            } else if (too_few(slice.value[i], spec)) {
                hiding_[i] = Hiding::Small;
            }
            any_ = any_ || hiding_[i] != Hiding::Shown;
        }
        while (any_ && hide_beside_single_ones()) {
        }
    }
    bool any() const { return any_; }
    const std::vector<Hiding>& hiding() const { return hiding_; }

private:
    // A total minus what is shown gives a single hidden cell away: the smallest other one of the
    // group is hidden with it. That may leave a single one in another group; true if any was.
    bool hide_beside_single_ones() {
        bool more = false;
        for (const auto& level : groups_.levels) {
            const auto hidden = count_hidden(level);
            std::vector<std::uint32_t> other(level.count, kNone);
            for (std::uint32_t i = 0; i < hiding_.size(); ++i) {
                auto& best = other[level.of[i]];
                if (hidden[level.of[i]] != 1 || hiding_[i] != Hiding::Shown || !slice_.has(i))
                    continue;
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
            hidden[level.of[i]] += hiding_[i] != Hiding::Shown;
        return hidden;
    }

    // A zero is given up only if the group has nothing else to hide behind.
    std::pair<bool, double> cost(std::uint32_t i) const {
        return {slice_.value[i] == 0, slice_.value[i]};
    }

    static constexpr std::uint32_t kNone = 0xFFFFFFFFu;
    const data::Slice& slice_;
    const TotalGroups& groups_;
    std::vector<Hiding> hiding_;
    bool any_ = false; // something is hidden
};

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

bool too_few(double value, const MaskSpec& spec) {
    return value > 0 && value < spec.k;
}

Masked mask(std::shared_ptr<const Dataset> dataset, const MaskSpec& spec) {
    Masked out{dataset, {}};
    const auto& cube = *dataset->cube;
    const auto& units = dataset->vintage->units;
    const TotalGroups groups(units);
    std::shared_ptr<data::IndicatorCube> masked;
    for (std::size_t i = 0; i < cube.indicators.size(); ++i) {
        if (!counts_persons(cube.indicators[i])) continue;
        for (std::size_t p = 0; p < cube.periods.size(); ++p) {
            const auto slice = cube.slice(i, p);
            const Column column(slice, groups, spec);
            if (!column.any()) continue;
            if (!masked) masked = std::make_shared<data::IndicatorCube>(cube);
            for (std::size_t unit = 0; unit < slice.size(); ++unit) {
                const auto hiding = column.hiding()[unit];
                if (hiding != Hiding::Small && hiding != Hiding::Complementary) continue;
                masked->set(i, p, unit, 0, Cell::Suppressed);
                out.cells.push_back({units.code[unit], cube.indicators[i].id, cube.periods[p],
                                     hiding == Hiding::Complementary});
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
    auto text = std::string(base::kByteOrderMark) +
                base::csv_line({"code", "indicator", "period", "reason"});
    for (const auto& cell : cells)
        text += base::csv_line({cell.unit, cell.indicator, data::to_string(cell.period),
                                cell.complementary ? "complementary" : "small_count"});
    base::write_file(list, text);
}

} // namespace diaban::app
