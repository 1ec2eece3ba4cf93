// Delimited text: records of cells from the bytes of a file, with the line each record begins on.
//
// Guarantees: RFC 4180 quoting (a quote counts only at the start of a cell); CR, LF and CRLF end a
// record; nothing is decoded or converted. Blank lines are kept as records without cells.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace diaban::files {

struct CsvRecords {
    std::vector<std::string_view> cells;      // into the text, or into `unescaped`
    std::vector<std::uint32_t> first_cell{0}; // record r owns cells first_cell[r] .. [r+1]
    std::vector<std::uint32_t> line;          // of each record, counted from 1
    std::vector<std::unique_ptr<std::string>> unescaped; // cells that held doubled quotes
    std::optional<std::uint32_t> unclosed_quote;         // line where it was opened
    std::size_t size() const { return first_cell.size() - 1; }
    std::size_t cell_count(std::size_t r) const { return first_cell[r + 1] - first_cell[r]; }
    std::string_view cell(std::size_t r, std::size_t c) const {
        return c < cell_count(r) ? cells[first_cell[r] + c] : std::string_view();
    }
};

// `text` must outlive the result. Stops after `most_records` (0 = all).
CsvRecords parse_csv(std::string_view text, char delimiter, std::size_t most_records = 0);

// The delimiter (one of , ; tab |) that cuts the first records into the same number of cells.
char guess_delimiter(std::string_view text);

} // namespace diaban::files
