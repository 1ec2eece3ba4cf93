#include "map/order_layout.hpp"

#include <algorithm>
#include <numeric>

namespace diaban::map {
namespace {

std::size_t rows_on(const std::vector<OrderItem>& sheet) {
    return static_cast<std::size_t>(
        std::count_if(sheet.begin(), sheet.end(),
                      [](const OrderItem& item) { return item.part == OrderPart::Row; }));
}

double height_of(const std::vector<OrderItem>& sheet) {
    return std::accumulate(sheet.begin(), sheet.end(), 0.0,
                           [](double sum, const OrderItem& item) { return sum + item.height; });
}

// Each on the sheet before, or where it has no room left on the next.
std::optional<OrderSheetItems> one_by_one(const std::vector<OrderItem>& items, double first,
                                          double further) {
    OrderSheetItems out(1);
    double left = first;
    for (const auto& item : items) {
        if (item.height > left) {
            if (item.height > further) return std::nullopt;
            out.emplace_back();
            left = further;
        }
        out.back().push_back(item);
        left -= item.height;
    }
    return out;
}

// Moves the end of the sheet before the last over to it, until that has rows enough.
void fill_last(OrderSheetItems& sheets, double further) {
    auto& last = sheets.back();
    auto& before = sheets[sheets.size() - 2];
    const auto wanted = std::min(kFewestRows, (rows_on(before) + rows_on(last) + 1) / 2);
    double left = further - height_of(last);
    // What signs for nothing takes one thing with it even where there are no rows.
    const auto too_little = [&] {
        return rows_on(last) < wanted || last.front().part == OrderPart::Signatures;
    };
    while (too_little() && before.size() > 1 && before.back().height <= left) {
        left -= before.back().height;
        last.insert(last.begin(), before.back());
        before.pop_back();
    }
}

} // namespace

std::vector<double> column_widths(const std::vector<ColumnNeed>& needs, double width) {
    double shares = 0;
    for (const auto& need : needs) shares += need.share;
    std::vector<double> least, natural;
    for (const auto& need : needs) {
        const double part = width * need.share / shares;
        least.push_back(need.by_hand ? part : std::min(need.least, part));
        natural.push_back(need.by_hand ? part : std::max(need.natural, least.back()));
    }
    const double all_natural = std::accumulate(natural.begin(), natural.end(), 0.0);
    std::vector<double> out;
    if (all_natural <= width) {
        for (std::size_t c = 0; c < needs.size(); ++c)
            out.push_back(natural[c] + (width - all_natural) * needs[c].share / shares);
        return out;
    }
    // A column of short texts has what it asks for where that is no more than an equal part.
    std::vector<std::size_t> order(needs.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return natural[a] < natural[b]; });
    double left = width, left_least = std::accumulate(least.begin(), least.end(), 0.0);
    auto open = needs.size();
    for (const auto c : order) {
        const double others = left_least - least[c];
        if (natural[c] > left / static_cast<double>(open) || natural[c] > left - others) continue;
        left -= natural[c];
        left_least = others;
        least[c] = natural[c];
        --open;
    }
    const double all_least = std::accumulate(least.begin(), least.end(), 0.0);
    for (std::size_t c = 0; c < needs.size(); ++c)
        out.push_back(least[c] +
                      (width - all_least) * (natural[c] - least[c]) / (all_natural - all_least));
    return out;
}

std::optional<OrderSheetItems> on_sheets(const std::vector<OrderItem>& items, double first,
                                         double further) {
    auto out = one_by_one(items, first, further);
    if (!out || out->size() == 1) return out;
    if (rows_on(out->back()) < kFewestRows) {
        auto tight = items;
        for (auto& item : tight) item.height = item.tight;
        auto closer = one_by_one(tight, first, further);
        if (closer && closer->size() < out->size()) out = std::move(closer);
        if (out->size() == 1) return out;
        fill_last(*out, further);
    }
    // Signatures and the one thing that must stand with them are higher than a sheet.
    const bool alone = out->back().front().part == OrderPart::Signatures;
    if (alone && (*out)[out->size() - 2].size() > 1) return std::nullopt;
    return out;
}

} // namespace diaban::map
