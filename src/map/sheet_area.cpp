#include "map/sheet_area.hpp"

#include "geo/face_shapes.hpp"

namespace diaban::map {
namespace {

// Neither the look of a zero nor of what a query leaves out.
constexpr Colour kAround{0xE3, 0xE6, 0xEA};

} // namespace

SheetArea area_of(const data::Vintage& vintage, const std::vector<geo::FaceId>& units,
                  std::optional<data::Level> level) {
    SheetArea out;
    out.inside.assign(vintage.coverage->face_count(), false);
    for (const auto unit : units) out.inside[unit] = true;
    out.level = level;
    out.box = geo::main_box_of(*vintage.coverage, units);
    return out;
}

Style style_within(Style style, const SheetArea& area, std::span<const geo::Face> faces) {
    LegendEntry around;
    around.role = LegendEntry::Role::Around;
    around.key = "around";
    around.colour = kAround;
    const auto last = static_cast<std::uint16_t>(style.entries.size());
    style.entries.push_back(std::move(around));
    for (auto& entry : style.entries) entry.count = 0;
    for (std::size_t unit = 0; unit < style.entry_of.size(); ++unit) {
        if (!area.inside[unit]) style.entry_of[unit] = last;
        if (faces[unit].ring_count > 0) ++style.entries[style.entry_of[unit]].count;
    }
    return style;
}

std::shared_ptr<const Theme> theme_within(std::shared_ptr<const Theme> theme,
                                          const SheetArea& area) {
    if (!theme) return theme;
    auto out = std::make_shared<Theme>(*theme);
    for (std::size_t unit = 0; unit < out->amount.size(); ++unit)
        if (!area.inside[unit]) out->amount[unit] = 0;
    return out;
}

std::vector<Label> sheet_labels(const data::Vintage& vintage, const SheetArea& area,
                                const geo::Box& view, double size_px) {
    const auto& faces = vintage.coverage->faces();
    std::vector<bool> within(area.inside.size(), false), around(area.inside.size(), false);
    for (std::size_t unit = 0; unit < within.size(); ++unit) {
        if (!faces[unit].box.intersects(view)) continue;
        (area.inside[unit] ? within : around)[unit] = true;
    }
    const bool of_districts =
        area.level == data::Level::Province && vintage.units.has_level(data::Level::District);
    auto out = label_candidates(
        vintage, of_districts ? data::Level::District : data::Level::Commune, size_px, &within);
    if (!area.level) return out;
    for (auto& label : label_candidates(vintage, *area.level, size_px, &around)) {
        label.priority = -1;
        label.bold = false;
        label.colour = kMuted;
        out.push_back(std::move(label));
    }
    return out;
}

} // namespace diaban::map
