#include "map/layout.hpp"

#include "base/error.hpp"
#include "base/number.hpp"

#include <algorithm>
#include <cmath>

namespace diaban::map {
namespace {

using base::Error;
using base::ErrorKind;

constexpr double kOnSheet = 0.01; // mm that a box may reach beyond the sheet: rounding
constexpr double kTouch = 0.05;   // mm that boxes may share

bool writes(ItemKind kind) {
    switch (kind) {
    case ItemKind::Map:
    case ItemKind::NorthArrow:
    case ItemKind::Picture:
    case ItemKind::Locator:
    case ItemKind::Frame:
    case ItemKind::Rule:
        return false;
    default:
        return true;
    }
}

bool needs_map(ItemKind kind) {
    return kind == ItemKind::ScaleBar || kind == ItemKind::NorthArrow ||
           kind == ItemKind::Locator || kind == ItemKind::Offshore;
}

bool overlap(const Rect& a, const Rect& b) {
    return std::min(a.right(), b.right()) - std::max(a.x, b.x) > kTouch &&
           std::min(a.bottom(), b.bottom()) - std::max(a.y, b.y) > kTouch;
}

bool may_meet(const LayoutItem& a, const LayoutItem& b) {
    const auto drawn_around = [](ItemKind kind) {
        return kind == ItemKind::Frame || kind == ItemKind::Rule;
    };
    if (drawn_around(a.kind) || drawn_around(b.kind)) return true;
    return (a.kind == ItemKind::Map && stands_on_map(b.kind)) ||
           (b.kind == ItemKind::Map && stands_on_map(a.kind));
}

const LayoutItem* named(const Layout& layout, const std::string& id) {
    const auto at = std::find_if(layout.items.begin(), layout.items.end(),
                                 [&](const LayoutItem& item) { return item.id == id; });
    return id.empty() || at == layout.items.end() ? nullptr : &*at;
}

// Whether `later` has the place of `earlier`, or of what stands there instead of it.
bool stands_instead(const Layout& layout, const LayoutItem& later, const LayoutItem& earlier) {
    // No chain is longer than the items, whatever a file says.
    const auto* one = &later;
    for (std::size_t i = 0; one && i <= layout.items.size(); ++i) {
        if (one->params.instead_of == earlier.id) return true;
        one = named(layout, one->params.instead_of);
    }
    return false;
}

// Only what may have nothing to show leaves its place to others; that is known once it is laid out.
void check_references(const Layout& layout, std::size_t i) {
    const auto& item = layout.items[i];
    for (const auto& id : {item.params.instead_of, item.params.grow_over}) {
        if (id.empty()) continue;
        const auto* other = named(layout, id);
        const bool before = other && other < &item;
        if (!before || (other->kind != ItemKind::Table && other->kind != ItemKind::Chart))
            throw Error(ErrorKind::Data, "error.layout.refers",
                        {{"item", item.id}, {"other", id}});
    }
}

// A box that may grow is nowhere over a third item.
void check_grown(const Layout& layout, const LayoutItem& item) {
    const auto* grown = named(layout, item.params.grow_over);
    if (!grown) return;
    const auto box = around(item.box_mm, grown->box_mm);
    for (const auto& other : layout.items)
        if (&other != &item && &other != grown && !stands_instead(layout, other, item) &&
            !stands_instead(layout, item, other) && !stands_instead(layout, other, *grown) &&
            overlap(box, other.box_mm) && !may_meet(item, other))
            throw Error(ErrorKind::Data, "error.layout.overlap",
                        {{"item", item.id}, {"other", other.id}});
}

void check_box(const LayoutItem& item, const PageSize& size) {
    const auto& box = item.box_mm;
    const bool line = item.kind == ItemKind::Rule;
    const double least = line ? 0 : 1;
    const bool fits = box.width >= least && box.height >= least && box.x >= -kOnSheet &&
                      box.y >= -kOnSheet && box.right() <= size.width_mm + kOnSheet &&
                      box.bottom() <= size.height_mm + kOnSheet;
    if (!fits)
        throw Error(ErrorKind::Data, "error.layout.box",
                    {{"item", item.id}, {"width", size.width_mm}, {"height", size.height_mm}});
    if (line && (box.width > 0) == (box.height > 0))
        throw Error(ErrorKind::Data, "error.layout.rule", {{"item", item.id}});
}

void check_text(const LayoutItem& item, const PageSize& size) {
    const double least = smallest_text_pt(size);
    if (writes(item.kind) && item.size_pt < least)
        throw Error(ErrorKind::Data, "error.layout.small",
                    {{"item", item.id}, {"size", item.size_pt}, {"least", least}});
}

void check_params(const LayoutItem& item) {
    const auto& p = item.params;
    if (item.kind == ItemKind::Table && p.show != "top" && p.show != "targets" &&
        p.show != "transitions")
        throw Error(ErrorKind::Data, "error.layout.table_kind",
                    {{"item", item.id}, {"show", p.show}});
    if (item.kind == ItemKind::Picture && p.file.empty())
        throw Error(ErrorKind::Data, "error.layout.no_file", {{"item", item.id}});
    if (item.kind == ItemKind::Offshore && p.names.empty())
        throw Error(ErrorKind::Data, "error.layout.no_names", {{"item", item.id}});
}

} // namespace

std::string_view to_string(ItemKind kind) {
    return kItemKinds[static_cast<std::size_t>(kind)];
}

bool operator==(const LayoutItem& a, const LayoutItem& b) {
    const auto box = [](const LayoutItem& i) {
        return std::array{i.box_mm.x, i.box_mm.y, i.box_mm.width, i.box_mm.height, i.size_pt};
    };
    return a.id == b.id && a.kind == b.kind && box(a) == box(b) && a.text == b.text &&
           a.bold == b.bold && a.align == b.align && a.valign == b.valign && a.colour == b.colour &&
           a.params == b.params;
}

bool operator==(const Layout& a, const Layout& b) {
    return a.id == b.id && a.name == b.name && a.size.width_mm == b.size.width_mm &&
           a.size.height_mm == b.size.height_mm && a.size.dpi == b.size.dpi &&
           a.size.slide == b.size.slide && a.items == b.items;
}

double smallest_text_pt(const PageSize& size) {
    return size.slide ? 14 : 7;
}

bool stands_on_map(ItemKind kind) {
    return needs_map(kind) || kind == ItemKind::Banner || kind == ItemKind::Notice;
}

Rect around(const Rect& a, const Rect& b) {
    const double x = std::min(a.x, b.x), y = std::min(a.y, b.y);
    return {x, y, std::max(a.right(), b.right()) - x, std::max(a.bottom(), b.bottom()) - y};
}

bool lie_over(const Layout& layout, const LayoutItem& a, const LayoutItem& b) {
    return overlap(a.box_mm, b.box_mm) && !may_meet(a, b) && !stands_instead(layout, a, b) &&
           !stands_instead(layout, b, a);
}

std::vector<Error> layout_faults(const Layout& layout) {
    std::vector<Error> out;
    const auto note = [&](const auto& check) {
        try {
            check();
        } catch (const Error& error) {
            out.push_back(error);
        }
    };
    std::size_t maps = 0;
    for (const auto& item : layout.items) maps += item.kind == ItemKind::Map;
    if (maps > 1) out.emplace_back(ErrorKind::Data, "error.layout.maps", base::Args{});
    for (std::size_t i = 0; i < layout.items.size(); ++i) {
        const auto& item = layout.items[i];
        note([&] { check_box(item, layout.size); });
        note([&] { check_text(item, layout.size); });
        note([&] { check_params(item); });
        note([&] { check_references(layout, i); });
        if (maps == 0 && needs_map(item.kind))
            out.emplace_back(ErrorKind::Data, "error.layout.no_map", base::Args{{"item", item.id}});
        for (std::size_t j = 0; j < i; ++j) {
            const auto& other = layout.items[j];
            if (other.id == item.id)
                out.emplace_back(ErrorKind::Data, "error.layout.twice",
                                 base::Args{{"item", item.id}});
            if (lie_over(layout, item, other))
                out.emplace_back(ErrorKind::Data, "error.layout.overlap",
                                 base::Args{{"item", item.id}, {"other", other.id}});
        }
    }
    for (const auto& item : layout.items) note([&] { check_grown(layout, item); });
    return out;
}

void check_layout(const Layout& layout) {
    const auto faults = layout_faults(layout);
    if (!faults.empty()) throw faults.front();
}

} // namespace diaban::map
