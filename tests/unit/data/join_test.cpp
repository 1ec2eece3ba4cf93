#include "data/join.hpp"
#include "support/errors.hpp"
#include "support/tables.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace diaban;
using namespace diaban::data;
using test::text_column;
using test::units;

namespace {

// NaN is an empty cell.
Column number(std::string name, std::vector<double> cells) {
    Column column;
    column.name = std::move(name);
    column.type = ColumnType::Number;
    for (const double cell : cells) column.null.push_back(std::isnan(cell));
    column.number = std::move(cells);
    return column;
}

RawTable table(std::vector<Column> columns) {
    RawTable out;
    out.source = "test";
    out.columns = std::move(columns);
    out.first_row = 2;
    return out;
}

const base::Finding* find(const base::Findings& findings, std::string_view key) {
    for (const auto& finding : findings)
        if (finding.key == key) return &finding;
    return nullptr;
}

std::string error_key(const UnitTable& u, const RawTable& t, const JoinSpec& spec) {
    return test::thrown_key([&] { join(u, "v", t, spec); }, base::ErrorKind::Data);
}

constexpr double kEmpty = std::numeric_limits<double>::quiet_NaN();

} // namespace

TEST_CASE("a long table joins by code and year, and both sides are reported") {
    const auto u = units({"00001", "00004", "00007"});
    const auto t = table({text_column("ma_xa", {"00001", "00001", "00004", "99999", "00004"}),
                          number("nam", {2010, 2011, 2010, 2010, 2011}),
                          number("so_ca", {5, 0, 7, 9, kEmpty})});
    JoinSpec spec;
    spec.values = {"so_ca"};
    const auto out = join(u, "2010", t, spec);
    CHECK(out.report.key == "ma_xa");
    CHECK(out.report.year_column == "nam");
    REQUIRE(out.cube.periods == std::vector<Period>{{2010, 0}, {2011, 0}});
    CHECK(out.cube.value(0, 0, 0) == 5);
    CHECK(out.cube.value(0, 1, 0) == 0);
    CHECK(out.cube.state(0, 1, 0) == Cell::Observed); // zero is known
    CHECK(out.cube.value(0, 0, 1) == 7);
    CHECK(out.cube.state(0, 1, 1) == Cell::Missing); // empty is not
    CHECK(out.cube.state(0, 0, 2) == Cell::Missing);
    CHECK(out.report.table_rows == 5);
    CHECK(out.report.matched_rows == 4);
    CHECK(out.report.matched_units == 2);
    CHECK(out.report.unmatched_units == std::vector<std::size_t>{2});
    REQUIRE(out.report.unmatched_rows.size() == 1);
    CHECK(out.report.unmatched_rows[0].row == 5); // as a person counts: header is row 1
    CHECK(out.report.unmatched_rows[0].code == "99999");
    CHECK(out.report.unmatched_rows[0].value == "9");
    CHECK(out.report.missing_units[0] == std::vector<std::size_t>{2});
    CHECK(out.report.missing_units[1] == std::vector<std::size_t>{1, 2});
    REQUIRE(find(out.findings, "row_without_unit"));
    CHECK(find(out.findings, "row_without_unit")->amount == 1.0);
}

TEST_CASE("rows without a code are told apart from rows with an unknown one") {
    const auto u = units({"00001", "00004"});
    const auto t =
        table({text_column("ma_xa", {"00001", "", "88888", ""}), number("so_ca", {5, 1, 2, 3})});
    JoinSpec spec;
    spec.values = {"so_ca"};
    const auto out = join(u, "2010", t, spec);
    const auto* unknown = find(out.findings, "row_without_unit");
    REQUIRE(unknown);
    CHECK(unknown->amount == 1.0);
    CHECK(unknown->args[0].second == base::Value(std::int64_t{4}));
    CHECK(unknown->args[1].second == base::Value("88888"));
    const auto* blank = find(out.findings, "row_without_code");
    REQUIRE(blank);
    CHECK(blank->amount == 2.0);
    CHECK(blank->args[0].second == base::Value("ma_xa"));
    CHECK(blank->args[1].second == base::Value(std::int64_t{3}));
    CHECK(out.report.unmatched_rows.size() == 3); // none is lost
}

TEST_CASE("wide columns become periods, two digits or four") {
    const auto u = units({"01001", "01003"});
    const auto t = table({text_column("FIPS", {"01001", "01003"}), number("HR60", {1.5, 2.5}),
                          number("HR90", {3.5, 4.5}), number("PO60", {10, 20}),
                          number("PO90", {30, 40}), number("HRX", {0, 0})});
    JoinSpec spec;
    spec.values = {"hr{year}"};
    spec.denominator = "PO{year}";
    spec.scale = 100;
    const auto out = join(u, "v", t, spec);
    REQUIRE(out.cube.periods == std::vector<Period>{{1960, 0}, {1990, 0}});
    REQUIRE(out.cube.find("hr"));
    CHECK(out.cube.value(*out.cube.find("hr"), 1, 0) == 3.5);
    const auto ratio = out.cube.find(ratio_id("hr", "PO"));
    REQUIRE(ratio);
    CHECK(out.cube.value(*ratio, 0, 1) == Approx(12.5));
    CHECK(out.report.duplicate_rows.empty());
}

TEST_CASE("a denominator without years serves every year of a wide table") {
    const auto t = table({text_column("code", {"a"}), number("n2010", {3}), number("n2011", {6}),
                          number("pop", {300})});
    JoinSpec spec;
    spec.values = {"n{year}"};
    spec.denominator = "pop";
    const auto out = join(units({"a"}), "v", t, spec);
    const auto ratio = out.cube.find("n/pop");
    REQUIRE(ratio);
    CHECK(out.cube.value(*ratio, 1, 0) == Approx(0.02));
}

TEST_CASE("leading zeros are restored only where the width shows the loss") {
    SECTION("the table lost them") {
        const auto out = join(units({"00001", "01234"}), "v",
                              table({number("code", {1, 1234}), number("cases", {5, 6})}), {});
        CHECK(out.report.matched_units == 2);
        CHECK(out.report.restored_codes == 2);
        CHECK(find(out.findings, "restored_zeros"));
    }
    SECTION("the units lost them") {
        const auto out =
            join(units({"1", "1234"}), "v",
                 table({text_column("code", {"00001", "01234"}), number("cases", {5, 6})}), {});
        CHECK(out.report.matched_units == 2);
    }
    SECTION("codes of several widths are left alone") {
        const auto out =
            join(units({"01", "001", "5"}), "v",
                 table({text_column("code", {"1", "05"}), number("cases", {5, 6})}), {});
        CHECK(out.report.matched_units == 0);
        CHECK(find(out.findings, "nothing_matched"));
    }
    SECTION("not asked for") {
        JoinSpec spec;
        spec.restore_zeros = false;
        const auto out = join(units({"00001"}), "v",
                              table({text_column("code", {"1"}), number("cases", {5})}), spec);
        CHECK(out.report.matched_units == 0);
    }
    SECTION("codes written as floating point numbers") {
        const auto out = join(units({"00001"}), "v",
                              table({text_column("code", {"1.0"}), number("cases", {5})}), {});
        CHECK(out.report.matched_units == 1);
    }
}

TEST_CASE("of duplicate rows the first counts, unless they disagree") {
    const auto u = units({"a", "b", "c"});
    const auto t = table({text_column("code", {"a", "a", "b", "b", "c", "c"}),
                          number("cases", {1, 1, 2, 3, kEmpty, 4})});
    const auto out = join(u, "v", t, {});
    CHECK(out.cube.value(0, 0, 0) == 1);
    CHECK(out.cube.state(0, 0, 1) == Cell::Missing);
    CHECK(out.cube.value(0, 0, 2) == 4); // an empty cell disagrees with nothing
    REQUIRE(out.report.duplicate_rows.size() == 3);
    CHECK(out.report.duplicate_rows[1].row == 5);
    REQUIRE(find(out.findings, "duplicate_disagrees"));
    CHECK(find(out.findings, "duplicate_disagrees")->amount == 1.0);
}

TEST_CASE("text in a numeric column is Missing and the row is named") {
    auto mixed = text_column("cases", {"1,5", "nhiều", "<10", "…", "2"});
    mixed.type = ColumnType::Number;
    mixed.number = {1.5, kEmpty, kEmpty, kEmpty, 2};
    const auto out = join(units({"a", "b", "c", "d", "e"}), "v",
                          table({text_column("code", {"a", "b", "c", "d", "e"}), mixed}), {});
    CHECK(out.cube.value(0, 0, 0) == 1.5);
    CHECK(out.cube.state(0, 0, 1) == Cell::Missing);
    CHECK(out.cube.state(0, 0, 2) == Cell::Suppressed);
    CHECK(out.cube.state(0, 0, 3) == Cell::Missing);
    REQUIRE(out.report.bad_values.size() == 1);
    CHECK(out.report.bad_values[0].row == 3);
    CHECK(out.report.bad_values[0].value == "nhiều");
    REQUIRE(find(out.findings, "bad_value"));
}

TEST_CASE("status words in Vietnamese and as codes become the standard categories") {
    const auto u = units({"a", "b", "c", "d", "e"});
    const auto t =
        table({text_column("code", {"a", "b", "c", "d", "e"}),
               text_column("trang_thai", {"Trọng điểm", "có tệ nạn", "LÀNH MẠNH", "chưa rõ", ""})});
    JoinSpec spec;
    spec.values = {"trang_thai"};
    const auto out = join(u, "v", t, spec);
    const auto& indicator = out.cube.indicators[0];
    CHECK(indicator.kind == Kind::Category);
    CHECK(indicator.categories == std::vector<std::string>{"none", "present", "hot"});
    CHECK(out.cube.value(0, 0, 0) == 2);
    CHECK(out.cube.value(0, 0, 1) == 1);
    CHECK(out.cube.value(0, 0, 2) == 0);
    CHECK(out.cube.state(0, 0, 3) == Cell::Missing); // unknown is never painted as healthy
    CHECK(out.cube.state(0, 0, 4) == Cell::Missing);
}

TEST_CASE("sub-classes of hotspots keep their order of severity") {
    CHECK(status_code("Trọng điểm loại II") == "hot2");
    CHECK(status_code("TĐ loại I") == "hot1");
    CHECK(status_code("hot3") == "hot3");
    CHECK(status_code("khong_co") == "none");
    CHECK_FALSE(status_code("Xã Tân Thạnh"));
    CHECK_FALSE(status_code(""));
}

TEST_CASE("integer codes count the categories from zero") {
    JoinSpec spec;
    spec.values = {"st"};
    spec.indicators.resize(1);
    spec.indicators[0].id = "ST01";
    spec.indicators[0].kind = Kind::Category;
    spec.indicators[0].categories = {"none", "present", "hot", "unknown"};
    const auto out =
        join(units({"a", "b", "c", "d"}), "v",
             table({text_column("code", {"a", "b", "c", "d"}), number("st", {0, 2, 3, 7})}), spec);
    CHECK(out.cube.find("ST01"));
    CHECK(out.cube.value(0, 0, 1) == 2);
    CHECK(out.cube.state(0, 0, 2) == Cell::Missing); // unknown
    CHECK(out.cube.state(0, 0, 3) == Cell::Missing); // no such category
    CHECK(out.report.bad_values.size() == 1);
}

TEST_CASE("other words become sorted categories, too many are refused") {
    const auto u = units({"a", "b", "c"});
    JoinSpec spec;
    spec.values = {"loai"};
    const auto out = join(u, "v",
                          table({text_column("code", {"a", "b", "c"}),
                                 text_column("loai", {"Xã", "Đặc khu", "Phường"})}),
                          spec);
    CHECK(out.cube.indicators[0].categories == std::vector<std::string>{"Đặc khu", "Phường", "Xã"});
    std::vector<std::string> codes, words;
    for (int i = 0; i < 40; ++i) {
        codes.push_back(std::to_string(i));
        words.push_back("word " + std::to_string(i));
    }
    CHECK(error_key(units(codes), table({text_column("code", codes), text_column("loai", words)}),
                    spec) == "error.table.words");
}

TEST_CASE("a class has one row of the legend, however its word is written") {
    const auto u = units({"a", "b", "c", "d", "e", "f", "g", "h", "i"});
    JoinSpec spec;
    spec.values = {"tinh_trang"};
    const auto out = join(
        u, "v",
        table({text_column("code", {"a", "b", "c", "d", "e", "f", "g", "h", "i"}),
               text_column("tinh_trang", {"Trọng điểm", "TĐ", "trọng  điểm", "Không có số liệu",
                                          "Có", "hot", "Không", "Đang theo dõi", "Mới tách"})}),
        spec);
    // Too many words are no status, so they are shown as they are.
    const auto& cube = out.cube;
    CHECK(cube.indicators[0].categories ==
          std::vector<std::string>{"Có", "Đang theo dõi", "hot", "Không", "Mới tách", "TĐ"});
    for (const std::size_t unit : {0U, 2U, 5U}) CHECK(cube.value(0, 0, unit) == 2);
    // That nothing is known is no class: it stands with the units that have no row.
    CHECK(cube.state(0, 0, 3) == Cell::Missing);
}

TEST_CASE("a column of statuses with words that are none names these words") {
    const auto text = [](const base::Finding& finding, const char* name) {
        for (const auto& [key, value] : finding.args)
            if (key == name) return std::get<std::string>(value);
        return std::string();
    };
    const auto u = units({"a", "b", "c", "d", "e", "f", "g"});
    const auto key = text_column("code", {"a", "b", "c", "d", "e", "f", "g"});
    const auto mixed = text_column(
        "tinh_trang", {"Trọng điểm", "Đang theo dõi", "Có", "TĐ", "Đang theo dõi", "", "Không"});
    JoinSpec spec;
    spec.values = {"tinh_trang"};
    const auto asked = join(u, "v", table({key, mixed}), spec);
    const auto* told = find(asked.findings, "half_statuses");
    REQUIRE(told);
    CHECK(told->severity == base::Severity::Warning);
    CHECK(told->amount == 2.0);
    // Rows as a person counts: the header is the first.
    CHECK(text(*told, "words") == "“Đang theo dõi” (2; 3), “TĐ” (1; 5)");
    CHECK(text(*told, "example") == "Đang theo dõi");
    CHECK(asked.cube.indicators[0].categories.size() == 5); // shown word by word, as before

    // Beside numbers the column is not found by itself; that is told too, unless others were named.
    const auto people = number("so_nguoi", {1, 2, 3, 4, 5, 6, 7});
    const auto found = join(u, "v", table({key, people, mixed}), {});
    CHECK(found.cube.indicators.size() == 1);
    CHECK(find(found.findings, "half_statuses"));
    spec.values = {"so_nguoi"};
    CHECK_FALSE(find(join(u, "v", table({key, people, mixed}), spec).findings, "half_statuses"));
    CHECK(error_key(u, table({key, mixed}), {}) == "error.table.status_words");

    // One word among many: the column is read as statuses, its cell is empty, and that is told.
    spec.values = {"tinh_trang"};
    const auto one = join(u, "v",
                          table({key, text_column("tinh_trang", {"Trọng điểm", "hot", "Có", "TĐ",
                                                                 "TĐ", "Không", "present"})}),
                          spec);
    CHECK(one.cube.indicators[0].categories == std::vector<std::string>{"none", "present", "hot"});
    const auto* empty = find(one.findings, "strange_statuses");
    REQUIRE(empty);
    CHECK(empty->amount == 2.0);
    CHECK(text(*empty, "words") == "“TĐ” (2; 5)");
    CHECK_FALSE(find(one.findings, "half_statuses"));

    // Other words are no statuses: kinds of units, classes of roads, names.
    for (const auto& words : std::vector<std::vector<std::string>>{
             {"Xã", "Phường", "Xã", "Đặc khu", "Xã", "Xã", "Xã"},
             {"Loại 1", "Loại 2", "đất", "Loại 1", "bê tông", "đất", "nhựa"},
             {"Có", "…", "Có", "rất", "nhiều", "Có", "vài"}}) {
        const auto out = join(u, "v", table({key, text_column("tinh_trang", words)}), spec);
        CHECK_FALSE(find(out.findings, "half_statuses"));
        CHECK_FALSE(find(out.findings, "strange_statuses"));
    }
}

TEST_CASE("a column of numbers with too many words names these words") {
    const auto u = units({"a", "b", "c", "d", "e"});
    const auto key = text_column("code", {"a", "b", "c", "d", "e"});
    JoinSpec spec;
    spec.values = {"so_vu"};
    const auto shown = [&](std::vector<std::string> cells) {
        return join(u, "v", table({key, text_column("so_vu", std::move(cells))}), spec);
    };
    const auto out = shown({"1.234,5", "12 vụ", "7", "12 vụ", "không rõ số"});
    const auto* told = find(out.findings, "half_numbers");
    REQUIRE(told);
    CHECK(told->amount == 3.0);
    bool named = false;
    for (const auto& [name, value] : told->args)
        named = named || (name == "words" &&
                          std::get<std::string>(value) == "“12 vụ” (2; 3), “không rõ số” (1; 6)");
    CHECK(named);
    CHECK_FALSE(find(shown({"Xã", "Phường", "Xã", "Xã", "Xã"}).findings, "half_numbers"));
    CHECK_FALSE(find(shown({"001", "002", "003", "004", "005"}).findings, "half_numbers"));
    // Somebody who says what a column is knows its words.
    spec.indicators.resize(1);
    spec.indicators[0].kind = Kind::Category;
    CHECK_FALSE(find(shown({"1", "12 vụ", "7", "12 vụ", "x"}).findings, "half_numbers"));
}

TEST_CASE("missing columns are named together with those that exist") {
    const auto u = units({"a"});
    CHECK(error_key(u, table({number("foo", {1})}), {}) == "error.table.no_key");
    JoinSpec spec;
    spec.values = {"populaton"};
    CHECK(error_key(u, table({text_column("code", {"a"}), number("population", {1})}), spec) ==
          "error.table.no_column");
    spec.values = {"hr{year}"};
    CHECK(error_key(u, table({text_column("code", {"a"}), number("population", {1})}), spec) ==
          "error.table.no_wide_column");
    spec.values.clear();
    CHECK(error_key(u, table({text_column("code", {"a"}), text_column("ten", {"Xã A"})}), spec) ==
          "error.table.no_values");
}

TEST_CASE("years are understood as people write them") {
    CHECK(parse_year_cell("2010") == Period{2010, 0});
    CHECK(parse_year_cell("2010.0") == Period{2010, 0});
    CHECK(parse_year_cell("Năm 2010") == Period{2010, 0});
    CHECK(parse_year_cell("2010-H2") == Period{2010, 2});
    CHECK(parse_year_cell("2010-12-31") == Period{2010, 0});
    CHECK_FALSE(parse_year_cell("x"));
    CHECK_FALSE(parse_year_cell("8000"));
    // "nam" is also "male": a column of counts is no year column.
    const auto t = table(
        {text_column("code", {"a", "b"}), number("nam", {120, 311}), number("nu", {99, 300})});
    CHECK_FALSE(find_year_column(t));
}

TEST_CASE("a bad year leaves its row out and says which") {
    const auto t =
        table({text_column("code", {"a", "a", "a"}), text_column("year", {"2010", "20l1", "2012"}),
               number("cases", {1, 2, 3})});
    JoinSpec spec;
    spec.year_column = "year";
    spec.values = {"cases"};
    const auto out = join(units({"a"}), "v", t, spec);
    CHECK(out.cube.periods.size() == 2);
    REQUIRE(find(out.findings, "bad_period"));
    CHECK(out.report.bad_values.at(0).row == 3);
}

TEST_CASE("a repeated unit code gets its value once") {
    const auto out = join(units({"a", "a", ""}), "v",
                          table({text_column("code", {"a", ""}), number("cases", {5, 7})}), {});
    CHECK(out.cube.value(0, 0, 0) == 5);
    CHECK(out.cube.state(0, 0, 1) == Cell::Missing);
    CHECK(out.cube.state(0, 0, 2) == Cell::Missing); // an empty code never matches
    CHECK(find(out.findings, "duplicate_unit_code"));
}

TEST_CASE("columns are found by their usual names") {
    const auto t = table(
        {text_column("Tên xã", {"A"}), text_column("Mã xã", {"1"}), text_column("MA_TINH", {"9"})});
    CHECK(find_code_column(t) == "Mã xã");
    CHECK(usual_code_name("ma_tinh"));
    CHECK_FALSE(usual_code_name("ghi chú"));
}

TEST_CASE("a table of districts is joined by their code, one of communes by name only is not") {
    const auto districts =
        table({text_column("Tên huyện", {"A"}), text_column("MAHUYEN", {"001"})});
    CHECK(find_code_column(districts) == "MAHUYEN");
    const auto communes = table({text_column("Tên xã", {"A"}), text_column("MAHUYEN", {"001"})});
    CHECK_FALSE(find_code_column(communes));
}

TEST_CASE("columns of a table that nobody declared are counts only where they look like it") {
    const auto u = units({"00001", "00004"});
    const auto t = table({text_column("ma_xa", {"00001", "00004"}), number("dan_so", {10, 20}),
                          number("ty_le", {50, 51}), number("hr", {1.5, 0})});
    const auto cube = join(u, "", t, {}).cube;
    CHECK(cube.indicators[*cube.find("dan_so")].kind == Kind::Count);
    CHECK(cube.indicators[*cube.find("ty_le")].kind == Kind::Intensity);
    CHECK(cube.indicators[*cube.find("hr")].kind == Kind::Intensity);
    // What a caller declares stays.
    JoinSpec spec;
    spec.values = {"hr"};
    spec.indicators.resize(1);
    spec.indicators[0].kind = Kind::Count;
    CHECK(join(u, "", t, spec).cube.indicators[0].kind == Kind::Count);
}

TEST_CASE("a table with a header and no rows joins nothing") {
    const auto out = join(units({"00001", "00004"}), "",
                          table({number("ma_xa", {}), number("nam", {}), number("v", {})}), {});
    CHECK(out.report.table_rows == 0);
    CHECK(out.report.matched_rows == 0);
    CHECK_FALSE(find(out.findings, "year_not_used"));
    REQUIRE(out.cube.indicators.size() == 1); // the years are no value
    CHECK(out.cube.indicators[0].id == "v");
    CHECK(out.cube.state(0, 0, 1) == Cell::Missing);
}

TEST_CASE("a year column that is not used as the year is told") {
    const auto u = units({"00001", "00004"});
    const auto rows = [&](std::vector<std::string> years) {
        return table({text_column("ma_xa", {"00001", "00004", "00001", "00004"}),
                      text_column("nam", std::move(years)), number("v", {1, 2, 3, 4})});
    };
    JoinSpec spec;
    spec.values = {"v"};
    const auto out = join(u, "", rows({"2010", "2010", "11", ""}), spec);
    const auto* told = find(out.findings, "year_not_used");
    REQUIRE(told);
    CHECK(told->amount == 2);
    CHECK(std::get<std::int64_t>(told->args[1].second) == 4); // the row in the file
    CHECK(std::get<std::string>(told->args[2].second) == "11");
    // All years, none at all ("nam" is also "male"), and a column that was named: nothing to tell.
    CHECK_FALSE(
        find(join(u, "", rows({"2010", "2010", "2011", "2011"}), spec).findings, "year_not_used"));
    CHECK_FALSE(find(join(u, "", rows({"12", "7", "30", "9"}), spec).findings, "year_not_used"));
    spec.year_column = "nam";
    const auto named = join(u, "", rows({"2010", "2010", "11", ""}), spec);
    CHECK_FALSE(find(named.findings, "year_not_used"));
    CHECK(find(named.findings, "bad_period"));
}
