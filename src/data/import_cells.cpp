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

// The cell of a status code; new classes of a hotspot are appended. Nothing: it is none of these.
std::optional<CellReading> class_reading(const std::string& code,
                                         std::vector<std::string>& categories) {
    if (code == "unknown") return CellReading{What::Missing, 0};
    if (const auto k = category_number(categories, code)) return CellReading{What::Value, *k};
    if (!code.starts_with("hot") || !category_number(categories, "none")) return std::nullopt;
    categories.push_back(code);
    return CellReading{What::Value, static_cast<double>(categories.size() - 1)};
}

// What reports shorten in a column of statuses; elsewhere the letters mean other things.
std::optional<std::string_view> short_status(std::string_view text) {
    const auto key = base::search_key(text);
    if (among(key, {"lm", "dat", "khong tn", "ko"})) return "none";
    if (among(key, {"tn", "co tn", "ctn"})) return "present";
    if (among(key, {"td", "trd"})) return "hot";
    return std::nullopt;
}

CellReading read_category(const SheetCell& cell, Indicator& indicator, const EmptyRule& rule,
                          const StatusWords& words) {
    auto& categories = indicator.categories;
    const auto text = cell.as_text();
    const auto key = base::search_key(text);
    if (const auto said = words.find(key); said != words.end())
        if (const auto reading = class_reading(said->second, categories)) return *reading;
    for (const auto& category : categories)
        if (base::search_key(category) == key)
            return {What::Value, *category_number(categories, category)};
    if (const auto code = status_code(text))
        if (const auto reading = class_reading(*code, categories)) return *reading;
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
    if (const auto empty = sign(text, rule)) return *empty;
    if (text.back() == '%') {
        text.remove_suffix(1);
        if (const auto value = base::parse_number(text, style)) return {What::Value, *value};
    }
    return {What::Bad, 0};
}

CellReading CategoryReader::read(const SheetCell& cell, Indicator& indicator, const EmptyRule& rule,
                                 const StatusWords& words) {
    if (cell.empty()) return {What::Missing, 0};
    const auto [at, added] = known_.try_emplace(cell.as_text());
    if (added) at->second = read_category(cell, indicator, rule, words);
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
            static constexpr base::NumberStyle kAny[] = {
                {'.', '\0'}, {',', '.'}, {'.', ','}, {',', ' '}, {'.', ' '}};
            if (std::none_of(std::begin(kAny), std::end(kAny),
                             [&](auto style) { return base::parse_number(cell, style); }))
                continue;
            cells.emplace_back(cell);
            marks = marks || cell.find_first_of(".,") != std::string::npos;
        }
        guessed.push_back(base::guess_number_style(cells));
        if (marks && !guessed.back().ambiguous && !settled) {
            settled = guessed.back().style;
            // Where blanks group, the mark of a column that leaves it open is a decimal sign or
            // groups in its own way.
            if (settled->group == ' ') settled->group = settled->decimal == ',' ? '.' : ',';
        }
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
