#include "files/report_file.hpp"

#include "base/paths.hpp"
#include "files/encoding.hpp"
#include "files/xml.hpp"
#include "import_support.hpp"
#include "support/errors.hpp"
#include "support/temp.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <sqlite3.h>

using namespace diaban;
using namespace diaban::files;
using test::Rows;

namespace {

// Every cell as text, numbers marked, rows by their number in the file.
std::vector<std::pair<std::uint32_t, std::vector<std::string>>> cells_of(const data::Sheet& sheet) {
    std::vector<std::pair<std::uint32_t, std::vector<std::string>>> out;
    sheet.visit([&](std::uint32_t row, std::span<const data::SheetCell> cells) {
        auto& texts = out.emplace_back(row, std::vector<std::string>{}).second;
        for (const auto& cell : cells)
            texts.push_back((cell.kind == data::SheetCell::Kind::Number ? "#" : "") +
                            cell.as_text());
    });
    return out;
}

ReportFile opened(const std::filesystem::path& file) {
    base::JobContext ctx;
    return open_report(file, "auto", ctx);
}

void check_report(const std::filesystem::path& file) {
    test::write_workbook(
        file,
        {{"Biểu 1",
          {{"BÁO CÁO NĂM 2010", ""}, {"Xã", "Số cuộc"}, {"Xã Tân 1", "1.234"}, {"Xã Tân 2", "5"}}},
         {"Biểu 2", {{"Mã", "Số"}, {"00001", "7"}}}});
    const auto book = opened(file);
    REQUIRE(book.sheets.size() == 2);
    CHECK(book.sheets[0]->name() == "Biểu 1");
    CHECK(book.sheets[0]->typed());
    const auto first = cells_of(*book.sheets[0]);
    REQUIRE(first.size() == 4);
    CHECK(first[0].second[0] == "BÁO CÁO NĂM 2010");
    CHECK(first[2].first == 3);
    CHECK(first[2].second == std::vector<std::string>{"Xã Tân 1", "1.234"});
    const auto second = cells_of(*book.sheets[1]);
    REQUIRE(second.size() == 2);
    CHECK(second[1].second == std::vector<std::string>{"00001", "#7"});
    CHECK(opened(file).digest == book.digest);
}

// A workbook of these parts.
std::filesystem::path zipped(const std::filesystem::path& file,
                             const std::vector<std::pair<const char*, std::string>>& parts) {
    const std::filesystem::path root = file.string() + ".parts";
    for (const auto& [part, text] : parts) {
        std::filesystem::create_directories((root / part).parent_path());
        std::ofstream(root / part) << text;
    }
    const auto command = "cd '" + root.string() + "' && zip -qr '" + file.string() + "' .";
    REQUIRE(std::system(command.c_str()) == 0);
    return file;
}

} // namespace

TEST_CASE("XML is read in order, with entities, CDATA and prefixes") {
    XmlReader reader("<?xml version='1.0'?><!-- c --><x:a b='1 &gt; 0' c=\"&#x1EA1;\"><d/>"
                     "t&amp;u<![CDATA[<raw>]]></x:a>");
    REQUIRE(reader.next() == XmlReader::Event::Open);
    CHECK(reader.name() == "a");
    CHECK(reader.attribute("b") == "1 > 0");
    CHECK(reader.attribute("c") == "ạ");
    CHECK_FALSE(reader.attribute("d"));
    CHECK(reader.next() == XmlReader::Event::Open);
    CHECK(reader.name() == "d");
    CHECK(reader.next() == XmlReader::Event::Close);
    CHECK(reader.next() == XmlReader::Event::Text);
    CHECK(reader.text() == "t&u");
    CHECK(reader.next() == XmlReader::Event::Text);
    CHECK(reader.text() == "<raw>");
    CHECK(reader.next() == XmlReader::Event::Close);
    CHECK(reader.next() == XmlReader::Event::End);
    for (const auto* broken : {"<a", "<a b='", "<a><![CDATA[", "<!-- ", "&", "<a>&#xZZ;</a"}) {
        XmlReader other(broken);
        for (int n = 0; n < 10 && other.next() != XmlReader::Event::End; ++n)
            static_cast<void>(other.text());
        CHECK(other.next() == XmlReader::Event::End);
    }
}

TEST_CASE("XLSX and ODS by another program keep numbers as numbers and text as text") {
    const test::TempFolder folder;
    check_report(folder / "a.xlsx");
    check_report(folder / "a.ods");
}

TEST_CASE("a number that a sheet shows as a percentage is read as it is shown") {
    const test::TempFolder folder;
    const auto first_row = [&](const char* name,
                               const std::vector<std::pair<const char*, std::string>>& parts) {
        return cells_of(*opened(zipped(folder / name, parts)).sheets.at(0)).at(0).second;
    };
    // Formats 9 and 10 are Excel's own; 164 has the sign, 165 only names it.
    const auto xlsx = first_row(
        "a.xlsx",
        {{"xl/workbook.xml", "<workbook xmlns:r=\"r\"><sheets><sheet name=\"B\" sheetId=\"1\" "
                             "r:id=\"rId1\"/></sheets></workbook>"},
         {"xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id=\"rId1\" "
                                        "Target=\"worksheets/sheet1.xml\"/></Relationships>"},
         {"xl/styles.xml",
          "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"0.0%\"/>"
          "<numFmt numFmtId=\"165\" formatCode=\"0.0&quot; %&quot;\"/></numFmts><cellXfs>"
          "<xf numFmtId=\"0\"/><xf numFmtId=\"9\"/><xf numFmtId=\"164\"/>"
          "<xf numFmtId=\"165\"/></cellXfs></styleSheet>"},
         {"xl/worksheets/sheet1.xml",
          "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>0.25</v></c>"
          "<c r=\"B1\" s=\"1\"><v>0.07</v></c><c r=\"C1\" s=\"2\"><v>0.755</v></c>"
          "<c r=\"D1\" s=\"3\"><v>75.5</v></c></row></sheetData></worksheet>"}});
    CHECK(xlsx == std::vector<std::string>{"#0.25", "#7%", "#75.5%", "#75.5"});
    const auto ods = first_row(
        "a.ods", {{"content.xml",
                   "<d><table:table table:name=\"B\"><table:table-row>"
                   "<table:table-cell office:value-type=\"float\" office:value=\"0.25\"/>"
                   "<table:table-cell office:value-type=\"percentage\" office:value=\"0.07\"/>"
                   "</table:table-row></table:table></d>"}});
    CHECK(ods == std::vector<std::string>{"#0.25", "#7%"});
}

TEST_CASE("a formula that nobody computed is no empty cell, and hidden sheets are known") {
    const test::TempFolder folder;
    const auto book = opened(zipped(
        folder / "a.xlsx",
        {{"xl/workbook.xml",
          "<workbook xmlns:r=\"r\"><sheets><sheet name=\"A\" sheetId=\"1\" r:id=\"rId1\"/>"
          "<sheet name=\"B\" sheetId=\"2\" state=\"hidden\" r:id=\"rId2\"/>"
          "<sheet name=\"C\" sheetId=\"3\" state=\"veryHidden\" r:id=\"rId1\"/>"
          "<sheet name=\"D\" sheetId=\"4\" state=\"visible\" r:id=\"rId2\"/>"
          "</sheets></workbook>"},
         {"xl/_rels/workbook.xml.rels",
          "<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/>"
          "<Relationship Id=\"rId2\" Target=\"worksheets/sheet2.xml\"/></Relationships>"},
         {"xl/worksheets/sheet1.xml",
          "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><f>1+9</f><v>10</v></c>"
          "<c r=\"B1\"><f>SUM(A1:A1)</f></c><c r=\"C1\"><f>SUM(A1:A1)</f><v></v></c>"
          "<c r=\"D1\" t=\"e\"><v>#N/A</v></c><c r=\"E1\" s=\"1\"/><c r=\"F1\"><v>2</v></c>"
          "</row></sheetData></worksheet>"},
         {"xl/worksheets/sheet2.xml", "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v>"
                                      "</c></row></sheetData></worksheet>"}}));
    REQUIRE(book.sheets.size() == 4);
    CHECK(cells_of(*book.sheets[0]).at(0).second ==
          std::vector<std::string>{"#10", "=SUM(A1:A1)", "=SUM(A1:A1)", "#N/A", "", "#2"});
    const std::vector<bool> hidden{book.sheets[0]->hidden(), book.sheets[1]->hidden(),
                                   book.sheets[2]->hidden(), book.sheets[3]->hidden()};
    CHECK(hidden == std::vector<bool>{false, true, true, false});
    const auto ods = opened(zipped(
        folder / "a.ods",
        {{"content.xml",
          "<d><a><style:style style:name=\"ta1\" style:family=\"table\"><style:table-properties "
          "table:display=\"true\"/></style:style><style:style style:name=\"ta2\" "
          "style:family=\"table\"><style:table-properties table:display=\"false\"/></style:style>"
          "</a><table:table table:name=\"A\" table:style-name=\"ta1\"><table:table-row>"
          "<table:table-cell office:value-type=\"float\" office:value=\"1\"/></table:table-row>"
          "</table:table><table:table table:name=\"B\" table:style-name=\"ta2\"><table:table-row>"
          "<table:table-cell office:value-type=\"float\" office:value=\"2\"/></table:table-row>"
          "</table:table></d>"}}));
    REQUIRE(ods.sheets.size() == 2);
    CHECK_FALSE(ods.sheets[0]->hidden());
    CHECK(ods.sheets[1]->hidden());
}

TEST_CASE("a text file of any delimiter, mark and encoding is one sheet") {
    const test::TempFolder folder;
    const auto write = [&](const std::string& name, const std::string& bytes) {
        std::ofstream(folder / name, std::ios::binary) << bytes;
        return folder / name;
    };
    const std::string rows = "Báo cáo năm 2010\nMã xã;Tên xã;Số cuộc\n00001;Xã Tân Thạnh;\"1.234,5"
                             "\"\n00004;Phường Mỹ Long;-\n";
    const auto check = [](const ReportFile& book) {
        REQUIRE(book.sheets.size() == 1);
        CHECK_FALSE(book.sheets[0]->typed());
        const auto cells = cells_of(*book.sheets[0]);
        REQUIRE(cells.size() == 4);
        CHECK(cells[2].first == 3);
        CHECK(cells[2].second == std::vector<std::string>{"00001", "Xã Tân Thạnh", "1.234,5"});
        std::size_t rows_seen = 0;
        book.sheets[0]->visit([&](std::uint32_t, auto) { ++rows_seen; }, 2);
        CHECK(rows_seen == 2);
    };
    check(opened(write("plain.csv", rows)));
    check(opened(write("bom.csv", "\xEF\xBB\xBF" + rows)));
    auto tabs = rows;
    std::replace(tabs.begin(), tabs.end(), ';', '\t');
    check(opened(write("tabs.tsv", tabs)));
    std::string utf16 = "\xFF\xFE";
    check(opened(write("utf16.csv", utf16 + encode(rows, "UTF-16LE"))));
    for (const auto* encoding : {"TCVN3", "VNI", "CP1258"}) {
        CAPTURE(encoding);
        auto many = rows;
        for (int i = 0; i < 40; ++i) many += "00007;Thị trấn Phước Hậu;2\n";
        const auto book = opened(write("old.csv", encode(many, encoding)));
        CHECK(book.encoding == encoding);
        CHECK(cells_of(*book.sheets[0])[2].second[1] == "Xã Tân Thạnh");
    }
}

TEST_CASE("rows of a text file that straddle the pieces it is read in stay whole") {
    const test::TempFolder folder;
    std::string rows = "code,name,value\n";
    const std::size_t count = 200'000;
    for (std::size_t i = 0; i < count; ++i)
        rows += std::to_string(i) + ",\"Xã, số " + std::to_string(i) + "\"," +
                std::to_string(i * 7) + "\n";
    REQUIRE(rows.size() > (5U << 20));
    std::ofstream(folder / "big.csv", std::ios::binary) << rows;
    const auto book = opened(folder / "big.csv");
    std::size_t seen = 0, wrong = 0;
    book.sheets[0]->visit([&](std::uint32_t row, std::span<const data::SheetCell> cells) {
        if (row == 1) return;
        wrong += cells.size() != 3 || row != seen + 2 || cells[0].text != std::to_string(seen) ||
                 cells[2].text != std::to_string(seen * 7);
        ++seen;
    });
    CHECK(seen == count);
    CHECK(wrong == 0);
}

TEST_CASE("tables of SQLite become sheets with the names of the columns as first row") {
    const test::TempFolder folder;
    sqlite3* handle = nullptr;
    REQUIRE(sqlite3_open((folder / "t.sqlite").c_str(), &handle) == SQLITE_OK);
    sqlite3_exec(handle,
                 "CREATE TABLE a (ma_xa TEXT, IN01 INTEGER); INSERT INTO a VALUES ('00001', 3);"
                 "CREATE TABLE b (x TEXT); INSERT INTO b VALUES ('y');",
                 nullptr, nullptr, nullptr);
    sqlite3_close(handle);
    const auto book = opened(folder / "t.sqlite");
    REQUIRE(book.sheets.size() == 2);
    const auto cells = cells_of(*book.sheets[0]);
    CHECK(cells[0].second == std::vector<std::string>{"ma_xa", "IN01"});
    CHECK(cells[1].second == std::vector<std::string>{"00001", "#3"});
}

TEST_CASE("what is no table is refused with the reason") {
    const test::TempFolder folder;
    const auto key = [](const std::filesystem::path& file) {
        return test::thrown_key([&] { opened(file); });
    };
    CHECK(key(folder / "missing.xlsx") == "error.file.missing");
    std::ofstream(folder / "empty.csv").close();
    CHECK(key(folder / "empty.csv") == "error.file.empty");
    CHECK(key(folder.path()) == "error.file.cannot_read");
    std::ofstream(folder / "minutes.pdf") << "%PDF-1.4 a letter";
    CHECK(key(folder / "minutes.pdf") == "error.table.alien");
    std::ofstream(folder / "broken.xlsx") << "PK\x03\x04 this is no archive";
    CHECK(key(folder / "broken.xlsx") == "error.zip.damaged");
    std::ofstream(folder / "secret.xlsx") << "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
    CHECK(key(folder / "secret.xlsx") == "error.import.password");
    std::ofstream(folder / "broken.xls") << "\xD0\xCF\x11\xE0 no workbook";
    CHECK(key(folder / "broken.xls") == "error.table.unreadable");
}
