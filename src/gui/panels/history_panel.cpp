#include "gui/panels/history_panel.hpp"

#include "app/history_words.hpp"
#include "gui/widgets.hpp"

namespace diaban::gui {

void HistoryPanel::draw(Ui& ui, const Rect& area, bool overlay) {
    begin_right_panel(ui, "history", "ui.history", area, overlay);
    const app::History& history = ui.document.history();
    paragraph(ui, ui.fonts.small, ui.theme->muted, ui.text("ui.history.note"));
    gap(ui, 4);
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {ui.px(8), 0});
    std::optional<std::size_t> wanted;
    for (std::size_t i = 0; i < history.size(); ++i) {
        const bool now = i == history.at();
        const std::string label = i == 0
                                      ? ui.text("ui.history.start")
                                      : app::history_words(history, i, ui.document.dataset().get(),
                                                           ui.document.language());
        ui.probe.state("history:" + std::to_string(i), label);
        if (list_row(ui, {.name = "history:" + std::to_string(i),
                          .text = label,
                          .trailing = history.saved(i) ? ui.text("ui.history.saved") : "",
                          .selected = now,
                          .muted = i > history.at(), // undone
                          .indent = 0}))
            wanted = i;
        if (now && followed_ != i) ImGui::SetScrollHereY();
    }
    followed_ = history.at();
    ImGui::PopStyleVar();
    end_right_panel(ui, area);
    if (wanted) ui.document.go_to(*wanted);
}

} // namespace diaban::gui
