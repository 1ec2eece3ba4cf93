#include "gui/panels/layout_canvas.hpp"

#include "base/number.hpp"
#include "gui/widgets.hpp"

#include <algorithm>
#include <cmath>

namespace diaban::gui {
namespace {

constexpr float kSheetMargin = 26; // around a sheet that fits, interface pixels
constexpr float kHandle = 8;       // side of a handle
constexpr float kCatch = 6;        // pixels within which an edge or a handle is caught
constexpr float kClickReach = 3;   // a hand that clicks moves no further
constexpr double kLeastZoom = 0.05, kMostZoom = 16; // of the true size
constexpr double kMostSnapMm = 3;
constexpr int kMostPixels = 3600; // across a picture of the page; larger ones are stretched

bool is_in(const std::vector<std::string>& ids, const std::string& id) {
    return std::find(ids.begin(), ids.end(), id) != ids.end();
}

// A line has no handles beside itself.
bool has_handle(const map::LayoutItem& item, map::Handle handle) {
    if (item.kind != map::ItemKind::Rule) return true;
    return item.box_mm.height == 0 ? handle.y == 0 : item.box_mm.width == 0 ? handle.x == 0 : true;
}

ImGuiMouseCursor cursor_of(map::Handle handle) {
    if (handle.x == 0) return ImGuiMouseCursor_ResizeNS;
    if (handle.y == 0) return ImGuiMouseCursor_ResizeEW;
    return handle.x == handle.y ? ImGuiMouseCursor_ResizeNWSE : ImGuiMouseCursor_ResizeNESW;
}

} // namespace

void LayoutCanvas::place(Ui& ui, const Rect& area, const map::PageSize& size) {
    area_ = area;
    true_px_per_mm_ = 96 / map::kMmPerInch * static_cast<double>(ui.scale);
    if (fitted_) {
        const double margin = 2 * static_cast<double>(ui.px(kSheetMargin));
        px_per_mm_ = std::max(
            0.01, std::min((static_cast<double>(area.width()) - margin) / size.width_mm,
                           (static_cast<double>(area.height()) - margin) / size.height_mm));
        centre_ = {size.width_mm / 2, size.height_mm / 2};
    }
    // Some of the sheet stays in sight.
    centre_.x = std::clamp(centre_.x, 0.0, size.width_mm);
    centre_.y = std::clamp(centre_.y, 0.0, size.height_mm);
    origin_ = {std::round((area.x0 + area.x1) / 2 - static_cast<float>(centre_.x * px_per_mm_)),
               std::round((area.y0 + area.y1) / 2 - static_cast<float>(centre_.y * px_per_mm_))};
}

geo::Point LayoutCanvas::on_sheet(ImVec2 at) const {
    return {static_cast<double>(at.x - origin_.x) / px_per_mm_,
            static_cast<double>(at.y - origin_.y) / px_per_mm_};
}

ImVec2 LayoutCanvas::on_screen(geo::Point at) const {
    return {origin_.x + static_cast<float>(at.x * px_per_mm_),
            origin_.y + static_cast<float>(at.y * px_per_mm_)};
}

void LayoutCanvas::zoom_about(ImVec2 at, double factor) {
    const geo::Point kept = on_sheet(at);
    const double before = px_per_mm_;
    px_per_mm_ =
        std::clamp(px_per_mm_ * factor, kLeastZoom * true_px_per_mm_, kMostZoom * true_px_per_mm_);
    const double by = before / px_per_mm_;
    centre_ = {kept.x + (centre_.x - kept.x) * by, kept.y + (centre_.y - kept.y) * by};
    fitted_ = false;
}

void LayoutCanvas::zoom_by(double factor) {
    zoom_about({(area_.x0 + area_.x1) / 2, (area_.y0 + area_.y1) / 2}, factor);
}

void LayoutCanvas::actual_size() {
    zoom_by(true_px_per_mm_ / px_per_mm_);
}

double LayoutCanvas::percent() const {
    return 100 * px_per_mm_ / true_px_per_mm_;
}

int LayoutCanvas::width_px(const map::Layout& layout) const {
    const double raster =
        std::max(1.0, static_cast<double>(ImGui::GetIO().DisplayFramebufferScale.x));
    const double wide = std::max(1.0, layout.size.width_mm * px_per_mm_ * raster);
    return static_cast<int>(std::lround(std::min<double>(wide, kMostPixels)));
}

bool LayoutCanvas::give_up() {
    const bool was = doing_ != Doing::Nothing;
    doing_ = Doing::Nothing;
    moved_ = false;
    return was;
}

// ---- The mouse

std::optional<map::Handle> LayoutCanvas::handle_at(Ui& ui, const map::LayoutDraft& draft,
                                                   ImVec2 at) const {
    if (draft.chosen().size() != 1) return std::nullopt;
    const auto& item = draft.now().items[draft.chosen().front()];
    std::optional<map::Handle> best;
    float nearest = ui.px(kCatch + 1);
    for (const auto handle : map::kHandles) {
        if (!has_handle(item, handle)) continue;
        const ImVec2 there = on_screen(map::place_of(item.box_mm, handle));
        const float far = std::max(std::abs(there.x - at.x), std::abs(there.y - at.y));
        if (far < nearest) nearest = far, best = handle;
    }
    return best;
}

void LayoutCanvas::press(Ui& ui, map::LayoutDraft& draft) {
    const ImGuiIO& io = ImGui::GetIO();
    from_ = io.MousePos;
    centre_from_ = centre_;
    moved_ = chose_ = false;
    doing_ = Doing::Panning;
    if (!io.MouseClicked[ImGuiMouseButton_Left]) return;
    if (const auto handle = handle_at(ui, draft, from_)) {
        doing_ = Doing::Sizing;
        handle_ = *handle;
        return;
    }
    const bool more = io.KeyShift || io.KeyCtrl;
    const auto hit =
        map::item_at(draft.now(), on_sheet(from_), static_cast<double>(ui.px(kCatch)) / px_per_mm_);
    if (!hit) {
        if (!more) draft.choose({});
        doing_ = Doing::Choosing;
        return;
    }
    doing_ = Doing::Moving;
    map::ItemSet chosen = draft.chosen();
    if (map::holds(chosen, *hit)) {
        if (!more) return;
        std::erase(chosen, *hit);
        doing_ = Doing::Nothing;
    } else {
        if (!more) chosen.clear();
        chosen.push_back(*hit);
        chose_ = true;
    }
    draft.choose(std::move(chosen));
}

void LayoutCanvas::hold(Ui& ui, const map::LayoutDraft& draft, const Look& look) {
    const ImGuiIO& io = ImGui::GetIO();
    // A key may have taken away what the hand is on.
    const auto& chosen = draft.chosen();
    if ((doing_ == Doing::Sizing && chosen.size() != 1) ||
        (doing_ == Doing::Moving && chosen.empty())) {
        give_up();
        return;
    }
    const ImVec2 d{io.MousePos.x - from_.x, io.MousePos.y - from_.y};
    if (std::max(std::abs(d.x), std::abs(d.y)) > ui.px(kClickReach)) moved_ = true;
    if (!moved_) return;
    const geo::Point by{static_cast<double>(d.x) / px_per_mm_,
                        static_cast<double>(d.y) / px_per_mm_};
    const map::Snapping snapping{
        .on = look.snap && !io.KeyAlt,
        .reach_mm = std::min(static_cast<double>(ui.px(kCatch)) / px_per_mm_, kMostSnapMm)};
    const geo::Point a = on_sheet(from_), b = on_sheet(io.MousePos);
    switch (doing_) {
    case Doing::Moving:
        dragged_ = map::moved(draft.now(), chosen, by, snapping);
        break;
    case Doing::Sizing:
        dragged_ = map::resized(draft.now(), chosen.front(), handle_, by, snapping);
        break;
    case Doing::Choosing:
        frame_ = {std::min(a.x, b.x), std::min(a.y, b.y), std::abs(a.x - b.x), std::abs(a.y - b.y)};
        break;
    case Doing::Panning:
        centre_ = {centre_from_.x - by.x, centre_from_.y - by.y};
        fitted_ = false;
        break;
    case Doing::Nothing:
        break;
    }
}

void LayoutCanvas::release(map::LayoutDraft& draft) {
    if (doing_ == Doing::Moving && !moved_ && !chose_ && draft.chosen().size() > 1 &&
        !ImGui::GetIO().KeyShift && !ImGui::GetIO().KeyCtrl) {
        const auto hit = map::item_at(draft.now(), on_sheet(from_), 1);
        if (hit) draft.choose({*hit});
    }
    if (moved_ && (doing_ == Doing::Moving || doing_ == Doing::Sizing))
        draft.change(std::move(dragged_.layout));
    if (moved_ && doing_ == Doing::Choosing) {
        map::ItemSet chosen = draft.chosen();
        for (const auto i : map::items_in(draft.now(), frame_))
            if (!map::holds(chosen, i)) chosen.push_back(i);
        draft.choose(std::move(chosen));
    }
    give_up();
}

void LayoutCanvas::show_cursor(Ui& ui, const map::LayoutDraft& draft) const {
    if (doing_ == Doing::Panning && moved_) return ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    if (doing_ == Doing::Sizing) return ImGui::SetMouseCursor(cursor_of(handle_));
    if (doing_ == Doing::Moving && moved_) return ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeAll);
    if (const auto handle = handle_at(ui, draft, ImGui::GetIO().MousePos))
        ImGui::SetMouseCursor(cursor_of(*handle));
}

void LayoutCanvas::hand(Ui& ui, map::LayoutDraft& draft, const Look& look) {
    const ImGuiIO& io = ImGui::GetIO();
    if (ImGui::IsItemHovered()) {
        if (io.MouseWheel != 0 && doing_ == Doing::Nothing) {
            zoom_about(io.MousePos, std::pow(1.2, static_cast<double>(io.MouseWheel)));
            place(ui, area_, draft.now().size);
        }
        show_cursor(ui, draft);
    }
    if (ImGui::IsItemActivated()) press(ui, draft);
    if (doing_ == Doing::Nothing) return;
    hold(ui, draft, look);
    if (ImGui::IsItemActive()) {
        place(ui, area_, draft.now().size);
        return;
    }
    release(draft);
}

// ---- The picture

void LayoutCanvas::paint_sheet(Ui& ui, const map::Layout& layout,
                               const PagePicture& picture) const {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const ImVec2 a = origin_, b = on_screen({layout.size.width_mm, layout.size.height_mm});
    list.AddRectFilled({area_.x0, area_.y0}, {area_.x1, area_.y1}, ui.theme->panel);
    list.AddRectFilled({a.x + ui.px(2), a.y + ui.px(3)}, {b.x + ui.px(2), b.y + ui.px(3)},
                       ui.theme->shadow);
    list.AddRectFilled(a, b, IM_COL32_WHITE);
    if (picture.shown()) list.AddImage(picture.texture(), a, b);
    list.AddRect({a.x - 1, a.y - 1}, {b.x + 1, b.y + 1}, ui.theme->line);
}

void LayoutCanvas::paint_items(Ui& ui, const map::Layout& layout, const map::LayoutDraft& draft,
                               const std::vector<std::string>& faulty) const {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    for (std::size_t i = 0; i < layout.items.size(); ++i) {
        const auto& item = layout.items[i];
        const ImVec2 a = on_screen({item.box_mm.x, item.box_mm.y});
        const ImVec2 b = on_screen({item.box_mm.right(), item.box_mm.bottom()});
        const bool chosen = map::holds(draft.chosen(), i), wrong = is_in(faulty, item.id);
        const ImU32 ink = wrong    ? ui.theme->error
                          : chosen ? ui.theme->accent
                                   : faded(ui.theme->muted, 0.45F);
        const bool filled = item.kind != map::ItemKind::Frame && (wrong || (chosen && moved_));
        if (filled) list.AddRectFilled(a, b, faded(ink, 0.12F));
        list.AddRect(a, b, ink, 0, 0, ui.px(wrong || chosen ? 2.0F : 1.0F));
    }
}

// Handles, the lines that were met, and where the box is now in numbers.
void LayoutCanvas::paint_drag(Ui& ui, const map::Layout& layout,
                              const map::LayoutDraft& draft) const {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const bool drags = moved_ && (doing_ == Doing::Moving || doing_ == Doing::Sizing);
    if (draft.chosen().size() == 1) {
        const auto& item = layout.items[draft.chosen().front()];
        const float half = ui.px(kHandle) / 2;
        for (const auto handle : map::kHandles) {
            if (!has_handle(item, handle)) continue;
            const ImVec2 at = on_screen(map::place_of(item.box_mm, handle));
            list.AddRectFilled({at.x - half, at.y - half}, {at.x + half, at.y + half},
                               IM_COL32_WHITE, ui.px(1.5F));
            list.AddRect({at.x - half, at.y - half}, {at.x + half, at.y + half}, ui.theme->accent,
                         ui.px(1.5F), 0, ui.px(1.5F));
        }
    }
    if (moved_ && doing_ == Doing::Choosing) {
        const ImVec2 a = on_screen({frame_.x, frame_.y});
        const ImVec2 b = on_screen({frame_.right(), frame_.bottom()});
        list.AddRectFilled(a, b, faded(ui.theme->accent, 0.08F));
        list.AddRect(a, b, ui.theme->accent);
    }
    if (!drags) return;
    for (const auto& guide : dragged_.guides) {
        const ImVec2 a = on_screen(guide.upright ? geo::Point{guide.at, guide.from}
                                                 : geo::Point{guide.from, guide.at});
        const ImVec2 b = on_screen(guide.upright ? geo::Point{guide.at, guide.to}
                                                 : geo::Point{guide.to, guide.at});
        list.AddLine(a, b, ui.theme->warning, ui.px(1.2F));
    }
    const auto box = map::box_around(layout, draft.chosen());
    const auto mm = [&](double v) { return ui.document.language().number(v, 1); };
    const std::string text = doing_ == Doing::Sizing
                                 ? mm(box.width) + " × " + mm(box.height) + " mm"
                                 : mm(box.x) + " ; " + mm(box.y) + " mm";
    const ImVec2 size = text_size(ui.fonts.small, text), at = on_screen({box.x, box.bottom()});
    const ImVec2 pad{ui.px(6), ui.px(3)}, corner{at.x, at.y + ui.px(8)};
    list.AddRectFilled(corner, {corner.x + size.x + 2 * pad.x, corner.y + size.y + 2 * pad.y},
                       ui.theme->accent, ui.px(4));
    draw_text(list, ui.fonts.small, {corner.x + pad.x, corner.y + pad.y}, ui.theme->on_accent,
              text);
}

// What tests look at.
void LayoutCanvas::report(Ui& ui, const map::Layout& layout, const map::LayoutDraft& draft) const {
    if (!ui.probe.on()) return;
    ui.probe.state("layout.sheet.x", static_cast<double>(origin_.x));
    ui.probe.state("layout.sheet.y", static_cast<double>(origin_.y));
    ui.probe.state("layout.sheet.px_per_mm", px_per_mm_);
    ui.probe.state("layout.guides", moved_ ? static_cast<double>(dragged_.guides.size()) : 0.0);
    std::string boxes, chosen;
    for (const auto& item : layout.items) {
        boxes += item.id;
        for (const double v : {item.box_mm.x, item.box_mm.y, item.box_mm.width, item.box_mm.height})
            boxes += " " + base::format_exact(v);
        boxes += "\n";
    }
    for (const auto i : draft.chosen())
        chosen += (chosen.empty() ? "" : " ") + draft.now().items[i].id;
    ui.probe.state("layout.boxes", boxes);
    ui.probe.state("layout.chosen", chosen);
}

void LayoutCanvas::draw(Ui& ui, const Rect& area, map::LayoutDraft& draft, const Look& look) {
    place(ui, area, draft.now().size);
    ImGui::SetCursorScreenPos({area.x0, area.y0});
    ImGui::InvisibleButton("##page", {std::max(1.0F, area.width()), std::max(1.0F, area.height())},
                           ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonRight |
                               ImGuiButtonFlags_MouseButtonMiddle);
    record(ui, "layout.page");
    hand(ui, draft, look);
    const bool drags = moved_ && (doing_ == Doing::Moving || doing_ == Doing::Sizing);
    const map::Layout& layout = drags ? dragged_.layout : draft.now();
    ImGui::PushClipRect({area.x0, area.y0}, {area.x1, area.y1}, true);
    paint_sheet(ui, layout, look.picture);
    paint_items(ui, layout, draft, look.faulty);
    paint_drag(ui, layout, draft);
    ImGui::PopClipRect();
    report(ui, layout, draft);
}

} // namespace diaban::gui
