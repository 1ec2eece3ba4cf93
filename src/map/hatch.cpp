#include "map/hatch.hpp"

#include <algorithm>
#include <cmath>

namespace diaban::map {
namespace {

// Lines of one direction across the box, at multiples of the spacing from the page's corner, so
// that the hatch runs on from one unit to the next.
void add_lines(Path& path, const Rect& box, double spacing, double dx, double dy) {
    // Each line is n . p = c with the unit normal n; c runs over multiples of the spacing.
    const double nx = -dy, ny = dx;
    double low = 1e300, high = -1e300, from = 1e300, to = -1e300;
    for (const double x : {box.x, box.right()})
        for (const double y : {box.y, box.bottom()}) {
            low = std::min(low, nx * x + ny * y), high = std::max(high, nx * x + ny * y);
            from = std::min(from, dx * x + dy * y), to = std::max(to, dx * x + dy * y);
        }
    // Starts are multiples of the spacing as well, so that dots stand on a fixed grid.
    from = std::floor(from / spacing) * spacing;
    for (double i = std::ceil(low / spacing); i * spacing <= high; ++i) {
        const double c = i * spacing;
        path.begin();
        path.add({nx * c + dx * from, ny * c + dy * from});
        path.add({nx * c + dx * to, ny * c + dy * to});
    }
}

} // namespace

bool dark(Colour c) {
    return 0.299 * c.r + 0.587 * c.g + 0.114 * c.b < 140;
}

HatchLook hatch_look(const LegendEntry& entry, double scale) {
    HatchLook look;
    look.spacing *= scale;
    look.width *= scale;
    const bool empty = entry.role != LegendEntry::Role::Class;
    if (empty)
        look.colour = {0x8A, 0x8A, 0x8A};
    else
        look.colour =
            dark(entry.colour) ? Colour{255, 255, 255, 150} : Colour{0x23, 0x26, 0x2B, 110};
    return look;
}

double dot_spacing(Hatch hatch, const HatchLook& look) {
    return hatch == Hatch::FineDots ? look.spacing * 0.75 : look.spacing;
}
double dot_size(Hatch hatch, const HatchLook& look) {
    return hatch == Hatch::FineDots ? look.width : look.width * 1.7;
}

Path hatch_lines(Hatch hatch, const HatchLook& look, const Rect& box) {
    Path path;
    path.closed = false;
    const double r = std::sqrt(0.5);
    switch (hatch) {
    case Hatch::None:
        break;
    case Hatch::Dots:
    case Hatch::FineDots:
        add_lines(path, box, dot_spacing(hatch, look), 1, 0);
        break;
    case Hatch::Diagonal:
        add_lines(path, box, look.spacing, r, -r);
        break;
    case Hatch::BackDiagonal:
        add_lines(path, box, look.spacing, r, r);
        break;
    case Hatch::Cross:
        add_lines(path, box, look.spacing, r, -r);
        add_lines(path, box, look.spacing, r, r);
        break;
    case Hatch::Horizontal:
        add_lines(path, box, look.spacing, 1, 0);
        break;
    case Hatch::Vertical:
        add_lines(path, box, look.spacing, 0, 1);
        break;
    }
    return path;
}

} // namespace diaban::map
