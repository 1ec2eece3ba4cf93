#include "gui/panels/buffer_panel.hpp"

#include "app/ground_ring.hpp"
#include "base/number.hpp"
#include "gui/map_view.hpp"
#include "gui/panels/panels.hpp"
#include "gui/widgets.hpp"

namespace diaban::gui {
namespace {

constexpr double kLeastKm = 0.01, kMostKm = 500;
constexpr std::size_t kMostPlaces = 2000; // in the list to choose from

const data::Place* place_of(const app::Dataset& dataset, const std::optional<Buffer::PlaceAt>& at) {
    if (!at || at->first >= dataset.places.size() ||
        at->second >= dataset.places[at->first].places.size())
        return nullptr;
    return &dataset.places[at->first].places[at->second];
}

} // namespace

void update_buffer(Ui& ui) {
    Buffer& buffer = ui.shell.buffer;
    if (!buffer.on) return;
    Buffer::Around now{ui.document.dataset(), ui.document.selection(), buffer.place, buffer.km};
    if (buffer.place) now.selection.clear();
    if (now == buffer.made) return;
    buffer.made = now;
    buffer.ring.reset();
    if (!now.dataset) return;
    auto ring = std::make_shared<app::Rings>();
    buffer.ring = ring; // filled by the job; a later one has a ring of its own
    ui.document.jobs().run(
        {.key = "buffer", .replace = true},
        [now](base::JobContext&) {
            const geo::Coverage& coverage = *now.dataset->vintage->coverage;
            const data::Place* place = place_of(*now.dataset, now.place);
            return place ? app::ring_around_place(coverage.crs(), *place, now.km * 1000)
                         : app::ring_around(coverage, now.selection, now.km * 1000);
        },
        [ring](app::Document&, app::Rings rings) { *ring = std::move(rings); });
}

void BufferPanel::draw(Ui& ui, const Rect& area, bool overlay) {
    begin_right_panel(ui, "buffer", "ui.buffer", area, overlay);
    Buffer& buffer = ui.shell.buffer;
    const auto dataset = ui.document.dataset();
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {ui.px(8), ui.px(5)});
    paragraph(ui, ui.fonts.small, ui.theme->muted, ui.text("ui.buffer.note"));
    gap(ui, 4);
    check(ui, "ui.buffer.on", buffer.on);
    const app::Language& language = ui.document.language();
    if (km_.empty()) km_ = language.number(buffer.km, base::decimals_for({buffer.km}));
    if (field(ui, "ui.buffer.km", km_)) buffer.on = true;
    const auto km = base::parse_number(km_, language.numbers());
    const bool good = km && *km >= kLeastKm && *km <= kMostKm;
    if (good) buffer.km = *km;
    if (!good && !km_.empty())
        paragraph(ui, ui.fonts.small, ui.theme->error,
                  ui.text("ui.buffer.bad_km", {{"least", kLeastKm}, {"most", kMostKm}}));
    std::vector<std::string> names{
        ui.text("ui.buffer.selection",
                {{"count", static_cast<std::int64_t>(ui.document.selection().size())}})};
    std::vector<Buffer::PlaceAt> places;
    std::size_t at = 0;
    for (std::size_t l = 0; l < dataset->places.size(); ++l)
        for (std::size_t p = 0; p < dataset->places[l].places.size(); ++p) {
            if (places.size() == kMostPlaces) break;
            const data::Place& place = dataset->places[l].places[p];
            if (!exists_now(ui, place) && buffer.place != Buffer::PlaceAt{l, p}) continue;
            places.emplace_back(l, p);
            if (buffer.place == places.back()) at = places.size();
            names.push_back(place.name.empty() ? app::place_kind_text(place.kind, language)
                                               : place.name);
        }
    if (choice(ui, "ui.buffer.around", at, names)) {
        buffer.on = true;
        buffer.place = at == 0 ? std::nullopt : std::optional(places[at - 1]);
    }
    if (buffer.on && !buffer.place && ui.document.selection().empty())
        paragraph(ui, ui.fonts.small, ui.theme->muted, ui.text("ui.buffer.empty"));
    ImGui::PopStyleVar();
    end_right_panel(ui, area);
}

} // namespace diaban::gui
