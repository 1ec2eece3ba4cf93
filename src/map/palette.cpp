#include "map/palette.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "map/palette_data.hpp"
#include "map/srgb.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>

namespace diaban::map {
namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

std::vector<Colour> parse_row(std::string_view hex) {
    std::vector<Colour> out;
    for (; hex.size() >= 6; hex.remove_prefix(6)) out.push_back(*parse_colour(hex.substr(0, 6)));
    return out;
}

// The published colours for n classes, 3 <= n <= most.
std::vector<Colour> published(const BrewerPalette& palette, int n) {
    std::size_t skipped = 0;
    for (int m = 3; m < n; ++m) skipped += static_cast<std::size_t>(m) * 6;
    return parse_row(palette.colours.substr(skipped, static_cast<std::size_t>(n) * 6));
}

// CIE L*a*b* (D65), where equal steps look equal. Formulas: CIE 15.
using Lab = std::array<double, 3>;
constexpr double kWhite[3] = {0.95047, 1.0, 1.08883};

Lab to_lab(Colour c) {
    const double r = to_linear(c.r), g = to_linear(c.g), b = to_linear(c.b);
    const double xyz[3] = {0.4124564 * r + 0.3575761 * g + 0.1804375 * b,
                           0.2126729 * r + 0.7151522 * g + 0.0721750 * b,
                           0.0193339 * r + 0.1191920 * g + 0.9503041 * b};
    double f[3];
    for (int i = 0; i < 3; ++i) {
        const double t = xyz[i] / kWhite[i];
        f[i] = t > 216.0 / 24389 ? std::cbrt(t) : (24389.0 / 27 * t + 16) / 116;
    }
    return {116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])};
}

Colour from_lab(const Lab& lab) {
    const double fy = (lab[0] + 16) / 116;
    const double f[3] = {fy + lab[1] / 500, fy, fy - lab[2] / 200};
    double xyz[3];
    for (int i = 0; i < 3; ++i) {
        const double cube = f[i] * f[i] * f[i];
        xyz[i] = kWhite[i] * (cube > 216.0 / 24389 ? cube : (116 * f[i] - 16) * 27 / 24389);
    }
    return {from_linear(3.2404542 * xyz[0] - 1.5371385 * xyz[1] - 0.4985314 * xyz[2]),
            from_linear(-0.9692660 * xyz[0] + 1.8760108 * xyz[1] + 0.0415560 * xyz[2]),
            from_linear(0.0556434 * xyz[0] - 0.2040259 * xyz[1] + 1.0572252 * xyz[2])};
}

// n colours equally spaced along `anchors`, ends included.
std::vector<Colour> sample(const std::vector<Colour>& anchors, std::size_t n) {
    std::vector<Colour> out;
    for (std::size_t i = 0; i < n; ++i) {
        const double at =
            n == 1 ? static_cast<double>(anchors.size() - 1) / 2
                   : static_cast<double>(i * (anchors.size() - 1)) / static_cast<double>(n - 1);
        const auto low = std::min(static_cast<std::size_t>(at), anchors.size() - 2);
        const double t = at - static_cast<double>(low);
        if (t == 0) {
            out.push_back(anchors[low]);
            continue;
        }
        const Lab a = to_lab(anchors[low]), b = to_lab(anchors[low + 1]);
        out.push_back(from_lab(
            {a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]), a[2] + t * (b[2] - a[2])}));
    }
    return out;
}

std::vector<Colour> brewer_colours(const BrewerPalette& palette, std::size_t n) {
    const auto most = static_cast<std::size_t>(palette.most);
    if (n >= 3 && n <= most) return published(palette, static_cast<int>(n));
    const auto three = published(palette, 3);
    if (palette.kind == PaletteKind::Qualitative) {
        if (n < 3) return {three.begin(), three.begin() + static_cast<std::ptrdiff_t>(n)};
        // More categories than colours: they repeat; the legend's texts tell them apart.
        const auto all = published(palette, palette.most);
        std::vector<Colour> out;
        for (std::size_t i = 0; i < n; ++i) out.push_back(all[i % all.size()]);
        return out;
    }
    if (n == 1) return {palette.kind == PaletteKind::Sequential ? three[2] : three[1]};
    if (n == 2) return {three[0], three[2]};
    return sample(published(palette, palette.most), n);
}

} // namespace

std::string to_hex(Colour c) {
    if (c.a == 255) return fmt::format("#{:02X}{:02X}{:02X}", c.r, c.g, c.b);
    return fmt::format("#{:02X}{:02X}{:02X}{:02X}", c.r, c.g, c.b, c.a);
}

std::optional<Colour> parse_colour(std::string_view hex) {
    if (!hex.empty() && hex.front() == '#') hex.remove_prefix(1);
    if (hex.size() != 6 && hex.size() != 8) return std::nullopt;
    std::array<std::uint8_t, 4> channel{0, 0, 0, 255};
    for (std::size_t i = 0; i * 2 < hex.size(); ++i) {
        const int high = hex_digit(hex[2 * i]), low = hex_digit(hex[2 * i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        channel[i] = static_cast<std::uint8_t>(high * 16 + low);
    }
    return Colour{channel[0], channel[1], channel[2], channel[3]};
}

const std::vector<Palette>& palettes() {
    static const std::vector<Palette> all = [] {
        std::vector<Palette> out;
        for (const auto& p : brewer_palettes())
            out.push_back({std::string(p.id), p.kind, p.colour_blind_safe});
        for (const auto& p : continuous_palettes())
            out.push_back({std::string(p.id), PaletteKind::Sequential, true});
        return out;
    }();
    return all;
}

std::vector<Colour> palette_colours(std::string_view id, std::size_t n, bool reversed) {
    std::vector<Colour> out;
    bool known = false;
    const auto wanted = base::lower(id);
    for (const auto& p : brewer_palettes())
        if (base::lower(p.id) == wanted) out = brewer_colours(p, n), known = true;
    for (const auto& p : continuous_palettes())
        if (p.id == wanted) out = sample(parse_row(p.colours), n), known = true;
    if (!known) {
        std::vector<std::string> names;
        for (const auto& p : palettes()) names.push_back(p.id);
        const auto near = base::nearest(id, names);
        throw base::Error(
            base::ErrorKind::Usage, "error.palette.unknown",
            {{"palette", std::string(id)},
             {"guess", std::int64_t{near.empty() ? 0 : 1}},
             {"near", fmt::format("{}", fmt::join(near.empty() ? names : near, ", "))}});
    }
    if (reversed) std::reverse(out.begin(), out.end());
    return out;
}

} // namespace diaban::map
