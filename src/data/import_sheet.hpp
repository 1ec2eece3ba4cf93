// Sheets as spreadsheets give them: a grid of cells without header, for reports whose header has to
// be found first.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace diaban::data {

struct SheetCell {
    enum class Kind : std::uint8_t { Empty, Number, Text } kind = Kind::Empty;
    double number = 0;
    std::string_view text; // UTF-8 NFC, no blanks around, never empty if Text
    bool percent = false;  // a number shown with "%": 25 where the sheet shows 25 % and holds 0.25

    bool empty() const { return kind == Kind::Empty; }
    // The cell as text whatever its kind; whole numbers without ".0", percentages with "%".
    std::string as_text() const;
};

// Rows are counted as a person counts in the file, from 1. Cells beyond the end of a row are empty.
class Sheet {
public:
    virtual ~Sheet() = default;
    virtual const std::string& name() const = 0; // of a text file: its file name
    using Visitor = std::function<void(std::uint32_t row, std::span<const SheetCell> cells)>;
    // Visits the rows in order, at most `most` of them (0 = all); repeatable. Cells live until the
    // visitor returns. Throws what reading throws, and what the visitor throws.
    virtual void visit(const Visitor& visitor, std::size_t most = 0) const = 0;
    // Same text cells in one encoding, typed numbers: true for spreadsheets, false where every cell
    // is text and the style of its numbers is unknown.
    virtual bool typed() const = 0;
    virtual bool hidden() const { return false; } // in the file: whoever opens it does not see it
};

// A sheet in memory.
class GridSheet : public Sheet {
public:
    GridSheet(std::string name, bool typed, bool hidden = false)
        : name_(std::move(name)), typed_(typed), hidden_(hidden) {}
    // Cells are given row by row, from left to right; rows may be left out.
    void add(std::uint32_t row, std::uint32_t column, double number, bool percent = false);
    void add(std::uint32_t row, std::uint32_t column, std::string_view text); // blank = no cell
    // The cells of a range share its first one's content: headers that stand over several columns.
    void merge(std::uint32_t first_row, std::uint32_t first_column, std::uint32_t last_row,
               std::uint32_t last_column);

    const std::string& name() const override { return name_; }
    void visit(const Visitor& visitor, std::size_t most = 0) const override;
    bool typed() const override { return typed_; }
    bool hidden() const override { return hidden_; }
    bool blank() const { return rows_.empty(); }

private:
    struct Cell {
        SheetCell::Kind kind = SheetCell::Kind::Empty;
        double number = 0;
        std::uint64_t first = 0; // into text_
        std::uint32_t size = 0;
        bool percent = false;
    };
    struct Row {
        std::uint32_t number;
        std::vector<Cell> cells;
    };
    Cell& at(std::uint32_t row, std::uint32_t column);
    std::string name_;
    bool typed_, hidden_;
    std::vector<Row> rows_;
    std::string text_; // of all cells
};

} // namespace diaban::data
