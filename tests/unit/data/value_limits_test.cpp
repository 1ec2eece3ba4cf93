#include "data/value_limits.hpp"

#include "data/catalogue.hpp"

#include <catch2/catch.hpp>

using namespace diaban::data;

namespace {

ValueLimits limits_with(Kind kind, const char* name, const char* unit, bool persons = false) {
    Indicator indicator;
    indicator.id = "own";
    indicator.name_vi = name;
    indicator.kind = kind;
    indicator.counts_persons = persons;
    return value_limits(indicator, unit);
}

} // namespace

TEST_CASE("numbers have the limits that their indicator gives them, and no others") {
    const auto persons = limits_with(Kind::Count, "số hộ", "người");
    CHECK(persons.contains(0));
    CHECK(persons.contains(12345));
    CHECK_FALSE(persons.contains(-1));
    CHECK_FALSE(persons.contains(2.5));
    CHECK_FALSE(limits_with(Kind::Count, "x", "", true).contains(0.5));
    CHECK_FALSE(limits_with(Kind::Count, "chênh lệch", "").any()); // an amount of unknown kind
    CHECK_FALSE(limits_with(Kind::Category, "loại", "%").any());

    const auto share = limits_with(Kind::Intensity, "tỷ lệ hộ nghèo", "%");
    CHECK(share.contains(0));
    CHECK(share.contains(99.5));
    CHECK(share.contains(100));
    CHECK_FALSE(share.contains(100.1));
    CHECK_FALSE(share.contains(-0.1));
    CHECK_FALSE(limits_with(Kind::Intensity, "tốc độ tăng dân số", "%").any());
    CHECK_FALSE(limits_with(Kind::Ratio, "hoàn thành kế hoạch", "%").any());
    CHECK_FALSE(limits_with(Kind::Intensity, "mật độ", "người/km²").any());
}

TEST_CASE("the catalogue's own amounts are not negative and its shares are shares") {
    const auto limits = [](const char* code) {
        const auto& entry = *find_in_catalogue(code);
        return value_limits(indicator_of(entry), entry.unit);
    };
    CHECK(limits("OR07").contains(2.5));
    CHECK_FALSE(limits("OR07").contains(-1));
    CHECK_FALSE(limits("DR01").contains(2.5));
    CHECK_FALSE(limits("OR05").contains(101)); // "có kế hoạch" is in its name
    CHECK_FALSE(limits("ST01").any());
    CHECK_FALSE(limits("ST12").any());
}
