#include "gui/panels/neighbours_panel.hpp"

#include "app/commands/weights.hpp"
#include "gui/map_view.hpp"
#include "gui/panels/panels.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace diaban::gui {
namespace fs = std::filesystem;
namespace {

using analysis::Decay;
using analysis::WeightsKind;

constexpr std::array kWeightsKinds{WeightsKind::Queen, WeightsKind::Rook, WeightsKind::Nearest,
                                   WeightsKind::DistanceBand};
constexpr std::array kDecays{Decay::None,         Decay::Inverse, Decay::Uniform, Decay::Triangular,
                             Decay::Epanechnikov, Decay::Quartic, Decay::Gaussian};
constexpr std::size_t kListed = 12; // islands named one by one

} // namespace

void draw_neighbour_kind(Ui& ui, app::NeighbourChoice& neighbours) {
    if (!neighbours.file.empty()) {
        paragraph(ui, ui.fonts.small, ui.theme->muted,
                  app::neighbours_text(neighbours, {}, ui.document.language()));
        return;
    }
    auto& spec = neighbours.spec;
    std::size_t kind = index_of(kWeightsKinds, spec.kind);
    if (choice(ui, "ui.hotspots.neighbours", kind,
               texts_of(ui, "ui.hotspots.kind.", kWeightsKinds)))
        spec.kind = kWeightsKinds[kind];
    if (spec.kind == WeightsKind::Nearest) {
        stepper(ui, "ui.hotspots.k", spec.k, 1, 30);
    } else if (spec.kind == WeightsKind::DistanceBand) {
        // One of a project or the command line may lie between: it is shown as it is, and the
        // buttons lead to the whole ones beside it.
        const double now = spec.distance_m / 1000;
        const int below = static_cast<int>(std::floor(now)),
                  above = static_cast<int>(std::ceil(now));
        int km = above;
        const int decimals = 10 * now == std::round(10 * now) ? 1 : 3;
        if (stepper(ui, "ui.hotspots.distance", km, 0, 500,
                    {.shown = below == above ? "" : ui.document.language().number(now, decimals)}))
            spec.distance_m = 1000.0 * (km > above ? below + 1 : km);
    } else {
        stepper(ui, "ui.hotspots.order", spec.order, 1, 5);
    }
}

std::vector<app::UnitLink> project_links(Ui& ui) {
    const auto dataset = ui.document.dataset();
    const auto& links = ui.document.project().links;
    return dataset ? app::links_here(links, dataset->vintage->units) : links;
}

// Makes the weights beside the frames, whenever the choice has changed.
void NeighboursPanel::take_weights(Ui& ui) {
    auto choice = ui.shell.neighbours;
    choice.links = project_links(ui);
    if (choice == asked_ && asked_dataset_ == ui.document.dataset()) return;
    asked_ = choice;
    asked_dataset_ = ui.document.dataset();
    ui.document.jobs().run(
        {.key = "weights", .replace = true},
        [choice, dataset = asked_dataset_](base::JobContext& ctx) {
            Found found{.dataset = dataset, .choice = choice};
            try {
                auto weights = app::weights_of(choice, *dataset, ctx);
                found.summary = analysis::summarise(weights.links);
                found.distance_m = weights.distance_m;
                LinksShown shown;
                shown.links = std::move(weights.links);
                shown.drawn = app::known_links(choice.links, dataset->vintage->units);
                found.shown = std::make_shared<const LinksShown>(std::move(shown));
            } catch (const base::Error& error) {
                found.error = error; // said here, not as a failure of the program
            }
            return found;
        },
        [kept = found_, shell = &ui.shell](app::Document&, Found found) {
            shell->links = found.shown;
            *kept = std::move(found);
        });
}

// Weights that fall with distance, and weights from a file.
void NeighboursPanel::draw_more(Ui& ui) {
    auto& choice_now = ui.shell.neighbours;
    std::size_t decay = index_of(kDecays, choice_now.spec.decay);
    if (choice(ui, "ui.neighbours.decay", decay, texts_of(ui, "ui.neighbours.decay.", kDecays)))
        choice_now.spec.decay = kDecays[decay];
    if (choice_now.spec.decay == Decay::Inverse) {
        int power = static_cast<int>(std::lround(choice_now.spec.power));
        if (stepper(ui, "ui.neighbours.power", power, 1, 4)) choice_now.spec.power = power;
    }
    if (read_.empty()) read_ = choice_now.file.string();
    if (field(ui, "ui.neighbours.file", read_)) choice_now.file = read_;
    if (text_button(ui, "ui.neighbours.browse", false, true, ImGui::GetContentRegionAvail().x))
        ui.shell.picking = Picking{.title = "ui.neighbours.file",
                                   .extensions = {".gal", ".gwt"},
                                   .then = [this](Ui& now, const fs::path& file) {
                                       read_ = file.string();
                                       now.shell.neighbours.file = file;
                                   }};
}

void NeighboursPanel::draw_summary(Ui& ui) {
    const auto& language = ui.document.language();
    if (found_->error) {
        paragraph(ui, ui.fonts.small, ui.theme->warning, language.text(*found_->error));
        return;
    }
    const auto& s = found_->summary;
    const auto line = [&](std::string_view key, const std::string& value) {
        paragraph(ui, ui.fonts.small, ui.theme->muted, ui.text(key) + ": " + value);
    };
    line("report.units", language.count(s.n));
    line("report.links", language.count(s.links));
    line("report.neighbours_mean", language.number(s.mean, 2));
    line("report.neighbours_range", language.count(s.min) + " – " + language.count(s.max));
    line("report.components", language.count(s.components));
    line("report.islands", language.count(s.islands.size()));
    if (found_->distance_m > 0) line("report.distance_m", language.number(found_->distance_m, 0));
    ui.probe.state("neighbours.links", static_cast<double>(s.links));
    ui.probe.state("neighbours.islands", static_cast<double>(s.islands.size()));
}

// How many units have 0, 1, 2 … neighbours. A click selects them.
void NeighboursPanel::draw_histogram(Ui& ui) {
    const auto& bars = found_->summary.histogram;
    if (bars.empty() || !found_->shown) return;
    heading(ui, "ui.neighbours.histogram");
    const auto& language = ui.document.language();
    const auto most = static_cast<float>(*std::max_element(bars.begin(), bars.end()));
    const float width = ImGui::GetContentRegionAvail().x, height = ui.px(110);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float step = std::min(width / static_cast<float>(bars.size()), ui.px(34));
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.AddLine({at.x, at.y + height}, {at.x + width, at.y + height}, ui.theme->line);
    const float label = text_size(ui.fonts.small, "00").x + ui.px(4);
    const auto every = static_cast<std::size_t>(std::ceil(label / step)); // labels have room
    for (std::size_t k = 0; k < bars.size(); ++k) {
        const float x = at.x + step * static_cast<float>(k);
        const float tall =
            bars[k] == 0
                ? 0
                : std::max(ui.px(2), (height - ui.px(16)) * static_cast<float>(bars[k]) / most);
        const std::string name = "neighbours:" + std::to_string(k);
        ImGui::SetCursorScreenPos({x, at.y});
        const bool clicked = ImGui::InvisibleButton(name.c_str(), {step, height});
        record(ui, name);
        const bool hovered = ImGui::IsItemHovered();
        list.AddRectFilled({x + ui.px(1), at.y + height - tall},
                           {x + step - ui.px(1), at.y + height},
                           hovered ? ui.theme->text : ui.theme->accent, ui.px(2));
        const auto units = language.count(bars[k]);
        if (const float wide = text_size(ui.fonts.small, units).x; bars[k] > 0 && wide <= step)
            draw_text(list, ui.fonts.small,
                      {x + (step - wide) / 2, at.y + height - tall - ui.px(16)}, ui.theme->muted,
                      units);
        if (hovered)
            tooltip(ui, ui.text("ui.neighbours.bar", {{"units", static_cast<std::int64_t>(bars[k])},
                                                      {"count", static_cast<std::int64_t>(k)}}));
        if (k % std::max<std::size_t>(1, every) == 0)
            draw_text(list, ui.fonts.small, {x + ui.px(2), at.y + height + ui.px(2)},
                      ui.theme->muted, language.count(k));
        if (!clicked) continue;
        app::Faces faces;
        for (std::size_t u = 0; u < found_->summary.n; ++u)
            if (found_->shown->links.row(u).size() == k)
                faces.push_back(static_cast<geo::FaceId>(u));
        choose_units(ui, std::move(faces));
    }
    ImGui::SetCursorScreenPos({at.x, at.y + height + ui.px(20)});
    ImGui::Dummy({width, 1});
}

void NeighboursPanel::draw_islands(Ui& ui) {
    const auto& islands = found_->summary.islands;
    if (islands.empty()) return;
    heading(ui, "report.islands");
    const auto& units = found_->dataset->vintage->units;
    const auto district = [&](std::size_t unit) {
        const data::Group* group = units.group_of(data::Level::District, unit);
        return group ? group->name : unit_parents(units, unit);
    };
    for (std::size_t i = 0; i < islands.size() && i < kListed; ++i)
        if (list_row(ui, {.name = "island:" + std::to_string(i),
                          .text = unit_name(units, islands[i]),
                          .trailing = district(islands[i]),
                          .height = 26}))
            show_unit(ui, islands[i], true);
    if (islands.size() > kListed)
        paragraph(ui, ui.fonts.small, ui.theme->muted,
                  ui.text("report.more_findings",
                          {{"count", static_cast<std::int64_t>(islands.size() - kListed)}}));
}

// Components of several units, where there is more than one component at all. A click selects one.
void NeighboursPanel::draw_components(Ui& ui) {
    const auto& parts = found_->summary.parts;
    if (parts.size() < 2) return;
    heading(ui, "ui.neighbours.components");
    const auto& units = found_->dataset->vintage->units;
    for (std::size_t i = 0; i < parts.size() && i < kListed && parts[i].size() > 1; ++i) {
        constexpr std::size_t kNamed = 8; // more would not be seen
        std::string names;
        for (std::size_t k = 0; k < parts[i].size() && k < kNamed; ++k)
            names += (k ? ", " : "") + unit_name(units, parts[i][k]);
        if (list_row(ui, {.name = "component:" + std::to_string(i),
                          .text = names,
                          .trailing = ui.document.language().count(parts[i].size()),
                          .height = 26}))
            choose_units(ui, {parts[i].begin(), parts[i].end()});
    }
}

// Links drawn by hand: on the map with the mouse, or between two selected units.
void NeighboursPanel::draw_links(Ui& ui) {
    heading(ui, "ui.neighbours.links");
    const auto& units = ui.document.dataset()->vintage->units;
    bool drawing = ui.shell.tool == MapTool::Link;
    if (check(ui, "ui.neighbours.draw", drawing)) set_tool(ui, MapTool::Link);
    const auto& selection = ui.document.selection();
    app::Project next = ui.document.project();
    if (selection.size() == 2 && text_button(ui, "ui.hotspots.link")) {
        next.links = app::with_link(std::move(next.links), units, selection[0], selection[1]);
        ui.document.edit(std::move(next), "edit.links");
        return;
    }
    if (!found_->shown || found_->choice.links != project_links(ui)) return;
    const auto& rows = found_->shown->drawn;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::string name = "link:" + std::to_string(i);
        const float right = ImGui::GetWindowPos().x + ImGui::GetWindowSize().x;
        const ImVec2 row = ImGui::GetCursorScreenPos();
        ImGui::SetCursorScreenPos({right - ui.px(46), row.y});
        if (tool_button(ui, "ui.neighbours.unlink",
                        {.icon = Icon::Close, .name = name + ".forget"})) {
            // Links of units that these boundaries do not have stay with the project.
            const app::UnitLink gone{app::link_ids(units)[rows[i].first],
                                     app::link_ids(units)[rows[i].second]};
            std::erase(next.links, gone);
            ui.document.edit(std::move(next), "edit.links");
            return;
        }
        ImGui::SetCursorScreenPos(row);
        if (list_row(ui, {.name = name,
                          .text = unit_name(units, rows[i].first) + " – " +
                                  unit_name(units, rows[i].second),
                          .trailing = "      ",
                          .height = 28}))
            ui.document.select({rows[i].first, rows[i].second});
    }
}

void NeighboursPanel::draw_file(Ui& ui) {
    heading(ui, "ui.neighbours.write");
    if (out_.empty()) {
        const fs::path& file = ui.document.file();
        const char* home = std::getenv("HOME");
        const fs::path folder = !file.empty() ? file.parent_path() : fs::path(home ? home : ".");
        out_ = (folder / "neighbours.gal").string();
    }
    if (field(ui, "ui.neighbours.out", out_)) written_->clear();
    if (text_button(ui, "ui.neighbours.save", false, !out_.empty(),
                    ImGui::GetContentRegionAvail().x)) {
        app::WeightsRequest request;
        request.data = ui.document.project().data;
        request.neighbours = asked_;
        request.out = out_;
        const std::string said = ui.text("said.written", {{"file", out_}});
        ui.document.jobs().run(
            {.key = "weights_write"},
            [request, dataset = ui.document.dataset()](base::JobContext& ctx) {
                return app::run(request, *dataset, ctx).file;
            },
            [text = written_, said](app::Document&, const fs::path&) { *text = said; });
    }
    if (!written_->empty()) paragraph(ui, ui.fonts.small, ui.theme->muted, *written_);
    ui.probe.state("neighbours.written", *written_);
}

void NeighboursPanel::draw(Ui& ui, const Rect& area, bool overlay) {
    begin_right_panel(ui, "neighbours", "ui.neighbours", area, overlay);
    if (ui.document.dataset()) {
        ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {ui.px(8), ui.px(5)});
        draw_neighbour_kind(ui, ui.shell.neighbours);
        draw_more(ui);
        take_weights(ui);
        gap(ui, 4);
        if (found_->dataset == ui.document.dataset()) {
            draw_summary(ui);
            draw_histogram(ui);
            draw_links(ui);
            draw_components(ui);
            draw_islands(ui);
        }
        draw_file(ui);
        gap(ui, 4);
        if (ui.document.styled() && text_button(ui, "ui.neighbours.to_clusters", false, true,
                                                ImGui::GetContentRegionAvail().x))
            show_panel(ui, "hotspots");
        ImGui::PopStyleVar();
    }
    end_right_panel(ui, area);
}

} // namespace diaban::gui
