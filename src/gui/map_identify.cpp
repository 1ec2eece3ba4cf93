// What lies at a spot of the map, over all layers: asked with the right button, or with the menu
// key where the map has the keyboard.
#include "app/identify.hpp"
#include "gui/map_view.hpp"
#include "gui/panels/panels.hpp"
#include "gui/widgets.hpp"

namespace diaban::gui {
namespace {

constexpr float kIdentifyReach = 12; // interface pixels around the spot

std::string unit_place(const data::UnitTable& units, std::size_t unit) {
    const std::string parents = unit_parents(units, unit);
    return parents + (parents.empty() ? "" : " · ") + units.code[unit];
}

} // namespace

void MapView::identify(Ui& ui, geo::Point at, data::Period period) {
    const geo::Locator* locator = levels_.locator();
    if (!dataset_ || !locator) return;
    const app::Language& language = ui.document.language();
    spot_ = {.dataset = dataset_, .unit = unit_at(at)};
    if (spot_.unit) {
        const data::UnitTable& units = dataset_->vintage->units;
        spot_.title = unit_name(units, *spot_.unit);
        spot_.below = unit_place(units, *spot_.unit);
        spot_.value = told_by_result(ui, *spot_.unit);
        if (const app::StyledMap* styled = ui.document.styled()) {
            const auto when = dataset_->cube->find(period);
            spot_.value += (spot_.value.empty() ? "" : "\n") + styled->indicator_name + ": " +
                           app::value_text(*dataset_, styled->indicator,
                                           when.value_or(styled->period), *spot_.unit, language);
            const std::string year = data::to_string(period);
            if (!year.empty()) spot_.value += " (" + year + ")";
        }
    } else {
        spot_.title = ui.text("ui.identify.outside");
    }
    const double reach_m =
        static_cast<double>(ui.px(kIdentifyReach)) * raster_ * camera_.metres_per_px;
    for (const app::PlaceAt& found : app::places_at(
             dataset_->places, ui.document.project().hidden_kinds, at, reach_m, period)) {
        const data::Place& place = dataset_->places[found.layer].places[found.place];
        const std::string kind = app::place_kind_text(place.kind, language);
        spot_.others.push_back(place.name.empty() ? kind : kind + ": " + place.name);
        if (const auto words = app::attribute_words(place.attributes, language); !words.empty())
            spot_.others.back() += " (" + words + ")";
    }
    for (std::string& words : lines_.words_at(ui, at, reach_m))
        spot_.others.push_back(std::move(words));
    ImGui::OpenPopup("identify");
}

void MapView::draw_identified(Ui& ui) {
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {ui.px(12), ui.px(8)});
    const bool open = ImGui::BeginPopup("identify");
    ImGui::PopStyleVar();
    if (!open) return;
    const float wrap = ui.px(380);
    std::string told = spot_.title + "|" + spot_.value;
    if (spot_.unit) {
        // The name is a way to the card.
        if (link(ui, "identify.unit", spot_.title)) {
            if (spot_.dataset == dataset_) show_unit(ui, *spot_.unit, false);
            ImGui::CloseCurrentPopup();
        }
        paragraph(ui, ui.fonts.small, ui.theme->muted, spot_.below, wrap);
        if (!spot_.value.empty()) paragraph(ui, ui.fonts.body, ui.theme->text, spot_.value, wrap);
    } else {
        paragraph(ui, ui.fonts.strong, ui.theme->text, spot_.title, wrap);
    }
    for (const std::string& other : spot_.others) {
        paragraph(ui, ui.fonts.body, ui.theme->text, other, wrap);
        told += "|" + other;
    }
    ui.probe.state("identify", told);
    if (spot_.dataset != dataset_) ImGui::CloseCurrentPopup(); // it is of data that are gone
    ImGui::EndPopup();
}

} // namespace diaban::gui
