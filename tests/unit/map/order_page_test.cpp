// Order sheets: laid out whole or refused.
#include "map/order_page.hpp"

#include "base/error.hpp"
#include "map/page_look.hpp"
#include "map/symbols.hpp"
#include "province.hpp"
#include "support/errors.hpp"

#include <catch2/catch.hpp>

using namespace diaban;

namespace {

map::OrderBook book_of(std::size_t rows, const std::string& size = "A4 portrait") {
    map::OrderBook book;
    book.size = map::parse_page_size(size);
    book.text.title = "Phiếu giao việc";
    book.text.source_lines = {"Nguồn: dữ liệu mẫu"};
    book.continued = "{title} (tiếp theo)";
    book.number = "Trang {page}/{pages}";
    book.marks_left_out = "Không đủ chỗ: {count}";
    book.columns = {{"TT", 0.5, true}, {"Xã", 2, false}, {"Lý do", 3, false}};
    book.signatures = {"Người lập", "Người duyệt"};
    map::Order order;
    order.title = "Tổ 1";
    order.map = test::grid_page(size);
    for (std::size_t r = 0; r < rows; ++r) {
        order.rows.push_back(
            {std::to_string(r + 1), "Xã " + std::to_string(r + 1), "lâu chưa đến"});
        if (r >= 54) continue;
        map::Label mark;
        mark.text = std::to_string(r + 1);
        mark.at = order.map.scene.vintage->coverage->faces()[r].box.centre();
        order.map.marks.push_back(mark);
    }
    book.orders = {order, order};
    return book;
}

std::string order_refused(const map::OrderBook& book) {
    base::JobContext ctx(1);
    return test::thrown_key([&] { map::order_bytes(book, ctx); });
}

} // namespace

TEST_CASE("the same orders give the same bytes") {
    base::JobContext one(1), three(3);
    const auto pdf = map::order_bytes(book_of(20), one);
    CHECK(pdf.starts_with("%PDF-1.5"));
    CHECK(map::order_bytes(book_of(20), three) == pdf);
    CHECK(map::order_bytes(book_of(120), one).size() > pdf.size());
    CHECK(map::order_bytes(book_of(0), one).starts_with("%PDF-1.5")); // nobody to go to
}

TEST_CASE("orders that cannot be laid out whole are refused") {
    CHECK(order_refused(book_of(3)).empty());
    CHECK(order_refused(book_of(3, "40x40mm")) == "error.page.too_small");
    auto book = book_of(3);
    book.orders[0].rows[1][2] = std::string(40000, 'x'); // higher than a sheet
    CHECK(order_refused(book) == "error.page.too_small");
    book = book_of(3);
    book.orders[1].map.scene.style.entries[0].count += 1;
    CHECK(order_refused(book) == "error.legend.disagrees");
}

TEST_CASE("the flag of a base is no kind of place") {
    CHECK(&map::symbol_shape(map::kBaseSymbol) != &map::symbol_shape("other"));
    const auto& kinds = map::symbol_kinds();
    CHECK(std::find(kinds.begin(), kinds.end(), map::kBaseSymbol) == kinds.end());
}
