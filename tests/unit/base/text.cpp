#include "base/text.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

using namespace diaban::base;

namespace {
const std::string kHoa = "H\xC3\xB2"
                         "a"; // "Hòa", composed
const std::string kHoaD = "Ho\xCC\x80"
                          "a";                   // the same, o + combining grave
const std::string kReplacement = "\xEF\xBF\xBD"; // U+FFFD
} // namespace

TEST_CASE("well-formed UTF-8 is told from other bytes") {
    CHECK(valid_utf8(""));
    CHECK(valid_utf8("Xã Tân Thạnh"));
    CHECK(valid_utf8("\xF0\x9F\x98\x80"));
    CHECK_FALSE(valid_utf8("\xC3"));             // cut short
    CHECK_FALSE(valid_utf8("X\xE3"));            // Latin-1 ã
    CHECK_FALSE(valid_utf8("\xC0\x80"));         // overlong
    CHECK_FALSE(valid_utf8("\xED\xA0\x80"));     // surrogate
    CHECK_FALSE(valid_utf8("\xF4\x90\x80\x80")); // beyond U+10FFFF
    CHECK(valid_utf8(std::string_view("a\0b", 3)));
}

TEST_CASE("normalisation composes, decomposes and is idempotent") {
    CHECK(nfc(kHoaD) == kHoa);
    CHECK(nfd(kHoa) == kHoaD);
    CHECK(nfc(kHoa) == kHoa);
    CHECK(is_nfc(kHoa));
    CHECK_FALSE(is_nfc(kHoaD));
    // Two marks on one letter: ệ is e + dot below + circumflex in canonical order.
    CHECK(nfd("ệ") == "e\xCC\xA3\xCC\x82");
    CHECK(nfc("e\xCC\x82\xCC\xA3") == "ệ"); // marks the other way round
    CHECK(nfc("ascii only") == "ascii only");
}

TEST_CASE("ill-formed bytes become replacement characters, never anything else") {
    CHECK(nfc("X\xE3") == "X" + kReplacement);
    CHECK(nfc("\xFF"
              "a") == kReplacement + "a");
    CHECK(valid_utf8(search_key("T\xE3n")));
    CHECK(valid_utf8(lower("\xC3")));
    CHECK(valid_utf8(upper("\xFF\xFE")));
}

TEST_CASE("any bytes are accepted by every function", "[property]") {
    std::mt19937 random(7);
    for (int round = 0; round < 2000; ++round) {
        std::string bytes(random() % 24, '\0');
        for (auto& byte : bytes) byte = static_cast<char>(random() % 256);
        const auto composed = nfc(bytes);
        CHECK(valid_utf8(composed));
        CHECK(nfc(composed) == composed);
        const auto key = search_key(bytes);
        CHECK(search_key(key) == key);
        CHECK(file_name_part(bytes).find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") ==
              std::string::npos);
        CHECK(length(bytes) <= bytes.size());
        CHECK(edit_distance(bytes, bytes) == 0);
        (void)sort_key(bytes);
    }
}

TEST_CASE("search ignores diacritics, case and spacing") {
    CHECK(search_key("Xã Tân Thạnh") == "xa tan thanh");
    CHECK(search_key("ĐẶC KHU Hoàng Sa") == "dac khu hoang sa");
    CHECK(search_key("Ðức Hoà") == "duc hoa"); // U+00D0, often typed for Đ
    CHECK(search_key("  Bà\t Rịa - Vũng   Tàu ") == "ba ria vung tau");
    CHECK(search_key("Phan Rang–Tháp Chàm") == "phan rang thap cham");
    CHECK(search_key("ươ ƯƠ") == "uo uo");
    CHECK(search_key(nfd("Nghệ An")) == search_key("Nghệ An"));
    CHECK(search_key("\xEF\xBB\xBF"
                     "Xã\xE2\x80\x8B A") == "xa a"); // BOM and zero-width space
    CHECK(search_key("").empty());
    CHECK(search_key(" - ").empty());
}

TEST_CASE("every word of a query must begin a word of the text") {
    const auto text = search_key("Xã Tân Thạnh");
    CHECK(search_matches(text, search_key("tân")));
    CHECK(search_matches(text, search_key("thanh xa")));
    CHECK(search_matches(text, search_key("th")));
    CHECK(search_matches(text, ""));
    CHECK_FALSE(search_matches(text, search_key("an"))); // only inside a word
    CHECK_FALSE(search_matches(text, search_key("tân phú")));
    CHECK_FALSE(search_matches("", "a"));
    CHECK(search_matches("banana ana", "ana")); // a later word
}

TEST_CASE("sorting follows the Vietnamese dictionary") {
    // Order of the Vietnamese alphabet: a ă â b c d đ e ê ... o ô ơ ... u ư; tones break ties.
    std::vector<std::string> names{"Đông", "Dương", "Ân",  "An",  "Ăn", "Ơn", "Ôn", "Ông",
                                   "On",   "Ưng",   "Ung", "Bến", "Án", "Êm", "Em"};
    const std::vector<std::string> sorted{"An", "Án", "Ăn", "Ân",  "Bến", "Dương", "Đông", "Em",
                                          "Êm", "On", "Ôn", "Ông", "Ơn",  "Ung",   "Ưng"};
    std::sort(names.begin(), names.end(),
              [](const auto& a, const auto& b) { return sort_key(a) < sort_key(b); });
    CHECK(names == sorted);
    const auto keys = sort_keys(sorted);
    CHECK(std::is_sorted(keys.begin(), keys.end()));
    CHECK(keys[3] == sort_key("Ân"));
    CHECK(sort_key(nfd("Ân")) == sort_key("Ân"));
    CHECK(sort_keys({}).empty());
}

TEST_CASE("capitals of Vietnamese letters") {
    CHECK(upper("xã đặc ươ ế") == "XÃ ĐẶC ƯƠ Ế");
    CHECK(lower("XÃ ĐẶC ƯƠ Ế I") == "xã đặc ươ ế i");
}

TEST_CASE("trim takes blanks that spreadsheets leave") {
    CHECK(trim(" \t a b \r\n") == "a b");
    CHECK(trim("\xC2\xA0\xEF\xBB\xBF"
               "a\xC2\xA0 ") == "a");
    CHECK(trim("").empty());
    CHECK(single_blanks("  Thành phố  Biên\xC2\xA0\t Hòa ") == "Thành phố Biên Hòa");
    CHECK(single_blanks("Đà") == "Đà");
    CHECK(single_blanks(" \xC2\xA0 ").empty());
    CHECK(trim(" \n ").empty());
    CHECK(trim("à") == "à"); // ends in byte A0
}

TEST_CASE("file names are plain ASCII") {
    CHECK(file_name_part("Tỉnh Sóc Trăng") == "tinh_soc_trang");
    CHECK(file_name_part("Đắk Lắk (2015) – II/III") == "dak_lak_2015_ii_iii");
    CHECK(file_name_part("../../etc") == "etc");
    CHECK(file_name_part("中文").empty());
}

TEST_CASE("length counts what a reader sees") {
    CHECK(length("") == 0);
    CHECK(length("Thạnh") == 5);
    CHECK(length(nfd("Thạnh")) == 5);
    CHECK(length("ASCII") == 5);
}

TEST_CASE("edit distance is a metric on small words") {
    CHECK(edit_distance("", "") == 0);
    CHECK(edit_distance("", "abc") == 3);
    CHECK(edit_distance("kitten", "sitting") == 3);
    CHECK(edit_distance("xã", "xa") == 1); // code points, not bytes
    CHECK(edit_distance("flaw", "lawn") == 2);
    const std::vector<std::string> words{"", "an", "ân", "nam", "anm", "tan an"};
    for (const auto& a : words)
        for (const auto& b : words) {
            CHECK(edit_distance(a, b) == edit_distance(b, a));
            CHECK((edit_distance(a, b) == 0) == (a == b));
            for (const auto& c : words)
                CHECK(edit_distance(a, c) <= edit_distance(a, b) + edit_distance(b, c));
        }
}

TEST_CASE("near words are suggested best first") {
    const std::vector<std::string> verbs{"check", "classes", "join", "map", "sample", "where"};
    CHECK(nearest("chek", verbs) == std::vector<std::string>{"check"});
    CHECK(nearest("mpa", verbs).empty()); // two edits of three letters: not near
    CHECK(nearest("mop", verbs) == std::vector<std::string>{"map"});
    CHECK(nearest("zzzzzz", verbs).empty());
    CHECK(nearest("Tân Thanh", {"Tân Thạnh", "Tân Thành", "Tân Phú"}, 2).size() == 2);
    CHECK(nearest("aaaa", {"aaab", "aaaa", "aabb"}, 1) == std::vector<std::string>{"aaaa"});
    CHECK(nearest("a", {}).empty());
}
