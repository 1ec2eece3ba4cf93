#include "gui/panels/search_box.hpp"

#include "base/text.hpp"
#include "gui/map_view.hpp"
#include "gui/panels/panels.hpp"
#include "gui/widgets.hpp"

#include <GLFW/glfw3.h>
#include <imgui_internal.h>
#include <imgui_stdlib.h>

#include <algorithm>
#include <numeric>

namespace diaban::gui {
namespace {

constexpr std::size_t kMostHits = 10;
constexpr std::size_t kMostAreas = 3; // provinces, and districts

// The longest of the field's hints that it can show whole.
std::string hint_for(const Ui& ui, float width) {
    const std::string full = ui.text("ui.search.hint");
    const float room = width - ui.px(32 + 8);
    for (const std::string& hint : {full + "  Ctrl+F", full, ui.text("ui.search.short")})
        if (text_size(ui.fonts.body, hint).x <= room) return hint;
    return "";
}

// The units found: whose name begins a word as it was typed first, then in Vietnamese order.
std::vector<std::size_t> best_units(const app::Dataset& dataset, const std::string& wanted) {
    const data::UnitTable& units = dataset.vintage->units;
    std::vector<std::size_t> found;
    std::vector<std::string> names;
    for (std::size_t i = 0; i < units.size(); ++i) {
        if (!base::search_matches(dataset.search_keys[i], wanted)) continue;
        found.push_back(i);
        names.push_back(unit_name(units, i) + " " + unit_parents(units, i));
    }
    const auto keys = base::sort_keys(names);
    std::vector<bool> whole;
    for (const std::size_t i : found) {
        const std::string key = " " + base::search_key(unit_name(units, i)) + " ";
        whole.push_back(key.find(" " + wanted + " ") != key.npos);
    }
    std::vector<std::size_t> order(found.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        if (whole[a] != whole[b]) return static_cast<bool>(whole[a]);
        return keys[a] != keys[b] ? keys[a] < keys[b] : a < b;
    });
    std::vector<std::size_t> out;
    for (const std::size_t at : order) out.push_back(found[at]);
    return out;
}

} // namespace

void SearchBox::find(Ui& ui) {
    const auto dataset = ui.document.dataset();
    if (found_for_ == query_ && found_in_ == dataset) return;
    found_for_ = query_;
    found_in_ = dataset;
    hits_.clear();
    at_ = 0;
    const std::string wanted = base::search_key(query_);
    if (!dataset || wanted.empty()) return;
    const data::UnitTable& units = dataset->vintage->units;
    const auto faces = dataset->vintage->coverage->faces();
    for (const data::Level level : {data::Level::Province, data::Level::District}) {
        const auto l = static_cast<std::size_t>(level);
        const std::size_t most = hits_.size() + kMostAreas; // districts have room beside provinces
        for (std::size_t g = 0; g < units.groups[l].size() && hits_.size() < most; ++g) {
            const data::Group& group = units.groups[l][g];
            if (!base::search_matches(base::search_key(group.name), wanted)) continue;
            Hit hit{group.name,
                    ui.text(level == data::Level::District ? "ui.search.district"
                                                           : "ui.search.province"),
                    {},
                    std::nullopt};
            for (std::size_t i = 0; i < units.size(); ++i)
                if (units.parent[l][i] == g && !faces[i].box.empty()) hit.box.add(faces[i].box);
            hits_.push_back(std::move(hit));
        }
    }
    for (const std::size_t i : best_units(*dataset, wanted)) {
        if (hits_.size() >= kMostHits) break;
        hits_.push_back({unit_name(units, i), unit_parents(units, i), faces[i].box, i});
    }
    for (const auto& layer : dataset->places)
        for (const auto& place : layer.places) {
            if (hits_.size() >= kMostHits + 4) return;
            if (!exists_now(ui, place) ||
                !base::search_matches(base::search_key(place.name), wanted))
                continue;
            geo::Box box;
            box.add(place.at);
            hits_.push_back({place.name,
                             app::place_kind_text(place.kind, ui.document.language()),
                             box.grown(4000),
                             {}});
        }
}

void SearchBox::go(Ui& ui, const Hit& hit) {
    uncover_map(ui); // the hit is shown there
    if (hit.unit)
        show_unit(ui, *hit.unit, true);
    else
        ui.map.fly_to(ui, hit.box);
    open_ = false;
    clear_ = true;
}

void SearchBox::draw_field(Ui& ui, float x, float y, float width) {
    if (clear_) {
        query_.clear();
        ImGui::ClearActiveID();
        clear_ = false;
    }
    ImGui::SetCursorScreenPos({x, y});
    if (std::exchange(ui.shell.focus_search, false)) take_keyboard(ui);
    ImGui::SetNextItemWidth(width);
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {ui.px(32), ui.px(4)});
    const bool entered = ImGui::InputTextWithHint("##search", hint_for(ui, width).c_str(), &query_,
                                                  ImGuiInputTextFlags_EnterReturnsTrue);
    ImGui::PopStyleVar();
    record_text(ui, "ui.search", query_);
    const bool active = ImGui::IsItemActive() || entered;
    const ImVec2 a = ImGui::GetItemRectMin(), b = ImGui::GetItemRectMax();
    field_ = {a.x, a.y, b.x, b.y};
    draw_icon(*ImGui::GetWindowDrawList(), Icon::Search, {a.x + ui.px(16), (a.y + b.y) / 2},
              ui.px(16), ui.theme->faint);
    find(ui);
    // A click on a hit takes the keyboard from the field before the hit sees it.
    const bool over_hits = open_ && hits_area_.contains(ImGui::GetIO().MousePos);
    if (open_ && ui.pressed(GLFW_KEY_ESCAPE)) clear_ = true;
    open_ = (active || over_hits) && !query_.empty() && !clear_;
    if (!open_) return;
    if (ui.pressed(GLFW_KEY_DOWN) && at_ + 1 < hits_.size()) ++at_;
    if (ui.pressed(GLFW_KEY_UP) && at_ > 0) --at_;
    if (entered && at_ < hits_.size()) go(ui, hits_[at_]);
}

void SearchBox::draw_hits(Ui& ui) {
    if (!open_) return;
    const float row = ui.px(46);
    const float height = std::max<float>(1, static_cast<float>(hits_.size())) * row + ui.px(12);
    const Rect area{field_.x0, field_.y1 + ui.px(4), field_.x1, field_.y1 + ui.px(4) + height};
    hits_area_ = area;
    begin_region(ui, "hits", area, {.padding = {0, 6}, .overlay = true, .quiet = true});
    ImGui::BringWindowToDisplayFront(ImGui::GetCurrentWindow());
    // The field keeps the keyboard; the list only shows and takes clicks.
    ImDrawList& list = *ImGui::GetWindowDrawList();
    if (hits_.empty())
        draw_text(list, ui.fonts.body, {area.x0 + ui.px(14), area.y0 + ui.px(17)}, ui.theme->muted,
                  ui.text("ui.search.none"));
    float y = area.y0 + ui.px(6);
    for (std::size_t i = 0; i < hits_.size(); ++i, y += row) {
        const ImVec2 a{area.x0, y}, b{area.x1, y + row};
        const bool under = ImGui::IsMouseHoveringRect(a, b);
        if (under && (ImGui::GetIO().MouseDelta.x != 0 || ImGui::GetIO().MouseDelta.y != 0))
            at_ = i;
        if (i == at_) list.AddRectFilled(a, b, ui.theme->accent_ground);
        draw_text_cut(list, ui.fonts.body, {a.x + ui.px(14), y + ui.px(4)},
                      area.width() - ui.px(28), ui.theme->text, hits_[i].title);
        draw_text_cut(list, ui.fonts.small, {a.x + ui.px(14), y + ui.px(24)},
                      area.width() - ui.px(28), ui.theme->muted, hits_[i].below);
        ui.probe.item("hit:" + std::to_string(i), a.x, a.y, b.x, b.y, true, i == at_);
        if (under && ImGui::IsMouseClicked(ImGuiMouseButton_Left)) {
            const Hit hit = hits_[i];
            end_region();
            return go(ui, hit);
        }
    }
    end_region();
}

} // namespace diaban::gui
