#include "map/layout_edit.hpp"

#include <algorithm>
#include <cmath>

namespace diaban::map {
namespace {

constexpr double kSmallestMm = 1; // side of a box that is resized
constexpr double kStepMm = 5;     // between the places that are tried for a new item
constexpr double kSameMm = 0.005; // places that are one

double tidy_mm(double mm) {
    return std::round(mm * 100) / 100 + 0.0; // no -0
}
double tenths(double mm) {
    return std::round(mm * 10) / 10;
}
double on_grid(double mm, double grid) {
    return std::round(mm / grid) * grid;
}
bool same_place(double a, double b) {
    return std::abs(a - b) < kSameMm;
}

// One direction of a box: x and width, or y and height.
struct Span {
    double start = 0, end = 0;
    double middle() const { return (start + end) / 2; }
    double length() const { return end - start; }
};
Span span_of(const Rect& box, bool across) {
    return across ? Span{box.x, box.right()} : Span{box.y, box.bottom()};
}
void set_span(Rect& box, bool across, Span span) {
    (across ? box.x : box.y) = tidy_mm(span.start);
    (across ? box.width : box.height) = tidy_mm(span.length());
}

double side_of(const PageSize& size, bool across) {
    return across ? size.width_mm : size.height_mm;
}

// What boxes come to rest on in one direction: edges meet edges, middles meet middles.
struct Rest {
    double at = 0;
    Span along; // of what it belongs to, in the other direction
};
struct Rests {
    std::vector<Rest> edges, middles;
};

Rests rests_of(const Layout& layout, const ItemSet& moving, bool across) {
    const double side = side_of(layout.size, across);
    const Span sheet{0, side_of(layout.size, !across)};
    Rests out;
    for (const double at : {0.0, side, kMarginMm, side - kMarginMm})
        out.edges.push_back({at, sheet});
    out.middles.push_back({side / 2, sheet});
    for (std::size_t i = 0; i < layout.items.size(); ++i) {
        if (holds(moving, i)) continue;
        const auto own = span_of(layout.items[i].box_mm, across);
        const auto along = span_of(layout.items[i].box_mm, !across);
        out.edges.push_back({own.start, along});
        out.edges.push_back({own.end, along});
        out.middles.push_back({own.middle(), along});
    }
    return out;
}

// How far a place is from the nearest rest; nothing if none is near.
void take_nearest(std::optional<double>& best, double place, const std::vector<Rest>& rests,
                  double reach) {
    for (const Rest& rest : rests) {
        const double by = rest.at - place;
        if (std::abs(by) > reach) continue;
        if (!best || std::abs(by) < std::abs(*best) - kSameMm) best = by;
    }
}

void add_guides(std::vector<Guide>& guides, double place, const std::vector<Rest>& rests,
                Span along, bool across) {
    std::optional<Guide> guide;
    for (const Rest& rest : rests) {
        if (!same_place(rest.at, place)) continue;
        if (!guide) guide = Guide{across, rest.at, along.start, along.end};
        guide->from = std::min(guide->from, rest.along.start);
        guide->to = std::max(guide->to, rest.along.end);
    }
    if (guide) guides.push_back(*guide);
}

// Where a span that was moved by `by` comes to rest: how far it goes.
double rest_of(Span span, double by, const Rests& rests, const Snapping& snapping) {
    if (!snapping.on) return tenths(by);
    std::optional<double> best;
    for (const double place : {span.start, span.end})
        take_nearest(best, place + by, rests.edges, snapping.reach_mm);
    take_nearest(best, span.middle() + by, rests.middles, snapping.reach_mm);
    if (best) return by + *best;
    return on_grid(span.start + by, snapping.grid_mm) - span.start;
}

// On the sheet, where it fits there.
double kept_on(Span span, double by, double side) {
    if (span.length() > side) return by;
    return std::clamp(by, -span.start, side - span.end);
}

double distance_to(const Rect& box, geo::Point at) {
    const double dx = std::max({box.x - at.x, 0.0, at.x - box.right()});
    const double dy = std::max({box.y - at.y, 0.0, at.y - box.bottom()});
    return std::hypot(dx, dy);
}

bool is_hit(const LayoutItem& item, geo::Point at, double reach) {
    const double outside = distance_to(item.box_mm, at);
    if (item.kind == ItemKind::Rule) return outside <= reach;
    if (outside > 0) return item.kind == ItemKind::Frame && outside <= reach;
    if (item.kind != ItemKind::Frame) return true;
    const auto& box = item.box_mm;
    return std::min({at.x - box.x, box.right() - at.x, at.y - box.y, box.bottom() - at.y}) <= reach;
}

bool free_there(const Layout& layout, const LayoutItem& item) {
    return std::none_of(layout.items.begin(), layout.items.end(),
                        [&](const LayoutItem& other) { return lie_over(layout, item, other); });
}

// The first free place by rows, the given one before all others; that one where there is none.
Rect free_place(const Layout& layout, LayoutItem item) {
    if (free_there(layout, item)) return item.box_mm;
    const Rect given = item.box_mm;
    const double last_x = layout.size.width_mm - given.width;
    const double last_y = layout.size.height_mm - given.height;
    for (const double margin : {kMarginMm, 0.0})
        for (double y = margin; y <= last_y - margin; y += kStepMm)
            for (double x = margin; x <= last_x - margin; x += kStepMm) {
                item.box_mm.x = x, item.box_mm.y = y;
                if (free_there(layout, item)) return item.box_mm;
            }
    return given;
}

// Reading order: by rows of a centimetre, within a row from the left.
bool reads_before(const Rect& a, const Rect& b) {
    constexpr double kRowMm = 10;
    const double row_a = std::floor(a.y / kRowMm), row_b = std::floor(b.y / kRowMm);
    return row_a != row_b ? row_a < row_b : a.x < b.x;
}

struct UsualItem {
    ItemKind kind;
    double width, height, size_pt; // on A4
};
constexpr UsualItem kUsualItems[] = {
    {ItemKind::Map, 120, 90, 9},          {ItemKind::Title, 120, 12, 20},
    {ItemKind::Subtitle, 120, 7, 11.5},   {ItemKind::Text, 60, 12, 9},
    {ItemKind::Legend, 65, 70, 9.5},      {ItemKind::ScaleBar, 66, 9, 7.8},
    {ItemKind::NorthArrow, 8.5, 13, 9},   {ItemKind::Locator, 28, 26, 9},
    {ItemKind::Offshore, 35, 40, 7.4},    {ItemKind::Table, 65, 46, 8.5},
    {ItemKind::Chart, 65, 40, 8.5},       {ItemKind::Picture, 20, 20, 9},
    {ItemKind::Sources, 150, 12, 7.8},    {ItemKind::Banner, 43, 8, 8},
    {ItemKind::Notice, 65, 9, 7.8},       {ItemKind::PageNumber, 24, 5.2, 7.8},
    {ItemKind::Signatures, 80, 26.5, 9},  {ItemKind::Frame, 0, 0, 9},
    {ItemKind::Rule, 120, 0, 9}};
static_assert(std::size(kUsualItems) == kItemKinds.size());

Changed reordered(const Layout& layout, const ItemSet& set, bool front) {
    Changed out{layout, {}};
    out.layout.items.clear();
    const auto take = [&](bool chosen) {
        for (std::size_t i = 0; i < layout.items.size(); ++i) {
            if (holds(set, i) != chosen) continue;
            if (chosen) out.set.push_back(out.layout.items.size());
            out.layout.items.push_back(layout.items[i]);
        }
    };
    take(!front);
    take(front);
    return out;
}

} // namespace

bool holds(const ItemSet& set, std::size_t item) {
    return std::find(set.begin(), set.end(), item) != set.end();
}

std::optional<std::size_t> item_at(const Layout& layout, geo::Point at, double reach_mm) {
    std::optional<std::size_t> out;
    const auto area = [&](std::size_t i) {
        const auto& box = layout.items[i].box_mm;
        return box.width * box.height;
    };
    for (std::size_t i = 0; i < layout.items.size(); ++i)
        if (is_hit(layout.items[i], at, reach_mm) && (!out || area(i) <= area(*out))) out = i;
    return out;
}

ItemSet items_in(const Layout& layout, const Rect& box) {
    ItemSet out;
    for (std::size_t i = 0; i < layout.items.size(); ++i) {
        const auto& own = layout.items[i].box_mm;
        if (own.x >= box.x && own.y >= box.y && own.right() <= box.right() &&
            own.bottom() <= box.bottom())
            out.push_back(i);
    }
    return out;
}

std::optional<std::size_t> next_item(const Layout& layout, const ItemSet& set, int step) {
    if (layout.items.empty()) return std::nullopt;
    ItemSet order(layout.items.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return reads_before(layout.items[a].box_mm, layout.items[b].box_mm);
    });
    if (set.empty()) return step > 0 ? order.front() : order.back();
    const auto at =
        static_cast<std::size_t>(std::find(order.begin(), order.end(), set.back()) - order.begin());
    return order[(at + order.size() + (step > 0 ? 1 : order.size() - 1)) % order.size()];
}

Rect box_around(const Layout& layout, const ItemSet& set) {
    if (set.empty()) return {};
    Rect out = layout.items[set.front()].box_mm;
    for (const auto i : set) {
        const auto& box = layout.items[i].box_mm;
        const double right = std::max(out.right(), box.right());
        const double bottom = std::max(out.bottom(), box.bottom());
        out.x = std::min(out.x, box.x);
        out.y = std::min(out.y, box.y);
        out.width = right - out.x;
        out.height = bottom - out.y;
    }
    return out;
}

geo::Point place_of(const Rect& box, Handle handle) {
    return {box.x + box.width * (handle.x + 1) / 2, box.y + box.height * (handle.y + 1) / 2};
}

Dragged moved(const Layout& layout, const ItemSet& set, geo::Point by, const Snapping& snapping) {
    Dragged out{layout, {}};
    if (set.empty()) return out;
    const Rect box = box_around(layout, set);
    for (const bool across : {true, false}) {
        const auto rests = rests_of(layout, set, across);
        const auto span = span_of(box, across);
        const double far = kept_on(span, rest_of(span, across ? by.x : by.y, rests, snapping),
                                   side_of(layout.size, across));
        for (const auto i : set) {
            auto& own = out.layout.items[i].box_mm;
            (across ? own.x : own.y) = tidy_mm((across ? own.x : own.y) + far);
        }
    }
    if (!snapping.on) return out;
    const Rect there = box_around(out.layout, set);
    for (const bool across : {true, false}) {
        const auto rests = rests_of(layout, set, across);
        const auto span = span_of(there, across), along = span_of(there, !across);
        add_guides(out.guides, span.start, rests.edges, along, across);
        if (!same_place(span.start, span.end))
            add_guides(out.guides, span.end, rests.edges, along, across);
        add_guides(out.guides, span.middle(), rests.middles, along, across);
    }
    return out;
}

Dragged resized(const Layout& layout, std::size_t item, Handle handle, geo::Point by,
                const Snapping& snapping) {
    Dragged out{layout, {}};
    auto& changed = out.layout.items[item];
    const bool line = changed.kind == ItemKind::Rule;
    struct Side {
        bool across;
        double place;
        Rests rests;
    };
    std::vector<Side> sides;
    for (const bool across : {true, false}) {
        const int side = across ? handle.x : handle.y;
        auto span = span_of(changed.box_mm, across);
        if (side == 0 || (line && span.length() == 0)) continue;
        double& end = side < 0 ? span.start : span.end;
        auto rests = rests_of(layout, {item}, across);
        const double wanted = end + (across ? by.x : by.y);
        if (snapping.on) {
            std::optional<double> best;
            take_nearest(best, wanted, rests.edges, snapping.reach_mm);
            end = best ? wanted + *best : on_grid(wanted, snapping.grid_mm);
        } else {
            end += tenths(across ? by.x : by.y);
        }
        end = std::clamp(end, 0.0, side_of(layout.size, across));
        if (side < 0)
            span.start = std::min(span.start, span.end - kSmallestMm);
        else
            span.end = std::max(span.end, span.start + kSmallestMm);
        set_span(changed.box_mm, across, span);
        sides.push_back({across, end, std::move(rests)});
    }
    if (snapping.on)
        for (const Side& side : sides)
            add_guides(out.guides, side.place, side.rests.edges,
                       span_of(changed.box_mm, !side.across), side.across);
    return out;
}

Layout lined_up(const Layout& layout, const ItemSet& set, Line line) {
    Layout out = layout;
    if (set.size() < 2) return out;
    const bool across = line == Line::Left || line == Line::Centre || line == Line::Right;
    const bool first = line == Line::Left || line == Line::Top;
    const bool last = line == Line::Right || line == Line::Bottom;
    const auto around = span_of(box_around(layout, set), across);
    for (const auto i : set) {
        auto& box = out.items[i].box_mm;
        const double length = span_of(box, across).length();
        (across ? box.x : box.y) = tidy_mm(first  ? around.start
                                           : last ? around.end - length
                                                  : around.middle() - length / 2);
    }
    return out;
}

Layout spaced(const Layout& layout, const ItemSet& set, bool level) {
    Layout out = layout;
    if (set.size() < 3) return out;
    ItemSet order = set;
    const auto span = [&](std::size_t i) { return span_of(layout.items[i].box_mm, level); };
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return span(a).middle() < span(b).middle();
    });
    const double from = span(order.front()).start, to = span(order.back()).end;
    double taken = 0;
    for (const auto i : order) taken += span(i).length();
    const double gap = (to - from - taken) / static_cast<double>(order.size() - 1);
    double at = from;
    for (std::size_t n = 0; n < order.size(); ++n) {
        auto& box = out.items[order[n]].box_mm;
        if (n > 0 && n + 1 < order.size()) (level ? box.x : box.y) = tidy_mm(at);
        at += span(order[n]).length() + gap;
    }
    return out;
}

std::string free_id(const Layout& layout, const std::string& wanted) {
    const auto taken = [&](const std::string& id) {
        return std::any_of(layout.items.begin(), layout.items.end(),
                           [&](const LayoutItem& item) { return item.id == id; });
    };
    std::string id = wanted;
    for (int n = 2; taken(id); ++n) id = wanted + "-" + std::to_string(n);
    return id;
}

LayoutItem new_item(const Layout& layout, ItemKind kind) {
    constexpr double kA4Mm2 = 297.0 * 210;
    const auto& sheet = layout.size;
    const double scale = std::sqrt(sheet.width_mm * sheet.height_mm / kA4Mm2);
    const auto usual = *std::find_if(std::begin(kUsualItems), std::end(kUsualItems),
                                     [&](const UsualItem& one) { return one.kind == kind; });
    LayoutItem item;
    item.id = free_id(layout, std::string(to_string(kind)));
    item.kind = kind;
    const double width = std::min(tenths(usual.width * scale), sheet.width_mm);
    const double height = std::min(tenths(usual.height * scale), sheet.height_mm);
    item.box_mm = {tidy_mm((sheet.width_mm - width) / 2), tidy_mm((sheet.height_mm - height) / 2),
                   width, height};
    item.size_pt = std::max(tenths(usual.size_pt * scale), smallest_text_pt(sheet));
    item.bold = kind == ItemKind::Title;
    if (kind == ItemKind::PageNumber) item.align = Align::Right;
    if (kind == ItemKind::Table) item.params.show = "top";
    if (kind == ItemKind::Offshore) item.params.names = {"Hoàng Sa", "Trường Sa"};
    if (kind == ItemKind::Frame) {
        const double edge = std::min(kMarginMm, std::min(sheet.width_mm, sheet.height_mm) / 4);
        item.box_mm = Rect{0, 0, sheet.width_mm, sheet.height_mm}.inset(edge);
        return item;
    }
    item.box_mm = free_place(layout, item);
    return item;
}

Changed added(const Layout& layout, LayoutItem item) {
    Changed out{layout, {layout.items.size()}};
    out.layout.items.push_back(std::move(item));
    return out;
}

Changed duplicated(const Layout& layout, const ItemSet& set) {
    Changed out{layout, {}};
    for (const auto i : set) {
        LayoutItem copy = layout.items[i];
        if (copy.kind == ItemKind::Map) continue; // one at most
        copy.id = free_id(out.layout, std::string(to_string(copy.kind)));
        // A little further, so that it is seen.
        auto& box = copy.box_mm;
        box.x = tidy_mm(std::max(0.0, std::min(box.x + kStepMm, layout.size.width_mm - box.width)));
        box.y =
            tidy_mm(std::max(0.0, std::min(box.y + kStepMm, layout.size.height_mm - box.height)));
        copy.box_mm = free_place(out.layout, copy);
        out.set.push_back(out.layout.items.size());
        out.layout.items.push_back(std::move(copy));
    }
    return out;
}

Layout without(const Layout& layout, const ItemSet& set) {
    Layout out = layout;
    out.items.clear();
    for (std::size_t i = 0; i < layout.items.size(); ++i)
        if (!holds(set, i)) out.items.push_back(layout.items[i]);
    return out;
}

Changed to_front(const Layout& layout, const ItemSet& set) {
    return reordered(layout, set, true);
}

Changed to_back(const Layout& layout, const ItemSet& set) {
    return reordered(layout, set, false);
}

Layout on_sheet(const Layout& layout, const PageSize& size) {
    Layout out = layout;
    out.size = size;
    const double wide = size.width_mm / layout.size.width_mm;
    const double high = size.height_mm / layout.size.height_mm;
    const double text = std::min(wide, high);
    for (auto& item : out.items) {
        // Edges, not widths: boxes that touched still do.
        for (const bool across : {true, false}) {
            const auto span = span_of(item.box_mm, across);
            const double by = across ? wide : high;
            set_span(item.box_mm, across, {tidy_mm(span.start * by), tidy_mm(span.end * by)});
        }
        item.size_pt = std::max(tenths(item.size_pt * text), smallest_text_pt(size));
    }
    return out;
}

// ---- The way back

LayoutDraft::LayoutDraft(Layout layout) : states_{{layout, {}}}, saved_(std::move(layout)) {}

void LayoutDraft::choose(ItemSet set) {
    merge_.clear();
    ItemSet& chosen = states_[at_].chosen;
    chosen.clear();
    for (const auto i : set)
        if (i < now().items.size() && !holds(chosen, i)) chosen.push_back(i);
}

void LayoutDraft::push(State next, std::string merge) {
    if (next.layout == now()) {
        states_[at_].chosen = std::move(next.chosen);
        return;
    }
    states_.resize(at_ + 1);
    if (!merge.empty() && merge == merge_) {
        states_.back() = std::move(next);
    } else {
        states_.push_back(std::move(next));
        ++at_;
    }
    merge_ = std::move(merge);
}

void LayoutDraft::change(Layout next, std::string merge) {
    ItemSet chosen;
    for (const auto i : this->chosen())
        if (i < next.items.size()) chosen.push_back(i);
    push({std::move(next), std::move(chosen)}, std::move(merge));
}

void LayoutDraft::change(Changed next) {
    push({std::move(next.layout), std::move(next.set)}, {});
}

void LayoutDraft::undo() {
    if (can_undo()) --at_;
    merge_.clear();
}

void LayoutDraft::redo() {
    if (can_redo()) ++at_;
    merge_.clear();
}

void LayoutDraft::mark_saved(Layout as_written) {
    states_[at_].layout = as_written;
    saved_ = std::move(as_written);
    merge_.clear();
}

} // namespace diaban::map
