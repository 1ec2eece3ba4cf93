// Identities of a soup large enough to be numbered in two halves.
#include "geo/identity.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <random>

using namespace diaban;
using namespace diaban::geo;

TEST_CASE("squares with shaken corners share one vertex per lattice point, in order of appearance") {
    constexpr std::uint32_t kSide = 300;
    constexpr double kTolerance = 1e-3;
    std::mt19937 random(5);
    std::uniform_real_distribution<double> shake(-0.3 * kTolerance, 0.3 * kTolerance);
    PolygonSoup soup;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> lattice; // of each point
    for (std::uint32_t x = 0; x < kSide; ++x)
        for (std::uint32_t y = 0; y < kSide; ++y) {
            for (const auto& [dx, dy] : {std::pair{0u, 0u}, {1u, 0u}, {1u, 1u}, {0u, 1u}}) {
                lattice.emplace_back(x + dx, y + dy);
                soup.points.push_back({x + dx + shake(random), y + dy + shake(random)});
            }
            soup.end_ring(), soup.end_face();
        }
    soup.points[1'000].x = std::numeric_limits<double>::quiet_NaN();
    for (const unsigned threads : {1u, 2u, 7u}) {
        base::JobContext ctx(threads);
        const auto identities = identify(soup, kTolerance, {1e6, 1e6}, ctx);
        std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> expected;
        for (std::size_t i = 0; i < soup.points.size(); ++i) {
            if (i == 1'000) continue;
            const auto id =
                expected.try_emplace(lattice[i], static_cast<std::uint32_t>(expected.size()))
                    .first->second;
            REQUIRE(identities.of[i] == id);
        }
        CHECK(identities.of[1'000] == kNoVertex);
        CHECK(identities.position.size() == expected.size());
        CHECK(identities.snapped > 0);
        CHECK(identities.farthest <= 2 * kTolerance);
    }
}
