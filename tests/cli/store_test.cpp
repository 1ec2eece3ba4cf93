// The store from the command line: made, filled, listed, checked, exported; and refused politely.
#include "cli/program.hpp"
#include "support/small_disk.hpp"

#include <sqlite3.h>
#include <unistd.h>

using namespace diaban::test;

namespace {

fs::path six_store(const Bench& bench) {
    const auto report = bench.json({"store", "init", "kho.sqlite", "--boundaries",
                                    six_communes(bench).string(), "--vintage", "2009"});
    CHECK(report.at("units") == 6);
    return bench / "kho.sqlite";
}

fs::path six_report(const Bench& bench) {
    spit(bench / "bao_cao.csv", "UBND HUYỆN ĐÔNG\nBáo cáo năm 2011 (tính đến ngày 10/12/2011)\n"
                                "STT;Mã xã;Tên xã;Số cuộc kiểm tra;Số điện thoại\n"
                                "1;00001;Xã Tân 1;3;0912345678\n2;00002;Xã Tân 2;-;0912345679\n"
                                "3;00003;Xã Tân 3;...;0912345670\n4;00004;Xã Tân 4;5;0912345671\n"
                                "5;00005;Xã Tân 5;1;0912345672\n;Tổng cộng;;9;\n");
    return bench / "bao_cao.csv";
}

void execute(const fs::path& file, const char* sql) {
    sqlite3* handle = nullptr;
    REQUIRE(sqlite3_open(file.c_str(), &handle) == SQLITE_OK);
    CHECK(sqlite3_exec(handle, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(handle);
}

} // namespace

TEST_CASE("a store is made, filled, listed, checked, mapped and exported") {
    const Bench bench;
    const auto store = six_store(bench).string();
    const auto report = six_report(bench).string();
    const auto bytes = slurp(store);
    const auto preview = bench.json({"store", "import", report, "--into", store, "--dry-run"});
    CHECK(slurp(store) == bytes);
    CHECK(preview.at("written") == false);
    CHECK(preview.at("changes").at("added") == 3 + 1); // "-" is a zero, "..." is missing
    const auto& sheet = preview.at("sheets").at(0);
    CHECK(sheet.at("period") == "2011");
    CHECK(sheet.at("as_of") == "2011-12-10");
    CHECK(sheet.at("agency") == "UBND HUYỆN ĐÔNG");
    CHECK(sheet.at("header_row") == 3);
    CHECK(sheet.at("unmatched_rows").empty());
    CHECK(sheet.at("missing_units") == Json::array({"00006"}));
    CHECK(has_kind(preview, "import_total_wrong") == false);
    CHECK(has_kind(preview, "refused_personal_column"));

    const auto import = bench.json({"store", "import", report, "--into", store, "--out", "f.csv"});
    CHECK(import.at("written") == true);
    CHECK(contains(slurp(bench / "f.csv"), "import_unit_missing"));
    CHECK(slurp(store).find("0912345678") == std::string::npos);
    const auto again = bench.json({"store", "import", report, "--into", store});
    CHECK(again.at("written") == false);
    CHECK(again.at("changes").at("unchanged") == 4);

    const auto list = bench.json({"store", "list", store});
    CHECK(list.at("schema_version") == 5);
    CHECK(list.at("imports").size() == 1);
    CHECK(list.at("indicators").at(0).at("code") == "IN01");
    CHECK(list.at("indicators").at(0).at("observations") == 4);
    CHECK(bench.json({"store", "check", store}).at("clean") == true);
    const auto classes = bench.json({"classes", "--store", store, "--indicator", "IN01", "--method",
                                     "unique", "--year", "2011"});
    CHECK(classes.at("no_data") == 2);
    const auto out = bench.json({"store", "export", store, "--out", "so_lieu.csv"});
    CHECK(out.at("rows") == 4);
    CHECK(contains(slurp(bench / "so_lieu.csv"), ",IN01,2011,5,observed"));
    for (const auto* name : {"so_lieu.xlsx", "so_lieu.ods"}) {
        CHECK(bench.json({"store", "export", store, "--out", name}).at("rows") == 4);
        CHECK(slurp(bench / name).starts_with("PK"));
        // What we write we can read again: codes are text, values are numbers.
        const auto joined = bench.json({"join", "--boundaries", (bench / "xa.shp").string(), "--db",
                                        name, "--key", "code", "--value", "value"});
        CHECK(joined.at("matched") == 4);
    }
    bench.json({"store", "export", store, "--out", "so_lieu.html"});
    CHECK(contains(slurp(bench / "so_lieu.html"), "<td>00004</td>"));
    check_refusal(bench.run({"store", "export", store, "--out", "so_lieu.doc"}), 2, "so_lieu.doc");
}

TEST_CASE("units of a store without a shape are findings, stand in tables, and are no zeros") {
    const Bench bench;
    auto features = six_features();
    auto& first = features.front();
    const auto geometry = first.find("\"geometry\":");
    REQUIRE(geometry != first.npos);
    first = first.substr(0, geometry) + "\"geometry\":null}";
    spit(bench / "thieu.geojson", collection(features));
    bench.json({"store", "init", "k.sqlite", "--boundaries", "thieu.geojson", "--vintage", "2009"});
    const auto report = six_report(bench).string();
    bench.json({"store", "import", report, "--into", "k.sqlite"});
    const auto check = bench.json({"check", "--store", "k.sqlite", "--lang", "en"});
    REQUIRE(has_kind(check, "unit_no_shape"));
    std::size_t named = 0;
    for (const auto& finding : check.at("findings"))
        if (finding.at("kind") == "unit_no_shape") {
            ++named;
            CHECK(finding.at("unit") == "00001");
            CHECK(contains(finding.at("text"), "Xã Tân 1 (00001)"));
        }
    CHECK(named == 1);
    const auto map =
        bench.json({"map", "--store", "k.sqlite", "--indicator", "IN01", "--out", "b.svg"});
    CHECK(has_kind(map, "unit_no_shape"));
    CHECK(map.at("not_drawn") == 1);
    bench.json({"table", "--store", "k.sqlite", "--out", "bang.csv"});
    CHECK(contains(slurp(bench / "bang.csv"), "00001,Xã Tân 1"));
}

TEST_CASE("people read the report of an import in their language") {
    const Bench bench;
    const auto store = six_store(bench).string();
    const auto report = six_report(bench).string();
    const auto vi =
        bench.run({"store", "import", report, "--into", store, "--lang", "vi", "--dry-run"});
    CHECK(vi.code == 0);
    CHECK(contains(vi.out, "Xem trước"));
    CHECK(contains(vi.out, "Số cuộc kiểm tra → giá trị IN01"));
    const auto en = bench.run({"store", "import", report, "--into", store});
    CHECK(contains(en.out, "Imported into the store."));
    for (const auto& text : {vi.out, en.out}) {
        INFO(text);
        CHECK_FALSE(contains(text, "finding."));
        CHECK_FALSE(contains(text, "report."));
        CHECK_FALSE(contains(text, "{"));
    }
}

TEST_CASE("stores that cannot be used are refused with the reason") {
    const Bench bench;
    const auto store = six_store(bench);
    const auto report = six_report(bench).string();
    check_refusal(bench.run({"store", "check", "nothing.sqlite"}), 3, "nothing.sqlite");
    execute(bench / "foreign.sqlite", "CREATE TABLE a (b);");
    for (const auto* verb : {"check", "list"})
        check_refusal(bench.run({"store", verb, "foreign.sqlite"}), 5, "foreign.sqlite");
    check_refusal(bench.run({"store", "import", report, "--into", "foreign.sqlite"}), 5,
                  "foreign.sqlite");
    fs::copy(store, bench / "newer.sqlite");
    execute(bench / "newer.sqlite", "PRAGMA user_version = 99");
    check_refusal(bench.run({"store", "import", report, "--into", "newer.sqlite"}), 5,
                  "newer.sqlite");
    check_refusal(bench.run({"store", "init", store.string(), "--boundaries", "xa.shp"}), 2,
                  "kho.sqlite");
    check_refusal(
        bench.run({"store", "import", report, "--into", store.string(), "--profile", "nobody"}), 4,
        "nobody");
    check_refusal(bench.run({"store", "impor", report}), 2, "impor");
    check_refusal(bench.run({"store", "import", report, "--into", store.string(), "--dry"}), 2,
                  "--dry");
    CHECK(contains(bench.run({"store"}).out, "import a report"));
    CHECK(contains(bench.run({"store", "import", "--help"}).out, "diaban store import"));
}

TEST_CASE("a damaged store is found by the check, with its own exit code") {
    const Bench bench;
    const auto store = six_store(bench);
    execute(store, "INSERT INTO observation VALUES (7, 2011, 0, 1, 1, 0, NULL, NULL)");
    const auto outcome = bench.run({"store", "check", store.string()});
    CHECK(outcome.code == 4);
    CHECK(contains(outcome.out, "References to rows that do not exist"));
}

TEST_CASE("a full disk leaves the store as it was") {
    const Bench bench;
    const auto small = bench / "nho";
    const SmallDisk disk(small, "8m");
    if (!disk) return;
    fs::copy(six_store(bench), small / "kho.sqlite");
    const auto bytes = slurp(small / "kho.sqlite");
    spit(small / "fill", std::string(8 << 20, 'x'));
    const auto outcome =
        bench.run({"store", "import", six_report(bench).string(), "--into", "nho/kho.sqlite"});
    check_refusal(outcome, 6, "kho.sqlite");
    CHECK(slurp(small / "kho.sqlite") == bytes);
    fs::remove(small / "fill");
    CHECK(bench.json({"store", "check", "nho/kho.sqlite"}).at("clean") == true);
}

TEST_CASE("a read-only share can be read and says why it cannot be written") {
    if (geteuid() != 0) {
        WARN("skipped: only root can run the program as a user without rights");
        return;
    }
    const Bench bench;
    const auto store = six_store(bench);
    const auto report = six_report(bench);
    fs::permissions(bench.folder.path(),
                    fs::perms::owner_all | fs::perms::others_read | fs::perms::others_exec);
    for (const auto& file : {store, report})
        fs::permissions(file, fs::perms::owner_all | fs::perms::others_read);
    RunOptions nobody;
    nobody.user = 65534;
    const auto bytes = slurp(store);
    CHECK(bench.run({"store", "list", store.string()}, nobody).code == 0);
    CHECK(bench
              .run({"store", "import", report.string(), "--into", store.string(), "--dry-run"},
                   nobody)
              .code == 0);
    check_refusal(bench.run({"store", "import", report.string(), "--into", store.string()}, nobody),
                  6, "kho.sqlite");
    // What is internal has to be noted in the store, or does not leave it.
    const auto internal = bench.run(
        {"store", "export", store.string(), "--out", "never.csv", "--classification", "internal"},
        nobody);
    check_refusal(internal, 6, "kho.sqlite");
    CHECK(contains(internal.err, "log of the store"));
    CHECK_FALSE(fs::exists(bench / "never.csv"));
    CHECK(slurp(store) == bytes);
}
