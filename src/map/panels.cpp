#include "map/panels.hpp"

#include "base/number.hpp"
#include "map/furniture.hpp"

#include <algorithm>
#include <cmath>

namespace diaban::map {
namespace {

constexpr std::size_t kMostWithNames = 4;          // maps; names on more of them would be a clutter
constexpr double kSwatch = 1.1, kDiscSwatch = 1.5; // width beside a count, in small texts

} // namespace

Panels::Panels(const Page& page, const PageLook& look, const Typesetter& typesetter)
    : page_(page), look_(look), typesetter_(typesetter) {}

double Panels::caption_height(std::size_t panel, double width) const {
    Text caption{page_.panels[panel].caption, look_.body, true};
    caption.wrap = width;
    return typesetter_.measure(caption).height;
}

double Panels::swatch_width(const LegendEntry& entry) const {
    return look_.small * (entry.disc_px > 0 ? kDiscSwatch : kSwatch);
}

// The rows that any unit of the map is in, from left to right, in as many lines as it takes.
std::vector<Panels::Chip> Panels::chips_of(std::size_t panel, double width, double& height) const {
    const base::NumberStyle numbers{page_.text.decimal, page_.text.group};
    const double gap = look_.small * 0.35;
    std::vector<Chip> out;
    double x = 0, y = 0, line = 0;
    const auto& entries = page_.panels[panel].style.entries;
    for (std::size_t e = 0; e < entries.size(); ++e) {
        if (entries[e].role == LegendEntry::Role::Around || entries[e].count == 0) continue;
        Text count{base::format_count(static_cast<std::int64_t>(entries[e].count), numbers),
                   look_.small};
        const auto size = typesetter_.measure(count);
        const double wide = swatch_width(entries[e]) + gap + size.width;
        if (x > 0 && x + wide > width) x = 0, y += line;
        out.push_back({e, std::move(count), x, y, wide});
        x += wide + 2.2 * gap;
        line = std::max(line, size.height);
    }
    height = out.empty() ? 0 : y + line;
    return out;
}

double Panels::text_height(double width) const {
    double caption = 0, counts = 0;
    for (std::size_t p = 0; p < page_.panels.size(); ++p) {
        double height = 0;
        chips_of(p, width, height);
        caption = std::max(caption, caption_height(p, width));
        counts = std::max(counts, height);
    }
    return caption + counts;
}

Rect Panels::arrange(const Rect& box, const geo::Box& extent) {
    extent_ = extent;
    const std::size_t n = page_.panels.size();
    const double gap = look_.gap * 0.6;
    double best = -1;
    for (std::size_t columns = 1; columns <= n; ++columns) {
        const std::size_t rows = (n + columns - 1) / columns;
        const auto part = [&](double all, std::size_t parts) {
            return (all - gap * static_cast<double>(parts - 1)) / static_cast<double>(parts);
        };
        const double width = part(box.width, columns), cell = part(box.height, rows);
        // A cell that is narrower than a number holds no counts.
        if (width < look_.small * 5) continue;
        const double below = text_height(width);
        const double scale = std::min(width / std::max(extent.width(), 1.0),
                                      (cell - below) / std::max(extent.height(), 1.0));
        if (scale <= best) continue;
        best = scale;
        columns_ = columns;
        below_ = below;
        cells_.clear();
        for (std::size_t p = 0; p < n; ++p)
            cells_.push_back({box.x + static_cast<double>(p % columns) * (width + gap),
                              box.y + static_cast<double>(p / columns) * (cell + gap), width,
                              cell});
    }
    maps_.clear();
    for (const auto& cell : cells_)
        maps_.push_back({cell.x, cell.y, cell.width, cell.height - below_});
    // None has room: whoever asked sees a map without height.
    return maps_.empty() ? Rect{box.x, box.y, 0, 0} : maps_.front();
}

void Panels::draw() {
    for (std::size_t p = 0; p < maps_.size(); ++p) {
        auto small = std::make_unique<Small>();
        small->page = page_;
        small->page.panels.clear();
        small->page.far.clear(); // little maps in small maps would be too small
        small->page.scene.style = page_.panels[p].style;
        small->page.scene.symbols = page_.panels[p].symbols;
        small->page.scene.theme = page_.panels[p].theme;
        // Each has moved its circles in its own way; the frame is that of all.
        if (small->page.scene.theme && small->page.scene.theme->kind == MapKind::Cartogram)
            small->page.extent = extent_;
        if (page_.panels.size() > kMostWithNames)
            small->page.district_labels = small->page.place_labels = small->page.line_labels =
                false;
        small->layout.emplace(small->page, typesetter_, MapPart{maps_[p]});
        small_.push_back(std::move(small));
    }
}

bool Panels::contested() const {
    return std::any_of(small_.begin(), small_.end(),
                       [](const auto& small) { return small->layout->contested(); });
}

void Panels::paint_chip(Canvas& canvas, const LegendEntry& entry, const Chip& chip,
                        geo::Point at) const {
    const double height = typesetter_.measure(chip.count).height;
    const double side = look_.small * 0.85, wide = swatch_width(entry);
    const geo::Point count_at{at.x + chip.x + wide + look_.small * 0.35, at.y + chip.y};
    if (entry.disc_px > 0 && !entry.outline_only) {
        // As large beside the others as on the maps; the largest as high as the line.
        double largest = 0;
        for (const auto& one : page_.scene.style.entries) largest = std::max(largest, one.disc_px);
        const auto look = disc_look(entry, MapKind::Symbols);
        const double across = wide * entry.disc_px / std::max(largest, entry.disc_px);
        const auto disc =
            circle({at.x + chip.x + wide / 2, at.y + chip.y + height / 2}, across / 2);
        canvas.fill(disc, look.fill);
        if (entry.hatch != Hatch::None) canvas.stroke(disc, {look.edge, look_.scale, 1, 0});
        canvas.text(chip.count, count_at);
        return;
    }
    const auto shape = rounded_rectangle(
        {at.x + chip.x, at.y + chip.y + (height - side) / 2, wide, side}, look_.scale);
    if (!entry.outline_only) canvas.fill(shape, entry.colour);
    canvas.hatch(shape, entry.hatch, hatch_look(entry, look_.scale));
    if (entry.outline_only || !dark(entry.colour))
        canvas.stroke(shape,
                      {kAbsent, 0.5 * look_.scale, 1, entry.outline_only ? 2.5 * look_.scale : 0});
    canvas.text(chip.count, count_at);
}

void Panels::paint(Canvas& canvas, base::JobContext& ctx) const {
    for (std::size_t p = 0; p < small_.size(); ++p) {
        canvas.begin_layer("panel", page_.panels[p].caption);
        small_[p]->layout->paint_map(canvas, ctx);
        Text caption{page_.panels[p].caption, look_.body, true};
        caption.wrap = cells_[p].width;
        const geo::Point at{cells_[p].x, maps_[p].bottom()};
        canvas.text(caption, at);
        double height = 0;
        const double y = at.y + typesetter_.measure(caption).height;
        for (const auto& chip : chips_of(p, cells_[p].width, height))
            paint_chip(canvas, page_.panels[p].style.entries[chip.entry], chip, {at.x, y});
        canvas.end_layer();
    }
}

} // namespace diaban::map
