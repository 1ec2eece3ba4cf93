// Files that are there and cannot be used as they are: the sentence says why, and what to do.
#include "cli/program.hpp"

#include <sqlite3.h>
#include <unistd.h>

using namespace diaban::test;

TEST_CASE("a file in a folder that may not be entered is not said to be missing") {
    const Bench bench;
    const auto boundaries = six_communes(bench).string();
    const auto table = six_values(bench).string();
    fs::create_directory(bench / "kin");
    fs::permissions(bench / "kin", fs::perms::none);
    fs::permissions(bench.folder.path(), fs::perms(0755));
    RunOptions options;
    options.user = geteuid() == 0 ? 65534 : 0; // root may enter anywhere
    options.environment = {{"XDG_CACHE_HOME", "/nonexistent"}, {"XDG_CONFIG_HOME", "/nonexistent"}};
    const Words join{"join", "--boundaries", boundaries};
    for (const Words& words :
         {Words{"check", "--boundaries", "kin/xa.shp"}, join + Words{"--db", "kin/a.csv"},
          join + Words{"--db", "kin/a.sqlite"}, Words{"check", "--boundaries", "kin/xa.gpkg"},
          Words{"map", "--store", "kin/kho.sqlite", "--out", "a.png"},
          join + Words{"--db", table, "--value", "so_nguoi", "--by-name", "--name-key", "ma_xa",
                       "--aliases", "kin/ten.csv"}}) {
        INFO(words[2] << " " << words.back());
        const auto outcome = bench.run(words, options);
        check_refusal(outcome, 3, "kin/");
        CHECK(contains(outcome.err, "permission"));
    }
    fs::permissions(bench / "kin", fs::perms::owner_all);
    // The file of approved names comes into being with the first approval.
    const auto first = bench.run(join + Words{"--db", table, "--value", "so_nguoi", "--by-name",
                                              "--name-key", "ma_xa", "--aliases", "ten.csv"});
    INFO(first.err);
    CHECK(first.code == 0);
}

TEST_CASE("boundaries in a database that is locked, encrypted or damaged") {
    const Bench bench;
    six_communes(bench);
    bench.tool({"ogr2ogr", "-f", "SQLite", "-dsco", "SPATIALITE=YES", "xa.sqlite", "xa.shp"});
    bench.tool({"ogr2ogr", "-f", "GPKG", "xa.gpkg", "xa.shp"});
    for (const std::string name : {"xa.sqlite", "xa.gpkg"}) {
        INFO(name);
        const Words check{"check", "--boundaries", name};
        CHECK(bench.json(check).at("features") == 6);
        sqlite3* other = nullptr;
        REQUIRE(sqlite3_open((bench / name).c_str(), &other) == SQLITE_OK);
        REQUIRE(sqlite3_exec(other, "begin exclusive", nullptr, nullptr, nullptr) == SQLITE_OK);
        const auto locked = bench.run(check);
        sqlite3_exec(other, "rollback", nullptr, nullptr, nullptr);
        sqlite3_close(other);
        check_refusal(locked, 5, name + " is locked: another program is writing");
        CHECK(locked.seconds < 10);
        CHECK(bench.json(check).at("features") == 6);
        // Every byte of an encrypted file is noise.
        auto content = slurp(bench / name);
        unsigned state = 7;
        for (auto& byte : content)
            byte = static_cast<char>((state = state * 1664525u + 1013904223u) >> 24);
        spit(bench / name, content);
        check_refusal(bench.run(check), 5, "encrypted");
        CHECK(slurp(bench / name) == content);
    }
}

TEST_CASE("an archive with a password is not said to be damaged") {
    const Bench bench;
    six_communes(bench);
    bench.tool({"ogr2ogr", "-f", "GPKG", "xa.gpkg", "xa.shp"});
    for (const bool stored : {false, true}) {
        bench.tool({"zip", "-q", stored ? "-0" : "-9", "-P", "123", "kin.zip", "xa.shp", "xa.shx",
                    "xa.dbf", "xa.prj"});
        check_refusal(bench.run({"check", "--boundaries", "kin.zip"}), 3, "password");
        fs::remove(bench / "kin.zip");
    }
    bench.tool({"zip", "-q", "-P", "123", "kin.zip", "xa.gpkg"});
    check_refusal(bench.run({"check", "--boundaries", "kin.zip"}), 3, "password");
}

TEST_CASE("a layer with a Vietnamese name is found in an archive, whoever packed it") {
    const Bench bench;
    six_communes(bench);
    fs::create_directory(bench / "dữ liệu {mới}");
    bench.tool({"ogr2ogr", "-f", "GPKG", "dữ liệu {mới}/ranh giới xã.gpkg", "xa.shp"});
    bench.tool({"ogr2ogr", "-f", "GeoJSON", "dữ liệu {mới}/xã.geojson", "xa.shp"});
    // zip(1) writes the letters without saying that they are UTF-8.
    bench.tool({"zip", "-q", "gói.zip", "dữ liệu {mới}/ranh giới xã.gpkg"});
    bench.tool({"zip", "-q", "dữ liệu {mới}/thứ hai.zip", "dữ liệu {mới}/xã.geojson"});
    for (const std::string file : {"gói.zip", "dữ liệu {mới}/thứ hai.zip"}) {
        INFO(file);
        CHECK(bench.json({"check", "--boundaries", file}).at("features") == 6);
    }
}

TEST_CASE("a part of a shapefile stands for the shapefile, with its faults") {
    const Bench bench;
    const auto shp = six_communes(bench);
    for (const char* part : {"xa.dbf", "xa.shx"}) {
        INFO(part);
        const auto report = bench.json({"check", "--boundaries", part});
        CHECK(report.at("features") == 6);
        CHECK(report.at("encoding_evidence") == "cpg"); // GDAL decodes by itself
    }
    const auto whole = slurp(shp);
    spit(shp, whole.substr(0, 500)); // inside the third of records of 136 bytes, after 100
    check_refusal(bench.run({"check", "--boundaries", "xa.dbf"}), 3,
                  "xa.shp is cut off inside feature 3");
    fs::remove(shp);
    check_refusal(bench.run({"check", "--boundaries", "xa.shx"}), 3, "xa.shx");
}

TEST_CASE("a map says in which system it reads boundaries that name none, or asks") {
    const Bench bench;
    const auto in_metres = [&](const std::string& province, const std::string& crs) {
        spit(bench / "tinh.geojson",
             collection({feature(R"("ma_xa":"00001","ten_tinh":")" + province + "\"",
                                 square(105.0, 10.4)),
                         feature(R"("ma_xa":"00002","ten_tinh":")" + province + "\"",
                                 square(105.1, 10.4))}));
        bench.tool({"ogr2ogr", "-overwrite", "-t_srs", crs, "-lco", "ENCODING=UTF-8", "tinh.shp",
                    "tinh.geojson"});
        fs::remove(bench / "tinh.prj");
        spit(bench / "so.csv", "ma_xa,v\n00001,1\n00002,2\n");
        return bench.run({"map", "--boundaries", "tinh.shp", "--db", "so.csv", "--value", "v",
                          "--out", "a.png", "--size", "400x300px"});
    };
    const auto known = in_metres("Tỉnh An Giang", "EPSG:9208");
    CHECK(known.code == 0);
    INFO(known.err);
    CHECK(contains(known.err, "EPSG:9208"));
    CHECK(contains(known.err, "Tỉnh An Giang"));
    const auto unknown = in_metres("Tỉnh Lạ", "EPSG:3405");
    CHECK(unknown.code == 0);
    INFO(unknown.err);
    CHECK(contains(unknown.err, "Possible: EPSG:3405, "));
    CHECK(contains(unknown.err, "--crs EPSG:n"));
}

TEST_CASE("what was read is not written over") {
    const Bench bench;
    const auto joined = six_joined(bench);
    const auto table = slurp(bench / "gia_tri.csv");
    fs::create_directory(bench / "khac");
    fs::create_symlink(bench / "gia_tri.csv", bench / "lien_ket.csv");
    for (const std::string out : {"gia_tri.csv", "khac/../gia_tri.csv", "lien_ket.csv"}) {
        INFO(out);
        const auto name = fs::path(out).filename().string();
        for (const Words& verb : {Words{"join"}, Words{"table"}, Words{"chart", "--kind", "ranked"},
                                  Words{"hotspots"}, Words{"patrol", "sectors", "--teams", "2"},
                                  Words{"near", "--to", "border", "--outline", "border=00001"}})
            check_refusal(bench.run(verb + joined + Words{"--out", out}), 2,
                          name + " is read as data");
        CHECK(slurp(bench / "gia_tri.csv") == table);
    }
    CHECK(bench.run(Words{"join"} + joined + Words{"--out", "khac/gia_tri.csv"}).code == 0);
}
