// What public summaries and tables tell of small counts to somebody who adds and subtracts them
// all.
#include "app/summary.hpp"

#include "app/table_file.hpp"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>
#include <random>

using namespace diaban;

namespace {

// People with a file, in centres, in the community (as many of these as there are values) of 2012.
std::shared_ptr<const app::Dataset> people_in(const std::vector<std::size_t>& district,
                                              const std::vector<std::vector<double>>& values) {
    auto vintage = std::make_shared<data::Vintage>();
    auto& units = vintage->units;
    const auto level = static_cast<std::size_t>(data::Level::District);
    for (std::size_t i = 0; i < district.size(); ++i) {
        units.code.push_back("0000" + std::to_string(i));
        units.name.push_back("Xã " + std::to_string(i));
        units.parent[level].push_back(static_cast<geo::GroupIndex>(district[i]));
        while (units.groups[level].size() <= district[i])
            units.groups[level].push_back({std::to_string(units.groups[level].size()), "Huyện"});
    }
    std::vector<data::Indicator> people;
    const std::array<const char*, 3> ids{"DR01", "DR02", "DR03"};
    for (std::size_t k = 0; k < values.size(); ++k)
        people.push_back({.id = ids[k], .kind = data::Kind::Count, .unit = "người"});
    auto cube = std::make_shared<data::IndicatorCube>(
        "", people, std::vector<data::Period>{data::Period{2012, 0}}, district.size());
    for (std::size_t k = 0; k < values.size(); ++k)
        for (std::size_t i = 0; i < district.size(); ++i) cube->set(k, 0, i, values[k][i]);
    auto out = std::make_shared<app::Dataset>();
    out->vintage = vintage;
    out->cube = cube;
    return out;
}

// Per row of a sheet and indicator: x where the sum is hidden.
std::vector<std::string> hidden_sums(std::shared_ptr<const app::Dataset> dataset,
                                     std::size_t indicators, std::size_t sheet = 0,
                                     const std::string& agency = "") {
    base::JobContext ctx;
    const auto language = app::Language::load("en");
    const auto book =
        app::make_summary(std::move(dataset),
                          {.period = data::Period{2012, 0}, .agency = agency, .classification = {}},
                          *language, ctx)
            .book;
    std::vector<std::string> out;
    for (const auto& row : book.sheets.at(sheet).rows) {
        out.emplace_back();
        for (std::size_t k = 0; k < indicators; ++k)
            out.back() += std::holds_alternative<double>(row.at(2 + 2 * k)) ? '.' : 'x';
    }
    return out;
}

} // namespace

TEST_CASE("sums that add up do not give a small one away, nor does a district of one commune") {
    // In the first district 6 people in the community; the second hides with it. All people less
    // those in centres would tell both.
    CHECK(hidden_sums(people_in({0, 0, 1, 1}, {{30, 30, 40, 40}, {26, 28, 20, 20}, {4, 2, 20, 20}}),
                      3) == std::vector<std::string>{".xx", ".xx", "..."});
    // 9 is hidden, and 12 with it, the smallest of all. Both are districts of their own: the sum of
    // 12 would tell it, and with it the 9.
    CHECK(hidden_sums(people_in({0, 1, 2, 2}, {{9, 12, 40, 50}}), 1) ==
          std::vector<std::string>{"x", "x", ".", "."});
}

TEST_CASE("sums give no commune away that the table of communes hides") {
    // 8 is hidden, and a zero with it. The first district hides behind the third, where communes
    // are hidden too: those of the second are all shown, so their sum hides nothing.
    CHECK(hidden_sums(people_in({0, 0, 1, 1, 2, 2, 2, 2}, {{8, 0, 30, 40, 5, 6, 60, 61}}), 1) ==
          std::vector<std::string>{"x", ".", "x", "."});
    // Two nines are what makes 18.
    CHECK(hidden_sums(people_in({0, 0, 1, 1}, {{9, 9, 40, 50}}), 1) ==
          std::vector<std::string>{"x", "x", "."});
    // Nothing is left to hide them behind: the whole goes too.
    CHECK(hidden_sums(people_in({0, 0, 1, 1}, {{9, 9, 0, 0}}), 1) ==
          std::vector<std::string>{"x", ".", "x"});
}

namespace {

// Somebody who has the table of communes, the list of what was masked in it and the sums by
// district: what every hidden count can be.
class Reader {
public:
    Reader(const std::vector<std::size_t>& district, const std::vector<double>& counts,
           const app::Masked& masked, const std::vector<std::string>& sums)
        : low_(counts), high_(counts), small_(counts.size()), beside_(counts.size()) {
        for (const auto& cell : masked.cells) {
            (cell.complementary ? beside_ : small_)[cell.row] = true;
            low_[cell.row] = cell.complementary ? 0 : 1;
            high_[cell.row] = cell.complementary ? 1e9 : 9;
        }
        std::vector<std::size_t> rest;
        for (std::size_t d = 0; d + 1 < sums.size(); ++d) {
            std::vector<std::size_t> communes;
            for (std::size_t i = 0; i < district.size(); ++i)
                if (district[i] == d) communes.push_back(i);
            if (sums[d] == ".")
                know(communes, counts);
            else
                rest.insert(rest.end(), communes.begin(), communes.end());
        }
        if (sums.back() == ".") know(rest, counts);
        for (int step = 0; step < 50; ++step)
            for (const auto& [communes, sum] : known_) narrow(communes, sum);
    }
    bool knows_one() const {
        for (std::size_t i = 0; i < low_.size(); ++i)
            if (small_[i] && high_[i] - low_[i] < 1) return true;
        return false;
    }

private:
    void know(const std::vector<std::size_t>& communes, const std::vector<double>& counts) {
        double sum = 0;
        for (const auto i : communes) sum += counts[i];
        known_.emplace_back(communes, sum);
    }
    void narrow(const std::vector<std::size_t>& communes, double sum) {
        for (const auto i : communes) {
            double low = sum, high = sum;
            for (const auto j : communes)
                if (j != i) low -= high_[j], high -= low_[j];
            low_[i] = std::max(low_[i], low);
            high_[i] = std::min(high_[i], high);
            if (!beside_[i]) continue; // none of these is from 1 to 9
            if (high_[i] < 10) high_[i] = 0;
            if (low_[i] > 0) low_[i] = std::max(low_[i], 10.0);
        }
    }

    std::vector<double> low_, high_;
    std::vector<bool> small_, beside_;
    std::vector<std::pair<std::vector<std::size_t>, double>> known_;
};

} // namespace

TEST_CASE("whoever has both public files finds no small count") {
    // The first: without a sum that is hidden for its communes, 9 and 9 of 18 would be known.
    CHECK(
        Reader({0, 0}, {9, 9}, app::mask(people_in({0, 0}, {{9, 9}}), {}), {".", "."}).knows_one());
    std::mt19937 random(4);
    const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
    for (int round = 0; round < 120; ++round) {
        std::vector<std::size_t> district;
        std::vector<double> counts;
        const auto districts = 1 + below(4), zeros = 3 * (1 + below(3));
        const auto most = std::vector<std::size_t>{3, 9, 12, 40}[below(4)];
        for (std::size_t d = 0; d < districts; ++d)
            for (auto n = 1 + below(7); n > 0; --n) {
                district.push_back(d);
                counts.push_back(below(10) < zeros ? 0 : static_cast<double>(1 + below(most)));
            }
        const auto dataset = people_in(district, {counts});
        const Reader reader(district, counts, app::mask(dataset, {}), hidden_sums(dataset, 1));
        INFO("round " << round);
        CHECK_FALSE(reader.knows_one());
    }
}

namespace {

// The first indicator again, and an agency per commune.
std::shared_ptr<const app::Dataset> with_agencies(std::shared_ptr<const app::Dataset> people,
                                                  const std::vector<std::size_t>& agency) {
    data::Indicator responsible{.id = "agency", .kind = data::Kind::Category};
    const auto last = *std::max_element(agency.begin(), agency.end());
    for (std::size_t a = 0; a <= last; ++a)
        responsible.categories.push_back("Đội " + std::to_string(a));
    auto cube = std::make_shared<data::IndicatorCube>(
        "", std::vector{people->cube->indicators.front(), responsible},
        std::vector<data::Period>{data::Period{2012, 0}}, agency.size());
    for (std::size_t i = 0; i < agency.size(); ++i) {
        cube->set(0, 0, i, people->cube->value(0, 0, i));
        cube->set(1, 0, i, static_cast<double>(agency[i]));
    }
    auto out = std::make_shared<app::Dataset>(*people);
    out->cube = cube;
    return out;
}

// Somebody who has the table of communes, the list of what was masked in it and the sums by
// district and by agency, and tries every table in which each hidden number is one more, one less
// or the same. A hidden sum is known to be small, or not to be.
class TableReader {
public:
    TableReader(const std::vector<double>& counts, const app::Masked& masked) : counts_(counts) {
        for (const auto& cell : masked.cells)
            if (counts_[cell.row] > 0) hidden_.push_back(cell.row); // zeros are known
    }
    void read(const std::vector<std::size_t>& area_of, const std::vector<std::string>& sums) {
        for (std::size_t a = 0; a < sums.size(); ++a) {
            Area area{.open = sums[a] == "."};
            const bool whole = a + 1 == sums.size();
            for (std::size_t i = 0; i < counts_.size(); ++i)
                if (whole || area_of[i] == a) area.sum += counts_[i];
            for (std::size_t c = 0; c < hidden_.size(); ++c)
                if (whole || area_of[hidden_[c]] == a) area.cells.push_back(c);
            areas_.push_back(std::move(area));
        }
    }
    std::size_t hidden() const { return hidden_.size(); }
    bool finds_one() { return found() > 0; }
    // Small counts of communes, and small sums that are hidden.
    std::size_t found() {
        std::vector<int> step(hidden_.size(), 0);
        std::vector<bool> moved(hidden_.size(), false), moved_area(areas_.size(), false);
        try_from(0, step, moved, moved_area);
        std::size_t count = 0;
        for (std::size_t c = 0; c < hidden_.size(); ++c)
            count += app::too_few(counts_[hidden_[c]]) && !moved[c];
        for (std::size_t a = 0; a < areas_.size(); ++a)
            count += !areas_[a].open && app::too_few(areas_[a].sum) && !moved_area[a];
        return count;
    }

private:
    struct Area {
        bool open;
        double sum = 0;
        std::vector<std::size_t> cells;
        int step_of(const std::vector<int>& step) const {
            return std::accumulate(cells.begin(), cells.end(), 0,
                                   [&](int sum_so_far, auto c) { return sum_so_far + step[c]; });
        }
    };
    // Small numbers stay small, and others do not become so.
    static bool possible(double before, double after) {
        return app::too_few(before) ? app::too_few(after) : after == before || after >= 10;
    }
    void try_from(std::size_t c, std::vector<int>& step, std::vector<bool>& moved,
                  std::vector<bool>& moved_area) const {
        if (c < hidden_.size()) {
            for (const int by : {-1, 0, 1}) {
                const double count = counts_[hidden_[c]];
                step[c] = by;
                if (possible(count, count + by)) try_from(c + 1, step, moved, moved_area);
            }
            return;
        }
        for (const auto& area : areas_) {
            const int by = area.step_of(step);
            if (area.open ? by != 0 : !possible(area.sum, area.sum + by)) return;
        }
        for (std::size_t k = 0; k < step.size(); ++k)
            if (step[k] != 0) moved[k] = true;
        for (std::size_t a = 0; a < areas_.size(); ++a)
            if (areas_[a].step_of(step) != 0) moved_area[a] = true;
    }

    std::vector<double> counts_;
    std::vector<std::size_t> hidden_;
    std::vector<Area> areas_;
};

} // namespace

TEST_CASE("sums by district and by agency that cut each other give no commune away") {
    // 3 4 50 | 5 6 70 | 7 8 90 in three districts; 3 4 50 5 70 and 6 7 8 90 in two agencies: 111
    // less 105 is 6.
    const std::vector<std::size_t> district{0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2},
        agency{0, 0, 0, 1, 0, 1, 0, 1, 1, 1, 1, 1};
    const std::vector<double> counts{3, 4, 50, 60, 5, 6, 70, 80, 7, 8, 90, 95};
    const auto dataset = with_agencies(people_in(district, {counts}), agency);
    const auto masked = app::mask(dataset, {});
    TableReader all(counts, masked), public_one(counts, masked);
    all.read(district, {".", ".", ".", "."});
    all.read(agency, {".", ".", "."});
    CHECK(all.finds_one());
    const auto districts = hidden_sums(dataset, 1), agencies = hidden_sums(dataset, 1, 1);
    public_one.read(district, districts);
    public_one.read(agency, agencies);
    CHECK_FALSE(public_one.finds_one());
    CHECK(std::count(districts.begin(), districts.end(), "x") == 2);
    CHECK(districts.back() == ".");
    CHECK(agencies == std::vector<std::string>{".", ".", "."});
}

TEST_CASE("the whole is hidden in every table or in none") {
    // Two nines are all there is: the sums by district hide the whole, so those by agency do, too.
    const auto dataset = with_agencies(people_in({0, 0, 1, 1}, {{9, 9, 0, 0}}),
                                       std::vector<std::size_t>{0, 0, 1, 1});
    CHECK(hidden_sums(dataset, 1).back() == "x");
    CHECK(hidden_sums(dataset, 1, 1).back() == "x");
}

TEST_CASE("whoever tries all tables finds no small count, however districts and agencies lie") {
    std::mt19937 random(9);
    const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
    std::size_t would_tell = 0, shown = 0, sums = 0;
    for (int round = 0; round < 150; ++round) {
        std::vector<std::size_t> district, agency;
        std::vector<double> counts;
        const auto districts = 1 + below(4), agencies = 1 + below(3), zeros = below(5);
        const auto most = std::vector<std::size_t>{6, 9, 12, 40}[below(4)];
        const auto add = [&](std::size_t d, std::size_t a, std::size_t count) {
            district.push_back(d);
            agency.push_back(a);
            counts.push_back(static_cast<double>(count));
        };
        for (std::size_t d = 0; d < districts; ++d)
            for (auto n = 1 + below(4); n > 0; --n) {
                const auto a = below(agencies);
                add(d, a, below(10) < zeros ? 0 : 1 + below(most));
            }
        for (std::size_t a = 0; a < agencies; ++a) add(a % districts, a, 50 + below(20));
        const auto dataset = with_agencies(people_in(district, {counts}), agency);
        const auto masked = app::mask(dataset, {});
        TableReader all(counts, masked), reader(counts, masked);
        if (reader.hidden() > 8) continue; // too many tables to try
        const auto by_district = hidden_sums(dataset, 1), by_agency = hidden_sums(dataset, 1, 1);
        reader.read(district, by_district);
        reader.read(agency, by_agency);
        INFO("round " << round);
        CHECK_FALSE(reader.finds_one());
        all.read(district, std::vector<std::string>(districts + 1, "."));
        all.read(agency, std::vector<std::string>(agencies + 1, "."));
        would_tell += all.finds_one();
        for (const auto* sheet : {&by_district, &by_agency}) {
            sums += sheet->size();
            shown += static_cast<std::size_t>(std::count(sheet->begin(), sheet->end(), "."));
        }
    }
    CHECK(would_tell > 50);      // with all sums
    CHECK(3 * shown > 2 * sums); // most of which are left
}

namespace {

// What the summaries of single agencies show by district, made one after the other: per agency and
// district in which it has communes, and the place of every commune in that list.
struct AgencyFiles {
    std::vector<std::size_t> area_of;
    std::vector<std::string> sums; // and the whole, which the summary of everything shows
    std::vector<std::string> wholes;
    AgencyFiles(const std::shared_ptr<const app::Dataset>& dataset,
                const std::vector<std::size_t>& district, const std::vector<std::size_t>& agency)
        : area_of(district.size(), 0) {
        for (std::size_t a = 0; a <= *std::max_element(agency.begin(), agency.end()); ++a) {
            const auto rows = hidden_sums(dataset, 1, 0, "Đội " + std::to_string(a));
            std::size_t row = 0;
            for (std::size_t d = 0; d <= *std::max_element(district.begin(), district.end()); ++d) {
                bool any = false;
                for (std::size_t i = 0; i < district.size(); ++i)
                    if (district[i] == d && agency[i] == a) any = true, area_of[i] = sums.size();
                if (any) sums.push_back(rows.at(row++));
            }
            REQUIRE(rows.size() == row + 1);
            wholes.push_back(rows.back());
        }
        sums.push_back(hidden_sums(dataset, 1).back());
    }
};

} // namespace

TEST_CASE("summaries of agencies made one after the other tell no more than that of everything") {
    // The first agency has 3 4 of the first district and 5 of the second, the other 5 6 and 6 8.
    // The file of the other alone would hide nothing; with the sums by district it would tell
    // the 5.
    const std::vector<std::size_t> district{0, 0, 0, 0, 0, 1, 1, 1, 1, 1},
        agency{0, 0, 1, 1, 1, 0, 0, 1, 1, 1};
    const std::vector<double> counts{3, 4, 20, 5, 6, 5, 30, 6, 8, 40};
    const auto dataset = with_agencies(people_in(district, {counts}), agency);
    const auto masked = app::mask(dataset, {});
    const auto districts = hidden_sums(dataset, 1), agencies = hidden_sums(dataset, 1, 1);
    CHECK(districts == std::vector<std::string>{".", ".", "."});
    CHECK(agencies == std::vector<std::string>{".", ".", "."});
    const AgencyFiles each(dataset, district, agency);
    TableReader each_by_itself(counts, masked), all(counts, masked);
    for (auto* reader : {&each_by_itself, &all}) {
        reader->read(district, districts);
        reader->read(agency, agencies);
    }
    each_by_itself.read(each.area_of, {"x", "x", ".", ".", "."});
    CHECK(each_by_itself.finds_one());
    all.read(each.area_of, each.sums);
    CHECK_FALSE(all.finds_one());
    CHECK(each.sums == std::vector<std::string>{"x", "x", "x", "x", "."});
    CHECK(each.wholes == std::vector<std::string>{".", "."}); // as their rows in the summary
}

TEST_CASE("whoever tries all tables finds no more with the summaries of all agencies") {
    std::mt19937 random(11);
    const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
    std::size_t would_tell = 0, tried = 0, shown = 0;
    for (int round = 0; round < 700; ++round) {
        std::vector<std::size_t> district, agency;
        std::vector<double> counts;
        const auto districts = 2 + below(2), agencies = 2 + below(2), most = 6 + 3 * below(2);
        const auto add = [&](std::size_t d, std::size_t a, std::size_t count) {
            district.push_back(d);
            agency.push_back(a);
            counts.push_back(static_cast<double>(count));
        };
        for (std::size_t d = 0; d < districts; ++d)
            for (auto n = 2 + below(3); n > 0; --n) add(d, below(agencies), 1 + below(most));
        for (std::size_t a = 0; a < agencies; ++a)
            for (std::size_t d = 0; d < districts; ++d) add(d, a, 50 + below(20));
        const auto dataset = with_agencies(people_in(district, {counts}), agency);
        const auto masked = app::mask(dataset, {});
        const bool beside = std::any_of(masked.cells.begin(), masked.cells.end(),
                                        [](const auto& cell) { return cell.complementary; });
        if (beside || TableReader(counts, masked).hidden() > 7) continue;
        ++tried;
        const AgencyFiles each(dataset, district, agency);
        // Of the rows of agencies: all hidden, all shown, and as they are.
        std::vector<std::string> none(each.sums.size(), "x"), every(each.sums.size(), ".");
        none.back() = every.back() = each.sums.back();
        std::array<std::size_t, 3> found{};
        const std::array rows{none, every, each.sums};
        for (std::size_t r = 0; r < rows.size(); ++r) {
            TableReader reader(counts, masked);
            reader.read(district, hidden_sums(dataset, 1));
            reader.read(agency, hidden_sums(dataset, 1, 1));
            reader.read(each.area_of, rows[r]);
            found[r] = reader.found();
        }
        INFO("round " << round);
        CHECK(found[2] == found[0]);
        would_tell += found[1] > found[0];
        shown += static_cast<std::size_t>(std::count(each.sums.begin(), each.sums.end(), "."));
    }
    CHECK(tried > 30);
    CHECK(would_tell > 10);
    CHECK(shown > tried); // more than the whole alone
}
