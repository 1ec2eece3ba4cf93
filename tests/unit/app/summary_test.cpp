// The summary by district, province and agency: its rows against sums made here, and what a public
// one may not say.
#include "app/summary.hpp"

#include "app/sample.hpp"
#include "app/table_file.hpp"
#include "base/paths.hpp"
#include "files/store_vintage.hpp"
#include "support/temp.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>
#include <sstream>

using namespace diaban;

namespace {

struct SummarySample {
    test::TempFolder folder;
    base::JobContext ctx;
    std::shared_ptr<const app::Language> language = app::Language::load("en");
    app::DataRequest request;
    SummarySample() {
        request.store = app::write_sample(app::make_sample({.communes = 60, .seed = 1}, ctx),
                                          folder.path(), ctx)
                            .store;
        request.use_cache = false;
    }
    std::shared_ptr<const app::Dataset> load() {
        return app::load(request, app::Need::Values, ctx);
    }
    app::Summary summary(const app::SummaryChoice& choice) {
        return app::make_summary(load(), choice, *language, ctx);
    }
};

double number(const files::SheetCell& cell) {
    return std::get<double>(cell);
}

std::size_t column(const files::Sheet& sheet, const std::string& name) {
    const auto at = std::find(sheet.header.begin(), sheet.header.end(), name);
    REQUIRE(at != sheet.header.end());
    return static_cast<std::size_t>(at - sheet.header.begin());
}

const files::Sheet& named(const files::Workbook& book, const std::string& name) {
    for (const auto& sheet : book.sheets)
        if (sheet.name == name) return sheet;
    FAIL("no sheet " << name);
    return book.sheets.front();
}

constexpr data::Period k2012{2012, 0};

} // namespace

TEST_CASE("the rows of a summary cover all communes once and end with the whole") {
    SummarySample s;
    const auto summary =
        s.summary({.period = k2012, .agency = "", .classification = app::Classification::Internal});
    const auto dataset = s.load();
    const auto& cube = *dataset->cube;
    CHECK(summary.units == 60);
    CHECK(summary.masked.empty());
    const auto& statuses = named(summary.book, "Statuses by district");
    const auto& sums = named(summary.book, "Numbers by district");
    CHECK(statuses.rows.size() ==
          dataset->vintage->units.groups[static_cast<std::size_t>(data::Level::District)].size() +
              1);
    for (const auto* sheet : {&statuses, &sums})
        for (std::size_t c = 1; c < sheet->header.size(); ++c) {
            // Rates and shares are no sums.
            if (!std::holds_alternative<double>(sheet->rows.back()[c])) continue;
            const auto& name = sheet->header[c];
            if (name.find("per ") != std::string::npos || name.find('%') != std::string::npos)
                continue;
            double sum = 0;
            for (std::size_t r = 0; r + 1 < sheet->rows.size(); ++r)
                if (const auto* n = std::get_if<double>(&sheet->rows[r][c])) sum += *n;
            INFO(name);
            CHECK(sum == Approx(number(sheet->rows.back()[c])));
        }
    // Against the cube: hotspots, and people on file.
    const auto hot = cube.slice(*cube.find("ST01"), *cube.find(k2012));
    const auto people = cube.slice(*cube.find("DR01"), *cube.find(k2012));
    const auto& categories = cube.indicators[*cube.find("ST01")].categories;
    double hotspots = 0, persons = 0, known = 0;
    for (std::size_t i = 0; i < hot.size(); ++i) {
        hotspots +=
            hot.has(i) && categories[static_cast<std::size_t>(hot.value[i])].starts_with("hot");
        if (people.has(i)) persons += people.value[i], ++known;
    }
    CHECK(number(statuses.rows.back()[column(statuses, "Drug hotspots")]) == hotspots);
    const auto at = column(sums, "People with a drug-use file");
    CHECK(number(sums.rows.back()[at]) == persons);
    CHECK(number(sums.rows.back()[at + 1]) == known);
    // A rate is made of the sums.
    const auto rate = cube.indicators[*cube.find("DR01_rate")];
    const auto population = cube.slice(*cube.find("population"), *cube.find(k2012));
    double residents = 0;
    for (std::size_t i = 0; i < people.size(); ++i)
        if (people.has(i) && population.has(i)) residents += population.value[i];
    CHECK(number(sums.rows.back()[column(sums, rate.name_en)]) ==
          Approx(persons / residents * rate.scale).epsilon(1e-5));
}

TEST_CASE("a public summary hides small counts of persons and what would give them away") {
    SummarySample s;
    std::size_t masked = 0;
    for (const auto year : {2009, 2012, 2020}) {
        const auto dataset = s.load();
        const auto open = s.summary(
            {.period = {year, 0}, .agency = "", .classification = app::Classification::Internal});
        const auto shut = s.summary({.period = {year, 0}, .agency = "", .classification = {}});
        const auto& a = named(open.book, "Numbers by district");
        const auto& b = named(shut.book, "Numbers by district");
        const auto c = column(a, "People with a drug-use file");
        std::size_t hidden = 0;
        for (std::size_t r = 0; r < a.rows.size(); ++r) {
            if (!std::holds_alternative<double>(a.rows[r][c])) continue;
            const double n = number(a.rows[r][c]);
            const bool shown = std::holds_alternative<double>(b.rows[r][c]);
            if (n > 0 && n < 10) CHECK_FALSE(shown);
            hidden += !shown;
        }
        CHECK(hidden != 1); // one alone follows from the whole
        masked += shut.masked.size();
    }
    INFO(masked);
    CHECK_THROWS_AS(s.summary({.period = {1999, 0}, .agency = "", .classification = {}}),
                    base::Error);
}

TEST_CASE("agencies are a layer, a grouping and a filter; they follow their dates") {
    SummarySample s;
    const auto codes = s.load()->vintage->units.code;
    files::put_assignments(s.request.store,
                           {{codes[0], "Đội 178", "2010-01-01", "2012-06-30"},
                            {codes[0], "Đồn Biên phòng", "2012-06-30", ""},
                            {codes[1], "Đội 178", "2010-01-01", ""}},
                           s.ctx);
    const auto dataset = s.load();
    const auto& cube = *dataset->cube;
    const auto agency = cube.find("agency");
    REQUIRE(agency);
    CHECK(cube.indicators[*agency].categories ==
          std::vector<std::string>{"Đội 178", "Đồn Biên phòng"});
    const auto at = [&](int year, std::size_t unit) {
        const auto slice = cube.slice(*agency, *cube.find(data::Period{year, 0}));
        return slice.has(unit) ? slice.value[unit] : -1;
    };
    CHECK(at(2009, 0) == -1);
    CHECK(at(2011, 0) == 0);
    CHECK(at(2012, 0) == 1); // at the end of the year
    CHECK(at(2012, 1) == 0);
    CHECK(at(2012, 2) == -1);

    const auto all = s.summary({.period = k2012, .agency = "", .classification = {}});
    const auto& sheet = named(all.book, "Statuses by agency");
    REQUIRE(sheet.rows.size() == 4); // two, those not assigned, all
    CHECK(std::get<std::string>(sheet.rows[0][0]) == "Đội 178");
    CHECK(number(sheet.rows[0][1]) == 1);
    CHECK(number(sheet.rows[2][1]) == 58);
    const auto one = s.summary({.period = k2012, .agency = "Đội 178", .classification = {}});
    CHECK(one.units == 1);
    CHECK_THROWS_AS(s.summary({.period = k2012, .agency = "Đội 179", .classification = {}}),
                    base::Error);
}

TEST_CASE("the table by district hides what the summary hides") {
    SummarySample s;
    const auto dataset = s.load();
    const auto& districts =
        dataset->vintage->units.groups[static_cast<std::size_t>(data::Level::District)];
    std::size_t compared = 0;
    for (std::size_t p = 0; p < dataset->cube->periods.size(); ++p) {
        if (dataset->cube->periods[p].year == 0) continue;
        std::set<std::pair<std::string, std::string>> in_summary, in_table;
        const auto summary = s.summary({.period = dataset->cube->periods[p], .agency = ""});
        for (const auto& cell : summary.masked)
            for (const auto& district : districts)
                if (cell.unit == district.name) in_summary.insert({cell.unit, cell.indicator});
        app::TableFile file{.columns = app::table_columns(*dataset),
                            .query = {.grouped = true, .period = p},
                            .out = s.folder / "t.csv"};
        const auto report = app::write_table(dataset, file, *s.language, s.ctx);
        CHECK(report.groups == districts.size());
        if (!std::filesystem::exists(s.folder / "t.csv.masked.csv")) continue;
        std::istringstream lines(base::read_file(s.folder / "t.csv.masked.csv"));
        for (std::string line; std::getline(lines, line);)
            for (const auto& district : districts)
                if (line.starts_with(district.name + ","))
                    in_table.insert(
                        {district.name, line.substr(district.name.size() + 1,
                                                    line.find(',', district.name.size() + 1) -
                                                        district.name.size() - 1)});
        INFO(data::to_string(dataset->cube->periods[p]));
        CHECK(
            std::includes(in_table.begin(), in_table.end(), in_summary.begin(), in_summary.end()));
        compared += in_summary.size();
        std::filesystem::remove(s.folder / "t.csv.masked.csv");
    }
    CHECK(compared > 0);
}
