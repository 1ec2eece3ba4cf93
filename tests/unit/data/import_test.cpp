#include "import_sheets.hpp"

#include <catch2/catch.hpp>

using namespace diaban;
using namespace diaban::data;
using namespace diaban::test;

TEST_CASE("periods and days are read from the words of reports") {
    CHECK(find_period("Năm 2010") == Period{2010, 0});
    CHECK(find_period("Kết quả 6 tháng đầu năm 2011") == Period{2011, 1});
    CHECK(find_period("6 tháng cuối năm 2011") == Period{2011, 2});
    CHECK(find_period("2011-H2") == Period{2011, 2});
    CHECK_FALSE(find_period("156 xã"));
    CHECK_FALSE(find_period("số 20100"));
    std::string rest;
    CHECK(find_period("Người nghiện năm 2010", &rest) == Period{2010, 0});
    CHECK(rest == "nguoi nghien");
    CHECK(find_as_of("(Số liệu tính đến ngày 10/12/2010)") == "2010-12-10");
    CHECK(find_as_of("tính đến 10 tháng 12 năm 2010") == "2010-12-10");
    CHECK(find_as_of("ngày 10/13/2010").empty());
}

TEST_CASE("headers are taken for an indicator only if they are its name") {
    CHECK(indicator_named("DR01", {}) == "DR01");
    CHECK(indicator_named("1.2. Số cuộc kiểm tra", {}) == "IN01");
    CHECK(indicator_named("SỐ NGƯỜI NGHIỆN CÓ HỒ SƠ QUẢN LÝ", {}) == "DR01");
    CHECK(indicator_named("Số xã, phường, thị trấn lành mạnh không có tệ nạn", {}) == "ST10");
    CHECK(indicator_named("Số cuộc tuyên truyền (cuộc)", {}) == "CM01");
    CHECK(indicator_named("Số cuộc họp", {}).empty());
    CHECK(nearest_indicators("Số cuộc kiểm tr").front() == "IN01");
    // What two names have in common without their first word is not both.
    CHECK(indicator_named("Tỷ lệ cơ sở được kiểm tra (%)", {}) == "IN07");
    CHECK(indicator_named("Số cơ sở được kiểm tra", {}) == "IN07_visited");
    for (const auto& entry : catalogue()) {
        INFO(entry.code);
        CHECK(indicator_named(entry.name_vi, {}) == entry.code);
    }
    Indicator own;
    own.id = "HO_NGHEO";
    own.name_vi = "Hộ nghèo";
    CHECK(indicator_named("Số hộ nghèo", {own}) == "HO_NGHEO");
}

TEST_CASE("rows of totals are told from communes that begin with the same letters") {
    CHECK(total_label("Tổng cộng"));
    CHECK(total_label("TỔNG CỘNG:"));
    CHECK(total_label("Cộng"));
    CHECK(total_label("Cộng huyện Châu Thành"));
    CHECK(total_label("CỘNG TOÀN TỈNH"));
    CHECK(total_label("Tổng toàn huyện"));
    CHECK(total_label("Cộng (I+II)"));
    CHECK(total_label("Cả tỉnh"));
    CHECK_FALSE(total_label("Cộng Hòa"));
    CHECK_FALSE(total_label("Xã Tổng Cọt"));
    CHECK_FALSE(total_label("Cộng Hiền"));
}

TEST_CASE("a report with titles, a two-row header, numbered columns and a total") {
    const auto import = imported(sheet_of({
        "UBND TỈNH AN GIANG",
        "BÁO CÁO NĂM 2010",
        "(tính đến ngày 10/12/2010)",
        "",
        "STT|Mã xã|Xã, phường, thị trấn|Người nghiện có hồ sơ||Số cuộc kiểm tra",
        "|||Tổng số|Trong đó: nữ|",
        "(1)|(2)|(3)|(4)|(5)|(6)",
        "1|00001|Tân Thạnh|12|2|3",
        "2|00004|Mỹ Long|5|0|-",
        "3|00007|An Châu|...|0|1",
        "4|00010|Hòa Bình|0||4",
        "|Tổng cộng||17|2|8",
    }));
    const auto& plan = import.plan;
    CHECK(plan.header_row == 5);
    CHECK(plan.header_rows == 2);
    CHECK(plan.first_data_row == 8);
    CHECK(plan.period == Period{2010, 0});
    CHECK(plan.as_of == "2010-12-10");
    CHECK(plan.agency == "UBND TỈNH AN GIANG");
    CHECK(plan.cumulative);
    CHECK(import.unit_rows == 4);
    CHECK(import.totals == 1);
    CHECK(import.wrong_totals == 0);
    const Period year{2010, 0};
    CHECK(value(import, "DR01", year, 0) == 12);
    CHECK(value(import, "DR01", year, 2) == -1); // "...": happened, not collected
    CHECK(value(import, "DR01", year, 3) == 0);
    CHECK(value(import, "IN01", year, 1) == 0); // "-": nothing happened
    // The part is kept beside its whole and is not the indicator.
    REQUIRE(import.parts.size() == 3);
    CHECK(import.parts[0].part == "nữ");
    CHECK(import.parts[0].value == 2);
    CHECK(import.parts[0].unit == std::size_t{0});
    CHECK(found(import, "import_total_wrong") == 0);
    CHECK(import.missing_units.empty());
}

TEST_CASE("totals below and above their rows, of districts and of all") {
    const std::vector<std::string> rows = {
        "Báo cáo năm 2012", "STT|Xã, phường|Số cuộc kiểm tra",
        "|Tổng cộng|10",    "I|Huyện A|3",
        "1|Xã Tân Thạnh|1", "2|Phường Mỹ Long|2",
        "II|Huyện B|7",     "1|Thị trấn An Châu|3",
        "2|Xã Hòa Bình|4",
    };
    const auto right = imported(sheet_of(rows));
    CHECK(right.unit_rows == 4);
    CHECK(right.totals == 3);
    CHECK(right.wrong_totals == 0);
    CHECK(value(right, "IN01", {2012, 0}, 3) == 4);
    auto wrong_rows = rows;
    wrong_rows[6] = "II|Huyện B|8";
    const auto wrong = imported(sheet_of(wrong_rows));
    REQUIRE(wrong.wrong_totals == 1);
    const auto finding = std::find_if(wrong.findings.begin(), wrong.findings.end(),
                                      [](const auto& f) { return f.key == "import_total_wrong"; });
    REQUIRE(finding != wrong.findings.end());
    CHECK(text_arg(*finding, "label") == "Huyện B");
}

TEST_CASE("where all rows are districts they are no totals but numbers of districts") {
    const auto import = imported(sheet_of({
        "Năm 2012||",
        "Đơn vị|Người nghiện có hồ sơ quản lý|Trong đó: nữ",
        "Huyện A|30|4",
        "Trong đó: Đội 178|5|",
        "Huyện B|12|",
        "Tổng cộng|42|4",
    }));
    CHECK(import.plan.shape == Shape::Areas);
    CHECK(import.totals == 1);
    CHECK(import.wrong_totals == 0);
    REQUIRE(import.areas.size() == 2);
    CHECK(import.areas[1].name == "Huyện B");
    const auto part = [&](std::size_t area, const std::string& name) {
        for (const auto& p : import.parts)
            if (p.area == area && p.part == name) return p.value;
        return -1.0;
    };
    CHECK(import.parts.size() == 4);
    CHECK(part(0, "") == 30);
    CHECK(part(0, "nữ") == 4);
    CHECK(part(0, "Đội 178") == 5);
    CHECK(part(1, "") == 12);
    const auto one = imported(sheet_of({"Năm 2012|", "Đơn vị|IN01", "Huyện A|7"}));
    CHECK(one.areas.size() == 1);
    CHECK(one.parts.size() == 1);
}

TEST_CASE("subtotals that follow their rows are compared with them, not with everything") {
    const auto import = imported(sheet_of({
        "Năm 2012||",
        "Mã xã|Tên xã|IN01",
        "00001|Tân Thạnh|1",
        "00004|Mỹ Long|2",
        "|Cộng huyện A|3",
        "00007|An Châu|3",
        "00010|Hòa Bình|4",
        "|Cộng huyện B|7",
        "|Tổng cộng|11",
    }));
    CHECK(import.totals == 3);
    CHECK(import.wrong_totals == 1);
}

TEST_CASE("a wide table with a column per year, and a long one") {
    const auto wide = imported(sheet_of({
        "Mã xã|Số cuộc kiểm tra năm 2010|Số cuộc kiểm tra năm 2011",
        "00001|1|2",
        "00004|3|4",
    }));
    CHECK(value(wide, "IN01", {2010, 0}, 0) == 1);
    CHECK(value(wide, "IN01", {2011, 0}, 1) == 4);
    const auto groups = imported(sheet_of({
        "Mã xã|Số cuộc kiểm tra||Cơ sở vi phạm|",
        "|2010|2011|2010|2011",
        "00001|1|2|5|6",
    }));
    CHECK(value(groups, "IN01", {2011, 0}, 0) == 2);
    CHECK(value(groups, "IN03", {2011, 0}, 0) == 6);
    const auto long_table = imported(sheet_of({
        "code|indicator|period|value",
        "00001|IN01|2010|1",
        "00001|DR01|2010-H1|7",
        "00004|IN01|2010|2",
        "00004|không có chỉ tiêu này|2010|9",
    }));
    CHECK(long_table.plan.shape == Shape::Long);
    CHECK(value(long_table, "IN01", {2010, 0}, 1) == 2);
    CHECK(value(long_table, "DR01", {2010, 1}, 0) == 7);
    CHECK(found(long_table, "import_row_unknown_indicator") == 1);
}

TEST_CASE("a report of one area: a row per indicator, parts below their whole") {
    const auto import = imported(sheet_of({
        "Chỉ tiêu|Đơn vị|Năm 2010|Năm 2011",
        "I. Kiểm tra||",
        "1. Số cuộc kiểm tra|cuộc|279|300",
        "Trong đó: Đội 178 tỉnh|cuộc|16|",
        "2. Số lượt cơ sở được kiểm tra|lượt|603|",
        "Trong đó:||",
        "- Đội 178 tỉnh|lượt|18|",
        "- Đội 178 huyện|lượt|900|",
        "3. Số lớp học|lớp|5|",
    }));
    CHECK(import.plan.shape == Shape::Indicators);
    const auto part = [&](const std::string& code, Period period, const std::string& name) {
        for (const auto& p : import.parts)
            if (import.indicators[p.indicator].id == code && p.period == period && p.part == name)
                return p.value;
        return -1.0;
    };
    CHECK(part("IN01", {2010, 0}, "") == 279);
    CHECK(part("IN01", {2011, 0}, "") == 300);
    CHECK(part("IN01", {2010, 0}, "Đội 178 tỉnh") == 16);
    CHECK(part("IN02", {2010, 0}, "") == 603);
    CHECK(part("IN02", {2010, 0}, "Đội 178 tỉnh") == 18);
    CHECK(import.parts.size() == 6);
    CHECK(found(import, "import_part_exceeds") == 1);
    CHECK(found(import, "import_row_unknown_indicator") == 1);
    CHECK(import.slices.empty());
}

TEST_CASE("numbers of text follow the style of their column, an open one that of its sheet") {
    ImportProfile profile;
    profile.period = Period{2010, 0};
    const auto import = imported(sheet_of(
                                     {
                                         "Mã xã|Kinh phí|Số cuộc kiểm tra|Số người dự|SW05b",
                                         "00001|1.234,5|1.234|1|1,5",
                                         "00004|2.000|12|2|2,25",
                                     },
                                     false),
                                 profile);
    CHECK(value(import, "OR07", {2010, 0}, 0) == 1234.5);
    CHECK(value(import, "OR07", {2010, 0}, 1) == 2000);
    CHECK(value(import, "IN01", {2010, 0}, 0) == 1234); // as its neighbour shows
    CHECK(value(import, "SW05b", {2010, 0}, 1) == 2.25);
    CHECK(found(import, "ambiguous_numbers") == 0);
    CHECK(found(import, "import_column_unknown") == 1);
    const auto english = imported(sheet_of({"Mã xã|Kinh phí", "00001|1,234.5"}, false), profile);
    CHECK(value(english, "OR07", {2010, 0}, 0) == 1234.5);
    const auto open = imported(sheet_of({"Mã xã|Kinh phí", "00001|1.234"}, false), profile);
    CHECK(value(open, "OR07", {2010, 0}, 0) == 1234);
    CHECK(found(open, "ambiguous_numbers") == 1);
}

TEST_CASE("a percentage is one of a share, and no count") {
    GridSheet sheet("Sheet1", true);
    std::uint32_t row = 0;
    for (const auto* const header : {"Mã xã", "IN08", "IN01"}) sheet.add(1, row++, header);
    sheet.add(2, 0, "00001");
    sheet.add(2, 1, 25, true); // 25 %, which the sheet holds as 0.25
    sheet.add(2, 2, 7);
    sheet.add(3, 0, "00004");
    sheet.add(3, 1, 0.5, true);
    sheet.add(3, 2, 7, true);
    ImportProfile profile;
    profile.period = Period{2010, 0};
    const auto import = imported(sheet, profile);
    CHECK(value(import, "IN08", {2010, 0}, 0) == 25);
    CHECK(value(import, "IN08", {2010, 0}, 1) == 0.5);
    CHECK(value(import, "IN01", {2010, 0}, 0) == 7);
    CHECK(value(import, "IN01", {2010, 0}, 1) == -1);
    CHECK(found(import, "import_impossible_value") == 1);
}

TEST_CASE("percentages between 0 and 1 are doubted, until somebody says what they are") {
    const auto read = [](std::vector<std::string> rows, ImportProfile profile = {}) {
        profile.period = Period{2010, 0};
        rows.insert(rows.begin(), "Mã xã|IN08|IN01");
        return imported(sheet_of(rows), profile);
    };
    const auto shares = read({"00001|0,25|1", "00004|1|1", "00007|0,5|0"});
    CHECK(found(shares, "import_share_of_one") == 1);
    CHECK(value(shares, "IN08", {2010, 0}, 0) == 0.25); // nothing is corrected silently
    CHECK(found(read({"00001|0,25|1", "00004|25|1", "00007|0,5|0"}), "import_share_of_one") == 0);
    CHECK(found(read({"00001|0|1", "00004|1|1", "00007|1|0"}), "import_share_of_one") == 0);
    ImportProfile said;
    said.columns = {{"IN08", "IN08*100"}};
    const auto scaled = read({"00001|0,25|1", "00004|1|1", "00007|0,5|0"}, said);
    CHECK(found(scaled, "import_share_of_one") == 0);
    CHECK(value(scaled, "IN08", {2010, 0}, 0) == 25);
}

TEST_CASE("the signs that stand for no number are told apart by the stated rule") {
    ImportProfile profile;
    profile.period = Period{2010, 0};
    const auto sheet = sheet_of({
        "Mã xã|IN01|IN02|ST01",
        "00001|-|không|lành mạnh",
        "00004|...|x|trọng điểm loại II",
        "00007|<10|không rõ|-",
        "00010||5 cuộc|không có tệ nạn",
    });
    const auto import = imported(sheet, profile);
    const auto state = [](const SheetImport& from, const std::string& code, std::size_t unit) {
        for (const auto& [key, slice] : from.slices)
            if (from.indicators[key.first].id == code) return slice.state[unit];
        return Cell::NotExisting;
    };
    CHECK(value(import, "IN01", {2010, 0}, 0) == 0);
    CHECK(state(import, "IN01", 1) == Cell::Missing);
    CHECK(state(import, "IN01", 2) == Cell::Suppressed);
    CHECK(state(import, "IN01", 3) == Cell::Missing);
    CHECK(value(import, "IN02", {2010, 0}, 0) == 0);
    CHECK(state(import, "IN02", 1) == Cell::NotApplicable);
    CHECK(state(import, "IN02", 2) == Cell::Missing);
    CHECK(found(import, "import_bad_value") == 1); // "5 cuộc"
    CHECK(value(import, "ST01", {2010, 0}, 0) == 0);
    CHECK(value(import, "ST01", {2010, 0}, 1) == 3); // hot2, appended to none present hot
    CHECK(state(import, "ST01", 2) == Cell::Missing);
    CHECK(value(import, "ST01", {2010, 0}, 3) == 0);
    // The profile can say otherwise.
    profile.empty.dash = Empty::Missing;
    CHECK(state(imported(sheet, profile), "IN01", 0) == Cell::Missing);
}

TEST_CASE("duplicates, unknown names, left-out communes, columns about persons") {
    ImportProfile profile;
    profile.period = Period{2010, 0};
    const auto import = imported(sheet_of({
                                     "Xã|Huyện|Số CCCD|IN01",
                                     "Xã Tân Thạnh|Huyện A|001099012345|1",
                                     "Xã Tân Thạnh|Huyện A|001099012346|1",
                                     "Thị trấn An Chau|Huyện B|001099012347|3",
                                     "Xã Hòa Bình|Huyện B|001099012348|4",
                                     "Xã Hòa Bình|Huyện B|001099012349|5",
                                 }),
                                 profile);
    CHECK(found(import, "refused_personal_column") == 1);
    CHECK(import.duplicate_rows == std::vector<std::uint32_t>{3, 6});
    CHECK(found(import, "import_duplicate_row") == 1);
    CHECK(found(import, "import_duplicate_disagrees") == 1);
    CHECK(value(import, "IN01", {2010, 0}, 0) == 1);
    CHECK(value(import, "IN01", {2010, 0}, 3) == -1); // 4 or 5: nobody knows
    REQUIRE(import.unmatched.size() == 1);
    REQUIRE_FALSE(import.unmatched[0].candidates.empty());
    CHECK(import.unmatched[0].candidates.front() == 2);
    CHECK(import.missing_units == std::vector<std::size_t>{1, 2});
}

TEST_CASE("another table on the sheet is not read as the first; a header printed again is passed") {
    ImportProfile profile;
    profile.period = Period{2010, 0};
    const auto below = sheet_of(
        {"Mã xã|Xã, phường|Số cuộc kiểm tra", "00001|Xã Tân Thạnh|1", "00004|Phường Mỹ Long|2",
         "Mã xã|Xã, phường|Số cuộc kiểm tra", // the next page
         "00007|Thị trấn An Châu|3", "||", "Biểu 2. Cơ sở vi phạm||",
         "Mã xã|Xã, phường|Cơ sở vi phạm", "00010|Xã Hòa Bình|9", "00001|Xã Tân Thạnh|8"});
    auto import = imported(below, profile);
    CHECK(value(import, "IN01", {2010, 0}, 0) == 1);
    CHECK(value(import, "IN01", {2010, 0}, 2) == 3);
    CHECK(value(import, "IN01", {2010, 0}, 3) == -1); // the 9 are no inspections
    CHECK(import.unit_rows == 3);
    CHECK(import.duplicate_rows.empty());
    CHECK(import.unmatched.empty());
    REQUIRE(found(import, "import_other_table") == 1);
    for (const auto& finding : import.findings)
        if (finding.key == "import_other_table")
            CHECK(std::get<std::int64_t>(finding.args.at(1).second) == 8);
    // What the sentence says to do.
    profile.header_row = 8;
    import = imported(below, profile);
    CHECK(value(import, "IN03", {2010, 0}, 3) == 9);
    CHECK(value(import, "IN03", {2010, 0}, 0) == 8);
    CHECK(found(import, "import_other_table") == 0);
    // A class and a type of unit are words as well, and no header.
    profile.header_row = 0;
    import = imported(sheet_of({"Xã, phường|Loại|Trạng thái ma túy", "Xã Tân Thạnh|Xã|Lành mạnh",
                                "Phường Mỹ Long|Phường|Có tệ nạn"}),
                      profile);
    CHECK(found(import, "import_other_table") == 0);
    CHECK(import.unit_rows == 2);
}

TEST_CASE("a list printed in two halves side by side: the second is not taken for the first") {
    ImportProfile profile;
    profile.period = Period{2010, 0};
    auto import = imported(sheet_of({"Mã xã|Xã|Số cuộc kiểm tra|Mã xã|Xã|Cơ sở vi phạm",
                                     "00001|Xã Tân Thạnh|1|00007|Thị trấn An Châu|3",
                                     "00004|Phường Mỹ Long|2|00010|Xã Hòa Bình|4"}),
                           profile);
    CHECK(found(import, "import_table_beside") == 1);
    CHECK(value(import, "IN01", {2010, 0}, 1) == 2);
    CHECK(value(import, "IN03", {2010, 0}, 0) < 0); // these 3 are of another commune
    // The same communes in both: one table.
    import = imported(sheet_of({"Mã xã|Xã|Số cuộc kiểm tra|Mã xã|Xã|Cơ sở vi phạm",
                                "00001|Xã Tân Thạnh|1|00001|Xã Tân Thạnh|3",
                                "00004|Phường Mỹ Long|2|00004|Phường Mỹ Long|4"}),
                      profile);
    CHECK(found(import, "import_table_beside") == 0);
    CHECK(value(import, "IN03", {2010, 0}, 1) == 4);
}

TEST_CASE("two columns for one number are told once, and not as a row that stands twice") {
    ImportProfile profile;
    profile.period = Period{2010, 0};
    const auto import = imported(
        sheet_of({"Mã xã|Số cuộc kiểm tra|Số cuộc kiểm tra", "00001|1|2", "00004|5|5"}), profile);
    CHECK(found(import, "import_same_column") == 1);
    CHECK(found(import, "import_duplicate_disagrees") == 0);
    CHECK(import.duplicate_rows.empty());
    CHECK(value(import, "IN01", {2010, 0}, 0) == -1);
    CHECK(value(import, "IN01", {2010, 0}, 1) == 5);
}

TEST_CASE("the total of a district is checked though it does not say of which") {
    ImportProfile profile;
    profile.period = Period{2010, 0};
    for (const char* label : {"Cộng huyện", "Cộng huyện A", "Cộng", "Cộng thị xã"}) {
        INFO(label);
        const auto import = imported(sheet_of({"Đơn vị|IN01", "Huyện A|", "Xã Tân Thạnh|1",
                                               "Phường Mỹ Long|2", std::string(label) + "|4"}),
                                     profile);
        CHECK(import.totals == 1);
        CHECK(import.wrong_totals == 1); // 1 + 2
        CHECK(import.unmatched.empty());
    }
}

TEST_CASE("names that are numbered as a list are the names alone") {
    ImportProfile profile;
    profile.period = Period{2010, 0};
    const auto import =
        imported(sheet_of({"Huyện|Tên xã|IN01", "I. Huyện A|1. Xã Tân Thạnh|1",
                           "I. Huyện A|2) Phường Mỹ Long|2", "II. Huyện B|+ Thị trấn An Châu|3",
                           "II. Huyện B|X. Hòa Bình|4"}),
                 profile);
    CHECK(value(import, "IN01", {2010, 0}, 0) == 1);
    CHECK(value(import, "IN01", {2010, 0}, 1) == 2);
    CHECK(value(import, "IN01", {2010, 0}, 2) == 3);
    // No Roman ten: a short word for Xã, which waits for a yes.
    REQUIRE(import.unmatched.size() == 1);
    CHECK(import.unmatched[0].key.name == "X. Hòa Bình");
    CHECK(import.unmatched[0].candidates.front() == 3);
}

TEST_CASE("a column of citizen numbers is refused whatever it is called") {
    ImportProfile profile;
    profile.period = Period{2010, 0};
    const auto import =
        imported(sheet_of({"Mã xã|IN01|Ghi chú", "00001|1|001099012345", "00004|2|001099012346",
                           "00007|3|001099012347", "00010|4|001099012348", "00001|1|001099012349"}),
                 profile);
    CHECK(found(import, "refused_personal_column") == 1);
    // As numbers, without their zeros, and between two columns of numbers: the style of each stays
    // its own.
    const auto typed = imported(
        sheet_of({"Tên xã|IN01|IN03|OR07", "Xã Tân Thạnh|1|89099012345|1.234,5",
                  "Phường Mỹ Long|2|89099012346|2.000,0", "Thị trấn An Châu|3|89199012347|3",
                  "Xã Hòa Bình|4|89099012348|4", "Xã Tân Thạnh|1|89099012349|1.234,5"}),
        profile);
    CHECK(found(typed, "refused_personal_column") == 1);
    CHECK(value(typed, "IN03", {2010, 0}, 0) == -2); // nothing of it enters
    CHECK(value(typed, "OR07", {2010, 0}, 0) == 1234.5);
    CHECK(value(typed, "IN01", {2010, 0}, 3) == 4);
}

TEST_CASE("a table that does not say when is refused, and a half larger than its year found") {
    CHECK_THROWS_AS(imported(sheet_of({"Mã xã|IN01", "00001|1"})), base::Error);
    const auto import =
        imported(sheet_of({"code|indicator|period|value", "00001|IN01|2010|5",
                           "00001|IN01|2010-H1|6", "00004|DR01|2010|5", "00004|DR01|2010-H1|6"}));
    CHECK(found(import, "import_half_exceeds") == 1); // a stock may fall
}

TEST_CASE("sheets that disagree leave the cell missing in both") {
    ImportProfile profile;
    profile.period = Period{2010, 0};
    std::vector<SheetImport> sheets = {
        imported(sheet_of({"Mã xã|IN01", "00001|1", "00004|2"}), profile),
        imported(sheet_of({"Mã xã|IN01", "00001|1", "00004|3"}), profile)};
    reconcile(sheets, four_units());
    CHECK(value(sheets[0], "IN01", {2010, 0}, 0) == 1);
    CHECK(value(sheets[0], "IN01", {2010, 0}, 1) == -1);
    CHECK(value(sheets[1], "IN01", {2010, 0}, 1) == -1);
    CHECK(found(sheets[1], "import_sheets_disagree") == 1);
}
