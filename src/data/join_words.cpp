// Columns that hold statuses or numbers and other words beside them: nobody should have to guess
// why such a column became no map of these, or why cells of it are empty.

#include "base/number.hpp"
#include "data/empty_signs.hpp"
#include "data/join_values.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>

#include <fmt/format.h>

namespace diaban::data {
namespace {

// The words of a status by themselves; classes ("loại 1") are said of roads and schools as well.
bool plain_status(const std::string& code) {
    return code == "none" || code == "present" || code == "hot";
}

} // namespace

StrangeWords strange_words(const RawTable& table, const std::vector<CellAt>& cells) {
    constexpr std::size_t kNamed = 5;
    struct Word {
        std::string text;
        std::size_t cells, first_row;
    };
    std::vector<Word> words;
    std::unordered_map<std::string, std::size_t> place;
    for (const auto& [column, row] : cells) {
        const auto text = column->cell(row);
        const auto [at, added] = place.try_emplace(text, words.size());
        if (added) words.push_back({text, 0, row});
        ++words[at->second].cells;
    }
    std::stable_sort(words.begin(), words.end(),
                     [](const Word& a, const Word& b) { return a.cells > b.cells; });
    StrangeWords out;
    out.count = words.size();
    out.cells = cells.size();
    for (std::size_t i = 0; i < std::min(words.size(), kNamed); ++i)
        out.list += fmt::format("{}“{}” ({}; {})", i > 0 ? ", " : "", words[i].text, words[i].cells,
                                table.first_row + words[i].first_row);
    if (words.size() > kNamed) out.list += ", …";
    if (!words.empty()) out.example = words.front().text;
    return out;
}

std::optional<StrangeWords> half_statuses(const RawTable& table, const Column& column) {
    if (column.type != ColumnType::Text) return std::nullopt;
    std::unordered_map<std::string, bool> strange;
    std::set<std::string> codes;
    std::vector<CellAt> cells;
    for (std::size_t row = 0; row < column.rows(); ++row) {
        if (column.null[row]) continue;
        const auto text = column.cell(row);
        const auto [at, added] = strange.try_emplace(text, false);
        if (added) {
            if (strange.size() > kMostCategories) return std::nullopt; // names, remarks
            const auto code = status_code(text);
            at->second = !code && !empty_sign(text);
            if (code) codes.insert(*code);
        }
        if (at->second) cells.push_back({&column, row});
    }
    const auto plain = std::count_if(codes.begin(), codes.end(), plain_status);
    // Two of them, or the one that nothing else is called.
    if (cells.empty() || (plain < 2 && !codes.contains("hot"))) return std::nullopt;
    return strange_words(table, cells);
}

std::optional<StrangeWords> words_among_numbers(const RawTable& table, const Column& column) {
    if (column.type != ColumnType::Text) return std::nullopt;
    std::size_t numbers = 0;
    std::vector<CellAt> cells;
    for (std::size_t row = 0; row < column.rows(); ++row) {
        if (column.null[row]) continue;
        const auto text = column.cell(row);
        if (base::parse_number(text, {'.', ','}) || base::parse_number(text, {',', '.'}))
            ++numbers;
        else
            cells.push_back({&column, row});
    }
    if (numbers == 0 || cells.empty() || numbers * 10 < numbers + cells.size()) return std::nullopt;
    return strange_words(table, cells);
}

} // namespace diaban::data
