#include "map/palette.hpp"

#include "base/error.hpp"
#include "map/natural_breaks.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

using namespace diaban;

namespace {
std::vector<std::string> hex(const std::vector<map::Colour>& colours) {
    std::vector<std::string> out;
    for (const auto c : colours) out.push_back(map::to_hex(c));
    return out;
}
int brightness(map::Colour c) {
    return 299 * c.r + 587 * c.g + 114 * c.b;
}
} // namespace

TEST_CASE("palettes give the published colours") {
    // https://colorbrewer.org, by eye from the web page.
    CHECK(hex(map::palette_colours("YlOrBr", 5)) ==
          std::vector<std::string>{"#FFFFD4", "#FED98E", "#FE9929", "#D95F0E", "#993404"});
    CHECK(hex(map::palette_colours("Blues", 3)) ==
          std::vector<std::string>{"#DEEBF7", "#9ECAE1", "#3182BD"});
    CHECK(hex(map::palette_colours("RdBu", 11)).back() == "#053061");
    CHECK(hex(map::palette_colours("Set3", 12)).back() == "#FFED6F");
    CHECK(hex(map::palette_colours("viridis", 2)) ==
          std::vector<std::string>{"#FDE725", "#440154"});
    // matplotlib and viridisLite: viridis(5)[3] = #21908C
    CHECK(hex(map::palette_colours("viridis", 5))[2] == "#21908C");
}

TEST_CASE("every palette has n different colours, light to dark where it is sequential") {
    CHECK(map::palettes().size() == 37); // 35 of ColorBrewer, viridis, cividis
    for (const auto& palette : map::palettes())
        for (std::size_t n = 1; n <= 12; ++n) {
            const auto colours = map::palette_colours(palette.id, n);
            INFO(palette.id << ' ' << n);
            REQUIRE(colours.size() == n);
            if (palette.kind == map::PaletteKind::Sequential)
                for (std::size_t i = 1; i < n; ++i)
                    CHECK(brightness(colours[i]) < brightness(colours[i - 1]));
            if (palette.kind != map::PaletteKind::Qualitative) {
                const auto names = hex(colours);
                CHECK(std::set<std::string>(names.begin(), names.end()).size() == n);
            }
            auto back = map::palette_colours(palette.id, n, true);
            std::reverse(back.begin(), back.end());
            CHECK(back == colours);
        }
}

TEST_CASE("an unknown palette names a near one") {
    try {
        map::palette_colours("YlOrRb", 5);
        FAIL("accepted");
    } catch (const base::Error& e) {
        CHECK(e.kind == base::ErrorKind::Usage);
        CHECK(e.message.key == "error.palette.unknown");
        CHECK(std::string(e.what()).find("YlOrRd") != std::string::npos);
    }
}

TEST_CASE("colours read back") {
    CHECK(map::parse_colour("#2E8B7F") == map::kHealthy);
    CHECK(map::parse_colour("2e8b7f80") == map::Colour{0x2E, 0x8B, 0x7F, 0x80});
    CHECK_FALSE(map::parse_colour("#2E8B7"));
    CHECK_FALSE(map::parse_colour("#2E8B7G"));
}
