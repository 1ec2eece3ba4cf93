#include "data/value_kind.hpp"

#include "base/text.hpp"
#include "data/join.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

namespace diaban::data {
namespace {

// A name as words between blanks: "SoDoiTuong_2015" -> " so doi tuong 2015 ".
std::string words_apart(std::string_view name) {
    std::string apart;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const auto is = [](char c, char first, char last) { return c >= first && c <= last; };
        if (i > 0 && is(name[i], 'A', 'Z') && is(name[i - 1], 'a', 'z')) apart += ' ';
        apart += name[i];
    }
    std::string out = " ";
    for (const char c : base::search_key(apart)) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (plain)
            out += c;
        else if (out.back() != ' ')
            out += ' ';
    }
    return out.back() == ' ' ? out : out + ' ';
}

using Words = std::span<const std::string_view>;

bool has_word(const std::string& words, Words list) {
    return std::any_of(list.begin(), list.end(), [&](std::string_view word) {
        return words.find(" " + std::string(word) + " ") != std::string::npos;
    });
}

// The same where words are written together, as in the ten letters of a DBF column: "sodoituong".
bool has_letters(const std::string& words, Words list) {
    std::string letters;
    std::copy_if(words.begin(), words.end(), std::back_inserter(letters),
                 [](char c) { return c != ' '; });
    return std::any_of(list.begin(), list.end(), [&](std::string_view word) {
        return letters.find(word) != std::string::npos;
    });
}

constexpr auto kNoCountWords = std::to_array<std::string_view>(
    {"ty le",      "ti le",     "ty suat", "ti suat", "rate",      "rates",     "ratio",
     "pct",        "percent",   "perc",    "share",   "phan tram", "mat do",    "density",
     "trung binh", "mean",      "average", "avg",     "median",    "binh quan", "per capita",
     "index",      "chi so",    "he so",   "ma so",   "score",     "diem so",   "rank",
     "xep hang",   "dien tich", "area",    "km2",     "ha",        "m2",        "chieu dai",
     "length",     "perimeter", "chu vi",  "code",    "region",    "regions",   "vung",
     "zone",       "year",      "id",      "fid",     "gid",       "objectid"});
// Also inside longer words: DBF names have ten letters and no blanks.
constexpr auto kNoCountLetters = std::to_array<std::string_view>(
    {"tyle", "tile", "tysuat", "percent", "phantram", "matdo", "dientich", "fips"});
// "... per 1,000 residents"; "above 60 years" is an age.
constexpr auto kPerSoMany =
    std::to_array<std::string_view>({"tren100", "per100", "1000dan", "nghindan", "trenvandan"});
constexpr auto kNumberWords =
    std::to_array<std::string_view>({"so", "tong", "tong so", "sl", "so luong", "number", "num",
                                     "count", "counts", "total", "n", "dan so"});
constexpr auto kPersonWords = std::to_array<std::string_view>(
    {"doituong", "nghien",  "maidam",   "bandam",   "muadam",    "benhnhan",
     "nannhan",  "bican",   "bicao",    "phamnhan", "toipham",   "phamtoi",
     "nguoi",    "hocvien", "saucai",   "hiv",      "methadone", "person",
     "people",   "addict",  "offender", "victim",   "patient",   "prisoner",
     "inmate",   "suspect", "arrested", "druguser", "sexworker", "convict"});
// Persons of whom nothing is said: alone, the population.
constexpr auto kAnybody = std::to_array<std::string_view>({"nguoi", "person", "people"});
// Persons also beside the word for a thing: "so nguoi bi bat trong cac vu".
constexpr auto kSurePersons =
    std::to_array<std::string_view>({"doituong", "nguoi", "benhnhan", "nannhan", "hocvien",
                                     "person", "people", "patient", "victim"});
// Things that bear the same words as persons: "so vu mai dam".
constexpr auto kThings =
    std::to_array<std::string_view>({"vu", "vu viec", "diem", "tu diem", "co so", "luot", "cuoc",
                                     "mo hinh", "case", "cases", "places", "sites", "visits"});
// Communes are no persons, whatever is said of them.
constexpr auto kUnits =
    std::to_array<std::string_view>({"so xa", "so phuong", "so huyen", "communes", "districts"});
constexpr auto kPopulation = std::to_array<std::string_view>(
    {"danso", "population", "nhankhau", "poptotal", "totalpop", "residents"});

} // namespace

bool names_no_count(std::string_view name) {
    if (name.find('%') != name.npos || name.find("\xE2\x80\xB0") != name.npos) return true;
    const auto words = words_apart(name);
    // "ma" is a code; "ma tuy" are drugs.
    if (words.starts_with(" ma ") && !words.starts_with(" ma tuy")) return true;
    return has_word(words, kNoCountWords) || has_letters(words, kNoCountLetters) ||
           has_letters(words, kPerSoMany);
}

bool names_population(std::string_view name) {
    static constexpr auto kWords = std::to_array<std::string_view>({"pop", "so dan"});
    const auto words = words_apart(name);
    return has_letters(words, kPopulation) || has_word(words, kWords);
}

bool names_persons(std::string_view name) {
    static constexpr auto kShort = std::to_array<std::string_view>({"so dt"}); // so doi tuong
    if (names_no_count(name)) return false;
    const auto words = words_apart(name);
    if (has_word(words, kShort)) return true;
    if (!has_letters(words, kPersonWords) || has_word(words, kUnits)) return false;
    if (has_word(words, kThings) && !has_letters(words, kSurePersons)) return false;
    // "dân số (người)" is everybody; "số người nghiện trong dân số" is not.
    return !names_population(name) ||
           std::any_of(kPersonWords.begin(), kPersonWords.end(), [&](std::string_view word) {
               return std::find(kAnybody.begin(), kAnybody.end(), word) == kAnybody.end() &&
                      has_letters(words, Words(&word, 1));
           });
}

Kind kind_of_values(std::string_view name, const std::vector<double>& values) {
    if (values.empty() || names_no_count(name) || usual_code_name(name)) return Kind::Intensity;
    // Nor are numbers that a double cannot count up to.
    constexpr double kMostCounted = 9007199254740992.0; // 2^53
    if (std::any_of(values.begin(), values.end(),
                    [](double v) { return v < 0 || v > kMostCounted; }))
        return Kind::Intensity;
    const bool whole =
        std::all_of(values.begin(), values.end(), [](double v) { return v == std::floor(v); });
    const bool named = has_word(words_apart(name), kNumberWords) || names_persons(name);
    return whole || named ? Kind::Count : Kind::Intensity;
}

std::string unit_named(std::string_view name) {
    // "km²" is written with 2 like "km2", once it is searched for.
    std::string plain(name);
    if (const auto square = plain.find("\xC2\xB2"); square != plain.npos)
        plain.replace(square, 2, "2");
    const auto words = words_apart(plain);
    const auto ends = [&](std::string_view word) {
        return words.ends_with(" " + std::string(word) + " ");
    };
    if (ends("km2")) return "km\xC2\xB2";
    if (ends("m2")) return "m\xC2\xB2";
    // Short words that are also parts of names: only where the name says what is measured.
    static constexpr auto kAreas =
        std::to_array<std::string_view>({"dt", "dien tich", "area", "dat", "rung"});
    static constexpr auto kLengths =
        std::to_array<std::string_view>({"dai", "length", "chu vi", "perimeter", "distance"});
    if (ends("ha") && has_word(words, kAreas)) return "ha";
    if (ends("km") && has_word(words, kLengths)) return "km";
    return {};
}

} // namespace diaban::data
