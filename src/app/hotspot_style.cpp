#include "app/hotspot_style.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <span>
#include <string_view>

namespace diaban::app {
namespace {

using analysis::LocalMethod;
using analysis::Outcome;
using analysis::Pattern;
using map::Colour;
using map::Hatch;
using Role = map::LegendEntry::Role;

// Brick and blue of ColorBrewer's RdBu: the convention of the field (high red, low blue), readable
// for colour-blind eyes, and no alarm red for people.
constexpr Colour kHigh3{0xB2, 0x18, 0x2B}, kHigh2{0xD6, 0x60, 0x4D}, kHigh1{0xF4, 0xA5, 0x82};
constexpr Colour kLow3{0x21, 0x66, 0xAC}, kLow2{0x43, 0x93, 0xC3}, kLow1{0x92, 0xC5, 0xDE};
constexpr Colour kPlain{0xF3, 0xF1, 0xEC}, kAlike{0xC2, 0xA5, 0xCF}, kUnlike{0xFE, 0xE0, 0x90};
constexpr Colour kIsland{0xE6, 0xDF, 0xC8}, kNotDefined{0xE4, 0xE4, 0xE4},
    kNotAsked{0xFF, 0xFF, 0xFF};

struct Look {
    std::string_view word; // "hot-99"; its text is the message "hotspots.class.<word>"
    Colour colour;
    Hatch hatch;
};
constexpr Look kNotSignificant{"not-significant", kPlain, Hatch::None};
// Strongest first; a level is shown if units that pass it alone count as significant.
struct Level {
    double alpha; // weaker ones than 0.10 have the level that was asked for
    std::string_view word;
    Look hot, cold;
};
constexpr std::array<Level, 4> kGetis{
    {{0.01, "99", {"hot-99", kHigh3, Hatch::Cross}, {"cold-99", kLow3, Hatch::Vertical}},
     {0.05, "95", {"hot-95", kHigh2, Hatch::Diagonal}, {"cold-95", kLow2, Hatch::BackDiagonal}},
     {0.10, "90", {"hot-90", kHigh1, Hatch::Dots}, {"cold-90", kLow1, Hatch::Horizontal}},
     {1.00, "", {"hot", kHigh1, Hatch::FineDots}, {"cold", kLow1, Hatch::FineDots}}}};
constexpr std::array<Look, 4> kMoran{{{"high-high", kHigh3, Hatch::Diagonal},
                                      {"low-low", kLow3, Hatch::BackDiagonal},
                                      {"high-low", kHigh1, Hatch::Dots},
                                      {"low-high", kLow1, Hatch::Horizontal}}};
constexpr std::array<Look, 4> kGeary{{{"high-high", kHigh3, Hatch::Diagonal},
                                      {"low-low", kLow3, Hatch::BackDiagonal},
                                      {"other-similar", kAlike, Hatch::Dots},
                                      {"different", kUnlike, Hatch::Cross}}};
// Of any status, also of a welcome one: neither red nor the colours of statuses.
constexpr Colour kTogether{0x8C, 0x51, 0x0A}, kApart{0xD8, 0xB3, 0x65},
    kWithStatus{0xEA, 0xDB, 0xBC};
constexpr std::array<Look, 2> kJoins{
    {{"together", kTogether, Hatch::Diagonal}, {"apart", kApart, Hatch::Dots}}};
constexpr std::array<Look, 7> kOthers{{{"not-asked", kNotAsked, Hatch::None},
                                       {"constant", kNotAsked, Hatch::None},
                                       {"island", kIsland, Hatch::Vertical},
                                       {"few-periods", kNotDefined, Hatch::BackDiagonal},
                                       {"incomplete", kNotDefined, Hatch::Diagonal},
                                       {"undefined", kNotDefined, Hatch::Horizontal},
                                       {"no-data", map::kNoData, Hatch::FineDots}}};

constexpr Look kNoCluster{"no-cluster", kPlain, Hatch::None};
constexpr Look kNoPattern{"no-pattern", kPlain, Hatch::None};
constexpr Colour kWasHot{0xE8, 0xD3, 0xC7}, kWasCold{0xCF, 0xDB, 0xE4};
constexpr std::array<Look, 4> kHistory{{{"hot-now", kHigh3, Hatch::Diagonal},
                                        {"hot-before", kWasHot, Hatch::Dots},
                                        {"cold-now", kLow3, Hatch::BackDiagonal},
                                        {"cold-before", kWasCold, Hatch::Horizontal}}};

constexpr std::array<Look, 3> kTrends{{{"rising", kHigh2, Hatch::Diagonal},
                                       {"falling", kLow2, Hatch::BackDiagonal},
                                       {"no-trend", kPlain, Hatch::None}}};

constexpr std::array<Look, 4> kSteps{{{"p-0.001", {0x1B, 0x5E, 0x5E}, Hatch::Cross},
                                      {"p-0.01", {0x4C, 0x9A, 0x96}, Hatch::Diagonal},
                                      {"p-0.05", {0xA9, 0xD3, 0xCE}, Hatch::Dots},
                                      {"p-more", kPlain, Hatch::None}}};

ClassRow row_of(const Look& look, const Language& language, bool always,
                const std::string& words = "hotspots.class.") {
    const std::string word(look.word);
    return {word, language.text(words + word), look.colour, look.hatch, always};
}

// The levels that units significant at `alpha` can have; one that is no level of its own (0.07) is
// part of the next weaker.
std::span<const Level> levels_at(double alpha) {
    std::size_t count = 1;
    while (count < kGetis.size() && kGetis[count - 1].alpha < alpha) ++count;
    return std::span(kGetis).first(count);
}

std::vector<ClassRow> getis_rows(double alpha, const Language& language) {
    std::vector<ClassRow> rows;
    const auto add = [&](const Look& look, std::string_view side, std::string_view level) {
        const auto text =
            level.empty() ? language.number((1 - alpha) * 100, 0) : std::string(level);
        rows.push_back({std::string(look.word),
                        language.text("hotspots.class." + std::string(side), {{"level", text}}),
                        look.colour, look.hatch, true});
    };
    const auto levels = levels_at(alpha);
    for (const auto& level : levels) add(level.hot, "hot", level.word);
    for (std::size_t l = levels.size(); l-- > 0;) add(levels[l].cold, "cold", levels[l].word);
    return rows;
}

bool by_level(LocalMethod method) {
    return method == LocalMethod::Gi || method == LocalMethod::GiStar;
}

std::span<const Look> looks(LocalMethod method) {
    switch (method) {
    case LocalMethod::Geary:
        return kGeary;
    case LocalMethod::JoinCount:
        return kJoins;
    default:
        return kMoran;
    }
}

bool was_tested(const std::string& word) {
    return std::none_of(kOthers.begin(), kOthers.end(),
                        [&](const Look& look) { return look.word == word; });
}

void add_others(std::vector<ClassRow>& rows, const Language& language) {
    for (const auto& look : kOthers) rows.push_back(row_of(look, language, false));
}

std::string_view pattern_word(Pattern pattern) {
    switch (pattern) {
    case Pattern::HighHigh:
        return "high-high";
    case Pattern::LowLow:
        return "low-low";
    case Pattern::HighLow:
        return "high-low";
    case Pattern::LowHigh:
        return "low-high";
    case Pattern::OtherSimilar:
        return "other-similar";
    case Pattern::Different:
        return "different";
    case Pattern::Together:
        return "together";
    case Pattern::Apart:
        return "apart";
    default:
        return "not-significant";
    }
}

} // namespace

std::string hotspot_class(const analysis::LocalResult& result, std::size_t unit) {
    switch (result.outcome[unit]) {
    case Outcome::Island:
        return "island";
    case Outcome::NoData:
        return "no-data";
    case Outcome::Undefined:
        return "undefined";
    case Outcome::NotAsked:
        return "not-asked";
    case Outcome::Tested:
        break;
    }
    const auto pattern = result.pattern[unit];
    if (pattern == Pattern::Hot || pattern == Pattern::Cold) {
        if (!result.significant[unit]) return "not-significant";
        const auto& level = kGetis[kGetis.size() - 1 - result.level[unit]];
        return std::string(pattern == Pattern::Hot ? level.hot.word : level.cold.word);
    }
    return std::string(result.significant[unit] ? pattern_word(pattern) : "not-significant");
}

std::vector<std::string> local_class_words(LocalMethod method, double alpha) {
    std::vector<std::string> out;
    if (by_level(method)) {
        const auto levels = levels_at(alpha);
        for (const auto& level : levels) out.emplace_back(level.hot.word);
        for (std::size_t l = levels.size(); l-- > 0;) out.emplace_back(levels[l].cold.word);
    } else {
        for (const auto& look : looks(method)) out.emplace_back(look.word);
    }
    out.emplace_back(kNotSignificant.word);
    out.emplace_back("island");
    return out;
}

std::string local_class_text(const std::string& word, LocalMethod method, double alpha,
                             const Language& language, const std::string& words) {
    if (method == LocalMethod::JoinCount && word == kNotSignificant.word)
        return language.text("hotspots.class.not-together");
    if (by_level(method))
        for (const auto& row : getis_rows(alpha, language))
            if (row.word == word) return row.label;
    for (const auto& look : looks(method))
        if (look.word == word) return language.text(words + word);
    return language.text("hotspots.class." + word);
}

map::Style class_style(const std::vector<ClassRow>& rows, const std::vector<std::string>& classes) {
    std::map<std::string, std::size_t> row_of;
    for (std::size_t r = 0; r < rows.size(); ++r) row_of[rows[r].word] = r;
    std::vector<std::size_t> count(rows.size(), 0);
    for (const auto& word : classes) ++count[row_of.at(word)];
    map::Style style;
    std::vector<std::uint16_t> entry(rows.size(), 0);
    for (std::size_t r = 0; r < rows.size(); ++r) {
        if (!rows[r].always && count[r] == 0) continue;
        entry[r] = static_cast<std::uint16_t>(style.entries.size());
        map::LegendEntry one;
        one.role = rows[r].word == "no-data" ? Role::NoData : Role::Class;
        one.label = rows[r].label;
        one.colour = rows[r].colour;
        one.hatch = rows[r].hatch;
        one.count = count[r];
        style.entries.push_back(std::move(one));
    }
    for (const auto& word : classes) style.entry_of.push_back(entry[row_of.at(word)]);
    return style;
}

map::Style hotspot_style(const analysis::LocalResult& result, const Language& language,
                         const std::string& words) {
    std::vector<ClassRow> rows;
    const auto add = [&](const Look& look, bool always) {
        rows.push_back(row_of(look, language, always));
    };
    const auto method = result.spec.method;
    if (by_level(method))
        rows = getis_rows(result.spec.alpha, language);
    else
        for (const auto& look : looks(method)) rows.push_back(row_of(look, language, true, words));
    if (method == LocalMethod::JoinCount) // must not look like a unit without the status
        rows.push_back({std::string(kNotSignificant.word),
                        language.text("hotspots.class.not-together"), kWithStatus, Hatch::FineDots,
                        true});
    else
        add(kNotSignificant, true);
    add_others(rows, language);
    std::vector<std::string> classes;
    for (std::size_t u = 0; u < result.units; ++u) classes.push_back(hotspot_class(result, u));
    return class_style(rows, classes);
}

map::Style significance_style(std::span<const double> p, std::vector<std::string> classes,
                              const Language& language) {
    std::vector<ClassRow> rows;
    for (const auto& look : kSteps) rows.push_back(row_of(look, language, true));
    add_others(rows, language);
    for (std::size_t u = 0; u < classes.size(); ++u)
        if (was_tested(classes[u]))
            classes[u] = p[u] <= 0.001  ? "p-0.001"
                         : p[u] <= 0.01 ? "p-0.01"
                         : p[u] <= 0.05 ? "p-0.05"
                                        : "p-more";
    return class_style(rows, classes);
}

map::Style scan_style(const std::vector<std::string>& labels, std::vector<std::string> classes,
                      const Language& language) {
    // As many as can be told apart; the weaker ones share a row and a look.
    constexpr std::array<std::pair<Colour, Hatch>, 8> kLooks{{{kHigh3, Hatch::Cross},
                                                              {kHigh2, Hatch::Diagonal},
                                                              {kHigh1, Hatch::Dots},
                                                              {kUnlike, Hatch::Horizontal},
                                                              {kAlike, Hatch::BackDiagonal},
                                                              {kHigh2, Hatch::Vertical},
                                                              {kHigh1, Hatch::Horizontal},
                                                              {kUnlike, Hatch::Dots}}};
    const auto shown = labels.size() > kLooks.size() ? kLooks.size() - 1 : labels.size();
    std::vector<ClassRow> rows;
    std::map<std::string, std::string> row_of_class;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const auto word = "cluster-" + std::to_string(i + 1);
        row_of_class[word] = i < shown ? word : "more";
        if (i < shown) rows.push_back({word, labels[i], kLooks[i].first, kLooks[i].second, true});
    }
    if (shown < labels.size())
        rows.push_back(
            {"more",
             language.text("hotspots.scan.rest",
                           {{"count", static_cast<std::int64_t>(labels.size() - shown)}}),
             kWasHot, Hatch::FineDots, true});
    for (auto& word : classes)
        if (const auto found = row_of_class.find(word); found != row_of_class.end())
            word = found->second;
    rows.push_back(row_of(kNoCluster, language, true));
    add_others(rows, language);
    return class_style(rows, classes);
}

std::vector<ClassRow> emerging_rows(bool history, const Language& language) {
    std::vector<ClassRow> rows;
    if (history) {
        for (const auto& look : kHistory) rows.push_back(row_of(look, language, true));
    } else {
        // The strongest tell the hottest; the hatch tells the category, the colour hot or cold.
        constexpr std::array kCategories{"new",         "consecutive", "intensifying",
                                         "persistent",  "diminishing", "sporadic",
                                         "oscillating", "historical"};
        constexpr std::array kHatches{Hatch::FineDots, Hatch::Dots,         Hatch::Cross,
                                      Hatch::Diagonal, Hatch::BackDiagonal, Hatch::Horizontal,
                                      Hatch::Vertical, Hatch::None};
        constexpr std::array<Colour, 8> kHotColours{kHigh1, kHigh2, kHigh3, kHigh3,
                                                    kHigh2, kHigh1, kHigh1, kWasHot};
        constexpr std::array<Colour, 8> kColdColours{kLow1, kLow2, kLow3, kLow3,
                                                     kLow2, kLow1, kLow1, kWasCold};
        for (const bool cold : {false, true})
            for (std::size_t i = 0; i < kCategories.size(); ++i) {
                const auto word = std::string(kCategories[i]) + (cold ? "-cold" : "-hot");
                rows.push_back({word, language.text("hotspots.class." + word),
                                cold ? kColdColours[i] : kHotColours[i], kHatches[i], false});
            }
    }
    rows.push_back(row_of(kNoPattern, language, true));
    add_others(rows, language);
    return rows;
}

std::vector<ClassRow> trend_rows(const Language& language) {
    std::vector<ClassRow> rows;
    for (const auto& look : kTrends) rows.push_back(row_of(look, language, true));
    add_others(rows, language);
    return rows;
}

} // namespace diaban::app
