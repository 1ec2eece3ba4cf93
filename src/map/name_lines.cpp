#include "map/name_lines.hpp"

#include "base/text.hpp"

namespace diaban::map {
namespace {

// The first letter, with all its bytes.
std::string first_letter(std::string_view word) {
    std::size_t end = word.empty() ? 0 : 1;
    while (end < word.size() && (static_cast<unsigned char>(word[end]) & 0xC0) == 0x80) ++end;
    return std::string(word.substr(0, end));
}

bool is_capital(std::string_view word) {
    const auto letter = first_letter(word);
    return !letter.empty() && base::lower(letter) != letter;
}

} // namespace

std::vector<std::string> in_two_lines(const std::string& name) {
    std::vector<std::string> out;
    std::size_t word = 0, count = 0; // the word before the blank: where it begins, which it is
    for (std::size_t blank = name.find(' '); blank != std::string::npos;
         blank = name.find(' ', blank + 1)) {
        const auto next = std::string_view(name).substr(blank + 1);
        const auto before = std::string_view(name).substr(word, blank - word);
        if (is_capital(next) && (count == 0 || !is_capital(before))) {
            out.push_back(name);
            out.back()[blank] = '\n';
        }
        word = blank + 1, ++count;
    }
    return out;
}

} // namespace diaban::map
