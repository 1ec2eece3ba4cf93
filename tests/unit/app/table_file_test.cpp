// What leaves the table as a file: values as numbers, reasons as words, and in public no small
// count of persons, neither in a cell nor by the place of its row.
#include "app/table_file.hpp"
#include "base/paths.hpp"
#include "support/temp.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <sstream>

using namespace diaban;

namespace {

using Kind = app::TableColumn::Kind;

// Four communes of one district: persons 3, 40, 12, none reported; visits 1, 2, 3, 4.
std::shared_ptr<const app::Dataset> communes_of_a_file() {
    auto vintage = std::make_shared<data::Vintage>();
    vintage->units.code = {"01", "02", "03", "04"};
    vintage->units.name = {"Xã Một", "Xã Hai", "Xã Ba", "Xã Bốn"};
    const auto district = static_cast<std::size_t>(data::Level::District);
    vintage->units.groups[district] = {{"d", "Huyện"}};
    vintage->units.parent[district] = {0, 0, 0, 0};
    data::Indicator people{
        .id = "DR01", .kind = data::Kind::Count, .name_en = "Users", .unit = "người"};
    data::Indicator visits{.id = "IN02", .kind = data::Kind::Count, .name_en = "Visits"};
    auto cube = std::make_shared<data::IndicatorCube>("", std::vector{people, visits},
                                                      std::vector<data::Period>{{2015, 0}}, 4);
    const double counted[] = {3, 40, 12, 0};
    for (std::size_t u = 0; u < 4; ++u) {
        cube->set(0, 0, u, counted[u]);
        cube->set(1, 0, u, static_cast<double>(u + 1));
    }
    cube->set(0, 0, 3, 0, data::Cell::Missing);
    auto out = std::make_shared<app::Dataset>();
    out->title = "Tỉnh Thử";
    out->vintage = vintage;
    out->cube = cube;
    out->decimals = {0, 0};
    out->search_keys = vintage->units.name;
    out->sort_keys = vintage->units.name;
    return out;
}

std::string written_table(app::TableFile request, std::size_t* masked = nullptr) {
    const test::TempFolder folder;
    const auto language = app::Language::load("en");
    base::JobContext ctx;
    request.columns = {{Kind::Code, 0}, {Kind::Value, 0}, {Kind::Value, 1}};
    request.out = folder / "t.csv";
    const auto report = app::write_table(communes_of_a_file(), request, *language, ctx);
    if (masked) *masked = report.masked;
    CHECK(report.files == std::vector<std::filesystem::path>{request.out});
    CHECK(std::filesystem::exists(folder / "t.csv.masked.csv") == (report.masked > 0));
    if (report.masked > 0) {
        const auto list = base::read_file(folder / "t.csv.masked.csv");
        CHECK(list.find("01,DR01,2015,small_count") != std::string::npos);
        CHECK(list.find("03,DR01,2015,complementary") != std::string::npos);
    }
    return base::read_file(request.out);
}

} // namespace

TEST_CASE("a table leaves as an internal file with all values and the reasons of empty cells") {
    std::size_t masked = 1;
    const auto text = written_table({.query = {.sort = {Kind::Value, 0}, .descending = true},
                                     .classification = app::Classification::Internal},
                                    &masked);
    CHECK(masked == 0);
    CHECK(text == "\xEF\xBB\xBF"
                  "Code,Users (" +
                      app::Language::load("en")->text("unit.người") +
                      "),Visits,Remarks\r\n"
                      "02,40,2,\r\n03,12,3,\r\n01,3,1,\r\n04,,4,Users: no data\r\n");
}

TEST_CASE("a public table is sorted and filtered by what it shows") {
    std::size_t masked = 0;
    // 3 is hidden, and 12 with it, or the total of the district would tell: they stand at the end
    // in the order of their codes, not of their values.
    const auto sorted =
        written_table({.query = {.sort = {Kind::Value, 0}, .descending = true}}, &masked);
    CHECK(masked == 2);
    CHECK(sorted.substr(sorted.find('\n') + 1) ==
          "02,40,2,\r\n01,,1,Users: small count hidden\r\n"
          "03,,3,Users: small count hidden\r\n04,,4,Users: no data\r\n");
    const test::TempFolder folder;
    base::JobContext ctx;
    const app::TableFile few{.columns = {{Kind::Code, 0}, {Kind::Value, 0}},
                             .query = {.filters = {{{Kind::Value, 0}, "< 10"}}},
                             .out = folder / "few.csv"};
    CHECK(app::write_table(communes_of_a_file(), few, *app::Language::load("en"), ctx).rows == 0);
}

TEST_CASE("only the masked cells of the file are listed beside it") {
    const test::TempFolder folder;
    base::JobContext ctx;
    const app::TableFile two{.columns = {{Kind::Code, 0}, {Kind::Value, 0}},
                             .query = {.selected = true},
                             .selection = {0, 1},
                             .out = folder / "two.csv"};
    const auto report =
        app::write_table(communes_of_a_file(), two, *app::Language::load("en"), ctx);
    CHECK(report.rows == 2);
    CHECK(report.masked == 1);
    const app::TableFile visits{.columns = {{Kind::Code, 0}, {Kind::Value, 1}},
                                .out = folder / "visits.csv"};
    CHECK(app::write_table(communes_of_a_file(), visits, *app::Language::load("en"), ctx).masked ==
          0);
    CHECK(app::table_file_name(*communes_of_a_file(), 0, "xlsx", *app::Language::load("vi")) ==
          "bang_so_lieu_tinh_thu_2015.xlsx");
}

namespace {

// Four districts of two or three communes; persons, people, and persons of 1,000 people.
std::shared_ptr<const app::Dataset> communes_of_four_districts() {
    struct Row {
        std::uint32_t district;
        double persons, people;
    };
    constexpr Row kRows[] = {{0, 20, 1000}, {0, 30, 4000}, {1, 0, 1000},
                             {1, 4, 1000},  {2, 15, 1000}, {2, 25, 1000},
                             {3, 7, 1000},  {3, 80, 1000}, {3, 60, 1000}};
    auto vintage = std::make_shared<data::Vintage>();
    auto& units = vintage->units;
    const auto district = static_cast<std::size_t>(data::Level::District);
    units.groups[district] = {
        {"d0", "Huyện A"}, {"d1", "Huyện B"}, {"d2", "Huyện C"}, {"d3", "Huyện D"}};
    data::Indicator persons{.id = "DR01", .kind = data::Kind::Count, .name_en = "Users"};
    data::Indicator people{.id = "population", .kind = data::Kind::Count, .name_en = "People"};
    data::Indicator rate{.id = "rate", .kind = data::Kind::Ratio, .name_en = "Rate"};
    rate.numerator = "DR01", rate.denominator = "population", rate.scale = 1000;
    auto cube = std::make_shared<data::IndicatorCube>("", std::vector{persons, people, rate},
                                                      std::vector<data::Period>{{2015, 0}},
                                                      std::size(kRows));
    for (std::size_t u = 0; u < std::size(kRows); ++u) {
        units.code.push_back("0" + std::to_string(u));
        units.name.push_back("Xã " + std::to_string(u));
        units.parent[district].push_back(kRows[u].district);
        cube->set(0, 0, u, kRows[u].persons);
        cube->set(1, 0, u, kRows[u].people);
        cube->set(2, 0, u, kRows[u].persons / kRows[u].people * 1000);
    }
    auto out = std::make_shared<app::Dataset>();
    out->title = "Tỉnh Thử";
    out->vintage = vintage;
    out->cube = cube;
    out->decimals = {0, 0, 1};
    out->search_keys = out->sort_keys = units.name;
    return out;
}

// By district, its cells of persons, people and the rate as they were written.
std::map<std::string, std::vector<std::string>> written_subtotals(app::TableFile request) {
    const test::TempFolder folder;
    base::JobContext ctx;
    request.columns = {{Kind::Name, 0}, {Kind::Value, 0}, {Kind::Value, 1}, {Kind::Value, 2}};
    request.query.grouped = true;
    request.out = folder / "t.csv";
    const auto report =
        app::write_table(communes_of_four_districts(), request, *app::Language::load("en"), ctx);
    std::map<std::string, std::vector<std::string>> out;
    std::istringstream lines(base::read_file(request.out));
    for (std::string line; std::getline(lines, line);) {
        if (line.find("Huyện") == std::string::npos) continue;
        std::vector<std::string> cells;
        std::istringstream in(line);
        for (std::string cell; std::getline(in, cell, ',');) cells.push_back(cell);
        REQUIRE(cells.size() >= 5);
        out[cells[0].substr(0, cells[0].find(" ("))] = {cells.begin() + 1, cells.begin() + 4};
    }
    CHECK(report.groups == out.size());
    return out;
}

} // namespace

TEST_CASE("a grouped table has subtotals: sums, and rates made anew") {
    const auto rows = written_subtotals({.classification = app::Classification::Internal});
    REQUIRE(rows.size() == 4);
    // 50 of 5,000; the mean of the two rates would be 13.75.
    CHECK(rows.at("Huyện A") == std::vector<std::string>{"50", "5000", "10"});
    CHECK(rows.at("Huyện B") == std::vector<std::string>{"4", "2000", "2"});
    CHECK(rows.at("Huyện C") == std::vector<std::string>{"40", "2000", "20"});
    CHECK(rows.at("Huyện D") == std::vector<std::string>{"147", "3000", "49"});
}

TEST_CASE("public subtotals and cells together tell no small count") {
    const auto rows = written_subtotals({});
    REQUIRE(rows.size() == 4);
    // Few in the whole district; people are no persons counted.
    CHECK(rows.at("Huyện B") == std::vector<std::string>{"", "2000", ""});
    // Whoever knows the whole of 241 must not find the four by subtraction: another one goes with
    // it, and rather one whose communes cannot be added up.
    CHECK(rows.at("Huyện D") == std::vector<std::string>{"", "3000", ""});
    CHECK(rows.at("Huyện A") == std::vector<std::string>{"50", "5000", "10"});
    CHECK(rows.at("Huyện C") == std::vector<std::string>{"40", "2000", "20"});
}

TEST_CASE(
    "a public subtotal of some communes of a district tells nothing of those that are hidden") {
    // The three of D without the one that is shown: 67; the hidden one and the shown one: 87.
    for (const app::Faces& few : {app::Faces{6, 7}, app::Faces{6, 8}, app::Faces{6}}) {
        const auto rows = written_subtotals({.query = {.selected = true}, .selection = few});
        CHECK(rows.at("Huyện D").front().empty());
        CHECK(rows.at("Huyện D").back().empty());
    }
    const auto rows = written_subtotals({.query = {.selected = true}, .selection = {0, 7}});
    CHECK(rows.at("Huyện A").front() == "20");
    CHECK(rows.at("Huyện D").front() == "80");
}
