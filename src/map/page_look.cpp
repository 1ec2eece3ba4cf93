#include "map/page_look.hpp"

#include "base/error.hpp"
#include "base/number.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace diaban::map {
namespace {

constexpr double kUnitsPerPoint = 96.0 / 72;

struct Paper {
    std::string_view name;
    double short_mm, long_mm;
};
constexpr std::array<Paper, 5> kPapers{
    {{"a4", 210, 297}, {"a3", 297, 420}, {"a2", 420, 594}, {"a1", 594, 841}, {"a0", 841, 1189}}};

[[noreturn]] void not_understood(std::string_view text) {
    throw base::Error(base::ErrorKind::Usage, "error.page.size", {{"size", std::string(text)}});
}

// "1920x1080" -> both numbers.
std::optional<std::pair<double, double>> two_numbers(std::string_view text) {
    auto middle = text.find('x');
    std::size_t length = 1;
    if (middle == std::string_view::npos) middle = text.find("×"), length = 2;
    if (middle == std::string_view::npos) return std::nullopt;
    const auto a = base::parse_number(text.substr(0, middle), {});
    const auto b = base::parse_number(text.substr(middle + length), {});
    if (!a || !b || *a <= 0 || *b <= 0) return std::nullopt;
    return std::pair(*a, *b);
}

// A sheet that can be painted: at least a few centimetres, at most what PNG and Cairo can hold.
PageSize checked(PageSize size, std::string_view text) {
    constexpr double kLeastDpi = 10, kMostDpi = 2400;
    constexpr double kLeast_mm = 10, kLeast_px = 64, kMost_px = 32000;
    // Whole pixels: a side of 64 comes back from millimetres as a little less.
    const double longest = std::round(std::max(size.width_px(), size.height_px()));
    const double shortest = std::round(std::min(size.width_px(), size.height_px()));
    if (size.dpi >= kLeastDpi && size.dpi <= kMostDpi && shortest >= kLeast_px &&
        longest <= kMost_px && std::min(size.width_mm, size.height_mm) >= kLeast_mm)
        return size;
    throw base::Error(base::ErrorKind::Usage, "error.page.unpaintable",
                      {{"size", std::string(text)},
                       {"dpi", size.dpi},
                       {"width", std::round(size.width_px())},
                       {"height", std::round(size.height_px())},
                       {"least", kLeast_px},
                       {"most", kMost_px}});
}

std::optional<PageSize> paper_size(std::string_view words, double dpi) {
    for (const auto& paper : kPapers) {
        if (!words.starts_with(paper.name)) continue;
        auto rest = words.substr(paper.name.size());
        while (!rest.empty() && (rest.front() == ' ' || rest.front() == '-' || rest.front() == ','))
            rest.remove_prefix(1);
        PageSize size;
        size.dpi = dpi > 0 ? dpi : 300;
        if (rest.empty() || rest == "landscape")
            size.width_mm = paper.long_mm, size.height_mm = paper.short_mm;
        else if (rest == "portrait")
            size.width_mm = paper.short_mm, size.height_mm = paper.long_mm;
        else
            return std::nullopt;
        return size;
    }
    return std::nullopt;
}

} // namespace

PageSize parse_page_size(std::string_view text, double dpi) {
    const auto words = base::lower(base::trim(text));
    if (dpi != 0 && !(dpi > 0))
        throw base::Error(base::ErrorKind::Usage, "error.page.dpi", {{"dpi", dpi}});
    if (words == "slide") {
        PageSize size;
        size.width_mm = 40.0 / 3 * kMmPerInch;
        size.height_mm = 7.5 * kMmPerInch;
        size.dpi = dpi > 0 ? dpi : 144;
        size.slide = true;
        return checked(size, text);
    }
    if (const auto paper = paper_size(words, dpi)) return checked(*paper, text);
    if (words.size() > 2) {
        const auto numbers = two_numbers(std::string_view(words).substr(0, words.size() - 2));
        const auto unit = std::string_view(words).substr(words.size() - 2);
        PageSize size;
        if (numbers && unit == "px") {
            size.dpi = dpi > 0 ? dpi : 96;
            size.width_mm = std::round(numbers->first) / size.dpi * kMmPerInch;
            size.height_mm = std::round(numbers->second) / size.dpi * kMmPerInch;
            return checked(size, text);
        }
        if (numbers && unit == "mm") {
            size.dpi = dpi > 0 ? dpi : 300;
            size.width_mm = numbers->first;
            size.height_mm = numbers->second;
            return checked(size, text);
        }
    }
    not_understood(text);
}

PageLook page_look(const PageSize& size) {
    PageLook look{};
    look.width = size.width_mm / kMmPerInch * 96;
    look.height = size.height_mm / kMmPerInch * 96;
    const double short_mm = std::min(size.width_mm, size.height_mm);
    look.scale = std::clamp(std::pow(short_mm / 210, 0.8), 0.4, 4.0);
    if (size.slide) look.scale *= 1.4; // read from the back of a room
    look.smallest = (size.slide ? 14 : 7) * kUnitsPerPoint;
    const auto points = [&](double paper, double slide) {
        const double pt = size.slide ? slide : paper * look.scale;
        return std::max(pt * kUnitsPerPoint, look.smallest);
    };
    look.title = points(20, 28);
    look.subtitle = points(11.5, 17);
    look.heading = points(10.5, 16);
    look.body = points(9.5, 15);
    look.small = points(7.8, 14);
    look.label = points(7.4, 14);
    look.margin = 0.045 * std::min(look.width, look.height) + 6;
    look.gap = 16 * look.scale;
    return look;
}

} // namespace diaban::map
