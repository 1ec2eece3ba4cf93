#include "map/page_layout.hpp"

#include "base/error.hpp"
#include "map/face_raster.hpp"
#include "map/offshore.hpp"
#include "map/panels.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

namespace diaban::map {
namespace {

constexpr double kScaleBarUnits = 150;   // wished longest scale bar on A4
constexpr double kLocatorSide = 85;      // of the small map of where the sheet lies, on A4
constexpr double kOffshoreSide = 110;    // width of the little maps of far-off units, on A4
constexpr double kFooterFurniture = 170; // width of arrow and scale bar in the footer, on A4

// What the sheet has for the page, within its margins.
Rect content_of(const Page& page, const PageLook& look) {
    constexpr double kFrameLine = 2; // of badges, half of which lies outside of their boxes
    const Rect sheet{0, 0, look.width, look.height};
    if (page.bare) return sheet;
    const auto inside = sheet.inset(look.margin);
    if (!page.in_slide) return inside;
    return {inside.x, kFrameLine, inside.width, sheet.height - 2 * kFrameLine};
}

std::string joined(const std::vector<std::string>& lines) {
    std::string out;
    for (const auto& line : lines) {
        if (line.empty()) continue;
        if (!out.empty()) out += "  ·  ";
        out += line;
    }
    return out;
}

} // namespace

PageLayout::PageLayout(const Page& page, const Typesetter& typesetter, std::optional<Rect> part)
    : page_(page), typesetter_(typesetter), look_(page_look(page.size)),
      legend_(page, look_, typesetter) {
    content_ = part.value_or(content_of(page, look_));
    if (!page.panels.empty()) panels_ = std::make_unique<Panels>(page, look_, typesetter);
    take_theme();
    place_all();
    // What the frame cuts off is not counted. The frame stays as it is from here on: in another
    // one the legend would be wrong again.
    framed_ = true;
    if (legend_.count_places(places_in_frame())) place_all();
    draw_map();
}

PageLayout::PageLayout(const Page& page, const Typesetter& typesetter, const MapPart& map)
    : page_(page), typesetter_(typesetter), look_(page_look(page.size)),
      legend_(page, look_, typesetter), clear_(map.clear), left_out_(map.left_out),
      islets_(map.islets) {
    if (!page.panels.empty()) panels_ = std::make_unique<Panels>(page, look_, typesetter);
    take_theme();
    place_map(map.box);
    framed_ = true;
    draw_map();
}

PageLayout::~PageLayout() = default;

bool PageLayout::contested() const {
    return panels_ ? panels_->contested() : !faces_.contested.empty();
}

void PageLayout::take_theme() {
    const auto& scene = page_.scene;
    if (!scene.theme) return;
    base::JobContext ctx; // too short a step to be stopped
    shapes_ = theme_shapes(*scene.theme, scene.style, *scene.vintage, ctx);
    // Small maps side by side have one frame, which holds the circles of all of them.
    if (shapes_.in_metres)
        for (const auto& panel : page_.panels)
            if (panel.theme)
                shapes_.box.add(theme_shapes(*panel.theme, panel.style, *scene.vintage, ctx).box);
    auto ground = scene;
    ground.style = ground_style(scene.style, *scene.theme);
    ground_ = std::make_unique<const Scene>(std::move(ground));
}

void PageLayout::place_all() {
    if (page_.bare) return place_bare();
    Rect rest = content_;
    place_header(rest);
    place_footer(rest);
    place(rest);
}

void PageLayout::place_bare() {
    place_map(content_);
    const double most = content_.width * 0.35;
    const auto corner = content_.inset(look_.gap * 0.5);
    if (!page_.text.classification.empty()) {
        classification_ = make_badge(page_.text.classification, false, most, look_, typesetter_);
        classification_at_ = {corner.right() - classification_->width, corner.y};
    }
    if (page_.text.notice.empty()) return;
    notice_ = make_badge(page_.text.notice, true, most, look_, typesetter_);
    notice_at_ = {corner.right() - notice_->width, corner.bottom() - notice_->height};
}

TextSize PageLayout::arrow_size() const {
    return page_.north_arrow ? north_arrow_size(look_) : TextSize{0, 0, 0};
}

double PageLayout::bar_height() const {
    return look_.small * 1.4 + 9 * look_.scale;
}

void PageLayout::place(Rect rest) {
    if (!apart_) notice_.reset();
    if (content_.width >= content_.height)
        place_aside(rest);
    else
        place_below(rest);
}

// A symbol that the frame would cut is left out, and not counted.
bool PageLayout::whole_in_frame(geo::Point place) const {
    const auto p = frame_.to_page(place);
    const auto inner = frame_.box.inset(kSymbolSize / 2 * look_.scale);
    return p.x >= inner.x && p.x <= inner.right() && p.y >= inner.y && p.y <= inner.bottom();
}

std::map<std::string, std::size_t> PageLayout::places_in_frame() const {
    std::map<std::string, std::size_t> drawn;
    for (const auto& symbol : page_.scene.symbols)
        if (whole_in_frame(symbol.at)) ++drawn[symbol.kind];
    return drawn;
}

void PageLayout::place_header(Rect& rest) {
    const auto& text = page_.text;
    double badge_width = 0, badge_height = 0;
    if (!text.classification.empty()) {
        classification_ =
            make_badge(text.classification, false, rest.width * 0.35, look_, typesetter_);
        badge_width = classification_->width + look_.gap;
        badge_height = classification_->height;
        classification_at_ = {rest.right() - classification_->width, rest.y};
    }
    if (apart_ && !text.notice.empty()) {
        notice_ = make_badge(text.notice, true, rest.width * 0.35, look_, typesetter_);
        if (badge_height > 0) badge_height += look_.gap * 0.4;
        notice_at_ = {rest.right() - notice_->width, rest.y + badge_height};
        badge_width = std::max(badge_width, notice_->width + look_.gap);
        badge_height += notice_->height;
    }
    title_ = {text.title, look_.title, true};
    title_.wrap = rest.width - badge_width;
    // A title that is a little too long shrinks into one line; a long one shrinks before it takes
    // a third.
    auto one_line = title_;
    while (typesetter_.measure(one_line).lines > 1 && one_line.size > title_.size * 0.78)
        one_line.size *= 0.97;
    if (typesetter_.measure(one_line).lines == 1)
        title_ = one_line;
    else
        while (typesetter_.measure(title_).lines > 2 && title_.size > look_.heading * 1.15)
            title_.size *= 0.94;
    double y = rest.y;
    title_at_ = {rest.x, y};
    if (!text.title.empty()) y += typesetter_.measure(title_).height;
    // The subtitle may stand beside a tall badge; the map stays below it.
    const double below_badge = rest.y + badge_height;
    subtitle_ = {text.subtitle, look_.subtitle, false, kMuted};
    subtitle_.wrap = rest.width - (y < rest.y + badge_height ? badge_width : 0);
    subtitle_at_ = {rest.x, y};
    if (!text.subtitle.empty()) y += typesetter_.measure(subtitle_).height;
    y = std::max(y, below_badge);
    if (y > rest.y) y += look_.gap * 0.8;
    rest.height -= y - rest.y;
    rest.y = y;
}

void PageLayout::place_footer(Rect& rest) {
    source_ = {joined(page_.text.source_lines), look_.small, false, kMuted};
    // Scale bar and arrow may stand at the right end of the line.
    const double furniture = apart_ ? kFooterFurniture * look_.scale + look_.gap : 0;
    number_ = {page_.text.page_number, look_.small, false, kMuted};
    const bool numbered = !number_.string.empty();
    const auto number = numbered ? typesetter_.measure(number_) : TextSize{0, 0, 0};
    source_.wrap = rest.width - furniture - (numbered ? number.width + look_.gap : 0);
    rule_y_ = rest.bottom();
    if (source_.string.empty() && !apart_ && !numbered) return;
    double height = source_.string.empty() ? 0 : typesetter_.measure(source_).height;
    height = std::max(height, number.height);
    if (apart_) height = std::max({height, arrow_size().height, bar_height()});
    source_at_ = {rest.x, rest.bottom() - height};
    number_at_ = {rest.right() - furniture - number.width, source_at_.y};
    rule_y_ = source_at_.y - look_.gap * 0.35;
    rest.height = rule_y_ - look_.gap * 0.7 - rest.y;
}

// Rather a range of numbers in two lines than no page.
bool PageLayout::place_legend(double width, double height) {
    constexpr double kForRanges = 1.25; // of the width, that ranges may take
    for (const bool whole : {true, false})
        for (const bool tight : {false, true}) {
            legend_.keep_ranges(whole);
            legend_.tighten(tight);
            legend_size_ = legend_.arrange(width, 1);
            const bool wide = whole && legend_size_.width > width * kForRanges;
            if (!wide && legend_size_.height <= height) return true;
        }
    return false;
}

// Many rows: up to half of the page, and a little more for ranges of numbers on one line.
bool PageLayout::place_legend_in_columns(double height) {
    legend_.tighten(true);
    for (const bool whole : {true, false}) {
        legend_.keep_ranges(whole);
        for (int columns = 2; columns <= 4; ++columns) {
            legend_size_ = legend_.arrange(content_.width * 0.5, columns);
            const bool wide = legend_size_.width > content_.width * (whole ? 0.62 : 0.52);
            if (!wide && legend_size_.height <= height) return true;
        }
    }
    return false;
}

void PageLayout::place_aside(Rect& rest) {
    const double most = content_.width * 0.3;
    const auto arrow = arrow_size();
    // What stands below the legend, from the bottom up.
    double furniture = 0;
    if (!apart_) {
        furniture = std::max(arrow.height, bar_height()) + look_.gap;
        if (!page_.text.notice.empty()) {
            notice_ = make_badge(page_.text.notice, true, most * 0.8, look_, typesetter_);
            furniture += notice_->height + look_.gap;
        }
    }
    const double room = rest.height - furniture;
    if (!(legend_columns_ ? place_legend_in_columns(room) : place_legend(most, room))) {
        if (framed_ || (apart_ && legend_columns_)) too_small();
        // Scale bar and notice make room for one column, if that is enough; else more columns,
        // beside them at first.
        if (apart_) legend_columns_ = true;
        apart_ = !apart_;
        return place_all();
    }

    // Where no title stands above the map, it reaches up beside the badges of the header.
    const bool beside = page_.text.title.empty() && page_.text.subtitle.empty();
    double width = std::max(legend_size_.width, 110 * look_.scale);
    if (notice_ && (beside || !apart_)) width = std::max(width, notice_->width);
    if (classification_ && beside) width = std::max(width, classification_->width);
    const double x = rest.right() - width;
    const double top = beside ? content_.y : rest.y;
    place_map({rest.x, top, x - look_.gap * 1.5 - rest.x, rest.bottom() - top});
    legend_at_ = {x, rest.y};
    const double bar_x = apart_ ? content_.right() - kFooterFurniture * look_.scale : x;
    const double bar_width = apart_ ? kFooterFurniture * look_.scale : width;
    double y = apart_ ? content_.bottom() : rest.bottom();
    const double bar_room = scale_bar_room(bar_width - arrow.width - look_.gap);
    scale_bar_ =
        make_scale_bar(frame_.camera.metres_per_px, bar_room, page_.text, look_, typesetter_);
    scale_at_ = {bar_x + (page_.north_arrow ? arrow.width + look_.gap : 0), y - scale_bar_.height};
    arrow_at_ = {bar_x, y - arrow.height};
    y -= std::max(arrow.height, scale_bar_.height) + look_.gap;
    if (notice_ && !apart_) {
        notice_at_ = {x, y - notice_->height};
        y -= notice_->height + look_.gap;
    }
    const double below = rest.y + legend_size_.height + look_.gap;
    place_locator({x, below, width, std::min(y, rest.bottom()) - below});
    rest.width = x - look_.gap * 1.5 - rest.x;
}

void PageLayout::place_below(Rect& rest) {
    const auto arrow = page_.north_arrow ? north_arrow_size(look_) : TextSize{0, 0, 0};
    const double side = std::min(rest.width * 0.36, 190 * look_.scale);
    const double legend_room = rest.width - side - look_.gap * 1.5;
    // As many columns as fit, but none shorter than three rows.
    const int most_columns =
        std::clamp(static_cast<int>((page_.scene.style.entries.size() + 3) / 3), 1, 4);
    const auto arrange = [&](bool whole) {
        legend_.keep_ranges(whole);
        auto out = legend_.arrange(legend_room, 1);
        for (int columns = 2; columns <= most_columns; ++columns) {
            const auto wider = legend_.arrange(legend_room, columns);
            if (wider.width > legend_room + 1 || wider.height >= out.height)
                return legend_.arrange(legend_room, columns - 1);
            out = wider;
        }
        return out;
    };
    const double most = rest.height * 0.7;
    auto legend = arrange(true);
    if (legend.width > legend_room + 1 || legend.height > most) legend = arrange(false);
    double furniture = std::max(arrow.height, look_.small * 1.4 + 9 * look_.scale);
    if (!page_.text.notice.empty()) {
        notice_ = make_badge(page_.text.notice, true, side * 1.2, look_, typesetter_);
        furniture += notice_->height + look_.gap;
    }
    const double least = std::max(legend.height, furniture);
    // The small map may make this part of the page a little higher.
    const double wished = furniture + look_.gap + kLocatorSide * look_.scale;
    const double height =
        page_.locator && wished <= rest.height * 0.4 ? std::max(least, wished) : least;
    if (height > most || legend.width > legend_room + 1) too_small();
    const double top = rest.bottom() - height;
    place_map({rest.x, rest.y, rest.width, top - look_.gap - rest.y});
    legend_at_ = {rest.x, top};
    const double x = rest.right() - side;
    scale_bar_ =
        make_scale_bar(frame_.camera.metres_per_px, scale_bar_room(side - arrow.width - look_.gap),
                       page_.text, look_, typesetter_);
    const double row = std::max(arrow.height, scale_bar_.height);
    arrow_at_ = {x, top + row - arrow.height};
    scale_at_ = {x + (page_.north_arrow ? arrow.width + look_.gap : 0),
                 top + row - scale_bar_.height};
    if (notice_)
        notice_at_ = {std::min(x, rest.right() - notice_->width), rest.bottom() - notice_->height};
    place_locator({x, top + row + look_.gap, side, height - furniture - look_.gap});
    rest.height = top - look_.gap - rest.y;
}

void PageLayout::place_locator(Rect room) {
    locator_.reset();
    const double least = 0.4 * kLocatorSide * look_.scale, most = 6 * least;
    if (!page_.locator || !page_.area || room.width < least || room.height < least) return;
    room.width = std::min(room.width, most), room.height = std::min(room.height, most);
    locator_ =
        draw_locator(*page_.locator, *page_.scene.vintage, *page_.area, frame_.map_box(), room);
}

// Nothing is cut and nothing covers anything: a sheet that cannot hold the texts is refused.
void PageLayout::too_small() const {
    throw base::Error(
        base::ErrorKind::Usage, "error.page.too_small",
        {{"width", std::round(page_.size.width_mm)}, {"height", std::round(page_.size.height_mm)}});
}

// The width that the bar itself may take, so that its last number stays inside.
double PageLayout::scale_bar_room(double width) const {
    const double overhang = typesetter_.measure({"000 km", look_.small}).width;
    return std::clamp(width - overhang, 24 * look_.scale, kScaleBarUnits * look_.scale);
}

geo::Box PageLayout::extent() const {
    // Circles that moved out of the area that the sheet is about are part of it.
    if (shapes_.in_metres && !shapes_.box.empty() && (page_.area || page_.extent.empty())) {
        auto box = page_.extent;
        box.add(shapes_.box);
        return box;
    }
    if (!page_.extent.empty()) return page_.extent;
    const auto& coverage = *page_.scene.vintage->coverage;
    return coverage.main_box().empty() ? coverage.box() : coverage.main_box();
}

void PageLayout::place_map(const Rect& box) {
    if (framed_) return;
    frame_.box = panels_ ? panels_->arrange(box, extent()) : place_offshore(box);
    if (panels_ && frame_.box.height < 5 * look_.body) too_small();
    frame_.camera = fit(extent(), frame_.box.width, frame_.box.height, 3 * look_.scale);
    // A place at the edge of the land is no reason to cut its symbol in two, and so to leave it
    // out.
    const auto shown = extent();
    const auto& symbols = page_.scene.symbols;
    if (!panels_ && std::any_of(symbols.begin(), symbols.end(), [&](const Symbol& symbol) {
            return shown.contains(symbol.at) && !whole_in_frame(symbol.at);
        }))
        frame_.camera =
            fit(shown, frame_.box.width, frame_.box.height, (kSymbolSize / 2 + 1) * look_.scale);
    // A third of a pixel where there are pixels; a tenth of a unit is finer than print.
    frame_.detail = std::clamp(0.3 * 96 / page_.size.dpi, 0.06, 0.3);
}

// In the lower corner at the right, where the sea is; the map makes room if it must.
Rect PageLayout::place_offshore(const Rect& box) {
    if (page_.far.empty() || page_.laid || page_.bare || shapes_.in_metres) return box;
    left_out_.assign(page_.scene.vintage->coverage->face_count(), false);
    double name_width = 0;
    for (const auto& far : page_.far) {
        for (const auto f : far.faces) left_out_[f] = true;
        name_width = std::max(name_width, typesetter_.measure({far.name, look_.label}).width);
    }
    const double line = typesetter_.measure({page_.far.front().name, look_.label}).height;
    const double width = std::max(kOffshoreSide * look_.scale, name_width + 8 * look_.scale);
    const double height =
        static_cast<double>(page_.far.size()) * std::max(0.6 * width, 2.5 * line + look_.gap * 0.4);
    if (width > box.width * 0.6 || height > box.height * 0.8) too_small();
    clear_.assign(1, Rect{box.right() - width, box.bottom() - height, width, height});
    return clear_part(page_, box, clear_, 4 * look_.scale, left_out_);
}

void PageLayout::draw_offshore() {
    if (page_.far.empty() || page_.laid || page_.bare || shapes_.in_metres || panels_) return;
    const auto size = [&](const std::function<bool(double)>& fits) {
        if (!fits(look_.label)) too_small();
        return look_.label;
    };
    offshore_ = std::make_unique<const OffshoreMaps>(page_, page_.far, clear_.front(), look_,
                                                     typesetter_, size);
}

void PageLayout::draw_map() {
    legend_.set_ground(frame_.camera.metres_per_px);
    if (panels_) return panels_->draw();
    draw_offshore();
    faces_ = draw_faces(ground_ ? *ground_ : page_.scene, frame_, left_out_);
    base::JobContext ctx; // too short a step to be stopped
    faces_.contested = contested_faces(faces_, ctx);
    // Borders of land that is not where the circles are would only be in the way.
    if (!shapes_.in_metres) lines_ = draw_lines(faces_, frame_.camera.metres_per_px, look_.scale);
    choose_labels();
}

// What is written on the map, most wanted first; each is clear of all before it.
void PageLayout::choose_labels() {
    std::vector<geo::Box> blocked;
    for (const auto& box : clear_) {
        const double x = box.x - frame_.box.x, y = box.y - frame_.box.y;
        blocked.push_back({x, y, x + box.width, y + box.height});
    }
    const double half = kSymbolClear * look_.scale;
    for (const auto& symbol : page_.scene.symbols) {
        const auto p = frame_.to_page(symbol.at);
        const double x = p.x - frame_.box.x, y = p.y - frame_.box.y;
        blocked.push_back({x - half, y - half, x + half, y + half});
    }
    const auto take = [&](std::vector<Label> labels) {
        block(labels, blocked);
        labels_.insert(labels_.end(), std::make_move_iterator(labels.begin()),
                       std::make_move_iterator(labels.end()));
    };
    if (page_.bare) block_badges(blocked);
    take(take_marks(blocked));
    marks_left_out_ = page_.marks.size() - labels_.size();
    if (page_.district_labels)
        take(shapes_.in_metres ? circle_names(blocked) : unit_labels(blocked));
    if (page_.place_labels) take(place_names(blocked));
    if (!page_.line_labels) return;
    take(area_names(blocked));
    line_labels_ = place_line_labels(page_.scene.overlays, frame_, {look_.label, look_.scale},
                                     typesetter_, blocked);
}

void PageLayout::block(const std::vector<Label>& labels, std::vector<geo::Box>& blocked) const {
    for (const auto& label : labels) {
        const auto size = label_box(label);
        const auto p = frame_.to_page(label.at);
        const double x = p.x - frame_.box.x, y = p.y - frame_.box.y;
        const double half_width = size.width_px / 2, half_height = size.height_px / 2;
        blocked.push_back({x - half_width, y - half_height, x + half_width, y + half_height});
    }
}

void PageLayout::block_badges(std::vector<geo::Box>& blocked) const {
    const auto block_one = [&](const std::optional<Badge>& badge, geo::Point at) {
        const double x = at.x - frame_.box.x, y = at.y - frame_.box.y;
        if (badge) blocked.push_back({x, y, x + badge->width, y + badge->height});
    };
    block_one(classification_, classification_at_);
    block_one(notice_, notice_at_);
}

std::vector<Label> PageLayout::take_marks(std::vector<geo::Box>& blocked) {
    std::vector<Label> out;
    auto placed = place_marks(
        page_.marks, frame_.camera, frame_.box.width, frame_.box.height,
        [&](const Label& label) { return label_box(label); }, blocked, kSymbolClear * look_.scale);
    for (auto& mark : placed) {
        out.push_back(std::move(mark.label));
        if (!mark.leader) continue;
        leaders_.push_back(*mark.leader);
        const auto from = frame_.to_page(mark.leader->from), to = frame_.to_page(mark.leader->to);
        for (const auto& box : boxes_along({from.x - frame_.box.x, from.y - frame_.box.y},
                                           {to.x - frame_.box.x, to.y - frame_.box.y}))
            blocked.push_back(box);
    }
    return out;
}

LabelBox PageLayout::label_box(const Label& label) const {
    const auto size = typesetter_.measure(Text{label.text, label.size_px, label.bold});
    return {size.width, size.height * 0.86};
}

} // namespace diaban::map
