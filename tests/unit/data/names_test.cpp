#include "base/spelling.hpp"
#include "data/name_join.hpp"
#include "support/tables.hpp"

#include <catch2/catch.hpp>

using namespace diaban;
using namespace diaban::data;
using test::text_column;

namespace {

struct Unit {
    const char *code, *name, *district, *province;
};

UnitTable units_of(const std::vector<Unit>& list) {
    UnitTable units;
    const auto group = [&](Level level, const std::string& name) {
        auto& groups = units.groups[static_cast<std::size_t>(level)];
        std::size_t g = 0;
        while (g < groups.size() && groups[g].name != name) ++g;
        if (g == groups.size()) groups.push_back({"", name});
        units.parent[static_cast<std::size_t>(level)].push_back(static_cast<geo::GroupIndex>(g));
    };
    for (const auto& u : list) {
        units.code.emplace_back(u.code);
        units.name.emplace_back(u.name);
        group(Level::District, u.district);
        group(Level::Province, u.province);
    }
    return units;
}

UnitTable an_giang() {
    return units_of({{"30280", "Phường Mỹ Bình", "Thành phố Long Xuyên", "Tỉnh An Giang"},
                     {"30283", "Phường Mỹ Quý", "Thành phố Long Xuyên", "Tỉnh An Giang"},
                     {"30301", "Xã Hòa Bình Thạnh", "Huyện Châu Thành", "Tỉnh An Giang"},
                     {"30302", "Xã Tân Phú", "Huyện Châu Thành", "Tỉnh An Giang"},
                     {"30303", "Xã Tân Phú", "Huyện Tân Châu", "Tỉnh An Giang"},
                     {"30304", "Phường 1", "Huyện Tân Châu", "Tỉnh An Giang"},
                     {"30305", "Phường 10", "Huyện Tân Châu", "Tỉnh An Giang"}});
}

NameMatch one(const NameRow& row, const std::vector<Alias>& aliases = {},
              const std::vector<std::uint8_t>& taken = {}) {
    static const auto kUnits = an_giang();
    return match_names(kUnits, {row}, aliases, taken).front();
}

} // namespace

TEST_CASE("keys: how a name is written down does not matter") {
    CHECK(base::written_key("XÃ  Tân\u00A0-Thạnh ") == "xã tân thạnh");
    CHECK(base::tone_key("hòa") == base::tone_key("hoà"));
    CHECK(base::tone_key("Thủy") == base::tone_key("THUỶ"));
    CHECK(base::tone_key("hòa") != base::tone_key("hóa"));
    CHECK(base::tone_key("hòa") != base::tone_key("hoa"));
    CHECK(base::tone_key("Ðông") == base::tone_key("Đông")); // eth for đ
    CHECK(base::tone_key("việt nam") != base::tone_key("viêt nạm"));
    const auto letters = [](const char* text) { return base::letter_key(base::tone_key(text)); };
    CHECK(letters("Mỹ Quý") == letters("Mĩ Quí"));
    CHECK(letters("Đỹ") == letters("Đĩ"));
    CHECK(letters("Thúy") != letters("Thúi"));
    CHECK(letters("tay") != letters("tai"));
    const auto once = base::tone_key("Đắk Lắk hòa bình");
    CHECK(base::tone_key(once) == once);
}

TEST_CASE("prefixes go, words that look like them stay") {
    const auto bare = [](const char* name) {
        return without_prefix(base::tone_key(name), Level::Commune);
    };
    CHECK(bare("Xã Tân Phú") == bare("X.Tân Phú"));
    CHECK(bare("TT. An Châu") == bare("Thị trấn An Châu"));
    CHECK(bare("P1") == "1");
    CHECK(bare("Phường 01") == "1");
    CHECK(bare("P.10") == "10");
    CHECK(bare("Xã") == base::tone_key("Xã"));
    CHECK(bare("Xa La") == base::tone_key("Xa La"));
    CHECK(bare("Phường Phường Đúc") == base::tone_key("Phường Đúc"));
    CHECK(without_prefix(base::tone_key("TP. Long Xuyên"), Level::District) ==
          base::tone_key("Long Xuyên"));
}

TEST_CASE("a name matches by itself only as it is written, within its parent") {
    CHECK(one({"Phường Mỹ Bình", "Thành phố Long Xuyên", "An Giang"}).unit == 0u);
    CHECK(one({"XÃ HOÀ BÌNH THẠNH", "H. Châu Thành", "Tỉnh An Giang"}).unit == 2u);
    CHECK(one({"Xã Hoà Bình Thạnh", "", ""}).step == NameStep::Tone);
    // Same name in two districts: the district decides; without it nothing does.
    CHECK(one({"Xã Tân Phú", "Huyện Tân Châu", ""}).unit == 4u);
    const auto open = one({"Xã Tân Phú", "", "An Giang"});
    CHECK_FALSE(open.unit);
    CHECK(open.candidates.size() == 2);
    CHECK_FALSE(open.clear());
    // A district that is not there, a province that is not there.
    const auto moved = one({"Phường Mỹ Bình", "Huyện Thoại Sơn", "An Giang"});
    CHECK_FALSE(moved.unit);
    REQUIRE(moved.candidates.size() == 1);
    CHECK(moved.candidates[0].step == NameStep::OtherParent);
    CHECK(one({"Phường Mỹ Bình", "", "Cà Mau"}).candidates.empty());
}

TEST_CASE("further steps of the ladder only suggest") {
    const auto step = [](const NameRow& row, std::size_t unit) {
        const auto match = one(row);
        CHECK_FALSE(match.unit);
        REQUIRE_FALSE(match.candidates.empty());
        CHECK(match.candidates[0].unit == unit);
        return match.candidates[0].step;
    };
    CHECK(step({"Phường Mĩ Quí", "Long Xuyên", ""}, 1) == NameStep::Letters);
    CHECK(step({"P. Mỹ Quý", "Long Xuyên", ""}, 1) == NameStep::Prefix);
    CHECK(step({"Xã Mỹ Bình", "TP Long Xuyên", ""}, 0) == NameStep::Prefix);
    CHECK(step({"phuong my binh", "Long Xuyen", ""}, 0) == NameStep::Diacritics);
    CHECK(step({"Xã Hoà Bnh Thanh", "Châu Thành", ""}, 2) == NameStep::Edit);
    // A parent without diacritics is not certain enough for a match.
    CHECK(step({"Phường Mỹ Bình", "Long Xuyen", ""}, 0) == NameStep::Written);
    // Phường 11 is no misspelt Phường 1.
    CHECK(one({"Phường 11", "Tân Châu", ""}).candidates.empty());
}

TEST_CASE("taken units, foreign codes and aliases") {
    std::vector<std::uint8_t> taken(7, 0);
    taken[0] = 1;
    const auto second = one({"Phường Mỹ Bình", "Thành phố Long Xuyên", ""}, {}, taken);
    CHECK_FALSE(second.unit);
    REQUIRE(second.candidates.size() == 1);
    CHECK(second.candidates[0].taken);
    CHECK_FALSE(second.clear());
    // A code that no unit has, and no parent: the name alone is not enough.
    CHECK_FALSE(one({"Phường Mỹ Bình", "", "", true}).unit);
    CHECK(one({"Phường Mỹ Bình", "Long Xuyên", "", true}).unit == 0u);
    const std::vector<Alias> aliases{{"Mỹ Bình cũ", "", "", "30280"},
                                     {"Tân Phú", "Huyện Tân Châu", "", "30303"}};
    CHECK(one({"MỸ BÌNH CŨ", "Long Xuyên", ""}, aliases).unit == 0u);
    CHECK(one({"Tân Phú", "Huyện Tân Châu", "An Giang"}, aliases).step == NameStep::Alias);
    CHECK_FALSE(one({"Tân Phú", "Huyện Châu Thành", "An Giang"}, aliases).unit);
}

TEST_CASE("a table joined by name: codes first, then names, then numbered suggestions") {
    const auto units = an_giang();
    RawTable table;
    table.source = "t.csv";
    table.first_row = 2;
    table.columns = {
        text_column("ma_xa", {"30280", "", "", "99999", ""}),
        text_column("ten_xa", {"tên sai", "Phường Mĩ Quí", "P. Mỹ Quý", "Xã Lạ", "Xã Tân Phú"}),
        text_column("huyen", {"", "Long Xuyên", "Long Xuyên", "Châu Thành", "Châu Thành"})};
    auto joined = join_names(units, table, {});
    CHECK(joined.codes ==
          std::vector<std::string>{"30280", "Phường Mĩ Quí", "P. Mỹ Quý", "99999", "30302"});
    CHECK(joined.report.rows_by_code == 1);
    CHECK(joined.report.rows_by_name == 1);
    REQUIRE(joined.report.suggestions.size() == 2);
    CHECK(joined.report.suggestions[0].row == 3);
    CHECK(joined.report.unknown.size() == 1);
    // "all" gives one unit to one name only: the likelier.
    NameJoinSpec spec;
    spec.accept = *parse_acceptance("all");
    joined = join_names(units, table, spec);
    CHECK(joined.codes[1] == "30283");
    CHECK(joined.codes[2] == "P. Mỹ Quý");
    REQUIRE(joined.report.approved.size() == 1);
    CHECK(joined.report.approved[0] == Alias{"Phường Mĩ Quí", "Long Xuyên", "", "30283"});
    // What was approved is known the next time.
    NameJoinSpec later;
    later.aliases = joined.report.approved;
    joined = join_names(units, table, later);
    CHECK(joined.codes[1] == "30283");
    CHECK(joined.report.rows_by_alias == 1);
    spec.accept = *parse_acceptance("2,7");
    joined = join_names(units, table, spec);
    CHECK(joined.codes[2] == "30283");
    CHECK(joined.report.refused == std::vector<std::size_t>{7});
}

TEST_CASE("acceptances and aliases as text") {
    CHECK(parse_acceptance("1,4-6")->numbers == std::set<std::size_t>{1, 4, 5, 6});
    for (const char* bad : {"", "x", "1-", "3-1", "-2", "1,,2"}) CHECK_FALSE(parse_acceptance(bad));
    const auto known = merged({{"a", "", "", "1"}}, {{"a", "", "", "2"}, {"b, c", "h", "", "3"}});
    CHECK(known == std::vector<Alias>{{"a", "", "", "2"}, {"b, c", "h", "", "3"}});
    CHECK(aliases_csv(known) ==
          "\xEF\xBB\xBFname,district,province,code\r\na,,,2\r\n\"b, c\",h,,3\r\n");
}
