// Reports across a reform, rules on what they state, and tables of districts.
#include "app/import.hpp"
#include "app/language.hpp"
#include "files/store.hpp"
#include "files/store_catalogue.hpp"
#include "support/errors.hpp"
#include "support/temp.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <fstream>

using namespace diaban;

namespace {

// Communes of two districts until 1 July 2025 and half as many after; codes are used again for
// others, as those of the country are.
files::StoreContent two_vintages() {
    files::StoreContent content;
    const auto add = [&](const char* id, std::size_t communes, const char* before) {
        auto& vintage = content.vintages.emplace_back();
        vintage.id = id;
        for (std::size_t i = 0; i < communes; ++i) {
            vintage.units.code.push_back(fmt::format("{:05}", 30001 + i));
            vintage.units.name.push_back(
                fmt::format("Xã {} {}", before, std::string(1, static_cast<char>('A' + i)) + "n"));
            vintage.units.type.emplace_back("Xã");
            vintage.units.parent[1].push_back(i < communes / 2 ? 0 : 1);
            vintage.units.parent[2].push_back(0);
            vintage.soup.points.insert(vintage.soup.points.end(),
                                       {{105, 10}, {106, 10}, {105, 11}});
            vintage.soup.end_ring();
            vintage.soup.end_face();
        }
        vintage.units.groups[1] = {{"001", "Huyện Đông"}, {"002", "Huyện Tây"}};
        vintage.units.groups[2] = {{"89", "Tỉnh Mẫu"}};
    };
    add("2009", 20, "Mỹ");
    add("2025", 10, "Tân");
    content.vintages[0].until = content.vintages[1].from = {2025, 7, 1};
    return content;
}

struct Bench {
    test::TempFolder folder;
    base::JobContext ctx;
    std::filesystem::path store = folder / "store.sqlite";
    Bench() { files::write_store(store, two_vintages(), ctx); }

    app::ImportReport import(const std::string& text, app::ImportRequest request = {}) {
        std::ofstream(folder / "r.csv") << text;
        request.file = folder / "r.csv";
        request.store = store;
        return app::run(request, ctx);
    }
    std::string error(const std::string& text) {
        return test::thrown_key([&] { import(text); });
    }
    std::string vintage(const std::string& text) { return import(text).delivery.vintage; }
};

std::size_t found(const app::ImportReport& report, const std::string& kind) {
    return static_cast<std::size_t>(std::count_if(report.findings.begin(), report.findings.end(),
                                                  [&](const auto& f) { return f.key == kind; }));
}

const std::string kByCode = "Mã xã,Số cuộc kiểm tra\n30001,5\n30002,6\n";

} // namespace

TEST_CASE("half and day decide which boundaries a report of the reform's year is of") {
    Bench bench;
    CHECK(bench.vintage("Báo cáo 6 tháng đầu năm 2025\n" + kByCode) == "2009");
    CHECK(bench.vintage("Báo cáo 6 tháng cuối năm 2025\n" + kByCode) == "2025");
    CHECK(bench.vintage("Báo cáo năm 2025 (tính đến ngày 15/12/2025)\n" + kByCode) == "2025");
    CHECK(bench.vintage("Báo cáo năm 2024\n" + kByCode) == "2009");
    CHECK(bench.vintage("Báo cáo năm 2026\n" + kByCode) == "2025");
    CHECK(bench.vintage("Mã xã,Năm,Số cuộc kiểm tra\n30001,2026,5\n") == "2025");
}

TEST_CASE("a whole year that a reform cuts is decided by the rows, or asked") {
    Bench bench;
    CHECK(bench.error("Báo cáo năm 2025\n" + kByCode) == "error.import.vintage");
    app::ImportRequest answer;
    answer.vintage = "2025";
    CHECK(bench.import("Báo cáo năm 2025\n" + kByCode, answer).delivery.vintage == "2025");
    CHECK(bench.vintage("Báo cáo năm 2025\nMã xã,Tên xã,Số cuộc kiểm tra\n"
                        "30001,Xã Tân An,5\n30002,Xã Tân Bn,6\n") == "2025");
    CHECK(bench.vintage("Báo cáo năm 2025\nMã xã,Tên xã,Số cuộc kiểm tra\n"
                        "30001,Xã Mỹ An,5\n30002,Xã Mỹ Bn,6\n") == "2009");
    // Codes alone: all ten of the new boundaries are half of the old ones.
    std::string all = "Báo cáo năm 2025\nMã xã,Số cuộc kiểm tra\n";
    for (int i = 0; i < 10; ++i) all += fmt::format("{},{}\n", 30001 + i, i);
    CHECK(bench.vintage(all) == "2025");
    app::ImportRequest on_new;
    on_new.vintage = "2025";
    CHECK(found(bench.import("Báo cáo năm 2012\n" + kByCode, on_new), "import_other_boundaries") ==
          1);
}

TEST_CASE("codes that contradict their names are found, and many of them are a question") {
    Bench bench;
    CHECK(bench.error("Báo cáo năm 2012\nMã xã,Tên xã,Số cuộc kiểm tra\n"
                      "30001,Xã Tân An,5\n30002,Xã Tân Bn,6\n") == "error.import.codes_contradict");
    std::string rows = "Báo cáo năm 2012\nMã xã,Tên xã,Số cuộc kiểm tra\n30001,Xã Mỹ Bn,1\n";
    for (int i = 2; i < 20; ++i)
        rows += fmt::format("{},Xã Mỹ {}n,1\n", 30001 + i, static_cast<char>('A' + i));
    const auto few = bench.import(rows);
    REQUIRE(found(few, "import_code_name_differ") == 1);
    const auto language = app::Language::load("en");
    for (const auto& finding : few.findings)
        if (finding.key == "import_code_name_differ")
            CHECK(language->text(finding).find("30001 is Xã Mỹ An, but the row says Xã Mỹ Bn") !=
                  std::string::npos);
    const auto scaled = bench.import("Năm 2012\nMã xã,Tiền phạt (triệu đồng)\n30001,2\n");
    REQUIRE(found(scaled, "import_scaled") == 1);
    for (const auto& finding : scaled.findings)
        if (finding.key == "import_scaled")
            CHECK(language->text(finding).find("numbers in triệu đồng are multiplied") !=
                  std::string::npos);
    CHECK(bench.error("Giai đoạn 2011-2015\n" + kByCode) == "error.import.other_period");
    CHECK(few.changes.added == 19);
}

TEST_CASE("the validation rules are held against what a report states") {
    Bench bench;
    const auto report = bench.import("Báo cáo năm 2012\nChỉ tiêu,Đơn vị tính,Năm 2011,Năm 2012\n"
                                     "Số xã không có tệ nạn ma túy,xã,12,13\n"
                                     "Số xã có tệ nạn ma túy,xã,8,8\n"
                                     "Số xã không có tệ nạn mại dâm,xã,15,15\n"
                                     "Số xã lành mạnh không có tệ nạn,xã,10,14\n"
                                     "Tỷ lệ xã lành mạnh không có tệ nạn,%,\"50,0\",\"60,0\"\n"
                                     "Số xã lành mạnh duy trì,xã,,11\n"
                                     "Số xã lành mạnh xây dựng mới,xã,,5\n"
                                     "Số lượt cơ sở được kiểm tra,lượt,9,3\n"
                                     "Cơ sở vi phạm,cơ sở,3,9\n");
    CHECK(found(report, "v1_drug") == 1);       // 13 + 8 of 20
    CHECK(found(report, "v2_both") == 1);       // 14 of both, 13 of drugs
    CHECK(found(report, "v3_parts") == 1);      // 11 + 5 are not 14
    CHECK(found(report, "v4_maintained") == 1); // 11 of 10
    CHECK(found(report, "v5_percent") == 1);    // 14 of 20 are 70 %
    CHECK(found(report, "v6_visits") == 1);     // 3 visits, 9 establishments
    CHECK(found(report, "import_row_unit") == 0);
    // The year before may be in the store already.
    const auto next = bench.import("Chỉ tiêu,Năm 2013\nSố xã lành mạnh duy trì,18\n");
    CHECK(found(next, "v4_maintained") == 1);
}

TEST_CASE("half a year is held against the year that the store has") {
    Bench bench;
    bench.import("Báo cáo năm 2012\n" + kByCode);
    const auto report = bench.import("Báo cáo 6 tháng đầu năm 2012\nMã xã,Số cuộc kiểm tra\n"
                                     "30001,7\n30002,6\n");
    REQUIRE(found(report, "import_half_exceeds_stored") == 1);
    const auto year = bench.import("Báo cáo năm 2012\nMã xã,Số cuộc kiểm tra\n30002,3\n");
    CHECK(found(year, "import_half_exceeds_stored") == 1);
}

TEST_CASE("tables of districts or provinces give the numbers of areas") {
    Bench bench;
    const auto report =
        bench.import("Năm 2012\nHuyện,Số xã có tệ nạn ma túy,Số xã trọng điểm ma "
                     "túy,Số xã không có tệ nạn ma túy\n"
                     "Huyện Đông,5,1,4\nTây,3,0,6\nHuyện Lạ,1,1,1\nTổng cộng,9,2,11\n");
    CHECK(found(report, "import_area_unknown") == 1);
    CHECK(found(report, "import_total_wrong") == 0);
    CHECK(found(report, "v1_drug") == 1); // Tây: 9 of 10
    const auto areas = files::list_store(bench.store).areas;
    REQUIRE(areas.size() == 6);
    CHECK(std::count_if(areas.begin(), areas.end(), [](const auto& a) {
              return a.level == "district" && a.name == "Huyện Tây" && a.indicator == "ST09" &&
                     a.value == 6;
          }) == 1);
    bench.import("Năm 2012\nTỉnh,Số xã có tệ nạn ma túy,Số xã trọng điểm ma túy\nTỉnh Mẫu,8,1\n");
    CHECK(files::list_store(bench.store).areas.size() == 8);
}

TEST_CASE("the part of a total belongs to the province") {
    Bench bench;
    std::string rows = "Báo cáo năm 2012\nTên xã,Số cuộc kiểm tra\n";
    for (int i = 0; i < 20; ++i) rows += fmt::format("Xã Mỹ {}n,1\n", static_cast<char>('A' + i));
    const auto report = bench.import(rows + "Tổng cộng,20\nTrong đó: Đội 178 tỉnh,16\n");
    CHECK(found(report, "import_part_exceeds") == 0);
    const auto areas = files::list_store(bench.store).areas;
    REQUIRE(areas.size() == 1);
    CHECK(areas[0].level == "province");
    CHECK(areas[0].part == "Đội 178 tỉnh");
    CHECK(areas[0].value == 16);
}
