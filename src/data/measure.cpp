#include "data/measure.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace diaban::data {
namespace {

struct Scale {
    std::string_view word;
    double factor;
};
constexpr auto kScales = std::to_array<Scale>({{"tram", 1e2},
                                               {"nghin", 1e3},
                                               {"ngan", 1e3},
                                               {"thousand", 1e3},
                                               {"van", 1e4},
                                               {"trieu", 1e6},
                                               {"tr", 1e6},
                                               {"million", 1e6},
                                               {"ty", 1e9},
                                               {"ti", 1e9},
                                               {"billion", 1e9}});

// What is measured, and in which multiple of the first word of its kind.
struct Base {
    std::string_view word, base;
    double factor = 1;
    bool one_by_one = true;
};
constexpr auto kBases = std::to_array<Base>({
    {"dong", "dong", 1, false},
    {"d", "dong", 1, false},
    {"vnd", "dong", 1, false},
    {"dong viet nam", "dong", 1, false},
    {"nguoi", "nguoi"},
    {"nhan khau", "nguoi"},
    {"khau", "nguoi"},
    {"doi tuong", "nguoi"},
    {"hoc vien", "nguoi"},
    {"nan nhan", "nguoi"},
    {"can bo", "nguoi"},
    {"person", "nguoi"},
    {"persons", "nguoi"},
    {"people", "nguoi"},
    {"luot", "luot"},
    {"luot nguoi", "luot"},
    {"luot co so", "luot"},
    {"lan", "luot"},
    {"visits", "luot"},
    {"cuoc", "cuoc"},
    {"buoi", "cuoc"},
    {"dot", "cuoc"},
    {"co so", "co so"},
    {"vu", "vu"},
    {"vu viec", "vu"},
    {"duong day", "vu"},
    {"tin", "tin"},
    {"tu diem", "diem"},
    {"diem", "diem", 1, false}, // of a score as well
    {"to", "to"},
    {"xa", "xa"},
    {"xa phuong", "xa"},
    {"xptt", "xa"},
    {"doi", "doi"},
    {"mo hinh", "mo hinh"},
    {"huyen", "huyen"},
    {"ho", "ho"},
    {"ho gia dinh", "ho"},
    {"cay", "cay"},
    {"co quan", "co quan"},
    {"don vi", "co quan"},
    {"m2", "m2", 1, false},
    {"ha", "m2", 1e4, false},
    {"km2", "m2", 1e6, false},
    {"%", "%", 1, false},
    {"phan tram", "%", 1, false},
    {"percent", "%", 1, false},
    {"‰", "%", 0.1, false},
    {"phan nghin", "%", 0.1, false},
    {"lan/thang", "lan/thang", 1, false},
});

const Base* base_of(std::string_view word) {
    const auto found =
        std::find_if(kBases.begin(), kBases.end(), [&](const Base& b) { return b.word == word; });
    return found == kBases.end() ? nullptr : &*found;
}

// "1.000" and "1,000" as "1000", no other points, "1000đ" as two words, "m²" as "m2".
std::vector<std::string> unit_words(std::string_view text) {
    auto key = base::search_key(text);
    for (std::size_t at = 0; (at = key.find("²", at)) != key.npos;)
        key.replace(at, std::string_view("²").size(), "2");
    std::string plain;
    for (std::size_t i = 0; i < key.size(); ++i) {
        const char c = key[i];
        const bool number_before = !plain.empty() && base::is_digit(plain.back());
        if (c == '.' || c == ',') {
            if (!number_before || i + 1 == key.size() || !base::is_digit(key[i + 1])) plain += ' ';
            continue;
        }
        const bool letter_before = plain.find_last_of(' ') + 1 < plain.size() &&
                                   !base::is_digit(plain[plain.find_last_of(' ') + 1]);
        if (number_before && !letter_before && !base::is_digit(c)) plain += ' ';
        plain += c;
    }
    std::vector<std::string> words;
    const auto collapsed = base::search_key(plain);
    for (std::size_t at = 0; at < collapsed.size();) {
        const auto end = std::min(collapsed.find(' ', at), collapsed.size());
        words.push_back(collapsed.substr(at, end - at));
        at = end + 1;
    }
    return words;
}

// 1 for a word that is no scale. "10000" is one, "2013" is none.
double scale_of(std::string_view word) {
    for (const auto& [name, factor] : kScales)
        if (word == name) return factor;
    const bool power = word.size() >= 3 && word.size() <= 10 && word.front() == '1' &&
                       std::all_of(word.begin() + 1, word.end(), [](char c) { return c == '0'; });
    return power ? std::pow(10.0, static_cast<double>(word.size() - 1)) : 1;
}

// "ĐVT: triệu đồng" -> "triệu đồng"; nothing if no such words stand before it.
std::optional<std::string_view> said_measure(std::string_view text) {
    for (const auto colon : {text.find(':'), std::string_view::npos}) {
        if (colon == text.npos) continue;
        auto key = base::search_key(text.substr(0, colon));
        for (const std::string_view word :
             {"don vi tinh", "dvt", "don vi", "d.v.t", "dv tinh", "tinh bang", "unit", "units"})
            if (key == word || key.ends_with(" " + std::string(word)) ||
                key.ends_with("(" + std::string(word)))
                return base::trim(text.substr(colon + 1));
    }
    return std::nullopt;
}

void put_rest(std::string* rest, std::string_view before, std::string_view after) {
    if (!rest) return;
    *rest = std::string(base::trim(before));
    after = base::trim(after);
    if (!after.empty()) *rest += (rest->empty() ? "" : " ") + std::string(after);
}

// In brackets, anywhere in the text.
std::optional<Measure> in_brackets(std::string_view text, std::string* rest) {
    for (std::size_t open = text.find('('); open != text.npos; open = text.find('(', open + 1)) {
        const auto close = text.find(')', open);
        if (close == text.npos) return std::nullopt;
        const auto inner = text.substr(open + 1, close - open - 1);
        if (auto found = parse_measure(said_measure(inner).value_or(inner))) {
            put_rest(rest, text.substr(0, open), text.substr(close + 1));
            return found;
        }
    }
    return std::nullopt;
}

// Behind the last comma, or as the last words: only what cannot be part of a name.
std::optional<Measure> at_the_end(std::string_view text, std::string* rest) {
    const auto certain = [](const std::optional<Measure>& m) {
        return m && (m->scale > 1 || m->base == "%" || m->base == "dong") && !m->base.empty();
    };
    if (const auto comma = text.rfind(','); comma != text.npos) {
        auto found = parse_measure(text.substr(comma + 1));
        if (certain(found)) {
            put_rest(rest, text.substr(0, comma), {});
            return found;
        }
    }
    std::size_t at = text.size();
    std::optional<Measure> best;
    for (int words = 0; words < 3 && at != text.npos && at > 0; ++words) {
        at = text.rfind(' ', at - 1);
        if (at == text.npos) break;
        auto found = parse_measure(text.substr(at + 1));
        if (!certain(found) || found->scale <= 1 || !base_of(found->base)) continue;
        put_rest(rest, text.substr(0, at), {});
        best = std::move(found);
    }
    return best;
}

} // namespace

std::optional<Measure> parse_measure(std::string_view text) {
    text = base::trim(text);
    Measure out;
    out.written = text;
    std::vector<std::string> words;
    for (auto& word : unit_words(text)) {
        const double scale = words.empty() ? scale_of(word) : 1;
        if (scale > 1)
            out.scale *= scale;
        else
            words.push_back(std::move(word));
    }
    for (const auto& word : words) out.base += (out.base.empty() ? "" : " ") + word;
    // "trđ", "tỷđ": written together.
    if (words.size() == 1 && !base_of(out.base) && out.base.ends_with('d'))
        if (const double scale =
                scale_of(std::string_view(out.base).substr(0, out.base.size() - 1));
            scale > 1) {
            out.scale *= scale;
            out.base = "dong";
        }
    if (const auto* known = base_of(out.base)) {
        out.scale *= known->factor;
        out.base = known->base;
        return out;
    }
    constexpr std::size_t kMostWords = 3; // of a thing nobody knows here: "nghìn hộ nghèo"
    const bool scale_only = out.base.empty();
    if (out.scale == 1 || (!scale_only && words.size() > kMostWords)) return std::nullopt;
    return out;
}

std::optional<Measure> take_measure(std::string_view text, std::string* rest) {
    text = base::trim(text);
    if (rest) *rest = text;
    if (auto found = in_brackets(text, rest)) return found;
    if (const auto said = said_measure(text))
        if (auto found = parse_measure(*said)) {
            if (rest) rest->clear();
            return found;
        }
    if (auto found = at_the_end(text, rest)) return found;
    const auto key = base::search_key(text);
    if (key.starts_with("ty le ") || key.starts_with("ti le ")) return parse_measure("%");
    return std::nullopt;
}

std::optional<double> factor_to(std::string_view unit, const Measure& written) {
    const auto own = parse_measure(unit);
    if (own && own->base == "%" && written.base.empty()) return std::nullopt; // thousands of what
    if (!own || written.base.empty()) return written.scale / (own ? own->scale : 1);
    if (own->base != written.base) return std::nullopt;
    return written.scale / own->scale;
}

double scaled(double value, double factor) {
    if (factor == 1) return value;
    const double out = factor < 1 ? value / std::round(1 / factor) : value * factor;
    const double whole = std::round(out);
    // 0.57 * 1000 is 570 and not a hair less.
    return std::abs(out - whole) <= 1e-9 * std::max(1.0, std::abs(whole)) ? whole : out;
}

bool counted_one_by_one(std::string_view unit) {
    const auto key = base::search_key(unit);
    const auto* known = base_of(key);
    return known && known->one_by_one;
}

} // namespace diaban::data
