// English words of the interface among texts on the screen: what a window in Vietnamese must not
// show.
#pragma once

#include "support/catalogue.hpp"

#include <algorithm>
#include <cctype>
#include <set>
#include <sstream>

namespace diaban::test {

// Compares texts as the window tells them: without blanks.
class EnglishTexts {
public:
    // From both catalogues. What also stands in a Vietnamese text is a name, a unit or a sign.
    explicit EnglishTexts(const std::filesystem::path& tree) {
        const auto en = read_catalogue(tree, "en"), vi = read_catalogue(tree, "vi");
        for (const auto& [id, text] : vi.text) vietnamese_ += closed_up(text) + '\n';
        for (const auto& [id, text] : en.text) {
            const std::string letters = closed_up(text);
            if (text.empty() || text.find('{') != text.npos ||
                vietnamese_.find(letters) != vietnamese_.npos)
                continue;
            english_ += letters + '\n';
            const bool phrase = text.find(' ') != text.npos;
            const bool button = !phrase && std::isupper(static_cast<unsigned char>(text.front()));
            if (phrase && letters.size() >= kLeastPhrase) phrases_.push_back(letters);
            if (button && letters.size() >= kLeastWord) words_.insert(letters);
        }
        // Words of a query, which are the same in every language.
        std::erase(phrases_, "notknown");
    }
    // Those of the texts, one a line, that are English or have an English phrase in them, or are a
    // line of a longer English text; "text; text", empty if there are none.
    std::string among(const std::string& texts) const {
        std::istringstream in(texts);
        std::string out;
        for (std::string text; std::getline(in, text);)
            if (is_english(closed_up(text))) out += (out.empty() ? "" : "; ") + text;
        return out;
    }

private:
    static constexpr std::size_t kLeastPhrase = 8, kLeastWord = 5, kLeastPart = 16; // letters

    static std::string closed_up(std::string text) {
        std::erase_if(text, [](unsigned char c) { return std::isspace(c) != 0; });
        return text;
    }
    bool is_english(const std::string& text) const {
        if (words_.contains(text)) return true;
        if (text.size() >= kLeastPart && english_.find(text) != english_.npos &&
            vietnamese_.find(text) == vietnamese_.npos)
            return true;
        return std::any_of(phrases_.begin(), phrases_.end(), [&](const std::string& phrase) {
            return text.find(phrase) != text.npos;
        });
    }

    std::string english_, vietnamese_;
    std::vector<std::string> phrases_; // of two words and more
    std::set<std::string> words_;      // as they stand on a button; in small letters they are names
};

} // namespace diaban::test
