#include "gui/frame.hpp"

#include "app/import_assistant.hpp"
#include "base/text.hpp"
#include "gui/panels/buffer_panel.hpp"
#include "gui/panels/panels.hpp"
#include "gui/presenter.hpp"
#include "gui/views.hpp"
#include "gui/widgets.hpp"

#include <algorithm>
#include <cmath>

namespace diaban::gui {
namespace {

// Interface pixels. Below these a window is too small for all regions at once.
constexpr float kCompactWidth = 1400, kCompactHeight = 800, kNarrowWidth = 1100;
constexpr float kFold = 18; // width of a folded region

} // namespace

Frame::Layout Frame::arrange(const Ui& ui) {
    const app::Settings& settings = document_.settings();
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    Layout l;
    l.window = {0, 0, size.x, size.y};
    shell_.compact = size.x < ui.px(kCompactWidth) || size.y < ui.px(kCompactHeight);
    shell_.narrow = size.x < ui.px(kNarrowWidth);
    l.menu = {0, 0, size.x, std::round(ui.px(kMenuHeight))};
    l.toolbar = {0, l.menu.y1, size.x, l.menu.y1 + std::round(ui.px(kToolbarHeight))};
    l.status = {0, size.y - std::round(ui.px(kStatusHeight)), size.x, size.y};
    l.sheet = {0, l.toolbar.y1, size.x, l.status.y0};
    if (!document_.dataset()) {
        l.map = l.sheet;
        return l;
    }
    const bool bottom = shell_.compact ? shell_.table_open_compact : settings.bottom_open;
    const float room = l.status.y0 - l.toolbar.y1;
    // The map stays the largest thing, on small windows too.
    const float most_below = room * (shell_.compact ? 0.4F : 0.6F);
    const float below = bottom ? std::clamp(ui.px(static_cast<float>(settings.bottom_height)),
                                            ui.px(90), std::max(ui.px(90), most_below))
                               : 0;
    l.bottom = {0, std::round(l.status.y0 - below), size.x, l.status.y0};
    l.timeline = {0, l.bottom.y0 - std::round(ui.px(kTimelineHeight)), size.x, l.bottom.y0};
    l.map = {0, l.toolbar.y1, size.x, l.timeline.y0};
    const float most = size.x * 0.4F;
    const float left =
        std::round(std::clamp(ui.px(static_cast<float>(settings.left_width)), ui.px(180), most));
    const float right =
        std::round(std::clamp(ui.px(static_cast<float>(settings.right_width)), ui.px(240), most));
    if (!shell_.compact) {
        l.left = {0, l.map.y0, settings.left_open ? left : ui.px(kFold), l.map.y1};
        l.map.x0 = l.sheet.x0 = l.left.x1;
        if (!shell_.sheet.empty()) { // the rest lies below it, whole
            l.left.y1 = l.status.y0;
            l.timeline.x0 = l.bottom.x0 = l.left.x1;
        }
    } else if (shell_.drawer_open) {
        l.left = {0, l.map.y0, left, l.map.y1};
    }
    if (!shell_.narrow) {
        const bool open = settings.right_open;
        l.right = {size.x - (open ? right : ui.px(kFold)), l.map.y0, size.x, l.map.y1};
        l.map.x1 = l.right.x0;
    } else if (shell_.overlay_open) {
        l.right = {size.x - right, l.map.y0, size.x, l.map.y1};
    }
    return l;
}

// The edges between regions, drawn as the 1 px lines of the regions, caught a little wider.
void Frame::splitters(Ui& ui, const Layout& l) {
    app::Settings& settings = document_.settings();
    auto edge = [&](const char* id, Rect area, ImGuiMouseCursor cursor, bool vertical,
                    double& value, double sign) {
        begin_region(ui, id, area, {.padding = {0, 0}, .bare = true, .quiet = true});
        ImGui::InvisibleButton(id, {area.width(), area.height()});
        record(ui, id);
        const bool held = ImGui::IsItemActive();
        if (held || ImGui::IsItemHovered()) {
            ImGui::SetMouseCursor(cursor);
            ImDrawList& list = *ImGui::GetWindowDrawList();
            if (vertical)
                list.AddRectFilled({area.x0, area.y0 + area.height() / 2 - 1},
                                   {area.x1, area.y0 + area.height() / 2 + 1}, ui.theme->accent);
            else
                list.AddRectFilled({area.x0 + area.width() / 2 - 1, area.y0},
                                   {area.x0 + area.width() / 2 + 1, area.y1}, ui.theme->accent);
        }
        // The way to where it was pressed moves nothing.
        if (held && !ImGui::IsItemActivated()) {
            const ImVec2 d = ImGui::GetIO().MouseDelta;
            value += sign * static_cast<double>((vertical ? d.y : d.x) / ui.scale);
        }
        end_region();
    };
    const float w = ui.px(3);
    const bool covered = !shell_.sheet.empty(); // the other two lie below it
    if (!shell_.compact && settings.left_open && !l.left.empty())
        edge("split.left", {l.left.x1 - w, l.left.y0, l.left.x1 + w, l.left.y1},
             ImGuiMouseCursor_ResizeEW, false, settings.left_width, 1);
    if (!shell_.narrow && settings.right_open && !l.right.empty() && !covered)
        edge("split.right", {l.right.x0 - w, l.right.y0, l.right.x0 + w, l.right.y1},
             ImGuiMouseCursor_ResizeEW, false, settings.right_width, -1);
    if (!l.bottom.empty() && !covered)
        edge("split.bottom", {l.bottom.x0, l.bottom.y0 - w, l.bottom.x1, l.bottom.y0 + w},
             ImGuiMouseCursor_ResizeNS, true, settings.bottom_height, -1);
    settings.left_width = std::clamp(settings.left_width, 180.0, 700.0);
    settings.right_width = std::clamp(settings.right_width, 240.0, 700.0);
    settings.bottom_height = std::clamp(settings.bottom_height, 90.0, 900.0);
}

// A folded region is a strip with an arrow.
void Frame::folded(Ui& ui, const Layout& l) {
    app::Settings& settings = document_.settings();
    auto strip = [&](const char* id, const Rect& area, Icon icon, bool& open) {
        begin_region(ui, id, area, {.ground = ui.theme->panel, .padding = {0, 0}});
        if (ImGui::InvisibleButton(id, {area.width(), area.height()})) open = true;
        record(ui, id);
        draw_icon(*ImGui::GetWindowDrawList(), icon,
                  {(area.x0 + area.x1) / 2, (area.y0 + area.y1) / 2}, ui.px(13),
                  ImGui::IsItemHovered() ? ui.theme->accent : ui.theme->muted);
        end_region();
    };
    if (!shell_.compact && !settings.left_open)
        strip("fold.left", l.left, Icon::Right, settings.left_open);
    if (!shell_.narrow && !settings.right_open)
        strip("fold.right", l.right, Icon::Left, settings.right_open);
}

void Frame::dialogs(Ui& ui, const Layout& layout) {
    const auto folder = [&] {
        if (!document_.file().empty()) return document_.file().parent_path();
        const auto& data = document_.project().data;
        if (!data.boundaries.empty()) return data.boundaries.parent_path();
        if (!data.store.empty()) return data.store.parent_path();
        // Nothing is open: where the latest file lies, if it still does.
        std::error_code none;
        for (const std::string& recent : document_.settings().recent)
            if (const auto beside = std::filesystem::path(recent).parent_path();
                std::filesystem::is_directory(beside, none))
                return beside;
        return std::filesystem::path();
    };
    if (std::exchange(shell_.open_dialog, false)) {
        saving_ = false;
        picked_ = nullptr;
        dialog_.open(FileDialog::Mode::Open, folder());
    }
    if (std::exchange(shell_.save_dialog, false)) {
        saving_ = true;
        picked_ = nullptr;
        const auto dataset = document_.dataset();
        const std::string name = dataset ? base::file_name_part(dataset->title) : "";
        dialog_.open(FileDialog::Mode::Save, folder(),
                     (name.empty() ? "diaban" : name) + ".diaban");
    }
    if (auto picking = std::exchange(shell_.picking, std::nullopt)) {
        picked_ = std::move(picking->then);
        dialog_.open(picking->save ? FileDialog::Mode::Save : FileDialog::Mode::Open,
                     picking->folder.empty() ? folder() : picking->folder, std::move(picking->name),
                     std::move(picking->extensions), std::move(picking->title));
    }
    if (const auto file = dialog_.draw(ui, layout.window)) {
        ui.attempt([&] {
            if (const auto then = std::exchange(picked_, nullptr)) {
                then(ui, *file);
            } else if (saving_) {
                document_.save(*file);
                shell_.asking = false; // where the user was going, if anywhere
                shell_.notice = ui.text("ui.notice.saved", {{"file", file->filename().string()}});
            } else {
                shell_.leaving = {Shell::Leaving::Where::Files, {*file}};
            }
        });
    }
    leave_question(ui, layout);
}

// Goes where the user wants to go, unless work would be lost: then asks first.
void Frame::leave(Ui& ui) {
    using Where = Shell::Leaving::Where;
    Shell::Leaving& leaving = shell_.leaving;
    if (leaving.where == Where::Nowhere || shell_.asking) return;
    // A report belongs into the store that is open, not beside it.
    if (leaving.where == Where::Files && leaving.files.size() == 1 &&
        !document_.project().data.store.empty() && app::is_report(leaving.files.front())) {
        shell_.to_import = std::exchange(leaving, {}).files.front();
        show_panel(ui, "import");
        ui.animating = true;
        return;
    }
    const bool stays = leaving.where == Where::Files &&
                       std::none_of(leaving.files.begin(), leaving.files.end(), [](const auto& f) {
                           return base::lower(f.extension().string()) == ".diaban";
                       });
    if (leaving.where == Where::Quit && shell_.layout_unsaved) {
        leaving = {}; // until the editor has its answer
        shell_.layout_asked = true;
        shell_.presenting = false;
        show_panel(ui, "layout");
        ui.animating = true;
        return;
    }
    if (!stays && document_.unsaved_work()) {
        shell_.asking = true;
        ui.animating = true;
        return;
    }
    const Shell::Leaving done = std::exchange(leaving, {});
    if (done.where == Where::Quit) shell_.quit = true;
    if (done.where == Where::Files) document_.open_all(done.files);
    if (done.where == Where::Sample) open_sample(ui);
    ui.animating = true;
}

void Frame::leave_question(Ui& ui, const Layout& layout) {
    if (!shell_.asking || dialog_.is_open()) return;
    const float width = ui.px(480), height = ui.px(136);
    const float x = (layout.window.x1 - width) / 2, y = (layout.window.y1 - height) / 2.4F;
    begin_region(ui, "leave", {x, y, x + width, y + height},
                 {.padding = {22, 18}, .overlay = true, .alone = true});
    const std::string name =
        document_.file().empty() ? std::string() : document_.file().filename().string();
    paragraph(ui, ui.fonts.strong, ui.theme->text,
              name.empty() ? ui.text("ui.quit.question")
                           : ui.text("ui.quit.question_file", {{"file", name}}));
    ImGui::SetCursorScreenPos({x + ui.px(22), y + height - ui.px(18 + kButton)});
    if (text_button(ui, "ui.quit.save", true)) {
        save_project(ui); // without a file the dialog asks for one, and the question waits
        if (!document_.history().unsaved()) shell_.asking = false;
    }
    ImGui::SameLine();
    if (text_button(ui, "ui.quit.discard")) {
        document_.history().mark_saved();
        shell_.asking = false;
    }
    ImGui::SameLine();
    if (text_button(ui, "ui.file.cancel")) {
        shell_.asking = false;
        shell_.leaving = {};
    }
    end_region();
}

// The state that tests look at.
void Frame::report(Ui& ui) {
    if (!probe_.on()) return;
    const app::StyledMap* styled = document_.styled();
    probe_.state("language", document_.language().code());
    probe_.state("loaded", document_.dataset() ? "yes" : "no");
    probe_.state("map_shown", map_.shown() ? "yes" : "no");
    probe_.state("indicator", styled ? styled->choice.indicator : "");
    probe_.state("period", styled ? data::to_string(styled->choice.period) : "");
    probe_.state("method", styled ? std::string(map::to_string(styled->choice.method)) : "");
    probe_.state("k", styled ? static_cast<double>(styled->choice.k) : 0.0);
    probe_.state("classes", styled ? static_cast<double>(styled->style.entries.size()) : 0.0);
    constexpr const char* kModes[] = {"one", "compare", "multiples", "change"};
    constexpr const char* kTools[] = {"pointer", "box", "lasso", "circle", "ruler", "link", "give"};
    static_assert(std::size(kTools) == static_cast<std::size_t>(MapTool::Give) + 1);
    probe_.state("mode", kModes[static_cast<int>(shell_.mode)]);
    probe_.state("tool", kTools[static_cast<int>(shell_.tool)]);
    probe_.state("compare", data::to_string(compare_period(ui)));
    probe_.state("presenting", shell_.presenting ? "yes" : "no");
    probe_.state("views", static_cast<double>(document_.project().views.size()));
    probe_.state("lines", static_cast<double>(map_.lines_drawn()));
    const auto ring = shell_.buffer.on ? shell_.buffer.ring : nullptr;
    probe_.state("ring", ring ? static_cast<double>(ring->size()) : 0.0);
    probe_.state("near.rings",
                 shell_.answer_shapes ? static_cast<double>(shell_.answer_shapes->size()) : 0.0);
    probe_.state("view", shell_.view ? static_cast<double>(*shell_.view) : -1.0);
    probe_.state("queries", static_cast<double>(document_.project().queries.size()));
    probe_.state("sets", static_cast<double>(document_.project().sets.size()));
    probe_.state("palette", styled ? styled->choice.palette : "");
    const auto dataset = document_.dataset();
    probe_.state("years", static_cast<double>(document_.years().size()));
    probe_.state("units", dataset ? static_cast<double>(dataset->vintage->units.size()) : 0.0);
    std::string labels;
    if (styled)
        for (const auto& entry : styled->style.entries) labels += entry.label + "\n";
    probe_.state("legend.labels", labels);
    auto code = [&](std::optional<geo::FaceId> face) {
        return face && dataset ? dataset->vintage->units.code[*face] : std::string();
    };
    probe_.state("pinned", code(document_.pinned()));
    probe_.state("hovered", code(map_.hovered()));
    probe_.state("selected", static_cast<double>(document_.selection().size()));
    probe_.state("camera.x", map_.camera().centre.x);
    probe_.state("camera.y", map_.camera().centre.y);
    probe_.state("camera.metres_per_px", map_.camera().metres_per_px);
    probe_.state("history", static_cast<double>(document_.history().at()));
    probe_.state("unsaved", document_.unsaved_work() ? "yes" : "no");
    probe_.state("can_undo", document_.history().can_undo() ? "yes" : "no");
    probe_.state("problems", static_cast<double>(document_.problems().size()));
    probe_.state("scale", static_cast<double>(ui.scale));
}

// What lies around the map once there is data.
void Frame::around_map(Ui& ui, const Layout& layout) {
    const app::Settings& settings = document_.settings();
    draw_timeline(ui, layout.timeline);
    if (!layout.bottom.empty()) panels_.draw(ui, shell_.bottom, layout.bottom, false);
    folded(ui, layout);
    const bool right_open = shell_.narrow ? shell_.overlay_open : settings.right_open;
    if (!layout.left.empty() && (shell_.compact || settings.left_open))
        draw_data_panel(ui, layout.left, shell_.compact);
    if (!layout.right.empty() && right_open) {
        if (shell_.right.empty())
            draw_right_panel(ui, layout.right, shell_.narrow);
        else
            panels_.draw(ui, shell_.right, layout.right, shell_.narrow);
    }
    splitters(ui, layout);
}

// The small legend, and what is said above the map; what of the map they cover.
void Frame::over_map(Ui& ui, const Layout& layout) {
    const bool loaded = document_.dataset() != nullptr;
    MapView::Covered covered;
    if (loaded && shell_.narrow && shell_.sheet.empty())
        covered.right = shell_.overlay_open ? layout.map.x1 - layout.right.x0
                                            : draw_small_legend(ui, layout.map);
    const Rect strips = questions_.draw_crs(ui, layout.map);
    const float problems = draw_problems(ui, strips);
    const float below = draw_recoveries(ui, strips);
    covered.top = std::max(strips.y0, below) - layout.map.y0;
    // Known for the next frame, which follows at once if the map or the start page makes room.
    if (covered != covered_) covered_ = covered, ui.animating = true;
    const float end = std::max(problems, below);
    if (std::exchange(strips_end_, end) != end && !loaded) ui.animating = true;
}

bool Frame::draw(const Fonts& fonts, float scale, const Input& input, double now) {
    Ui ui{.document = document_,
          .shell = shell_,
          .map = map_,
          .styles = styles_,
          .probe = probe_,
          .theme = &theme_of(document_.settings().theme),
          .fonts = fonts,
          .backdrops = &backdrops_,
          .regions = &regions_,
          .keys = input.keys(),
          .way = input.way(),
          .scale = scale,
          .now = now};
    probe_.begin_frame();
    backdrops_.clear();
    if (ImGui::GetIO().MouseClicked[0]) shell_.keyboard = false, clicked_ = true;
    keys(ui);
    regions_.clear();
    play(ui);
    if (const std::string job = document_.take_stopped(); !job.empty())
        shell_.notice = ui.text("ui.notice.stopped", {{"job", ui.text("job." + job)}});
    ImGuiIO& io = ImGui::GetIO();
    popup_open_ = ImGui::IsPopupOpen("", ImGuiPopupFlags_AnyPopup);
    if (shell_.keyboard || popup_open_)
        io.ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
    else
        io.ConfigFlags &= ~ImGuiConfigFlags_NavEnableKeyboard;

    panels_.follow(ui);
    if (shell_.presenting && document_.styled()) {
        map_.keep_clear(covered_);
        const MapView::Covered covered = draw_presentation(ui);
        if (covered != covered_) covered_ = covered, ui.animating = true;
        leave(ui);
        report(ui);
        return ui.animating;
    }
    const Layout layout = arrange(ui);
    map_.keep_clear(covered_);
    const bool loaded = document_.dataset() != nullptr;
    map_.update(ui, layout.map);
    settle_view(ui);
    update_buffer(ui);
    if (loaded || document_.loading() || !document_.jobs().idle())
        map_.draw(ui, layout.map);
    else
        draw_start_screen(ui, layout.map, strips_end_);
    if (loaded) around_map(ui, layout);
    if (!shell_.sheet.empty()) panels_.draw(ui, shell_.sheet, layout.sheet, true);
    draw_toolbar(ui, layout.toolbar);
    menu_.draw(ui, layout.menu);
    draw_status_bar(ui, layout.status);
    over_map(ui, layout);
    draw_shortcuts(ui, layout.map);
    questions_.draw_question(ui, layout.map);
    if (!dialog_.is_open()) missing_.draw(ui, layout.map);
    dialogs(ui, layout);
    menu_.draw_hits(ui);
    draw_keyboard_region(ui);
    leave(ui);
    report(ui);
    return ui.animating;
}

} // namespace diaban::gui
