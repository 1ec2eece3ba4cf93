// Vietnamese text in legacy encodings.
#include "files/encoding.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "files/vietnamese_syllable.hpp"
#include "support/geodata.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <set>

using namespace diaban;

namespace {

const std::vector<std::string> kNames{"Xã Tân Thạnh",      "Phường Hòa Thuận", "Thị trấn Mỹ Xuyên",
                                      "Huyện Cù Lao Dung", "Xã Đắk Nhoong",    "Quận Ô Môn",
                                      "Phường Bưởi",       "Thị xã Ngã Năm",   "Xã Lịch Hội Thượng",
                                      "Xã Nghĩa Đồng",     "Xã Ea Kênh",       "Xã Quảng Phú Cầu"};

std::vector<std::string> encoded(const std::string& encoding) {
    std::vector<std::string> out;
    for (const auto& name : kNames) out.push_back(files::encode(name, encoding));
    return out;
}

std::vector<std::string_view> views(const std::vector<std::string>& cells) {
    return {cells.begin(), cells.end()};
}

} // namespace

TEST_CASE("bytes of the published tables read as the letters they stand for") {
    // TCVN3: "Xã Tân Thạnh" is X B7, T A9 n, Th B9 nh (gist congkhoa/bcd46eea).
    CHECK(files::decode("X\xB7 T\xA9n Th\xB9nh", "TCVN3") == "Xã Tân Thạnh");
    CHECK(files::decode("\xA7\xBE"
                        "c L\xBE"
                        "c",
                        "TCVN3") == "Đắc Lắc");
    // In a capital font the same bytes are capitals.
    CHECK(files::decode("X\xB7 T\xA9N TH\xB9NH", "TCVN3") == "XÃ TÂN THẠNH");
    // VNI: a with ù is á, aâ is â, aá is ấ, aê is ă, ôù is ớ (gist kysudo).
    CHECK(files::decode("a\xF9 a\xE2 a\xE1 a\xEA \xF4\xF9", "VNI") == "á â ấ ă ớ");
    CHECK(files::decode("X\x61\xF5 T\xE2n", "VNI", nullptr).starts_with("Xã"));
    CHECK(files::decode("\xD1\xF6\xF4\xF8ng \xF1i", "VNI") == "Đường đi");
    CHECK(files::decode("Th\xF2 x\x61\xF5 T\xD8", "VNI").starts_with("Thị xã"));
    // Windows-1258: a vowel, then a combining tone: EA is ê, F2 the dot below.
    CHECK(files::decode("Vi\xEA\xF2t", "CP1258") == "Việt");
    CHECK(files::decode("Vi\xC3\xAA\xCC\xA3t", "UTF-8") == "Việt"); // combining: becomes form C
}

TEST_CASE("every letter survives each encoding") {
    const std::string letters =
        "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ";
    for (const char* encoding : {"TCVN3", "VNI", "CP1258", "UTF-8"}) {
        INFO(encoding);
        CHECK(files::decode(files::encode(letters, encoding), encoding) == letters);
    }
    const auto capitals = base::upper(letters);
    for (const char* encoding : {"VNI", "CP1258", "UTF-8"}) {
        INFO(encoding);
        CHECK(files::decode(files::encode(capitals, encoding), encoding) == capitals);
    }
    CHECK_THROWS_AS(files::encode("Ж", "TCVN3"), base::Error);
    CHECK_THROWS_AS(files::encode("Ж", "VNI"), base::Error);
    CHECK_THROWS_AS(files::encode("Ж", "CP1258"), base::Error);
}

TEST_CASE("the encoding is recognised from names") {
    for (const char* encoding : {"UTF-8", "TCVN3", "VNI", "CP1258"}) {
        const auto cells = encoded(encoding);
        const auto scores = files::score_encodings(views(cells));
        INFO(encoding << ": second is " << scores[1].encoding << " " << scores[1].score);
        CHECK(scores[0].encoding == encoding);
        CHECK(scores[0].score > 0.9);
        CHECK(scores[1].score < 0.5);
    }
    const std::vector<std::string_view> ascii{"Ward 10", "Tan Dinh"};
    CHECK(files::score_encodings(ascii).front().encoding == "UTF-8");
    CHECK(files::score_encodings(ascii).front().score == 1);
    std::vector<std::string> decomposed;
    for (const auto& name : kNames) decomposed.push_back(base::nfd(name));
    CHECK(files::score_encodings(views(decomposed)).front().encoding == "UTF-8");
}

TEST_CASE("bytes without meaning are marked and counted") {
    std::size_t bad = 0;
    CHECK(files::decode("T\xFFn", "UTF-8", &bad) == "T\xEF\xBF\xBDn");
    CHECK(bad == 1);
    bad = 0;
    CHECK(files::decode("A\x80", "TCVN3", &bad) == "A\xEF\xBF\xBD");
    CHECK(bad == 1);
    CHECK(files::decode("", "CP1252").empty());
    CHECK(files::decode("caf\xE9", "ISO-8859-1") == "café");
    CHECK(files::encoding_known("windows-1258"));
    CHECK(files::encoding_known("utf8"));
    CHECK_FALSE(files::encoding_known("Klingon"));
    CHECK_THROWS_AS(files::decode("é", "Klingon"), base::Error);
    CHECK(files::canonical_encoding("ANSI 1252") == "CP1252");
    CHECK(files::canonical_encoding("65001") == "UTF-8");
}

TEST_CASE("syllables of Vietnamese spelling are told from letter soup") {
    for (const char* word : {"Thạnh", "nghĩa", "Quỳ", "giếng", "gì", "khuỷu", "Đắk", "Yên", "Ô",
                             "thuở", "hoẵng", "Tuyên", "quốc", "ườn"}) {
        INFO(word);
        CHECK(files::vietnamese_syllable(word));
    }
    for (const char* word : {"TÃ¢n", "Th¹nh", "Xaõ", "bcd", "strasse", "ắấ", "Hµ", "êâ"}) {
        INFO(word);
        CHECK_FALSE(files::vietnamese_syllable(word));
    }
}

TEST_CASE("names of real communes read as Vietnamese in their own encoding only") {
    const auto list = test::geodata("codes/communes_gso_2025-12-31.csv");
    if (!list) return;
    std::ifstream in(*list);
    std::vector<std::string> names;
    for (std::string line; std::getline(in, line);) names.push_back(line);
    REQUIRE(names.size() > 3000);
    for (const char* encoding : {"UTF-8", "TCVN3", "VNI", "CP1258"}) {
        std::vector<std::string> cells;
        for (const auto& name : names) cells.push_back(files::encode(name, encoding));
        const auto scores = files::score_encodings(views(cells));
        INFO(encoding << " " << scores[0].score << ", then " << scores[1].encoding << " "
                      << scores[1].score);
        CHECK(scores[0].encoding == encoding);
        CHECK(scores[0].score > 0.97);
        CHECK(scores[1].score < 0.5);
    }
}
