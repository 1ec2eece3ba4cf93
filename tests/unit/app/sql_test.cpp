// What SQL answers become: rows in another order, text for the clipboard.
#include "app/commands/sql.hpp"

#include "support/coverage_from.hpp"

#include <catch2/catch.hpp>

using namespace diaban;

namespace {

app::SqlReport three_rows() {
    app::SqlReport out;
    out.answer.columns = {"tên", "số"};
    out.answer.rows = {{std::string("Đông"), 2.5},
                       {std::string("Ân"), std::monostate()},
                       {std::string("An"), 10.0}};
    out.unit_of = {0, std::nullopt, 2};
    out.on_map = true;
    return out;
}

std::vector<std::string> first_cells(const app::SqlReport& report) {
    std::vector<std::string> out;
    for (const auto& row : report.answer.rows) out.push_back(std::get<std::string>(row[0]));
    return out;
}

} // namespace

TEST_CASE("rows of SQL are sorted as Vietnamese and as numbers, each with its unit") {
    using Names = std::vector<std::string>;
    auto report = three_rows();
    app::sort_rows(report, "tên", false);
    CHECK(first_cells(report) == Names{"An", "Ân", "Đông"});
    CHECK(report.unit_of[0] == geo::FaceId{2});
    CHECK(report.unit_of[2] == geo::FaceId{0});
    app::sort_rows(report, "số", false);
    CHECK(first_cells(report) == Names{"Đông", "An", "Ân"});
    app::sort_rows(report, "số", true); // what is missing stays last
    CHECK(first_cells(report) == Names{"An", "Đông", "Ân"});
    try {
        app::sort_rows(report, "so", false);
        FAIL("there is no such column");
    } catch (const base::Error& error) {
        CHECK(error.kind == base::ErrorKind::Usage);
        CHECK(app::Language::load("en")->text(error).find("tên, số") != std::string::npos);
    }
}

TEST_CASE("rows of SQL for the clipboard have one line each, with the signs of the language") {
    auto report = three_rows();
    report.answer.rows[2][0] = std::string("hai\ndòng\tmột ô");
    CHECK(app::clipboard_text(report, *app::Language::load("vi")) ==
          "tên\tsố\nĐông\t2,5\nÂn\t\nhai dòng một ô\t10\n");
    CHECK(app::clipboard_text(report, *app::Language::load("en")).find("\t2.5\n") !=
          std::string::npos);
}

TEST_CASE("the shapes of an SQL answer are drawn as they are: dots, lines and outlines") {
    auto report = three_rows();
    auto dataset = std::make_shared<app::Dataset>();
    dataset->vintage = test::vintage_from("AB", 2); // in a plane of its own: no coordinates change
    report.dataset = dataset;
    const auto en = app::Language::load("en");
    CHECK(app::sql_shapes(report, *en).empty());
    auto& shapes = report.answer.shapes;
    shapes.points = {{500, 500}};
    shapes.lines = {{{0, 0}, {1000, 1000}}};
    shapes.rings = {{{0, 0}, {100, 0}, {100, 100}, {0, 0}}};
    const auto drawn = app::sql_shapes(report, *en);
    REQUIRE(drawn.size() == 1);
    CHECK_FALSE(drawn[0].name.empty());
    CHECK(drawn[0].set->points == shapes.points);
    REQUIRE(drawn[0].set->lines.size() == 2);
    CHECK(drawn[0].set->lines[0] == shapes.lines[0]);
    CHECK(drawn[0].set->lines[1] == shapes.rings[0]);
    REQUIRE(drawn[0].set->boxes.size() == 2);
    CHECK(drawn[0].set->boxes[1].max_x == 100);
    // Of very many points along a line a few are enough; its ends stay.
    std::vector<geo::Point> fine;
    for (int i = 0; i <= 200'000; ++i) fine.push_back({i * 0.01, i % 2 * 1e-6});
    shapes.lines = {fine};
    const auto thin = app::sql_shapes(report, *en)[0].set->lines[0];
    CHECK(thin.size() < 60'000);
    CHECK(thin.front() == fine.front());
    CHECK(thin.back() == fine.back());
    // What could not be drawn is said on the map.
    const auto lines = app::sql_map(report, *en).lines.size();
    report.answer.shapes_cut = true;
    CHECK(app::sql_map(report, *en).lines.size() == lines + 1);
}
