#include "gui/panels/hotspots_panel.hpp"

#include "gui/panels/panels.hpp"
#include "gui/widgets.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace diaban::gui {
namespace {

using app::HotspotMethod;

constexpr std::array kMethods{
    HotspotMethod::GiStar,       HotspotMethod::Gi,        HotspotMethod::LocalMoran,
    HotspotMethod::LocalGeary,   HotspotMethod::JoinCount, HotspotMethod::Bivariate,
    HotspotMethod::Differential, HotspotMethod::Scan,      HotspotMethod::Emerging};
constexpr std::array<std::uint32_t, 5> kPermutations{999, 9'999, 99'999, 999'999, 0};
constexpr std::array kCorrections{analysis::Correction::Fdr, analysis::Correction::Bonferroni,
                                  analysis::Correction::None};
constexpr std::array kRates{analysis::RateKind::Raw, analysis::RateKind::ExcessRisk,
                            analysis::RateKind::EmpiricalBayes, analysis::RateKind::SpatialBayes,
                            analysis::RateKind::BayesIndex};
constexpr std::array kKinds{analysis::WeightsKind::Queen, analysis::WeightsKind::Rook,
                            analysis::WeightsKind::Nearest, analysis::WeightsKind::DistanceBand};
constexpr std::array kAlphas{0.05, 0.01, 0.1};

template <class List, class T> std::size_t index_of(const List& list, const T& value) {
    const auto at = std::find(std::begin(list), std::end(list), value);
    return at == std::end(list) ? 0 : static_cast<std::size_t>(at - std::begin(list));
}

template <class List>
std::vector<std::string> texts(Ui& ui, const std::string& prefix, const List& list) {
    std::vector<std::string> out;
    for (const auto& one : list) out.push_back(ui.text(prefix + std::string(to_string(one))));
    return out;
}

} // namespace

// The request with what the map shows: its indicator, its period, the project's links.
app::HotspotsRequest HotspotsPanel::wanted(Ui& ui) const {
    auto request = request_;
    request.data = ui.document.project().data;
    request.neighbours.links = ui.document.project().links;
    request.page = ui.document.project().page;
    if (const app::StyledMap* styled = ui.document.styled()) {
        request.indicator = styled->choice.indicator;
        request.period = styled->choice.period;
        // A status cannot be averaged, and only a status can be counted.
        if (styled->categorical && request.method != HotspotMethod::Scan)
            request.method = HotspotMethod::JoinCount;
        if (!styled->categorical && request.method == HotspotMethod::JoinCount)
            request.method = HotspotMethod::GiStar;
    }
    return request;
}

void HotspotsPanel::draw_request(Ui& ui, const app::Dataset& dataset) {
    const auto now = wanted(ui);
    std::size_t at = index_of(kMethods, now.method);
    if (choice(ui, "ui.hotspots.method", at, texts(ui, "hotspots.method.", kMethods)))
        request_.method = kMethods[at];
    const auto& cube = *dataset.cube;
    if (now.method == HotspotMethod::Bivariate) {
        std::vector<std::string> names, ids;
        for (const auto& indicator : cube.indicators)
            if (indicator.kind != data::Kind::Category) {
                ids.push_back(indicator.id);
                names.push_back(app::indicator_name(indicator, ui.document.language()));
            }
        std::size_t second = index_of(ids, request_.second);
        choice(ui, "ui.hotspots.second", second, names);
        if (second < ids.size()) request_.second = ids[second];
    }
    const auto indicator = cube.find(now.indicator);
    if (indicator && cube.indicators[*indicator].kind == data::Kind::Ratio &&
        now.method != HotspotMethod::Scan) {
        auto names = texts(ui, "hotspots.rate.", kRates);
        names.insert(names.begin(), ui.text("ui.hotspots.as_shown"));
        std::size_t rate = request_.rate ? index_of(kRates, *request_.rate) + 1 : 0;
        if (choice(ui, "ui.hotspots.rate", rate, names))
            request_.rate = rate == 0 ? std::nullopt : std::optional(kRates[rate - 1]);
    }
    auto& spec = request_.neighbours.spec;
    if (now.method != HotspotMethod::Scan) {
        std::size_t kind = index_of(kKinds, spec.kind);
        if (choice(ui, "ui.hotspots.neighbours", kind, texts(ui, "ui.hotspots.kind.", kKinds)))
            spec.kind = kKinds[kind];
        if (spec.kind == analysis::WeightsKind::Nearest)
            stepper(ui, "ui.hotspots.k", spec.k, 1, 30);
        else if (spec.kind != analysis::WeightsKind::DistanceBand)
            stepper(ui, "ui.hotspots.order", spec.order, 1, 5);
        std::vector<std::string> counts;
        for (const auto count : kPermutations)
            counts.push_back(count ? ui.document.language().count(count)
                                   : ui.text("hotspots.line.analytic"));
        std::size_t permutations = index_of(kPermutations, request_.permutations);
        if (choice(ui, "ui.hotspots.permutations", permutations, counts))
            request_.permutations = kPermutations[permutations];
        std::size_t correction = index_of(kCorrections, request_.correction);
        if (choice(ui, "ui.hotspots.correction", correction,
                   texts(ui, "ui.hotspots.correction.", kCorrections)))
            request_.correction = kCorrections[correction];
    }
    std::vector<std::string> alphas;
    for (const double alpha : kAlphas) alphas.push_back(ui.document.language().number(alpha, 2));
    std::size_t alpha = index_of(kAlphas, request_.alpha);
    if (choice(ui, "ui.hotspots.alpha", alpha, alphas)) request_.alpha = kAlphas[alpha];
}

// Two selected units can be made neighbours, and all such links be taken back.
void HotspotsPanel::draw_links(Ui& ui) {
    const auto& selection = ui.document.selection();
    const auto& units = ui.document.dataset()->vintage->units;
    app::Project next = ui.document.project();
    if (selection.size() == 2 && text_button(ui, "ui.hotspots.link")) {
        next.links.emplace_back(units.code[selection[0]], units.code[selection[1]]);
        ui.document.edit(std::move(next), "edit.links");
    } else if (!next.links.empty()) {
        paragraph(
            ui, ui.fonts.small, ui.theme->muted,
            ui.text("weights.links", {{"count", static_cast<std::int64_t>(next.links.size())}}));
        if (text_button(ui, "ui.hotspots.unlink")) {
            next.links.clear();
            ui.document.edit(std::move(next), "edit.links");
        }
    }
}

void HotspotsPanel::start(Ui& ui) {
    ui.document.jobs().run(
        {.key = "hotspots", .replace = true},
        [request = wanted(ui), dataset = ui.document.dataset(),
         code = ui.document.language().code()](base::JobContext& ctx) {
            const auto language = app::Language::load(code);
            const auto inputs = app::prepare(request, dataset, ctx);
            Outcome outcome{.dataset = dataset};
            outcome.report = app::run(request, inputs, *language, ctx);
            outcome.stored = app::to_store(outcome.report->map.legend_title + " · " +
                                               outcome.report->map.legend_note,
                                           *outcome.report, inputs);
            outcome.inputs = outcome.stored.inputs;
            return outcome;
        },
        [result = outcome_](app::Document& document, Outcome outcome) {
            if (outcome.dataset != document.dataset()) return; // of other data
            *result = std::move(outcome);
            document.show_result(result->report->map);
        });
}

void HotspotsPanel::draw_run(Ui& ui) {
    const float width = ImGui::GetContentRegionAvail().x;
    if (draw_running(ui, "hotspots")) return;
    if (text_button(ui, "ui.hotspots.run", true, ui.document.styled() != nullptr, width)) start(ui);
    copy_command(ui, "hotspots", app::to_flags(wanted(ui)), width);
}

// Value across, mean of the neighbours upwards, both standardised; the slope of the line is Moran's
// I for row-standardised weights.
void HotspotsPanel::draw_scatter(Ui& ui, const analysis::LocalResult& local) {
    const float width = ImGui::GetContentRegionAvail().x, height = ui.px(170);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImGui::Dummy({width, height});
    record(ui, "scatter");
    ImDrawList& list = *ImGui::GetWindowDrawList();
    double most = 1, xy = 0, xx = 0;
    for (std::size_t u = 0; u < local.units; ++u) {
        if (std::isnan(local.value[u]) || std::isnan(local.lag[u])) continue;
        most = std::max({most, std::fabs(local.value[u]), std::fabs(local.lag[u])});
        xy += local.value[u] * local.lag[u];
        xx += local.value[u] * local.value[u];
    }
    most = std::min(most, 5.0); // what lies beyond stands on the edge
    const auto place = [&](double x, double y) {
        const auto part = [&](double v) {
            return static_cast<float>(std::clamp(v / most, -1.0, 1.0));
        };
        return ImVec2{at.x + width / 2 + part(x) * width / 2,
                      at.y + height / 2 - part(y) * height / 2};
    };
    list.AddRect(at, {at.x + width, at.y + height}, ui.theme->line, ui.px(2));
    list.AddLine(place(-most, 0), place(most, 0), ui.theme->line);
    list.AddLine(place(0, -most), place(0, most), ui.theme->line);
    for (std::size_t u = 0; u < local.units; ++u) {
        if (std::isnan(local.value[u]) || std::isnan(local.lag[u])) continue;
        list.AddCircleFilled(place(local.value[u], local.lag[u]), ui.px(2),
                             local.significant[u] ? ui.theme->text : ui.theme->muted, 8);
    }
    if (xx > 0) {
        const double slope = xy / xx;
        const double reach = std::min(most, most / std::max(std::fabs(slope), 1e-9));
        list.AddLine(place(-reach, -slope * reach), place(reach, slope * reach), ui.theme->warning,
                     ui.px(1.5F));
    }
}

void HotspotsPanel::draw_result(Ui& ui) {
    if (!outcome_->report || outcome_->dataset != ui.document.dataset()) return;
    const auto& report = *outcome_->report;
    paragraph(ui, ui.fonts.strong, ui.theme->text, report.sentence);
    paragraph(ui, ui.fonts.small, ui.theme->muted, report.method_line);
    ui.probe.state("result", report.sentence);
    bool shown = ui.document.shows_result();
    if (check(ui, "ui.hotspots.on_map", shown))
        ui.document.show_result(
            shown ? std::optional(significance_ ? report.significance : report.map) : std::nullopt);
    if (!report.significance.style.entries.empty() &&
        check(ui, "ui.hotspots.significance", significance_))
        ui.document.show_result(significance_ ? report.significance : report.map);
    if (ui.document.shows_result()) draw_legend(ui);
    if (report.local.tested > 0 && report.request.method != HotspotMethod::JoinCount) {
        if (report.global.moran.defined)
            paragraph(ui, ui.fonts.small, ui.theme->muted,
                      ui.text("report.moran") + ": " +
                          ui.document.language().number(report.global.moran.statistic, 4));
        draw_scatter(ui, report.local);
    }
    for (const auto& advice : report.advice)
        paragraph(ui, ui.fonts.small, ui.theme->warning, ui.document.language().text(advice));
    if (text_button(ui, "ui.hotspots.keep", false, true, ImGui::GetContentRegionAvail().x))
        ui.document.edit(app::with_stored(ui.document.project(), outcome_->stored), "edit.result");
    rule(ui);
    gap(ui, 6);
}

void HotspotsPanel::draw_stored(Ui& ui) {
    std::vector<app::StoredHotspots> all;
    ui.attempt([&] { all = app::stored_hotspots(ui.document.project()); });
    if (all.empty()) return;
    gap(ui, 6);
    heading(ui, "ui.hotspots.stored");
    for (const auto& one : all) {
        if (list_row(ui, {.name = "stored:" + one.name, .text = one.name})) {
            request_ = one.request;
            auto map = ui.document.project().map;
            map.indicator = one.request.indicator;
            map.period = one.request.period;
            choose(ui, map, "edit.indicator");
            checked_ = one.name;
            checked_inputs_ = one.inputs;
            start(ui);
        }
        if (checked_ != one.name || outcome_->inputs.empty()) continue;
        paragraph(ui, ui.fonts.small, ui.theme->muted, one.sentence);
        const bool same = outcome_->inputs == checked_inputs_;
        paragraph(ui, ui.fonts.small, same ? ui.theme->muted : ui.theme->warning,
                  ui.text(same ? "said.inputs_same" : "said.inputs_changed", {{"name", one.name}}));
    }
}

void HotspotsPanel::draw(Ui& ui, const Rect& area, bool overlay) {
    begin_right_panel(ui, "hotspots", "ui.hotspots", area, overlay);
    const auto dataset = ui.document.dataset();
    if (dataset && dataset->cube && ui.document.styled()) {
        ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {ui.px(8), ui.px(5)});
        paragraph(ui, ui.fonts.small, ui.theme->muted, ui.document.styled()->legend_title);
        // What came out stands first; what was asked follows, to be changed and asked again.
        draw_result(ui);
        draw_request(ui, *dataset);
        draw_links(ui);
        gap(ui, 4);
        draw_run(ui);
        draw_stored(ui);
        ImGui::PopStyleVar();
    }
    end_right_panel(ui, area);
}

} // namespace diaban::gui
