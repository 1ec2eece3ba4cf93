// What words around the numbers of a report make of them: units of measure, periods, names beside
// codes, totals. Every case gave a wrong number once, or could.
#include "import_sheets.hpp"
#include "support/errors.hpp"

#include <catch2/catch.hpp>

using namespace diaban;
using namespace diaban::data;
using namespace diaban::test;

namespace {

const Period kYear{2012, 0};

std::string error_of(const std::vector<std::string>& rows, const ImportProfile& profile = {}) {
    return test::thrown_key([&] { imported(sheet_of(rows), profile); });
}

double part(const SheetImport& import, const std::string& code, const std::string& name) {
    for (const auto& p : import.parts)
        if (import.indicators[p.indicator].id == code && p.part == name) return p.value;
    return -1;
}

} // namespace

TEST_CASE("measures are read as reports write them") {
    const auto of = [](std::string_view text) {
        const auto m = parse_measure(text);
        return m ? std::pair(m->scale, m->base) : std::pair(0.0, std::string());
    };
    CHECK(of("nghìn người") == std::pair(1e3, std::string("nguoi")));
    CHECK(of("ngàn đồng") == std::pair(1e3, std::string("dong")));
    CHECK(of("1.000 đồng") == std::pair(1e3, std::string("dong")));
    CHECK(of("1000đ") == std::pair(1e3, std::string("dong")));
    CHECK(of("Triệu đồng") == std::pair(1e6, std::string("dong")));
    CHECK(of("tr.đ") == std::pair(1e6, std::string("dong")));
    CHECK(of("tỷ đồng") == std::pair(1e9, std::string("dong")));
    CHECK(of("nghìn tỷ đồng") == std::pair(1e12, std::string("dong")));
    CHECK(of("ha") == std::pair(1e4, std::string("m2")));
    CHECK(of("m²") == std::pair(1.0, std::string("m2")));
    CHECK(of("%") == std::pair(1.0, std::string("%")));
    CHECK(of("cuộc") == std::pair(1.0, std::string("cuoc")));
    CHECK(of("nữ").second.empty());
    CHECK(of("karaoke").second.empty());
    CHECK(of("2013").second.empty());
    std::string rest;
    CHECK(take_measure("Tiền phạt (triệu đồng) năm 2013", &rest)->scale == 1e6);
    CHECK(rest == "Tiền phạt năm 2013");
    CHECK(take_measure("Dân số, nghìn người", &rest)->scale == 1e3);
    CHECK(rest == "Dân số");
    CHECK_FALSE(take_measure("Xã, phường, thị trấn", &rest));
    CHECK(rest == "Xã, phường, thị trấn");
    CHECK(take_measure("(Đơn vị tính: triệu đồng)")->scale == 1e6);
    CHECK(take_measure("ĐVT: 1.000 đồng")->scale == 1e3);
    CHECK(take_measure("Tỷ lệ hộ nghèo")->base == "%");
    CHECK(factor_to("đồng", *parse_measure("triệu đồng")) == 1e6);
    CHECK(factor_to("triệu đồng", *parse_measure("tỷ đồng")) == 1e3);
    CHECK(factor_to("triệu đồng", *parse_measure("đồng")) == 1e-6);
    CHECK_FALSE(factor_to("người", *parse_measure("triệu đồng")));
    CHECK_FALSE(factor_to("lượt", *parse_measure("cơ sở")));
    CHECK(scaled(0.57, 1000) == 570);
    CHECK(scaled(994660000, 1e-6) == 994.66);
}

TEST_CASE("numbers in thousands and millions become numbers of the indicator's unit") {
    const auto import = imported(sheet_of({
        "Báo cáo năm 2012",
        "Mã xã|Dân số (nghìn người)|Tiền phạt (triệu đồng)|Kinh phí (đồng)|Số cuộc kiểm tra (cuộc)",
        "00001|0.5|226|994660000|3",
        "00004|12.345|0|1000000|4",
    }));
    CHECK(value(import, "population", kYear, 0) == 500);
    CHECK(value(import, "population", kYear, 1) == 12345);
    CHECK(value(import, "IN05", kYear, 0) == 226e6);
    CHECK(value(import, "OR07", kYear, 0) == 994.66);
    CHECK(value(import, "IN01", kYear, 0) == 3);
    CHECK(found(import, "import_scaled") == 3);
    CHECK(import.plan.columns[2].factor == 1e6);
    const auto with_year = imported(sheet_of({
        "Mã xã|Tiền phạt (triệu đồng) năm 2012",
        "00001|2",
    }));
    CHECK(value(with_year, "IN05", kYear, 0) == 2e6);
}

TEST_CASE("a measure in the title and in a second row of the header counts as well") {
    const auto title = imported(sheet_of({
        "Báo cáo năm 2012|",
        "|(ĐVT: triệu đồng)",
        "Mã xã|Tiền phạt|Số cuộc kiểm tra",
        "00001|2|3",
    }));
    CHECK(value(title, "IN05", kYear, 0) == 2e6);
    CHECK(value(title, "IN01", kYear, 0) == 3); // no amount of money
    const auto header = imported(sheet_of({
        "Năm 2012||",
        "Mã xã|Tiền phạt|Dân số",
        "|Triệu đồng|Nghìn người",
        "00001|2|3",
    }));
    CHECK(value(header, "IN05", kYear, 0) == 2e6);
    CHECK(value(header, "population", kYear, 0) == 3000);
}

TEST_CASE("a column of measures scales its rows, and the measure of something else is a question") {
    const std::vector<std::string> rows = {
        "Báo cáo năm 2012",           "STT|Chỉ tiêu|Đơn vị tính|Năm 2012",
        "1|Tiền phạt|triệu đồng|226", "2|Kinh phí|triệu đồng|12.5",
        "3|Số cuộc kiểm tra|cuộc|7",  "4|Cơ sở vi phạm|lượt|9",
    };
    const auto import = imported(sheet_of(rows));
    CHECK(part(import, "IN05", "") == 226e6);
    CHECK(part(import, "OR07", "") == 12.5);
    CHECK(part(import, "IN01", "") == 7);
    CHECK(part(import, "IN03", "") == -1);
    CHECK(found(import, "import_row_unit") == 1);
    CHECK(found(import, "import_row_scaled") == 1);
    ImportProfile answer; // they are establishments after all
    answer.columns["Cơ sở vi phạm"] = "IN03*1";
    CHECK(part(imported(sheet_of(rows), answer), "IN03", "") == 9);

    const std::vector<std::string> wide = {
        "Năm 2012|", "Mã xã|Tỷ lệ người nghiện (%)|Dân số (đồng)", "00001|2|3"};
    const auto open = imported(sheet_of({wide[0], wide[1] + "|Số cuộc kiểm tra", wide[2] + "|4"}));
    CHECK(value(open, "DR01", kYear, 0) == -2);
    CHECK(value(open, "population", kYear, 0) == -2);
    CHECK(found(open, "import_unit_incompatible") == 2);
    ImportProfile as_it_is;
    as_it_is.columns["Dân số (đồng)"] = "population*1000";
    CHECK(value(imported(sheet_of(wide), as_it_is), "population", kYear, 0) == 3000);
}

TEST_CASE("no part of a year but a half is taken for one, and no span for a year") {
    for (const auto* words :
         {"9 tháng đầu năm 2013", "Báo cáo 9 tháng năm 2013", "QUÝ I NĂM 2013", "Quý 3/2013",
          "Báo cáo tháng 6 năm 2013", "T6/2013", "Q1/2013", "9T 2013", "Ba tháng đầu năm 2013",
          "Giai đoạn 2011-2015", "Từ năm 2011 đến năm 2013"}) {
        CAPTURE(words);
        const auto read = read_period(words);
        CHECK_FALSE(read.period);
        CHECK_FALSE(read.other.empty());
        CHECK(error_of({words, "Mã xã|Số cuộc kiểm tra", "00001|5"}) ==
              "error.import.other_period");
    }
    CHECK(find_period("6T 2021") == Period{2021, 1});
    CHECK(find_period("06 tháng cuối năm 2021") == Period{2021, 2});
    CHECK(find_period("12 tháng năm 2021") == Period{2021, 0});
    CHECK(find_period("Năm 2012 (tính đến tháng 12/2012)") == Period{2012, 0});
    CHECK(find_period("31/12/2010") == Period{2010, 0});
    CHECK_FALSE(find_period("Nghị định 178/2004/NĐ-CP"));
    CHECK(read_title_period("Kết quả năm 2013 và phương hướng, nhiệm vụ năm 2014").period ==
          Period{2013, 0});
    ImportProfile answer;
    answer.period = Period{2013, 0};
    CHECK(value(imported(sheet_of({"9 tháng đầu năm 2013", "Mã xã|IN01", "00001|5"}), answer),
                "IN01", {2013, 0}, 0) == 5);
}

TEST_CASE("a date line or a document's number is no period of the report") {
    const auto import = imported(sheet_of({
        "An Giang, ngày 15 tháng 01 năm 2013|",
        "(Kèm theo Báo cáo số 12/BC-UBND ngày 05/01/2013)|",
        "Báo cáo năm 2012|",
        "Mã xã|IN01",
        "00001|5",
    }));
    CHECK(value(import, "IN01", kYear, 0) == 5);
    const auto early = imported(
        sheet_of({"Báo cáo năm 2012 (tính đến ngày 30/9/2012)|", "Mã xã|IN01", "00001|5"}));
    CHECK(found(early, "import_early_day") == 1);
    CHECK(error_of({"Số liệu tính đến ngày 30/9/2012", "Mã xã|IN01", "00001|5"}) ==
          "error.import.no_period");
    CHECK(found(imported(sheet_of({"code|indicator|period|value", "00001|IN01|2013-06-30|5",
                                   "00001|IN01|Quý I/2013|5", "00001|IN01|2013-12-31|5"})),
                "import_bad_period") == 2);
}

TEST_CASE("a column of nine months is left out, also if somebody maps it to an indicator") {
    const std::vector<std::string> rows = {
        "Năm 2013|", "Mã xã|Người nghiện|Người nghiện 9 tháng 2013|Người nghiện · quý I/2013",
        "00001|1|2|3"};
    const auto import = imported(sheet_of(rows));
    CHECK(value(import, "DR01", {2013, 0}, 0) == 1);
    CHECK(found(import, "import_column_period") == 2);
    ImportProfile map;
    map.columns["Người nghiện 9 tháng 2013"] = "DR01";
    CHECK(value(imported(sheet_of(rows), map), "DR01", {2013, 0}, 0) == 1);
    map.columns["Người nghiện 9 tháng 2013"] = "DR01@2012";
    CHECK(value(imported(sheet_of(rows), map), "DR01", {2012, 0}, 0) == 2);
}

TEST_CASE("a header that goes on to qualify its indicator is another number") {
    const auto import = imported(sheet_of({"Năm 2012||", "Mã xã|Người nghiện||Số cuộc kiểm tra",
                                           "|Kế hoạch|Thực hiện|", "00001|9|7|3"}));
    CHECK(value(import, "DR01", kYear, 0) == 7);
    CHECK(found(import, "import_column_unknown") == 1);
}

TEST_CASE("a bare year as header takes the indicator of the title") {
    const auto import = imported(sheet_of({
        "Biểu 1. Số người nghiện có hồ sơ quản lý giai đoạn 2011-2013||||",
        "TT|Mã xã|2011|2012|2013",
        "1|00001|1|2|3",
        "2|00004|4|5|6",
    }));
    CHECK(value(import, "DR01", {2011, 0}, 0) == 1);
    CHECK(value(import, "DR01", {2013, 0}, 1) == 6);
    CHECK(import.plan.agency.empty());
    ImportProfile map;
    map.columns = {{"2011", "DR01"}, {"2012", "DR01"}};
    const auto mapped = imported(sheet_of({"Số liệu", "Mã xã|2011|2012", "00001|1|2"}), map);
    CHECK(value(mapped, "DR01", {2011, 0}, 0) == 1);
    CHECK(value(mapped, "DR01", {2012, 0}, 0) == 2);
    CHECK(value(imported(sheet_of({"Mã xã|DR01 6T 2021", "00001|8"})), "DR01", {2021, 1}, 0) == 8);
}

TEST_CASE("who reports is the office below the committee, never a sentence") {
    const auto import =
        imported(sheet_of({"UBND TỈNH MẪU|", "CHI CỤC PHÒNG CHỐNG TỆ NẠN XÃ HỘI|", "|",
                           "BÁO CÁO NĂM 2012 CỦA CÁC XÃ|", "Mã xã|IN01", "00001|5"}));
    CHECK(import.plan.agency == "CHI CỤC PHÒNG CHỐNG TỆ NẠN XÃ HỘI");
}

TEST_CASE("a code beside another unit's name keeps its unit and is found") {
    const auto import =
        imported(sheet_of({"Năm 2012||", "Mã xã|Tên xã|IN01", "00001|Thị trấn An Châu|1",
                           "00004|P. Mỹ Long|2", "00007|An Chau|3", "00010|Xã Hoà Bình|4"}));
    CHECK(value(import, "IN01", kYear, 0) == 1);
    CHECK(found(import, "import_code_name_differ") == 1);
    CHECK(import.coded_rows == 4);
    CHECK(import.misnamed_rows == 1);
    auto units = four_units();
    const std::vector<Alias> called = {{"Thị trấn An Châu", "", "", "00001"}};
    base::JobContext ctx;
    const auto sheet = sheet_of({"Năm 2012||", "Mã xã|Tên xã|IN01", "00001|Xã Cũ Xưa|1"});
    const auto find = find_by_code_or_name(units, {}, {}, {{"Cũ Xưa", "", "", "00001"}});
    CHECK(import_sheet(sheet, plan_sheet(sheet, {}), units, find, {}, ctx).misnamed_rows == 0);
}

TEST_CASE("parts below a total belong to its area, not to the commune before it") {
    const auto import = imported(
        sheet_of({"Năm 2012|", "Tên xã|Số cuộc kiểm tra", "Huyện A|", "Xã Tân Thạnh|1",
                  "Phường Mỹ Long|2", "Cộng huyện A|3", "Trong đó: Đội 178 huyện|2", "Huyện B|",
                  "Thị trấn An Châu|3", "Xã Hòa Bình|4", "Tổng cộng|10", "Trong đó: Đội 178 tỉnh|6",
                  "Trong đó: công an|11", "Người lập biểu|Giám đốc", "Nguyễn Văn A|"}));
    CHECK(import.wrong_totals == 0);
    CHECK(import.unmatched.empty()); // who signed is no commune
    REQUIRE(import.parts.size() == 3);
    CHECK_FALSE(import.parts[0].unit);
    REQUIRE(import.parts[0].area);
    CHECK(import.areas[*import.parts[0].area].name == "Huyện A");
    REQUIRE(import.parts[1].area);
    CHECK(import.areas[*import.parts[1].area] == SheetArea{Level::Province, "89", "An Giang"});
    CHECK(import.parts[1].value == 6);
    CHECK(found(import, "import_part_exceeds") == 1); // 11 of 10
}

TEST_CASE("dashes below \"Trong đó\" are parts of their commune, unless they name communes") {
    const auto import = imported(
        sheet_of({"Năm 2012|", "Tên xã|Số cuộc kiểm tra", "Xã Tân Thạnh|5", "Trong đó:|",
                  "- Đội 178 huyện|3", "- Đội liên ngành|2", "Phường Mỹ Long|2",
                  "Trong đó: Đội 178 huyện|1", "+ Đội liên ngành|1", "Huyện B|7", "Trong đó:|",
                  "- Thị trấn An Châu|3", "- Xã Hòa Bình|4", "Tổng cộng|14"}));
    CHECK(import.unmatched.empty());
    REQUIRE(import.parts.size() == 4);
    CHECK(import.parts[0].part == "Đội 178 huyện");
    CHECK(*import.parts[0].unit == 0);
    CHECK(import.parts[0].value == 3);
    CHECK(import.parts[1].part == "Đội liên ngành");
    CHECK(*import.parts[1].unit == 0);
    CHECK(import.parts[3].part == "Đội liên ngành");
    CHECK(*import.parts[3].unit == 1);
    CHECK(value(import, "IN01", {2012, 0}, 3) == 4);
    CHECK(value(import, "IN01", {2012, 0}, 2) == 3);
    CHECK(import.wrong_totals == 0);
}

TEST_CASE("the total of a whole province is known by all its usual words") {
    const auto import = imported(sheet_of(
        {"Năm 2012|", "Tên xã|Số cuộc kiểm tra", "Xã Tân Thạnh|1", "Phường Mỹ Long|2",
         "Thị trấn An Châu|3", "Xã Hòa Bình|4", "CỘNG TOÀN TỈNH|10", "Trong đó: Đội 178 tỉnh|6"}));
    CHECK(import.wrong_totals == 0);
    CHECK(import.totals == 1);
    CHECK(import.unmatched.empty());
    REQUIRE(import.parts.size() == 1);
    REQUIRE(import.parts[0].area);
    CHECK(import.areas[*import.parts[0].area] == SheetArea{Level::Province, "89", "An Giang"});
}

TEST_CASE("who made and signed a report is neither a unit nor told") {
    // "Hòa Bình" is a commune, and also how a signature may begin; "Tân Thạnh" is near a name.
    const auto import = imported(sheet_of(
        {"Năm 2012||", "Tên xã|Số cuộc kiểm tra|Người nghiện", "Xã Tân Thạnh|1|2",
         "Phường Mỹ Long|2|3", "Tổng cộng|3|5", "Trong đó: Đội 178 tỉnh|1|1",
         "|An Giang, ngày 5 tháng 1 năm 2013|", "Người lập biểu||THỦ TRƯỞNG ĐƠN VỊ",
         "|(Đã ký)|(Ký, ghi rõ họ tên)", "Lê Tân Thạnh||Hòa Bình", "Xã Hòa Bình||Trần Văn B"}));
    CHECK(import.unmatched.empty());
    CHECK(import.unit_rows == 2);
    CHECK(import.wrong_totals == 0);
    CHECK(import.parts.size() == 2);
    for (const auto& finding : import.findings) {
        CAPTURE(finding.key);
        CHECK(finding.key == "import_unit_missing"); // the two communes without a row
    }
    SECTION("a name alone after the total") {
        const auto alone =
            imported(sheet_of({"Năm 2012|", "Tên xã|Số cuộc kiểm tra", "Xã Tân Thạnh|1",
                               "Tổng cộng|1", "Trần Tân Thạnh|", "|Nguyễn Văn A"}));
        CHECK(alone.unmatched.empty());
        CHECK(alone.rows == 2);
        CHECK(found(alone, "import_row_unnamed") == 0);
        CHECK(found(alone, "import_bad_value") == 0);
    }
    SECTION("what is read below such a line is read, and a commune without numbers is one") {
        const auto two =
            imported(sheet_of({"Năm 2012|", "Tên xã|Số cuộc kiểm tra", "Xã Tân Thạnh|1",
                               "Người lập biểu|", "Phường Mỹ Long|2", "Thị trấn An Châu|"}));
        CHECK(two.unit_rows == 3);
        CHECK(value(two, "IN01", kYear, 1) == 2);
    }
    SECTION("days of decisions are no end of the table") {
        const auto dated = imported(sheet_of({"Năm 2012||", "Mã xã|ST02|Ngày quyết định",
                                              "00001|không|ngày 5 tháng 1 năm 2012", "00007|có|",
                                              "00004||ngày 6 tháng 1 năm 2012"}));
        CHECK(dated.unit_rows == 3);
    }
}

TEST_CASE("a row that stands twice counts once in the totals too") {
    const auto import = imported(
        sheet_of({"Năm 2012|", "Mã xã|IN01", "00001|1", "00004|2", "00001|1", "Tổng cộng|3"}));
    CHECK(found(import, "import_duplicate_row") == 1);
    CHECK(import.wrong_totals == 0);
    const auto wrong = imported(
        sheet_of({"Năm 2012|", "Mã xã|IN01", "00001|1", "00004|2", "00001|1", "Tổng cộng|4"}));
    CHECK(wrong.wrong_totals == 1);
}

TEST_CASE("counts that cannot be are left out and found") {
    const auto import =
        imported(sheet_of({"Năm 2012|", "Mã xã|Người nghiện|Kinh phí", "00001|-3|2.5",
                           "00004|2.5|1", "00007|100%|1", "00010|1e3|1"},
                          false));
    CHECK(found(import, "import_impossible_value") == 4);
    for (std::size_t unit = 0; unit < 4; ++unit) CHECK(value(import, "DR01", kYear, unit) == -1);
    CHECK(value(import, "OR07", kYear, 0) == 2.5);
}

TEST_CASE("blanks may group digits, and statuses may be shortened") {
    const auto import =
        imported(sheet_of({"Năm 2012|", "Mã xã|Dân số|ST01|ST02", "00001|12 345|LM|Đạt",
                           "00004|1 234 567|TĐ|TN", "00007|12 34|lm|TĐ"}));
    CHECK(value(import, "population", kYear, 0) == 12345);
    CHECK(value(import, "population", kYear, 1) == 1234567);
    CHECK(value(import, "population", kYear, 2) == -1);
    CHECK(value(import, "ST01", kYear, 0) == 0);
    CHECK(value(import, "ST01", kYear, 1) == 2);
    CHECK(value(import, "ST02", kYear, 0) == 0);
    CHECK(value(import, "ST02", kYear, 1) == 1);
}

TEST_CASE("blanks group digits of the columns that are written so, and of no others") {
    const auto import = imported(sheet_of({"Năm 2012|", "Mã xã|Dân số|Người nghiện|IN01",
                                           "00001|12\xC2\xA0"
                                           "345|1.234|1.250",
                                           "00004|6 789|12 345|7", "00007|5,0|3|1.100.200"}));
    CHECK(value(import, "population", kYear, 0) == 12345);
    CHECK(value(import, "population", kYear, 1) == 6789);
    CHECK(value(import, "population", kYear, 2) == 5);
    // A column that is written in two ways is read in one, and the other cell is said.
    CHECK(value(import, "DR01", kYear, 0) == 1234);
    CHECK(value(import, "DR01", kYear, 1) == -1);
    CHECK(found(import, "import_bad_value") == 1);
    CHECK(value(import, "IN01", kYear, 2) == 1100200);
}

TEST_CASE("the one number of a long column that shows its style decides") {
    UnitTable units;
    GridSheet sheet("Sheet1", false);
    sheet.add(1, 0, "Năm 2012");
    sheet.add(2, 0, "Mã xã");
    sheet.add(2, 1, "Dân số");
    constexpr std::uint32_t kUnits = 2500;
    for (std::uint32_t i = 0; i < kUnits; ++i) {
        units.code.push_back(std::to_string(10000 + i));
        units.name.push_back("Xã " + std::to_string(i));
        units.type.emplace_back("Xã");
        sheet.add(i + 3, 0, units.code.back());
        sheet.add(i + 3, 1, i + 1 < kUnits ? "900" : "12 345");
    }
    CHECK(value(imported(sheet, {}, units), "population", kYear, kUnits - 1) == 12345);
}

TEST_CASE("a profile says what words of statuses mean") {
    ImportProfile profile;
    profile.words = {{"Vàng", "present"}, {"đỏ", "hot1"}, {"LM", "unknown"}, {"Xanh", "none"}};
    const auto import =
        imported(sheet_of({"Năm 2012|", "Mã xã|ST01|Số cuộc kiểm tra", "00001|vàng|1", "00004|ĐỎ|2",
                           "00007|LM|3", "00010|xanh|4"}),
                 profile);
    CHECK(value(import, "ST01", kYear, 0) == 1);
    const auto status = std::find_if(import.indicators.begin(), import.indicators.end(),
                                     [](const auto& i) { return i.id == "ST01"; });
    REQUIRE(status != import.indicators.end());
    const auto red = value(import, "ST01", kYear, 1);
    REQUIRE(red > 0);
    CHECK(status->categories.at(static_cast<std::size_t>(red)) == "hot1");
    CHECK(value(import, "ST01", kYear, 2) == -1); // the profile comes before the usual meaning
    CHECK(value(import, "ST01", kYear, 3) == 0);
    CHECK(found(import, "import_bad_value") == 0);
    CHECK(found(imported(sheet_of({"Năm 2012|", "Mã xã|ST01", "00001|vàng", "00004|có"})),
                "import_bad_value") == 1);
}

TEST_CASE("zeros that were lost, and recognised communes that are not healthy, are said") {
    const auto zeros = imported(sheet_of({"Năm 2012|", "Mã xã|IN01", "1|1", "4|2"}, false));
    CHECK(value(zeros, "IN01", kYear, 1) == 2);
    CHECK(found(zeros, "import_zeros_restored") == 1);
    const auto import = imported(sheet_of(
        {"Năm 2012|||", "Mã xã|ST01|Công nhận", "00001|trọng điểm|x", "00004|lành mạnh|x"}));
    CHECK(found(import, "import_recognised_not_healthy") == 1);
    CHECK(import.recognitions.size() == 2);
}

TEST_CASE("rows of other provinces are one line") {
    const auto import = imported(
        sheet_of({"Năm 2012|||", "Mã xã|Tên xã|Tỉnh|IN01", "00001|Tân Thạnh|Tỉnh An Giang|1",
                  "99001|Xã Khác|Cà Mau|2", "99002|Xã Nọ|Cà Mau|2"}));
    CHECK(import.unmatched.empty());
    CHECK(found(import, "import_other_provinces") == 1);
}

TEST_CASE("visits fewer than establishments, and parts that exceed their whole together") {
    const auto import = imported(
        sheet_of({"Năm 2012|||", "Mã xã|IN02|IN03|DR01||", "|||Tổng số|Trong đó: nữ|Trong đó: nam",
                  "00001|3|9|10|6|5", "00004|9|3|10|5|5"}));
    CHECK(found(import, "v6_visits") == 1);
    CHECK(found(import, "v3_parts") == 1);
}

TEST_CASE("a ward of a district that is written short is looked for there, and nowhere else") {
    UnitTable units;
    units.code = {"00001", "00002"};
    units.name = {"Phường 1", "Phường 1"};
    units.type = {"Phường", "Phường"};
    units.groups[1] = {{"001", "Thành phố Vĩnh Điền"}, {"002", "Thành phố Trường Hải"}};
    units.parent[1] = {0, 1};
    units.groups[2] = {{"89", "An Giang"}};
    units.parent[2] = {0, 0};
    for (const auto* district : {"TP Vĩnh Điền", "TP. Vĩnh Điền", "Vĩnh Điền"}) {
        CAPTURE(district);
        const auto import = imported(
            sheet_of({"Năm 2012||", "Huyện|Tên xã|IN01", std::string(district) + "|P.1|8"}), {},
            units);
        REQUIRE(import.unmatched.size() == 1);
        CHECK(import.unmatched[0].candidates == std::vector<std::size_t>{0});
    }
    CHECK(nearest_indicators("Tỷ lệ vi phạm (%)").front() == "IN03");
    CHECK(nearest_indicators("Tiền phạt hành chính (triệu đồng) năm 2013").front() == "IN05");
}
