#include "gui/panels/near_panel.hpp"

#include "app/chart_data.hpp"
#include "app/place_source.hpp"
#include "base/number.hpp"
#include "base/text.hpp"
#include "gui/panels/panels.hpp"
#include "gui/widgets.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace diaban::gui {
namespace {

constexpr std::array kNearRules{app::NearRule::Edge, app::NearRule::Centroid,
                                app::NearRule::AreaShare, app::NearRule::PopulationShare};
constexpr double kMostNearKm = 2000;
constexpr int kMostNamed = 9;
constexpr std::size_t kNearRows = 300; // units listed; the selection has all of them

app::Faces faces_of_rows(const std::vector<std::size_t>& rows) {
    app::Faces out;
    for (const auto row : rows) out.push_back(static_cast<geo::FaceId>(row));
    return out;
}

} // namespace

// What is set here, with the data and the line layers of the project.
app::NearRequest NearPanel::wanted(Ui& ui) const {
    const auto& project = ui.document.project();
    auto request = request_;
    request.data = project.data;
    request.page = project.page;
    request.layers = project.lines;
    request.lines = app::near_lines(project.lines);
    request.outline = app::outline_here(project.outline, ui.document.dataset()->vintage->units);
    const app::StyledMap* styled = ui.document.styled();
    if (styled && app::dated_places(*ui.document.dataset())) request.period = styled->choice.period;
    const auto kinds = app::near_kinds(request, *ui.document.dataset());
    for (const auto& kind : kinds)
        if (!off_.contains(kind)) request.kinds.push_back(kind);
    if (request.kinds.size() == kinds.size()) request.kinds.clear(); // all there are
    return request;
}

void NearPanel::start(Ui& ui) {
    auto request = wanted(ui);
    // Nothing leaves the program on the screen: true values, unmasked (conventions 6).
    request.classification = app::Classification::Internal;
    std::optional<app::StyledMap> values;
    if (const app::StyledMap* styled = ui.document.styled()) values = *styled;
    ui.document.jobs().run(
        {.key = "near", .replace = true},
        [request, dataset = ui.document.dataset(), code = ui.document.language().code(),
         values](base::JobContext& ctx) {
            Outcome found{.dataset = dataset, .language = code};
            try {
                found.names = app::distinct_names(dataset->vintage->units);
                const auto language = app::Language::load(code);
                auto report =
                    std::make_shared<app::NearReport>(app::run(request, *dataset, *language, ctx));
                found.rings = std::make_shared<const std::vector<map::Overlay>>(
                    app::near_buffers(*report, *dataset, *language, ctx));
                // The rest of the window speaks of the values that are on the map otherwise.
                if (values) {
                    report->map.choice = values->choice;
                    report->map.indicator = values->indicator;
                    report->map.period = values->period;
                }
                found.report = std::move(report);
            } catch (const base::Error& error) {
                found.error = error; // said here, not as a failure of the program
            }
            return found;
        },
        [to = outcome_, shell = &ui.shell](app::Document& document, Outcome found) {
            if (found.dataset != document.dataset()) return; // of other data
            *to = std::move(found);
            shell->answer_shapes.reset();
            if (!to->report) return;
            document.show_result(to->report->map);
            to->serial = document.shown()->serial;
            shell->answer_shapes = to->rings;
            shell->answer_serial = to->serial;
        });
}

// A button that offers the classifications; then asks for a file and writes the answer into it, as
// the copied command would.
void NearPanel::offer_file(Ui& ui, const char* key, std::filesystem::path app::NearRequest::*file,
                           std::vector<std::string> extensions) {
    if (text_button(ui, key, false, good_, ImGui::GetContentRegionAvail().x)) ImGui::OpenPopup(key);
    if (!ImGui::BeginPopup(key)) return;
    const auto classification = offer_classifications(ui, "near");
    ImGui::EndPopup();
    if (!classification) return;
    auto request = wanted(ui);
    request.classification = *classification;
    ui.shell.picking =
        Picking{.save = true,
                .title = "ui.near.write",
                .extensions = std::move(extensions),
                .name = ui.text("ui.near.file_name"),
                .folder = {},
                .then = [request, file](Ui& later, const std::filesystem::path& chosen) {
                    auto asked = request;
                    asked.*file = whole_path(chosen);
                    write_beside(later, "near_write",
                                 [asked, dataset = later.document.dataset()](
                                     const app::Language& language, base::JobContext& ctx) {
                                     auto report = app::run(asked, *dataset, language, ctx);
                                     app::write(report, *dataset, language, ctx);
                                     return report.files;
                                 });
                }};
}

void NearPanel::draw_kinds(Ui& ui) {
    app::NearRequest request;
    request.lines = app::near_lines(ui.document.project().lines);
    request.outline =
        app::outline_here(ui.document.project().outline, ui.document.dataset()->vintage->units);
    const auto kinds = app::near_kinds(request, *ui.document.dataset());
    paragraph(ui, ui.fonts.small, ui.theme->muted, ui.text("ui.near.kinds"));
    for (const auto& kind : kinds) {
        bool on = !off_.contains(kind);
        if (!check_named(ui, "near.kind:" + kind,
                         app::place_kind_text(kind, ui.document.language()), on))
            continue;
        if (on)
            off_.erase(kind);
        else
            off_.insert(kind);
    }
    if (kinds.empty())
        paragraph(ui, ui.fonts.small, ui.theme->warning, ui.text("error.near.no_places"));
    good_ = std::any_of(kinds.begin(), kinds.end(),
                        [&](const std::string& kind) { return !off_.contains(kind); });
    if (!good_ && !kinds.empty())
        paragraph(ui, ui.fonts.small, ui.theme->error, ui.text("ui.near.no_kind"));
}

// Coast and border are told apart by layers of lines that the project has, and by hand.
void NearPanel::draw_lines(Ui& ui) {
    const auto layers = ui.document.project().lines; // an edit may follow
    std::vector<std::string> titles{ui.text("ui.near.no_line")};
    for (const auto& layer : layers) titles.push_back(layer.title());
    const auto pick = [&](std::string_view key, std::string_view kind) {
        std::size_t at = 0;
        for (std::size_t i = 0; i < layers.size(); ++i)
            if (layers[i].kind == kind) at = i + 1;
        if (!choice(ui, key, at, titles)) return;
        app::Project next = ui.document.project();
        for (auto& layer : next.lines)
            if (layer.kind == kind) layer.kind.clear();
        if (at > 0) next.lines[at - 1].kind = kind;
        ui.document.edit(std::move(next), "edit.lines");
    };
    pick("ui.near.coast", "coast");
    pick("ui.near.border", "border");
    if (link(ui, "ui.near.add_lines", ui.text("ui.near.add_lines"))) show_panel(ui, "lines");
    std::vector<data::UnitCode> chosen;
    for (const auto face : ui.document.selection())
        chosen.push_back(ui.document.dataset()->vintage->units.code[face]);
    for (const std::string_view kind : {"coast", "border"}) draw_by_hand(ui, kind, chosen);
}

// What a person says of the selected units; and what was said before, to be taken back.
void NearPanel::draw_by_hand(Ui& ui, std::string_view kind,
                             const std::vector<data::UnitCode>& chosen) {
    const app::Project& project = ui.document.project();
    const auto said = [&](const app::OutlineWord& word) { return word.kind == kind; };
    const auto count = std::count_if(project.outline.begin(), project.outline.end(), said);
    const bool known = std::any_of(project.lines.begin(), project.lines.end(),
                                   [&](const auto& layer) { return layer.kind == kind; });
    const std::string name = "near." + std::string(kind);
    const std::string of =
        base::lower(app::place_kind_text(std::string(kind), ui.document.language()));
    const base::Args args{{"count", static_cast<std::int64_t>(chosen.size())}, {"kind", of}};
    std::optional<bool> is;
    if (!chosen.empty() && link(ui, name + ".is", ui.text("ui.near.is", args))) is = true;
    if (!chosen.empty() && known && link(ui, name + ".is_not", ui.text("ui.near.is_not", args)))
        is = false;
    const bool forget = count > 0 && link(ui, name + ".forget",
                                          ui.text("ui.near.forget",
                                                  {{"count", std::int64_t{count}}, {"kind", of}}));
    if (!is && !forget) return;
    app::Project next = project;
    std::erase_if(next.outline, [&](const app::OutlineWord& word) {
        return said(word) &&
               (forget || std::find(chosen.begin(), chosen.end(), word.code) != chosen.end());
    });
    if (is)
        for (const auto& code : chosen) next.outline.push_back({std::string(kind), code, *is});
    ui.document.edit(std::move(next), "edit.outline");
}

void NearPanel::draw_distance(Ui& ui) {
    const app::Language& language = ui.document.language();
    if (km_.empty()) km_ = language.number(request_.within_m / 1000, 0);
    std::size_t side = request_.farther ? 1 : 0;
    if (choice(ui, "ui.near.side", side, {ui.text("ui.near.within"), ui.text("ui.near.farther")}))
        request_.farther = side == 1;
    if (request_.rings_m.empty()) {
        field(ui, "ui.near.km", km_);
        const auto km = base::parse_number(km_, language.numbers());
        if (km && *km >= 0 && *km <= kMostNearKm) {
            request_.within_m = *km * 1000;
        } else {
            good_ = false;
            paragraph(ui, ui.fonts.small, ui.theme->error,
                      ui.text("ui.near.bad_km", {{"most", kMostNearKm}}));
        }
    }
    if (request_.farther) {
        request_.rings_m.clear();
        return;
    }
    field(ui, "ui.near.rings", rings_);
    const auto text = std::string(base::trim(rings_));
    if (text.empty()) {
        request_.rings_m.clear();
        return;
    }
    try {
        request_.rings_m = app::parse_rings(ui.text("ui.near.rings"), text + "km");
        request_.within_m = request_.rings_m.back();
    } catch (const base::Error& error) {
        good_ = false;
        paragraph(ui, ui.fonts.small, ui.theme->error, language.text(error));
    }
}

void NearPanel::draw_rule(Ui& ui) {
    std::vector<std::string> names;
    for (const auto rule : kNearRules)
        names.push_back(ui.text("near.rule." + std::string(app::to_string(rule))));
    auto at = static_cast<std::size_t>(request_.rule);
    if (choice(ui, "ui.near.rule", at, names)) request_.rule = kNearRules[at];
    if (app::by_share(request_.rule)) {
        int percent = static_cast<int>(std::lround(request_.share * 100));
        if (stepper(ui, "ui.near.share", percent, 1, 100)) request_.share = percent / 100.0;
    }
    if (request_.rule == app::NearRule::PopulationShare) draw_people(ui);
    int named = static_cast<int>(request_.nearest);
    if (stepper(ui, "ui.near.nearest", named, 1, kMostNamed))
        request_.nearest = static_cast<std::size_t>(named);
}

// Where people live, and what the positions of that file are in; the zones of the provinces shown
// come first.
void NearPanel::draw_people(Ui& ui) {
    paragraph(ui, ui.fonts.small, ui.theme->muted,
              request_.people.file.empty() ? ui.text("ui.near.people_note")
                                           : request_.people.file.filename().string());
    if (text_button(ui, "ui.near.people"))
        // The panel lives as long as the window does.
        ui.shell.picking =
            Picking{.save = false,
                    .title = "ui.near.people",
                    .extensions = {".csv", ".xlsx", ".ods", ".shp", ".gpkg", ".geojson", ".zip"},
                    .name = {},
                    .folder = {},
                    .then = [this](Ui&, const std::filesystem::path& file) {
                        request_.people.file = whole_path(file);
                    }};
    if (request_.people.file.empty()) return;
    if (const auto dataset = ui.document.dataset(); systems_of_ != dataset) {
        systems_ = app::offered_systems(app::province_zones(dataset->vintage->units));
        systems_of_ = dataset;
        system_ = 0;
    }
    request_.people.crs = choose_system(ui, "ui.near.people_crs", systems_, system_);
}

void NearPanel::draw_run(Ui& ui) {
    const float width = ImGui::GetContentRegionAvail().x;
    if (!draw_running(ui, "near") && text_button(ui, "ui.near.run", true, good_, width)) start(ui);
    if (outcome_->error && outcome_->dataset == ui.document.dataset())
        paragraph(ui, ui.fonts.small, ui.theme->error,
                  ui.document.language().text(*outcome_->error));
    if (good_) copy_command(ui, "near", app::to_flags(wanted(ui)), width);
}

bool NearPanel::on_map(Ui& ui) const {
    return ui.document.shows_result(outcome_->serial);
}

void NearPanel::draw_answer(Ui& ui, const app::NearReport& report) {
    gap(ui, 4);
    rule(ui);
    gap(ui, 4);
    paragraph(ui, ui.fonts.strong, ui.theme->text, report.sentence);
    record(ui, "near.answer");
    if (std::exchange(outcome_->fresh, false)) ImGui::SetScrollHereY(0.4F);
    ui.probe.state("near", report.sentence);
    ui.probe.state("near.count", static_cast<double>(report.units.size()));
    bool shown = on_map(ui);
    if (check(ui, "ui.near.on_map", shown)) {
        ui.document.show_result(shown ? std::optional(report.map) : std::nullopt);
        if (shown) {
            outcome_->serial = ui.shell.answer_serial = ui.document.shown()->serial;
            ui.shell.answer_shapes = outcome_->rings; // another panel may have put its own there
        }
    }
    const auto group = [&](const std::string& name, const std::string& text, app::Faces units,
                           bool warning = false) {
        if (list_row(ui, {.name = name,
                          .text = text,
                          .trailing = ui.document.language().count(units.size()),
                          .muted = units.empty(),
                          .warning = warning && !units.empty(),
                          .indent = 0,
                          .height = 28}))
            choose_units(ui, std::move(units));
    };
    app::Faces all;
    for (const auto& unit : report.units) all.push_back(static_cast<geo::FaceId>(unit.unit));
    std::sort(all.begin(), all.end());
    group("near:all", ui.text("ui.near.select"), std::move(all));
    group("near:at_more", ui.text("ui.near.at_more"), faces_of_rows(report.at_more), true);
    group("near:at_less", ui.text("ui.near.at_less"), faces_of_rows(report.at_less), true);
    for (const auto& outline : report.outlines)
        group("near:outline:" + outline.kind, ui.text("near.column.on." + outline.kind),
              faces_of_rows(outline.units));
    if (report.nobody > 0)
        paragraph(ui, ui.fonts.small, ui.theme->warning,
                  ui.text("near.nobody", {{"count", static_cast<std::int64_t>(report.nobody)}}));
    draw_units(ui, report);
}

void NearPanel::draw_units(Ui& ui, const app::NearReport& report) {
    gap(ui, 4);
    for (std::size_t i = 0; i < std::min(report.units.size(), kNearRows); ++i) {
        const auto& unit = report.units[i];
        const auto& selection = ui.document.selection();
        const auto face = static_cast<geo::FaceId>(unit.unit);
        if (list_row(ui, {.name = "near_unit:" + report.codes[unit.unit],
                          .text = outcome_->names[unit.unit],
                          .trailing = unit.places.empty()
                                          ? std::string()
                                          : app::near_distance(unit, ui.document.language()),
                          .selected = std::binary_search(selection.begin(), selection.end(), face),
                          .indent = 0,
                          .height = 26}))
            show_unit(ui, unit.unit, true);
        if (ImGui::IsItemHovered())
            tooltip(ui, app::near_words(report, unit, ui.document.language()));
    }
    if (report.units.size() > kNearRows)
        paragraph(ui, ui.fonts.small, ui.theme->muted,
                  ui.text("near.more",
                          {{"count", static_cast<std::int64_t>(report.units.size() - kNearRows)}}));
    gap(ui, 4);
    if (draw_running(ui, "near_write")) return;
    offer_file(ui, "ui.near.write", &app::NearRequest::out,
               {".xlsx", ".csv", ".ods", ".gpkg", ".shp", ".geojson", ".kml", ".gpx"});
    offer_file(ui, "ui.near.write_map", &app::NearRequest::map_out, {".png", ".pdf", ".svg"});
}

void NearPanel::draw(Ui& ui, const Rect& area, bool overlay) {
    begin_right_panel(ui, "near", "ui.near", area, overlay);
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {ui.px(8), ui.px(5)});
    draw_kinds(ui);
    draw_distance(ui);
    draw_rule(ui);
    draw_lines(ui);
    gap(ui, 4);
    draw_run(ui);
    // A copy: the job of another run may put its answer in place of this one.
    const auto report = outcome_->report;
    if (report && outcome_->dataset == ui.document.dataset()) {
        if (outcome_->language != ui.document.language().code()) {
            outcome_->language = ui.document.language().code(); // asked for once
            start(ui);
        }
        draw_answer(ui, *report);
    }
    ImGui::PopStyleVar();
    end_right_panel(ui, area);
}

} // namespace diaban::gui
