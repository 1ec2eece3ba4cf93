#include "gui/panels/verify_panel.hpp"

#include "gui/panels/panels.hpp"
#include "gui/widgets.hpp"

#include <algorithm>

namespace diaban::gui {
namespace {

constexpr float kReadableWidth = 720; // of words

} // namespace

void VerifyPanel::start(Ui& ui, app::VerifyRequest request, std::shared_ptr<Outcome> outcome) {
    *outcome = {request.manifest, request.bases, {}};
    request.manifest = whole_path(request.manifest);
    ui.document.jobs().run(
        {.key = "verify"},
        [request, verify = ui.shell.verify](base::JobContext& ctx) { return verify(request, ctx); },
        [outcome](app::Document&, app::VerifyReport report) {
            outcome->findings = app::findings_of(report);
        });
}

void VerifyPanel::draw_buttons(Ui& ui) {
    if (text_button(ui, "ui.verify.choose", true))
        ui.shell.picking = Picking{.save = false,
                                   .title = "ui.verify.pick",
                                   .extensions = {".json"},
                                   .name = {},
                                   .folder = {},
                                   .then = [outcome = outcome_](Ui& later, const auto& file) {
                                       start(later, {file, {}}, outcome);
                                   }};
    ImGui::SameLine(0, ui.px(8));
    if (text_button(ui, "ui.verify.add_folder", false, !outcome_->manifest.empty()))
        ui.shell.picking = Picking{.save = false,
                                   .title = "ui.verify.pick_folder",
                                   .extensions = {},
                                   .name = {},
                                   .folder = {},
                                   .then = [outcome = outcome_](Ui& later, const auto& file) {
                                       auto folders = outcome->folders;
                                       folders.push_back(file.parent_path());
                                       start(later, {outcome->manifest, folders}, outcome);
                                   }};
}

void VerifyPanel::draw(Ui& ui, const Rect& area, bool /*overlay*/) {
    begin_sheet(ui, "verify", "ui.menu.verify", area);
    // Long lists of files scroll.
    ImGui::BeginChild("verify.text", {area.width() - ui.px(40), area.height() - ui.px(60)});
    const float room = ImGui::GetContentRegionAvail().x - ui.px(16);
    const float width = std::min(ui.px(kReadableWidth), room);
    paragraph(ui, ui.fonts.body, ui.theme->text, ui.text("ui.verify.note"), width);
    gap(ui, 8);
    if (!draw_running(ui, "verify")) draw_buttons(ui);
    if (!outcome_->manifest.empty()) {
        gap(ui, 8);
        paragraph(ui, ui.fonts.strong, ui.theme->text, outcome_->manifest.filename().string(),
                  width);
    }
    for (const auto& folder : outcome_->folders)
        paragraph(ui, ui.fonts.small, ui.theme->muted, folder.string(), width);
    for (std::size_t i = 0; i < outcome_->findings.size(); ++i) {
        const auto& finding = outcome_->findings[i];
        const std::string text = ui.document.language().text(finding);
        gap(ui, 4);
        paragraph(ui, ui.fonts.body,
                  finding.severity == base::Severity::Problem ? ui.theme->error : ui.theme->text,
                  text, width);
        ui.probe.state("verify:" + std::to_string(i), text);
    }
    ImGui::EndChild();
    end_region();
}

} // namespace diaban::gui
