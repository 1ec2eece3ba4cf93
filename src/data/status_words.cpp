// Status words of reports -> the standard codes of Indicator::categories.

#include "data/join.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace diaban::data {
namespace {

using Word = std::pair<std::string_view, std::string_view>;

// Keys as search_key leaves them, with the separators _ - . / turned into blanks.
constexpr std::array kWords = std::to_array<Word>({
    {"none", "none"},
    {"healthy", "none"},
    {"lanh manh", "none"},
    {"khong", "none"},
    {"khong co", "none"},
    {"khong co te nan", "none"},
    {"khong te nan", "none"},
    {"khong ma tuy", "none"},
    {"khong mai dam", "none"},
    {"khong co ma tuy", "none"},
    {"khong co mai dam", "none"},
    {"khong co te nan ma tuy", "none"},
    {"khong co te nan mai dam", "none"},
    {"xa lanh manh", "none"},
    {"phuong lanh manh", "none"},
    {"lanh manh khong co te nan", "none"},
    {"present", "present"},
    {"co", "present"},
    {"co te nan", "present"},
    {"co ma tuy", "present"},
    {"co mai dam", "present"},
    {"co te nan ma tuy", "present"},
    {"co te nan mai dam", "present"},
    {"co te nan xa hoi", "present"},
    {"hot", "hot"},
    {"hotspot", "hot"},
    {"hot spot", "hot"},
    {"trong diem", "hot"},
    {"xa trong diem", "hot"},
    {"phuong trong diem", "hot"},
    {"trong diem phuc tap", "hot"},
    {"trong diem ma tuy", "hot"},
    {"trong diem mai dam", "hot"},
    {"trong diem phuc tap ve ma tuy", "hot"},
    {"trong diem phuc tap ve mai dam", "hot"},
    {"unknown", "unknown"},
    {"chua ro", "unknown"},
    {"khong ro", "unknown"},
    {"chua bao cao", "unknown"},
    {"chua co so lieu", "unknown"},
    {"khong co so lieu", "unknown"},
    {"chua phan loai", "unknown"},
});

std::string_view hot_class(std::string_view roman) {
    if (roman == "i" || roman == "1") return "hot1";
    if (roman == "ii" || roman == "2") return "hot2";
    if (roman == "iii" || roman == "3") return "hot3";
    return {};
}

} // namespace

std::optional<std::string> status_code(std::string_view cell) {
    auto key = base::search_key(cell);
    for (char& c : key)
        if (c == '_' || c == '.' || c == '/' || c == ',' || c == '(' || c == ')') c = ' ';
    key = base::search_key(key); // collapses the blanks that this left
    const std::string_view text = base::trim(key);
    for (const auto& [word, code] : kWords)
        if (text == word) return std::string(code);
    if (text.size() == 4 && text.starts_with("hot")) {
        if (const auto code = hot_class(text.substr(3)); !code.empty()) return std::string(code);
    }
    // "trọng điểm loại II", "TĐ loại 1", "loại III".
    const bool hot = text.starts_with("trong diem") || text.starts_with("td ") ||
                     text.starts_with("loai ") || text.starts_with("class ");
    const auto last = text.rfind(' ');
    if (hot && last != text.npos) {
        if (const auto code = hot_class(text.substr(last + 1)); !code.empty())
            return std::string(code);
    }
    return std::nullopt;
}

} // namespace diaban::data
