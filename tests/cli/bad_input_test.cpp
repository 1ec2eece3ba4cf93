// Every kind of broken input: a clear sentence with the file, the right exit code, nothing written,
// nothing crashed.
#include "cli/program.hpp"
#include "support/small_disk.hpp"

#include <cmath>
#include <cstring>
#include <sqlite3.h>
#include <unistd.h>

using namespace diaban::test;

namespace {

Outcome check(const Bench& bench, const std::string& file) {
    return bench.run({"check", "--boundaries", (bench / file).string()});
}

Json check_json(const Bench& bench, const std::string& file) {
    return bench.json({"check", "--boundaries", (bench / file).string()});
}

// Overwrites bytes in the middle of a file.
void patch(const fs::path& file, std::size_t at, const std::string& bytes) {
    auto content = slurp(file);
    REQUIRE(at + bytes.size() <= content.size());
    content.replace(at, bytes.size(), bytes);
    spit(file, content);
}

std::string bytes_of(double value) {
    std::string out(sizeof value, '\0');
    std::memcpy(out.data(), &value, sizeof value);
    return out;
}

// Where the first coordinate of record `record` of our squares lies: each record has a header of 8,
// then type 4, box 32, counts 8, one part 4, five points 80.
std::size_t first_point(std::size_t record) {
    return 100 + record * (8 + 128) + 8 + 4 + 32 + 8 + 4;
}

} // namespace

TEST_CASE("boundaries that are not there") {
    const Bench bench;
    check_refusal(check(bench, "no_such.shp"), 3, "no_such.shp");
    check_refusal(bench.run({"check", "--boundaries", bench.folder.path().string()}), 3,
                  bench.folder.path().filename().string());
}

TEST_CASE("empty files") {
    const Bench bench;
    for (const char* name : {"empty.shp", "empty.gpkg", "empty.geojson", "empty.zip", "empty.tab",
                             "empty.fgb", "empty.sqlite"}) {
        spit(bench / name, "");
        const auto outcome = check(bench, name);
        INFO(name);
        CHECK((outcome.code == 3 || outcome.code == 5));
        check_refusal(outcome, outcome.code, name);
    }
    six_communes(bench);
    spit(bench / "empty.csv", "");
    check_refusal(
        bench.run({"join", "--boundaries", "xa.shp", "--db", "empty.csv", "--value", "x"}), 3,
        "empty.csv");
}

TEST_CASE("a file of another kind is said to be one, with the kinds that can be read") {
    const Bench bench;
    const auto boundaries = six_communes(bench).string();
    spit(bench / "thu.doc", "Kính gửi: Ủy ban nhân dân\n");
    check_refusal(check(bench, "thu.doc"), 3, "thu.doc is no file of boundaries");
    check_refusal(bench.run({"join", "--boundaries", boundaries, "--db", "thu.doc"}), 3,
                  "thu.doc is no table");
}

TEST_CASE("flags that name no CRS or an absurd tolerance") {
    const Bench bench;
    six_communes(bench);
    const Words flags{"check", "--boundaries", "xa.shp"};
    check_refusal(bench.run(flags + Words{"--crs", "foo"}), 2, "foo");
    check_refusal(bench.run(flags + Words{"--crs", "EPSG:99999999"}), 2, "EPSG:99999999");
    check_refusal(
        bench.run({"where", "--boundaries", "xa.shp", "105.15", "10.05", "--point-crs", "foo"}), 2,
        "foo");
    check_refusal(bench.run(flags + Words{"--tolerance", "10deg"}), 2, "10deg");
    check_refusal(bench.run(flags + Words{"--tolerance", "1001m"}), 2, "1001m");
    CHECK(bench.run(flags + Words{"--tolerance", "0.001deg"}).code == 0);
}

TEST_CASE("weights have two formats, told by the ending") {
    const Bench bench;
    six_communes(bench);
    check_refusal(bench.run({"weights", "--boundaries", "xa.shp", "--out", "xa.txt"}), 2, "xa.txt");
    CHECK_FALSE(fs::exists(bench / "xa.txt"));
}

TEST_CASE("a table without values that can be mapped is told so") {
    const Bench bench;
    six_communes(bench);
    spit(bench / "chu.csv", "ma_xa,v\n00001,inf\n00002,0x1A\n00003,một\n");
    check_refusal(bench.run({"join", "--boundaries", "xa.shp", "--db", "chu.csv"}), 4, "chu.csv");
}

TEST_CASE("text under the name of a shapefile") {
    const Bench bench;
    spit(bench / "chu.shp",
         "This is no shapefile, but a letter to the reader of some length.\n"
         "It goes on for more than a hundred bytes so that a header could be read.\n");
    check_refusal(check(bench, "chu.shp"), 3, "chu.shp");
}

TEST_CASE("a truncated shapefile") {
    const Bench bench;
    const auto shp = six_communes(bench);
    const auto whole = slurp(shp);
    for (const std::size_t size : {50u, 100u, 150u, 500u, 900u}) {
        REQUIRE(size < whole.size());
        spit(shp, whole.substr(0, size));
        INFO("cut to " << size << " of " << whole.size());
        check_refusal(check(bench, "xa.shp"), 3, "xa.shp");
    }
}

TEST_CASE("random damage never crashes", "[property]") {
    const Bench bench;
    const auto shp = six_communes(bench);
    unsigned state = 12345;
    const auto random = [&] { return state = state * 1664525u + 1013904223u, state >> 8; };
    for (const char* extension : {".shp", ".shx", ".dbf", ".prj"}) {
        auto file = shp;
        file.replace_extension(extension);
        const auto whole = slurp(file);
        for (int round = 0; round < 6; ++round) {
            auto broken = whole;
            for (int hit = 0; hit < 4; ++hit)
                broken[random() % broken.size()] = static_cast<char>(random() % 256);
            spit(file, broken);
            const auto outcome = check(bench, "xa.shp");
            INFO(extension << " round " << round << "\n" << outcome.err);
            CHECK((outcome.code == 0 || outcome.code == 3 || outcome.code == 4));
        }
        spit(file, whole);
    }
}

TEST_CASE("side files that are missing are reported and survived") {
    for (const std::string extension : {"shx", "dbf", "cpg"}) {
        const Bench bench;
        auto side = six_communes(bench);
        side.replace_extension(extension);
        fs::remove(side);
        const auto report = check_json(bench, "xa.shp");
        INFO(extension << ": " << report.dump(1));
        CHECK(report.at("features") == 6);
        CHECK(has_kind(report, "missing_" + extension));
        CHECK_FALSE(fs::exists(side)); // reading writes nothing
    }
}

TEST_CASE("a .dbf with fewer rows than shapes") {
    const Bench bench;
    auto dbf = six_communes(bench);
    dbf.replace_extension("dbf");
    // Header: the number of rows at byte 4, the sizes of header and row at 8 and 10.
    const auto whole = slurp(dbf);
    const auto number = [&](std::size_t at) {
        return static_cast<std::size_t>(static_cast<unsigned char>(whole[at])) +
               256u * static_cast<std::size_t>(static_cast<unsigned char>(whole[at + 1]));
    };
    auto shorter = whole.substr(0, number(8) + 4 * number(10)) + "\x1a";
    shorter[4] = 4;
    spit(dbf, shorter);
    const auto outcome = check(bench, "xa.shp");
    INFO(outcome.err << outcome.out);
    if (outcome.code == 0) {
        CHECK(has_kind(check_json(bench, "xa.shp"), "dbf_rows_differ"));
    } else {
        check_refusal(outcome, 3, "xa");
    }
}

TEST_CASE("without codes, row numbers are joined to no table") {
    const Bench bench;
    const auto flags = six_joined(bench);
    fs::remove(bench / "xa.dbf");
    // As numbers, 1 to 6 would look like codes that lost their zeros.
    check_refusal(bench.run(Words{"join"} + flags), 4, "--code");
    check_refusal(bench.run(Words{"map"} + flags + Words{"--out", "a.png"}), 4, "xa.shp");
    CHECK_FALSE(fs::exists(bench / "a.png"));
}

TEST_CASE("several layers of polygons: one must be named") {
    const Bench bench;
    six_communes(bench);
    bench.tool({"ogr2ogr", "-f", "GPKG", "hai.gpkg", "xa.shp", "-nln", "nam_2009"});
    bench.tool({"ogr2ogr", "-f", "GPKG", "-update", "hai.gpkg", "xa.shp", "-nln", "nam_2025"});
    bench.tool({"ogr2ogr", "-f", "ESRI Shapefile", "nam_2025.shp", "xa.shp"});
    fs::create_directory(bench / "hai");
    for (const char* end : {"shp", "shx", "dbf", "prj"})
        for (const char* stem : {"xa.", "nam_2025."})
            fs::copy_file(bench / (std::string(stem) + end),
                          bench / ("hai/" + (stem + std::string(end))));
    for (const char* file : {"hai.gpkg", "hai"}) {
        INFO(file);
        const auto refused = check(bench, file);
        check_refusal(refused, 4, "nam_2025");
        CHECK(contains(refused.err, "--layer"));
        CHECK(bench.json({"check", "--boundaries", file, "--layer", "nam_2025"}).at("features") ==
              6);
    }
    // A shapefile is one layer, of its own name.
    CHECK(bench.json({"check", "--boundaries", "xa.shp", "--layer", "xa"}).at("features") == 6);
    check_refusal(bench.run({"check", "--boundaries", "xa.shp", "--layer", "nam_2025"}), 4, "xa");
    fs::remove(bench / "hai/xa.shp");
    CHECK(bench.json({"check", "--boundaries", "hai"}).at("features") == 6);
}

TEST_CASE("a store is no file of boundaries, and is told how to be opened") {
    const Bench bench;
    bench.json({"sample", "mau", "--communes", "12"});
    check_refusal(check(bench, "mau/tinh_mau.sqlite"), 2, "--store");
}

TEST_CASE("a file given by the flag of another kind is told which flag it wants") {
    const Bench bench;
    bench.json({"sample", "mau", "--communes", "12"});
    const auto xa = (bench / "mau/tinh_mau_2009.shp").string();
    const Words out{"--out", "a.png"};
    for (const Words& flags : {Words{"--boundaries", "mau/tinh_mau.diaban"},
                               Words{"--boundaries", xa, "--db", "mau/tinh_mau.diaban"},
                               Words{"--store", "mau/tinh_mau.diaban"}})
        check_refusal(bench.run(Words{"map"} + flags + out), 2, "--project tinh_mau.diaban");
    check_refusal(bench.run(Words{"map", "--boundaries", xa, "--db", "mau/tinh_mau.sqlite"} + out),
                  2, "--store tinh_mau.sqlite");
    spit(bench / "so_lieu.csv", "ma_xa,v\n00001,1\n");
    check_refusal(check(bench, "so_lieu.csv"), 4, "--db so_lieu.csv");
    // What is not there is told to be missing, whatever it is called.
    check_refusal(check(bench, "khong_co.diaban"), 3, "khong_co.diaban");
    CHECK_FALSE(fs::exists(bench / "a.png"));
    // A table with shapes in it is a file of boundaries.
    spit(bench / "hinh.csv", "ma_xa,WKT\n00001,\"POLYGON((105 9,106 9,106 10,105 9))\"\n");
    CHECK(check_json(bench, "hinh.csv").at("features") == 1);
}

TEST_CASE("one commune far off does not take the CRS from the others") {
    const Bench bench;
    auto features = six_features();
    features.resize(5);
    features.push_back(feature(R"("ma_xa":"00006","ten_xa":"Xã Lạc")", square(5000, 4000)));
    spit(bench / "xa.geojson", collection(features));
    const auto report = check_json(bench, "xa.geojson");
    INFO(report.dump(1));
    CHECK(report.at("crs") == "EPSG:4326");
    REQUIRE(has_kind(report, "bad_coordinates"));
    CHECK(contains(report.at("findings").dump(), "00006"));
}

TEST_CASE("a CRS flag that contradicts the file is used and said") {
    const Bench bench;
    six_communes(bench);
    const auto same = bench.json({"check", "--boundaries", "xa.shp", "--crs", "EPSG:4756"});
    CHECK_FALSE(has_kind(same, "crs_impossible")); // VN-2000 degrees lie 200 m off
    const auto metres = bench.json({"check", "--boundaries", "xa.shp", "--crs", "EPSG:9209"});
    INFO(metres.dump(1));
    CHECK(has_kind(metres, "crs_impossible"));
    bench.tool({"ogr2ogr", "-t_srs", "EPSG:9209", "luoi.shp", "xa.shp"});
    const auto other = bench.json({"check", "--boundaries", "luoi.shp", "--crs", "EPSG:9210"});
    INFO(other.dump(1));
    CHECK(has_kind(other, "crs_contradicts"));
    CHECK_FALSE(has_kind(bench.json({"check", "--boundaries", "luoi.shp", "--crs", "EPSG:9209"}),
                         "crs_contradicts"));
}

TEST_CASE("coordinates that are no place on earth") {
    const Bench bench;
    const auto shp = six_communes(bench);
    const auto whole = slurp(shp);
    const double bad[] = {std::nan(""), HUGE_VAL, -HUGE_VAL, 1e300, 12345678.0};
    for (const double value : bad) {
        spit(shp, whole);
        patch(shp, first_point(2), bytes_of(value));
        INFO("coordinate " << value);
        const auto outcome = check(bench, "xa.shp");
        INFO(outcome.err << outcome.out);
        if (outcome.code == 0) {
            const auto report = check_json(bench, "xa.shp");
            CHECK_FALSE(report.at("findings").empty());
            CHECK(contains(report.dump(), "00003")); // says which commune
        } else {
            check_refusal(outcome, 4, "xa.shp");
        }
    }
}

TEST_CASE("shapes that cross themselves, have no area or are missing") {
    const Bench bench;
    auto features = six_features();
    features.push_back(feature(R"("ma_xa":"00007","ten_xa":"Xã Nơ")",
                               "[[[106,10],[106.1,10.1],[106.1,10],[106,10.1],[106,10]]]"));
    features.push_back(
        feature(R"("ma_xa":"00008","ten_xa":"Xã Sợi")", "[[[107,10],[107.1,10],[107,10]]]"));
    features.push_back(
        R"({"type":"Feature","properties":{"ma_xa":"00009","ten_xa":"Xã Không"},"geometry":null})");
    spit(bench / "xa.geojson", collection(features));
    const auto report = check_json(bench, "xa.geojson");
    INFO(report.dump(1));
    CHECK(report.at("features") == 9);
    CHECK(has_kind(report, "null_geometry"));
    for (const char* code : {"00007", "00008", "00009"}) {
        bool named = false;
        for (const auto& finding : report.at("findings"))
            named = named || finding.at("unit") == code;
        INFO(code);
        CHECK(named);
    }
    // And a map of it can be drawn all the same.
    const auto drawn =
        bench.run({"map", "--boundaries", "xa.geojson", "--out", "a.png", "--size", "400x300px"});
    INFO(drawn.err);
    CHECK((drawn.code == 0 || drawn.code == 2)); // 2: there is no value to show
}

TEST_CASE("findings begin with the worst and name the file without its folder") {
    const Bench bench;
    auto features = six_features();
    features.push_back(feature(R"("ma_xa":"","ten_xa":"Xã Thiếu Mã")", square(105.6, 10)));
    features.push_back(feature(R"("ma_xa":"00001","ten_xa":"Xã Lặp")", square(105.5, 10.5)));
    spit(bench / "xa.geojson", collection(features));
    const auto report = check_json(bench, "xa.geojson");
    INFO(report.dump(1));
    const auto& findings = report.at("findings");
    REQUIRE(findings.size() >= 2);
    CHECK(findings.front().at("severity") == "problem");
    for (const auto& finding : findings) {
        const std::string text = finding.at("text");
        CHECK_FALSE(contains(text, bench.folder.path().string()));
        if (finding.at("kind") == "no_code") CHECK(contains(text, "xa.geojson"));
    }
}

TEST_CASE("duplicate codes") {
    const Bench bench;
    auto features = six_features();
    features.push_back(feature(R"("ma_xa":"00001","ten_xa":"Xã Lặp")", square(105.5, 10.5)));
    spit(bench / "xa.geojson", collection(features));
    const auto report = check_json(bench, "xa.geojson");
    INFO(report.dump(1));
    CHECK((has_kind(report, "duplicate_code") || has_kind(report, "duplicate_unit_code")));
    CHECK(contains(report.dump(), "00001"));
}

TEST_CASE("boundaries without polygons, or without features") {
    const Bench bench;
    spit(bench / "diem.geojson",
         R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"a":1},)"
         R"("geometry":{"type":"Point","coordinates":[105,10]}}]})");
    check_refusal(check(bench, "diem.geojson"), 4, "diem.geojson");
    spit(bench / "khong.geojson", R"({"type":"FeatureCollection","features":[]})");
    check_refusal(check(bench, "khong.geojson"), 4, "khong.geojson");
    spit(bench / "hong.geojson", R"({"type":"FeatureCollection","features":[{)");
    check_refusal(check(bench, "hong.geojson"), 3, "hong.geojson");
}

TEST_CASE("a table without the key or the value column names the columns it has") {
    const Bench bench;
    six_communes(bench);
    six_values(bench);
    const Words join{"join", "--boundaries", "xa.shp", "--db", "gia_tri.csv"};
    const auto no_key = bench.run(join + Words{"--key", "ma_phuong", "--value", "so_nguoi"});
    check_refusal(no_key, 4, "ma_phuong");
    CHECK(contains(no_key.err, "so_nguoi"));
    const auto no_value = bench.run(join + Words{"--key", "ma_xa", "--value", "so_ngoui"});
    check_refusal(no_value, 4, "so_ngoui");
    spit(bench / "vo_danh.csv", "a,b\n1,2\n3,4\n");
    const auto unnamed =
        bench.run({"join", "--boundaries", "xa.shp", "--db", "vo_danh.csv", "--value", "b"});
    check_refusal(unnamed, 4, "vo_danh.csv");
}

TEST_CASE("words in a numeric column are named with their row and become no data") {
    const Bench bench;
    six_communes(bench);
    spit(bench / "gia_tri.csv",
         "ma_xa,so_nguoi\n00001,10\n00002,nhiều\n00003,30\n00004,40\n00005,50\n");
    const auto report = bench.json(
        {"join", "--boundaries", "xa.shp", "--db", "gia_tri.csv", "--value", "so_nguoi"});
    INFO(report.dump(1));
    REQUIRE(report.at("bad_values").size() == 1);
    CHECK(report.at("bad_values")[0].at("row") == 3); // as a person counts in the file
    CHECK(report.at("bad_values")[0].at("code") == "00002");
    CHECK(report.at("state").at("observed") == 4);
    CHECK(report.at("state").at("missing") == 2);
}

TEST_CASE("databases that are none, locked, encrypted or damaged") {
    const Bench bench;
    six_communes(bench);
    const auto join = [&](const std::string& file) {
        return bench.run({"join", "--boundaries", "xa.shp", "--db", file, "--table", "t", "--key",
                          "ma_xa", "--value", "v"});
    };
    SECTION("not a database") {
        spit(bench / "a.sqlite", std::string(4096, 'x'));
        check_refusal(join("a.sqlite"), 5, "a.sqlite");
    }
    SECTION("encrypted: no byte says what it is") {
        std::string noise(8192, '\0');
        unsigned state = 99;
        for (auto& byte : noise)
            byte = static_cast<char>((state = state * 1664525u + 1013904223u) >> 24);
        spit(bench / "a.sqlite", noise);
        check_refusal(join("a.sqlite"), 5, "a.sqlite");
    }
    SECTION("damaged after the header") {
        bench.tool({"sqlite3", "a.sqlite",
                    "create table t(ma_xa text, v real);"
                    "insert into t values('00001', 1);"});
        auto content = slurp(bench / "a.sqlite");
        for (std::size_t i = 100; i < content.size(); ++i) content[i] = static_cast<char>(i * 7);
        spit(bench / "a.sqlite", content);
        check_refusal(join("a.sqlite"), 5, "a.sqlite");
    }
    SECTION("locked by another program") {
        bench.tool({"sqlite3", "a.sqlite",
                    "create table t(ma_xa text, v real);"
                    "insert into t values('00001', 1);"});
        sqlite3* other = nullptr;
        REQUIRE(sqlite3_open((bench / "a.sqlite").c_str(), &other) == SQLITE_OK);
        REQUIRE(sqlite3_exec(other, "begin exclusive; insert into t values('00002', 2)", nullptr,
                             nullptr, nullptr) == SQLITE_OK);
        const auto outcome = join("a.sqlite");
        sqlite3_exec(other, "rollback", nullptr, nullptr, nullptr);
        sqlite3_close(other);
        check_refusal(outcome, 5, "a.sqlite");
        CHECK(outcome.seconds < 30);
    }
    SECTION("without the table: those that exist are named") {
        bench.tool({"sqlite3", "a.sqlite", "create table so_lieu(ma_xa text, v real)"});
        const auto outcome = join("a.sqlite");
        check_refusal(outcome, 4, "so_lieu");
    }
}

TEST_CASE("reading leaves a database as it was") {
    const Bench bench;
    six_communes(bench);
    bench.tool({"sqlite3", "a.sqlite",
                "pragma journal_mode=wal; create table t(ma_xa text, v real);"
                "insert into t values('00001', 1);"});
    const auto before = slurp(bench / "a.sqlite");
    const auto time = fs::last_write_time(bench / "a.sqlite");
    const auto names = names_in(bench.folder.path());
    const auto outcome = bench.run(
        {"join", "--boundaries", "xa.shp", "--db", "a.sqlite", "--value", "v", "--no-cache"});
    INFO(outcome.err);
    CHECK(outcome.code == 0);
    CHECK(slurp(bench / "a.sqlite") == before);
    CHECK(fs::last_write_time(bench / "a.sqlite") == time);
    auto after = names_in(bench.folder.path());
    std::erase_if(after, [](const auto& n) { return n == ".cache" || n == ".config"; });
    CHECK(after == names);
}

TEST_CASE("projects and stores that are none") {
    const Bench bench;
    spit(bench / "a.diaban", "");
    CHECK(bench.run({"map", "--project", "a.diaban", "--out", "a.png"}).code == 4);
    spit(bench / "a.diaban", "{\"version\": 1, ");
    check_refusal(bench.run({"map", "--project", "a.diaban", "--out", "a.png"}), 4, "a.diaban");
    spit(bench / "a.diaban", "{\"version\": 99}");
    check_refusal(bench.run({"map", "--project", "a.diaban", "--out", "a.png"}), 4, "a.diaban");
    check_refusal(bench.run({"map", "--project", "none.diaban", "--out", "a.png"}), 3,
                  "none.diaban");
    bench.tool({"sqlite3", "a.sqlite", "create table t(a)"});
    check_refusal(bench.run({"map", "--store", "a.sqlite", "--out", "a.png"}), 5, "a.sqlite");
    CHECK_FALSE(fs::exists(bench / "a.png"));
}

TEST_CASE("a folder that cannot be written to") {
    const Bench bench;
    const auto joined = six_joined(bench);
    const auto map = Words{"map"} + joined + Words{"--size", "400x300px", "--no-cache"};
    SECTION("that does not exist") {
        for (const char* name : {"no/such/a.png", "no/such/a.svg", "no/such/a.pdf"})
            check_refusal(bench.run(map + Words{"--out", name}), 6, name);
    }
    SECTION("that is closed to us") {
        fs::create_directory(bench / "dong");
        fs::permissions(bench / "dong", fs::perms(0555));
        fs::permissions(bench.folder.path(), fs::perms(0755));
        RunOptions options;
        options.user = geteuid() == 0 ? 65534 : 0; // root may write anywhere
        options.environment = {{"XDG_CACHE_HOME", "/nonexistent"},
                               {"XDG_CONFIG_HOME", "/nonexistent"}};
        for (const char* name : {"dong/a.png", "dong/a.svg", "dong/a.pdf"})
            check_refusal(bench.run(map + Words{"--out", name}, options), 6, name);
        check_refusal(bench.run(Words{"join"} + joined + Words{"--out", "dong/a.csv"}, options), 6,
                      "dong/a.csv");
        CHECK(names_in(bench / "dong").empty());
        check_refusal(bench.run({"sample", "dong/mau", "--communes", "12"}, options), 6, "mau");
    }
    SECTION("whose name is too long") {
        const auto name = std::string(300, 'x') + ".png";
        check_refusal(bench.run(map + Words{"--out", name}), 6, "the name is too long");
    }
    SECTION("that is a file") {
        spit(bench / "tep", "in the way");
        check_refusal(bench.run(map + Words{"--out", "tep/a.png"}), 6, "tep");
        check_refusal(bench.run({"sample", "tep", "--communes", "12"}), 6, "tep");
        CHECK(slurp(bench / "tep") == "in the way");
    }
}

TEST_CASE("a full disk leaves the old file whole") {
    const Bench bench;
    const auto joined = six_joined(bench);
    const auto small = bench / "nho";
    const SmallDisk disk(small, "32k");
    if (!disk) return;
    for (const char* name : {"nho/a.png", "nho/a.svg", "nho/a.pdf"}) {
        spit(bench / name, "old");
        spit(bench / "nho/fill", std::string(64 * 1024, 'x')); // as much as fits
        check_refusal(
            bench.run(Words{"map"} + joined + Words{"--out", name, "--size", "1600x1200px"}), 6,
            name);
        CHECK(slurp(bench / name) == "old");
        fs::remove(bench / "nho/fill");
        fs::remove(bench / name);
        CHECK(names_in(small).empty());
    }
    for (const char* name : {"nho/a.xlsx", "nho/a.ods", "nho/a.csv"}) {
        spit(bench / name, "old");
        spit(bench / "nho/fill", std::string(64 * 1024, 'x'));
        check_refusal(bench.run(Words{"join"} + joined + Words{"--out", name}), 6, "disk is full");
        CHECK(slurp(bench / name) == "old");
        fs::remove(bench / "nho/fill");
        fs::remove(bench / name);
        CHECK(names_in(small).empty());
    }
    const auto sample = bench.run({"sample", "nho/mau", "--communes", "156", "--lang", "vi"});
    check_refusal(sample, 6, "mau/tinh_mau_2009.shp: ổ đĩa đã đầy.");
    CHECK_FALSE(fs::exists(bench / "nho/mau"));
}

TEST_CASE("stdout that takes nothing is a write error") {
    const Bench bench;
    const auto boundaries = six_communes(bench).string();
    RunOptions options;
    options.stdout_to = "/dev/full";
    const auto outcome = bench.run({"check", "--boundaries", boundaries, "--json"}, options);
    INFO(outcome.err);
    CHECK(outcome.code == 6);
}

TEST_CASE("without a font that covers Vietnamese the package is named") {
    const Bench bench;
    const auto joined = six_joined(bench);
    spit(bench / "fonts.conf", "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\">"
                               "<fontconfig><dir>" +
                                   (bench / "no_fonts").string() +
                                   "</dir>"
                                   "<cachedir>" +
                                   (bench / "font_cache").string() + "</cachedir></fontconfig>");
    RunOptions options;
    options.environment = {{"FONTCONFIG_FILE", (bench / "fonts.conf").string()}};
    for (const char* name : {"a.png", "a.svg", "a.pdf"}) {
        check_refusal(bench.run(Words{"map"} + joined + Words{"--out", name}, options), 3,
                      "fonts-noto-core");
        CHECK_FALSE(fs::exists(bench / name));
    }
}

TEST_CASE("Ctrl-C ends quickly with 130 and leaves no half file") {
    const Bench bench;
    RunOptions options;
    for (const int after : {20, 150, 500}) {
        options.interrupt_after = std::chrono::milliseconds(after);
        const auto folder = "mau" + std::to_string(after);
        const auto outcome = bench.run({"sample", folder, "--communes", "30000"}, options);
        INFO(after << " ms: " << outcome.err);
        CHECK(outcome.code == 130);
        CHECK(outcome.seconds < after / 1000.0 + 5);
        if (fs::exists(bench / folder))
            for (const auto& name : names_in(bench / folder)) {
                INFO(name);
                CHECK_FALSE(contains(name, ".part"));
            }
    }
}
