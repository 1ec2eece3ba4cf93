// Bottom line: where the mouse is, the scale, how many units, what is being worked on.
#include "gui/map_view.hpp"
#include "gui/panels/panels.hpp"
#include "gui/widgets.hpp"

#include <cmath>

namespace diaban::gui {
namespace {

// Pixels of 96 to the inch, the same convention as CSS and the page sizes.
constexpr double kMetresPerInterfacePixel = 0.0254 / 96;

std::string degrees(Ui& ui, geo::Point lon_lat) {
    const app::Language& language = ui.document.language();
    return ui.text("ui.status.degrees",
                   {{"lat", language.number(std::abs(lon_lat.y), 4)},
                    {"ns", ui.text(lon_lat.y >= 0 ? "ui.status.north" : "ui.status.south")},
                    {"lon", language.number(std::abs(lon_lat.x), 4)},
                    {"ew", ui.text(lon_lat.x >= 0 ? "ui.status.east" : "ui.status.west")}});
}

// The official zone of the province under the mouse.
std::optional<int> zone_at(Ui& ui, const app::Dataset& dataset) {
    const data::UnitTable& units = dataset.vintage->units;
    std::size_t unit = 0;
    if (ui.map.hovered())
        unit = *ui.map.hovered();
    else if (units.groups[static_cast<std::size_t>(data::Level::Province)].size() != 1 ||
             units.size() == 0)
        return std::nullopt;
    const data::Group* province = units.group_of(data::Level::Province, unit);
    if (!province) return std::nullopt;
    if (const auto zone = geo::vn2000_zone(province->code)) return zone;
    return geo::vn2000_zone(province->name);
}

// "VN-2000 / UTM zone 48N" as it is read in every language: "VN-2000 UTM 48N".
std::string plane_name(const geo::Crs& crs) {
    std::string name = crs.name();
    if (const auto slash = name.find(" / "); slash != std::string::npos) name.erase(slash, 2);
    constexpr std::string_view kZone = "zone ";
    if (const auto word = name.find(kZone); word != std::string::npos)
        name.erase(word, kZone.size());
    return name;
}

std::string plane_coordinates(Ui& ui, const app::Dataset& dataset, geo::Point at) {
    const geo::Crs& map_crs = dataset.vintage->coverage->crs();
    const auto zone = zone_at(ui, dataset);
    geo::Crs crs = map_crs;
    std::vector<geo::Point> point{at};
    if (zone && *zone != map_crs.epsg_code()) {
        static std::vector<std::pair<int, geo::Crs>> known; // zones met so far
        auto found = std::find_if(known.begin(), known.end(),
                                  [&](const auto& entry) { return entry.first == *zone; });
        if (found == known.end()) found = known.insert(known.end(), {*zone, geo::Crs::epsg(*zone)});
        crs = found->second;
        geo::transform(point, map_crs, crs);
    } else if (!zone && crs.name().find("VN-2000") == std::string::npos) {
        return {};
    }
    const app::Language& language = ui.document.language();
    // Vietnamese surveyors write X northwards and Y eastwards.
    return plane_name(crs) + ": X " + language.number(point[0].y, 0) + "  Y " +
           language.number(point[0].x, 0);
}

void draw_jobs(Ui& ui, const Rect& area) {
    float x = area.x1 - ui.px(10);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const float middle = (area.y0 + area.y1) / 2;
    for (const app::JobState& job : ui.document.jobs().running()) {
        // Part of drawing: no news, and without it there is nothing to see.
        if (job.key == "detail" || job.key == "locator" || job.key == "geometry" ||
            job.key == "preview")
            continue;
        const float side = ui.px(22), bar = ui.px(96);
        x -= side;
        ImGui::SetCursorScreenPos({x, middle - side / 2});
        const std::string name = "job.cancel:" + job.key;
        if (ImGui::InvisibleButton((name + std::to_string(job.id)).c_str(), {side, side}))
            ui.document.jobs().cancel(job.id);
        record(ui, name);
        draw_icon(list, Icon::Cancel, {x + side / 2, middle}, ui.px(13),
                  ImGui::IsItemHovered() ? ui.theme->text : ui.theme->muted);
        if (ImGui::IsItemHovered()) tooltip(ui, ui.text("ui.status.cancel"));
        x -= bar + ui.px(6);
        const bool known = job.fraction >= 0;
        const float part = known ? static_cast<float>(job.fraction) : 0.3F;
        const float from = known ? 0 : static_cast<float>(std::fmod(ui.now * 0.7, 1.0)) * 0.7F;
        list.AddRectFilled({x, middle - ui.px(2.5F)}, {x + bar, middle + ui.px(2.5F)},
                           ui.theme->line, ui.px(3));
        list.AddRectFilled({x + from * bar, middle - ui.px(2.5F)},
                           {x + (from + part) * bar, middle + ui.px(2.5F)}, ui.theme->accent,
                           ui.px(3));
        const std::string text = job.stage.empty() ? ui.text("job." + job.key) : ui.text(job.stage);
        const ImVec2 size = text_size(ui.fonts.small, text);
        x -= size.x + ui.px(8);
        draw_text(list, ui.fonts.small, {x, middle - size.y / 2}, ui.theme->muted, text);
        x -= ui.px(18);
    }
}

} // namespace

void draw_status_bar(Ui& ui, const Rect& area) {
    begin_region(ui, "status_bar", area, {.ground = ui.theme->panel, .padding = {kPad, 0}});
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.AddLine({area.x0, area.y0 + 0.5F}, {area.x1, area.y0 + 0.5F}, ui.theme->line);
    float x = area.x0 + ui.px(kPad);
    const float middle = (area.y0 + area.y1) / 2;
    auto part = [&](std::string_view name, const std::string& text, float least,
                    bool whole = true) {
        if (text.empty()) return;
        const ImVec2 size = text_size(ui.fonts.small, text);
        ui.probe.state(name, text);
        const float room = area.x1 - ui.px(kPad) - x;
        // Half a number would be another one: what has no room is left out.
        if (size.x > room && (whole || room < ui.px(60))) return;
        draw_text_cut(list, ui.fonts.small, {x, middle - size.y / 2}, room, ui.theme->muted, text);
        ui.probe.item(name, x, area.y0, x + std::min(size.x, room), area.y1);
        x += std::max(size.x, ui.px(least)) + ui.px(24);
    };
    const auto dataset = ui.document.dataset();
    if (dataset) {
        const app::Language& language = ui.document.language();
        const geo::Crs& crs = dataset->vintage->coverage->crs();
        if (const auto at = ui.map.pointed(); at && crs.known()) {
            std::vector<geo::Point> point{*at};
            geo::transform(point, crs, geo::Crs::wgs84());
            part("status.degrees", degrees(ui, point[0]), 170);
            part("status.plane", plane_coordinates(ui, *dataset, *at), 250);
        } else if (at) {
            part("status.plane", language.number(at->x, 1) + "  " + language.number(at->y, 1), 150);
        }
        if (crs.known()) {
            // Beside coordinates their zone is named already.
            if (!ui.map.pointed()) part("status.crs", plane_name(crs), 0);
            const double raster = ImGui::GetIO().DisplayFramebufferScale.x;
            const double scale =
                ui.map.camera().metres_per_px * raster * ui.scale / kMetresPerInterfacePixel;
            // Three figures: the screen does not know its size better than that.
            const double step = std::pow(10.0, std::floor(std::log10(std::max(scale, 1.0))) - 2);
            part("status.scale", "1 : " + language.number(std::round(scale / step) * step, 0), 90);
        }
        const auto units = static_cast<std::int64_t>(dataset->vintage->units.size());
        const auto selected = static_cast<std::int64_t>(ui.document.selection().size());
        part("status.units",
             selected > 0
                 ? ui.text("ui.status.units_selected", {{"n", units}, {"selected", selected}})
                 : ui.text("ui.status.units", {{"n", units}}),
             80);
    }
    part("status.notice", ui.shell.notice, 0, false); // may name a long file
    draw_jobs(ui, area);
    end_region();
}

} // namespace diaban::gui
