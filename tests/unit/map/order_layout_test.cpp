// Widths of columns and what stands on which order sheet, as numbers.
#include "map/order_layout.hpp"

#include <catch2/catch.hpp>
#include <numeric>
#include <random>

using namespace diaban;
using map::OrderPart;

namespace {

std::vector<map::OrderItem> list_of(std::size_t rows, double height, double tight,
                                    std::size_t notes = 1, double signatures = 30) {
    std::vector<map::OrderItem> out;
    for (std::size_t r = 0; r < rows; ++r) out.push_back({OrderPart::Row, r, height, tight});
    for (std::size_t n = 0; n < notes; ++n) out.push_back({OrderPart::Note, n, 5, 5});
    out.push_back({OrderPart::Signatures, 0, signatures, signatures});
    return out;
}

// How many rows stand on each sheet; every item is there once, in its order, and fits.
std::vector<std::size_t> rows_of_sheets(const std::vector<map::OrderItem>& items, double first,
                                        double further) {
    const auto sheets = map::on_sheets(items, first, further);
    REQUIRE(sheets);
    std::vector<std::size_t> out;
    std::size_t next = 0;
    for (const auto& sheet : *sheets) {
        double height = 0;
        out.push_back(0);
        for (const auto& item : sheet) {
            REQUIRE(next < items.size());
            CHECK(item.part == items[next].part);
            CHECK(item.index == items[next].index);
            CHECK(item.height >= item.tight);
            ++next;
            height += item.height;
            out.back() += item.part == OrderPart::Row;
        }
        CHECK(height <= (out.size() == 1 ? first : further) + 1e-9);
    }
    CHECK(next == items.size());
    return out;
}

} // namespace

TEST_CASE("columns are as wide as their words ask for") {
    // A number, a commune, a long reason, and a column to write in; 700 wide.
    const std::vector<map::ColumnNeed> needs{{.share = 0.6, .least = 20, .natural = 20},
                                             {.share = 2, .least = 60, .natural = 150},
                                             {.share = 2.4, .least = 80, .natural = 900},
                                             {.share = 2, .by_hand = true}};
    const auto widths = map::column_widths(needs, 700);
    REQUIRE(widths.size() == 4);
    CHECK(std::accumulate(widths.begin(), widths.end(), 0.0) == Approx(700));
    CHECK(widths[0] == Approx(20));
    CHECK(widths[1] == Approx(150)); // names stay whole
    CHECK(widths[3] == Approx(200)); // its share: room to write
    // The reason has what is left, far more than its share of 240.
    CHECK(widths[2] == Approx(330));
    for (std::size_t c = 0; c < 3; ++c) CHECK(widths[c] >= needs[c].least);
}

TEST_CASE("short texts stay on one line, and what is left is shared") {
    const std::vector<map::ColumnNeed> needs{{.share = 1, .least = 10, .natural = 20},
                                             {.share = 1, .least = 50, .natural = 120},
                                             {.share = 2, .by_hand = true}};
    const auto widths = map::column_widths(needs, 400);
    CHECK(widths[0] == Approx(20 + 60.0 / 4));
    CHECK(widths[1] == Approx(120 + 60.0 / 4));
    CHECK(widths[2] == Approx(200 + 60.0 / 2));
}

TEST_CASE("columns of short texts stay whole beside one of long texts") {
    const std::vector<map::ColumnNeed> needs{
        {.least = 20, .natural = 60}, {.least = 50, .natural = 900}, {.least = 30, .natural = 70}};
    const auto widths = map::column_widths(needs, 400);
    CHECK(widths[0] == Approx(60));
    CHECK(widths[1] == Approx(270));
    CHECK(widths[2] == Approx(70));
    // Not at the cost of a word that is longer than its equal part.
    const auto tight = map::column_widths({{.share = 8, .least = 250, .natural = 900},
                                           {.share = 2, .least = 20, .natural = 60},
                                           {.share = 2, .least = 20, .natural = 60}},
                                          320);
    CHECK(tight[0] >= 200);
    CHECK(std::accumulate(tight.begin(), tight.end(), 0.0) == Approx(320));
}

TEST_CASE("an endless word takes no more than its share") {
    const auto widths = map::column_widths({{.share = 1, .least = 9000, .natural = 9000},
                                            {.share = 1, .least = 30, .natural = 40},
                                            {.share = 2, .by_hand = true}},
                                           400);
    CHECK(std::accumulate(widths.begin(), widths.end(), 0.0) == Approx(400));
    for (const double width : widths) CHECK(width >= 30);
    CHECK(widths[2] == Approx(200));
}

TEST_CASE("a last sheet with a row or two is saved by tight rows") {
    // Twelve rows of 10 with a note and the signatures need 155 of 150; at 9 they need 143.
    CHECK(rows_of_sheets(list_of(12, 10, 9), 150, 150) == std::vector<std::size_t>{12});
    // Long lists keep their room to write where no sheet is thin: 20 rows, 12 and 8.
    CHECK(rows_of_sheets(list_of(20, 10, 9), 120, 150) == std::vector<std::size_t>{12, 8});
}

TEST_CASE("a last sheet with a row or two takes rows over from the one before") {
    // Thirteen rows: twelve fill the first sheet, one would go over.
    CHECK(rows_of_sheets(list_of(13, 10, 10), 120, 150) == std::vector<std::size_t>{10, 3});
    // The signatures alone go over: rows that they sign for go with them.
    CHECK(rows_of_sheets(list_of(12, 10, 10), 126, 150) == std::vector<std::size_t>{9, 3});
    // Few rows in all are divided in halves.
    CHECK(rows_of_sheets(list_of(4, 30, 30), 95, 150) == std::vector<std::size_t>{2, 2});
    CHECK(rows_of_sheets(list_of(2, 60, 60), 125, 150) == std::vector<std::size_t>{1, 1});
}

TEST_CASE("whatever the rows, every item stands on a sheet and the end is not thin") {
    std::mt19937 random(5);
    for (int round = 0; round < 400; ++round) {
        const auto height = static_cast<double>(5 + random() % 20);
        const std::size_t rows = 1 + random() % 60;
        const auto counts = rows_of_sheets(list_of(rows, height, height * 0.9, random() % 4),
                                           static_cast<double>(60 + random() % 60), 150);
        INFO(rows << " rows of " << height);
        if (counts.size() > 1) {
            const auto both = counts.back() + counts[counts.size() - 2];
            // A single row stays beside its map.
            if (both > 1) CHECK(counts.back() >= std::min<std::size_t>(3, (both + 1) / 2));
        }
    }
}

TEST_CASE("what is higher than a sheet has no place, and nobody signs a sheet of nothing") {
    CHECK_FALSE(map::on_sheets(list_of(3, 151, 151), 100, 150));
    CHECK_FALSE(map::on_sheets(list_of(4, 70, 70, 0, 90), 145, 150)); // no row fits beside them
    CHECK(map::on_sheets(list_of(0, 0, 0, 0), 10, 150)->size() == 2); // nobody to go to
}
