#include "map/theme.hpp"

#include "base/error.hpp"
#include "geo/contiguity.hpp"
#include "geo/face_shapes.hpp"
#include "map/dorling.hpp"
#include "map/dot_places.hpp"
#include "map/hatch.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numbers>

namespace diaban::map {
namespace {

constexpr double kSymbolOpacity = 0.8, kEstimateOpacity = 0.35;
constexpr double kEmptyPart = 0.3; // of a unit of mean area: circles of units without a value

std::vector<Disc> circles(const Theme& theme, const data::Vintage& vintage) {
    const auto source = geo::source_of(*vintage.coverage);
    const auto faces = vintage.coverage->faces();
    std::vector<Disc> out;
    for (std::size_t i = 0; i < faces.size() && i < theme.amount.size(); ++i) {
        if (!(theme.amount[i] > 0) || faces[i].ring_count == 0) continue;
        const double across = theme.kind == MapKind::Graduated
                                  ? theme.amount[i]
                                  : symbol_diameter(theme, theme.amount[i]);
        out.push_back({geo::label_of(source, faces[i]), across / 2, static_cast<geo::FaceId>(i)});
    }
    return out;
}

ThemeShapes cartogram(const Theme& theme, const Style& style, const data::Vintage& vintage,
                      base::JobContext& ctx) {
    const auto& coverage = *vintage.coverage;
    // Of a sheet of an atlas only its own units; they push none of their neighbours about.
    const auto around = [&](geo::FaceId f) {
        return f < style.entry_of.size() &&
               style.entries[style.entry_of[f]].role == LegendEntry::Role::Around;
    };
    bool whole = true;
    const auto source = geo::source_of(coverage);
    double land = 0;
    std::size_t drawn = 0;
    for (const auto& face : coverage.faces())
        if (face.ring_count > 0) land += face.area_m2, ++drawn;
    const double typical =
        drawn > 0 ? std::sqrt(land / static_cast<double>(drawn) / std::numbers::pi) : 0;
    ThemeShapes out;
    out.in_metres = true;
    std::vector<geo::Point> at;
    std::vector<double> radius;
    std::vector<std::uint32_t> row(coverage.face_count(), geo::kOutside);
    for (geo::FaceId f = 0; f < coverage.face_count(); ++f) {
        if (around(f)) whole = false;
        if (coverage.faces()[f].ring_count == 0 || around(f)) continue;
        row[f] = static_cast<std::uint32_t>(out.discs.size());
        const double amount = f < theme.amount.size() ? theme.amount[f] : 0;
        const double r = amount > 0 ? std::sqrt(amount * theme.m2_per_amount / std::numbers::pi)
                                    : kEmptyPart * typical;
        out.discs.push_back({geo::label_of(source, coverage.faces()[f]), r, f});
        at.push_back(out.discs.back().at);
        radius.push_back(r);
    }
    const auto all = geo::neighbours(coverage, geo::Contiguity::Rook);
    std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
    for (geo::FaceId f = 0; f < coverage.face_count(); ++f)
        for (const auto g : all.row(f))
            if (f < g && row[f] != geo::kOutside && row[g] != geo::kOutside)
                pairs.emplace_back(row[f], row[g]);
    if (whole) out.box = coverage.main_box(); // the land below is seen whole
    const auto placed = dorling(std::move(at), radius, pairs, ctx);
    for (std::size_t d = 0; d < out.discs.size(); ++d) {
        auto& disc = out.discs[d];
        disc.at = placed[d];
        out.box.add(geo::Box{disc.at.x, disc.at.y, disc.at.x, disc.at.y}.grown(disc.radius));
    }
    return out;
}

} // namespace

std::string_view to_string(MapKind kind) {
    return kMapKinds[static_cast<std::size_t>(kind)];
}

std::optional<MapKind> parse_map_kind(std::string_view word) {
    const auto at = std::find(kMapKinds.begin(), kMapKinds.end(), word);
    if (at == kMapKinds.end()) return std::nullopt;
    return static_cast<MapKind>(at - kMapKinds.begin());
}

double symbol_diameter(const Theme& theme, double amount) {
    if (!(theme.largest > 0) || !(amount > 0)) return 0;
    return theme.largest_px * std::sqrt(amount / theme.largest);
}

std::size_t dots_of(double amount, double dot_value) {
    if (!(dot_value > 0) || !(amount > 0)) return 0;
    return static_cast<std::size_t>(std::floor(amount / dot_value + 0.5));
}

std::optional<geo::FaceId> ThemeShapes::unit_at(geo::Point p) const {
    if (!in_metres) return std::nullopt;
    for (const auto& disc : discs) {
        const double dx = p.x - disc.at.x, dy = p.y - disc.at.y;
        if (dx * dx + dy * dy <= disc.radius * disc.radius) return disc.unit;
    }
    return std::nullopt;
}

ThemeShapes theme_shapes(const Theme& theme, const Style& style, const data::Vintage& vintage,
                         base::JobContext& ctx) {
    if (theme.kind == MapKind::Choropleth || theme.kind == MapKind::Bivariate) return {};
    ThemeShapes out;
    if (theme.kind == MapKind::Cartogram)
        out = cartogram(theme, style, vintage, ctx);
    else if (theme.kind == MapKind::Dots)
        out.discs = place_dots(theme, vintage, ctx);
    else
        out.discs = circles(theme, vintage);
    // A small circle lies on a large one; those of one unit stay together.
    std::stable_sort(out.discs.begin(), out.discs.end(), [](const Disc& a, const Disc& b) {
        return a.radius != b.radius ? a.radius > b.radius : a.unit < b.unit;
    });
    std::erase_if(out.discs, [&](const Disc& disc) { return disc.unit >= style.entry_of.size(); });
    return out;
}

Style ground_style(const Style& style, const Theme& theme) {
    Style out = style;
    for (auto& entry : out.entries) {
        if (entry.role == LegendEntry::Role::Around) continue; // stands aside as on all maps
        const bool all = theme.kind == MapKind::Cartogram;
        if (!all && (!entry.over_land || entry.outline_only)) continue;
        entry.colour = kOtherLand;
        entry.hatch = Hatch::None;
        entry.letter.clear();
        entry.outline_only = false;
    }
    return out;
}

DiscLook disc_look(const LegendEntry& entry, MapKind kind) {
    constexpr Colour kWhite{255, 255, 255};
    if (entry.outline_only) return {{255, 255, 255, 0}, {0x8A, 0x90, 0x99}, true};
    DiscLook look{entry.colour, dark(entry.colour) ? kWhite : Colour{0x6B, 0x72, 0x7B}, false};
    if (entry.role != LegendEntry::Role::Class || kind == MapKind::Cartogram) return look;
    look.edge = kWhite;
    const bool estimate = entry.hatch != Hatch::None;
    look.fill.a = static_cast<std::uint8_t>(255 * (estimate ? kEstimateOpacity : kSymbolOpacity));
    if (estimate) look.edge = entry.colour;
    return look;
}

Colour pair_colour(std::size_t first, std::size_t second) {
    // From low to high of the first; rows from low to high of the second.
    static constexpr std::array<std::array<Colour, 3>, 3> kColours{{
        {{{0xFE, 0xF1, 0xE4}, {0x97, 0xD0, 0xE7}, {0x18, 0xAE, 0xE5}}},
        {{{0xFA, 0xB1, 0x86}, {0xB0, 0x98, 0x8C}, {0x40, 0x7B, 0x8F}}},
        {{{0xF3, 0x74, 0x2D}, {0xAB, 0x5F, 0x37}, {0x5C, 0x47, 0x3D}}},
    }};
    return kColours[std::min<std::size_t>(second, 2)][std::min<std::size_t>(first, 2)];
}

Hatch pair_hatch(std::size_t first, std::size_t second) {
    if (second > first) return Hatch::BackDiagonal;
    // The middle one is as grey as the highest of the first with the lowest of the second.
    return first == 1 && second == 1 ? Hatch::Dots : Hatch::None;
}

bool white_on(Colour c) {
    constexpr double kMiddle = 120; // black reads better from here on, at the sizes of numbers
    return 0.299 * c.r + 0.587 * c.g + 0.114 * c.b < kMiddle;
}

std::optional<std::pair<std::size_t, std::size_t>> pair_cell(const LegendEntry& entry) {
    constexpr std::string_view kPair = "pair:";
    const std::string_view key = entry.key;
    if (!key.starts_with(kPair) || key.size() != kPair.size() + 3) return std::nullopt;
    const auto digit = [&](std::size_t at) { return static_cast<std::size_t>(key[at] - '1'); };
    return std::pair(digit(kPair.size()), digit(kPair.size() + 2));
}

void check_theme(const Theme& theme, const Style& style, std::span<const geo::Face> faces) {
    if (theme.kind == MapKind::Choropleth || theme.kind == MapKind::Bivariate) return;
    std::size_t told = 0, drawn = 0;
    bool agrees = theme.amount.size() == style.entry_of.size();
    for (std::size_t i = 0; agrees && i < faces.size(); ++i) {
        if (faces[i].ring_count == 0) continue;
        const auto& entry = style.entries[style.entry_of[i]];
        const bool has = theme.amount[i] > 0;
        // Of a cartogram every unit has a circle, those without a value a small one.
        const bool says = theme.kind == MapKind::Cartogram
                              ? has && entry.role == LegendEntry::Role::Class
                              : entry.over_land && !entry.outline_only;
        told += says, drawn += has;
        agrees = says == has;
    }
    if (!agrees)
        throw base::Error(base::ErrorKind::Data, "error.legend.disagrees",
                          {{"legend", static_cast<std::int64_t>(told)},
                           {"units", static_cast<std::int64_t>(drawn)}});
}

} // namespace diaban::map
