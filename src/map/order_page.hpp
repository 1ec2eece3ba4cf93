// Order sheets: for everybody who goes somewhere a map of where, the list of what to do there with
// room to write on, and lines to sign; one PDF, with as many sheets for each as the lists need.
//
// Guarantees: the same orders give the same bytes; text wraps, and is never cut or drawn over text;
// a row is never split between two sheets, signatures never stand on a sheet alone, nor with a row
// or two where the sheet before has more. A book that cannot be laid out so is refused.
#pragma once

#include "map/page.hpp"

namespace diaban::map {

struct OrderColumn {
    std::string title;
    double share = 1;    // of the width, where its words do not decide (map/order_layout.hpp)
    bool number = false; // stands to the right
};

struct Order {
    std::string title, subtitle;
    // What is drawn. Of its texts those of legend, scale bar and arrow count; its size is the
    // book's. Its marks are written in the size of the list.
    Page map;
    // As long as the columns; what is empty is filled in by hand.
    std::vector<std::vector<std::string>> rows;
    std::vector<std::string> notes; // below the list
};

struct OrderBook {
    PageSize size;
    PageText text;              // title of the file; on every sheet its source lines and frames
    std::string continued;      // "{title} (continued)": on further sheets of an order
    std::string number;         // "Sheet {page} of {pages}": within its order
    std::string marks_left_out; // "Numbers without room on the map: {count}."
    std::vector<OrderColumn> columns;
    std::vector<Order> orders;
    std::string date;                    // above the last signature, to be filled in
    std::vector<std::string> signatures; // from left to right
    std::string sign_here;               // below each
};

std::string order_bytes(const OrderBook& book, base::JobContext& ctx);
// Into a file (.pdf), whole or not at all. Throws Error Usage "error.page.too_small", Data
// "error.legend.disagrees", Write, Input "error.font.missing"; Cancelled.
void write_orders(const OrderBook& book, const std::filesystem::path& file, base::JobContext& ctx);

} // namespace diaban::map
