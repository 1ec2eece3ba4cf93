// The mouse on the map: panning, pinning, the shapes that select, the ruler.
#include "gui/map_view.hpp"
#include "gui/widgets.hpp"
#include "gui/wrapped_text.hpp"

#include <GLFW/glfw3.h>

#include <cmath>

namespace diaban::gui {
namespace {

constexpr float kDragPx = 4;         // less is a click
constexpr float kHandingWidth = 340; // of what is told beside the mouse
constexpr float kSwipeReach = 12;    // from the line between two pictures

app::Combine combine_by_keys() {
    const ImGuiIO& io = ImGui::GetIO();
    return io.KeyAlt    ? app::Combine::Subtract
           : io.KeyCtrl ? app::Combine::Add
                        : app::Combine::Replace;
}

} // namespace

geo::Point MapView::map_point(ImVec2 mouse) const {
    const Rect& area = panes_[std::min(active_, panes_.size() - 1)].area;
    return to_map(camera_, view_, {(mouse.x - area.x0) * raster_, (mouse.y - area.y0) * raster_});
}

void MapView::click(Ui& ui, geo::Point at) {
    if (ui.shell.tool == MapTool::Ruler) {
        ruler_.push_back(at);
        return;
    }
    if (!levels_.locator()) return;
    const auto face = unit_at(at);
    if (ui.shell.presenting) {
        // A district in the light, the others in the dark; again, or beside the map: all lit.
        const auto& parent =
            dataset_->vintage->units.parent[static_cast<std::size_t>(data::Level::District)];
        const auto district = face && *face < parent.size()
                                  ? std::optional<std::size_t>(parent[*face])
                                  : std::nullopt;
        ui.shell.spotlight = ui.shell.spotlight == district ? std::nullopt : district;
        return;
    }
    const app::Combine how = combine_by_keys();
    if (how != app::Combine::Replace) {
        if (!face) return;
        const auto& now = ui.document.selection();
        const bool chosen = std::binary_search(now.begin(), now.end(), *face);
        // Ctrl on a chosen unit takes it away again.
        ui.document.select(app::combined(
            now, {*face},
            chosen || how == app::Combine::Subtract ? app::Combine::Subtract : app::Combine::Add));
        return;
    }
    ui.document.pin(face);
    ui.document.select(face ? app::Faces{*face} : app::Faces{});
}

app::Faces MapView::shape_faces() const {
    const geo::Coverage& coverage = *dataset_->vintage->coverage;
    const geo::Point from = map_point(press_), to = map_point(ImGui::GetIO().MousePos);
    if (drag_ == Drag::Box) {
        geo::Box box;
        box.add(from);
        box.add(to);
        return app::faces_in_box(coverage, box);
    }
    if (drag_ == Drag::Circle)
        return app::faces_in_circle(coverage, from, std::hypot(to.x - from.x, to.y - from.y));
    std::vector<geo::Point> polygon;
    for (const ImVec2& p : lasso_) polygon.push_back(map_point(p));
    return app::faces_in_polygon(coverage, polygon);
}

void MapView::press(Ui& ui, const Rect& area) {
    const ImGuiIO& io = ImGui::GetIO();
    press_ = io.MousePos;
    dragging_ = false;
    lasso_.clear();
    ui.shell.keyboard = false;
    for (std::size_t i = 0; i < panes_.size(); ++i)
        if (panes_[i].visible.contains(press_)) active_ = i;
    const float line = panes_.front().visible.x1;
    const bool on_line = panes_.size() == 2 && ui.shell.swipe &&
                         ui.shell.mode == MapMode::Compare &&
                         std::abs(press_.x - line) < ui.px(kSwipeReach);
    drag_ = on_line                            ? Drag::Swipe
            : io.KeyShift                      ? Drag::Box
            : ui.shell.tool == MapTool::Box    ? Drag::Box
            : ui.shell.tool == MapTool::Lasso  ? Drag::Lasso
            : ui.shell.tool == MapTool::Circle ? Drag::Circle
            : ui.shell.tool == MapTool::Link   ? Drag::Link
                                               : Drag::Pan;
    given_.reset();
    if (const Handing* plan = handing(ui); plan && drag_ == Drag::Pan && levels_.locator()) {
        given_ = levels_.locator()->face_at(map_point(press_));
        if (given_ && plan->takes_part(*given_)) drag_ = Drag::Give;
    }
    if (!area.contains(press_)) drag_ = Drag::None;
}

const Handing* MapView::handing(Ui& ui) const {
    const auto& plan = ui.shell.handing;
    const bool shown_now = plan && ui.document.shows_result(plan->serial);
    return shown_now && ui.shell.tool == MapTool::Give ? plan.get() : nullptr;
}

void MapView::drag(Ui& ui) {
    const ImGuiIO& io = ImGui::GetIO();
    if (!ImGui::IsMousePosValid()) return;
    std::vector<ImVec2> way; // of this frame
    for (const auto& place : ui.way) {
        const ImVec2 at{static_cast<float>(place.x), static_cast<float>(place.y)};
        if (ImGui::IsMousePosValid(&at)) way.push_back(at);
    }
    const auto far = [&](ImVec2 at) {
        return std::hypot(at.x - press_.x, at.y - press_.y) > ui.px(kDragPx);
    };
    // A lasso may end where it began.
    const bool gone =
        far(io.MousePos) || (drag_ == Drag::Lasso && std::any_of(way.begin(), way.end(), far));
    const bool begins = !dragging_ && gone;
    dragging_ = dragging_ || begins;
    if (!dragging_) return;
    if (drag_ == Drag::Pan && begins) {
        // What lay under the press stays under the cursor, from the first pixel on.
        pan_by((io.MousePos.x - press_.x) * raster_, (io.MousePos.y - press_.y) * raster_);
    } else if (drag_ == Drag::Pan && (io.MouseDelta.x != 0 || io.MouseDelta.y != 0)) {
        pan_by(io.MouseDelta.x * raster_, io.MouseDelta.y * raster_);
        moved_at_ = ui.now;
    } else if (drag_ == Drag::Lasso) {
        if (lasso_.empty()) lasso_.push_back(press_);
        // Also where the hand was quicker than the frames.
        for (const auto at : way)
            if (std::hypot(at.x - lasso_.back().x, at.y - lasso_.back().y) > ui.px(3))
                lasso_.push_back(at);
    } else if (drag_ == Drag::Swipe) {
        const Rect& whole = panes_.front().area;
        ui.shell.swipe_at =
            std::clamp((io.MousePos.x - whole.x0) / std::max(1.0F, whole.width()), 0.02F, 0.98F);
    }
    if (drag_ == Drag::Pan) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeAll);
}

// The units at both ends of a line become neighbours, also where no border joins them.
void MapView::link_units(Ui& ui, geo::Point from, geo::Point to) {
    const geo::Locator* locator = levels_.locator();
    if (!locator) return;
    const auto a = locator->face_at(from), b = locator->face_at(to);
    if (!a || !b || a == b) {
        ui.shell.notice = ui.text("ui.neighbours.no_link");
        return;
    }
    app::Project next = ui.document.project();
    const auto before = next.links.size();
    next.links = app::with_link(std::move(next.links), dataset_->vintage->units, *a, *b);
    if (next.links.size() != before) ui.document.edit(std::move(next), "edit.links");
}

void MapView::release(Ui& ui) {
    if (!dragging_)
        click(ui, map_point(ImGui::GetIO().MousePos));
    else if (drag_ == Drag::Link)
        link_units(ui, map_point(press_), map_point(ImGui::GetIO().MousePos));
    else if (drag_ == Drag::Give) {
        // Left with Esc on the way, it stays where it was.
        const Handing* plan = handing(ui);
        const auto to = levels_.locator()
                            ? levels_.locator()->face_at(map_point(ImGui::GetIO().MousePos))
                            : std::nullopt;
        if (plan && given_ && to && plan->tell(ui, *given_, to).possible)
            plan->give(ui, *given_, *to);
    } else if (drag_ == Drag::Box || drag_ == Drag::Lasso || drag_ == Drag::Circle)
        ui.document.select(
            app::combined(ui.document.selection(), shape_faces(), combine_by_keys()));
    dragging_ = false;
    drag_ = Drag::None;
    lasso_.clear();
}

void MapView::steer(Ui& ui, const Rect& area) {
    ImGui::SetCursorScreenPos({area.x0, area.y0});
    ImGui::InvisibleButton("map", {area.width(), area.height()},
                           ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonMiddle);
    record(ui, "map");
    const ImGuiIO& io = ImGui::GetIO();
    const bool over = ImGui::IsItemHovered();
    by_keys_ = ui.shell.keyboard && ImGui::IsItemFocused();
    if (ImGui::IsItemActivated() && !by_keys_) press(ui, area);
    // A quick hand moves and lets go within one frame.
    const bool let_go = ImGui::IsItemDeactivated();
    if ((ImGui::IsItemActive() || let_go) && drag_ != Drag::None) drag(ui);
    if (let_go && drag_ != Drag::None) release(ui);
    if (drag_ == Drag::None)
        for (std::size_t i = 0; i < panes_.size(); ++i)
            if (panes_[i].visible.contains(io.MousePos)) active_ = i;
    const Rect& picture = panes_[std::min(active_, panes_.size() - 1)].area;
    const geo::Point px{(io.MousePos.x - picture.x0) * raster_,
                        (io.MousePos.y - picture.y0) * raster_};
    const geo::Box& world = dataset_->vintage->coverage->box();
    if (over && io.MouseWheel != 0) {
        zoom_at(px, std::pow(1.3, io.MouseWheel));
        moved_at_ = ui.now;
    }
    const bool shaping = ui.shell.tool != MapTool::Pointer || ui.shell.presenting;
    if (over && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left) && !io.KeyCtrl && !shaping) {
        flight_ = Flight{camera_, zoomed(camera_, view_, px, 2, world), ui.now};
        fitted_ = false;
        ui.animating = true;
    }
    pointed_.reset();
    hovered_.reset();
    if (by_keys_) return steer_by_keys(ui);
    if (!over) return;
    pointed_ = map_point(io.MousePos);
    if (!ui.shell.presenting && !dragging_ && ImGui::IsMouseReleased(ImGuiMouseButton_Right))
        identify(ui, *pointed_, pane_at(io.MousePos).period);
    if (!dragging_ || drag_ == Drag::Give) hovered_ = unit_at(*pointed_);
}

// The arrows move the map below a cross in its middle; Enter is a click there.
void MapView::steer_by_keys(Ui& ui) {
    const geo::Point middle{view_.width_px / 2, view_.height_px / 2};
    const double step = std::min(view_.width_px, view_.height_px) / 10;
    const bool several = panes_.size() > 1 && !ui.shell.swipe; // arrows lead to their years
    for (const KeyPress& key : ui.keys) {
        if (!several && key.mods == 0) {
            if (key.key == GLFW_KEY_LEFT) pan_by(step, 0);
            if (key.key == GLFW_KEY_RIGHT) pan_by(-step, 0);
            if (key.key == GLFW_KEY_UP) pan_by(0, step);
            if (key.key == GLFW_KEY_DOWN) pan_by(0, -step);
        }
        const bool enter = key.key == GLFW_KEY_ENTER || key.key == GLFW_KEY_KP_ENTER;
        if (enter && !key.repeated) click(ui, to_map(camera_, view_, middle));
        if (key.key == GLFW_KEY_MENU)
            identify(ui, to_map(camera_, view_, middle),
                     panes_[std::min(active_, panes_.size() - 1)].period);
    }
    pointed_ = to_map(camera_, view_, middle);
    hovered_ = unit_at(*pointed_);
}

void MapView::draw_crosshair(Ui& ui) const {
    const Rect& area = panes_[std::min(active_, panes_.size() - 1)].area;
    const ImVec2 at{std::round((area.x0 + area.x1) / 2), std::round((area.y0 + area.y1) / 2)};
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const float inner = ui.px(5), outer = ui.px(15);
    for (int pass = 0; pass < 2; ++pass) {
        const ImU32 ink = pass == 0 ? IM_COL32_WHITE : ui.theme->accent;
        const float thick = ui.px(pass == 0 ? 4.5F : 2.0F);
        for (const float side : {-1.0F, 1.0F}) {
            list.AddLine({at.x + side * inner, at.y}, {at.x + side * outer, at.y}, ink, thick);
            list.AddLine({at.x, at.y + side * inner}, {at.x, at.y + side * outer}, ink, thick);
        }
    }
}

std::optional<double> MapView::measured_m() const {
    return length_m(ruler_);
}

// The shape that is being drawn.
void MapView::draw_tool(Ui& ui) {
    if (!dragging_) return;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const ImVec2 now = ImGui::GetIO().MousePos;
    const ImU32 fill = faded(ui.theme->accent, 0.12F), edge = ui.theme->accent;
    if (drag_ == Drag::Box) {
        list.AddRectFilled(press_, now, fill);
        list.AddRect(press_, now, edge);
    } else if (drag_ == Drag::Circle) {
        const float radius = std::hypot(now.x - press_.x, now.y - press_.y);
        list.AddCircleFilled(press_, radius, fill, 64);
        list.AddCircle(press_, radius, edge, 64);
    } else if (drag_ == Drag::Link) {
        list.AddLine(press_, now, IM_COL32_WHITE, ui.px(5));
        list.AddLine(press_, now, edge, ui.px(2.2F));
    } else if (drag_ == Drag::Give) {
        draw_handing(ui);
    } else if (drag_ == Drag::Lasso && lasso_.size() > 1) {
        list.AddPolyline(lasso_.data(), static_cast<int>(lasso_.size()), edge, ImDrawFlags_Closed,
                         ui.px(1.5F));
    }
}

// A line from the commune to the mouse, and beside the mouse what letting go would lead to.
void MapView::draw_handing(Ui& ui) {
    const Handing* plan = handing(ui);
    if (!plan || !given_) return;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const ImVec2 now = ImGui::GetIO().MousePos;
    const auto told = plan->tell(ui, *given_, hovered_);
    const ImU32 ink = told.possible ? ui.theme->accent : ui.theme->muted;
    list.AddLine(press_, now, IM_COL32_WHITE, ui.px(5));
    list.AddLine(press_, now, ink, ui.px(2.2F));
    list.AddCircleFilled(press_, ui.px(4.5F), ink);
    std::string text, whole;
    for (const std::string& line : told.lines) {
        text += (text.empty() ? "" : "\n") + wrapped(ui.fonts.small, line, ui.px(kHandingWidth));
        whole += (whole.empty() ? "" : "|") + line;
    }
    ui.probe.state("handing", whole);
    ui.probe.state("handing.possible", told.possible ? "yes" : "no");
    const ImVec2 size = text_size(ui.fonts.small, text);
    const float pad = ui.px(8);
    // Beside the mouse where there is room, never beyond the map.
    const Rect& area = pane_at(now).visible;
    const float right = now.x + ui.px(16) + size.x + 2 * pad > area.x1
                            ? now.x - ui.px(16) - size.x - 2 * pad
                            : now.x + ui.px(16);
    const ImVec2 a{std::max(area.x0, right),
                   std::clamp(now.y - size.y - ui.px(20), area.y0,
                              std::max(area.y0, area.y1 - size.y - 2 * pad))};
    const ImVec2 b{a.x + size.x + 2 * pad, a.y + size.y + 2 * pad};
    list.AddRectFilled(a, b, ui.theme->ground, ui.px(6));
    list.AddRect(a, b, told.possible ? ui.theme->line : ui.theme->warning, ui.px(6));
    draw_text(list, ui.fonts.small, {a.x + pad, a.y + pad},
              told.possible ? ui.theme->text : ui.theme->warning, text);
    ui.probe.item("map.handing", a.x, a.y, b.x, b.y, true, false);
}

// Points on the ground as metres between them; nothing with less than two.
std::optional<double> MapView::length_m(std::vector<geo::Point> points) const {
    if (points.size() < 2 || !dataset_) return std::nullopt;
    const geo::Crs& crs = dataset_->vintage->coverage->crs();
    double total = 0;
    if (crs.known()) geo::transform(points, crs, geo::Crs::wgs84());
    for (std::size_t i = 1; i < points.size(); ++i)
        total += crs.known()
                     ? geo::ground_distance_m(points[i - 1], points[i])
                     : std::hypot(points[i].x - points[i - 1].x, points[i].y - points[i - 1].y);
    return total;
}

// Every leg with its length, one more to the mouse, and the whole way beside the last point.
void MapView::draw_ruler(Ui& ui) {
    if (ruler_.empty()) return;
    const Rect& area = panes_.front().area;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    std::vector<geo::Point> way = ruler_;
    const bool open = ui.shell.tool == MapTool::Ruler && pointed_ && !dragging_;
    if (open) way.push_back(*pointed_);
    std::vector<ImVec2> line;
    for (const geo::Point& p : way) line.push_back(on_screen(area, p));
    // A mouse that still rests on the last point begins no leg.
    if (const std::size_t n = line.size();
        open && n > 2 &&
        std::hypot(line[n - 1].x - line[n - 2].x, line[n - 1].y - line[n - 2].y) < ui.px(kDragPx))
        way.pop_back(), line.pop_back();
    for (int pass = 0; pass < 2; ++pass)
        list.AddPolyline(line.data(), static_cast<int>(line.size()),
                         pass == 0 ? IM_COL32_WHITE : ui.theme->accent, 0,
                         ui.px(pass == 0 ? 5.0F : 2.2F));
    for (std::size_t i = 0; i < ruler_.size(); ++i) {
        list.AddCircleFilled(line[i], ui.px(5), IM_COL32_WHITE);
        list.AddCircleFilled(line[i], ui.px(3.5F), ui.theme->accent);
    }
    const app::Language& language = ui.document.language();
    const auto words = [&](double metres) {
        return metres >= 10000  ? language.number(metres / 1000, 1) + " km"
               : metres >= 1000 ? language.number(metres / 1000, 2) + " km"
                                : language.number(metres, 0) + " m";
    };
    const auto plate = [&](ImFont* font, ImVec2 corner, const std::string& text) {
        const ImVec2 size = text_size(font, text);
        list.AddRectFilled(corner, {corner.x + size.x + ui.px(16), corner.y + size.y + ui.px(6)},
                           ui.theme->ground, ui.px(6));
        draw_text(list, font, {corner.x + ui.px(8), corner.y + ui.px(3)}, ui.theme->accent, text);
    };
    std::string told;
    // Of one leg the whole says it all.
    for (std::size_t i = 1; i < way.size() && way.size() > 2; ++i) {
        const std::string text = words(length_m({way[i - 1], way[i]}).value_or(0));
        const ImVec2 size = text_size(ui.fonts.small, text);
        if (std::hypot(line[i].x - line[i - 1].x, line[i].y - line[i - 1].y) < 2 * size.x) continue;
        plate(ui.fonts.small,
              {(line[i].x + line[i - 1].x - size.x) / 2 - ui.px(8),
               (line[i].y + line[i - 1].y - size.y) / 2 - ui.px(3)},
              text);
        told += text + "|";
    }
    if (const auto metres = length_m(way)) {
        const float high = text_size(ui.fonts.strong, "X").y;
        plate(ui.fonts.strong, {line.back().x + ui.px(12), line.back().y - high - ui.px(10)},
              words(*metres));
        told += words(*metres);
    }
    ui.probe.state("ruler.told", told);
    ui.probe.state("ruler.legs", static_cast<double>(ruler_.size() - 1));
    if (const auto measured = measured_m()) ui.probe.state("ruler", *measured);
}

} // namespace diaban::gui
