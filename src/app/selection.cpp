#include "app/selection.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <iterator>
#include <unordered_set>

namespace diaban::app {
namespace {

template <class Inside> Faces faces_where(const geo::Coverage& coverage, Inside inside) {
    Faces out;
    const auto faces = coverage.faces();
    for (std::size_t i = 0; i < faces.size(); ++i)
        if (faces[i].ring_count > 0 && inside(faces[i].label_at))
            out.push_back(static_cast<geo::FaceId>(i));
    return out;
}

} // namespace

Faces combined(const Faces& now, Faces chosen, Combine how) {
    std::sort(chosen.begin(), chosen.end());
    chosen.erase(std::unique(chosen.begin(), chosen.end()), chosen.end());
    if (how == Combine::Replace) return chosen;
    Faces out;
    if (how == Combine::Add)
        std::set_union(now.begin(), now.end(), chosen.begin(), chosen.end(),
                       std::back_inserter(out));
    else
        std::set_difference(now.begin(), now.end(), chosen.begin(), chosen.end(),
                            std::back_inserter(out));
    return out;
}

Faces inverted(const Faces& now, std::size_t units) {
    Faces out;
    auto at = now.begin();
    for (std::size_t i = 0; i < units; ++i) {
        const auto face = static_cast<geo::FaceId>(i);
        if (at != now.end() && *at == face)
            ++at;
        else
            out.push_back(face);
    }
    return out;
}

Faces faces_in_box(const geo::Coverage& coverage, const geo::Box& box) {
    return faces_where(coverage, [&](geo::Point p) { return box.contains(p); });
}

Faces faces_in_polygon(const geo::Coverage& coverage, std::span<const geo::Point> polygon) {
    if (polygon.size() < 3) return {};
    geo::Box box;
    for (const auto& p : polygon) box.add(p);
    return faces_where(coverage, [&](geo::Point p) {
        if (!box.contains(p)) return false;
        bool inside = false;
        for (std::size_t i = 0, j = polygon.size() - 1; i < polygon.size(); j = i++) {
            const auto a = polygon[i], b = polygon[j];
            if ((a.y > p.y) != (b.y > p.y) && p.x < a.x + (b.x - a.x) * (p.y - a.y) / (b.y - a.y))
                inside = !inside;
        }
        return inside;
    });
}

Faces faces_in_circle(const geo::Coverage& coverage, geo::Point centre, double radius) {
    return faces_where(coverage, [&](geo::Point p) {
        const double dx = p.x - centre.x, dy = p.y - centre.y;
        return dx * dx + dy * dy <= radius * radius;
    });
}

Faces faces_of_entry(const map::Style& style, std::size_t entry) {
    Faces out;
    for (std::size_t i = 0; i < style.entry_of.size(); ++i)
        if (style.entry_of[i] == entry) out.push_back(static_cast<geo::FaceId>(i));
    return out;
}

std::vector<std::size_t> counts_in(const map::Style& style, const data::Vintage& vintage,
                                   data::Level level, std::size_t group) {
    std::vector<std::size_t> counts(style.entries.size());
    const auto& parent = vintage.units.parent[static_cast<std::size_t>(level)];
    const auto faces = vintage.coverage->faces();
    for (std::size_t i = 0; i < style.entry_of.size() && i < parent.size(); ++i)
        if (parent[i] == group && i < faces.size() && faces[i].ring_count > 0)
            ++counts[style.entry_of[i]];
    return counts;
}

NamedSet named_set(std::string name, const Faces& faces, const data::UnitTable& units) {
    NamedSet set{std::move(name), {}};
    for (const auto face : faces)
        if (face < units.size()) set.codes.push_back(units.code[face]);
    return set;
}

Faces faces_of_set(const NamedSet& set, const data::UnitTable& units) {
    const std::unordered_set<std::string> codes(set.codes.begin(), set.codes.end());
    Faces out;
    for (std::size_t i = 0; i < units.size(); ++i)
        if (codes.contains(units.code[i])) out.push_back(static_cast<geo::FaceId>(i));
    return out;
}

Faces faces_of_codes(const std::vector<data::UnitCode>& codes, const data::UnitTable& units) {
    constexpr std::size_t kNamed = 5;
    const std::unordered_set<std::string> known(units.code.begin(), units.code.end());
    std::vector<std::string> unknown;
    for (const auto& code : codes)
        if (!known.contains(code)) unknown.push_back(code);
    if (unknown.empty()) return faces_of_set({{}, codes}, units);
    const auto near = base::nearest(unknown.front(), units.code);
    std::vector<std::string> examples = near.empty() ? units.code : near;
    if (examples.size() > 3) examples.resize(3);
    const bool more = unknown.size() > kNamed;
    if (more) unknown.resize(kNamed);
    throw base::Error(base::ErrorKind::Usage, "error.select.unknown",
                      {{"codes", base::joined(unknown) + (more ? " …" : "")},
                       {"guess", std::int64_t{near.empty() ? 0 : 1}},
                       {"known", base::joined(examples)}});
}

} // namespace diaban::app
