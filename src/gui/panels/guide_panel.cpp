#include "gui/panels/guide_panel.hpp"

#include "base/paths.hpp"
#include "gui/widgets.hpp"

#include <algorithm>

namespace diaban::gui {
namespace {

constexpr float kReadable = 760; // width of a line of text, interface pixels

// A block of the guide in a column of this width.
void draw_block(Ui& ui, const app::GuideBlock& block, float width) {
    using BlockKind = app::GuideBlock::Kind;
    const float left = ImGui::GetCursorPosX();
    if (block.kind == BlockKind::Title || block.kind == BlockKind::Heading) {
        gap(ui, block.kind == BlockKind::Title ? 0 : 12);
        paragraph(ui, block.kind == BlockKind::Title ? ui.fonts.title : ui.fonts.strong,
                  ui.theme->accent, block.text, left + width);
        return;
    }
    const float aside = block.kind == BlockKind::Item ? ui.px(30) : 0;
    if (aside > 0)
        draw_text(*ImGui::GetWindowDrawList(), ui.fonts.body, ImGui::GetCursorScreenPos(),
                  ui.theme->muted, block.mark);
    if (!block.lead.empty()) {
        ImGui::SetCursorPosX(left + aside);
        paragraph(ui, ui.fonts.strong, ui.theme->text, block.lead, left + width);
    }
    if (block.text.empty()) return;
    ImGui::SetCursorPosX(left + aside);
    paragraph(ui, ui.fonts.body, ui.theme->text, block.text, left + width);
}

} // namespace

void GuidePanel::read(Ui& ui) {
    const std::string code = ui.document.language().code();
    if (language_ == code) return;
    language_ = code;
    blocks_.clear();
    problem_.clear();
    try {
        blocks_ = app::read_guide(base::read_file(base::asset("docs/guide." + code + ".md")));
    } catch (const base::Error& error) {
        problem_ = ui.document.language().text(error);
    }
}

void GuidePanel::draw(Ui& ui, const Rect& area, bool /*overlay*/) {
    begin_sheet(ui, "guide", "ui.guide", area);
    read(ui);
    // A part that the keyboard enters with Enter, so that arrows scroll it.
    ImGui::BeginChild("guide.text", {area.width() - ui.px(40), area.height() - ui.px(60)});
    const float room = ImGui::GetContentRegionAvail().x - ui.px(16);
    const float width = std::min(ui.px(kReadable), room);
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {ui.px(8), ui.px(6)});
    if (!problem_.empty()) paragraph(ui, ui.fonts.body, ui.theme->error, problem_, width);
    // The sheet has its title already.
    for (const app::GuideBlock& block : blocks_)
        if (block.kind != app::GuideBlock::Kind::Title) draw_block(ui, block, width);
    ui.probe.state("guide.blocks", static_cast<double>(blocks_.size()));
    ImGui::PopStyleVar();
    ImGui::EndChild();
    end_region();
}

void AboutPanel::draw(Ui& ui, const Rect& area, bool /*overlay*/) {
    begin_sheet(ui, "about", "ui.about", area);
    const float width = ImGui::GetCursorPosX() + std::min(ui.px(kReadable), area.width() * 0.8F);
    paragraph(ui, ui.fonts.strong, ui.theme->text,
              ui.text("ui.about.version", {{"version", base::version()}}), width);
    record(ui, "about.version");
    const std::filesystem::path settings = base::settings_folder(), cache = base::cache_folder();
    for (const std::string& said :
         {ui.text("ui.about.what"), ui.text("ui.about.private"),
          ui.text("ui.about.folders", {{"settings", settings.string()}, {"cache", cache.string()}}),
          ui.text("ui.about.library")}) {
        gap(ui, 4);
        paragraph(ui, ui.fonts.body, ui.theme->text, said, width);
    }
    end_region();
}

} // namespace diaban::gui
