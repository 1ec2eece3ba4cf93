// What the words of reports mean: periods, days, indicators.

#include "data/import_plan.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

namespace diaban::data {
namespace {

bool digit(char c) {
    return c >= '0' && c <= '9';
}

std::string words_of(std::string_view text) {
    auto key = base::search_key(text);
    for (char& c : key)
        if (std::string_view("_-/(),;:.&\"'").find(c) != std::string_view::npos) c = ' ';
    return base::search_key(key);
}

// A year of four digits that stands alone; npos if there is none.
std::size_t find_year(std::string_view text) {
    for (std::size_t i = 0; i + 4 <= text.size(); ++i) {
        if (!std::all_of(text.begin() + static_cast<std::ptrdiff_t>(i),
                         text.begin() + static_cast<std::ptrdiff_t>(i) + 4, digit))
            continue;
        const bool alone =
            (i == 0 || !digit(text[i - 1])) && (i + 4 == text.size() || !digit(text[i + 4]));
        const int year = std::stoi(std::string(text.substr(i, 4)));
        if (alone && year >= 1900 && year <= 2099) return i;
        while (i < text.size() && digit(text[i])) ++i;
    }
    return std::string_view::npos;
}

// The words that say which half, as words_of() leaves them.
struct HalfWords {
    std::string_view words;
    int half;
};
constexpr auto kHalves = std::to_array<HalfWords>({
    {"6 thang dau nam", 1},
    {"sau thang dau nam", 1},
    {"06 thang dau nam", 1},
    {"6 thang cuoi nam", 2},
    {"sau thang cuoi nam", 2},
    {"06 thang cuoi nam", 2},
    {"nua dau nam", 1},
    {"nua cuoi nam", 2},
    {"6 thang", 1},
    {"06 thang", 1},
    {"h1", 1},
    {"h2", 2},
});

void erase_words(std::string& key, std::string_view words) {
    if (const auto at = key.find(words); at != key.npos) key.erase(at, words.size());
}

std::string padded(std::string_view key) {
    return fmt::format(" {} ", key);
}

// The names that a catalogue entry goes by.
std::vector<std::string> names_of(const CatalogueEntry& entry) {
    std::vector<std::string> names{words_of(entry.code), words_of(entry.name_vi),
                                   words_of(entry.name_en)};
    for (std::size_t at = 0; at < entry.words.size();) {
        const auto end = std::min(entry.words.find('|', at), entry.words.size());
        names.emplace_back(words_of(entry.words.substr(at, end - at)));
        at = end + 1;
    }
    std::erase(names, "");
    return names;
}

std::string without_count_word(std::string key) {
    for (const std::string_view word : {"tong so ", "so luong ", "so ", "ty le ", "ti le "})
        if (key.starts_with(word)) return key.substr(word.size());
    return key;
}

// "xã", "xã, phường", "XPTT": all mean communes.
std::string with_commune(std::string key) {
    for (const std::string_view word :
         {"xa phuong thi tran", "xa phuong tt", "xptt", "xa phuong", "phuong xa", "don vi"})
        if (const auto at = key.find(word); at != key.npos) {
            key.replace(at, word.size(), "xa");
            break;
        }
    return key;
}

std::string indicator_key(std::string_view label) {
    return with_commune(without_count_word(words_of(without_numbering(label))));
}

const std::map<std::string, std::string_view>& names_index() {
    static const auto index = [] {
        std::map<std::string, std::string_view> out;
        std::set<std::string> twice;
        for (const auto& entry : catalogue())
            for (const auto& name : names_of(entry)) {
                const auto [at, added] = out.emplace(indicator_key(name), entry.code);
                if (!added && at->second != entry.code) twice.insert(at->first);
            }
        for (const auto& name : twice) out.erase(name);
        return out;
    }();
    return index;
}

} // namespace

std::string_view without_numbering(std::string_view label) {
    label = base::trim(label);
    for (bool again = true; again && !label.empty();) {
        again = false;
        while (!label.empty() && std::string_view("-+*").find(label.front()) != label.npos)
            label = base::trim(label.substr(1)), again = true;
        for (const std::string_view dash : {"–", "—", "•"})
            if (label.starts_with(dash))
                label = base::trim(label.substr(dash.size())), again = true;
        // "1.", "1.2.", "IV.", "a)", "1/": at most four signs and then one that ends a number.
        std::size_t n = 0;
        const auto part_of_number = [](char c) {
            return digit(c) || std::string_view("IVXivx.").find(c) != std::string_view::npos;
        };
        while (n < label.size() && n < 7 && part_of_number(label[n])) ++n;
        if (n == 0 && label.size() > 2 && label[0] >= 'a' && label[0] <= 'z' && label[1] == ')')
            n = 1;
        const bool closed = n > 0 && n < label.size() &&
                            (label[n - 1] == '.' || label[n] == ')' || label[n] == '/' ||
                             (label[n] == ' ' && digit(label[n - 1]) && label.find('.') < n));
        if (!closed) continue;
        if (label[n] == ')' || label[n] == '/') ++n;
        label = base::trim(label.substr(n));
        again = true;
    }
    return label;
}

std::optional<Period> find_period(std::string_view text, std::string* rest) {
    auto key = words_of(text);
    if (rest) *rest = key;
    const auto at = find_year(key);
    if (at == std::string::npos) return std::nullopt;
    Period period{std::stoi(key.substr(at, 4)), 0};
    const auto around = padded(key);
    std::string_view found;
    for (const auto& [words, half] : kHalves)
        if (around.find(padded(words)) != around.npos) {
            period.half = half;
            found = words;
            break;
        }
    if (rest) {
        key.erase(at, 4);
        erase_words(key, found);
        auto around_rest = padded(base::search_key(key));
        erase_words(around_rest, " nam ");
        *rest = base::search_key(around_rest);
    }
    return period;
}

std::string find_day(std::string_view text) {
    const auto key = base::search_key(text);
    std::size_t at = 0;
    while (at < key.size() && !digit(key[at])) ++at;
    std::array<int, 3> number{};
    for (std::size_t k = 0; k < 3; ++k) {
        std::size_t n = 0;
        while (at < key.size() && digit(key[at]) && n < 4)
            number[k] = number[k] * 10 + (key[at++] - '0'), ++n;
        if (n == 0) return "";
        while (k < 2 && at < key.size() && !digit(key[at]) &&
               std::string_view("/-. thangnm").find(key[at]) != std::string_view::npos)
            ++at;
    }
    auto [day, month, year] = number;
    if (day > 1900) std::swap(day, year);
    if (day < 1 || day > 31 || month < 1 || month > 12 || year < 1900 || year > 2099) return "";
    return fmt::format("{:04}-{:02}-{:02}", year, month, day);
}

std::string find_as_of(std::string_view text) {
    const auto key = base::search_key(text);
    for (const std::string_view words : {"den ngay", "tinh den", "as of"})
        if (const auto at = key.find(words); at != key.npos)
            return find_day(std::string_view(key).substr(at));
    return "";
}

std::string indicator_named(std::string_view label, const std::vector<Indicator>& own) {
    const auto key = indicator_key(label);
    if (key.empty()) return "";
    for (const auto& indicator : own)
        if (words_of(indicator.id) == words_of(label) || indicator_key(indicator.name_vi) == key ||
            indicator_key(indicator.name_en) == key)
            return indicator.id;
    const auto& names = names_index();
    if (const auto found = names.find(key); found != names.end()) return std::string(found->second);
    // "Người nghiện có hồ sơ (người)": a unit of measure in brackets.
    const auto bracket = label.rfind('(');
    if (bracket != label.npos && bracket > 0) return indicator_named(label.substr(0, bracket), own);
    return "";
}

std::vector<std::string> nearest_indicators(std::string_view label) {
    const auto key = indicator_key(label);
    std::vector<std::string> names;
    for (const auto& [name, code] : names_index()) names.push_back(name);
    std::vector<std::string> codes;
    for (const auto& name : base::nearest(key, names)) {
        const std::string code(names_index().at(name));
        if (std::find(codes.begin(), codes.end(), code) == codes.end()) codes.push_back(code);
    }
    return codes;
}

} // namespace diaban::data
