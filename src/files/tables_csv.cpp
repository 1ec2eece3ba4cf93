// Tables in delimited text files.

#include "base/paths.hpp"
#include "base/text.hpp"
#include "files/csv.hpp"
#include "files/encoding.hpp"
#include "files/tables_raw.hpp"

#include <algorithm>

namespace diaban::files {
namespace {
using base::Error;
using base::ErrorKind;

// Removes a byte order mark and converts UTF-16, so that the rest deals with one byte per
// delimiter.
std::string without_bom(std::string bytes, std::string& encoding) {
    if (bytes.starts_with("\xEF\xBB\xBF")) {
        encoding = "UTF-8";
        return bytes.substr(3);
    }
    if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
        encoding = "UTF-8";
        return decode(bytes, "UTF-16"); // which obeys the mark and takes it away
    }
    return bytes;
}

// "sep=;" on the first line: how Excel is told the delimiter.
std::optional<char> declared_delimiter(std::string& text) {
    if (!text.starts_with("sep=") || text.size() < 6) return std::nullopt;
    const char delimiter = text[4];
    const auto end = text.find('\n');
    text.erase(0, end == text.npos ? text.size() : end + 1);
    return delimiter;
}

base::Finding ragged(std::size_t rows, std::uint32_t first_line, std::size_t cells) {
    base::Finding finding{base::Severity::Warning, "ragged_rows", {}, "", {}, "rows", {}};
    finding.args = {{"count", static_cast<std::int64_t>(rows)},
                    {"line", static_cast<std::int64_t>(first_line)},
                    {"columns", static_cast<std::int64_t>(cells)}};
    finding.amount = static_cast<double>(rows);
    return finding;
}

} // namespace

TableRead read_csv_table(const TableSource& given, base::JobContext& ctx) {
    auto source = given;
    source.table.clear(); // a text file has only one
    const auto file = source.file.filename().string();
    std::string encoding = source.encoding == "auto" ? "" : source.encoding;
    auto text = without_bom(base::read_file(source.file), encoding);
    if (text.find('\0') != text.npos)
        throw Error(ErrorKind::Input, "error.table.not_text", {{"file", file}});
    const auto declared = declared_delimiter(text);
    if (encoding.empty()) encoding = guess_text_encoding(text);
    ctx.check();

    const char delimiter = declared ? *declared : guess_delimiter(text);
    const auto records = parse_csv(text, delimiter);
    if (records.unclosed_quote)
        throw Error(ErrorKind::Data, "error.csv.unclosed_quote",
                    {{"file", file}, {"line", static_cast<std::int64_t>(*records.unclosed_quote)}});
    std::size_t header = 0;
    while (header < records.size() && records.cell_count(header) == 0) ++header;
    if (header == records.size())
        throw Error(ErrorKind::Data, "error.table.none", {{"file", file}});

    base::Findings findings;
    const auto width = records.cell_count(header);
    std::vector<std::string> names;
    for (std::size_t c = 0; c < width; ++c)
        names.push_back(decode(records.cell(header, c), encoding));
    names = tidy_names(std::move(names), findings);
    std::vector<std::size_t> kept;
    std::vector<RawColumn> columns;
    for (std::size_t c = 0; c < width; ++c)
        if (wanted(source, names[c], findings)) {
            kept.push_back(c);
            columns.emplace_back().name = names[c];
        }

    const bool plain = encoding == "UTF-8" && base::is_nfc(text);
    std::size_t end = records.size();
    while (end > header + 1 && records.cell_count(end - 1) == 0) --end;
    std::size_t ragged_rows = 0;
    std::uint32_t first_ragged = 0;
    for (std::size_t r = header + 1; r < end; ++r) {
        const auto cells = records.cell_count(r);
        if (cells != 0 && cells != width && ++ragged_rows == 1) first_ragged = records.line[r];
        for (std::size_t k = 0; k < kept.size(); ++k) {
            const auto cell = base::trim(records.cell(r, kept[k]));
            if (cell.empty())
                columns[k].add_empty();
            else
                columns[k].add(plain ? std::string(cell) : decode(cell, encoding));
        }
        if (r % 8192 == 0) ctx.step(r, end);
    }
    if (ragged_rows) findings.push_back(ragged(ragged_rows, first_ragged, width));
    const std::size_t first_row = header + 1 < records.size() ? records.line[header + 1] : 2;
    // Spreadsheets part cells by semicolons where the comma is the decimal mark, as in Vietnamese.
    const auto open = delimiter == ';' ? std::optional(base::NumberStyle{',', '.'}) : std::nullopt;
    return finish_table(std::move(columns), source, first_row + (declared ? 1 : 0),
                        std::move(findings), open);
}

} // namespace diaban::files
