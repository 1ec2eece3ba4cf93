#include "map/laid_page.hpp"

#include "base/error.hpp"
#include "map/laid_parts.hpp"
#include "map/sheet.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace diaban::map {
namespace {

constexpr double kAroundStanding = 4; // page units on A4 between the map and what stands on it
constexpr double kLeastMap = 0.35;    // of its size where nothing stands on it
constexpr Colour kGround{0xFF, 0xFF, 0xFF};

double units_of(double mm) {
    return mm / kMmPerInch * 96;
}

const LaidItem* item_of(const LaidOut& laid, ItemKind kind) {
    const auto at = std::find_if(laid.items.begin(), laid.items.end(),
                                 [&](const LaidItem& one) { return one.item.kind == kind; });
    return at == laid.items.end() ? nullptr : &*at;
}

double left_in(const Rect& box, Align align, double width) {
    const double left = box.width - width;
    return box.x + (align == Align::Left ? 0 : align == Align::Centre ? left / 2 : left);
}

// "Người lập|Người duyệt" in columns.
std::vector<std::string> parts_of_line(const std::string& text) {
    std::vector<std::string> out(1);
    for (const char c : text)
        if (c == '|')
            out.emplace_back();
        else
            out.back() += c;
    return out;
}

} // namespace

Rect on_page(const Rect& box_mm) {
    return {units_of(box_mm.x), units_of(box_mm.y), units_of(box_mm.width),
            units_of(box_mm.height)};
}

LaidPage::LaidPage(Page page, const Typesetter& typesetter)
    : page_(std::move(page)), laid_(*page_.laid), typesetter_(typesetter),
      look_(page_look(page_.size)) {
    check_stamps();
    place_map();
    for (const auto& placed : laid_.items) place(placed);
}

void LaidPage::paint(Canvas& canvas, base::JobContext& ctx) const {
    for (const auto& [layer, paint] : parts_) {
        ctx.check();
        if (!layer.empty()) canvas.begin_layer(layer);
        paint(canvas, ctx);
        if (!layer.empty()) canvas.end_layer();
    }
}

void LaidPage::add(std::string layer, Paint paint) {
    parts_.emplace_back(std::move(layer), std::move(paint));
}

// Who may read a page, and that its data is invented, is never left out.
void LaidPage::check_stamps() const {
    const auto need = [&](ItemKind kind, const std::string& words) {
        if (!words.empty() && !item_of(laid_, kind))
            throw base::Error(
                base::ErrorKind::Usage, "error.layout.no_banner",
                {{"layout", laid_.name}, {"kind", std::string(to_string(kind))}, {"words", words}});
    };
    need(ItemKind::Banner, page_.text.classification);
    need(ItemKind::Notice, page_.text.notice);
}

bool LaidPage::whole_is_shown() const {
    if (page_.extent.empty()) return true;
    const auto& coverage = *page_.scene.vintage->coverage;
    const auto whole = coverage.main_box().empty() ? coverage.box() : coverage.main_box();
    return page_.extent.width() >= whole.width() * 0.9 &&
           page_.extent.height() >= whole.height() * 0.9;
}

// An item without anything to show leaves its box empty.
bool LaidPage::shown(const LaidItem& placed) const {
    switch (placed.item.kind) {
    case ItemKind::ScaleBar:
        return page_.scale_bar;
    case ItemKind::NorthArrow:
        return page_.north_arrow;
    case ItemKind::Locator:
        return !whole_is_shown();
    case ItemKind::Offshore:
        return !placed.far.empty();
    case ItemKind::Banner:
        return !page_.text.classification.empty();
    case ItemKind::Notice:
        return !page_.text.notice.empty();
    case ItemKind::Table:
        return !placed.table.rows.empty() || !placed.bars.empty();
    case ItemKind::Chart:
        return !placed.chart.years.empty();
    default:
        return true;
    }
}

std::vector<Rect> LaidPage::standing() const {
    std::vector<Rect> out;
    for (const auto& placed : laid_.items) {
        const auto kind = placed.item.kind;
        if (!stands_on_map(kind) || !shown(placed)) continue;
        const bool badge = kind == ItemKind::Banner || kind == ItemKind::Notice;
        out.push_back(badge ? fitted_badge(placed).at : on_page(placed.item.box_mm));
    }
    return out;
}

// Of a part of the map that they lie in they are no others' matter.
std::vector<bool> LaidPage::in_little_maps() const {
    const auto faces = page_.scene.vintage->coverage->faces();
    std::vector<bool> out;
    for (const auto& placed : laid_.items)
        for (const auto& far : placed.far) {
            out.resize(faces.size(), false);
            for (const auto f : far.faces)
                out[f] = page_.extent.empty() || !page_.extent.intersects(faces[f].box);
        }
    return out;
}

void LaidPage::place_map() {
    const auto* placed = item_of(laid_, ItemKind::Map);
    if (!placed) return;
    const auto box = on_page(placed->item.box_mm);
    const auto others = standing();
    auto elsewhere = in_little_maps();
    const auto part = clear_part(page_, box, others, kAroundStanding * look_.scale, elsewhere);
    if (largeness(page_, part) < largeness(page_, box) * kLeastMap) no_room(*placed);
    map_ = std::make_unique<PageLayout>(page_, typesetter_,
                                        MapPart{part, others, std::move(elsewhere)});
}

void LaidPage::place(const LaidItem& placed) {
    if (!shown(placed)) return;
    const auto& item = placed.item;
    switch (item.kind) {
    case ItemKind::Map:
        return add("",
                   [this](Canvas& canvas, base::JobContext& ctx) { map_->paint_map(canvas, ctx); });
    case ItemKind::Title:
    case ItemKind::Subtitle:
    case ItemKind::Text:
    case ItemKind::PageNumber:
        return place_text(placed, numbered(placed.text), item.bold, item.colour);
    case ItemKind::Sources: {
        auto words = placed.text;
        if (map_ && map_->contested() && !page_.text.overlap_note.empty())
            words += (words.empty() ? "" : "  ·  ") + page_.text.overlap_note;
        return place_text(placed, words, item.bold, item.colour);
    }
    case ItemKind::Legend:
        return place_legend(placed);
    case ItemKind::ScaleBar:
        return place_scale_bar(placed);
    case ItemKind::NorthArrow:
        return place_arrow(placed);
    case ItemKind::Locator:
        return place_locator(placed);
    case ItemKind::Offshore:
        return place_offshore(placed);
    case ItemKind::Table:
    case ItemKind::Chart: {
        const auto fitted =
            item.kind == ItemKind::Chart ? fitted_chart(placed, page_.size, look_, typesetter_)
            : placed.bars.empty()        ? fitted_table(placed, page_.size, look_, typesetter_)
                                         : fitted_bars(placed, page_.size, look_, typesetter_);
        return add(item.id,
                   [paint = fitted.paint](Canvas& canvas, base::JobContext&) { paint(canvas); });
    }
    case ItemKind::Picture:
        return place_picture(placed);
    case ItemKind::Banner:
    case ItemKind::Notice:
        return place_badge(placed);
    case ItemKind::Signatures:
        return place_signatures(placed);
    case ItemKind::Frame:
    case ItemKind::Rule:
        return place_line(placed);
    }
}

std::string LaidPage::numbered(std::string words) const {
    const base::NumberStyle style{page_.text.decimal, page_.text.group};
    for (const auto& [field, number] :
         {std::pair<std::string_view, std::size_t>{"{page}", laid_.page}, {"{pages}", laid_.pages}})
        for (auto at = words.find(field); at != std::string::npos; at = words.find(field, at))
            words.replace(at, field.size(),
                          base::format_count(static_cast<std::int64_t>(number), style));
    return words;
}

void LaidPage::place_text(const LaidItem& placed, const std::string& words, bool bold,
                          Colour colour) {
    if (words.empty()) return;
    auto text = fitted_text(placed, page_.size, typesetter_, {words, 0, bold, colour});
    if (placed.item.kind == ItemKind::Title) even_lines(text, typesetter_);
    const auto box = on_page(placed.item.box_mm);
    const geo::Point at{left_in(box, text.align, text.wrap),
                        top_in(box, placed.item.valign, typesetter_.measure(text).height)};
    add(placed.item.id, [text, at](Canvas& canvas, base::JobContext&) { canvas.text(text, at); });
}

PageLook LaidPage::look_at(double size_pt) const {
    return look_with_text(look_, size_pt * kUnitsPerPt);
}

// As it is meant first, then with its rows closer, then in more columns, then smaller; a range of
// numbers is broken last of all.
void LaidPage::place_legend(const LaidItem& placed) {
    constexpr int kMostColumns = 4;
    constexpr double kSpare = 1;
    const auto box = on_page(placed.item.box_mm);
    std::shared_ptr<LegendBlock> legend;
    TextSize used{0, 0, 0};
    const double smallest = smallest_text_pt(page_.size) * kUnitsPerPt;
    fitting_size(placed, page_.size, [&](double units) {
        looks_.push_back(look_at(units / kUnitsPerPt));
        legend = std::make_shared<LegendBlock>(page_, looks_.back(), typesetter_);
        if (map_) legend->count_places(map_->places_in_frame());
        if (map_) legend->set_ground(map_->frame().camera.metres_per_px);
        legend->widen(true); // the box is its own
        const auto fits = [&] {
            for (int columns = 1; columns <= kMostColumns; ++columns)
                for (const bool tight : {false, true}) {
                    legend->tighten(tight);
                    used = legend->arrange(box.width, columns);
                    if (used.width <= box.width + kSpare && used.height <= box.height + kSpare)
                        return true;
                }
            return false;
        };
        legend->keep_ranges(true);
        if (fits()) return true;
        // Rather a range in two lines than no page.
        legend->keep_ranges(false);
        return units <= smallest && fits();
    });
    const geo::Point at{box.x, top_in(box, placed.item.valign, used.height)};
    add(placed.item.id,
        [legend, at](Canvas& canvas, base::JobContext&) { legend->paint(canvas, at); });
}

void LaidPage::place_scale_bar(const LaidItem& placed) {
    const auto box = on_page(placed.item.box_mm);
    auto look = look_;
    look.small = std::max(look.smallest, placed.item.size_pt * kUnitsPerPt);
    const double overhang = typesetter_.measure({"000 km", look.small}).width;
    if (box.width <= overhang * 1.5) no_room(placed);
    const auto bar = make_scale_bar(map_->frame().camera.metres_per_px, box.width - overhang,
                                    page_.text, look, typesetter_);
    if (bar.height > box.height + 1) no_room(placed);
    const geo::Point at{left_in(box, placed.item.align, bar.overall_width),
                        top_in(box, placed.item.valign, bar.height)};
    add(placed.item.id, [this, bar, at, look](Canvas& canvas, base::JobContext&) {
        paint_scale_bar(canvas, bar, at, look, typesetter_);
    });
}

void LaidPage::place_arrow(const LaidItem& placed) {
    const auto box = on_page(placed.item.box_mm);
    // As large as its box, but the letter is no smaller than any text.
    auto look = look_;
    look.small = std::max(look.smallest, box.height * 0.2);
    look.scale = std::min(box.width / 20, (box.height - look.small * 1.35) / 30);
    if (look.scale < 0.2) no_room(placed);
    const auto size = north_arrow_size(look);
    const geo::Point at{left_in(box, placed.item.align, size.width),
                        top_in(box, placed.item.valign, size.height)};
    add(placed.item.id, [this, at, look](Canvas& canvas, base::JobContext&) {
        paint_north_arrow(canvas, page_.text.north, at, look, typesetter_);
    });
}

LaidPage::PlacedBadge LaidPage::fitted_badge(const LaidItem& placed) const {
    const bool notice = placed.item.kind == ItemKind::Notice;
    const auto& words = notice ? page_.text.notice : page_.text.classification;
    const auto box = on_page(placed.item.box_mm);
    PlacedBadge out{{}, {}, look_};
    fitting_size(placed, page_.size, [&](double units) {
        out.look.small = units;
        out.badge = make_badge(words, notice, box.width, out.look, typesetter_);
        return out.badge.width <= box.width + 1 && out.badge.height <= box.height + 1;
    });
    out.at = {left_in(box, placed.item.align, out.badge.width),
              top_in(box, placed.item.valign, out.badge.height), out.badge.width, out.badge.height};
    return out;
}

void LaidPage::place_badge(const LaidItem& placed) {
    add(placed.item.id, [this, fitted = fitted_badge(placed)](Canvas& canvas, base::JobContext&) {
        canvas.fill(rectangle(fitted.at), kGround);
        paint_badge(canvas, fitted.badge, {fitted.at.x, fitted.at.y}, fitted.look, typesetter_);
    });
}

const PageLayout& LaidPage::little_map(Page page, MapPart part) {
    little_pages_.push_back(std::move(page));
    little_maps_.emplace_back(little_pages_.back(), typesetter_, part);
    return little_maps_.back();
}

// All units in one colour, and in a frame the part that the map shows.
void LaidPage::place_locator(const LaidItem& placed) {
    constexpr Colour kLand{0xDD, 0xDF, 0xE2};
    const auto box = on_page(placed.item.box_mm);
    auto page = plain_page(page_);
    page.extent = {};
    LegendEntry land;
    land.colour = kLand;
    land.count = page.scene.style.entry_of.size();
    page.scene.style = {{land}, std::vector<std::uint16_t>(land.count, 0)};
    const auto& map = little_map(std::move(page), {box});
    const auto shows = map_->frame().map_box();
    const auto a = map.frame().to_page({shows.min_x, shows.max_y});
    const auto b = map.frame().to_page({shows.max_x, shows.min_y});
    const double left = std::max(a.x, box.x), top = std::max(a.y, box.y);
    const Rect part{left, top, std::min(b.x, box.right()) - left,
                    std::min(b.y, box.bottom()) - top};
    add(placed.item.id,
        [box](Canvas& canvas, base::JobContext&) { canvas.fill(rectangle(box), kGround); });
    add("", [&map](Canvas& canvas, base::JobContext& ctx) { map.paint_map(canvas, ctx); });
    add(placed.item.id, [this, box, part](Canvas& canvas, base::JobContext&) {
        canvas.stroke(rectangle(part), {kSelection, 1.6 * look_.scale, 1, 0});
        canvas.stroke(rectangle(box), {kRule, 0.8 * look_.scale, 1, 0});
    });
}

void LaidPage::place_offshore(const LaidItem& placed) {
    const auto size = [&](const std::function<bool(double)>& fits) {
        return fitting_size(placed, page_.size, fits);
    };
    offshore_.emplace_back(page_, placed.far, on_page(placed.item.box_mm), look_, typesetter_,
                           size);
    add("", [&maps = offshore_.back(), id = placed.item.id](Canvas& canvas, base::JobContext& ctx) {
        maps.paint(canvas, ctx, id);
    });
}

// In its own shape; where there is no file, its frame.
void LaidPage::place_picture(const LaidItem& placed) {
    const auto box = on_page(placed.item.box_mm);
    if (!placed.picture)
        return add(placed.item.id, [this, box](Canvas& canvas, base::JobContext&) {
            canvas.stroke(rectangle(box), {kRule, 0.8 * look_.scale, 1, 3 * look_.scale});
        });
    const auto& picture = *placed.picture;
    const double across = picture.width > 0 ? picture.width : picture.drawn_width;
    const double down = picture.width > 0 ? picture.height : picture.drawn_height;
    const double factor = std::min(box.width / across, box.height / down);
    const Rect at{left_in(box, placed.item.align, across * factor),
                  top_in(box, placed.item.valign, down * factor), across * factor, down * factor};
    if (picture.width > 0)
        return add(placed.item.id,
                   [picture = placed.picture, at](Canvas& canvas, base::JobContext&) {
                       canvas.picture(*picture, at);
                   });
    auto shapes = picture.shapes;
    for (auto& shape : shapes) {
        shape.stroke_width *= factor;
        for (auto& p : shape.path.points) p = {at.x + p.x * factor, at.y + p.y * factor};
    }
    add(placed.item.id, [shapes = std::move(shapes), at](Canvas& canvas, base::JobContext&) {
        canvas.clip(at);
        for (const auto& shape : shapes)
            if (shape.stroke_width > 0)
                canvas.stroke(shape.path, {shape.colour, shape.stroke_width, 1, 0});
            else
                canvas.fill(shape.path, shape.colour);
        canvas.unclip();
    });
}

// Each in a column of its own: who, and below it what to do there.
void LaidPage::place_signatures(const LaidItem& placed) {
    const auto columns = parts_of_line(placed.text);
    if (columns.size() == 1)
        return place_text(placed, numbered(placed.text), placed.item.bold, placed.item.colour);
    const auto box = on_page(placed.item.box_mm);
    const double width = box.width / static_cast<double>(columns.size());
    std::vector<std::pair<Text, Text>> texts(columns.size());
    fitting_size(placed, page_.size, [&](double units) {
        bool fits = true;
        for (std::size_t c = 0; c < columns.size(); ++c) {
            const auto line = std::min(columns[c].find('\n'), columns[c].size());
            auto& [who, what] = texts[c];
            who = {columns[c].substr(0, line), units, true, placed.item.colour};
            what = {columns[c].substr(std::min(line + 1, columns[c].size())), units, false, kMuted};
            for (auto* text : {&who, &what}) text->wrap = width, text->align = Align::Centre;
            fits &= typesetter_.measure(who).height +
                        (what.string.empty() ? 0 : typesetter_.measure(what).height) <=
                    box.height + 0.5;
        }
        return fits;
    });
    add(placed.item.id, [this, texts, box, width](Canvas& canvas, base::JobContext&) {
        for (std::size_t c = 0; c < texts.size(); ++c) {
            const auto& [who, what] = texts[c];
            const double x = box.x + width * static_cast<double>(c);
            canvas.text(who, {x, box.y});
            if (!what.string.empty())
                canvas.text(what, {x, box.y + typesetter_.measure(who).height});
        }
    });
}

void LaidPage::place_line(const LaidItem& placed) {
    const auto box = on_page(placed.item.box_mm);
    const auto path = placed.item.kind == ItemKind::Frame
                          ? rectangle(box)
                          : straight({box.x, box.y}, {box.right(), box.bottom()});
    const Stroke stroke{placed.item.colour, units_of(placed.item.params.line_mm), 1, 0};
    add(placed.item.id,
        [path, stroke](Canvas& canvas, base::JobContext&) { canvas.stroke(path, stroke); });
}

} // namespace diaban::map
