// What leaves the table as a file: values as numbers, reasons as words, and in public no small
// count of persons, neither in a cell nor by the place of its row.
#include "app/table_file.hpp"
#include "base/paths.hpp"
#include "support/temp.hpp"

#include <catch2/catch.hpp>

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
