#include "gui/map_view.hpp"

#include "gui/widgets.hpp"

#include <cmath>

namespace diaban::gui {
namespace {

constexpr double kFlightSeconds = 0.28;
constexpr double kFitMarginPx = 34;
constexpr float kDragPx = 4;          // less is a click
constexpr double kReach = 0.16;       // margin of the picture, of the shorter side
constexpr double kRestSeconds = 0.12; // without movement, the picture is made smooth

std::size_t index_of(data::Level level) {
    return static_cast<std::size_t>(level);
}

// A line is drawn lighter where the units it separates are small, and not at all where it would
// cover them: 0 below `least` pixels a unit, all of it from `full` pixels on.
double presence(double unit_px, double least, double full) {
    return std::clamp((unit_px - least) / (full - least), 0.0, 1.0);
}

} // namespace

double MapView::typical_px(data::Level level) const {
    return typical_m_[index_of(level)] / camera_.metres_per_px;
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
    styled_for_.reset();
    outlined_.clear();
    outlined_pin_.reset();
    hovered_.reset();
    pointed_place_ = nullptr;
    flight_.reset();
    placed_.valid = false;
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
    camera_ = map::fit(coverage.main_box(), view_.width_px, view_.height_px,
                       kFitMarginPx * ui.scale * raster_);
    levels_.open(dataset_, camera_.metres_per_px, ui.document.jobs());
}

void MapView::take_style(Ui& ui) {
    const app::StyledMap* styled = dataset_ ? ui.document.shown() : nullptr;
    if (!dataset_) return;
    if (!styled) {
        if (styled_for_ || !painter_->ready()) {
            // Boundaries without values: the shape of the land is shown all the same.
            map::Style plain;
            map::LegendEntry land;
            land.colour = ui.theme->dark ? map::Colour{0x3A, 0x40, 0x46} : map::kOtherLand;
            plain.entries.push_back(land);
            plain.entry_of.assign(dataset_->vintage->units.size(), 0);
            painter_->set_colours(plain, plain.entry_of.size(), false);
            styled_for_.reset();
        }
        return;
    }
    const bool hatches = ui.document.settings().hatches;
    if (styled_for_ == styled->serial && hatches == hatched_) return;
    moved_at_ = ui.now; // a year on the move is painted fast, then smooth
    painter_->set_colours(styled->style, dataset_->vintage->units.size(), hatches);
    styled_for_ = styled->serial;
    hatched_ = hatches;
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
    area_ = area;
    raster_ = std::max(1.0F, ImGui::GetIO().DisplayFramebufferScale.x);
    const Viewport view{std::round(area.width() * raster_), std::round(area.height() * raster_)};
    const bool resized = !(view == view_);
    view_ = view;
    take_dataset(ui);
    if (!dataset_) return;
    const geo::Coverage& coverage = *dataset_->vintage->coverage;
    if (resized && fitted_ && !flight_)
        camera_ = map::fit(coverage.main_box(), view_.width_px, view_.height_px,
                           kFitMarginPx * ui.scale * raster_);
    if (flight_) {
        const double t = (ui.now - flight_->start) / kFlightSeconds;
        const double eased = t >= 1 ? 1 : t * t * (3 - 2 * t);
        camera_ = between(flight_->from, flight_->to, eased);
        if (t >= 1) flight_.reset();
        ui.animating = true;
        moved_at_ = ui.now;
    }
    take_style(ui);
    take_selection(ui);
}

void MapView::zoom_all(Ui& ui) {
    if (!dataset_) return;
    fly_to(ui, dataset_->vintage->coverage->main_box());
    if (flight_)
        flight_->to = map::fit(dataset_->vintage->coverage->main_box(), view_.width_px,
                               view_.height_px, kFitMarginPx * ui.scale * raster_);
    fitted_ = true;
}

void MapView::fly_to(Ui& ui, const geo::Box& box) {
    if (!dataset_ || box.empty()) return;
    map::Camera to = map::fit(box, view_.width_px, view_.height_px,
                              0.28 * std::min(view_.width_px, view_.height_px));
    to = limited(to, view_, dataset_->vintage->coverage->box());
    flight_ = Flight{camera_, to, ui.now};
    fitted_ = false;
    ui.animating = true;
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

void MapView::click(Ui& ui, geo::Point at) {
    const geo::Locator* locator = levels_.locator();
    if (!locator) return;
    const auto face = locator->face_at(at);
    if (ImGui::GetIO().KeyCtrl) {
        if (face) ui.document.toggle(*face);
        return;
    }
    ui.document.pin(face);
    ui.document.select(face ? std::vector<geo::FaceId>{*face} : std::vector<geo::FaceId>{});
}

void MapView::steer(Ui& ui, const Rect& area) {
    ImGui::SetCursorScreenPos({area.x0, area.y0});
    ImGui::InvisibleButton("map", {area.width(), area.height()},
                           ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonMiddle);
    record(ui, "map");
    ImGuiIO& io = ImGui::GetIO();
    const bool over = ImGui::IsItemHovered();
    const bool held = ImGui::IsItemActive();
    const geo::Point px{(io.MousePos.x - area.x0) * raster_, (io.MousePos.y - area.y0) * raster_};
    if (ImGui::IsItemActivated()) {
        press_ = io.MousePos;
        dragging_ = false;
        boxing_ = io.KeyShift;
        ui.shell.keyboard = false;
    }
    const float way = std::hypot(io.MousePos.x - press_.x, io.MousePos.y - press_.y);
    if (held && !dragging_ && way > ui.px(kDragPx)) {
        dragging_ = true;
        // What lay under the press stays under the cursor, from the first pixel on.
        if (!boxing_)
            pan_by((io.MousePos.x - press_.x) * raster_, (io.MousePos.y - press_.y) * raster_);
    } else if (held && dragging_ && !boxing_ && (io.MouseDelta.x != 0 || io.MouseDelta.y != 0)) {
        pan_by(io.MouseDelta.x * raster_, io.MouseDelta.y * raster_);
        moved_at_ = ui.now;
    }
    if (dragging_ && !boxing_) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeAll);
    if (ImGui::IsItemDeactivated()) {
        if (!dragging_)
            click(ui, to_map(camera_, view_, px));
        else if (boxing_) {
            geo::Box box;
            box.add(to_map(camera_, view_, px));
            box.add(to_map(camera_, view_,
                           {(press_.x - area.x0) * raster_, (press_.y - area.y0) * raster_}));
            std::vector<geo::FaceId> inside;
            const auto faces = dataset_->vintage->coverage->faces();
            for (std::size_t i = 0; i < faces.size(); ++i)
                if (box.contains(faces[i].label_at)) inside.push_back(static_cast<geo::FaceId>(i));
            ui.document.select(std::move(inside));
        }
        dragging_ = boxing_ = false;
    }
    const geo::Box& world = dataset_->vintage->coverage->box();
    if (over && io.MouseWheel != 0) {
        zoom_at(px, std::pow(1.3, io.MouseWheel));
        moved_at_ = ui.now;
    }
    if (over && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left) && !io.KeyCtrl) {
        flight_ = Flight{camera_, zoomed(camera_, view_, px, 2, world), ui.now};
        fitted_ = false;
        ui.animating = true;
    }
    pointed_.reset();
    hovered_.reset();
    if (over) {
        pointed_ = to_map(camera_, view_, px);
        if (!dragging_ && levels_.locator()) hovered_ = levels_.locator()->face_at(*pointed_);
    }
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
    const bool moving = dragging_ || flight_ || ui.now - moved_at_ < kRestSeconds;
    spec.smooth = !moving;
    spec.margin = static_cast<int>(kReach * std::min(view_.width_px, view_.height_px));
    // A picture that is seen only for a moment needs no margin, unless it is to be moved about.
    spec.reach = !moving || dragging_ || panning_;
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
        spec.width_px[rank] = style.width_px * s * weight[rank];
        spec.colour[rank] = style.colour;
    }
    painted_ = painter_->paint(spec, moving);
}

void MapView::show(int framebuffer_height) const {
    if (!dataset_ || !painter_ || view_.width_px <= 0) return;
    painter_->show(static_cast<int>(std::round(area_.x0 * raster_)),
                   framebuffer_height - static_cast<int>(std::round(area_.y0 * raster_)) -
                       static_cast<int>(view_.height_px));
}

void MapView::draw(Ui& ui, const Rect& area) {
    begin_region(ui, "map", area, {.ground = colour(ui.theme->map_ground), .padding = {0, 0}});
    painted_ = false;
    if (dataset_ && view_.width_px > 0) {
        steer(ui, area);
        if (levels_.update(camera_, view_, ui.document.jobs(), *painter_)) placed_.valid = false;
        take_style(ui);
        paint(ui);
        draw_overlay(ui, area);
    } else {
        pointed_.reset();
        hovered_.reset();
    }
    if (!shown() || (ui.document.loading() && !dataset_)) draw_waiting(ui, area);
    end_region();
}

} // namespace diaban::gui
