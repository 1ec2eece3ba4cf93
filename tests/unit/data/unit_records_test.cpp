// Names and agencies by date, from tables as offices keep them.
#include "data/unit_records.hpp"

#include <catch2/catch.hpp>

using namespace diaban;
using namespace diaban::data;

namespace {

RawTable table(const std::vector<std::string>& names,
               const std::vector<std::vector<std::string>>& rows) {
    RawTable out;
    out.first_row = 2;
    for (std::size_t c = 0; c < names.size(); ++c) {
        Column column;
        column.name = names[c];
        for (const auto& row : rows) {
            column.text.push_back(row[c]);
            column.null.push_back(row[c].empty());
        }
        out.columns.push_back(std::move(column));
    }
    return out;
}

std::vector<std::string> finding_keys(const base::Findings& findings) {
    std::vector<std::string> out;
    for (const auto& finding : findings) out.push_back(finding.key);
    return out;
}

} // namespace

TEST_CASE("a code is called differently over the years") {
    base::Findings findings;
    const auto names = read_unit_names(
        table({"commune_code", "commune", "type", "district_code", "valid_from", "valid_to"},
              {{"00004", "Phường Ba Đình", "Phường", "", "2025-07-01", ""},
               {"00004", "Phường Trúc Bạch", "Phường", "001", "31/8/2004", "2025-07-01"},
               {"", "tổng", "", "", "", ""}}),
        findings);
    CHECK(findings.empty());
    CHECK(names ==
          std::vector<UnitName>{
              {"00004", "2004-08-31", "2025-07-01", "Phường Trúc Bạch", "Phường", "001", ""},
              {"00004", "2025-07-01", "", "Phường Ba Đình", "Phường", "", ""}});
    CHECK(valid_on(names[0].from, names[0].until, "2025-06-30"));
    CHECK_FALSE(valid_on(names[0].from, names[0].until, "2025-07-01")); // exclusive
    CHECK(valid_on(names[1].from, names[1].until, "2025-07-01"));
    CHECK(valid_on("", "", "1900-01-01"));
}

TEST_CASE("of a list of the whole country one province is kept, with all names of its codes") {
    const auto country =
        table({"commune_code", "province_code", "province", "commune", "valid_from", "valid_to"},
              {{"00001", "01", "Thành phố Hà Nội", "Phường Phúc Xá", "2004-08-31", "2025-07-01"},
               {"30001", "89", "Tỉnh An Giang", "Xã A", "2004-08-31", "2025-07-01"},
               {"30001", "91", "Tỉnh Kiên Giang", "Xã B", "2025-07-01", ""},
               {"30500", "91", "Tỉnh Kiên Giang", "Xã C", "2004-08-31", ""}});
    for (const auto* province : {"89", "An Giang", "tỉnh an giang"}) {
        CAPTURE(province);
        base::Findings findings;
        const auto names = read_unit_names(country, findings, province);
        REQUIRE(names.size() == 2); // what the code was called after the reform as well
        CHECK(names[0].name == "Xã A");
        CHECK(names[1].name == "Xã B");
    }
    base::Findings findings;
    CHECK(read_unit_names(country, findings, "1").size() == 1); // 01
    CHECK(read_unit_names(country, findings, "91").size() == 3);
    CHECK(read_unit_names(country, findings).size() == 4);
    CHECK_THROWS_AS(read_unit_names(country, findings, "Cà Mau"), base::Error);
    CHECK_THROWS_AS(read_unit_names(table({"code", "name"}, {{"1", "A"}}), findings, "89"),
                    base::Error);
}

TEST_CASE("spells that overlap and spans that are none are said, not kept") {
    base::Findings findings;
    const auto names = read_unit_names(
        table({"code", "name", "from", "until"}, {{"1", "A", "2004-01-01", "2010-01-01"},
                                                  {"1", "B", "2009-01-01", ""},
                                                  {"2", "C", "2010-01-01", "2009-01-01"},
                                                  {"3", "D", "hôm qua", ""}}),
        findings);
    CHECK(names == std::vector<UnitName>{{"1", "2004-01-01", "2010-01-01", "A", "", "", ""}});
    CHECK(finding_keys(findings) ==
          std::vector<std::string>{"record_dates", "record_dates", "record_overlap"});
    CHECK_THROWS_AS(read_unit_names(table({"x"}, {{"1"}}), findings), base::Error);
}

TEST_CASE("agencies are offices; a column of persons is refused") {
    base::Findings findings;
    const auto kept = read_assignments(
        table({"Mã xã", "Đơn vị phụ trách", "Từ ngày"},
              {{"00001", "Đội 178 tỉnh", "1/1/2011"}, {"00001", "Đồn Biên phòng Vĩnh Xương", ""}}),
        findings);
    CHECK(finding_keys(findings) == std::vector<std::string>{"assignment_shared"}); // from 2011 on
    findings.clear();
    CHECK(kept == std::vector<Assignment>{{"00001", "Đội 178 tỉnh", "2011-01-01", ""},
                                          {"00001", "Đồn Biên phòng Vĩnh Xương", "", ""}});
    const auto persons = read_assignments(table({"code", "agency"}, {{"1", "Nguyễn Văn An"},
                                                                     {"2", "Trần Thị Bình"},
                                                                     {"3", "Lê Văn Cường"},
                                                                     {"4", "Phạm Thị Dung"},
                                                                     {"5", "Hoàng Văn Em"}}),
                                          findings);
    CHECK(persons.empty());
    CHECK(finding_keys(findings) == std::vector<std::string>{"refused_personal_column"});
    // One person among offices is left out, and not named.
    findings.clear();
    const auto offices = read_assignments(
        table({"code", "agency"}, {{"1", "Công an huyện"}, {"2", "Nguyễn Văn An"}}), findings);
    CHECK(offices == std::vector<Assignment>{{"1", "Công an huyện", "", ""}});
    REQUIRE(finding_keys(findings) == std::vector<std::string>{"assignment_person"});
    CHECK(findings[0].args.size() == 1); // the code alone
}

TEST_CASE("the last day of an assignment counts; two agencies at once are said") {
    base::Findings findings;
    const auto read = read_assignments(table({"ma_xa", "don_vi", "tu_ngay", "den_ngay"},
                                             {{"1", "Đội 178", "2010-01-01", "31/12/2012"},
                                              {"1", "Đồn Biên phòng 5", "2012-06-01", ""},
                                              {"2", "Đội 178", "2010-01-01", "2012-02-29"},
                                              {"2", "Đồn Biên phòng 5", "2012-03-01", ""}}),
                                       findings);
    REQUIRE(read.size() == 4);
    CHECK(read[0].until == "2013-01-01");
    CHECK(valid_on(read[0].from, read[0].until, "2012-12-31"));
    CHECK(read[2].until == "2012-03-01");
    REQUIRE(finding_keys(findings) == std::vector<std::string>{"assignment_shared"});
    CHECK(findings[0].unit == "1");
}
