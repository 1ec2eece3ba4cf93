// Which indicator the words of reports name.

#include "data/import_plan.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace diaban::data {
namespace {

std::string words_of(std::string_view text) {
    auto key = base::search_key(text);
    for (char& c : key)
        if (std::string_view("_-/(),;:.&\"'").find(c) != std::string_view::npos) c = ' ';
    return base::search_key(key);
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

// The whole name; indicator_key leaves out the word that only says that something is counted.
std::string whole_key(std::string_view label) {
    return with_commune(words_of(without_numbering(label)));
}

std::string indicator_key(std::string_view label) {
    return with_commune(without_count_word(words_of(without_numbering(label))));
}

template <class Key> std::map<std::string, std::string_view> names_by(Key key) {
    std::map<std::string, std::string_view> out;
    std::set<std::string> twice;
    for (const auto& entry : catalogue())
        for (const auto& name : names_of(entry)) {
            const auto [at, added] = out.emplace(key(name), entry.code);
            if (!added && at->second != entry.code) twice.insert(at->first);
        }
    for (const auto& name : twice) out.erase(name);
    return out;
}

// A whole name says more than what two names have in common without their first word: "tỷ lệ cơ sở
// được kiểm tra" and "cơ sở được kiểm tra" are two indicators.
const std::map<std::string, std::string_view>& names_index() {
    static const auto index = [] {
        auto out = names_by(whole_key);
        out.merge(names_by(indicator_key));
        return out;
    }();
    return index;
}

std::set<std::string> words_in(std::string_view key) {
    std::set<std::string> words;
    for (std::size_t at = 0; at < key.size();) {
        const auto end = std::min(key.find(' ', at), key.size());
        if (end > at) words.emplace(key.substr(at, end - at));
        at = end + 1;
    }
    return words;
}

// Those that share at least two words with `key` and half of the shorter one's, best first.
std::vector<std::string> names_with_words_of(const std::string& key,
                                             const std::vector<std::string>& names) {
    const auto wanted = words_in(key);
    std::vector<std::pair<double, std::string>> found;
    for (const auto& name : names) {
        const auto words = words_in(name);
        const auto common = static_cast<std::size_t>(std::count_if(
            words.begin(), words.end(), [&](const auto& word) { return wanted.contains(word); }));
        const auto shorter = std::min(words.size(), wanted.size());
        if (common < 2 || 2 * common < shorter + 1) continue;
        const double alike = static_cast<double>(common) /
                             static_cast<double>(words.size() + wanted.size() - common);
        found.emplace_back(key.find(name) == key.npos ? -alike : -alike - 1, name);
    }
    std::sort(found.begin(), found.end());
    std::vector<std::string> out;
    for (auto& [rank, name] : found) out.push_back(std::move(name));
    return out;
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
            return base::is_digit(c) ||
                   std::string_view("IVXivx.").find(c) != std::string_view::npos;
        };
        while (n < label.size() && n < 7 && part_of_number(label[n])) ++n;
        if (n == 0 && label.size() > 2 && label[0] >= 'a' && label[0] <= 'z' && label[1] == ')')
            n = 1;
        const bool closed =
            n > 0 && n < label.size() &&
            (label[n - 1] == '.' || label[n] == ')' || label[n] == '/' ||
             (label[n] == ' ' && base::is_digit(label[n - 1]) && label.find('.') < n));
        if (!closed) continue;
        if (label[n] == ')' || label[n] == '/') ++n;
        label = base::trim(label.substr(n));
        again = true;
    }
    return label;
}

std::string indicator_named(std::string_view label, const std::vector<Indicator>& own) {
    const auto key = indicator_key(label);
    if (key.empty()) return "";
    for (const auto& indicator : own)
        if (words_of(indicator.id) == words_of(label) || indicator_key(indicator.name_vi) == key ||
            indicator_key(indicator.name_en) == key)
            return indicator.id;
    const auto& names = names_index();
    for (const auto& name : {whole_key(label), key})
        if (const auto found = names.find(name); found != names.end())
            return std::string(found->second);
    // "Người nghiện có hồ sơ (người)": a unit of measure beside the name.
    std::string rest;
    if (take_measure(label, &rest) && rest.size() < label.size()) return indicator_named(rest, own);
    return "";
}

std::string unit_of(std::string_view code, const std::vector<Indicator>& own) {
    for (const auto& indicator : own)
        if (indicator.id == code && !indicator.unit.empty()) return indicator.unit;
    const auto* entry = find_in_catalogue(code);
    return entry ? std::string(entry->unit) : std::string();
}

std::vector<std::string> nearest_indicators(std::string_view label) {
    std::string bare;
    take_measure(label, &bare);
    const auto key = indicator_key(read_period(bare).rest);
    std::vector<std::string> names;
    for (const auto& [name, code] : names_index()) names.push_back(name);
    auto near = base::nearest(key, names);
    // A longer name for the same thing shares its words: "tiền phạt vi phạm hành chính".
    const auto shared = names_with_words_of(key, names);
    near.insert(near.end(), shared.begin(), shared.end());
    constexpr std::size_t kMost = 3;
    std::vector<std::string> codes;
    for (const auto& name : near) {
        const std::string code(names_index().at(name));
        if (codes.size() < kMost && std::find(codes.begin(), codes.end(), code) == codes.end())
            codes.push_back(code);
    }
    return codes;
}

} // namespace diaban::data
