#include "files/encoding.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "files/vietnamese_syllable.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <cstdint>
#include <iconv.h>
#include <map>
#include <memory>

namespace diaban::files {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD"; // U+FFFD

std::uint8_t byte(char c) {
    return static_cast<std::uint8_t>(c);
}

// ---- TCVN3 (ABC fonts): one byte, one letter ---------------------------------------------------

struct Letter {
    std::uint8_t code;
    std::string_view text;
};
constexpr std::array<Letter, 74> kTcvn3{{
    {0xA8, "ă"}, {0xA9, "â"}, {0xAA, "ê"}, {0xAB, "ô"}, {0xAC, "ơ"}, {0xAD, "ư"}, {0xAE, "đ"},
    {0xA1, "Ă"}, {0xA2, "Â"}, {0xA3, "Ê"}, {0xA4, "Ô"}, {0xA5, "Ơ"}, {0xA6, "Ư"}, {0xA7, "Đ"},
    {0xB5, "à"}, {0xB8, "á"}, {0xB6, "ả"}, {0xB7, "ã"}, {0xB9, "ạ"}, {0xBB, "ằ"}, {0xBE, "ắ"},
    {0xBC, "ẳ"}, {0xBD, "ẵ"}, {0xC6, "ặ"}, {0xC7, "ầ"}, {0xCA, "ấ"}, {0xC8, "ẩ"}, {0xC9, "ẫ"},
    {0xCB, "ậ"}, {0xCC, "è"}, {0xD0, "é"}, {0xCE, "ẻ"}, {0xCF, "ẽ"}, {0xD1, "ẹ"}, {0xD2, "ề"},
    {0xD5, "ế"}, {0xD3, "ể"}, {0xD4, "ễ"}, {0xD6, "ệ"}, {0xD7, "ì"}, {0xDD, "í"}, {0xD8, "ỉ"},
    {0xDC, "ĩ"}, {0xDE, "ị"}, {0xDF, "ò"}, {0xE3, "ó"}, {0xE1, "ỏ"}, {0xE2, "õ"}, {0xE4, "ọ"},
    {0xE5, "ồ"}, {0xE8, "ố"}, {0xE6, "ổ"}, {0xE7, "ỗ"}, {0xE9, "ộ"}, {0xEA, "ờ"}, {0xED, "ớ"},
    {0xEB, "ở"}, {0xEC, "ỡ"}, {0xEE, "ợ"}, {0xEF, "ù"}, {0xF3, "ú"}, {0xF1, "ủ"}, {0xF2, "ũ"},
    {0xF4, "ụ"}, {0xF5, "ừ"}, {0xF8, "ứ"}, {0xF6, "ử"}, {0xF7, "ữ"}, {0xF9, "ự"}, {0xFA, "ỳ"},
    {0xFD, "ý"}, {0xFB, "ỷ"}, {0xFC, "ỹ"}, {0xFE, "ỵ"},
}};

// The capital fonts (".VnTimeH") show the same bytes as capitals. A cell whose plain letters are
// all capitals, with two of them in a row somewhere, was typed in such a font.
bool typed_in_capital_font(std::string_view bytes) {
    int run = 0, longest = 0;
    for (const char c : bytes) {
        if (std::islower(byte(c)) && byte(c) < 0x80) return false;
        run = std::isupper(byte(c)) && byte(c) < 0x80 ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    return longest >= 2;
}

std::string decode_tcvn3(std::string_view bytes, std::size_t& bad) {
    static const auto kTable = [] {
        std::array<std::string_view, 256> table{};
        for (const auto& [code, text] : kTcvn3) table[code] = text;
        return table;
    }();
    std::string out;
    for (const char c : bytes) {
        if (byte(c) < 0x80)
            out += c;
        else if (byte(c) == 0xA0)
            out += ' '; // the no-break space of cp1252, which these fonts leave alone
        else if (!kTable[byte(c)].empty())
            out += kTable[byte(c)];
        else
            out += kReplacement, ++bad;
    }
    return typed_in_capital_font(bytes) ? base::upper(out) : out;
}

// ---- VNI-Windows: a base letter, then a cp1252 letter that stands for its marks -----------------

constexpr std::string_view kGrave = "\xCC\x80", kAcute = "\xCC\x81", kTilde = "\xCC\x83",
                           kHook = "\xCC\x89", kDot = "\xCC\xA3", kCircumflex = "\xCC\x82",
                           kBreve = "\xCC\x86";

struct Marks {
    std::uint8_t code; // lower case; the upper case is 0x20 less
    std::string_view shape, tone;
};
constexpr std::array<Marks, 17> kVniMarks{{
    {0xF9, "", kAcute},
    {0xF8, "", kGrave},
    {0xFB, "", kHook},
    {0xF5, "", kTilde},
    {0xEF, "", kDot},
    {0xE2, kCircumflex, ""},
    {0xE1, kCircumflex, kAcute},
    {0xE0, kCircumflex, kGrave},
    {0xE5, kCircumflex, kHook},
    {0xE3, kCircumflex, kTilde},
    {0xE4, kCircumflex, kDot},
    {0xEA, kBreve, ""},
    {0xE9, kBreve, kAcute},
    {0xE8, kBreve, kGrave},
    {0xFA, kBreve, kHook},
    {0xFC, kBreve, kTilde},
    {0xEB, kBreve, kDot},
}};
struct Single {
    std::uint8_t code;
    std::string_view lower, upper;
};
constexpr std::array<Single, 9> kVniSingles{{
    {0xF4, "ơ", "Ơ"},
    {0xF6, "ư", "Ư"},
    {0xF1, "đ", "Đ"},
    {0xE6, "ỉ", "Ỉ"},
    {0xF3, "ĩ", "Ĩ"},
    {0xF2, "ị", "Ị"},
    {0xEE, "ỵ", "Ỵ"},
    {0xED, "í", "Í"},
    {0xEC, "ì", "Ì"},
}};

// Which letters can carry marks: circumflex on a, e, o; breve on a; a tone on every vowel.
bool can_carry(char base_letter, const Marks& marks) {
    const char c = static_cast<char>(std::tolower(byte(base_letter)));
    if (marks.shape == kCircumflex) return c == 'a' || c == 'e' || c == 'o';
    if (marks.shape == kBreve) return c == 'a';
    return c == 'a' || c == 'e' || c == 'o' || c == 'u' || c == 'y' || c == 'i';
}

const Marks* vni_marks(std::uint8_t code) {
    for (const auto& marks : kVniMarks)
        if (marks.code == code || marks.code - 0x20 == code) return &marks;
    return nullptr;
}

std::string decode_vni(std::string_view bytes, std::size_t& bad) {
    std::string out;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const std::uint8_t code = byte(bytes[i]);
        if (code < 0x80 || code == 0xA0) {
            out += code == 0xA0 ? ' ' : bytes[i];
            continue;
        }
        // ơ and ư are bytes of their own, and carry tones too.
        const bool after_horn = i > 0 && (byte(bytes[i - 1]) & 0xDDu) == 0xD4u;
        const Marks* marks = i > 0 ? vni_marks(code) : nullptr;
        if (marks && ((after_horn && marks->shape.empty()) ||
                      (!after_horn && can_carry(bytes[i - 1], *marks)))) {
            out.append(marks->shape).append(marks->tone);
            continue;
        }
        const auto single =
            std::find_if(kVniSingles.begin(), kVniSingles.end(),
                         [&](const Single& s) { return s.code == code || s.code - 0x20 == code; });
        if (single != kVniSingles.end())
            out += single->code == code ? single->lower : single->upper;
        else
            out += kReplacement, ++bad;
    }
    return out;
}

// ---- Everything else: the C library's iconv
// -------------------------------------------------------

struct IconvDeleter {
    void operator()(void* handle) const { iconv_close(static_cast<iconv_t>(handle)); }
};
using Iconv = std::unique_ptr<void, IconvDeleter>;

Iconv open_iconv(const std::string& to, const std::string& from) {
    const iconv_t handle = iconv_open(to.c_str(), from.c_str());
    return Iconv(handle == reinterpret_cast<iconv_t>(-1) ? nullptr : handle);
}

// Opening a converter loads a table from disk; each thread keeps those it used.
iconv_t to_utf8(const std::string& encoding) {
    static thread_local std::map<std::string, Iconv> open;
    auto found = open.find(encoding);
    if (found == open.end()) found = open.emplace(encoding, open_iconv("UTF-8", encoding)).first;
    return static_cast<iconv_t>(found->second.get());
}

// Converts; calls bad_byte(in) where a byte has no meaning, which moves on.
template <class BadByte>
std::string run_iconv(iconv_t handle, std::string_view bytes, BadByte bad_byte) {
    iconv(handle, nullptr, nullptr, nullptr, nullptr); // back to the initial shift state
    std::string out;
    std::array<char, 512> buffer;
    char* in = const_cast<char*>(bytes.data()); // iconv's signature; it does not write there
    std::size_t left = bytes.size();
    for (bool flush = false;;) {
        char* to = buffer.data();
        std::size_t room = buffer.size();
        const auto done = iconv(handle, flush ? nullptr : &in, flush ? nullptr : &left, &to, &room);
        out.append(buffer.data(), buffer.size() - room);
        if (done != static_cast<std::size_t>(-1)) {
            if (flush) return out;
            flush = true; // CP1258 holds a letter back in case a tone follows
        } else if (errno != E2BIG) {
            if (left == 0) return out;
            out += bad_byte(*in);
            ++in, --left;
        }
    }
}

std::string decode_utf8(std::string_view bytes, std::size_t& bad) {
    if (base::valid_utf8(bytes)) return std::string(bytes);
    return run_iconv(to_utf8("UTF-8"), bytes, [&](char) {
        ++bad;
        return std::string(kReplacement);
    });
}

// ---- Names
// -----------------------------------------------------------------------------------------

} // namespace

std::string canonical_encoding(std::string_view name) {
    std::string key;
    for (const char c : base::trim(name))
        if (std::isalnum(byte(c))) key += static_cast<char>(std::toupper(byte(c)));
    if (key == "UTF8" || key == "65001" || key == "CP65001") return "UTF-8";
    if (key == "TCVN3" || key == "ABC" || key == "TCVN5712" || key == "VNTIME") return "TCVN3";
    if (key == "VNI" || key == "VNIWIN" || key == "VNIWINDOWS") return "VNI";
    if (key == "CP1258" || key == "1258" || key == "WINDOWS1258" || key == "ANSI1258")
        return "CP1258";
    if (key.size() >= 3 && key.find_first_not_of("0123456789") == std::string::npos) {
        if (key.starts_with("8859")) return "ISO-8859-" + (key.size() > 4 ? key.substr(4) : "1");
        return "CP" + key;
    }
    if (key.starts_with("ANSI")) return "CP" + key.substr(4);
    if (key.starts_with("OEM")) return "CP" + key.substr(3);
    return std::string(base::trim(name));
}

namespace {

[[noreturn]] void unknown_encoding(std::string_view name) {
    throw base::Error(base::ErrorKind::Usage, "error.encoding.unknown",
                      {{"encoding", std::string(name)}});
}

[[noreturn]] void lacks(std::string_view letter, std::string_view encoding) {
    throw base::Error(base::ErrorKind::Usage, "error.encoding.lacks",
                      {{"letter", std::string(letter)}, {"encoding", std::string(encoding)}});
}

std::string decode_raw(std::string_view bytes, const std::string& encoding, std::size_t& bad) {
    if (encoding == "UTF-8") return decode_utf8(bytes, bad);
    if (encoding == "TCVN3") return decode_tcvn3(bytes, bad);
    if (encoding == "VNI") return decode_vni(bytes, bad);
    const iconv_t handle = to_utf8(encoding);
    if (!handle) unknown_encoding(encoding);
    return run_iconv(handle, bytes, [&](char) {
        ++bad;
        return std::string(kReplacement);
    });
}

// ---- Scoring
// -----------------------------------------------------------------------------------------

bool word_break(char c) {
    return byte(c) < 0x80 && !std::isalpha(byte(c));
}

// Share of the words with bytes beyond ASCII that read as Vietnamese; nothing if there are none.
double share_vietnamese(const std::vector<std::string_view>& cells, const std::string& encoding) {
    std::size_t words = 0, good = 0;
    for (const auto cell : cells) {
        for (std::size_t begin = 0; begin < cell.size();) {
            auto end = begin;
            while (end < cell.size() && !word_break(cell[end])) ++end;
            const auto word = cell.substr(begin, end - begin);
            begin = end + 1;
            if (base::is_ascii(word)) continue;
            ++words;
            std::size_t bad = 0;
            const auto text = decode_raw(word, encoding, bad);
            good += bad == 0 && vietnamese_syllable(base::trim(text));
        }
    }
    return words == 0 ? 1.0 : static_cast<double>(good) / static_cast<double>(words);
}

} // namespace

std::vector<EncodingScore> score_encodings(const std::vector<std::string_view>& cells) {
    std::vector<EncodingScore> out;
    for (const char* encoding : {"UTF-8", "TCVN3", "VNI", "CP1258"})
        out.push_back({encoding, share_vietnamese(cells, encoding)});
    std::stable_sort(out.begin(), out.end(), [](const EncodingScore& a, const EncodingScore& b) {
        return a.score > b.score;
    });
    return out;
}

std::string guess_text_encoding(std::string_view text) {
    if (base::valid_utf8(text)) return "UTF-8";
    constexpr std::size_t kEnough = 4000;
    std::vector<std::string_view> cells;
    for (std::size_t at = 0; at < text.size() && cells.size() < kEnough;) {
        const auto end = std::min(text.find_first_of("\r\n,;\t|", at), text.size());
        if (end > at) cells.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return score_encodings(cells).front().encoding;
}

double score_encoding(const std::vector<std::string_view>& cells, std::string_view encoding) {
    const auto name = canonical_encoding(encoding);
    if (!encoding_known(name)) unknown_encoding(encoding);
    return share_vietnamese(cells, name);
}

bool encoding_known(std::string_view encoding) {
    const auto name = canonical_encoding(encoding);
    return name == "UTF-8" || name == "TCVN3" || name == "VNI" ||
           (!name.empty() && to_utf8(name) != nullptr);
}

std::string decode(std::string_view bytes, std::string_view encoding, std::size_t* bad) {
    const auto name = encoding == "UTF-8" ? std::string(encoding) : canonical_encoding(encoding);
    if (!encoding_known(name)) unknown_encoding(encoding);
    if (base::is_ascii(bytes)) return std::string(bytes);
    std::size_t count = 0;
    auto text = base::nfc(decode_raw(bytes, name, count));
    if (bad) *bad += count;
    return text;
}

namespace {

// The characters of a text in form C, one by one.
std::vector<std::string_view> letters_of(std::string_view utf8) {
    std::vector<std::string_view> out;
    for (std::size_t i = 0; i < utf8.size();) {
        std::size_t size = 1;
        while (i + size < utf8.size() && (byte(utf8[i + size]) & 0xC0u) == 0x80u) ++size;
        out.push_back(utf8.substr(i, size));
        i += size;
    }
    return out;
}

std::string encode_tcvn3(std::string_view utf8) {
    std::string out;
    for (const auto letter : letters_of(utf8)) {
        const auto code_of = [](std::string_view text) -> int {
            for (const auto& [code, known] : kTcvn3)
                if (known == text) return code;
            return -1;
        };
        int code = letter.size() == 1 ? byte(letter[0]) : code_of(letter);
        // Capitals with a tone exist only as the small letters of a capital font.
        if (code < 0) code = code_of(base::lower(letter));
        if (code < 0) lacks(letter, "TCVN3");
        out += static_cast<char>(code);
    }
    return out;
}

std::string encode_vni_letter(std::string_view letter) {
    for (const auto& [code, lower, upper] : kVniSingles) {
        if (letter == lower) return {static_cast<char>(code)};
        if (letter == upper) return {static_cast<char>(code - 0x20)};
    }
    const bool capital = base::lower(letter) != letter;
    const std::string decomposed = base::nfd(letter);
    std::string carrier = decomposed.substr(0, 1), shape, tone;
    for (const auto mark : letters_of(std::string_view(decomposed).substr(1))) {
        if (mark == kCircumflex || mark == kBreve)
            shape = mark;
        else if (mark == "\xCC\x9B") // horn: ơ and ư are letters of their own
            carrier = static_cast<char>((std::tolower(byte(carrier[0])) == 'o' ? 0xF4 : 0xF6) -
                                        (capital ? 0x20 : 0));
        else
            tone = mark;
    }
    for (const auto& marks : kVniMarks)
        if (marks.shape == shape && marks.tone == tone)
            return carrier + static_cast<char>(marks.code - (capital ? 0x20 : 0));
    if (shape.empty() && tone.empty() && carrier != decomposed.substr(0, 1)) return carrier;
    lacks(letter, "VNI");
}

} // namespace

std::string encode(std::string_view utf8, std::string_view encoding) {
    const auto name = canonical_encoding(encoding);
    const auto text = base::nfc(utf8);
    if (name == "UTF-8" || base::is_ascii(text)) return text;
    if (name == "TCVN3") return encode_tcvn3(text);
    std::string out;
    if (name == "VNI") {
        for (const auto letter : letters_of(text))
            out += letter.size() == 1 ? std::string(letter) : encode_vni_letter(letter);
        return out;
    }
    const auto handle = open_iconv(name, "UTF-8");
    if (!handle) unknown_encoding(encoding);
    return run_iconv(static_cast<iconv_t>(handle.get()), text,
                     [&](char) -> std::string { lacks(utf8, encoding); });
}

} // namespace diaban::files
