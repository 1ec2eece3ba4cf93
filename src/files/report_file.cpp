#include "files/report_file.hpp"

#include "base/paths.hpp"
#include "base/system_reason.hpp"
#include "base/text.hpp"
#include "files/encoding.hpp"
#include "files/report_raw.hpp"
#include "files/sqlite.hpp"
#include "files/tables_raw.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstring>
#include <fstream>
#include <system_error>

#include <fmt/format.h>

namespace diaban::files {
namespace fs = std::filesystem;
using base::Error;
using base::ErrorKind;

namespace {

// FNV-1a in 128 bits would do as well as a cryptographic hash: it tells deliveries apart, it guards
// nothing. Two of 64 bits with different offsets and the size.
std::string digest_of(const fs::path& file, base::JobContext& ctx) {
    std::ifstream in(file, std::ios::binary);
    if (!in)
        throw Error(ErrorKind::Input, "error.file.cannot_read",
                    {{"file", file.string()}, {"reason", base::system_reason(errno)}});
    constexpr std::uint64_t kPrime = 0x100000001b3;
    std::array<std::uint64_t, 2> hash{0xcbf29ce484222325, 0x84222325cbf29ce4};
    std::vector<char> piece(1 << 20);
    std::uint64_t size = 0;
    while (in) {
        ctx.check();
        in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
        const auto got = static_cast<std::size_t>(in.gcount());
        size += got;
        std::size_t i = 0;
        for (; i + 8 <= got; i += 8) {
            std::uint64_t word = 0;
            std::memcpy(&word, piece.data() + i, 8);
            hash[0] = (hash[0] ^ word) * kPrime;
            hash[1] = (hash[1] ^ ((word << 23) | (word >> 41))) * kPrime + (hash[0] >> 29);
        }
        for (; i < got; ++i) hash[0] = (hash[0] ^ static_cast<unsigned char>(piece[i])) * kPrime;
    }
    return fmt::format("{:016x}{:016x}-{}", hash[0], hash[1], size);
}

std::string first_bytes(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::array<char, 8> bytes{};
    in.read(bytes.data(), bytes.size());
    return {bytes.data(), static_cast<std::size_t>(in.gcount())};
}

bool beyond_latin(std::string_view text) {
    // U+1EA0 to U+1EF9, the letters with two marks: E1 BA A0 to E1 BB B9.
    for (std::size_t i = 0; i + 1 < text.size(); ++i)
        if (text[i] == '\xE1' && (text[i + 1] == '\xBA' || text[i + 1] == '\xBB')) return true;
    return false;
}

bool ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return (c & '\x80') == 0; });
}

} // namespace

void SheetBuilder::begin_sheet(std::string name, bool typed, bool hidden) {
    sheets_.push_back({std::move(name), typed, hidden, {}, {}});
}
void SheetBuilder::number(std::uint32_t row, std::uint32_t column, double value) {
    sheets_.back().cells.push_back({row, column, value, -1, false});
}
void SheetBuilder::percent(std::uint32_t row, std::uint32_t column, double share) {
    // To the fifteen digits that spreadsheets show: 0.07 is 7 and not a hair more.
    const auto digits = fmt::format("{:.15g}", share * 100);
    double shown = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), shown);
    sheets_.back().cells.push_back({row, column, shown, -1, true});
}
void SheetBuilder::text(std::uint32_t row, std::uint32_t column, std::string value) {
    sheets_.back().cells.push_back(
        {row, column, 0, static_cast<std::int64_t>(texts_.size()), false});
    texts_.push_back(std::move(value));
}
void SheetBuilder::merge(std::uint32_t first_row, std::uint32_t first_column,
                         std::uint32_t last_row, std::uint32_t last_column) {
    sheets_.back().merges.push_back({first_row, first_column, last_row, last_column});
}

// A workbook typed with TCVN3 or VNI fonts holds the letters of Windows-1252 that have the same
// bytes. One such letter beyond them shows that the text is Unicode.
void SheetBuilder::settle_encoding() {
    std::vector<std::string> bytes;
    for (const auto& text : texts_) {
        if (ascii(text)) continue;
        if (beyond_latin(text)) return;
        try {
            bytes.push_back(encode(text, "CP1252"));
        } catch (const Error&) {
            return; // a letter that Windows-1252 lacks
        }
    }
    if (bytes.empty()) return;
    constexpr double kSure = 0.8;
    const auto best = score_encodings({bytes.begin(), bytes.end()}).front();
    if ((best.encoding != "TCVN3" && best.encoding != "VNI") || best.score < kSure) return;
    for (auto& text : texts_)
        if (!ascii(text) || best.encoding == "VNI")
            text = decode(encode(text, "CP1252"), best.encoding);
}

Sheets SheetBuilder::finish() {
    settle_encoding();
    Sheets out;
    for (const auto& raw : sheets_) {
        auto sheet = std::make_unique<data::GridSheet>(raw.name, raw.typed, raw.hidden);
        for (const auto& cell : raw.cells) {
            if (cell.text < 0)
                sheet->add(cell.row, cell.column, cell.number, cell.percent);
            else
                sheet->add(cell.row, cell.column, texts_[static_cast<std::size_t>(cell.text)]);
        }
        for (const auto& m : raw.merges)
            sheet->merge(m.first_row, m.first_column, m.last_row, m.last_column);
        if (!sheet->blank()) out.push_back(std::move(sheet));
    }
    return out;
}

Sheets read_table_sheets(const fs::path& file, const std::string& encoding, base::JobContext& ctx) {
    std::vector<std::string> tables{""};
    if (looks_like_sqlite(file)) tables = table_names(file);
    SheetBuilder builder;
    for (const auto& name : tables) {
        const auto read = read_table(
            {.file = file, .table = name, .encoding = encoding, .text_columns = {}, .columns = {}},
            ctx);
        builder.begin_sheet(name);
        for (std::uint32_t c = 0; c < read.table.columns.size(); ++c)
            builder.text(1, c, read.table.columns[c].name);
        // Columns that were refused are named all the same, so that the import can say so.
        auto next = static_cast<std::uint32_t>(read.table.columns.size());
        for (const auto& finding : read.findings)
            if (finding.key == "refused_personal_column")
                builder.text(1, next++, std::get<std::string>(finding.args.front().second));
        for (std::size_t r = 0; r < read.table.rows(); ++r)
            for (std::uint32_t c = 0; c < read.table.columns.size(); ++c) {
                const auto& column = read.table.columns[c];
                if (column.null[r]) continue;
                const auto row = static_cast<std::uint32_t>(r + 2);
                if (column.type == data::ColumnType::Number && std::isfinite(column.number[r]))
                    builder.number(row, c, column.number[r]);
                else
                    builder.text(row, c, column.cell(r));
            }
    }
    return builder.finish();
}

namespace {

// Letters and pictures, whose bytes would pass for a text without columns.
bool is_document(std::string_view head) {
    static constexpr std::array<std::string_view, 4> kStarts{"%PDF", "{\\rtf", "\x89PNG",
                                                             "\xFF\xD8\xFF"};
    return std::any_of(kStarts.begin(), kStarts.end(),
                       [&](std::string_view start) { return head.starts_with(start); });
}

} // namespace

ReportFile open_report(const fs::path& file, const std::string& encoding, base::JobContext& ctx) {
    ctx.stage("stage.table");
    std::error_code failed;
    base::check_exists(file);
    if (fs::is_directory(file, failed))
        throw Error(ErrorKind::Input, "error.file.cannot_read",
                    {{"file", file.string()}, {"reason", base::system_reason(EISDIR)}});
    ReportFile book;
    book.file = file;
    book.digest = digest_of(file, ctx);
    if (fs::file_size(file, failed) == 0)
        throw Error(ErrorKind::Input, "error.file.empty", {{"file", file.string()}});
    const auto extension = base::lower(file.extension().string());
    const auto head = first_bytes(file);
    // What a file is counts more than how it is called.
    const bool compound = head.starts_with("\xD0\xCF\x11\xE0"); // .xls, or an encrypted .xlsx
    if (compound && extension == ".xlsx")
        throw Error(ErrorKind::Input, "error.import.password",
                    {{"file", file.filename().string()}});
    if (is_document(head))
        throw Error(ErrorKind::Input, "error.table.alien", {{"file", file.filename().string()}});
    if (head.starts_with("PK\x03\x04"))
        book.sheets =
            extension == ".ods" ? read_ods_sheets(file, ctx) : read_xlsx_sheets(file, ctx);
    else if (compound)
        book.sheets = read_xls_sheets(file, ctx);
    else if (looks_like_sqlite(file) || extension == ".dbf")
        book.sheets = read_table_sheets(file, encoding, ctx);
    else {
        book.encoding = encoding;
        book.sheets.push_back(open_text_sheet(file, book.encoding));
    }
    if (book.sheets.empty())
        throw Error(ErrorKind::Data, "error.table.none", {{"file", file.filename().string()}});
    return book;
}

} // namespace diaban::files
