// The lines below the table of a report: who made it, who signed it and when. They name persons and
// offices, no units, and are neither read nor told.
//
// Guarantee: a row with a number or a status in the columns of values, or a number in those of
// periods or decisions, is never among them, nor is any row before it.
#pragma once

#include "data/import_cells.hpp"

namespace diaban::data {

class ClosingLines {
public:
    explicit ClosingLines(const SheetPlan& plan);

    // The rows below the header, in order.
    void see(std::uint32_t row, std::span<const SheetCell> cells);
    // True for the first of these lines and all that follow; certain when all rows have been seen.
    bool contains(std::uint32_t row) const { return first_ != 0 && row >= first_; }

private:
    // What a text says, found out once: millions of rows may have it.
    struct Words {
        bool closing = false, dated = false; // begins such a line; holds a day in words
        bool person = false;
        bool reads = false; // stands for a number or a status
        bool total = false, part = false;
    };
    const Words& words_of(std::string_view text);
    bool readable(const SheetCell& cell);
    bool stated(const SheetCell& cell);

    std::vector<std::uint32_t> values_, statements_; // columns
    std::uint32_t first_ = 0;                        // 0: none so far
    bool after_total_ = false;
    TextMap<Words> known_;
};

// True for "Người lập biểu", "KT. GIÁM ĐỐC", "(Ký, ghi rõ họ tên)", "An Giang, ngày 5 tháng 1 năm
// 2012".
bool closing_words(std::string_view cell);

} // namespace diaban::data
