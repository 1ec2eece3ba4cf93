// The same attack over files that were made one after the other: earlier public files of a store
// whose numbers were revised since, and public tables on the boundaries that numbers were carried
// from. The bounds come from Clp.
#include "app/told_before.hpp"
#include "unit/app/mask_attack.hpp"

#include <catch2/catch.hpp>
#include <numeric>
#include <random>
#include <set>

using namespace diaban;

namespace {

using Range = test::MaskAttack::Range;

std::shared_ptr<app::Dataset> counted_in(const std::vector<std::size_t>& district,
                                         const std::vector<double>& values) {
    auto vintage = std::make_shared<data::Vintage>();
    vintage->id = "v";
    auto& units = vintage->units;
    const auto level = static_cast<std::size_t>(data::Level::District);
    for (std::size_t i = 0; i < district.size(); ++i) {
        units.code.push_back(std::to_string(10000 + i));
        units.name.push_back("Xã " + std::to_string(i));
        units.parent[level].push_back(static_cast<geo::GroupIndex>(district[i]));
        while (units.groups[level].size() <= district[i])
            units.groups[level].push_back({std::to_string(units.groups[level].size()), "Huyện"});
    }
    auto cube = std::make_shared<data::IndicatorCube>(
        "",
        std::vector<data::Indicator>{{.id = "DR01", .kind = data::Kind::Count, .unit = "người"}},
        std::vector<data::Period>{{2012, 0}}, district.size());
    for (std::size_t i = 0; i < values.size(); ++i) cube->set(0, 0, i, values[i]);
    auto out = std::make_shared<app::Dataset>();
    out->vintage = vintage;
    out->cube = cube;
    return out;
}

// The units of the sums that public tables show: districts and everything.
std::vector<std::vector<geo::FaceId>>
public_sums(const app::Dataset& all, const app::Dataset& shown, const app::Language& language) {
    std::vector<geo::FaceId> units(all.cube->units());
    std::iota(units.begin(), units.end(), geo::FaceId{0});
    const auto groupings = app::summary_groupings(all, 0, units, language);
    std::vector<app::SummarySums> sums;
    for (const auto& one : groupings) sums.push_back(app::summary_sums(*all.cube, 0, one));
    base::JobContext ctx;
    const auto hidden = app::sums_to_hide(all, shown, 0, groupings, sums, ctx);
    std::vector<std::vector<geo::FaceId>> out;
    for (std::size_t g = 0; g < groupings.size(); ++g)
        for (std::size_t a = 0; a < groupings[g].areas.size(); ++a)
            if (!hidden[g][0][a]) out.push_back(groupings[g].areas[a].units);
    return out;
}

bool small(double value) {
    return value > 0 && value < 10;
}

// One public file.
struct Exported {
    std::shared_ptr<const app::Dataset> all, shown;
    std::set<std::size_t> said_small; // by its list of masked cells
    bool hides(std::size_t unit) const { return !shown->cube->slice(0, 0).has(unit); }
    double value(std::size_t unit) const { return all->cube->value(0, 0, unit); }
};

Exported exported(const std::shared_ptr<const app::Dataset>& all) {
    const auto masked = app::mask(all, {});
    Exported out{all, masked.dataset, {}};
    for (const auto& cell : masked.cells)
        if (!cell.complementary) out.said_small.insert(cell.row);
    return out;
}

// How many small counts the files tell more of together than that they are 1 to 9. What one file
// shows, another does not hide as long as it is the same number.
std::size_t told_by_all(const std::vector<Exported>& files, const app::Language& language) {
    std::size_t told = 0;
    for (const auto& file : files) {
        test::MaskAttack attack;
        std::map<geo::FaceId, test::MaskAttack::Cell> cells;
        const auto units = file.all->cube->units();
        for (geo::FaceId u = 0; u < units; ++u) {
            if (!file.hides(u)) continue;
            const double truth = file.value(u);
            const bool known = std::any_of(files.begin(), files.end(), [&](const Exported& other) {
                return !other.hides(u) && other.value(u) == truth;
            });
            if (!known)
                cells[u] = small(truth) ? attack.add(truth, 1, 9)
                                        : attack.add(truth, 0, test::MaskAttack::kAny);
        }
        for (const auto& sum : public_sums(*file.all, *file.shown, language)) {
            std::vector<std::pair<test::MaskAttack::Cell, double>> terms;
            for (const auto u : sum)
                if (const auto at = cells.find(u); at != cells.end())
                    terms.emplace_back(at->second, 1);
            attack.know(terms);
        }
        const auto ranges = attack.ranges();
        for (const auto& [u, cell] : cells)
            told += small(file.value(u)) &&
                    (ranges[cell].least > 1 + 1e-6 || ranges[cell].most < 9 - 1e-6);
    }
    return told;
}

} // namespace

TEST_CASE("a number that was hidden beside a small count stays hidden when others are revised") {
    const auto language = app::Language::load("en");
    const std::vector<std::size_t> district{0, 0, 0, 0, 1, 1};
    // 12 goes beside the 3. Then the 20 is revised to 11, the new smallest.
    const auto first = counted_in(district, {3, 20, 12, 30, 40, 50});
    const auto second = counted_in(district, {3, 11, 12, 30, 40, 50});
    CHECK(exported(first).hides(2));
    CHECK_FALSE(exported(second).hides(2));
    CHECK(told_by_all({exported(first), exported(second)}, *language) > 0);

    second->told_before = app::newly_told(*first, *exported(first).shown->cube);
    REQUIRE(second->told_before.size() == 1);
    CHECK(exported(second).hides(2));
    CHECK_FALSE(exported(second).hides(1));
    CHECK(told_by_all({exported(first), exported(second)}, *language) == 0);

    // The same data again: the same cells, and nothing new for the store.
    auto again = std::make_shared<app::Dataset>(*first);
    again->told_before = second->told_before;
    CHECK(app::newly_told(*again, *exported(again).shown->cube).empty());
    for (std::size_t u = 0; u < 6; ++u) CHECK(exported(again).hides(u) == exported(first).hides(u));
}

TEST_CASE("a number that was public hides no small count that is new") {
    const auto language = app::Language::load("en");
    const std::vector<std::size_t> district{0, 0, 0, 0, 1, 1};
    const auto first = counted_in(district, {25, 20, 12, 30, 40, 50});
    const auto second = counted_in(district, {4, 20, 12, 31, 40, 50});
    CHECK(told_by_all({exported(first), exported(second)}, *language) > 0);
    second->told_before = app::newly_told(*first, *exported(first).shown->cube);
    CHECK_FALSE(exported(second).hides(2)); // was read in the first file
    CHECK(exported(second).hides(3));       // was not: it is new
    CHECK(told_by_all({exported(first), exported(second)}, *language) == 0);
}

namespace {

void attack_files_of_years(unsigned seed, int rounds, std::size_t most_districts) {
    const auto language = app::Language::load("en");
    std::mt19937 random(seed);
    const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
    std::size_t without = 0;
    for (int round = 0; round < rounds; ++round) {
        std::vector<std::size_t> district;
        std::vector<double> values;
        const auto most = std::vector<std::size_t>{20, 40, 90}[below(3)];
        const auto value = [&] {
            return below(5) == 0 ? 0.0 : static_cast<double>(1 + below(most));
        };
        const auto districts = 2 + below(most_districts - 1);
        for (std::size_t d = 0; d < districts; ++d)
            for (auto n = 2 + below(6); n > 0; --n) {
                district.push_back(d);
                values.push_back(value());
            }
        std::vector<Exported> with_record, forgetful;
        std::vector<files::PublicColumn> record;
        for (int file = 0; file < 4; ++file) {
            const auto all = counted_in(district, values);
            forgetful.push_back(exported(all));
            auto remembered = std::make_shared<app::Dataset>(*all);
            remembered->told_before = record;
            with_record.push_back(exported(remembered));
            for (auto& column : app::newly_told(*remembered, *with_record.back().shown->cube))
                record.push_back(std::move(column));
            for (auto revised = 1 + below(districts); revised > 0; --revised)
                values[below(values.size())] = value();
        }
        without += told_by_all(forgetful, *language);
        INFO("round " << round);
        CHECK(told_by_all(with_record, *language) == 0);
    }
    CHECK(without > static_cast<std::size_t>(rounds) / 3);
}

} // namespace

TEST_CASE("no public files made one after the other tell a small count together") {
    attack_files_of_years(31, 60, 4);
}

TEST_CASE("nor do those of whole provinces", "[.slow]") {
    attack_files_of_years(33, 60, 20);
}

namespace {

// Communes merged into new ones, which lie in districts of their own.
struct Merged {
    std::shared_ptr<app::Dataset> before, after;
    std::vector<std::size_t> into; // by old unit
};

Merged merged(const std::vector<std::size_t>& district, const std::vector<double>& values,
              const std::vector<std::size_t>& into, const std::vector<std::size_t>& new_district) {
    Merged out{counted_in(district, values), nullptr, into};
    std::vector<double> sums(new_district.size(), 0);
    data::Crosswalk crosswalk{"v", "w", data::Basis::Declared, {}, new_district.size()};
    for (std::size_t u = 0; u < values.size(); ++u) {
        sums[into[u]] += values[u];
        crosswalk.weight.index.push_back(static_cast<std::uint32_t>(into[u]));
        crosswalk.weight.weight.push_back(1);
        crosswalk.weight.offset.push_back(static_cast<std::uint32_t>(u + 1));
    }
    out.after = counted_in(new_district, sums);
    out.after->carried_from.push_back({out.before, crosswalk, {{"DR01", {2012, 0}}}});
    return out;
}

// Small counts of the old units, and of the new ones, that both public tables and their sums tell
// more of than the lists of masked cells do by themselves, or of a new unit the old table with its
// sums: of three hidden ones that are 14 together, two are five at least if the third is small.
std::size_t told_by_both(const Merged& of, const app::Language& language) {
    const auto before = exported(of.before), after = exported(of.after);
    test::MaskAttack attack, list, old_alone;
    const auto add = [&](const Exported& file, std::size_t unit) {
        const bool said = file.said_small.contains(unit);
        const double truth = file.value(unit), least = said ? 1 : 0,
                     most = said ? 9 : test::MaskAttack::kAny;
        list.add(truth, least, most);
        if (&file == &before)
            old_alone.add(truth, least, most);
        else
            old_alone.add(truth, 0, test::MaskAttack::kAny);
        return attack.add(truth, least, most);
    };
    std::map<geo::FaceId, test::MaskAttack::Cell> old_cells, new_cells;
    for (geo::FaceId u = 0; u < of.into.size(); ++u)
        if (before.hides(u)) old_cells[u] = add(before, u);
    for (geo::FaceId n = 0; n < after.all->cube->units(); ++n) {
        std::vector<std::pair<test::MaskAttack::Cell, double>> terms;
        for (const auto& [u, cell] : old_cells)
            if (of.into[u] == n) terms.emplace_back(cell, 1);
        if (!after.hides(n)) {
            attack.know(terms);
            continue;
        }
        new_cells[n] = add(after, n);
        terms.emplace_back(new_cells[n], -1);
        attack.know(terms);
        list.know(terms);
        old_alone.know(terms);
    }
    const auto know_sums = [&](const Exported& file, const auto& cells) {
        for (const auto& sum : public_sums(*file.all, *file.shown, language)) {
            std::vector<std::pair<test::MaskAttack::Cell, double>> terms;
            for (const auto u : sum)
                if (const auto at = cells.find(u); at != cells.end())
                    terms.emplace_back(at->second, 1);
            attack.know(terms);
            if (&file == &before) old_alone.know(terms);
        }
    };
    know_sums(before, old_cells);
    know_sums(after, new_cells);
    const auto ranges = attack.ranges(), listed = list.ranges(), alone = old_alone.ranges();
    std::size_t told = 0;
    const auto count = [&](const Exported& file, const auto& cells) {
        for (const auto& [u, cell] : cells)
            if (small(file.value(u))) {
                double least = std::max(1.0, listed[cell].least),
                       most = std::min(9.0, listed[cell].most);
                if (&file == &after) {
                    least = std::max(least, alone[cell].least);
                    most = std::min(most, alone[cell].most);
                }
                told += ranges[cell].least > least + 1e-6 || ranges[cell].most < most - 1e-6;
            }
    };
    count(before, old_cells);
    count(after, new_cells);
    return told;
}

} // namespace

TEST_CASE("a merged commune does not tell the small count of one that went into it") {
    const auto language = app::Language::load("en");
    // 3 and 20 become one of 23, in which the 20 can be read elsewhere.
    auto pair = merged({0, 0, 0, 0}, {3, 20, 12, 30}, {0, 0, 1, 2}, {0, 0, 0});
    CHECK(exported(pair.after).hides(0));
    CHECK(exported(pair.after).hides(1)); // the 12 that hides the 3
    CHECK_FALSE(exported(pair.after).hides(2));
    CHECK(told_by_both(pair, *language) == 0);
    pair.after->carried_from.clear();
    CHECK(told_by_both(pair, *language) > 0);
}

TEST_CASE("a small count that others make up is not listed as small where that tells of a third") {
    const auto language = app::Language::load("en");
    // 9, 4 and 1 are 14 in public: each may be any number. 4 and 1 become one of 5: were it known
    // to be small, the 9 would be 5 at least.
    auto pair = merged({0, 0, 0, 1, 1}, {9, 4, 1, 30, 40}, {0, 1, 1, 0, 2}, {0, 0, 0});
    CHECK(exported(pair.before).said_small == std::set<std::size_t>{0, 1, 2});
    CHECK(exported(pair.after).hides(1));
    CHECK(exported(pair.after).said_small.empty());
    CHECK(exported(pair.after).shown->unsaid_small.size() == 1);
    CHECK(told_by_both(pair, *language) == 0);
}

namespace {

void attack_mergers(unsigned seed, int rounds, std::size_t most_districts) {
    const auto language = app::Language::load("en");
    std::mt19937 random(seed);
    const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
    std::size_t without = 0, with = 0, hidden = 0, all = 0;
    for (int round = 0; round < rounds; ++round) {
        const auto most = std::vector<std::size_t>{20, 40, 90}[below(3)];
        std::vector<std::size_t> district, into, new_district;
        std::vector<double> values;
        const auto districts = 2 + below(most_districts - 1);
        for (std::size_t d = 0; d < districts; ++d)
            for (auto n = 3 + below(6); n > 0; --n) {
                district.push_back(d);
                values.push_back(below(5) == 0 ? 0.0 : static_cast<double>(1 + below(most)));
            }
        // One to four neighbours each, across old districts now and then.
        for (std::size_t u = 0; u < values.size();) {
            for (auto n = 1 + below(4); n > 0 && u < values.size(); --n, ++u)
                into.push_back(new_district.size());
            new_district.push_back(new_district.size() / 6);
        }
        auto one = merged(district, values, into, new_district);
        INFO("round " << round);
        const auto told = told_by_both(one, *language);
        CHECK(told == 0);
        with += told;
        for (std::size_t n = 0; n < new_district.size(); ++n) {
            hidden += exported(one.after).hides(n);
            ++all;
        }
        one.after->carried_from.clear();
        without += told_by_both(one, *language);
    }
    CAPTURE(with, without, hidden, all);
    CHECK(without > static_cast<std::size_t>(rounds) / 2);
    CHECK(hidden < all * 3 / 4); // a table of blanks would be safe too
}

} // namespace

TEST_CASE("no random merger tells a small count beside the table of the old communes") {
    attack_mergers(32, 60, 4);
}

TEST_CASE("nor do mergers in whole provinces", "[.slow]") {
    attack_mergers(34, 40, 20);
}

TEST_CASE("the sums of a year and of its halves tell no small count together") {
    const auto language = app::Language::load("en");
    std::mt19937 random(35);
    const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
    std::size_t would_tell = 0;
    for (int round = 0; round < 80; ++round) {
        std::vector<std::size_t> district;
        const auto most = std::vector<std::size_t>{8, 20, 40}[below(3)];
        const auto districts = 2 + below(3);
        for (std::size_t d = 0; d < districts; ++d)
            for (auto n = 1 + below(5); n > 0; --n) district.push_back(d);
        auto all = counted_in(district, std::vector<double>(district.size(), 0));
        auto cube = std::make_shared<data::IndicatorCube>(
            "",
            std::vector<data::Indicator>{
                {.id = "nguoi_moi", .kind = data::Kind::Count, .unit = "người"}},
            std::vector<data::Period>{{2012, 0}, {2012, 1}, {2012, 2}}, district.size());
        for (std::size_t u = 0; u < district.size(); ++u) {
            const auto first = static_cast<double>(below(3) == 0 ? 0 : below(most)),
                       second = static_cast<double>(below(2 * most));
            cube->set(0, 0, u, first + second);
            cube->set(0, 1, u, first);
            cube->set(0, 2, u, second);
        }
        all->cube = cube;
        const auto masked = app::mask(all, {});
        const auto told_with = [&](bool every) {
            test::PublicTables tables(all, masked, 10, *language);
            tables.know_sums(every);
            tables.know_what_adds_up();
            return tables.told(10);
        };
        std::string list;
        const auto told = told_with(false);
        for (const auto& line : told) list += "\n  " + line;
        INFO("round " << round << list);
        CHECK(told.empty());
        would_tell += !told_with(true).empty();
    }
    CHECK(would_tell > 10);
}
