#include "files/store.hpp"

#include "base/paths.hpp"
#include "files/store_geometry.hpp"
#include "support/errors.hpp"
#include "support/temp.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <sqlite3.h>
#include <sys/stat.h>

using namespace diaban;
using namespace diaban::files;
using data::Cell;
namespace fs = std::filesystem;

namespace {

using Ring = std::vector<geo::Point>;

Ring square(double x, double y, double size, bool clockwise = false) {
    Ring ring = {{x, y}, {x + size, y}, {x + size, y + size}, {x, y + size}};
    if (clockwise) std::reverse(ring.begin(), ring.end());
    return ring;
}

void add_face(geo::PolygonSoup& soup, const std::vector<Ring>& rings) {
    for (const auto& ring : rings) {
        soup.points.insert(soup.points.end(), ring.begin(), ring.end());
        soup.end_ring();
    }
    soup.end_face();
}

// Four units before, three after; with an island, a hole, an enclave in it, and a unit without
// geometry. Rings turn the wrong way on purpose.
StoreContent two_vintages() {
    StoreContent content;
    content.title = "Tỉnh mẫu 'A'";
    content.sample = true;

    StoredVintage before;
    before.id = "2009";
    before.until = {2025, 7, 1};
    before.units.code = {"00001", "00004", "00007", "00010"};
    before.units.name = {"Xã Tân Thạnh", "Phường 1", "Thị trấn An Châu", "Xã Đảo"};
    before.units.type = {"Xã", "Phường", "Thị trấn", "Xã"};
    before.units.groups[1] = {{"002", "Huyện B"}, {"001", "Huyện A"}};
    before.units.parent[1] = {0, 1, 1, geo::kNoGroup};
    before.units.groups[2] = {{"94", "Tỉnh mẫu"}};
    before.units.parent[2] = {0, 0, 0, 0};
    add_face(before.soup, {square(105, 9, 1, true), square(105.2, 9.2, 0.5)});
    add_face(before.soup, {square(105.2, 9.2, 0.5)});
    add_face(before.soup, {square(106, 9, 1), square(108, 9, 0.5, true)});
    before.soup.end_face();
    content.vintages.push_back(before);

    StoredVintage after;
    after.id = "2025";
    after.from = {2025, 7, 1};
    after.units.code = {"00001", "00007", "00010"};
    after.units.name = {"Xã Tân Thạnh", "Phường An Châu", "Đặc khu Đảo"};
    after.units.type = {"Xã", "Phường", "Đặc khu"};
    add_face(after.soup, {square(105, 9, 1)});
    add_face(after.soup, {square(106, 9, 1)});
    add_face(after.soup, {square(110, 9, 1)});
    content.vintages.push_back(after);

    data::Indicator status;
    status.id = "ST01";
    status.kind = data::Kind::Category;
    status.name_vi = "trạng thái ma túy";
    status.name_en = "drug status";
    status.categories = {"none", "present", "hot"};
    data::Indicator people;
    people.id = "DR01";
    people.unit = "người";
    people.counts_persons = true;
    data::Indicator rate;
    rate.id = "rate";
    rate.kind = data::Kind::Ratio;
    rate.numerator = "DR01";
    rate.denominator = "population";
    rate.scale = 1000;
    data::Indicator population;
    population.id = "population";
    data::IndicatorCube first("2009", {status, rate, people, population}, {{2009, 0}, {2010, 2}},
                              4);
    first.set(0, 0, 0, 2);
    first.set(0, 1, 1, 0);
    first.set(2, 0, 0, 7);
    first.set(2, 0, 1, 0);
    first.set(2, 0, 2, 0, Cell::Suppressed);
    first.set(2, 0, 3, 1.5, Cell::Estimated);
    first.set(2, 1, 3, 0, Cell::NotExisting);
    first.set(3, 1, 3, 0, Cell::NotApplicable);
    data::IndicatorCube second("2025", {people}, {{2025, 0}}, 3);
    second.set(0, 0, 2, 9);
    content.cubes = {first, second};

    content.places.push_back({"port", "Cảng Mỹ Thới", "P1", {}, {105.5, 9.5}});
    content.places.push_back(
        {"industrial_zone", "KCN 1", "", {square(105, 9, 0.1)}, {105.05, 9.05}});

    data::Crosswalk merge;
    merge.from = "2009";
    merge.to = "2025";
    merge.basis = data::Basis::Population;
    merge.to_units = 3;
    merge.weight.offset = {0, 1, 3, 3, 4};
    merge.weight.index = {0, 0, 1, 2};
    merge.weight.weight = {1, 0.25, 0.75, 1};
    content.crosswalks = {merge};
    return content;
}

fs::path written(const test::TempFolder& folder, const StoreContent& content) {
    base::JobContext ctx;
    write_store(folder / "store.sqlite", content, ctx);
    return folder / "store.sqlite";
}

// What a program of somebody else says.
std::string output_of(const std::string& command) {
    std::string text;
    std::FILE* pipe = popen((command + " 2>&1").c_str(), "r");
    REQUIRE(pipe);
    std::array<char, 4096> buffer{};
    while (const auto n = std::fread(buffer.data(), 1, buffer.size(), pipe))
        text.append(buffer.data(), n);
    INFO(text);
    CHECK(pclose(pipe) == 0);
    return text;
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

std::string error_key(const fs::path& file) {
    return test::thrown_key([&] { Store store(file); }, base::ErrorKind::Database);
}

void execute(const fs::path& file, const char* sql) {
    sqlite3* handle = nullptr;
    REQUIRE(sqlite3_open(file.c_str(), &handle) == SQLITE_OK);
    CHECK(sqlite3_exec(handle, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(handle);
}

void check_same(const data::IndicatorCube& a, const data::IndicatorCube& b) {
    REQUIRE(a.periods == b.periods);
    REQUIRE(a.indicators.size() == b.indicators.size());
    for (std::size_t k = 0; k < a.indicators.size(); ++k)
        for (std::size_t p = 0; p < a.periods.size(); ++p)
            for (std::size_t i = 0; i < a.units(); ++i) {
                CAPTURE(k, p, i);
                CHECK(a.state(k, p, i) == b.state(k, p, i));
                if (a.slice(k, p).has(i)) CHECK(a.value(k, p, i) == b.value(k, p, i));
            }
}

} // namespace

TEST_CASE("a store gives back what was written") {
    const test::TempFolder folder;
    const auto content = two_vintages();
    const Store store(written(folder, content));
    base::JobContext ctx;

    const auto& info = store.info();
    CHECK(info.title == content.title);
    CHECK(info.sample);
    CHECK(info.vintages == std::vector<std::string>{"2009", "2025"});
    CHECK(info.periods == std::vector<data::Period>{{2009, 0}, {2010, 2}, {2025, 0}});
    CHECK(info.places == 2);
    REQUIRE(info.indicators.size() == 4);
    CHECK(info.indicators[0].name_vi == "trạng thái ma túy");
    CHECK(info.indicators[0].categories == std::vector<std::string>{"none", "present", "hot"});
    CHECK(info.indicators[1].numerator == "DR01");
    CHECK(info.indicators[1].scale == 1000);
    CHECK(info.indicators[2].counts_persons);

    const auto vintage = store.read_vintage("2009", ctx);
    CHECK(vintage.from == data::Date{});
    CHECK(vintage.until == data::Date{2025, 7, 1});
    CHECK(vintage.units.code == content.vintages[0].units.code);
    CHECK(vintage.units.name == content.vintages[0].units.name);
    CHECK(vintage.units.type == content.vintages[0].units.type);
    CHECK(vintage.units.parent == content.vintages[0].units.parent);
    CHECK(vintage.units.groups[1][1].name == "Huyện A");
    REQUIRE(vintage.soup.faces() == 4);
    CHECK(vintage.soup.face_first_ring == std::vector<std::uint32_t>{0, 2, 3, 5, 5});
    CHECK(vintage.soup.ring(2).size() == 4); // unclosed
    CHECK_FALSE(store.read_vintage("2025", ctx).units.has_level(data::Level::District));

    check_same(content.cubes[0], store.read_cube("2009", vintage.units, {}, ctx));
    const auto people = store.read_cube("2009", vintage.units, {"DR01"}, ctx);
    REQUIRE(people.indicators.size() == 1);
    CHECK(people.value(0, 0, 3) == 1.5);
    CHECK(people.state(0, 0, 2) == Cell::Suppressed);

    const auto places = store.read_places();
    REQUIRE(places.size() == 2);
    CHECK(places[0].rings.empty());
    CHECK(places[0].at == geo::Point{105.5, 9.5});
    CHECK(places[1].rings.at(0).size() == 4);

    const auto crosswalks = store.read_crosswalks();
    REQUIRE(crosswalks.size() == 1);
    CHECK(crosswalks[0].weight == content.crosswalks[0].weight);
    CHECK(crosswalks[0].to_units == 3);
    CHECK(crosswalks[0].basis == data::Basis::Population);
}

TEST_CASE("observations follow the units they are asked for, whatever their order") {
    const test::TempFolder folder;
    const Store store(written(folder, two_vintages()));
    base::JobContext ctx;
    data::UnitTable other;
    other.code = {"00010", "99999", "00001"};
    const auto cube = store.read_cube("2009", other, {"DR01"}, ctx);
    CHECK(cube.value(0, 0, 0) == 1.5);
    CHECK(cube.state(0, 0, 1) == Cell::Missing);
    CHECK(cube.value(0, 0, 2) == 7);
}

TEST_CASE("ogrinfo opens a store as ordinary layers") {
    const test::TempFolder folder;
    const auto file = written(folder, two_vintages()).string();
    const auto layers = output_of("ogrinfo -ro '" + file + "'");
    CHECK(contains(layers, "unit (Multi Polygon)"));
    CHECK(contains(layers, "unit_2009 (Multi Polygon)"));
    CHECK(contains(layers, "unit_2025 (Multi Polygon)"));
    CHECK(contains(layers, "place"));
    const auto units = output_of("ogrinfo -ro -so '" + file + "' unit");
    CHECK(contains(units, "Feature Count: 7"));
    CHECK(contains(units, "ID[\"EPSG\",4326]"));
    CHECK(contains(units, "Extent: (105.000000, 9.000000) - (111.000000, 10.000000)"));
    CHECK(contains(output_of("ogrinfo -ro -so '" + file + "' unit_2009"), "Feature Count: 4"));
    const auto places = output_of("ogrinfo -ro -so '" + file + "' place");
    CHECK(contains(places, "Feature Count: 2"));
    CHECK(contains(places, "ID[\"EPSG\",4326]"));
    const auto view = output_of("ogrinfo -ro '" + file +
                                "' -sql \"SELECT category FROM observation_text "
                                "WHERE indicator = 'ST01' AND code = '00001'\"");
    CHECK(contains(view, "category (String) = hot"));
}

TEST_CASE("SpatiaLite and SQLite find a store sound") {
    const test::TempFolder folder;
    const auto file = written(folder, two_vintages()).string();
    const auto ask = [&](const std::string& sql) {
        return output_of("spatialite -silent '" + file + "' \"" + sql + "\"");
    };
    CHECK(ask("SELECT min(ST_IsValid(geometry)) FROM unit WHERE geometry IS NOT NULL;") == "1\n");
    // 1 - 0.25 with a hole; the enclave fills it; 1 + 0.25 with an island.
    CHECK(ask("SELECT round(ST_Area(geometry), 9) FROM unit WHERE vintage = '2009' AND geometry IS "
              "NOT NULL;") == "0.75\n0.25\n1.25\n");
    CHECK(ask("SELECT ST_NumInteriorRing(ST_GeometryN(geometry, 1)) FROM unit WHERE id = 1;") ==
          "1\n");
    CHECK(ask("SELECT CheckSpatialIndex('unit', 'geometry');") == "1\n");
    CHECK(ask("SELECT count(*) FROM unit WHERE rowid IN (SELECT rowid FROM SpatialIndex WHERE "
              "f_table_name = 'unit' AND search_frame = BuildMbr(109.5, 8, 112, 12));") == "1\n");
    CHECK(ask("PRAGMA integrity_check;") == "ok\n");
    CHECK(ask("PRAGMA foreign_key_check;").empty());
    CHECK(ask("SELECT GeometryType(geometry) FROM place ORDER BY id;") == "POINT\nMULTIPOLYGON\n");
    CHECK(ask("PRAGMA application_id;") == "1145192782\n");
    CHECK(ask("PRAGMA user_version;") == std::to_string(kStoreVersion) + "\n");
}

TEST_CASE("viewing leaves bytes and time as they were, and writing twice gives the same bytes") {
    const test::TempFolder folder;
    const auto file = written(folder, two_vintages());
    const auto bytes = base::read_file(file);
    struct stat before {
    }, after{};
    stat(file.c_str(), &before);
    {
        const Store store(file);
        base::JobContext ctx;
        for (const auto& id : store.info().vintages) {
            const auto vintage = store.read_vintage(id, ctx);
            store.read_cube(id, vintage.units, {}, ctx);
        }
        store.read_places();
        store.read_crosswalks();
    }
    stat(file.c_str(), &after);
    CHECK(base::read_file(file) == bytes);
    CHECK(before.st_mtim.tv_sec == after.st_mtim.tv_sec);
    CHECK(before.st_mtim.tv_nsec == after.st_mtim.tv_nsec);
    CHECK(std::distance(fs::directory_iterator(folder.path()), {}) == 1);
    written(folder, two_vintages());
    CHECK(base::read_file(file) == bytes);
}

TEST_CASE("what is no store of ours is refused with the reason") {
    const test::TempFolder folder;
    const auto file = written(folder, two_vintages());
    execute(folder / "foreign.sqlite", "CREATE TABLE unit (code TEXT);");
    CHECK(error_key(folder / "foreign.sqlite") == "error.store.not_a_store");
    std::ofstream(folder / "text.sqlite") << "hello";
    CHECK(error_key(folder / "text.sqlite") == "error.database.not_a_database");
    fs::copy(file, folder / "newer.sqlite");
    execute(folder / "newer.sqlite", "PRAGMA user_version = 99;");
    CHECK(error_key(folder / "newer.sqlite") == "error.store.newer");
    execute(file, "PRAGMA writable_schema = ON; DELETE FROM sqlite_master WHERE type = 'trigger';");
    execute(file, "UPDATE unit SET geometry = x'0001' WHERE id = 1;");
    base::JobContext ctx;
    const Store store(file);
    CHECK_THROWS_AS(store.read_vintage("2009", ctx), base::Error);
    CHECK_THROWS_AS(store.read_vintage("1999", ctx), base::Error);
    CHECK_NOTHROW(store.read_vintage("2025", ctx));
}

TEST_CASE("a store is written whole or not at all") {
    const test::TempFolder folder;
    const auto file = written(folder, two_vintages());
    const auto bytes = base::read_file(file);
    SECTION("cancelled") {
        base::JobContext ctx;
        ctx.cancel();
        CHECK_THROWS_AS(write_store(file, two_vintages(), ctx), base::Cancelled);
    }
    SECTION("content that contradicts itself") {
        auto content = two_vintages();
        content.cubes[0].vintage = "1976";
        base::JobContext ctx;
        CHECK_THROWS_AS(write_store(file, content, ctx), base::Error);
    }
    SECTION("a ratio without its denominator breaks a foreign key") {
        auto content = two_vintages();
        content.cubes[0].indicators[1].denominator = "nothing";
        base::JobContext ctx;
        CHECK_THROWS_AS(write_store(file, content, ctx), base::Error);
    }
    SECTION("no such folder") {
        base::JobContext ctx;
        try {
            write_store(folder / "no/such/store.sqlite", two_vintages(), ctx);
            FAIL();
        } catch (const base::Error& error) {
            CHECK(error.kind == base::ErrorKind::Write);
            CHECK(std::get<std::string>(error.message.args[0].second) ==
                  (folder / "no/such/store.sqlite").string());
        }
    }
    CHECK(base::read_file(file) == bytes);
    CHECK(std::distance(fs::directory_iterator(folder.path()), {}) == 1);
}

TEST_CASE("rings are sorted into polygons by nesting") {
    const auto outer = square(0, 0, 10), hole = square(2, 2, 6), island = square(4, 4, 2),
               apart = square(20, 0, 1), touching = square(0, 0, 2);
    const auto polygons = nest_rings({island, hole, outer, apart});
    REQUIRE(polygons.size() == 3);
    CHECK(polygons[0].size() == 2); // the outer ring and its hole
    CHECK(polygons[1].size() == 1); // the island in the hole
    CHECK(polygons[1][0][0] == geo::Point{4, 4});
    // A hole that touches the outer ring in a corner.
    CHECK(nest_rings({outer, touching}).size() == 1);
    CHECK(nest_rings({Ring{{0, 0}, {1, 1}}}).empty());
}

TEST_CASE("damaged geometry is refused without reading past its end") {
    auto blob = multipolygon_blob(nest_rings({square(0, 0, 1)}));
    geo::PolygonSoup soup;
    REQUIRE(append_face(blob, soup));
    for (std::size_t n = 0; n + 1 < blob.size(); ++n) { // the last byte is only an end mark
        geo::PolygonSoup cut;
        CHECK_FALSE(append_face({blob.data(), n}, cut));
        CHECK(cut.points.empty());
        CHECK(cut.faces() == 1);
    }
    blob[43] = 0xFF; // millions of polygons
    blob[46] = 0x7F;
    CHECK_FALSE(append_face(blob, soup));
}

TEST_CASE("lines are written and read back, and cut ones refused") {
    const std::vector<Ring> lines{{{105, 9}, {105.5, 9.5}}, {{106, 9}, {106, 9.25}, {106.5, 9}}};
    auto blob = multilinestring_blob(lines);
    REQUIRE(blob_lines(blob));
    CHECK(*blob_lines(blob) == lines);
    for (std::size_t n = 0; n + 1 < blob.size(); ++n) CHECK_FALSE(blob_lines({blob.data(), n}));
    blob[43] = 0xFF; // millions of lines
    blob[46] = 0x7F;
    CHECK_FALSE(blob_lines(blob));
    // Other shapes are no lines, and lines no areas.
    CHECK_FALSE(blob_lines(point_blob({105, 9})));
    CHECK_FALSE(blob_lines(multipolygon_blob(nest_rings({square(0, 0, 1)}))));
    geo::PolygonSoup soup;
    CHECK_FALSE(append_face(multilinestring_blob(lines), soup));
}
