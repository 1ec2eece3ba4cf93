// Private to the import: what one cell says.
#pragma once

#include "data/import_plan.hpp"

#include "base/number.hpp"

#include <unordered_map>

namespace diaban::data {

struct CellReading {
    enum class What : std::uint8_t { Value, Missing, NotApplicable, Suppressed, Bad } what;
    double value = 0;
};

// A number, or one of the signs that stand for none. "12 %" is 12.
CellReading read_number(const SheetCell& cell, base::NumberStyle style, const EmptyRule& rule);

// The categories of an indicator as cells write them; new classes of a hotspot are appended.
class CategoryReader {
public:
    // `words` of the profile come before all others.
    CellReading read(const SheetCell& cell, Indicator& indicator, const EmptyRule& rule,
                     const StatusWords& words);

private:
    std::unordered_map<std::string, CellReading> known_;
};

struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
        return std::hash<std::string_view>{}(text);
    }
};
template <class Value>
using TextMap = std::unordered_map<std::string, Value, TextHash, std::equal_to<>>;

// The style of the numbers of a column of text, from a share of its cells.
class StyleSample {
public:
    void add(const SheetCell& cell) {
        if (cell.kind != SheetCell::Kind::Text || cells_.size() >= 2 * kEnough) return;
        // Digits with a mark or a blank between them are the ones that tell.
        const auto* const digits = "0123456789";
        const bool tells = cell.text.find_first_of(digits) == 0 &&
                           cell.text.find_first_not_of(digits) != cell.text.npos;
        if (tells || cells_.size() < kEnough) cells_.emplace_back(cell.text);
    }
    const std::vector<std::string>& cells() const { return cells_; }

private:
    static constexpr std::size_t kEnough = 2000;
    std::vector<std::string> cells_;
};
// Every column's own style; a column that leaves it open follows the others of its sheet, and with
// none to follow the Vietnamese style and a finding.
std::vector<base::NumberStyle> styles_of(const std::vector<StyleSample>& samples,
                                         const std::vector<std::string>& headers,
                                         base::Findings& findings);

} // namespace diaban::data
