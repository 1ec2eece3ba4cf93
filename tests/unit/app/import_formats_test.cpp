// The same report in every format that offices send, imported through the same request.
#include "app/import.hpp"

#include "files/encoding.hpp"
#include "files/sheets.hpp"
#include "files/store.hpp"
#include "support/old_tables.hpp"
#include "support/temp.hpp"

#include <catch2/catch.hpp>
#include <fstream>

using namespace diaban;
namespace fs = std::filesystem;

namespace {

const std::vector<std::string> kNames{"Xã Mỹ Thạnh",      "Phường Bình Khánh", "Xã Đông Xuyên",
                                      "Thị trấn An Châu", "Xã Vĩnh Hòa Hưng",  "Xã Tân Lộc"};

struct Kept {
    test::TempFolder folder;
    fs::path store = folder / "store.sqlite";
    base::JobContext ctx;
    Kept() {
        files::StoreContent content;
        auto& vintage = content.vintages.emplace_back();
        vintage.id = "2009";
        for (std::size_t i = 0; i < kNames.size(); ++i) {
            vintage.units.code.push_back("0000" + std::to_string(i + 1));
            vintage.units.name.push_back(kNames[i]);
            vintage.units.type.emplace_back("");
            vintage.soup.end_face();
        }
        files::write_store(store, content, ctx);
    }
    app::ImportReport import(const fs::path& file, data::Period period) {
        app::ImportRequest request{.file = file, .store = store};
        request.own.period = period;
        return app::run(request, ctx);
    }
    // The values of an indicator; -1 where there is none.
    std::vector<double> values(const char* indicator, data::Period period) {
        const files::Store opened(store);
        const auto cube = opened.read_cube("2009", opened.read_units("2009"), {indicator}, ctx);
        std::vector<double> out;
        const auto slice = cube.slice(0, *cube.find(period));
        for (std::size_t i = 0; i < slice.size(); ++i)
            out.push_back(slice.has(i) ? slice.value[i] : -1);
        return out;
    }
};

// Names in an encoding, so that what has no codes is found by them.
test::TextRows rows(const std::string& encoding = "UTF-8") {
    test::TextRows out{{"TEN_XA", "IN01", "IN03"}};
    for (std::size_t i = 0; i < kNames.size(); ++i)
        out.push_back({encoding == "UTF-8" ? kNames[i] : files::encode(kNames[i], encoding),
                       std::to_string(i * 3), i == 2 ? "..." : std::to_string(i)});
    return out;
}

void check_values(Kept& f, const fs::path& file, data::Period period) {
    INFO(file.filename().string());
    const auto report = f.import(file, period);
    CHECK(report.written);
    CHECK(report.unit_rows() == kNames.size());
    CHECK(f.values("IN01", period) == std::vector<double>{0, 3, 6, 9, 12, 15});
    CHECK(f.values("IN03", period) == std::vector<double>{0, 1, -1, 3, 4, 5});
    CHECK_FALSE(f.import(file, period).written); // twice changes nothing
}

} // namespace

TEST_CASE("an Excel 97-2003 workbook is imported, titles and all") {
    Kept f;
    auto with_titles = rows();
    with_titles.insert(with_titles.begin(), {"BÁO CÁO KẾT QUẢ NĂM 2012"});
    with_titles.push_back({"Tổng cộng", "45", "13"});
    test::write_xls(f.folder / "bao_cao.xls", "Biểu 1", with_titles);
    app::ImportRequest request{.file = f.folder / "bao_cao.xls", .store = f.store};
    const auto report = app::run(request, f.ctx);
    REQUIRE(report.delivery.sheets.size() == 1);
    const auto& sheet = report.delivery.sheets[0];
    CHECK(sheet.plan.sheet == "Biểu 1");
    CHECK(sheet.plan.period == data::Period{2012, 0});
    CHECK(sheet.totals == 1);
    CHECK(sheet.wrong_totals == 0);
    CHECK(f.values("IN01", {2012, 0}) == std::vector<double>{0, 3, 6, 9, 12, 15});
}

TEST_CASE("the old formats and encodings give the same numbers as the new ones") {
    Kept f;
    int year = 2000;
    for (const std::string encoding : {"UTF-8", "TCVN3", "VNI"}) {
        INFO(encoding);
        const bool bytes = encoding != "UTF-8";
        const auto name = "so_lieu_" + encoding;
        test::write_xls(f.folder / (name + ".xls"), "Sheet1", rows(encoding), bytes);
        check_values(f, f.folder / (name + ".xls"), {++year, 0});
        test::write_dbf(f.folder / (name + ".dbf"), rows(encoding), bytes ? "" : "UTF-8");
        check_values(f, f.folder / (name + ".dbf"), {++year, 0});
    }
    files::Workbook book;
    book.sheets.push_back({"Biểu", {"Tên xã", "IN01", "IN03"}, {}});
    for (const auto& row : rows())
        if (row[0] != "TEN_XA") book.sheets[0].rows.push_back({row[0], std::stod(row[1]), row[2]});
    for (const auto* name : {"a.xlsx", "a.ods", "a.csv"}) {
        files::write_workbook(f.folder / name, book);
        check_values(f, f.folder / name, {++year, 0});
    }
}
