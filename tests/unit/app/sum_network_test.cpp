// Numbers with two families of sums, against trying out every table that there can be.
#include "app/sum_network.hpp"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <limits>
#include <random>

using namespace diaban;

namespace {

constexpr double kAny = std::numeric_limits<double>::infinity();

// Counts from 1 to 3 in rows and columns, of which some sums are public.
struct TwoWays {
    struct Count {
        std::size_t row, column;
        int value;
    };
    std::vector<Count> counts;
    std::vector<bool> rows, columns; // whose sums are public
    bool whole = true;

    app::SumNetwork network() const {
        app::SumNetwork out;
        const auto from = out.add_node(), to = out.add_node();
        std::vector<std::size_t> row, column;
        for (std::size_t r = 0; r < rows.size(); ++r) row.push_back(out.add_node());
        for (std::size_t c = 0; c < columns.size(); ++c) column.push_back(out.add_node());
        for (const auto& count : counts) // the arcs 0, 1 ...
            out.add(row[count.row], column[count.column], count.value, 1, 3);
        const auto sum = [&](std::size_t a, std::size_t b, int value, bool open) {
            out.add(a, b, value, open ? value : 0, open ? value : kAny);
        };
        for (std::size_t r = 0; r < rows.size(); ++r) sum(from, row[r], of_row(r), rows[r]);
        for (std::size_t c = 0; c < columns.size(); ++c)
            sum(column[c], to, of_column(c), columns[c]);
        sum(to, from, of_all(), whole);
        return out;
    }
    int of_row(std::size_t r) const {
        int out = 0;
        for (const auto& count : counts) out += count.row == r ? count.value : 0;
        return out;
    }
    int of_column(std::size_t c) const {
        int out = 0;
        for (const auto& count : counts) out += count.column == c ? count.value : 0;
        return out;
    }
    int of_all() const {
        int out = 0;
        for (const auto& count : counts) out += count.value;
        return out;
    }
    bool agrees(const TwoWays& other) const {
        for (std::size_t r = 0; r < rows.size(); ++r)
            if (rows[r] && of_row(r) != other.of_row(r)) return false;
        for (std::size_t c = 0; c < columns.size(); ++c)
            if (columns[c] && of_column(c) != other.of_column(c)) return false;
        return !whole || of_all() == other.of_all();
    }
    // Of every count: whether a table with the same public sums has another in its place.
    std::vector<bool> can_be_another() const {
        std::vector<bool> out(counts.size(), false);
        auto tried = *this;
        for (auto& count : tried.counts) count.value = 1;
        for (bool more = true; more;) {
            if (agrees(tried))
                for (std::size_t i = 0; i < counts.size(); ++i)
                    if (tried.counts[i].value != counts[i].value) out[i] = true;
            more = false;
            for (auto& count : tried.counts) {
                if (count.value < 3) {
                    ++count.value;
                    more = true;
                    break;
                }
                count.value = 1;
            }
        }
        return out;
    }
    // Of every count: each number that it has in some table with the same public sums.
    std::vector<std::array<bool, 4>> can_be() const {
        std::vector<std::array<bool, 4>> out(counts.size());
        auto tried = *this;
        for (auto& count : tried.counts) count.value = 1;
        for (bool more = true; more;) {
            if (agrees(tried))
                for (std::size_t i = 0; i < counts.size(); ++i)
                    out[i][static_cast<std::size_t>(tried.counts[i].value)] = true;
            more = false;
            for (auto& count : tried.counts) {
                if (count.value < 3) {
                    ++count.value;
                    more = true;
                    break;
                }
                count.value = 1;
            }
        }
        return out;
    }
};

} // namespace

TEST_CASE("a count reaches a number if some table has it there, and only then") {
    std::mt19937 random(12);
    const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
    std::size_t reached = 0, held = 0;
    for (int round = 0; round < 300; ++round) {
        TwoWays table;
        for (auto n = 1 + below(3); n > 0; --n) table.rows.push_back(below(4) > 0);
        for (auto n = 1 + below(3); n > 0; --n) table.columns.push_back(below(4) > 0);
        table.whole = below(4) > 0;
        for (auto n = 1 + below(7); n > 0; --n)
            table.counts.push_back({below(table.rows.size()), below(table.columns.size()),
                                    static_cast<int>(1 + below(3))});
        auto network = table.network();
        const auto expected = table.can_be();
        INFO("round " << round);
        for (std::size_t i = 0; i < expected.size(); ++i)
            for (const int target : {1, 2, 3}) {
                const bool can = expected[i][static_cast<std::size_t>(target)];
                CHECK(network.reaches(i, target) == can);
                CHECK(network.value(i) == table.counts[i].value); // a question changes nothing
                // Something that is public holds it, and lets go once all of that is hidden.
                if (can) {
                    ++reached;
                    continue;
                }
                ++held;
                CHECK_FALSE(network.held_before(i, target).empty());
            }
    }
    CHECK(reached > 100);
    CHECK(held > 100);
}

TEST_CASE("a count can be another if a round trip says so, and only then") {
    std::mt19937 random(11);
    const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
    std::size_t open = 0, shut = 0;
    for (int round = 0; round < 300; ++round) {
        TwoWays table;
        for (auto n = 1 + below(3); n > 0; --n) table.rows.push_back(below(4) > 0);
        for (auto n = 1 + below(3); n > 0; --n) table.columns.push_back(below(4) > 0);
        table.whole = below(4) > 0;
        for (auto n = 1 + below(7); n > 0; --n)
            table.counts.push_back({below(table.rows.size()), below(table.columns.size()),
                                    static_cast<int>(1 + below(3))});
        const auto network = table.network();
        const auto expected = table.can_be_another();
        INFO("round " << round);
        for (std::size_t i = 0; i < expected.size(); ++i) {
            CHECK(network.open(i) == expected[i]);
            (expected[i] ? open : shut) += 1;
        }
    }
    CHECK(open > 100); // both answers were asked for
    CHECK(shut > 100);
}

TEST_CASE("two sums that cut each other tell a count, until two of those that hold it are hidden") {
    // 3 4 | 5 6 | 7 8 in three districts; 3 4 5 and 6 7 8 in two agencies: 12 less 7 is 5.
    app::SumNetwork network;
    std::vector<std::size_t> node;
    for (int n = 0; n < 7; ++n) node.push_back(network.add_node()); // from, to, districts, agencies
    for (std::size_t i = 0; i < 6; ++i)
        network.add(node[2 + i / 2], node[5 + i / 3], 3 + static_cast<double>(i), 1, 9);
    for (const auto& [d, sum] : {std::pair(0, 7.0), std::pair(1, 11.0), std::pair(2, 15.0)})
        network.add(node[0], node[2 + static_cast<std::size_t>(d)], sum, sum, sum);
    for (const auto& [a, sum] : {std::pair(0, 12.0), std::pair(1, 21.0)})
        network.add(node[5 + static_cast<std::size_t>(a)], node[1], sum, sum, sum);
    network.add(node[1], node[0], 33, 33, 33);
    for (const std::size_t commune : {0U, 1U, 4U, 5U}) CHECK(network.open(commune));
    for (const std::size_t commune : {2U, 3U}) CHECK_FALSE(network.open(commune));
    // All these sums hold the 5, but the whole does not.
    CHECK(network.held_by(2) == std::vector<std::size_t>{6, 7, 8, 9, 10});
    network.set_range(7, 10, kAny); // of the second district: the whole less the others tells it
    CHECK_FALSE(network.open(2));
    network.set_range(6, 1, 9); // and of the first
    CHECK(network.open(2));
    CHECK_FALSE(network.open(3)); // 21 less 15
    network.set_range(8, 10, kAny);
    CHECK(network.open(3));
}
