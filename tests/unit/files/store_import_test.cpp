#include "files/store_import.hpp"

#include "base/paths.hpp"
#include "files/report_file.hpp"
#include "files/store.hpp"
#include "files/store_catalogue.hpp"
#include "files/store_check.hpp"
#include "files/store_source.hpp"
#include "import_support.hpp"
#include "support/temp.hpp"

#include <catch2/catch.hpp>
#include <chrono>
#include <cmath>
#include <csignal>
#include <fmt/format.h>
#include <fstream>
#include <random>
#include <sqlite3.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace diaban;
using namespace diaban::files;
namespace fs = std::filesystem;

namespace {

struct Fixture {
    test::TempFolder folder;
    fs::path store = folder / "store.sqlite";
    base::JobContext ctx;
    data::UnitTable units;

    explicit Fixture(std::size_t count = 20) {
        write_store(store, test::empty_store(count), ctx);
        units = Store(store).read_units("2009");
    }

    Delivery delivery(const std::string& name, const std::string& csv) {
        std::ofstream(folder / name, std::ios::binary) << csv;
        const auto book = open_report(folder / name, "auto", ctx);
        Delivery out;
        out.file = name;
        out.digest = book.digest;
        out.program = "test";
        out.imported_at = "2025-07-01T08:00:00Z";
        out.vintage = "2009";
        const auto own = Store(store).info().indicators;
        for (const auto& sheet : book.sheets) {
            out.sheets.push_back(data::import_sheet(*sheet, data::plan_sheet(*sheet, {}, own),
                                                    units, data::find_by_code_or_name(units), own,
                                                    ctx));
            out.areas.push_back({"province", "89", "Tỉnh An Giang"});
        }
        return out;
    }
    ImportChanges merge(const std::string& name, const std::string& csv) {
        return merge_import(store, delivery(name, csv), ctx);
    }
    double value(const std::string& indicator, data::Period period, std::size_t unit) {
        const Store opened(store);
        const auto cube = opened.read_cube("2009", units, {indicator}, ctx);
        const auto p = cube.find(period);
        return p && cube.state(0, *p, unit) == data::Cell::Observed ? cube.value(0, *p, unit) : -1;
    }
    std::int64_t ask(const std::string& sql) {
        sqlite3* handle = nullptr;
        sqlite3_stmt* row = nullptr;
        REQUIRE(sqlite3_open_v2(store.c_str(), &handle, SQLITE_OPEN_READONLY, nullptr) == 0);
        REQUIRE(sqlite3_prepare_v2(handle, sql.c_str(), -1, &row, nullptr) == SQLITE_OK);
        const auto answer = sqlite3_step(row) == SQLITE_ROW ? sqlite3_column_int64(row, 0) : -1;
        sqlite3_finalize(row);
        sqlite3_close(handle);
        return answer;
    }
};

const std::string kReport = "Báo cáo năm 2010\nMã xã,Số cuộc kiểm tra,Trạng thái ma túy\n"
                            "00001,5,có\n00002,7,không\n00003,9,trọng điểm\n";
const std::string kCorrected = "Báo cáo năm 2010\nMã xã,Số cuộc kiểm tra,Trạng thái ma túy\n"
                               "00001,6,không\n00002,7,không\n00004,2,có\n";
constexpr data::Period k2010{2010, 0};

} // namespace

TEST_CASE("the same delivery twice changes nothing") {
    Fixture f;
    const auto first = f.merge("a.csv", kReport);
    CHECK(first.added == 6);
    CHECK(first.imported_before.empty());
    CHECK(f.value("IN01", k2010, 0) == 5);
    CHECK(f.value("ST01", k2010, 2) == 2);
    const auto bytes = base::read_file(f.store);
    const auto again = f.merge("a.csv", kReport);
    CHECK_FALSE(again.any());
    CHECK(again.unchanged == 6);
    CHECK(again.imported_before == "2025-07-01T08:00:00Z");
    CHECK(base::read_file(f.store) == bytes);
    CHECK(check_store(f.store, f.ctx).findings.empty());
}

TEST_CASE("a corrected delivery says what changed and keeps the old values") {
    Fixture f;
    f.merge("a.csv", kReport);
    const auto bytes = base::read_file(f.store);
    const auto expect = [](const ImportChanges& changes) {
        CHECK(changes.added == 2);     // 00004
        CHECK(changes.revised == 2);   // 00001
        CHECK(changes.flipped == 1);   // its status
        CHECK(changes.removed == 2);   // 00003
        CHECK(changes.unchanged == 2); // 00002
    };
    expect(preview_import(f.store, f.delivery("a.csv", kCorrected), f.ctx));
    CHECK(base::read_file(f.store) == bytes);
    expect(f.merge("a.csv", kCorrected));
    CHECK(f.value("IN01", k2010, 0) == 6);
    CHECK(f.value("IN01", k2010, 2) == -1);
    CHECK(f.ask("SELECT count(*) FROM observation_history") == 4);
    CHECK(f.ask("SELECT h.value FROM observation_history h JOIN indicator i ON i.id = h.indicator "
                "WHERE i.code = 'IN01' AND h.unit = 1") == 5);
    CHECK(f.ask("SELECT source_row FROM observation o JOIN indicator i ON i.id = o.indicator "
                "WHERE i.code = 'IN01' AND o.unit = 4") == 5);
    CHECK(check_store(f.store, f.ctx).findings.empty());
    const auto list = list_store(f.store);
    REQUIRE(list.imports.size() == 2);
    CHECK(list.imports[0].removed == 2);
}

TEST_CASE("what a cell held before is read with what took its place") {
    Fixture f;
    f.merge("a.csv", kReport);
    CHECK(read_replaced(f.store, {}).empty());
    f.merge("a.csv", kCorrected);
    auto third = kCorrected;
    third.replace(third.find("00001,6"), 7, "00001,8");
    f.merge("a.csv", third);
    const auto all = read_replaced(f.store, {});
    REQUIRE(all.size() == 5); // two revised, two removed, one revised again
    CHECK(all[0].code == "00001");
    CHECK(all[0].vintage == "2009");
    CHECK(all[0].indicator == "IN01");
    CHECK(all[0].period == k2010);
    CHECK(all[0].before.value == 6);
    CHECK(all[0].after.value == 8);
    CHECK(all[0].source.file == "a.csv");
    CHECK(all[0].source.row == 3);
    CHECK(all[0].replaced_by == "a.csv");
    CHECK(all[0].replaced_at == "2025-07-01T08:00:00Z");
    const auto first = read_replaced(f.store, {"00001", "IN01", {}});
    REQUIRE(first.size() == 2);
    CHECK(first[1].before.value == 5);
    CHECK(first[1].after.value == 6); // not 8: that took the place of the 6
    const auto status = read_replaced(f.store, {"00001", "ST01", k2010});
    REQUIRE(status.size() == 1);
    CHECK(status[0].before.category == "present");
    CHECK(status[0].after.category == "none");
    const auto gone = read_replaced(f.store, {"00003", "IN01", {}});
    REQUIRE(gone.size() == 1);
    CHECK(gone[0].before.value == 9);
    CHECK(std::isnan(gone[0].after.value));
    CHECK(gone[0].after.state == data::Cell::Missing);
    CHECK(read_replaced(f.store, {"", "", {2011, 0}}).empty());
}

TEST_CASE("another file revises what it speaks of and removes nothing") {
    Fixture f;
    f.merge("a.csv", kReport);
    const auto other = f.merge("b.csv", kCorrected);
    CHECK(other.removed == 0);
    CHECK(other.revised == 2);
    CHECK(f.value("IN01", k2010, 2) == 9);
    // Nor do its blanks, nor numbers that cannot be.
    const std::string blanks = "Báo cáo năm 2010\nMã xã,Số cuộc kiểm tra\n00001,\n00002,...\n"
                               "00003,-4\n00004,7\n";
    // 00001 is b.csv's by now, 00002 and 00003 are a.csv's; 00004 has a number.
    const auto preview = preview_import(f.store, f.delivery("d.csv", blanks), f.ctx);
    CHECK(preview.kept_values() == 3);
    const auto blank = f.merge("d.csv", blanks);
    CHECK(blank.removed == 0);
    REQUIRE(blank.kept.size() == 1); // of statuses the file says nothing
    CHECK(blank.kept[0].indicator == "IN01");
    CHECK(blank.kept[0].period == k2010);
    CHECK(blank.kept[0].count == 3);
    REQUIRE(blank.kept[0].first.size() == 3);
    CHECK(blank.kept[0].first[2].first == "00003");
    CHECK(f.value("IN01", k2010, 2) == 9);
    auto correcting = f.delivery("c.csv", kCorrected);
    correcting.replaces = "a.csv";
    CHECK(merge_import(f.store, correcting, f.ctx).removed == 2);
}

TEST_CASE("numbers of a province and parts of numbers are kept apart from those of communes") {
    Fixture f;
    const std::string report = "Chỉ tiêu,Năm 2010\nSố cuộc kiểm tra,279\n"
                               "Trong đó: Đội 178 tỉnh,16\n";
    CHECK(f.merge("p.csv", report).added == 2);
    CHECK_FALSE(f.merge("p.csv", report).any());
    const auto list = list_store(f.store);
    REQUIRE(list.areas.size() == 2);
    CHECK(list.areas[0].value == 279);
    CHECK(list.areas[1].part == "Đội 178 tỉnh");
    CHECK(f.ask("SELECT count(*) FROM observation") == 0);
    CHECK(f.merge("p.csv", "Chỉ tiêu,Năm 2010\nSố cuộc kiểm tra,280\n").revised == 1);
    CHECK(f.ask("SELECT value FROM area_observation_history") == 279);
    CHECK(check_store(f.store, f.ctx).findings.empty());
    // Two rows that disagree are no number: what another file said stays, and that is said.
    const auto doubtful =
        f.merge("q.csv", "Chỉ tiêu,Năm 2010\nSố cuộc kiểm tra,281\nSố cuộc kiểm tra,282\n");
    CHECK(doubtful.removed == 0);
    CHECK(doubtful.kept_values() == 1);
    CHECK(list_store(f.store).areas[0].value == 280);
}

TEST_CASE("a part is listed with what its commune, or the communes of its district, have") {
    Fixture f;
    f.merge("a.csv", "Báo cáo năm 2010\nMã xã,Người nghiện có hồ sơ quản lý,Trong đó: nữ\n"
                     "00001,40,33\n00002,60,20\n");
    const auto list = list_store(f.store);
    const auto of = [&](const std::string& code) {
        for (const auto& area : list.areas)
            if (area.level == "commune" && area.code == code && area.part == "nữ")
                return std::pair(area.value, area.counted);
        return std::pair(-1.0, -1.0);
    };
    CHECK(of("00001") == std::pair(33.0, 40.0));
    CHECK(of("00002") == std::pair(20.0, 60.0));
    auto later = f.delivery("b.csv", "Báo cáo năm 2010\nMã xã,Người nghiện có hồ sơ quản lý\n"
                                     "00003,50\n");
    REQUIRE(later.sheets.at(0).indicators.at(0).id == "DR01");
    later.sheets[0].parts.push_back(
        {0, k2010, std::nullopt, "nữ", 61, data::Cell::Observed, 4, std::nullopt});
    merge_import(f.store, later, f.ctx);
    bool listed = false;
    for (const auto& area : list_store(f.store).areas)
        if (area.level == "province" && area.part == "nữ") {
            CHECK(area.counted == 150);
            listed = true;
        }
    CHECK(listed);
}

TEST_CASE("the recognition of a status is kept beside it, and goes with it") {
    Fixture f;
    const std::string head = "Báo cáo năm 2010\nMã xã,Trạng thái ma túy,Công nhận,Số quyết "
                             "định,Ngày quyết định\n";
    const auto first = f.merge("a.csv", head + "00001,không,x,QĐ 12/QĐ-UBND,15/3/2011\n"
                                               "00002,không,chưa,,\n00003,có,,,\n");
    CHECK(first.recognitions == 2);
    CHECK(f.ask("SELECT count(*) FROM status WHERE origin = 'report'") == 2);
    CHECK(f.ask("SELECT count(*) FROM status_text WHERE recognised = 1 AND decision = "
                "'QĐ 12/QĐ-UBND' AND status = 'none' AND code = '00001'") == 1);
    CHECK(f.ask("SELECT count(*) FROM status WHERE decided_on = '2011-03-15'") == 1);
    CHECK(f.ask("SELECT count(*) FROM status_text") == 3);
    CHECK_FALSE(f.merge("a.csv", head + "00001,không,x,QĐ 12/QĐ-UBND,15/3/2011\n"
                                        "00002,không,chưa,,\n00003,có,,,\n")
                    .any());
    f.merge("a.csv", head + "00001,có,,,\n00002,không,chưa,,\n00003,có,,,\n");
    CHECK(f.ask("SELECT count(*) FROM status WHERE unit = 1") == 0);
    CHECK(check_store(f.store, f.ctx).findings.empty());
}

TEST_CASE("a large import takes the store's place in one step") {
    Fixture f(2000);
    std::string csv = "code,indicator,period,value\n";
    for (int half = 1; half <= 2; ++half)
        for (int year = 2000; year < 2008; ++year)
            for (int k = 0; k < 11; ++k)
                for (int unit = 1; unit <= 2000; ++unit)
                    csv += fmt::format("{:05},{},{}-H{},{}\n", unit,
                                       std::array{"IN01", "IN02", "IN03", "CM01", "CM02", "DR01",
                                                  "EN01", "EN02", "EN03", "OR03",
                                                  "population"}[static_cast<std::size_t>(k)],
                                       year, half, unit * 10 + k);
    const Store before(f.store);
    const auto changes = f.merge("big.csv", csv);
    CHECK(changes.added == 352'000);
    // Who had it open reads on what was there.
    CHECK(before.read_cube("2009", f.units, {}, f.ctx).indicators.empty());
    CHECK(f.value("CM02", {2003, 2}, 1233) == 12344);
    CHECK(std::distance(fs::directory_iterator(f.folder.path()), {}) == 2);
    CHECK(check_store(f.store, f.ctx).findings.empty());
}

namespace {

// Imports are killed after random times; each leaves all values of one delivery or of the other.
void kill_imports(int times) {
    Fixture f(500);
    const auto report = [&](int first) {
        std::string csv = "Mã xã,period,IN01,IN02,IN03\n";
        for (int unit = 1; unit <= 500; ++unit)
            for (int year = 2000; year < 2020; ++year)
                csv += fmt::format("{:05},{},{},{},{}\n", unit, year, first, first, first);
        return csv;
    };
    const std::array deliveries = {f.delivery("a.csv", report(1)), f.delivery("a.csv", report(2))};
    merge_import(f.store, deliveries[0], f.ctx);
    const auto began = std::chrono::steady_clock::now();
    merge_import(f.store, deliveries[1], f.ctx);
    const auto takes = std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::steady_clock::now() - began);
    std::mt19937 random(7);
    std::size_t cut_off = 0;
    for (int n = 0; n < times; ++n) {
        const auto now = static_cast<std::size_t>(f.value("IN01", {2000, 0}, 0));
        const auto child = fork();
        REQUIRE(child >= 0);
        if (child == 0) {
            base::JobContext ctx;
            try {
                merge_import(f.store, deliveries[2 - now], ctx);
            } catch (...) {
                _exit(1);
            }
            _exit(0);
        }
        std::this_thread::sleep_for(takes * (random() % 1200) / 1000);
        kill(child, SIGKILL);
        int status = 0;
        waitpid(child, &status, 0);
        cut_off += WIFSIGNALED(status);
        CAPTURE(n, now);
        CHECK(check_store(f.store, f.ctx).findings.empty());
        const auto after = f.ask("SELECT value FROM observation LIMIT 1");
        CHECK((after == 1 || after == 2));
        CHECK(f.ask("SELECT count(*) FROM observation WHERE value = " + std::to_string(after)) ==
              30'000);
        CHECK(f.ask("SELECT count(*) FROM observation") == 30'000);
    }
    CHECK(cut_off > 0);
}

} // namespace

TEST_CASE("an import that is killed leaves the store as it was or as it is to be") {
    kill_imports(10);
}

TEST_CASE("imports that are killed two hundred times", "[.slow]") {
    kill_imports(200);
}

TEST_CASE("a large import runs while another process views") {
    Fixture f(2000);
    f.merge("a.csv", "Mã xã,period,IN02\n00001,1999,1\n");
    std::string csv = "Mã xã,period,IN01,IN02,IN03\n";
    for (int unit = 1; unit <= 2000; ++unit)
        for (int year = 1950; year < 2020; ++year)
            csv += fmt::format("{:05},{},1,2,3\n", unit, year);
    const auto delivery = f.delivery("big.csv", csv);
    const auto child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        base::JobContext ctx;
        try {
            merge_import(f.store, delivery, ctx);
        } catch (...) {
            _exit(1);
        }
        _exit(0);
    }
    double longest = 0;
    int status = 0, views = 0;
    while (waitpid(child, &status, WNOHANG) == 0) {
        const auto began = std::chrono::steady_clock::now();
        CHECK(f.value("IN02", {1999, 0}, 5) <= 2);
        longest = std::max(
            longest,
            std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count());
        ++views;
    }
    CHECK(WEXITSTATUS(status) == 0);
    CHECK(views > 0);
    CHECK(longest < 1);
    CHECK(f.value("IN02", {1999, 0}, 5) == 2);
}

TEST_CASE("a store that may not be written is said to be, and nothing is left behind") {
    // Root may write anything.
    if (geteuid() == 0 && setegid(65534) + seteuid(65534) != 0) {
        WARN("skipped: root cannot become a user without rights here");
        return;
    }
    {
        Fixture f;
        const auto bytes = base::read_file(f.store);
        const auto delivery = f.delivery("a.csv", kReport);
        fs::permissions(f.store, fs::perms::owner_read);
        fs::permissions(f.folder.path(), fs::perms::owner_read | fs::perms::owner_exec);
        try {
            merge_import(f.store, delivery, f.ctx);
            FAIL();
        } catch (const base::Error& error) {
            CHECK(error.kind == base::ErrorKind::Write);
            CHECK(error.message.key == "error.file.cannot_write");
        }
        CHECK(preview_import(f.store, delivery, f.ctx).added == 6);
        fs::permissions(f.folder.path(), fs::perms::owner_all);
        CHECK(base::read_file(f.store) == bytes);
    }
    if (getuid() == 0) CHECK(seteuid(0) + setegid(0) == 0);
}

TEST_CASE("rates follow the numbers that they are made of, and keep their history") {
    Fixture f;
    // Boundaries with a rate that was computed once: 2 of 1,000 in every commune.
    const auto file = f.folder / "rates.sqlite";
    auto content = test::empty_store(20);
    data::Indicator cases{.id = "DR01", .kind = data::Kind::Count, .unit = "người"};
    data::Indicator people{.id = "population", .kind = data::Kind::Count, .unit = "người"};
    data::Indicator rate{.id = "DR01_rate", .kind = data::Kind::Ratio};
    rate.numerator = "DR01", rate.denominator = "population", rate.scale = 1000;
    data::IndicatorCube cube("2009", {cases, people, rate}, {{2010, 0}}, 20);
    for (std::size_t i = 0; i < 20; ++i) {
        cube.set(0, 0, i, 2);
        cube.set(1, 0, i, 1000);
        cube.set(2, 0, i, 2);
    }
    content.cubes.push_back(cube);
    write_store(file, content, f.ctx);
    f.store = file;
    const auto changes = f.merge(
        "a.csv", "Báo cáo năm 2010\nMã xã,Người nghiện có hồ sơ quản lý\n00001,30\n00002,2\n");
    CHECK(changes.revised == 1);
    CHECK(f.value("DR01_rate", {2010, 0}, 0) == Approx(30));
    CHECK(f.value("DR01_rate", {2010, 0}, 1) == Approx(2));
    CHECK(f.ask("SELECT count(*) FROM observation_history h JOIN indicator i ON i.id = h.indicator "
                "WHERE i.code = 'DR01_rate' AND h.value = 2") == 1);
    CHECK(check_store(file, f.ctx).findings.empty());
}

TEST_CASE("a file that was corrected since is not imported once more by accident") {
    Fixture f;
    f.merge("a.csv", kReport);
    f.merge("a.csv", kCorrected);
    const auto bytes = base::read_file(f.store);
    auto again = f.delivery("a.csv", kReport);
    try {
        merge_import(f.store, again, f.ctx);
        FAIL("no error");
    } catch (const base::Error& error) {
        CHECK(error.message.key == "error.import.older");
    }
    CHECK(base::read_file(f.store) == bytes);
    again.again = true;
    CHECK(merge_import(f.store, again, f.ctx).revised > 0);
}
