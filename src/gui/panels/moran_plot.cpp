#include "gui/panels/moran_plot.hpp"

#include "gui/panels/panels.hpp"
#include "gui/widgets.hpp"

#include <algorithm>
#include <cmath>

namespace diaban::gui {
namespace {

constexpr double kWidest = 5;    // deviations; what lies beyond stands on the edge
constexpr float kMouseReach = 8; // interface pixels, of the mouse

bool has_dot(const analysis::LocalResult& local, std::size_t unit) {
    return unit < local.units && !std::isnan(local.value[unit]) && !std::isnan(local.lag[unit]);
}

// Where deviations lie on the screen.
struct Plot {
    Rect area;
    double most = 1; // deviations from the middle to an edge

    ImVec2 at(double x, double y) const {
        const auto part = [&](double v) {
            return static_cast<float>(std::clamp(v / most, -1.0, 1.0));
        };
        return {(area.x0 + area.x1) / 2 + part(x) * area.width() / 2,
                (area.y0 + area.y1) / 2 - part(y) * area.height() / 2};
    }
};

void draw_frame(Ui& ui, const Plot& plot) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const Rect& r = plot.area;
    list.AddRect({r.x0, r.y0}, {r.x1, r.y1}, ui.theme->line, ui.px(2));
    list.AddLine(plot.at(-plot.most, 0), plot.at(plot.most, 0), ui.theme->line);
    list.AddLine(plot.at(0, -plot.most), plot.at(0, plot.most), ui.theme->line);
    const auto corner = [&](std::string_view key, bool right, bool top) {
        const std::string text = ui.text(key);
        const ImVec2 size = text_size(ui.fonts.small, text);
        draw_text(list, ui.fonts.small,
                  {right ? r.x1 - size.x - ui.px(5) : r.x0 + ui.px(5),
                   top ? r.y0 + ui.px(2) : r.y1 - size.y - ui.px(2)},
                  ui.theme->faint, text);
    };
    corner("hotspots.class.high-high", true, true);
    corner("hotspots.class.low-high", false, true);
    corner("hotspots.class.low-low", false, false);
    corner("hotspots.class.high-low", true, false);
}

// Rare ones over the many. The unit whose dot is under the mouse, if one is.
std::optional<std::size_t> draw_dots(Ui& ui, const Plot& plot, const analysis::LocalResult& local) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    std::optional<std::size_t> nearest;
    float distance = ui.px(kMouseReach);
    for (const bool strong : {false, true})
        for (std::size_t u = 0; u < local.units; ++u) {
            if (!has_dot(local, u) || (local.significant[u] != 0) != strong) continue;
            const ImVec2 dot = plot.at(local.value[u], local.lag[u]);
            list.AddCircleFilled(dot, ui.px(strong ? 3 : 2),
                                 strong ? ui.theme->text : ui.theme->muted, 8);
            const float away = std::hypot(dot.x - mouse.x, dot.y - mouse.y);
            if (away < distance) distance = away, nearest = u;
        }
    for (const auto unit : ui.document.selection())
        if (has_dot(local, unit))
            list.AddCircle(plot.at(local.value[unit], local.lag[unit]), ui.px(4.5F),
                           ui.theme->accent, 12, ui.px(2));
    return nearest;
}

} // namespace

void draw_moran_plot(Ui& ui, const analysis::LocalResult& local) {
    const float width = ImGui::GetContentRegionAvail().x, height = ui.px(190);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const bool clicked = ImGui::InvisibleButton("moran.scatter", {width, height});
    const bool hovered = ImGui::IsItemHovered();
    record(ui, "moran.scatter");
    Plot plot{{at.x, at.y, at.x + width, at.y + height}};
    double xy = 0, xx = 0;
    for (std::size_t u = 0; u < local.units; ++u) {
        if (!has_dot(local, u)) continue;
        plot.most = std::max({plot.most, std::fabs(local.value[u]), std::fabs(local.lag[u])});
        xy += local.value[u] * local.lag[u];
        xx += local.value[u] * local.value[u];
    }
    plot.most = std::min(plot.most * 1.04, kWidest);
    draw_frame(ui, plot);
    const auto nearest = draw_dots(ui, plot, local);
    if (xx > 0) {
        const double slope = xy / xx;
        const double reach = std::min(plot.most, plot.most / std::max(std::fabs(slope), 1e-9));
        ImGui::GetWindowDrawList()->AddLine(plot.at(-reach, -slope * reach),
                                            plot.at(reach, slope * reach), ui.theme->warning,
                                            ui.px(1.5F));
    }
    if (!hovered || !nearest) return;
    const auto& language = ui.document.language();
    tooltip(ui, unit_name(ui.document.dataset()->vintage->units, *nearest) + "\n" +
                    language.number(local.value[*nearest], 2) + " · " +
                    language.number(local.lag[*nearest], 2));
    if (clicked) choose_units(ui, {static_cast<geo::FaceId>(*nearest)});
}

} // namespace diaban::gui
