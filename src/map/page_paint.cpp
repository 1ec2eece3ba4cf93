// Painting what PageLayout decided.
#include "map/offshore.hpp"
#include "map/page_layout.hpp"
#include "map/panels.hpp"

#include "geo/thin_line.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace diaban::map {
namespace {

constexpr double kAreaOutline = 1.9; // width of the border of a sheet's area, on A4
// On A4: land smaller than the dot is drawn as one; width of its edge and of other outlines there.
constexpr double kIsletDot = 3.2, kIsletLine = 0.35;
constexpr double kLeaderDot = 1.3; // radius of the end of a line to a number, on A4
constexpr Colour kLightGround{0xFF, 0xFF, 0xFF};

} // namespace

void PageLayout::paint(Canvas& canvas, base::JobContext& ctx) const {
    paint_map(canvas, ctx);
    ctx.check();
    paint_furniture(canvas);
}

void PageLayout::paint_map(Canvas& canvas, base::JobContext& ctx) const {
    if (panels_) return panels_->paint(canvas, ctx);
    canvas.begin_layer("map");
    canvas.clip(frame_.box);
    canvas.begin_layer("units");
    canvas.faces(faces_, look_.scale, ctx);
    canvas.end_layer();
    canvas.begin_layer("borders");
    static constexpr const char* kNames[] = {"communes", "districts", "provinces", "outline"};
    bool absent_painted = false;
    for (const auto& line : lines_) {
        ctx.check();
        if (line.rank != LineRank::Commune && !absent_painted) {
            paint_absent(canvas);
            absent_painted = true;
        }
        canvas.begin_layer(kNames[static_cast<std::size_t>(line.rank)]);
        canvas.stroke(line.path, {line.style.colour, line.style.width_px, line.opacity, 0});
        canvas.end_layer();
    }
    if (!absent_painted) paint_absent(canvas);
    canvas.end_layer();
    if (islets_) paint_islets(canvas);
    if (page_.area) { // it stands out from its neighbours also where its units are pale
        canvas.begin_layer("area");
        canvas.stroke(outline_of(faces_, page_.area->inside),
                      {kText, kAreaOutline * look_.scale, 1, 0});
        canvas.end_layer();
    }
    paint_overlays(canvas, ctx);
    if (page_.scene.theme)
        paint_theme(canvas, *page_.scene.theme, shapes_, page_.scene.style, frame_, look_.scale);
    if (!page_.scene.selected.empty()) {
        canvas.begin_layer("selection");
        Path path;
        for (const auto f : page_.scene.selected)
            if (std::binary_search(faces_.faces.begin(), faces_.faces.end(), f))
                faces_.add_face(f, path);
        canvas.stroke(path, {kSelection, 3 * look_.scale, 1, 0});
        canvas.end_layer();
    }
    paint_leaders(canvas);
    paint_symbols(canvas);
    paint_line_labels(canvas);
    paint_labels(canvas);
    canvas.unclip();
    // Where the map goes on beyond the frame, a hairline says so.
    if (faces_.clipped && !page_.bare)
        canvas.stroke(rectangle(frame_.box), {kRule, 0.8 * look_.scale, 1, 0});
    if (offshore_) offshore_->paint(canvas, ctx, "offshore");
    canvas.end_layer();
}

// Units that did not exist are dashed outlines, over the white lines of their neighbours.
void PageLayout::paint_absent(Canvas& canvas) const {
    for (std::size_t e = 0; e < faces_.entries().size(); ++e) {
        if (!faces_.entries()[e].outline_only) continue;
        canvas.begin_layer("not-existing");
        canvas.stroke(faces_.faces_of_entry(e), {kAbsent, 0.9 * look_.scale, 1, 2.5 * look_.scale});
        canvas.end_layer();
    }
}

// However small a piece of land is on the page, it is seen in its colour: a dot stands for a ring
// that is smaller. One of the dots that would lie over each other.
void PageLayout::paint_islets(Canvas& canvas) const {
    canvas.begin_layer("islets");
    const double dot = kIsletDot * look_.scale;
    const Stroke edge{kProvinceLine, kIsletLine * look_.scale, 1, 0};
    std::set<std::pair<std::int64_t, std::int64_t>> taken;
    for (const auto f : faces_.faces) {
        const auto& entry = faces_.entries()[faces_.entry_of(f)];
        Path land;
        faces_.add_face(f, land);
        Path outlines;
        for (std::size_t r = 0; r < land.runs(); ++r) {
            const auto ring = land.run(r);
            geo::Box box;
            for (const auto& p : ring) box.add(p);
            if (std::max(box.width(), box.height()) > dot) {
                outlines.begin();
                outlines.points.insert(outlines.points.end(), ring.begin(), ring.end());
                continue;
            }
            const auto at = box.centre();
            const auto cell = std::pair(std::llround(at.x / dot), std::llround(at.y / dot));
            if (!taken.emplace(cell).second) continue;
            const auto speck = circle(at, dot / 2);
            if (!entry.outline_only) canvas.fill(speck, entry.colour);
            canvas.stroke(speck, edge);
        }
        if (!outlines.empty()) canvas.stroke(outlines, edge);
    }
    canvas.end_layer();
}

// Lines over the units, thinned to what the page can show; those beside the frame are left out.
void PageLayout::paint_overlays(Canvas& canvas, base::JobContext& ctx) const {
    const auto view = frame_.map_box();
    std::vector<geo::Point> on_page;
    for (const auto& overlay : page_.scene.overlays) {
        canvas.begin_layer("lines");
        const auto& set = *overlay.set;
        Path path, areas;
        path.closed = false;
        for (std::size_t l = 0; l < set.lines.size(); ++l) {
            if (!set.boxes[l].intersects(view)) continue;
            ctx.check();
            on_page.clear();
            for (const auto& p : set.lines[l]) on_page.push_back(frame_.to_page(p));
            path.begin();
            geo::thin_line(on_page, frame_.detail, path.points);
            if (!overlay.fill || l >= set.bounds_area.size() || !set.bounds_area[l]) continue;
            const auto ring = path.run(path.runs() - 1);
            areas.begin();
            areas.points.insert(areas.points.end(), ring.begin(), ring.end());
        }
        if (!areas.empty()) canvas.fill(areas, *overlay.fill);
        if (!path.empty()) canvas.stroke(path, overlay_stroke(overlay, look_.scale));
        paint_dots(canvas, overlay);
        canvas.end_layer();
    }
}

// One of the dots that would lie over each other.
void PageLayout::paint_dots(Canvas& canvas, const Overlay& overlay) const {
    const auto view = frame_.map_box();
    const double radius = overlay.width_px * kDotRadius * look_.scale;
    std::set<std::pair<std::int64_t, std::int64_t>> taken;
    for (const auto& p : overlay.set->points) {
        if (!view.contains(p)) continue;
        const auto at = frame_.to_page(p);
        if (!taken.emplace(std::llround(at.x / radius), std::llround(at.y / radius)).second)
            continue;
        canvas.fill(circle(at, radius), overlay.colour);
    }
}

// A light line below a dark one, to be seen on any ground; a dot on what the number names.
void PageLayout::paint_leaders(Canvas& canvas) const {
    if (leaders_.empty()) return;
    canvas.begin_layer("leaders");
    Path lines;
    lines.closed = false;
    for (const auto& leader : leaders_) {
        lines.begin();
        lines.add(frame_.to_page(leader.from));
        lines.add(frame_.to_page(leader.to));
    }
    canvas.stroke(lines, {kLightGround, 2.2 * look_.scale, 1, 0});
    canvas.stroke(lines, {kText, 0.8 * look_.scale, 1, 0});
    for (const auto& leader : leaders_)
        canvas.fill(circle(frame_.to_page(leader.to), kLeaderDot * look_.scale), kText);
    canvas.end_layer();
}

void PageLayout::paint_symbols(Canvas& canvas) const {
    if (page_.scene.symbols.empty()) return;
    canvas.begin_layer("places");
    for (const auto& symbol : page_.scene.symbols)
        if (whole_in_frame(symbol.at))
            paint_symbol(canvas, symbol.kind, frame_.to_page(symbol.at), kSymbolSize * look_.scale);
    canvas.end_layer();
}

void PageLayout::paint_line_labels(Canvas& canvas) const {
    if (line_labels_.empty()) return;
    canvas.begin_layer("line-names");
    for (const auto& label : line_labels_) canvas.text_along(label.text, label.path);
    canvas.end_layer();
}

void PageLayout::paint_labels(Canvas& canvas) const {
    if (labels_.empty()) return;
    canvas.begin_layer("labels");
    for (const auto& label : labels_) {
        Text text{label.text, label.size_px, label.bold, label.colour};
        text.halo = std::max(1.2, label.size_px * 0.13);
        text.align = Align::Centre; // of a name in two lines
        const auto size = typesetter_.measure(text);
        const auto at = frame_.to_page(label.at);
        canvas.text(text, {at.x - size.width / 2, at.y - size.height / 2});
    }
    canvas.end_layer();
}

void PageLayout::paint_framed(Canvas& canvas, const char* layer, const std::optional<Badge>& badge,
                              geo::Point at) const {
    if (!badge) return;
    canvas.begin_layer(layer);
    // On the map the words need a ground of their own.
    if (page_.bare) canvas.fill(rectangle({at.x, at.y, badge->width, badge->height}), kLightGround);
    paint_badge(canvas, *badge, at, look_, typesetter_);
    canvas.end_layer();
}

void PageLayout::paint_furniture(Canvas& canvas) const {
    if (page_.bare) {
        paint_framed(canvas, "classification", classification_, classification_at_);
        paint_framed(canvas, "notice", notice_, notice_at_);
        return;
    }
    const auto text = [&](const char* layer, const Text& t, geo::Point at) {
        if (t.string.empty()) return;
        canvas.begin_layer(layer);
        canvas.text(t, at);
        canvas.end_layer();
    };
    text("title", title_, title_at_);
    text("subtitle", subtitle_, subtitle_at_);
    paint_framed(canvas, "classification", classification_, classification_at_);
    canvas.begin_layer("legend");
    legend_.paint(canvas, legend_at_);
    canvas.end_layer();
    paint_framed(canvas, "notice", notice_, notice_at_);
    if (page_.scale_bar) {
        canvas.begin_layer("scale-bar");
        paint_scale_bar(canvas, scale_bar_, scale_at_, look_, typesetter_);
        canvas.end_layer();
    }
    if (locator_) paint_locator(canvas, *locator_, look_.scale);
    text("page-number", number_, number_at_);
    if (page_.north_arrow) {
        canvas.begin_layer("north-arrow");
        paint_north_arrow(canvas, page_.text.north, arrow_at_, look_, typesetter_);
        canvas.end_layer();
    }
    if (!source_.string.empty()) {
        canvas.begin_layer("source");
        Path rule;
        rule.closed = false;
        rule.begin();
        rule.points = {{content_.x, rule_y_}, {content_.right(), rule_y_}};
        canvas.stroke(rule, {kRule, 0.8 * look_.scale, 1, 0});
        canvas.text(source_, source_at_);
        canvas.end_layer();
    }
}

} // namespace diaban::map
