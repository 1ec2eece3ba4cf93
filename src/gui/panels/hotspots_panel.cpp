#include "gui/panels/hotspots_panel.hpp"

#include "app/smoothed.hpp"
#include "gui/panels/neighbours_panel.hpp"
#include "gui/panels/panels.hpp"
#include "gui/widgets.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace diaban::gui {
namespace {

using app::HotspotMethod;

constexpr std::array kHotspotMethods{HotspotMethod::GiStar,       HotspotMethod::Gi,
                                     HotspotMethod::LocalMoran,   HotspotMethod::LocalGeary,
                                     HotspotMethod::JoinCount,    HotspotMethod::Bivariate,
                                     HotspotMethod::Differential, HotspotMethod::Scan,
                                     HotspotMethod::Emerging,     HotspotMethod::Trend};
constexpr std::array<std::uint32_t, 5> kPermutations{999, 9'999, 99'999, 999'999, 0};
constexpr std::array<std::uint32_t, 3> kReplicas{999, 9'999, 99'999};
constexpr std::array kCorrections{analysis::Correction::Fdr, analysis::Correction::Bonferroni,
                                  analysis::Correction::None};
constexpr std::array kRates{analysis::RateKind::Raw, analysis::RateKind::ExcessRisk,
                            analysis::RateKind::EmpiricalBayes, analysis::RateKind::SpatialBayes,
                            analysis::RateKind::BayesIndex};
constexpr std::array kAlphas{0.05, 0.01, 0.1};
constexpr std::array kShares{0.5, 0.25, 0.1};
constexpr std::uint64_t kMostSeed = 9999;

template <class List> std::vector<std::string> counts(Ui& ui, const List& list) {
    std::vector<std::string> out;
    for (const auto count : list)
        out.push_back(count ? ui.document.language().count(count)
                            : ui.text("hotspots.line.analytic"));
    return out;
}

// A choice from a list whose texts are made already; true if another one was taken.
template <class List, class T>
bool choose_from(Ui& ui, std::string_view key, const List& list, T& value,
                 const std::vector<std::string>& texts) {
    std::size_t at = index_of(list, value);
    if (!choice(ui, key, at, texts)) return false;
    value = list[at];
    return true;
}

// The list with a number that only a stored result has, so that it is shown as what it is.
template <class T, std::size_t N>
std::vector<T> with_value(const std::array<T, N>& list, const T& value) {
    std::vector<T> out(list.begin(), list.end());
    if (std::find(out.begin(), out.end(), value) == out.end()) out.push_back(value);
    return out;
}

bool compares_periods(HotspotMethod method) {
    return method == HotspotMethod::Scan || method == HotspotMethod::Emerging ||
           method == HotspotMethod::Trend || method == HotspotMethod::Differential;
}

} // namespace

// The request with what the map shows: its indicator, its period, the project's links that these
// boundaries have.
app::HotspotsRequest HotspotsPanel::wanted(Ui& ui) const {
    auto request = request_;
    request.data = ui.document.project().data;
    request.neighbours = ui.shell.neighbours;
    request.neighbours.links = project_links(ui);
    request.page = ui.document.project().page;
    request.layers = ui.document.project().lines;
    if (const app::StyledMap* styled = ui.document.styled()) {
        request.indicator = app::as_it_stands(styled->choice.indicator);
        // What the map shows is what is tested, unless another rate is asked for.
        if (const auto smoothed = app::parse_smoothed(styled->choice.indicator);
            !request.rate && smoothed)
            request.rate = smoothed->kind;
        request.period = styled->choice.period;
        // A status cannot be averaged, and only a status can be counted.
        if (styled->categorical && request.method != HotspotMethod::Scan)
            request.method = HotspotMethod::JoinCount;
        if (!styled->categorical && request.method == HotspotMethod::JoinCount)
            request.method = HotspotMethod::GiStar;
    }
    if (const auto dataset = ui.document.dataset(); dataset && dataset->cube)
        request = app::suited(std::move(request), *dataset->cube);
    // A first period lies before the last; what belongs to other methods is not asked for.
    if (request.period < request.since) request.since = {};
    return app::relevant(std::move(request));
}

namespace {

// Nothing leaves the program on the screen: true values, unmasked (conventions 6).
app::HotspotsRequest on_screen(app::HotspotsRequest request) {
    request.classification = app::Classification::Internal;
    return request;
}

} // namespace

// Looks at what would be run, beside the frames, whenever it has changed.
void HotspotsPanel::take_advice(Ui& ui) {
    const auto now = wanted(ui);
    if (now == advised_ && advised_dataset_ == ui.document.dataset()) return;
    advised_ = now;
    advised_dataset_ = ui.document.dataset();
    ui.document.jobs().run(
        {.key = "hotspots_advice", .replace = true},
        [request = now, dataset = advised_dataset_](base::JobContext& ctx) {
            Advice advice{.request = request, .dataset = dataset};
            try {
                auto inputs = app::prepare(on_screen(request), dataset, ctx);
                for (std::size_t u = 0; u < inputs.unstable.size(); ++u)
                    if (inputs.unstable[u]) advice.unstable.push_back(static_cast<geo::FaceId>(u));
                // Too few permutations: said beside the button that would draw them.
                for (auto& one : inputs.advice)
                    if (one.key == "advice.reach" || one.key == "advice.out_of_reach")
                        advice.reach = std::move(one);
                    else
                        advice.said.push_back(std::move(one));
                if (advice.reach) advice.permutations_wanted = inputs.reach.wanted;
            } catch (const base::Error& error) {
                advice.error = error; // said here, not as a failure of the program
            }
            return advice;
        },
        [kept = advice_](app::Document&, Advice advice) { *kept = std::move(advice); });
}

void HotspotsPanel::draw_second(Ui& ui, const data::IndicatorCube& cube) {
    std::vector<std::string> names, ids;
    for (const auto& indicator : cube.indicators)
        if (indicator.kind != data::Kind::Category) {
            ids.push_back(indicator.id);
            names.push_back(app::indicator_name(indicator, ui.document.language()));
        }
    if (ids.empty()) return;
    if (std::find(ids.begin(), ids.end(), request_.second) == ids.end())
        request_.second = ids.front(); // also where that one was of other data
    choose_from(ui, "ui.hotspots.second", ids, request_.second, names);
}

// The first period of those that are looked at together.
void HotspotsPanel::draw_periods(Ui& ui, const data::IndicatorCube& cube,
                                 const app::HotspotsRequest& now) {
    std::vector<data::Period> periods;
    std::vector<std::string> texts;
    if (now.method == HotspotMethod::Scan) {
        periods.push_back({});
        texts.push_back(ui.text("ui.hotspots.one_period"));
    }
    for (const auto& period : cube.periods) {
        if (!(period < now.period)) break;
        periods.push_back(period);
        texts.push_back(data::to_string(period));
    }
    if (periods.empty()) return;
    data::Period since = now.since;
    if (choose_from(ui, "ui.hotspots.since", periods, since, texts)) request_.since = since;
}

// Which categories of a status count as yes; from the start those of hot spots.
void HotspotsPanel::draw_yes(Ui& ui, const data::Indicator& indicator) {
    paragraph(ui, ui.fonts.small, ui.theme->muted, ui.text("ui.hotspots.yes"));
    auto chosen = wanted(ui).yes;
    if (chosen.empty())
        for (const auto& category : indicator.categories)
            if (category.starts_with("hot")) chosen.push_back(category);
    for (const auto& category : indicator.categories) {
        if (category == "unknown") continue;
        const auto at = std::find(chosen.begin(), chosen.end(), category);
        const bool on = at != chosen.end();
        if (!list_row(ui, {.name = "yes:" + category,
                           .text = app::category_text(category, ui.document.language()),
                           .selected = on,
                           .height = 26}))
            continue;
        if (on && chosen.size() > 1)
            chosen.erase(at);
        else if (!on)
            chosen.push_back(category);
        request_.yes = chosen;
        break;
    }
}

void HotspotsPanel::draw_scan(Ui& ui, const app::HotspotsRequest& now) {
    const auto share_of = [&](std::string_view key, double& value) {
        const auto list = with_value(kShares, value);
        std::vector<std::string> texts;
        for (const double share : list)
            texts.push_back(ui.document.language().number(share * 100, 0) + " %");
        choose_from(ui, key, list, value, texts);
    };
    share_of("ui.hotspots.most_population", request_.most_population);
    if (now.since.year != 0) share_of("ui.hotspots.most_time", request_.most_time);
    const auto replicas = with_value(kReplicas, request_.replicas);
    choose_from(ui, "ui.hotspots.replicas", replicas, request_.replicas, counts(ui, replicas));
}

// Trends ask each unit alone; everything else draws permutations of units with neighbours.
void HotspotsPanel::draw_inference(Ui& ui, const app::HotspotsRequest& now) {
    const bool alone = now.method == HotspotMethod::Trend;
    if (!alone) {
        draw_neighbour_kind(ui, ui.shell.neighbours);
        if (link(ui, "ui.hotspots.more_neighbours", ui.text("ui.hotspots.more_neighbours")))
            show_panel(ui, "neighbours");
        const auto list = with_value(kPermutations, request_.permutations);
        choose_from(ui, "ui.hotspots.permutations", list, request_.permutations, counts(ui, list));
    }
    choose_from(ui, "ui.hotspots.correction", kCorrections, request_.correction,
                texts_of(ui, "ui.hotspots.correction.", kCorrections));
    if (!alone && request_.permutations > 0) check(ui, "ui.hotspots.geoda", request_.directed);
}

void HotspotsPanel::draw_request(Ui& ui, const app::Dataset& dataset) {
    const auto now = wanted(ui);
    request_.method = now.method;
    choose_from(ui, "ui.hotspots.method", kHotspotMethods, request_.method,
                texts_of(ui, "hotspots.method.", kHotspotMethods));
    const auto& cube = *dataset.cube;
    const auto indicator = cube.find(now.indicator);
    if (!indicator) return;
    const auto& what = cube.indicators[*indicator];
    if (now.method == HotspotMethod::Bivariate) draw_second(ui, cube);
    if (compares_periods(now.method)) draw_periods(ui, cube, now);
    if (what.kind == data::Kind::Category) draw_yes(ui, what);
    if (now.method == HotspotMethod::Scan) {
        draw_scan(ui, now);
    } else {
        if (what.kind == data::Kind::Ratio) {
            auto names = texts_of(ui, "hotspots.rate.", kRates);
            names.insert(names.begin(), ui.text("ui.hotspots.as_shown"));
            std::size_t rate = request_.rate ? index_of(kRates, *request_.rate) + 1 : 0;
            if (choice(ui, "ui.hotspots.rate", rate, names))
                request_.rate = rate == 0 ? std::nullopt : std::optional(kRates[rate - 1]);
        }
        draw_inference(ui, now);
    }
    std::vector<std::string> alphas;
    const auto levels = with_value(kAlphas, request_.alpha);
    for (const double alpha : levels)
        alphas.push_back(ui.document.language().number(alpha, alpha < 0.01 ? 4 : 2));
    choose_from(ui, "ui.hotspots.alpha", levels, request_.alpha, alphas);
    if (now.method == HotspotMethod::Trend) return; // nothing is drawn
    if (request_.seed > kMostSeed) {                // of a stored result, or of the command line
        paragraph(ui, ui.fonts.small, ui.theme->muted,
                  ui.text("ui.hotspots.seed") + ": " + std::to_string(request_.seed));
        return;
    }
    int seed = static_cast<int>(request_.seed);
    if (stepper(ui, "ui.hotspots.seed", seed, 1, static_cast<int>(kMostSeed)))
        request_.seed = static_cast<std::uint64_t>(seed);
}

// What does not fit, but does not keep anybody from running it.
void HotspotsPanel::draw_advice(Ui& ui) {
    std::string said;
    if (advice_->dataset == ui.document.dataset() && advice_->request == advised_) {
        for (const auto& one : advice_->said) {
            paragraph(ui, ui.fonts.small, ui.theme->warning, ui.document.language().text(one));
            if (one.key == "advice.unstable" &&
                link(ui, "ui.hotspots.show_unstable", ui.text("ui.hotspots.show_unstable")))
                choose_units(ui, advice_->unstable);
            said += one.key + " ";
        }
        if (advice_->reach) said += advice_->reach->key;
        if (advice_->error) said += advice_->error->message.key;
    }
    ui.probe.state("advice", said);
}

std::optional<std::string> HotspotsPanel::warning(Ui& ui) const {
    if (advice_->dataset != ui.document.dataset() || advice_->request != advised_)
        return std::nullopt;
    if (advice_->error) return ui.document.language().text(*advice_->error);
    if (advice_->reach) return ui.document.language().text(*advice_->reach);
    return std::nullopt;
}

float HotspotsPanel::footer_height(Ui& ui, float width) const {
    float height = ui.px(kButton + 44);
    if (const auto text = warning(ui)) {
        const ImFont& font = *ui.fonts.small;
        height += font.CalcTextSizeA(font.FontSize, FLT_MAX, width, text->c_str()).y + ui.px(8);
        if (advice_->permutations_wanted > 0) height += ui.px(26);
    }
    return height;
}

void HotspotsPanel::draw_footer(Ui& ui, const Rect& area, bool overlay) {
    begin_region(ui, "hotspots_footer", area, {.padding = {18, 8}, .overlay = overlay});
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {ui.px(8), ui.px(6)});
    rule(ui);
    gap(ui, 2);
    if (const auto text = warning(ui)) {
        paragraph(ui, ui.fonts.small, ui.theme->warning, *text);
        const auto enough =
            std::find_if(kPermutations.begin(), kPermutations.end(), [&](std::uint32_t count) {
                return count >= advice_->permutations_wanted;
            });
        if (advice_->permutations_wanted > 0 && enough != kPermutations.end() &&
            link(ui, "ui.hotspots.use_more",
                 ui.text("ui.hotspots.use_more", {{"count", std::int64_t{*enough}}})))
            request_.permutations = *enough;
    }
    draw_run(ui);
    ImGui::PopStyleVar();
    ImGui::GetWindowDrawList()->AddLine({area.x0 + 0.5F, area.y0}, {area.x0 + 0.5F, area.y1},
                                        ui.theme->line);
    end_region();
}

void HotspotsPanel::start(Ui& ui) {
    struct Found {
        std::shared_ptr<const app::HotspotsResult> result;
        app::StoredHotspots stored;
    };
    ui.document.jobs().run(
        {.key = "hotspots", .replace = true},
        [request = on_screen(wanted(ui)), dataset = ui.document.dataset(),
         code = ui.document.language().code()](base::JobContext& ctx) {
            const auto language = app::Language::load(code);
            auto result = app::find_hotspots(request, dataset, *language, ctx);
            Found found;
            const auto& map = result.report.map;
            found.stored = app::to_store(map.legend_title + " · " + map.legend_note, result.report,
                                         result.inputs);
            found.result = std::make_shared<const app::HotspotsResult>(std::move(result));
            return found;
        },
        [stored = to_keep_, shell = &ui.shell](app::Document& document, Found found) {
            if (found.result->inputs.dataset != document.dataset()) return; // of other data
            *stored = std::move(found.stored);
            shell->result = std::move(found.result);
            shell->significance = shell->scatter = false;
            document.show_result(shell->result->report.map);
            shell->result_serial = document.shown()->serial;
        });
}

void HotspotsPanel::draw_run(Ui& ui) {
    const float width = ImGui::GetContentRegionAvail().x;
    if (draw_running(ui, "hotspots")) return;
    const bool possible = !(advice_->error && advice_->request == advised_);
    const float copy = text_size(ui.fonts.body, ui.text("ui.export.copy_command")).x + ui.px(28);
    if (text_button(ui, "ui.hotspots.run", true, possible, width - copy - ui.px(8))) start(ui);
    ImGui::SameLine(0, ui.px(8));
    copy_command(ui, "hotspots", app::to_flags(wanted(ui)), copy);
}

void HotspotsPanel::draw(Ui& ui, const Rect& area, bool overlay) {
    const auto dataset = ui.document.dataset();
    const bool ready = dataset && dataset->cube && ui.document.styled();
    Rect body = area;
    if (ready) body.y1 -= footer_height(ui, area.width() - ui.px(36));
    begin_right_panel(ui, "hotspots", "ui.hotspots", body, overlay);
    if (ready) {
        ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {ui.px(8), ui.px(5)});
        // What came out stands first; what was asked follows, to be changed and asked again.
        draw_result(ui);
        paragraph(ui, ui.fonts.small, ui.theme->muted, ui.document.styled()->legend_title);
        take_advice(ui); // above what it is about: nobody should have to look for it
        draw_advice(ui);
        draw_request(ui, *dataset);
        gap(ui, 4);
        draw_stored(ui);
        ImGui::PopStyleVar();
    }
    end_right_panel(ui, body);
    if (ready) draw_footer(ui, {area.x0, body.y1, area.x1, area.y1}, overlay);
}

} // namespace diaban::gui
