#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <unicode/brkiter.h>
#include <unicode/coll.h>
#include <unicode/normalizer2.h>
#include <unicode/sortkey.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

namespace diaban::base {
namespace {

icu::UnicodeString from_utf8(std::string_view text) {
    return icu::UnicodeString::fromUTF8(
        icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
}

std::string to_utf8(const icu::UnicodeString& text) {
    std::string out;
    text.toUTF8String(out);
    return out;
}

std::string normalised(std::string_view text, const icu::Normalizer2* form) {
    UErrorCode status = U_ZERO_ERROR;
    const auto out = form->normalize(from_utf8(text), status);
    return U_FAILURE(status) ? std::string(text) : to_utf8(out);
}

const icu::Normalizer2* form_c() {
    UErrorCode status = U_ZERO_ERROR;
    return icu::Normalizer2::getNFCInstance(status);
}

const icu::Normalizer2* form_d() {
    UErrorCode status = U_ZERO_ERROR;
    return icu::Normalizer2::getNFDInstance(status);
}

std::u32string code_points(std::string_view text) {
    const auto source = from_utf8(text);
    std::u32string out;
    for (int32_t i = 0; i < source.length(); i = source.moveIndex32(i, 1))
        out.push_back(static_cast<char32_t>(source.char32At(i)));
    return out;
}

} // namespace

bool valid_utf8(std::string_view text) {
    const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
    const auto size = static_cast<int32_t>(text.size());
    for (int32_t i = 0; i < size;) {
        UChar32 c = 0;
        U8_NEXT(bytes, i, size, c);
        if (c < 0) return false;
    }
    return true;
}

bool is_nfc(std::string_view text) {
    if (is_ascii(text)) return true;
    UErrorCode status = U_ZERO_ERROR;
    return form_c()->isNormalizedUTF8(
               icu::StringPiece(text.data(), static_cast<int32_t>(text.size())), status) &&
           U_SUCCESS(status);
}

std::string nfc(std::string_view text) {
    if (is_ascii(text) || (valid_utf8(text) && is_nfc(text))) return std::string(text);
    return normalised(text, form_c());
}

std::string nfd(std::string_view text) {
    return normalised(text, form_d());
}

std::string search_key(std::string_view text) {
    auto source = form_d();
    UErrorCode status = U_ZERO_ERROR;
    auto decomposed = source->normalize(from_utf8(text), status);
    if (U_FAILURE(status)) return std::string(text);
    decomposed.foldCase();
    icu::UnicodeString out;
    bool blank = true; // swallows leading blanks
    for (int32_t i = 0; i < decomposed.length(); i = decomposed.moveIndex32(i, 1)) {
        const UChar32 c = decomposed.char32At(i);
        // Marks, and the invisible characters that copying from web pages leaves behind.
        const auto type = u_charType(c);
        if (type == U_NON_SPACING_MARK || type == U_FORMAT_CHAR) continue;
        if (u_isUWhiteSpace(c) || c == 0x2D || c == 0x2010 || c == 0x2011 || c == 0x2013) {
            if (!blank) out.append(u' ');
            blank = true;
            continue;
        }
        blank = false;
        out.append(c == 0x111 || c == 0xF0 ? UChar32{'d'} : c);
    }
    if (out.length() > 0 && out.charAt(out.length() - 1) == u' ') out.truncate(out.length() - 1);
    return to_utf8(out);
}

bool search_matches(std::string_view text_key, std::string_view query_key) {
    std::size_t begin = 0;
    while (begin < query_key.size()) {
        auto end = query_key.find(' ', begin);
        if (end == std::string_view::npos) end = query_key.size();
        const auto word = query_key.substr(begin, end - begin);
        begin = end + 1;
        bool found = false;
        for (auto at = text_key.find(word); at != std::string_view::npos && !found;
             at = text_key.find(word, at + 1))
            found = at == 0 || text_key[at - 1] == ' ';
        if (!found) return false;
    }
    return true;
}

std::vector<std::string> sort_keys(const std::vector<std::string>& texts) {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::Collator> collator(
        icu::Collator::createInstance(icu::Locale("vi"), status));
    std::vector<std::string> out;
    out.reserve(texts.size());
    for (const auto& text : texts) {
        if (U_FAILURE(status)) {
            out.push_back(text);
            continue;
        }
        icu::CollationKey key;
        UErrorCode each = U_ZERO_ERROR;
        collator->getCollationKey(from_utf8(text), key, each);
        int32_t size = 0;
        const auto* bytes = key.getByteArray(size);
        out.emplace_back(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
    }
    return out;
}

std::string sort_key(std::string_view text) {
    return sort_keys({std::string(text)}).front();
}

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string joined(const std::vector<std::string>& words, std::string_view separator) {
    std::string out;
    for (const auto& word : words) {
        if (&word != &words.front()) out += separator;
        out += word;
    }
    return out;
}

std::string unbroken(std::string_view text) {
    std::string out;
    for (const char c : text) out += c == ' ' ? std::string("\u00A0") : std::string(1, c);
    return out;
}

std::string lower(std::string_view text) {
    return to_utf8(from_utf8(text).toLower(icu::Locale("vi")));
}

std::string upper(std::string_view text) {
    return to_utf8(from_utf8(text).toUpper(icu::Locale("vi")));
}

std::string_view trim(std::string_view text) {
    static constexpr std::array<std::string_view, 7> kBlanks{" ",  "\t",       "\r",          "\n",
                                                             "\v", "\xC2\xA0", "\xEF\xBB\xBF"};
    for (bool again = true; again;) {
        again = false;
        for (const auto blank : kBlanks) {
            if (text.starts_with(blank)) text.remove_prefix(blank.size()), again = true;
            if (text.ends_with(blank)) text.remove_suffix(blank.size()), again = true;
        }
    }
    return text;
}

std::string single_blanks(std::string_view text) {
    std::string out;
    for (text = trim(text); !text.empty(); text.remove_prefix(1)) {
        const auto rest = trim(text); // never empty: the text ends in no blank
        if (rest.size() < text.size()) out += ' ';
        text = rest;
        out += text.front();
    }
    return out;
}

std::string file_name_part(std::string_view text) {
    std::string out;
    for (const char c : search_key(text)) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (plain)
            out += c;
        else if (!out.empty() && out.back() != '_')
            out += '_';
    }
    while (!out.empty() && out.back() == '_') out.pop_back();
    return out;
}

std::size_t length(std::string_view text) {
    if (is_ascii(text)) return text.size();
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::BreakIterator> it(
        icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), status));
    if (U_FAILURE(status)) return code_points(text).size();
    const auto source = from_utf8(text);
    it->setText(source);
    std::size_t count = 0;
    while (it->next() != icu::BreakIterator::DONE) ++count;
    return count;
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
    const auto x = code_points(a);
    const auto y = code_points(b);
    std::vector<std::size_t> row(y.size() + 1);
    for (std::size_t j = 0; j <= y.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= x.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= y.size(); ++j) {
            const std::size_t replace = diagonal + (x[i - 1] != y[j - 1]);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, replace});
        }
    }
    return row[y.size()];
}

std::vector<std::string> nearest(std::string_view word, const std::vector<std::string>& candidates,
                                 std::size_t most) {
    const auto key = search_key(word);
    std::vector<std::pair<std::size_t, std::string>> ranked;
    for (const auto& candidate : candidates) {
        const auto distance = edit_distance(key, search_key(candidate));
        if (distance * 3 <= std::max<std::size_t>(length(word), 3))
            ranked.emplace_back(distance, candidate);
    }
    std::sort(ranked.begin(), ranked.end());
    std::vector<std::string> out;
    for (std::size_t i = 0; i < std::min(most, ranked.size()); ++i) out.push_back(ranked[i].second);
    return out;
}

} // namespace diaban::base
