#include "gui/map_view.hpp"

#include "gui/widgets.hpp"

#include <cmath>

namespace diaban::gui {
namespace {

constexpr double kFlightSeconds = 0.28;
constexpr double kFitMarginPx = 34;
constexpr double kFitMarginPart = 0.06; // of the shorter side: small pictures need less
constexpr double kPictureMargin = 0.16; // margin of the picture, of the shorter side
constexpr double kFaintestLine = 0.1;   // pixels; not drawn: nobody sees it, and it takes as long
constexpr double kRestSeconds = 0.12;   // without movement, the picture is made smooth

std::size_t level_index(data::Level level) {
    return static_cast<std::size_t>(level);
}

// A line is drawn lighter where the units it separates are small, and not at all where it would
// cover them: 0 below `least` pixels a unit, all of it from `full` pixels on.
double presence(double unit_px, double least, double full) {
    return std::clamp((unit_px - least) / (full - least), 0.0, 1.0);
}

} // namespace

double MapView::typical_px(data::Level level) const {
    return typical_m_[level_index(level)] / camera_.metres_per_px;
}

double MapView::fit_margin(const Ui& ui) const {
    return std::min(kFitMarginPx * ui.scale * raster_,
                    kFitMarginPart * std::min(view_.width_px, view_.height_px));
}

map::Camera MapView::fit_all(const Ui& ui) const {
    // However much covers the map, half of it is used.
    const double top = std::min(covered_.top * raster_, view_.height_px / 2);
    const double right = std::min(covered_.right * raster_, view_.width_px / 2);
    map::Camera camera = map::fit(dataset_->vintage->coverage->main_box(), view_.width_px - right,
                                  view_.height_px - top, fit_margin(ui));
    camera.centre.x += right / 2 * camera.metres_per_px;
    camera.centre.y += top / 2 * camera.metres_per_px;
    return camera;
}

ImVec2 MapView::on_screen(const Rect& area, geo::Point map_point) const {
    const geo::Point px = to_screen(camera_, view_, map_point);
    return {area.x0 + static_cast<float>(px.x / raster_),
            area.y0 + static_cast<float>(px.y / raster_)};
}

void MapView::take_dataset(Ui& ui) {
    if (dataset_ == ui.document.dataset()) return;
    dataset_ = ui.document.dataset();
    painter_->clear();
    for (Pane& pane : panes_) {
        pane.picture = Picture();
        pane.look.reset();
        pane.theme.reset();
        pane.themed.reset();
    }
    ruler_.clear();
    outlined_.clear();
    outlined_pin_.reset();
    hovered_.reset();
    pointed_place_ = nullptr;
    flight_.reset();
    placed_.valid = false;
    candidates_ = {};
    fitted_ = true;
    typical_m_ = {};
    if (!dataset_) {
        levels_.open(nullptr, 1, ui.document.jobs());
        return;
    }
    const geo::Coverage& coverage = *dataset_->vintage->coverage;
    double area = 0;
    for (const geo::Face& face : coverage.faces()) area += face.area_m2;
    const data::UnitTable& units = dataset_->vintage->units;
    for (std::size_t level = 0; level < data::kLevels; ++level) {
        const std::size_t count = level == 0 ? units.size() : units.groups[level].size();
        if (count > 0) typical_m_[level] = std::sqrt(area / static_cast<double>(count));
    }
    camera_ = fit_all(ui);
    levels_.open(dataset_, camera_.metres_per_px, ui.document.jobs());
}

void MapView::take_selection(Ui& ui) {
    if (!dataset_) return;
    const double tolerance = tolerance_for(camera_.metres_per_px);
    const auto& selection = ui.document.selection();
    const bool finer =
        !selection.empty() || ui.document.pinned() ? tolerance != outline_tolerance_m_ : false;
    if (selection == outlined_ && ui.document.pinned() == outlined_pin_ && !finer) return;
    outlined_ = selection;
    outlined_pin_ = ui.document.pinned();
    outline_tolerance_m_ = tolerance;
    const geo::Coverage& coverage = *dataset_->vintage->coverage;
    geo::Box box;
    for (geo::FaceId face : outlined_) box.add(coverage.faces()[face].box);
    if (outlined_pin_) box.add(coverage.faces()[*outlined_pin_].box);
    const geo::Point origin = box.empty() ? geo::Point{} : box.centre();
    auto segments = outline(coverage, outlined_, tolerance, origin);
    if (outlined_pin_) {
        const geo::FaceId pin[] = {*outlined_pin_};
        const auto around = outline(coverage, pin, tolerance, origin);
        segments.insert(segments.end(), around.begin(), around.end());
    }
    painter_->set_selection(segments, origin);
}

void MapView::update(Ui& ui, const Rect& area) {
    if (!painter_) painter_ = std::make_unique<ScreenPainter>();
    raster_ = std::max(1.0F, ImGui::GetIO().DisplayFramebufferScale.x);
    arrange(ui, area);
    const Rect& picture = panes_.front().area;
    const Viewport view{std::round(picture.width() * raster_),
                        std::round(picture.height() * raster_)};
    const bool resized = !(view == view_) || covered_ != clear_of_;
    clear_of_ = covered_;
    // Pictures of another size show the same ground: a change of view is no jump.
    if (resized && !fitted_ && view_.width_px > 0 && view.width_px > 0 &&
        pictures_ != panes_.size())
        camera_.metres_per_px *=
            std::max(view_.width_px / view.width_px, view_.height_px / view.height_px);
    pictures_ = panes_.size();
    view_ = view;
    take_dataset(ui);
    // Once the window itself has been seen.
    const bool idle = !dataset_ && ui.document.loading() && ImGui::GetFrameCount() > 2;
    if (idle && !std::exchange(warm_, true)) painter_->warm_up();
    if (!dataset_) return;
    if (resized && fitted_ && !flight_) camera_ = fit_all(ui);
    if (flight_) {
        const double t = (ui.now - flight_->start) / kFlightSeconds;
        const double eased = t >= 1 ? 1 : t * t * (3 - 2 * t);
        camera_ = between(flight_->from, flight_->to, eased);
        if (t >= 1) flight_.reset();
        ui.animating = true;
        moved_at_ = ui.now;
    }
    take_styles(ui);
    take_selection(ui);
    lines_.update(ui, dataset_);
}

void MapView::zoom_all(Ui& ui) {
    if (!dataset_) return;
    fly_to(ui, dataset_->vintage->coverage->main_box());
    if (flight_) flight_->to = fit_all(ui);
    fitted_ = true;
}

void MapView::fly_to(Ui& ui, const geo::Box& box) {
    if (!dataset_ || box.empty()) return;
    fly(ui, map::fit(box, view_.width_px, view_.height_px,
                     0.28 * std::min(view_.width_px, view_.height_px)));
}

void MapView::frame(Ui& ui, const geo::Box& box) {
    if (!dataset_ || box.empty()) return;
    fly(ui, map::fit(box, view_.width_px, view_.height_px, 0));
}

void MapView::fly(Ui& ui, map::Camera to) {
    to = limited(to, view_, dataset_->vintage->coverage->box());
    flight_ = Flight{camera_, to, ui.now};
    fitted_ = false;
    ui.animating = true;
}

geo::Box MapView::seen() const {
    return visible(flight_ ? flight_->to : camera_, view_);
}

std::vector<data::Period> MapView::periods() const {
    std::vector<data::Period> out;
    for (const Pane& pane : panes_) out.push_back(pane.period);
    return out;
}

void MapView::zoom_by(const Ui& ui, double factor) {
    if (!dataset_) return;
    const map::Camera from = flight_ ? flight_->to : camera_;
    const map::Camera to = zoomed(from, view_, {view_.width_px / 2, view_.height_px / 2}, factor,
                                  dataset_->vintage->coverage->box());
    flight_ = Flight{camera_, to, ui.now};
    fitted_ = false;
}

void MapView::zoom_at(geo::Point px, double factor) {
    if (!dataset_) return;
    panning_ = false;
    camera_ = zoomed(camera_, view_, px, factor, dataset_->vintage->coverage->box());
    fitted_ = false;
    nudged_ = true;
    flight_.reset();
}

void MapView::pan_by(double dx_px, double dy_px) {
    if (!dataset_) return;
    panning_ = true;
    camera_ = limited(panned(camera_, dx_px, dy_px), view_, dataset_->vintage->coverage->box());
    fitted_ = false;
    nudged_ = true;
    flight_.reset();
}

void MapView::paint(Ui& ui) {
    PaintSpec spec;
    spec.camera = camera_;
    spec.width = static_cast<int>(view_.width_px);
    spec.height = static_cast<int>(view_.height_px);
    spec.scale = ui.scale * raster_;
    spec.ground = ui.theme->map_ground;
    // While the map moves every frame counts; once it rests it is made smooth.
    if (std::exchange(nudged_, false)) moved_at_ = ui.now;
    const bool moving =
        (dragging_ && drag_ == Drag::Pan) || flight_ || ui.now - moved_at_ < kRestSeconds;
    spec.smooth = !moving;
    spec.margin = static_cast<int>(kPictureMargin * std::min(view_.width_px, view_.height_px));
    // A picture that is seen only for a moment needs no margin, unless it is to be moved about.
    spec.reach = !moving || drag_ == Drag::Pan || panning_;
    if (moving) ui.animating = true;
    const double s = spec.scale;
    const double unit = typical_px(data::Level::Commune) / s;
    const double district = typical_px(data::Level::District) / s;
    const double province = typical_px(data::Level::Province) / s;
    using map::LineRank;
    const double weight[kRanks] = {presence(unit, 5, 16), presence(district, 8, 46),
                                   0.35 + 0.65 * presence(province, 30, 220),
                                   0.35 + 0.65 * presence(std::max(unit * 3, province), 30, 160)};
    for (std::size_t rank = 0; rank < kRanks; ++rank) {
        const map::LineStyle style = map::line_style(static_cast<LineRank>(rank));
        // The land of a cartogram is not where its circles are.
        const double width_px = is_cartogram() ? 0 : style.width_px * s * weight[rank];
        spec.width_px[rank] = width_px < kFaintestLine ? 0 : width_px;
        spec.colour[rank] = style.colour;
    }
    // A dark line is seen on dark classes by its light edge, a coast against a dark sea by its
    // colour.
    const auto at = [](LineRank rank) { return static_cast<std::size_t>(rank); };
    spec.edged[at(LineRank::District)] = true;
    spec.edged[at(LineRank::Province)] = ui.theme->dark;
    spec.colour[at(LineRank::Coast)] = ui.theme->map_coast;
    for (Pane& pane : panes_) painted_ = painter_->paint(pane.picture, spec, moving) || painted_;
}

void MapView::draw(Ui& ui, const Rect& area) {
    copy_key(ui);
    begin_region(ui, "map", area, {.ground = colour(ui.theme->map_ground), .padding = {0, 0}});
    painted_ = false;
    if (dataset_ && view_.width_px > 0) {
        // What lies over the map is asked first whether the mouse is on it, and painted last.
        ImDrawList& list = *ImGui::GetWindowDrawList();
        list.ChannelsSplit(2);
        list.ChannelsSetCurrent(1);
        if (shown()) draw_pane_titles(ui);
        list.ChannelsSetCurrent(0);
        steer(ui, area);
        if (levels_.update(camera_, view_, ui.document.jobs(), *painter_)) placed_.valid = false;
        take_styles(ui);
        paint(ui);
        draw_overlay(ui, area);
        list.ChannelsMerge();
        // A tooltip would lie over what is measured.
        const bool told = !ui.shell.presenting && !by_keys_ && ui.shell.tool != MapTool::Ruler;
        if (shown() && told) draw_tooltip(ui);
        draw_identified(ui);
    } else {
        pointed_.reset();
        hovered_.reset();
    }
    if (!shown() || (ui.document.loading() && !dataset_)) draw_waiting(ui, area);
    end_region();
}

} // namespace diaban::gui
