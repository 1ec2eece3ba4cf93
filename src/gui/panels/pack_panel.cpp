#include "gui/panels/pack_panel.hpp"

#include "app/commands/targets.hpp"
#include "app/plan_file.hpp"
#include "app/reform.hpp"
#include "gui/panels/panels.hpp"
#include "gui/widgets.hpp"

#include <algorithm>

namespace diaban::gui {
namespace {

constexpr const char* kPackFormats[] = {"ui.pack.format.pptx", "ui.pack.format.pdf",
                                        "ui.pack.format.paper"};
constexpr const char* kPaper = "A4 landscape";

} // namespace

std::string PackPanel::extension() const {
    return format_ == 0 ? "pptx" : "pdf";
}

app::PackRequest PackPanel::request(Ui& ui) const {
    const app::Project& project = ui.document.project();
    app::PackRequest out = app::pack_request(project);
    out.outline = app::outline_here(std::move(out.outline), ui.document.dataset()->vintage->units);
    out.period = ui.document.styled()->choice.period;
    if (before_ > 0 && before_ <= periods_.size()) out.before = periods_[before_ - 1];
    out.plan = plan_ > 0 && plan_ <= plans_.size() ? plans_[plan_ - 1] : std::string();
    if (format_ == 2) out.size = kPaper;
    out.classification =
        classification_ == 0 ? app::Classification::Public : app::Classification::Internal;
    out.out =
        app::pack_name(*ui.document.dataset(), out.period, extension(), ui.document.language());
    return out;
}

// The lists to choose from, made anew with the data, the year on the map or the language.
void PackPanel::follow_data(Ui& ui) {
    const auto dataset = ui.document.dataset();
    const app::Language& language = ui.document.language();
    if (listed_for_ != dataset) {
        listed_for_ = dataset;
        before_ = 0;
        ui.attempt([&] { plans_ = app::known_plans(ui.document.project().data.store); });
        const auto& plan = ui.document.project().page.plan;
        if (!plan.empty() && std::find(plans_.begin(), plans_.end(), plan) == plans_.end())
            plans_.push_back(plan);
        plan_ = plan.empty() ? 0
                             : static_cast<std::size_t>(
                                   std::find(plans_.begin(), plans_.end(), plan) - plans_.begin()) +
                                   1;
        titles_in_.clear();
    }
    if (titles_in_ != language.code()) {
        titles_in_ = language.code();
        plan_titles_ = {ui.text("ui.pack.plan.none")};
        for (const auto& plan : plans_) try {
                plan_titles_.push_back(app::plan_title(
                    app::plan_named(plan, ui.document.project().data.store), language));
            } catch (const base::Error&) {
                plan_titles_.push_back(plan); // what is wrong with it is said when it is used
            }
    }
    const auto now = ui.document.styled()->choice.period;
    std::vector<data::Period> earlier;
    for (const auto& period : dataset->cube->periods)
        if (period < now) earlier.insert(earlier.begin(), period);
    if (earlier != periods_) periods_ = std::move(earlier), before_ = 0;
}

void PackPanel::start(Ui& ui, app::PackRequest request, std::shared_ptr<std::string> said) {
    auto sources = app::query_sources(ui.document.project());
    sources.lines = request.lines;
    sources.outline = request.outline;
    ui.document.jobs().run(
        {.key = "pack"},
        [request, sources, code = ui.document.language().code()](base::JobContext& ctx) {
            // Read as the command reads it, whatever of a large store the window holds.
            const auto dataset =
                app::load_across(request.data, request.across, app::Need::Picture, ctx);
            return app::run(request, dataset, *app::Language::load(code), ctx, &sources);
        },
        [said, shell = &ui.shell](app::Document& document, const app::PackReport& report) {
            *said = document.language().text(
                "ui.pack.done", {{"file", report.files.front().filename().string()},
                                 {"pages", static_cast<std::int64_t>(report.pages.size())},
                                 {"left_out", static_cast<std::int64_t>(report.left_out.size())}});
            for (const auto& warning : app::pack_warnings(report, document.language()))
                *said += "\n" + warning;
            for (const auto& one : report.left_out) *said += "\n" + one.page + ": " + one.reason;
            shell->notice =
                document.language().text("said.written", {{"file", report.files.front().string()}});
        });
}

void PackPanel::choose_file(Ui& ui) {
    ui.shell.picking = Picking{
        .save = true,
        .title = "ui.pack",
        .extensions = {"." + extension()},
        .name = request(ui).out.string(),
        .folder = {},
        .then = [wanted = request(ui), said = said_](Ui& later, const std::filesystem::path& file) {
            app::PackRequest now = wanted;
            now.out = file;
            start(later, std::move(now), said);
        }};
}

void PackPanel::draw(Ui& ui, const Rect& area, bool overlay) {
    begin_right_panel(ui, "pack", "ui.pack", area, overlay);
    if (ui.document.dataset() && ui.document.styled()) {
        follow_data(ui);
        ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {ui.px(8), ui.px(5)});
        paragraph(ui, ui.fonts.small, ui.theme->muted, ui.text("ui.pack.note"));
        gap(ui, 4);
        std::vector<std::string> formats;
        for (const char* key : kPackFormats) formats.push_back(ui.text(key));
        choice(ui, "ui.pack.format", format_, formats);
        std::vector<std::string> periods{ui.text("ui.pack.compare.before")};
        for (const auto& period : periods_) periods.push_back(data::to_string(period));
        choice(ui, "ui.pack.compare", before_, periods);
        choice(ui, "ui.pack.plan", plan_, plan_titles_);
        choice(ui, "ui.pack.classification", classification_,
               {ui.text("ui.export.public"), ui.text("ui.export.internal")});
        gap(ui, 6);
        const float width = ImGui::GetContentRegionAvail().x;
        if (!draw_running(ui, "pack") && text_button(ui, "ui.pack.make", true, true, width))
            choose_file(ui);
        copy_command(ui, "pack", app::to_flags(request(ui)), width);
        if (!said_->empty()) paragraph(ui, ui.fonts.small, ui.theme->muted, *said_);
        ui.probe.state("pack.result", *said_);
        ImGui::PopStyleVar();
    }
    end_right_panel(ui, area);
}

} // namespace diaban::gui
