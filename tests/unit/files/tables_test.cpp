#include "files/tables.hpp"

#include "base/paths.hpp"
#include "data/join.hpp"
#include "files/encoding.hpp"
#include "support/geodata.hpp"
#include "support/temp.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <sqlite3.h>
#include <sys/stat.h>

using namespace diaban;
using namespace diaban::files;
using base::ErrorKind;
namespace fs = std::filesystem;

namespace {

void write(const fs::path& file, const std::string& bytes) {
    std::ofstream(file, std::ios::binary) << bytes;
}

using Connection = std::unique_ptr<sqlite3, decltype(&sqlite3_close)>;

Connection sqlite(const fs::path& file, const std::string& sql) {
    sqlite3* handle = nullptr;
    REQUIRE(sqlite3_open(file.c_str(), &handle) == SQLITE_OK);
    Connection connection(handle, sqlite3_close);
    const int code = sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, nullptr);
    INFO(sqlite3_errmsg(handle));
    REQUIRE(code == SQLITE_OK);
    return connection;
}

// Runs a tool we did not write; the test is about what it made.
void tool(const std::string& command) {
    INFO(command);
    REQUIRE(std::system((command + " >/dev/null 2>&1").c_str()) == 0);
}

data::RawTable read_file_table(const fs::path& file, TableSource source = {}) {
    source.file = file;
    base::JobContext ctx;
    return read_table(source, ctx).table;
}

base::Findings findings_of(const fs::path& file) {
    base::JobContext ctx;
    TableSource source;
    source.file = file;
    return read_table(source, ctx).findings;
}

bool has(const base::Findings& findings, std::string_view key) {
    return std::any_of(findings.begin(), findings.end(),
                       [&](const auto& finding) { return finding.key == key; });
}

struct Failure {
    ErrorKind kind{};
    std::string key;
    friend bool operator==(const Failure&, const Failure&) = default;
};
std::ostream& operator<<(std::ostream& out, const Failure& f) {
    return out << static_cast<int>(f.kind) << ' ' << f.key;
}
Failure failure(const fs::path& file, TableSource source = {}) {
    try {
        read_file_table(file, std::move(source));
    } catch (const base::Error& error) {
        return {error.kind, error.message.key};
    }
    return {};
}

// All that reading must leave alone.
struct Trace {
    std::string bytes;
    std::int64_t seconds, nanoseconds;
    std::size_t files_beside;
    friend bool operator==(const Trace&, const Trace&) = default;
};
Trace trace(const fs::path& file) {
    struct stat status {};
    REQUIRE(stat(file.c_str(), &status) == 0);
    const auto beside = std::distance(fs::directory_iterator(file.parent_path()), {});
    return {base::read_file(file), status.st_mtim.tv_sec, status.st_mtim.tv_nsec,
            static_cast<std::size_t>(beside)};
}

const char* const kCodes =
    "CREATE TABLE dan_so (ma_xa TEXT, ten TEXT, nam INTEGER, so REAL, ghi_chu TEXT);"
    "INSERT INTO dan_so VALUES ('00001', 'Phường Phúc Xá', 2010, 21946, NULL),"
    "('00004', 'Phường Trúc Bạch', 2010, 7065.5, ''), ('00006', 'Xã Tân', 2011, NULL, 'x');";

} // namespace

TEST_CASE("a table of an SQLite file keeps codes as text and knows its empty cells") {
    const test::TempFolder folder;
    const auto file = folder / "a b?#%.sqlite"; // a name with everything a URI would trip over
    sqlite(file, kCodes);
    const auto before = trace(file);
    const auto table = read_file_table(file);
    CHECK(trace(file) == before);
    REQUIRE(table.rows() == 3);
    CHECK(table.find("ma_xa")->type == data::ColumnType::Text);
    CHECK(table.find("ma_xa")->text[0] == "00001");
    CHECK(table.find("ten")->text[0] == "Phường Phúc Xá");
    CHECK(table.find("so")->type == data::ColumnType::Number);
    CHECK(table.find("so")->number[1] == 7065.5);
    CHECK(table.find("so")->null[2] == 1);
    CHECK(table.find("ghi_chu")->null[1] == 1);
    CHECK(table.find("nam")->cell(0) == "2010");
}

TEST_CASE("reading a database in WAL mode leaves nothing behind") {
    const test::TempFolder folder;
    const auto file = folder / "wal.db";
    sqlite(file, std::string("PRAGMA journal_mode = WAL;") + kCodes);
    const auto before = trace(file);
    REQUIRE(before.files_beside == 1);
    CHECK(read_file_table(file).rows() == 3);
    CHECK(trace(file) == before);
}

TEST_CASE("a database that another program has open in WAL mode is read with its latest rows") {
    const test::TempFolder folder;
    const auto file = folder / "wal.db";
    const auto writer = sqlite(file, std::string("PRAGMA journal_mode = WAL;") + kCodes);
    CHECK(read_file_table(file).rows() == 3);
    // Copied together with its -wal but without the -shm: only its own program can tell.
    fs::create_directory(folder / "copy");
    fs::copy(file, folder / "copy/wal.db");
    fs::copy(file.string() + "-wal", folder / "copy/wal.db-wal");
    CHECK(failure(folder / "copy/wal.db") ==
          Failure{ErrorKind::Database, "error.database.unfinished"});
}

TEST_CASE("databases that cannot be read are refused with the reason") {
    const test::TempFolder folder;
    SECTION("locked by another program") {
        const auto file = folder / "locked.sqlite";
        sqlite(file, kCodes);
        const auto writer = sqlite(file, "BEGIN EXCLUSIVE; DELETE FROM dan_so;");
        CHECK(failure(file) == Failure{ErrorKind::Database, "error.database.locked"});
    }
    SECTION("text, or encrypted: no header of SQLite") {
        write(folder / "a.sqlite", "ma_xa,so\n1,2\n");
        CHECK(failure(folder / "a.sqlite") ==
              Failure{ErrorKind::Database, "error.database.not_a_database"});
    }
    SECTION("right header, then garbage") {
        sqlite(folder / "b.sqlite", kCodes);
        auto bytes = base::read_file(folder / "b.sqlite");
        std::fill(bytes.begin() + 100, bytes.end(), '\x5A');
        write(folder / "b.sqlite", bytes);
        CHECK(failure(folder / "b.sqlite").kind == ErrorKind::Database);
    }
    SECTION("empty and missing") {
        write(folder / "c.sqlite", "");
        CHECK(failure(folder / "c.sqlite") == Failure{ErrorKind::Input, "error.file.empty"});
        CHECK(failure(folder / "d.sqlite") == Failure{ErrorKind::Input, "error.file.missing"});
    }
    SECTION("no table, several tables, another table") {
        sqlite(folder / "e.sqlite", "CREATE TABLE x (a); DROP TABLE x;");
        CHECK(failure(folder / "e.sqlite") == Failure{ErrorKind::Data, "error.table.none"});
        sqlite(folder / "f.sqlite", "CREATE TABLE x (a); CREATE TABLE y (a);");
        CHECK(failure(folder / "f.sqlite") == Failure{ErrorKind::Data, "error.table.which"});
        TableSource source;
        source.table = "z";
        CHECK(failure(folder / "f.sqlite", source) ==
              Failure{ErrorKind::Data, "error.table.missing"});
        source.table = "X";
        CHECK(failure(folder / "f.sqlite", source) == Failure{});
    }
}

TEST_CASE("delimited text: delimiter, quotes, decimal comma and codes") {
    const test::TempFolder folder;
    SECTION("comma and quotes with a delimiter, a quote and a line break inside") {
        write(folder / "a.csv",
              "code,name,n\r\n00001,\"Xã \"\"A\"\", huyện\nB\",1.5\r\n00002,C,2\r\n");
        const auto table = read_file_table(folder / "a.csv");
        REQUIRE(table.rows() == 2);
        CHECK(table.first_row == 2);
        CHECK(table.find("code")->text[0] == "00001");
        CHECK(table.find("code")->type == data::ColumnType::Text);
        CHECK(table.find("name")->text[0] == "Xã \"A\", huyện\nB");
        CHECK(table.find("n")->number[0] == 1.5);
        CHECK(table.find("n")->text[0] == "1.5"); // the original stays
    }
    SECTION("semicolon, decimal comma and grouped thousands, one style per column") {
        write(folder / "b.csv", "ma;a;b\n01;1,5;1.234,5\n02;2;21.946\n03;x;7.065,25\n");
        const auto table = read_file_table(folder / "b.csv");
        CHECK(table.find("ma")->type == data::ColumnType::Text);
        CHECK(table.find("a")->number[0] == 1.5);
        CHECK(std::isnan(table.find("a")->number[2]));
        CHECK(table.find("a")->cell(2) == "x");
        CHECK(table.find("b")->number[0] == 1234.5);
        CHECK(table.find("b")->number[1] == 21946);
    }
    SECTION("blanks between the thousands, but not in what is dialled") {
        write(folder / "o.csv", "ma;a;b\nA;12 345;0912 345 678\nB;7;0987 654 321\n");
        const auto table = read_file_table(folder / "o.csv");
        CHECK(table.find("a")->number[0] == 12345);
        CHECK(table.find("a")->number[1] == 7);
        CHECK(table.find("b")->type == data::ColumnType::Text);
    }
    SECTION("tab, byte order mark, blank line at the end, a nameless last column") {
        write(folder / "c.tsv", "\xEF\xBB\xBF"
                                "code\tn\t\nA1\t1\t\nA2\t2\t\n\n\n");
        const auto table = read_file_table(folder / "c.tsv");
        CHECK(table.rows() == 2);
        CHECK(table.columns[0].name == "code");
        CHECK(table.find("n")->number[1] == 2);
    }
    SECTION("the delimiter declared for Excel") {
        write(folder / "d.csv", "sep=;\ncode;n\nA;1\n");
        const auto table = read_file_table(folder / "d.csv");
        CHECK(table.find("n")->number[0] == 1);
        CHECK(table.first_row == 3);
    }
    SECTION("UTF-16 as old Excel writes it") {
        std::string bytes = "\xFF\xFE";
        for (const char c : std::string("code\tn\nA\t1\n")) bytes += {c, '\0'};
        write(folder / "e.txt", bytes);
        CHECK(read_file_table(folder / "e.txt").find("n")->number[0] == 1);
    }
    SECTION("a column of codes nobody named is still no number") {
        write(folder / "f.csv", "so_hieu,n\n007,1\n100,2\n");
        CHECK(read_file_table(folder / "f.csv").find("so_hieu")->type == data::ColumnType::Text);
    }
    SECTION("signs for nothing leave a column of numbers what it is, words do not") {
        write(folder / "s.csv", "code,n,w,d\nA,-,no,-\nB,–,no,…\nC,…,no,-\nD,<10,no,-\nE,7,7,-\n"
                                "F,8,8,-\n");
        const auto table = read_file_table(folder / "s.csv");
        REQUIRE(table.find("n")->type == data::ColumnType::Number);
        CHECK(table.find("n")->number[4] == 7);
        CHECK(std::isnan(table.find("n")->number[0]));
        CHECK(table.find("n")->cell(0) == "-");
        CHECK(table.find("w")->type == data::ColumnType::Text);
        CHECK(table.find("d")->type == data::ColumnType::Text);
    }
    SECTION("what cannot be a number style is reported") {
        write(folder / "g.csv", "code,n\nA,1.234\nB,5.678\n");
        CHECK(has(findings_of(folder / "g.csv"), "ambiguous_numbers"));
        write(folder / "h.csv", "code,n\nA,1.23\nB,5.678\n");
        CHECK_FALSE(has(findings_of(folder / "h.csv"), "ambiguous_numbers"));
        // Semicolons stand where the comma is the decimal mark; that it is open is still said.
        write(folder / "m.csv", "code;n;d\nA;1.234;0,5\nB;12.000;1.500\n");
        const auto vietnamese = read_file_table(folder / "m.csv");
        CHECK(vietnamese.find("n")->number == std::vector<double>{1234, 12000});
        CHECK(vietnamese.find("d")->number == std::vector<double>{0.5, 1500});
        CHECK(has(findings_of(folder / "m.csv"), "ambiguous_numbers"));
        // What decides by itself is not asked about the delimiter.
        write(folder / "o.csv", "code;n;d\nA;1.25;0.208\nB;1.375;0.125\n");
        const auto english = read_file_table(folder / "o.csv");
        CHECK(english.find("n")->number == std::vector<double>{1.25, 1.375});
        CHECK(english.find("d")->number == std::vector<double>{0.208, 0.125});
        CHECK_FALSE(has(findings_of(folder / "o.csv"), "ambiguous_numbers"));
        write(folder / "i.csv", "code,n\nA,1,2\nB,5\n");
        CHECK(has(findings_of(folder / "i.csv"), "ragged_rows"));
        write(folder / "j.csv", "code,n,n\nA,1,2\nB,5,6\n");
        CHECK(has(findings_of(folder / "j.csv"), "renamed_column"));
    }
    SECTION("refused") {
        write(folder / "k.csv", "code,n\nA,\"1\nB,2\n");
        CHECK(failure(folder / "k.csv") == Failure{ErrorKind::Data, "error.csv.unclosed_quote"});
        write(folder / "l.csv", std::string("co\0de,n\n", 8));
        CHECK(failure(folder / "l.csv") == Failure{ErrorKind::Input, "error.table.not_text"});
        write(folder / "m.csv", "\n\n");
        CHECK(failure(folder / "m.csv") == Failure{ErrorKind::Data, "error.table.none"});
        write(folder / "n.xlsx", "not a workbook");
        CHECK(failure(folder / "n.xlsx") == Failure{ErrorKind::Input, "error.table.alien"});
        write(folder / "o.xlsx", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(600, '\0'));
        CHECK(failure(folder / "o.xlsx") == Failure{ErrorKind::Input, "error.import.password"});
        for (const char* name : {"p.xlsx", "p.ods"}) {
            write(folder / name, "PK\x03\x04" + std::string(600, 'x'));
            CHECK(failure(folder / name) == Failure{ErrorKind::Input, "error.table.damaged"});
        }
    }
}

TEST_CASE("legacy Vietnamese text is recognised from its bytes") {
    const test::TempFolder folder;
    const std::string text = "ma_xa,ten_xa,n\n00001,Xã Tân Thạnh,1\n00004,Thị trấn Ngã Năm,2\n"
                             "00007,Phường Mỹ Phước,3\n00010,Xã Đại Ân,4\n";
    for (const char* encoding : {"CP1258", "TCVN3", "VNI"}) {
        INFO(encoding);
        write(folder / "a.csv", encode(text, encoding));
        const auto table = read_file_table(folder / "a.csv");
        CHECK(table.find("ten_xa")->text[0] == "Xã Tân Thạnh");
        CHECK(table.find("ten_xa")->text[1] == "Thị trấn Ngã Năm");
    }
    // What the user says counts more than what the bytes look like.
    write(folder / "b.csv", encode(text, "TCVN3"));
    TableSource source;
    source.encoding = "TCVN3";
    CHECK(read_file_table(folder / "b.csv", source).find("ten_xa")->text[3] == "Xã Đại Ân");
}

TEST_CASE("letters that a spreadsheet lost in a text file are told") {
    const test::TempFolder folder;
    write(folder / "ansi.csv", "ma_xa,ten_xa,v\n31498,Ph??ng 5,1\n31501,X\xE3 T\xE2n Th?nh,2\n");
    CHECK(has(findings_of(folder / "ansi.csv"), "lost_letters"));
    write(folder / "utf8.csv", "ma_xa,ten_xa,v\n31498,Phường 5,?\n31501,Xã Tân Thạnh?,2\n");
    CHECK_FALSE(has(findings_of(folder / "utf8.csv"), "lost_letters"));
}

TEST_CASE("columns about persons never enter") {
    const test::TempFolder folder;
    write(folder / "a.csv",
          "ma_xa,ho_ten,so_nguoi,cot_la\n"
          "00001,A,3,001099012345\n00004,B,4,034199000001\n00007,C,5,079201001122\n"
          "00010,D,6,092088000777\n00013,E,7,001300012345\n");
    const auto table = read_file_table(folder / "a.csv");
    CHECK_FALSE(table.find("ho_ten"));
    CHECK_FALSE(table.find("cot_la"));
    CHECK(table.find("so_nguoi"));
    const auto findings = findings_of(folder / "a.csv");
    CHECK(std::count_if(findings.begin(), findings.end(),
                        [](const auto& f) { return f.key == "refused_personal_column"; }) == 2);
}

TEST_CASE("only the columns asked for are read") {
    const test::TempFolder folder;
    write(folder / "a.csv", "code,a,b\n1,2,3\n");
    TableSource source;
    source.columns = {"CODE", "b"};
    CHECK(read_file_table(folder / "a.csv", source).column_names() ==
          std::vector<std::string>{"code", "b"});
}

TEST_CASE("workbooks, DBF and GeoPackage written by GDAL's own tool read the same") {
    const test::TempFolder folder;
    write(folder / "in.csv", "ma_xa,ten,n\n00001,Xã Á,5\n01234,Phường B,2.5\n00007,Đảo,\n");
    write(folder / "in.csvt", "String,String,Real\n");
    for (const std::string name : {"a.xlsx", "a.ods", "a.dbf", "a.gpkg", "a.sqlite"}) {
        INFO(name);
        const auto format = name == "a.dbf" ? " -f 'ESRI Shapefile' -lco ENCODING=UTF-8" : "";
        tool("ogr2ogr" + std::string(format) + " '" + (folder / name).string() + "' '" +
             (folder / "in.csv").string() + "'");
        const auto table = read_file_table(folder / name);
        REQUIRE(table.rows() == 3);
        REQUIRE(table.find("ma_xa"));
        CHECK(table.find("ma_xa")->cell(0) == "00001");
        CHECK(table.find("ten")->cell(2) == "Đảo");
        CHECK(table.find("n")->number[1] == 2.5);
        CHECK(table.find("n")->null[2] == 1);
    }
}

TEST_CASE("the census table joins with codes as text, also through SpatiaLite") {
    const auto csv = test::geodata("indicators/population_commune_census_2019.csv");
    if (!csv) return;
    const test::TempFolder folder;
    tool("ogr2ogr -f SQLite -dsco SPATIALITE=YES '" + (folder / "census.sqlite").string() + "' '" +
         csv->string() + "' -nln census");
    for (const auto& file : {*csv, folder / "census.sqlite"}) {
        INFO(file.filename().string());
        const auto table = read_file_table(file);
        REQUIRE(table.rows() == 11165);
        const auto* total = table.find("pop_total");
        REQUIRE(total);
        REQUIRE(total->type == data::ColumnType::Number);
        double sum = 0;
        for (std::size_t i = 0; i < table.rows(); ++i)
            if (!total->null[i]) sum += total->number[i];
        CHECK(sum == 96208984); // the published total
        CHECK(data::find_code_column(table) == "commune_code");
        // Empty codes sort first in the file: three island districts without communes.
        std::size_t without_code = 0, five_digits = 0;
        for (std::size_t i = 0; i < table.rows(); ++i) {
            const auto code = table.find("commune_code")->cell(i);
            without_code += code.empty();
            five_digits += code.size() == 5;
        }
        CHECK(without_code == 3);
        CHECK(five_digits == 11162);
    }
}

TEST_CASE("a table below the titles of a report is found; the row of its header is told") {
    const test::TempFolder folder;
    const std::string body = "STT,Mã xã,Tổng số\r\n1,00001,7\r\n2,00004,14\r\n";
    write(folder / "plain.csv", body);
    write(folder / "titled.csv", "BÁO CÁO NĂM 2015,,\r\n\"Đơn vị: người\",,\r\n" + body);
    CHECK_FALSE(has(findings_of(folder / "plain.csv"), "header_found"));
    REQUIRE(has(findings_of(folder / "titled.csv"), "header_found"));
    const auto expected = read_file_table(folder / "plain.csv");
    tool("ogr2ogr -f XLSX " + (folder / "titled.xlsx").string() + " " +
         (folder / "titled.csv").string() + " -oo HEADERS=NO");
    tool("ogr2ogr -f ODS " + (folder / "titled.ods").string() + " " +
         (folder / "titled.csv").string() + " -oo HEADERS=NO");
    for (const auto* name : {"titled.csv", "titled.xlsx", "titled.ods"}) {
        INFO(name);
        const auto table = read_file_table(folder / name);
        CHECK(table.column_names() == expected.column_names());
        REQUIRE(table.rows() == 2);
        CHECK(table.find("ma xa")->cell(1) == "00004");
        CHECK(table.find("tong so")->number == std::vector<double>{7, 14});
        CHECK(data::find_code_column(table) == "Mã xã");
    }
    CHECK(read_file_table(folder / "titled.csv").first_row == 4);
    // A report's open numbers are those that its import gives.
    write(folder / "open.csv", "BÁO CÁO NĂM 2015,,\r\n\"Đơn vị: người\",,\r\n"
                               "STT,Mã xã,Tổng số\r\n1,00001,1.234\r\n2,00004,10.000\r\n");
    CHECK(read_file_table(folder / "open.csv").find("tong so")->number ==
          std::vector<double>{1234, 10000});
    CHECK(has(findings_of(folder / "open.csv"), "ambiguous_numbers"));
}
