#include "gui/panels/views_panel.hpp"

#include "app/project_views.hpp"
#include "gui/panels/panels.hpp"
#include "gui/views.hpp"
#include "gui/widgets.hpp"

#include <GLFW/glfw3.h>

namespace diaban::gui {
namespace {

// The field just drawn was left with Enter.
bool enter_ended(const Ui& ui) {
    return ImGui::IsItemDeactivated() &&
           (ui.pressed(GLFW_KEY_ENTER) || ui.pressed(GLFW_KEY_KP_ENTER));
}

} // namespace

// A name, Enter or the button: what is on the map is kept.
void ViewsPanel::draw_new(Ui& ui) {
    const app::SavedView now = view_now(ui);
    if (now.name != suggested_) {
        if (name_ == suggested_) name_ = now.name;
        suggested_ = now.name;
    }
    const bool opened = drawn_at_ + 1 < ImGui::GetFrameCount();
    drawn_at_ = ImGui::GetFrameCount();
    if (opened) take_keyboard(ui);
    field(ui, "ui.views.name", name_);
    const bool entered = enter_ended(ui);
    gap(ui, 2);
    if (!text_button(ui, "ui.views.save", true, !name_.empty(), ImGui::GetContentRegionAvail().x) &&
        !entered)
        return;
    ui.attempt([&] {
        app::SavedView view = now;
        view.name = name_;
        app::Project next = app::with_view(ui.document.project(), std::move(view));
        const std::size_t at = app::find_view(next, name_);
        ui.document.edit(std::move(next), "edit.views");
        ui.shell.view = at;
        ui.shell.notice = ui.text("ui.views.saved", {{"view", name_}});
        name_ = suggested_ = view_now(ui).name;
    });
}

void ViewsPanel::draw_list(Ui& ui) {
    const auto& views = ui.document.project().views;
    if (views.empty()) {
        paragraph(ui, ui.fonts.small, ui.theme->muted, ui.text("ui.views.none"));
        return;
    }
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {ui.px(8), 0});
    std::optional<std::size_t> wanted;
    for (std::size_t i = 0; i < views.size(); ++i)
        if (list_row(ui, {.name = "views:" + std::to_string(i),
                          .text = views[i].name,
                          .trailing = view_years(views[i]),
                          .selected = ui.shell.view == i,
                          .icon = Icon::Bookmark,
                          .indent = 0}))
            wanted = i;
    ImGui::PopStyleVar();
    if (wanted) show_view(ui, *wanted);
}

// Rename, put what is on the map in its place, move, delete, copy.
void ViewsPanel::draw_shown(Ui& ui) {
    const app::Project& project = ui.document.project();
    if (!ui.shell.view || *ui.shell.view >= project.views.size()) return;
    const std::size_t at = *ui.shell.view;
    const app::SavedView view = project.views[at];
    const auto edit = [&](app::Project next, std::optional<std::size_t> shown) {
        ui.document.edit(std::move(next), "edit.views");
        ui.shell.view = shown;
    };
    gap(ui, 6);
    rule(ui);
    gap(ui, 4);
    if (renaming_ != view.name) new_name_ = renaming_ = view.name;
    const float width = ImGui::GetContentRegionAvail().x, half = (width - ui.px(8)) / 2;
    field(ui, "ui.views.new_name", new_name_);
    const bool entered = enter_ended(ui);
    gap(ui, 2);
    if (text_button(ui, "ui.views.rename", false, new_name_ != view.name, half) || entered)
        ui.attempt([&] { edit(app::with_view_renamed(project, at, new_name_), at); });
    ImGui::SameLine(0, ui.px(8));
    if (text_button(ui, "ui.views.overwrite", false, true, half)) {
        app::SavedView now = view_now(ui);
        now.name = view.name;
        now.unknown = view.unknown;
        edit(app::with_view(project, std::move(now)), at);
        ui.shell.notice = ui.text("ui.views.saved", {{"view", view.name}});
    }
    if (text_button(ui, "ui.views.up", false, at > 0, half))
        edit(app::with_view_moved(project, at, at - 1), at - 1);
    ImGui::SameLine(0, ui.px(8));
    if (text_button(ui, "ui.views.down", false, at + 1 < project.views.size(), half))
        edit(app::with_view_moved(project, at, at + 1), at + 1);
    if (text_button(ui, "ui.views.delete", false, true, half)) {
        edit(app::without_view(project, at), std::nullopt);
        return;
    }
    ImGui::SameLine(0, ui.px(8));
    app::MapRequest request = app::request_of(project, view);
    request.out = app::suggested_name(*ui.document.styled(), *ui.document.dataset(), "png");
    copy_command(ui, "views", app::to_flags(request), half);
}

void ViewsPanel::draw(Ui& ui, const Rect& area, bool overlay) {
    begin_right_panel(ui, "views", "ui.views", area, overlay);
    paragraph(ui, ui.fonts.small, ui.theme->muted, ui.text("ui.views.note"));
    gap(ui, 4);
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {ui.px(8), ui.px(5)});
    draw_new(ui);
    gap(ui, 6);
    draw_list(ui);
    draw_shown(ui);
    ImGui::PopStyleVar();
    ui.probe.state("views.name", name_);
    end_right_panel(ui, area);
}

} // namespace diaban::gui
