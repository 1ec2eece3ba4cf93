// The shapes of an SQL answer: what the functions of SpatiaLite give, whole and in degrees.
#include "files/sql_console.hpp"

#include "files/store.hpp"
#include "support/errors.hpp"
#include "support/temp.hpp"

#include <catch2/catch.hpp>
#include <numeric>

using namespace diaban;
using geo::Point;

namespace {

struct AskedStore {
    test::TempFolder folder;
    AskedStore() {
        base::JobContext ctx;
        files::write_store(folder / "kho.sqlite", {}, ctx);
    }
    files::SqlAnswer answer(const std::string& sql, const files::SqlLimits& limits = {}) const {
        base::JobContext ctx;
        return files::run_sql(folder / "kho.sqlite", sql, {.all = true, .values = {}}, limits, ctx);
    }
    std::string refused(const std::string& sql) const {
        return test::thrown_key([&] { answer(sql); }, base::ErrorKind::Usage);
    }
};

std::string shape(const std::string& wkt) {
    return "GeomFromText('" + wkt + "', 4326)";
}

} // namespace

TEST_CASE("points, lines, areas and collections of an answer are kept to be drawn") {
    const AskedStore store;
    const auto all =
        store.answer("SELECT " + shape("POINT(105 10)") + " UNION ALL SELECT " +
                     shape("MULTIPOINT(105 11, 105 12)") + " UNION ALL SELECT " +
                     shape("LINESTRING(105 10, 106 10, 106 11)") + " UNION ALL SELECT " +
                     shape("POLYGON((0 0, 4 0, 4 4, 0 0), (1 0.5, 3 0.5, 3 2.5, 1 0.5))") +
                     " UNION ALL SELECT " +
                     shape("GEOMETRYCOLLECTION(POINT(1 2), LINESTRING(1 2, 3 4), "
                           "POLYGON((5 5, 6 5, 6 6, 5 5)))") +
                     " UNION ALL SELECT GeomFromText('POINTZ(7 8 9)', 4326) UNION ALL SELECT NULL "
                     "UNION ALL SELECT x'00ff'");
    CHECK(all.rows.size() == 8);
    CHECK(all.shapes.points == std::vector<Point>{{105, 10}, {105, 11}, {105, 12}, {1, 2}, {7, 8}});
    REQUIRE(all.shapes.lines.size() == 2);
    CHECK(all.shapes.lines[0] == std::vector<Point>{{105, 10}, {106, 10}, {106, 11}});
    REQUIRE(all.shapes.rings.size() == 3);
    CHECK(all.shapes.rings[1].size() == 4);
    CHECK(all.shapes.rings[1].front() == all.shapes.rings[1].back());
    CHECK(all.shapes.size() == 5 + 5 + 12);
    CHECK_FALSE(all.shapes_cut);
    // Of each row the first shape.
    const auto two =
        store.answer("SELECT " + shape("POINT(1 1)") + ", " + shape("POINT(2 2)") + ", 'x'");
    CHECK(two.shapes.points == std::vector<Point>{{1, 1}});
    CHECK(store.answer("SELECT 1, 'POINT(1 1)'").shapes.size() == 0);
}

TEST_CASE("shapes in metres are drawn where they lie") {
    const AskedStore store;
    // EPSG:32648 at its central meridian: 500,000 m east is 105 degrees.
    const auto metres = store.answer("SELECT GeomFromText('POINT(500000 1105412.4913)', 32648)");
    REQUIRE(metres.shapes.points.size() == 1);
    CHECK(metres.shapes.points[0].x == Approx(105).margin(1e-9));
    CHECK(metres.shapes.points[0].y == Approx(10).margin(1e-7));
    CHECK(store.answer("SELECT GeomFromText('POINT(1 2)')").shapes.size() == 0); // nobody knows
}

TEST_CASE("more points than can be drawn are answered, and the rest is not drawn") {
    const AskedStore store;
    // Sixty circles of 80,000 corners.
    const auto many = store.answer("WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c "
                                   "WHERE n < 60) SELECT ST_Buffer(" +
                                       shape("POINT(105 10)") + ", 0.1, 20000) FROM c",
                                   {.seconds = 120});
    CHECK(many.rows.size() == 60);
    CHECK(many.shapes_cut);
    CHECK(many.shapes.size() <= files::kMostDrawn);
    CHECK(many.shapes.size() > files::kMostDrawn / 2);
}

TEST_CASE("functions that one number makes boundless are refused by name, before they are run") {
    const AskedStore store;
    const auto point = shape("POINT(105 10)"), line = shape("LINESTRING(105 10, 106 10)"),
               area = shape("POLYGON((105 10, 106 10, 106 11, 105 11, 105 10))");
    const std::string huge = "1000000000";
    for (const auto& call :
         {"ST_Buffer(" + point + ", 1, " + huge + ")", "Buffer(" + area + ", 1, -" + huge + ")",
          "ST_SquareGrid(" + area + ", 0.00001)", "SquareGrid(" + area + ", -0.00001, 1)",
          "HexagonalGrid(" + area + ", 0.00001)",
          "ST_TriangularGrid(" + area + ", 0.00001, 0, " + point + ")",
          "ST_Segmentize(" + line + ", 1e-9)", "ST_Segmentize(" + area + ", 1e-9)",
          "ST_Line_Interpolate_Equidistant_Points(" + line + ", 1e-9)"}) {
        INFO(call);
        CHECK(store.refused("SELECT " + call) == "error.sql.shape");
        CHECK(store.refused("SELECT 1 FROM (SELECT " + call + " AS g) WHERE g IS NOT NULL") ==
              "error.sql.shape");
    }
    // Options that a buffer without a number goes by.
    CHECK(store.refused("WITH o(x) AS MATERIALIZED (SELECT "
                        "0 * BufferOptions_SetQuadrantSegments(" +
                        huge + ") + 105) SELECT ST_Buffer(MakePoint(x, 10, 4326), 1) FROM o") ==
          "error.sql.shape");
}

TEST_CASE("what is not refused is what SpatiaLite answers") {
    const AskedStore store;
    const auto point = shape("POINT(105 10)"), line = shape("LINESTRING(105 10, 106 10)"),
               area = shape("POLYGON((105 10, 106 10, 106 11, 105 11, 105 10))");
    const auto number = [&](const std::string& expression) {
        const auto answer = store.answer("SELECT " + expression);
        const auto* value = std::get_if<double>(&answer.rows.at(0).at(0));
        return value ? *value : -1;
    };
    CHECK(number("ST_NPoints(ST_Buffer(" + point + ", 1, 8))") == 33);
    CHECK(number("ST_NPoints(Buffer(" + point + ", 1))") == 121); // 30 to a quarter
    CHECK(number("ST_Area(ST_Buffer(" + point + ", 1, 500))") == Approx(3.14159).epsilon(1e-5));
    CHECK(number("ST_NumGeometries(ST_SquareGrid(" + area + ", 0.25))") == 16);
    CHECK(number("ST_NPoints(ST_Segmentize(" + line + ", 0.1))") >= 11);
    CHECK(number("ST_NumGeometries(ST_Line_Interpolate_Equidistant_Points(" + line + ", 0.25))") >=
          3);
    CHECK(number("ST_Buffer(NULL, 1, 8) IS NULL") == 1);
    CHECK(number("ST_Buffer(" + point + ", 'x', 8) IS NULL") == 1);
    CHECK(number("ST_Srid(ST_Buffer(" + point + ", 1, 8))") == 4326);
    // Many rows, each its own.
    const auto rows = store.answer("WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c "
                                   "WHERE n < 200) SELECT ST_NPoints(ST_Buffer(" +
                                   point + ", 1, n)) FROM c");
    REQUIRE(rows.rows.size() == 200);
    for (std::size_t i = 0; i < rows.rows.size(); ++i)
        CHECK(std::get<double>(rows.rows[i][0]) == 4 * static_cast<double>(i + 1) + 1);
}
