// Sectors: always in one piece, what is locked stays, small ones as good as plain enumeration.
#include "analysis/sectors.hpp"

#include "base/error.hpp"
#include "support/errors.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>
#include <random>

using namespace diaban;
using analysis::kNoSector;
using analysis::SectorPlan;
using analysis::SectorProblem;

namespace {

// A board of squares, row by row, neighbours by edges; work 1 to `most`.
SectorProblem board(std::size_t columns, std::size_t rows, std::size_t teams, std::uint64_t seed,
                    int most) {
    SectorProblem out;
    std::mt19937_64 random(seed);
    std::vector<geo::Point> at;
    for (std::size_t y = 0; y < rows; ++y)
        for (std::size_t x = 0; x < columns; ++x) {
            const auto cell = static_cast<std::uint32_t>(y * columns + x);
            const auto wide = static_cast<std::uint32_t>(columns);
            if (y > 0) out.links.index.push_back(cell - wide);
            if (x > 0) out.links.index.push_back(cell - 1);
            if (x + 1 < columns) out.links.index.push_back(cell + 1);
            if (y + 1 < rows) out.links.index.push_back(cell + wide);
            out.links.offset.push_back(static_cast<std::uint32_t>(out.links.index.size()));
            at.push_back({1000.0 * static_cast<double>(x), 1000.0 * static_cast<double>(y)});
            out.work.push_back(1 +
                               static_cast<double>(random() % static_cast<std::uint64_t>(most)));
        }
    out.at = analysis::GroundPoints::from_plane(at);
    out.part.assign(columns * rows, 1);
    out.teams = teams;
    return out;
}

// Written down apart from the program: labels spread until nothing changes.
bool in_one_piece(const SectorProblem& problem, const std::vector<std::uint32_t>& team_of,
                  std::uint32_t team) {
    std::vector<char> reached(team_of.size(), 0);
    const auto first = std::find(team_of.begin(), team_of.end(), team);
    if (first == team_of.end()) return false;
    reached[static_cast<std::size_t>(first - team_of.begin())] = 1;
    for (bool changed = true; changed;) {
        changed = false;
        for (std::size_t u = 0; u < team_of.size(); ++u)
            for (const auto v : problem.links.row(u))
                if (reached[u] && team_of[v] == team && !reached[v]) reached[v] = 1, changed = true;
    }
    for (std::size_t u = 0; u < team_of.size(); ++u)
        if (team_of[u] == team && !reached[u]) return false;
    return true;
}

bool allowed(const SectorProblem& problem, const std::vector<std::uint32_t>& team_of) {
    for (std::size_t u = 0; u < team_of.size(); ++u)
        if ((team_of[u] == kNoSector) == (problem.part[u] != 0)) return false;
    for (std::size_t t = 0; t < problem.bases.size(); ++t)
        if (problem.bases[t] != kNoSector && team_of[problem.bases[t]] != t) return false;
    for (const auto& lock : problem.locked)
        if (team_of[lock.unit] != lock.team) return false;
    for (std::uint32_t t = 0; t < problem.teams; ++t)
        if (!in_one_piece(problem, team_of, t)) return false;
    return true;
}

struct Worth {
    double busiest = 0;
    std::size_t cut = 0;
};
Worth worth_of(const SectorProblem& problem, const std::vector<std::uint32_t>& team_of) {
    std::vector<double> work(problem.teams, 0);
    Worth out;
    for (std::size_t u = 0; u < team_of.size(); ++u) {
        if (team_of[u] == kNoSector) continue;
        work[team_of[u]] += problem.work[u];
        for (const auto v : problem.links.row(u))
            if (u < v && team_of[v] != kNoSector && team_of[v] != team_of[u]) ++out.cut;
    }
    out.busiest = *std::max_element(work.begin(), work.end());
    return out;
}

// The best of all labellings: counted up like a number whose base is the number of teams.
Worth enumerated(const SectorProblem& problem) {
    std::vector<std::uint32_t> team_of(problem.part.size(), kNoSector);
    for (std::size_t u = 0; u < team_of.size(); ++u)
        if (problem.part[u]) team_of[u] = 0;
    Worth best{1e300, 0};
    for (;;) {
        if (allowed(problem, team_of)) {
            const auto worth = worth_of(problem, team_of);
            if (worth.busiest < best.busiest ||
                (worth.busiest == best.busiest && worth.cut < best.cut))
                best = worth;
        }
        std::size_t u = 0;
        for (; u < team_of.size(); ++u) {
            if (team_of[u] == kNoSector) continue;
            if (++team_of[u] < problem.teams) break;
            team_of[u] = 0;
        }
        if (u == team_of.size()) return best;
    }
}

SectorPlan divided(const SectorProblem& problem, unsigned threads = 1) {
    base::JobContext ctx(threads);
    return analysis::divide(problem, ctx);
}

void check_plan(const SectorProblem& problem, const SectorPlan& plan) {
    CHECK(allowed(problem, plan.team_of));
    const auto worth = worth_of(problem, plan.team_of);
    CHECK(plan.busiest == Approx(worth.busiest));
    CHECK(plan.cut == worth.cut);
    CHECK(plan.bound <= plan.busiest);
    double all = 0;
    for (std::size_t u = 0; u < problem.work.size(); ++u)
        if (problem.part[u]) all += problem.work[u];
    CHECK(std::accumulate(plan.work.begin(), plan.work.end(), 0.0) == Approx(all));
}

std::string refusal(const SectorProblem& problem) {
    return test::thrown_key([&] { divided(problem); });
}

} // namespace

TEST_CASE("small sectors are as good as the best of all divisions") {
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        INFO(seed);
        auto problem = board(3, 3, seed % 2 == 0 ? 3 : 2, seed, 20);
        if (seed == 3) problem.bases = {0, 8};
        if (seed == 4) problem.locked = {{4, 1}, {5, 1}};
        if (seed == 5) problem.part[4] = 0; // a ring around what is forbidden
        const auto plan = divided(problem);
        check_plan(problem, plan);
        const auto best = enumerated(problem);
        CHECK(plan.proven);
        CHECK(plan.busiest == best.busiest);
        CHECK(plan.cut == best.cut);
    }
}

TEST_CASE("six equal communes for two teams, by hand") {
    // Three columns in two rows: the rows apart cut 3 links; a column and a half cuts 2 + 1.
    auto problem = board(3, 2, 2, 1, 1);
    const auto plan = divided(problem);
    CHECK(plan.busiest == 3);
    CHECK(plan.cut == 3);
    CHECK(plan.proven);
    CHECK(analysis::gap(plan) == 0);
}

TEST_CASE("large sectors are in one piece and nearly fair") {
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
        INFO(seed);
        auto problem = board(20, 20, 6, seed, 30);
        const auto plan = divided(problem);
        check_plan(problem, plan);
        CHECK_FALSE(plan.stopped);
        CHECK(analysis::gap(plan) < 0.03);
        CHECK(plan.cut < 200); // of 760 links; six strips of a comb would cut far more
    }
}

TEST_CASE("bases, locks and what is forbidden hold in large sectors") {
    auto problem = board(16, 12, 4, 9, 10);
    problem.bases = {0, 15, 176, 191}; // the corners
    problem.locked = {{100, 0}, {101, 0}, {7, 3}};
    for (const std::size_t u : {33u, 34u, 35u, 90u}) problem.part[u] = 0;
    const auto plan = divided(problem);
    check_plan(problem, plan);
    CHECK(plan.team_of[34] == kNoSector);
}

TEST_CASE("an island needs a team of its own") {
    auto problem = board(12, 10, 3, 2, 5);
    for (std::size_t y = 0; y < 10; ++y) problem.part[y * 12 + 8] = 0; // a channel
    const auto plan = divided(problem);
    check_plan(problem, plan);
    problem.teams = 1;
    CHECK(refusal(problem) == "error.patrol.parts");
    problem.teams = 3;
    problem.locked = {{0, 0}, {11, 0}}; // on both sides
    CHECK(refusal(problem) == "error.patrol.apart");
}

TEST_CASE("sectors that cannot be are refused") {
    auto problem = board(3, 1, 2, 1, 5);
    problem.locked = {{0, 0}, {2, 0}, {1, 1}};
    CHECK(refusal(problem) == "error.patrol.apart");
    problem.locked = {{0, 0}, {0, 1}};
    CHECK(refusal(problem) == "error.patrol.locked_twice");
    problem.locked = {{0, 2}};
    CHECK(refusal(problem) == "error.patrol.teams");
    problem.locked.clear();
    problem.teams = 4;
    CHECK(refusal(problem) == "error.patrol.teams");
    problem.teams = 1;
    problem.bases = {1};
    problem.part[1] = 0;
    CHECK(refusal(problem) == "error.patrol.base_part");
}

TEST_CASE(
    "sectors are the same on any number of threads, and others with another seed are fair, too") {
    auto problem = board(20, 15, 5, 4, 40);
    const auto one = divided(problem, 1);
    CHECK(divided(problem, 2).team_of == one.team_of);
    CHECK(divided(problem, 7).team_of == one.team_of);
    problem.seed = 2;
    const auto other = divided(problem, 1);
    check_plan(problem, other);
    CHECK(analysis::gap(other) < 0.03);
}

TEST_CASE("pieces of land are joined to the nearest land that is joined already") {
    // 0 - 1 - 2 in a row, 3 and 4 alone farther along the same line.
    geo::Csr links;
    links.offset = {0, 1, 3, 4, 4, 4};
    links.index = {1, 0, 2, 1};
    const std::vector<geo::Point> line{{0, 0}, {1, 0}, {2, 0}, {10, 0}, {12, 0}};
    const auto at = analysis::GroundPoints::from_plane(line);
    using Pairs = std::vector<std::pair<std::uint32_t, std::uint32_t>>;
    CHECK(analysis::ferries(links, at, {1, 1, 1, 1, 1}) == Pairs{{3, 2}, {4, 3}});
    // Only between units that take part; a gap that they leave is none of land.
    CHECK(analysis::ferries(links, at, {1, 1, 0, 1, 1}) == Pairs{{3, 1}, {4, 3}});
    CHECK(analysis::ferries(links, at, {1, 0, 1, 0, 1}) == Pairs{{4, 2}});
    CHECK(analysis::ferries(links, at, {1, 1, 1, 0, 0}).empty());
}
