// Private to join: which columns hold values for which period, and what a cell means.
#pragma once

#include "data/join.hpp"

#include <unordered_map>

namespace diaban::data {

// One indicator of the result and the columns it is read from.
struct Series {
    Indicator indicator;
    struct Part {
        std::optional<Period> period; // of a wide column; nothing: the row's own
        const Column* column;
    };
    std::vector<Part> parts;
    bool wide() const { return parts.front().period.has_value(); }
};

// The names of the columns that the table's file has, for a message.
std::string columns_of(const RawTable& table);

// Throws Error Data with the table's columns and near names if `name` is none of them.
const Column& require_column(const RawTable& table, const std::string& name);

// The series of spec.values and spec.denominator (last, if it is none of the values).
std::vector<Series> find_series(const RawTable& table, const JoinSpec& spec, const Column& key,
                                const Column* year);

// A column that is called a year and holds some, but too few to be used as the year by itself.
struct UnreadYears {
    const Column* column = nullptr;
    std::size_t count = 0, first_row = 0; // of cells that are no year
};
std::optional<UnreadYears> unread_years(const RawTable& table);

struct CellAt {
    const Column* column;
    std::size_t row;
};
// Words where statuses or numbers are expected.
struct StrangeWords {
    std::size_t count = 0, cells = 0; // of different ones, and all of them
    std::string list;    // the most frequent with their cells and first row: “TĐ” (12; 5)
    std::string example; // the most frequent
};
StrangeWords strange_words(const RawTable& table, const std::vector<CellAt>& cells);
// Those of a column of few words among which some are statuses; nothing if all are, or none.
std::optional<StrangeWords> half_statuses(const RawTable& table, const Column& column);
// The cells that keep a column from being read as numbers, if a tenth of it and more are some.
std::optional<StrangeWords> words_among_numbers(const RawTable& table, const Column& column);
// Whether a category has the standard codes of statuses.
bool has_statuses(const Indicator& indicator);

struct CellValue {
    enum class What { Value, Missing, Suppressed, Bad } what = What::Missing;
    double value = 0;
};

// Reads the cells of one series; fills in the categories of its indicator.
class CellReader {
public:
    // Throws Error Data "error.table.words" if the column holds too many words to be categories.
    explicit CellReader(Series& series, const RawTable& table, bool kind_given);
    CellValue read(const Column& column, std::size_t row);

private:
    CellValue number(const Column& column, std::size_t row) const;
    CellValue category(const Column& column, std::size_t row);
    CellValue category_of(const std::string& word) const;
    void collect_categories(const RawTable& table, const Series& series);

    Indicator& indicator_;
    std::unordered_map<std::string, CellValue> words_;
};

} // namespace diaban::data
