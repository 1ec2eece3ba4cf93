#include "data/import_cells.hpp"

#include "base/text.hpp"
#include "data/join.hpp"

#include <algorithm>
#include <array>

namespace diaban::data {
namespace {

using What = CellReading::What;

CellReading reading_of(Empty empty) {
    switch (empty) {
    case Empty::Zero:
        return {What::Value, 0};
    case Empty::NotApplicable:
        return {What::NotApplicable, 0};
    case Empty::Missing:
        break;
    }
    return {What::Missing, 0};
}

bool among(std::string_view text, std::initializer_list<std::string_view> list) {
    return std::find(list.begin(), list.end(), text) != list.end();
}

// Signs and words that stand where a number should.
std::optional<CellReading> sign(std::string_view text, const EmptyRule& rule) {
    if (among(text, {"-", "–", "—", "--", "−"})) return reading_of(rule.dash);
    if (among(text, {"...", "…", "..", "....", ". . ."})) return reading_of(rule.dots);
    if (text.front() == '<' || among(text, {"*", "**"})) return CellReading{What::Suppressed, 0};
    const auto key = base::search_key(text);
    if (among(key, {"khong", "khong co", "khong phat sinh", "none", "nil"}))
        return reading_of(rule.none);
    if (among(key, {"x", "khong ap dung", "n/a", "not applicable"}))
        return CellReading{What::NotApplicable, 0};
    if (among(key, {"na", "nan", "null", "#n/a", "chua ro", "khong ro", "chua co so lieu",
                    "khong co so lieu", "chua bao cao", "unknown", "khong bao cao"}))
        return CellReading{What::Missing, 0};
    return std::nullopt;
}

bool plain_digits(std::string_view text) {
    constexpr std::size_t kExact = 15; // digits that a double holds exactly
    return text.size() <= kExact &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<double> category_number(const std::vector<std::string>& categories,
                                      std::string_view code) {
    for (std::size_t k = 0; k < categories.size(); ++k)
        if (categories[k] == code) return static_cast<double>(k);
    return std::nullopt;
}

// What reports shorten in a column of statuses; elsewhere the letters mean other things.
std::optional<std::string_view> short_status(std::string_view text) {
    const auto key = base::search_key(text);
    if (among(key, {"lm", "dat", "khong tn", "ko"})) return "none";
    if (among(key, {"tn", "co tn", "ctn"})) return "present";
    if (among(key, {"td", "trd"})) return "hot";
    return std::nullopt;
}

// "12 345" as "12345": blanks between groups of three digits, which many sheets write.
std::optional<std::string> without_group_blanks(std::string_view text) {
    if (text.find_first_of(" \xC2") == text.npos) return std::nullopt;
    std::string out;
    std::size_t group = 0; // digits since the last blank
    bool first = true, fraction = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool narrow = text.substr(i).starts_with("\xE2\x80\xAF");
        const bool wide = text.substr(i).starts_with("\xC2\xA0");
        if (text[i] == ' ' || narrow || wide) {
            if (fraction || group == 0 || (first ? group > 3 : group != 3)) return std::nullopt;
            first = false;
            group = 0;
            i += narrow ? 2 : wide ? 1 : 0;
            continue;
        }
        const bool digit = text[i] >= '0' && text[i] <= '9';
        if (!digit && (group == 0 ? i != 0 : text[i] != '.' && text[i] != ',')) return std::nullopt;
        if (!digit && group > 0) fraction = fraction || (first ? true : group == 3);
        if (digit && !fraction) ++group;
        out += text[i];
    }
    if (first || (!fraction && group != 3)) return std::nullopt;
    return out;
}

CellReading read_category(const SheetCell& cell, Indicator& indicator, const EmptyRule& rule) {
    auto& categories = indicator.categories;
    const auto text = cell.as_text();
    for (const auto& category : categories)
        if (base::search_key(category) == base::search_key(text))
            return {What::Value, *category_number(categories, category)};
    if (const auto code = status_code(text)) {
        if (*code == "unknown") return {What::Missing, 0};
        if (const auto k = category_number(categories, *code)) return {What::Value, *k};
        if (code->starts_with("hot")) {
            categories.push_back(*code);
            return {What::Value, static_cast<double>(categories.size() - 1)};
        }
    }
    if (const auto number = base::parse_number(text, {});
        number && *number >= 0 && *number < static_cast<double>(categories.size()) &&
        *number == static_cast<double>(static_cast<std::size_t>(*number)))
        return {What::Value, *number};
    if (const auto code = short_status(text))
        if (const auto k = category_number(categories, *code)) return {What::Value, *k};
    // A dash is no status: nothing is known.
    auto statuses = rule;
    statuses.dash = statuses.none = Empty::Missing;
    return sign(text, statuses).value_or(CellReading{What::Bad, 0});
}

} // namespace

CellReading read_number(const SheetCell& cell, base::NumberStyle style, const EmptyRule& rule) {
    switch (cell.kind) {
    case SheetCell::Kind::Empty:
        return reading_of(rule.blank);
    case SheetCell::Kind::Number:
        return {What::Value, cell.number};
    case SheetCell::Kind::Text:
        break;
    }
    auto text = cell.text;
    if (plain_digits(text)) {
        double value = 0;
        for (const char c : text) value = value * 10 + (c - '0');
        return {What::Value, value};
    }
    if (const auto value = base::parse_number(text, style)) return {What::Value, *value};
    if (const auto plain = without_group_blanks(text))
        if (const auto value = base::parse_number(*plain, {style.decimal, '\0'}))
            return {What::Value, *value};
    if (const auto empty = sign(text, rule)) return *empty;
    if (text.back() == '%') {
        text.remove_suffix(1);
        if (const auto value = base::parse_number(text, style)) return {What::Value, *value};
    }
    return {What::Bad, 0};
}

CellReading CategoryReader::read(const SheetCell& cell, Indicator& indicator,
                                 const EmptyRule& rule) {
    if (cell.empty()) return {What::Missing, 0};
    const auto [at, added] = known_.try_emplace(cell.as_text());
    if (added) at->second = read_category(cell, indicator, rule);
    return at->second;
}

std::vector<base::NumberStyle> styles_of(const std::vector<StyleSample>& samples,
                                         const std::vector<std::string>& headers,
                                         base::Findings& findings) {
    constexpr base::NumberStyle kVietnamese{',', '.'};
    std::vector<base::ColumnStyle> guessed;
    std::optional<base::NumberStyle> settled; // by a column that leaves no doubt
    for (const auto& sample : samples) {
        std::vector<std::string_view> cells;
        bool marks = false;
        for (const auto& cell : sample.cells()) {
            if (!base::parse_number(cell, {'.', '\0'}) && !base::parse_number(cell, {',', '.'}) &&
                !base::parse_number(cell, {'.', ','}))
                continue;
            cells.emplace_back(cell);
            marks = marks || cell.find_first_of(".,") != std::string::npos;
        }
        guessed.push_back(base::guess_number_style(cells));
        if (marks && !guessed.back().ambiguous && !settled) settled = guessed.back().style;
    }
    std::vector<base::NumberStyle> styles;
    for (std::size_t i = 0; i < guessed.size(); ++i) {
        auto style = guessed[i].style;
        if (guessed[i].ambiguous) {
            style = settled.value_or(kVietnamese);
            if (!settled) {
                base::Finding finding{
                    base::Severity::Warning, "ambiguous_numbers", {}, "", {}, "", {}};
                const auto& cells = samples[i].cells();
                const auto example = std::find_if(cells.begin(), cells.end(), [](const auto& c) {
                    return c.find_first_of(".,") != std::string::npos;
                });
                finding.args = {{"column", headers[i]},
                                {"example", example == cells.end() ? "" : *example},
                                {"decimal", std::string(1, style.decimal)}};
                findings.push_back(std::move(finding));
            }
        }
        styles.push_back(style);
    }
    return styles;
}

} // namespace diaban::data
