// Where the parts of an order sheet go: widths of the columns of its list, and what stands on which
// sheet. Plain numbers; nothing is measured or painted here.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace diaban::map {

// What a column asks for, in page units, room beside the text included.
struct ColumnNeed {
    double share = 1;     // beside the others', where its words do not decide
    double least = 0;     // its longest word on one line
    double natural = 0;   // its longest text on one line
    bool by_hand = false; // empty on paper: room to write in
};
// Widths that add up to `width`. Columns to be written in keep their share. Among the others short
// texts stay on one line, all of them or those of the shortest columns, as far as every column has
// room for its longest word; of what is left each further one has more the longer its texts are. A
// word longer than a column's share may be broken.
std::vector<double> column_widths(const std::vector<ColumnNeed>& needs, double width);

enum class OrderPart { Row, Note, Signatures };
struct OrderItem {
    OrderPart part = OrderPart::Row;
    std::size_t index = 0; // among its kind
    double height = 0;
    double tight = 0; // the least height it can have
};
using OrderSheetItems = std::vector<std::vector<OrderItem>>; // of each sheet
inline constexpr std::size_t kFewestRows = 3;
// Items in their order on as few sheets as hold them, of `first` and then `further` height. A last
// sheet of fewer than kFewestRows rows is saved by tight rows if they can, and otherwise takes over
// rows from the sheet before, half of both at most. Signatures take something with them from a
// sheet with more than one thing. Nothing: what cannot be divided is higher than a sheet.
std::optional<OrderSheetItems> on_sheets(const std::vector<OrderItem>& items, double first,
                                         double further);

} // namespace diaban::map
