// Reports imported end to end, through the same request as the command line's.
#include "app/import.hpp"

#include "app/commands/store.hpp"
#include "app/import_profile.hpp"
#include "base/paths.hpp"
#include "files/store.hpp"
#include "files/store_records.hpp"
#include "support/errors.hpp"
#include "support/temp.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <cstdlib>
#include <fmt/format.h>
#include <fstream>

using namespace diaban;
namespace fs = std::filesystem;

namespace {

files::StoreContent store_content(std::size_t communes) {
    files::StoreContent content;
    auto& vintage = content.vintages.emplace_back();
    vintage.id = "2009";
    auto& units = vintage.units;
    static constexpr std::array kFirst = {"Mỹ",  "Bình", "Đông", "Tân",
                                          "Phú", "Vĩnh", "Hòa",  "Long"};
    static constexpr std::array kSecond = {"Long", "Phước", "Quý",  "Khánh", "Xuyên", "Thạnh",
                                           "Hậu",  "An",    "Hưng", "Lộc",   "Châu",  "Tây"};
    for (std::size_t i = 0; i < communes; ++i) {
        units.code.push_back(fmt::format("{:05}", 30001 + i));
        units.name.push_back(fmt::format("Xã {} {}", kFirst[(i / 12) % 8], kSecond[i % 12]));
        units.type.emplace_back("Xã");
        vintage.soup.points.insert(vintage.soup.points.end(), {{105, 10}, {106, 10}, {105, 11}});
        vintage.soup.end_ring();
        vintage.soup.end_face();
    }
    units.groups[2] = {{"89", "Tỉnh An Giang"}};
    units.parent[2].assign(communes, 0);
    return content;
}

// A workbook as LibreOffice would save it: flat XML inside a zip, made by the zip program.
class Xlsx {
public:
    void row(const std::vector<std::string>& cells) {
        rows_ += fmt::format("<row r=\"{}\">", ++row_);
        for (std::size_t c = 0; c < cells.size(); ++c) {
            const auto& text = cells[c];
            if (text.empty()) continue;
            const auto at = fmt::format("{}{}", static_cast<char>('A' + c), row_);
            const bool number = text.find_first_not_of("0123456789.") == std::string::npos &&
                                (text[0] != '0' || text == "0");
            rows_ += number ? fmt::format("<c r=\"{}\"><v>{}</v></c>", at, text)
                            : fmt::format("<c r=\"{}\" t=\"inlineStr\"><is><t>{}</t></is></c>", at,
                                          text);
        }
        rows_ += "</row>";
    }
    // What follows stands on a second sheet, which the file hides.
    void begin_hidden() { shown_ = std::exchange(rows_, ""), row_ = 0; }
    void save(const fs::path& file) const {
        const auto folder = fs::path(file.string() + ".parts");
        fs::create_directories(folder / "xl/_rels");
        fs::create_directories(folder / "xl/worksheets");
        const bool two = !shown_.empty();
        std::ofstream(folder / "xl/workbook.xml")
            << "<workbook xmlns:r=\"r\"><sheets><sheet name=\"Biểu 1\" sheetId=\"1\" "
               "r:id=\"rId1\"/>"
            << (two ? "<sheet name=\"Nháp\" sheetId=\"2\" state=\"hidden\" r:id=\"rId2\"/>" : "")
            << "</sheets></workbook>";
        std::ofstream(folder / "xl/_rels/workbook.xml.rels")
            << "<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/>"
               "<Relationship Id=\"rId2\" Target=\"worksheets/sheet2.xml\"/></Relationships>";
        const auto sheet = [&](const char* name, const std::string& rows) {
            std::ofstream(folder / "xl/worksheets" / name)
                << "<worksheet><sheetData>" << rows << "</sheetData></worksheet>";
        };
        sheet("sheet1.xml", two ? shown_ : rows_);
        if (two) sheet("sheet2.xml", rows_);
        fs::remove(file);
        REQUIRE(
            std::system(fmt::format("cd '{}' && zip -qr '{}' xl", folder.string(), file.string())
                            .c_str()) == 0);
        fs::remove_all(folder);
    }

private:
    std::string rows_, shown_;
    int row_ = 0;
};

std::size_t kinds_found(const app::ImportReport& report, const std::string& kind) {
    return static_cast<std::size_t>(std::count_if(report.findings.begin(), report.findings.end(),
                                                  [&](const auto& f) { return f.key == kind; }));
}

} // namespace

TEST_CASE("a profile survives JSON, and nonsense in one is named") {
    data::ImportProfile profile;
    profile.name = "Biểu 6 tháng";
    profile.sheets = {"Biểu 1"};
    profile.header_row = 5;
    profile.header_rows = 2;
    profile.period = data::Period{2011, 1};
    profile.as_of = "2011-06-15";
    profile.cumulative = false;
    profile.agency = "Sở LĐ-TB&XH";
    profile.area = "89";
    profile.present = "exclusive";
    profile.empty.dash = data::Empty::Missing;
    profile.columns = {{"Số đối tượng", "DR01"}, {"Ghi chú", "ignored"}};
    profile.words = {{"TĐ", "hot"}, {"chưa xếp", "unknown"}};
    CHECK(app::parse_profile(app::to_json(profile), "p") == profile);
    CHECK(app::parse_profile("{}", "p") == data::ImportProfile{});
    for (const auto* bad :
         {"[1]", "{", R"({"nothing": 1})", R"({"period": "soon"})", R"({"header_row": "five"})",
          R"({"empty": {"dash": "none"}})", R"({"header_row": -1})", R"({"header_row": 2.5})",
          R"({"header_rows": 5000000000})", R"({"present": "perhaps"})",
          R"({"words": {"TĐ": "trọng điểm"}})", R"({"words": ["hot"]})",
          R"({"words": {"TĐ": 2}})"}) {
        CAPTURE(bad);
        CHECK_THROWS_AS(app::parse_profile(bad, "p"), base::Error);
    }
}

TEST_CASE("words of statuses are written one after another") {
    const auto words = app::parse_words(" TĐ=hot; LM = none ;");
    REQUIRE(words);
    CHECK(*words == data::StatusWords{{"TĐ", "hot"}, {"LM", "none"}});
    CHECK(app::word_flags(*words) == std::vector<std::string>{"LM=none", "TĐ=hot"});
    CHECK(app::parse_words("")->empty());
    CHECK_FALSE(app::parse_words("TĐ"));
    CHECK_FALSE(app::parse_words("TĐ=nóng"));
    CHECK_FALSE(app::parse_words("=hot"));
}

TEST_CASE("a dirty workbook: everything that is wrong with it is found") {
    const test::TempFolder folder;
    base::JobContext ctx;
    const auto content = store_content(80);
    files::write_store(folder / "store.sqlite", content, ctx);
    const auto& names = content.vintages[0].units.name;

    Xlsx book;
    book.row({"BÁO CÁO KẾT QUẢ NĂM 2012"});
    book.row({"STT", "Xã, phường, thị trấn", "Số CCCD", "Số cuộc kiểm tra", "Cơ sở vi phạm"});
    int inspections = 0, violations = 0, number = 0;
    const auto add = [&](const std::string& name, int a, int b) {
        book.row({std::to_string(++number), name, fmt::format("0890990{:05}", 10000 + number),
                  std::to_string(a), std::to_string(b)});
        inspections += a;
        violations += b;
    };
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (i == 3 || i == 17 || i == 30 || i == 44 || i == 79) continue; // five dropped
        auto name = names[i];
        if (i == 5) name = "Xã Mỹ Thanhj";
        if (i == 20) name = "Xã Bình Hưg";
        if (i == 50) name = "Xã Phúu Quý";
        add(name, static_cast<int>(i) + 1, static_cast<int>(i % 7));
    }
    const int stated = inspections + 1, right = violations; // the totals of rows that count once
    add(names[10], 11, 3);                                  // the same again
    add(names[60], 999, 4);                                 // other numbers
    book.row({"", "Tổng cộng", "", std::to_string(stated), std::to_string(right)});
    book.save(folder / "bao_cao.xlsx");

    app::ImportRequest request{.file = folder / "bao_cao.xlsx", .store = folder / "store.sqlite"};
    request.dry_run = true;
    const auto report = app::run(request, ctx);
    REQUIRE(report.delivery.sheets.size() == 1);
    const auto& sheet = report.delivery.sheets[0];
    CHECK(kinds_found(report, "refused_personal_column") == 1);
    CHECK(sheet.missing_units.size() == 5 + 3); // dropped, and those that are misspelt
    REQUIRE(sheet.unmatched.size() == 3);
    std::vector<std::size_t> wanted = {5, 20, 50};
    for (std::size_t k = 0; k < 3; ++k) {
        REQUIRE_FALSE(sheet.unmatched[k].candidates.empty());
        CHECK(sheet.unmatched[k].candidates.front() == wanted[k]);
    }
    CHECK(sheet.duplicate_rows.size() == 2);
    CHECK(sheet.wrong_totals == 1);
    CHECK(kinds_found(report, "import_total_wrong") == 1);
    CHECK(sheet.findings.empty()); // held once, by the report: a national file has too many
    const auto language = app::Language::load("vi");
    const auto csv = app::import_report_csv(report, *language);
    for (const auto* kind :
         {"import_unit_missing", "import_row_unmatched", "import_duplicate_row",
          "import_duplicate_disagrees", "import_total_wrong", "refused_personal_column"})
        CHECK(csv.find(kind) != std::string::npos);
    CHECK(csv.find("0890990") == std::string::npos); // no number of a person gets out
    CHECK_FALSE(report.written);

    const auto bytes = base::read_file(folder / "store.sqlite");
    request.dry_run = false;
    request.save_profile = "năm";
    CHECK(app::run(request, ctx).written);
    CHECK(base::read_file(folder / "store.sqlite") != bytes);
    CHECK(base::read_file(folder / "store.sqlite").find("0890990") == std::string::npos);
    request.profile = "năm";
    request.save_profile.clear();
    const auto again = app::run(request, ctx);
    CHECK_FALSE(again.written);
    CHECK(again.changes.revised == 0);
}

TEST_CASE("a hidden sheet is left out and named, and read where it is asked for") {
    const test::TempFolder folder;
    base::JobContext ctx;
    const auto content = store_content(156);
    files::write_store(folder / "store.sqlite", content, ctx);
    const auto& code = content.vintages.front().units.code;
    Xlsx book;
    book.row({"Mã xã", "Số cuộc kiểm tra"});
    book.row({code[0], "3"});
    book.begin_hidden();
    book.row({"Mã xã", "Số cuộc kiểm tra"});
    book.row({code[0], "99"});
    book.save(folder / "bao_cao.xlsx");
    app::ImportRequest request{.file = folder / "bao_cao.xlsx", .store = folder / "store.sqlite"};
    request.dry_run = true;
    request.own.period = data::Period{2011, 0};
    auto report = app::run(request, ctx);
    REQUIRE(report.delivery.sheets.size() == 1);
    CHECK(report.delivery.sheets[0].plan.sheet == "Biểu 1");
    CHECK(kinds_found(report, "import_hidden_sheet") == 1);
    CHECK(report.changes.added == 1);
    request.own.sheets = {"Nháp"};
    report = app::run(request, ctx);
    REQUIRE(report.delivery.sheets.size() == 1);
    CHECK(report.delivery.sheets[0].plan.sheet == "Nháp");
    CHECK(kinds_found(report, "import_hidden_sheet") == 0);
}

// The numbers of a real plan (An Giang 2011, with the results of 2010), domain reference 5.3.
TEST_CASE("the report of a province goes in whole, with its parts, and its numbers agree") {
    const test::TempFolder folder;
    base::JobContext ctx;
    files::write_store(folder / "store.sqlite", store_content(156), ctx);
    Xlsx book;
    book.row({"SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI TỈNH AN GIANG"});
    book.row({"KẾT QUẢ NĂM 2010 (tính đến ngày 10/12/2010)"});
    book.row({"STT", "Chỉ tiêu", "Đơn vị tính", "Năm 2010"});
    struct Line {
        const char *label, *code, *part;
        double value;
    };
    const auto lines = std::to_array<Line>({
        {"Số xã, phường, thị trấn trọng điểm cả ma túy và mại dâm", "ST03", "", 0},
        {"Số xã, phường, thị trấn có tệ nạn mại dâm", "ST06", "", 9},
        {"Số xã, phường, thị trấn có tệ nạn ma túy", "ST07", "", 43},
        {"Số xã, phường, thị trấn không có tệ nạn mại dâm", "ST08", "", 147},
        {"Số xã, phường, thị trấn không có tệ nạn ma túy", "ST09", "", 113},
        {"Số xã, phường, thị trấn lành mạnh không có tệ nạn", "ST10", "", 113},
        {"Số xã, phường, thị trấn lành mạnh xây dựng mới", "ST11_new", "", 12},
        {"Số xã, phường, thị trấn lành mạnh duy trì", "ST11_kept", "", 101},
        {"Số cuộc tuyên truyền", "CM01", "", 822},
        {"Lượt người dự tuyên truyền", "CM02", "", 39456},
        {"Tài liệu bướm", "CM03a", "", 20000},
        {"Áp phích", "CM03b", "", 150},
        {"Lượt dự câu lạc bộ tiếp viên nữ", "CM06", "", 233},
        {"Số cuộc kiểm tra", "IN01", "", 279},
        {"Trong đó: Đội 178 tỉnh", "IN01", "Đội 178 tỉnh", 16},
        {"Lượt cơ sở được kiểm tra", "IN02", "", 603},
        {"Trong đó: Đội 178 tỉnh", "IN02", "Đội 178 tỉnh", 18},
        {"Cơ sở vi phạm", "IN03", "", 248},
        {"Trong đó: Đội 178 tỉnh", "IN03", "Đội 178 tỉnh", 9},
        {"Nhắc nhở", "IN04a", "", 49},
        {"Cảnh cáo", "IN04b", "", 3},
        {"Phạt tiền", "IN04c", "", 196},
        {"Số tiền phạt", "IN05", "", 226000000},
        {"Người nghiện ma túy có hồ sơ quản lý", "DR01", "", 941},
        {"Người đang cai tại trung tâm", "DR02", "", 417},
        {"Trong đó: nữ", "DR02", "nữ", 32},
        {"Người nghiện quản lý tại cộng đồng", "DR03", "", 524},
        {"Lập hồ sơ đưa vào trung tâm", "DR04", "", 486},
        {"Trong đó: tự nguyện", "DR04", "tự nguyện", 55},
        {"- bắt buộc", "DR04", "bắt buộc", 431},
        {"Hoàn thành cai nghiện", "DR05", "", 340},
        {"Cai nghiện tại cộng đồng", "DR06", "", 24},
        {"Bỏ trốn", "DR07a", "", 41},
        {"Tập trung lại", "DR07b", "", 26},
        {"Lượt khám bệnh tại trung tâm", "DR08", "", 21277},
        {"Người điều trị ARV", "DR08_arv", "", 37},
        {"Được học nghề", "SW04a", "", 48},
        {"Giới thiệu việc làm", "SW04b", "", 18},
        {"Nhận việc làm", "SW04c", "", 13},
        {"Người được vay vốn", "SW05a", "", 13},
        {"Số tiền vay", "SW05b", "", 45000000},
        {"Cán bộ được tập huấn", "OR01", "", 170},
        {"Cán sự xã hội cấp xã", "OR02", "", 156},
        {"Đội tình nguyện", "OR03", "", 3},
        {"Kinh phí", "OR07", "", 994.66},
    });
    int number = 0;
    for (const auto& line : lines)
        book.row({line.part[0] ? "" : std::to_string(++number), line.label, "",
                  fmt::format("{}", line.value)});
    book.save(folder / "an_giang_2010.xlsx");

    const auto report =
        app::run({.file = folder / "an_giang_2010.xlsx", .store = folder / "store.sqlite"}, ctx);
    for (const auto& finding : report.findings) {
        CAPTURE(finding.key);
        CHECK(finding.severity == base::Severity::Info);
    }
    CHECK(report.changes.added == lines.size());
    const auto list = files::list_store(folder / "store.sqlite");
    REQUIRE(list.areas.size() == lines.size());
    std::map<std::pair<std::string, std::string>, double> value;
    for (const auto& area : list.areas) {
        CHECK(area.code == "89");
        CHECK(area.period == data::Period{2010, 0});
        CHECK(area.as_of == "2010-12-10");
        CHECK(area.agency.find("AN GIANG") != std::string::npos);
        value[{area.indicator, area.part}] = area.value;
    }
    for (const auto& line : lines) {
        CAPTURE(line.label);
        CHECK(value.at({line.code, line.part}) == line.value);
    }
    const auto v = [&](const char* code, const char* part = "") { return value.at({code, part}); };
    CHECK(v("ST06") + v("ST08") == 156);
    CHECK(v("ST07") + v("ST09") == 156);
    CHECK(v("ST11_new") + v("ST11_kept") == v("ST10"));
    CHECK(v("DR02") + v("DR03") == v("DR01"));
    CHECK(v("DR04", "tự nguyện") + v("DR04", "bắt buộc") == v("DR04"));
    CHECK(v("IN04a") + v("IN04b") + v("IN04c") == v("IN03"));
    CHECK(v("CM02") / v("CM01") == 48);
    CHECK(std::round(v("ST10") / 156 * 1000) / 10 == 72.4);
}

TEST_CASE("what cannot be imported is said with what to do") {
    const test::TempFolder folder;
    base::JobContext ctx;
    files::write_store(folder / "store.sqlite", store_content(3), ctx);
    const auto key = [&](const std::string& csv) {
        std::ofstream(folder / "a.csv") << csv;
        return test::thrown_key(
            [&] { app::run({.file = folder / "a.csv", .store = folder / "store.sqlite"}, ctx); });
    };
    CHECK(key("a,b\n1,2\n") == "error.import.nothing");
    CHECK(key("Mã xã,Số cuộc kiểm tra\n30001,2\n") == "error.import.no_period");
    CHECK(key("Báo cáo năm 2011\nMã xã,Số cuộc kiểm tra\n30001,2\n").empty());
}

TEST_CASE("suggested names are approved or refused at import, and remembered") {
    const test::TempFolder folder;
    base::JobContext ctx;
    const auto content = store_content(24);
    const auto& names = content.vintages[0].units.name;
    files::write_store(folder / "store.sqlite", content, ctx);
    // "Mỹ Phuớc", "Mỹ Hâu": misspelt; the third resembles nothing.
    std::ofstream(folder / "a.csv") << "Báo cáo năm 2010\nTên xã,Số cuộc kiểm tra\n"
                                    << names[0] << ",4\nMỹ Phuớc,5\nMỹ Hâu,6\nZzzz Qqqq,7\n";
    app::ImportRequest request{.file = folder / "a.csv", .store = folder / "store.sqlite"};
    request.dry_run = true;
    const auto preview = app::run(request, ctx);
    REQUIRE(preview.suggestions.size() >= 2);
    CHECK(preview.suggestions[0].key.name == "Mỹ Phuớc");
    CHECK(preview.unit_names[preview.suggestions[0].candidates[0]] == "Xã Mỹ Phước");
    CHECK(preview.unit_names[preview.suggestions[1].candidates[0]] == "Xã Mỹ Hậu");

    SECTION("by number") {
        request.dry_run = false;
        request.accept_names = "1";
        request.refuse_names = "2,99";
        const auto report = app::run(request, ctx);
        CHECK(report.unit_rows() == 2);
        CHECK(report.changes.added == 2);
        CHECK(report.changes.names == 2);
        CHECK(report.unknown_numbers == std::vector<std::size_t>{99});
        // The next report needs no decision for the first, and does not offer the second again.
        request.accept_names = request.refuse_names = "";
        std::ofstream(folder / "b.csv") << "Báo cáo năm 2011\nTên xã,Số cuộc kiểm tra\n"
                                        << "Mỹ Phuớc,5\nMỹ Hâu,6\n";
        request.file = folder / "b.csv";
        const auto next = app::run(request, ctx);
        CHECK(next.unit_rows() == 1);
        CHECK(next.changes.names == 0);
        for (const auto& s : next.suggestions)
            for (const auto unit : s.candidates) CHECK(next.unit_names[unit] != "Xã Mỹ Hậu");
    }
    SECTION("by a file that was filled in") {
        auto text = app::suggestions_csv(preview);
        const auto line = text.find("Xã Mỹ Phước,");
        REQUIRE(line != std::string::npos);
        text.insert(line + std::string("Xã Mỹ Phước,").size(), "có");
        std::ofstream(folder / "names.csv") << text;
        request.dry_run = false;
        request.accept_names = (folder / "names.csv").string();
        const auto report = app::run(request, ctx);
        CHECK(report.unit_rows() == 2);
        CHECK(report.changes.names == 1);
        CHECK(files::read_name_decisions(request.store).at(0).alias.code == "30002");
    }
    SECTION("all that are clear, or directly as a window does") {
        request.accept_names = "all";
        CHECK(app::run(request, ctx).unit_rows() == 3);
        request.accept_names.clear();
        request.decisions = {{preview.suggestions[1].alias(preview.unit_codes), true}};
        CHECK(app::run(request, ctx).unit_rows() == 2);
        request.refuse_names = "soon";
        CHECK_THROWS_AS(app::run(request, ctx), base::Error);
    }
}

namespace {

// A province whose report gives its communes by class, as text; imported on top of nothing.
app::ImportReport classes_of_province(std::size_t communes, const std::string& rows,
                                      const std::string& reading = "") {
    const test::TempFolder folder;
    base::JobContext ctx;
    files::write_store(folder / "store.sqlite", store_content(communes), ctx);
    std::ofstream(folder / "bao_cao.csv") << "Chỉ tiêu;Đơn vị;Năm 2022\n" << rows;
    app::ImportRequest request{.file = folder / "bao_cao.csv", .store = folder / "store.sqlite"};
    request.own.present = reading;
    return app::run(request, ctx);
}

double reported(const app::ImportReport& report, const std::string& code) {
    for (const auto& sheet : report.delivery.sheets)
        for (const auto& part : sheet.parts)
            if (sheet.indicators[part.indicator].id == code) return part.value;
    return -1;
}

} // namespace

TEST_CASE("communes with vice are stored without the hotspots among them") {
    // Lâm Đồng 2022: 18 without and 124 with drugs are all 142; 37 of the 124 are hotspots.
    const std::string lam_dong = "Số xã trọng điểm ma túy;xã;37\nSố xã có tệ nạn ma túy;xã;124\n"
                                 "Số xã không có tệ nạn ma túy;xã;18\n";
    const auto found_by_sum = classes_of_province(142, lam_dong);
    CHECK(reported(found_by_sum, "ST07") == 124 - 37);
    CHECK(reported(found_by_sum, "ST04") == 37);
    CHECK(kinds_found(found_by_sum, "import_inclusive") == 1);
    CHECK(kinds_found(found_by_sum, "v1_drug") == 0);
    CHECK(reported(classes_of_province(142, lam_dong, "exclusive"), "ST07") == 124);
    // TP.HCM 2023: 1 + 133 + 178 are all 312.
    const auto exclusive = classes_of_province(312, "Số xã trọng điểm ma túy;xã;178\n"
                                                    "Số xã có tệ nạn ma túy;xã;133\n"
                                                    "Số xã không có tệ nạn ma túy;xã;1\n");
    CHECK(reported(exclusive, "ST07") == 133);
    CHECK(kinds_found(exclusive, "import_inclusive") == 0);
    // Neither way: said, not corrected.
    const auto neither = classes_of_province(150, lam_dong);
    CHECK(reported(neither, "ST07") == 124);
    CHECK(kinds_found(neither, "v1_drug") == 1);
    // Without the communes free of drugs nobody can tell, unless a person says so.
    const std::string two = "Số xã trọng điểm mại dâm;xã;5\nSố xã có tệ nạn mại dâm;xã;20\n";
    const auto unclear = classes_of_province(142, two);
    CHECK(reported(unclear, "ST06") == 20);
    CHECK(kinds_found(unclear, "import_present_unclear") == 1);
    CHECK(reported(classes_of_province(142, two, "inclusive"), "ST06") == 15);
}
