#include "gui/panels/layout_editor.hpp"

#include "gui/map_view.hpp"
#include "gui/panels/panels.hpp"
#include "gui/views.hpp"
#include "gui/widgets.hpp"

#include <GLFW/glfw3.h>

#include <algorithm>
#include <cmath>
#include <tuple>

namespace diaban::gui {
namespace fs = std::filesystem;
namespace {

constexpr float kListWidth = 212, kFieldsWidth = 292, kToolRow = 40, kSaidHeight = 40;
constexpr double kCalmSeconds = 0.2; // that a new size must last before the page is painted in it

// What a new layout begins with, for the size that pages have without one.
std::string template_for(const std::string& page_size) {
    if (page_size == "A4 portrait") return "official-a4-portrait";
    if (page_size == "A3 landscape") return "official-a3-landscape";
    if (page_size == "A3 portrait") return "official-a3-portrait";
    if (page_size == "slide" || page_size == "1920x1080px") return "slide-16x9";
    return "official-a4-landscape";
}

// The items that a message is about.
void add_named(std::vector<std::string>& ids, const base::Message& message) {
    for (const auto& [name, value] : message.args)
        if (name == "item" || name == "other")
            if (const auto* id = std::get_if<std::string>(&value)) ids.push_back(*id);
}

void add_named(std::vector<std::string>& ids, const base::Error& error) {
    add_named(ids, error.message);
    for (const auto& around : error.context) add_named(ids, around);
}

} // namespace

// ---- Files

void LayoutEditor::open(Ui& ui, const std::string& layout) {
    const auto shipped = app::known_layouts();
    const bool is_new =
        layout.empty() || std::find(shipped.begin(), shipped.end(), layout) != shipped.end();
    const std::string name =
        layout.empty() ? template_for(ui.document.project().page.size) : layout;
    ui.attempt([&] {
        auto read = app::layout_named(name);
        if (is_new) read.layout.id.clear(); // it gets one of its own
        begin(map::LayoutDraft(std::move(read.layout)), std::move(read.folder),
              is_new ? fs::path() : fs::absolute(name).lexically_normal());
    });
    if (!begun_ && !is_new) open(ui, ""); // what was wrong with the file has been said
}

void LayoutEditor::begin(map::LayoutDraft draft, fs::path folder, fs::path file) {
    draft_ = std::move(draft);
    folder_ = std::move(folder);
    file_ = std::move(file);
    begun_ = true;
    canvas_.fit();
    canvas_.give_up();
}

// As it was, unsaved; one step back it is as it was saved. The copy goes once that is here.
void LayoutEditor::recover(Ui& ui, const app::Recovery& recovery) {
    ui.attempt([&] {
        auto work = app::load_layout_recovery(recovery);
        map::LayoutDraft draft(std::move(work.saved));
        draft.change(std::move(work.layout));
        begin(std::move(draft), std::move(work.folder), std::move(work.file));
        app::discard_recovery(recovery);
    });
}

void LayoutEditor::take_wanted(Ui& ui) {
    if (const auto found = std::exchange(ui.shell.layout_recovered, std::nullopt))
        leave(ui, [found = *found, this](Ui& later) { recover(later, found); });
    if (const auto wanted = std::exchange(ui.shell.layout_wanted, std::nullopt)) {
        const bool open_already =
            begun_ && !wanted->empty() && fs::path(*wanted) == file_; // goes on as it was
        if (!open_already) leave(ui, [name = *wanted, this](Ui& later) { open(later, name); });
    }
    if (!begun_) open(ui, ui.document.project().page.layout);
    if (std::exchange(ui.shell.layout_asked, false))
        leave(ui, [](Ui& later) { later.shell.leaving = {Shell::Leaving::Where::Quit, {}}; });
}

// False if it could not be written; that has been said.
bool LayoutEditor::write(Ui& ui, const fs::path& file) {
    bool written = false;
    ui.attempt([&] {
        draft_.mark_saved(app::save_layout(draft_.now(), folder_, file));
        file_ = fs::absolute(file).lexically_normal();
        folder_ = file_.parent_path();
        ++ui.shell.layouts_saved;
        ui.shell.layout_unsaved.reset();
        ui.shell.notice = ui.text("ui.notice.saved", {{"file", file.filename().string()}});
        written = true;
    });
    return written;
}

void LayoutEditor::save(Ui& ui, const After& after, bool elsewhere) {
    if (!faults_.empty()) return; // what is wrong stands below the page
    if (!file_.empty() && !elsewhere) {
        if (!draft_.unsaved() || write(ui, file_)) after(ui);
        return;
    }
    ui.shell.picking =
        Picking{.save = true,
                .title = "ui.layout.save",
                .extensions = {".json"},
                .name = file_.empty() ? ui.text("ui.layout.file_name") : file_.filename().string(),
                .folder = file_.parent_path(),
                .then = [this, after](Ui& later, const fs::path& file) {
                    if (write(later, file)) after(later);
                }};
}

void LayoutEditor::leave(Ui& ui, const After& then) {
    if (!begun_ || !draft_.unsaved()) return then(ui);
    question_ = then;
    ui.animating = true;
}

void LayoutEditor::close(Ui& ui) {
    ui.shell.sheet = "layout"; // until the answer
    leave(ui, [](Ui& later) { later.shell.sheet.clear(); });
}

void LayoutEditor::use(Ui& ui) {
    save(ui, [this](Ui& later) {
        app::Project next = later.document.project();
        next.page.layout = file_.string();
        later.document.edit(std::move(next), "edit.page");
        later.shell.notice = later.text("ui.layout.used", {{"file", file_.filename().string()}});
    });
}

std::string LayoutEditor::file_name(Ui& ui) const {
    std::string name = file_.empty() ? ui.text("ui.layout.unnamed") : file_.filename().string();
    return draft_.unsaved() ? ui.text("ui.layout.changed", {{"file", name}}) : name;
}

// ---- What is done to items

void LayoutEditor::edit_chosen(const std::string& merge,
                               const std::function<void(map::LayoutItem&)>& change) {
    map::Layout next = draft_.now();
    for (const auto i : draft_.chosen()) change(next.items[i]);
    draft_.change(std::move(next), merge);
}

void LayoutEditor::add_item(Ui& ui, map::ItemKind kind) {
    auto item = map::new_item(draft_.now(), kind);
    if (kind == map::ItemKind::Text)
        item.text = {app::Language::load("vi")->text("ui.layout.new_text"),
                     app::Language::load("en")->text("ui.layout.new_text")};
    if (kind != map::ItemKind::Picture) {
        draft_.change(map::added(draft_.now(), std::move(item)));
        return;
    }
    ui.shell.picking = Picking{.save = false,
                               .title = "ui.layout.picture",
                               .extensions = {".png", ".svg"},
                               .name = {},
                               .folder = {},
                               .then = [this, item](Ui&, const fs::path& file) {
                                   auto picture = item;
                                   picture.params.file =
                                       fs::absolute(file).lexically_normal().string();
                                   draft_.change(map::added(draft_.now(), std::move(picture)));
                               }};
}

void LayoutEditor::remove_chosen() {
    if (!draft_.chosen().empty())
        draft_.change(map::Changed{map::without(draft_.now(), draft_.chosen()), {}});
}

void LayoutEditor::nudge(double dx, double dy) {
    draft_.change(map::moved(draft_.now(), draft_.chosen(), {dx, dy}, {.on = false}).layout,
                  "nudge");
}

// Keys without Ctrl, while nothing is typed and the keyboard does not walk through controls.
bool LayoutEditor::plain_key(const KeyPress& key) {
    const double step = key.mods & GLFW_MOD_SHIFT ? 10 : key.mods & GLFW_MOD_ALT ? 0.1 : 1;
    switch (key.key) {
    case GLFW_KEY_LEFT:
        nudge(-step, 0);
        return true;
    case GLFW_KEY_RIGHT:
        nudge(step, 0);
        return true;
    case GLFW_KEY_UP:
        nudge(0, -step);
        return true;
    case GLFW_KEY_DOWN:
        nudge(0, step);
        return true;
    case GLFW_KEY_TAB:
        if (const auto next =
                map::next_item(draft_.now(), draft_.chosen(), key.mods & GLFW_MOD_SHIFT ? -1 : 1))
            draft_.choose({*next});
        return true;
    case GLFW_KEY_HOME:
        canvas_.fit();
        return true;
    case GLFW_KEY_EQUAL:
    case GLFW_KEY_KP_ADD:
        canvas_.zoom_by(1.25);
        return true;
    case GLFW_KEY_MINUS:
    case GLFW_KEY_KP_SUBTRACT:
        canvas_.zoom_by(1 / 1.25);
        return true;
    case GLFW_KEY_DELETE:
    case GLFW_KEY_BACKSPACE:
        remove_chosen();
        return true;
    default:
        // Letters and digits change the map, which cannot be seen.
        return key.key >= GLFW_KEY_SPACE && key.key <= GLFW_KEY_GRAVE_ACCENT;
    }
}

bool LayoutEditor::take_key(Ui& ui, const KeyPress& key) {
    constexpr int ctrl = GLFW_MOD_CONTROL, shift = GLFW_MOD_SHIFT;
    const int mods = key.mods & 7;
    const auto is = [&](int code, int with) { return key.key == code && mods == with; };
    if (question_) {
        if (key.key == GLFW_KEY_ESCAPE) question_.reset();
        return key.key != GLFW_KEY_TAB && key.key != GLFW_KEY_F6;
    }
    const auto nothing = [](Ui&) {};
    if (is(GLFW_KEY_S, ctrl)) return save(ui, nothing), true;
    if (is(GLFW_KEY_S, ctrl | shift)) return save(ui, nothing, true), true;
    if (ImGui::GetIO().WantTextInput) return false;
    if (is(GLFW_KEY_ESCAPE, 0)) {
        if (canvas_.give_up()) return true;
        if (draft_.chosen().empty())
            close(ui);
        else
            draft_.choose({});
        return true;
    }
    if (canvas_.dragging()) return true; // the hand is on it
    if (is(GLFW_KEY_Z, ctrl)) return draft_.undo(), true;
    if (is(GLFW_KEY_Z, ctrl | shift) || is(GLFW_KEY_Y, ctrl)) return draft_.redo(), true;
    if (is(GLFW_KEY_D, ctrl))
        return draft_.change(map::duplicated(draft_.now(), draft_.chosen())), true;
    if (is(GLFW_KEY_0, ctrl)) return canvas_.fit(), true;
    if (is(GLFW_KEY_1, ctrl)) return canvas_.actual_size(), true;
    if (is(GLFW_KEY_A, ctrl)) {
        map::ItemSet all(draft_.now().items.size());
        for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
        draft_.choose(std::move(all));
        return true;
    }
    if (mods & ctrl || ui.shell.keyboard) return false;
    return plain_key(key);
}

// ---- The page

void LayoutEditor::find_faults() {
    faults_ = map::layout_faults(draft_.now());
    faulty_.clear();
    for (const auto& fault : faults_) add_named(faulty_, fault);
    if (faults_.empty() && picture_.error()) add_named(faulty_, *picture_.error());
}

app::PageChoice LayoutEditor::page_choice(Ui& ui) const {
    auto page = ui.document.project().page;
    page.draft = painted_;
    if (page.layout.empty()) page.layout = "draft"; // the page has one
    return page;
}

// As the export panel asks for its page; what is wrong or still in the hand keeps the last one.
void LayoutEditor::ask_picture(Ui& ui) {
    const bool good = faults_.empty() && !canvas_.dragging();
    if (good && (!painted_ || !(painted_->layout == draft_.now()) || painted_->folder != folder_))
        painted_ = std::make_shared<const app::LayoutFile>(app::LayoutFile{draft_.now(), folder_});
    if (!painted_) return;
    const int wide = canvas_.width_px(draft_.now());
    if (std::exchange(wanted_px_, wide) != wide) wanted_at_ = ui.now;
    if (width_px_ != wide) {
        if (width_px_ == 0 || ui.now - wanted_at_ >= kCalmSeconds)
            width_px_ = wide;
        else
            ui.animating = true;
    }
    const auto classification =
        internal_ ? app::Classification::Internal : app::Classification::Public;
    PageAsked wanted{.dataset = ui.document.dataset(),
                     .language = ui.document.language().code(),
                     .sources = where_sources(ui),
                     .width_px = width_px_};
    constexpr const char* kNamed = "map.png"; // what would be written
    if (shows_clusters(ui)) {
        auto request = ui.shell.result->report.request;
        request.page = page_choice(ui);
        request.layers = ui.document.project().lines;
        request.classification = classification;
        request.out.clear();
        request.scatter_out.clear();
        request.map_out = kNamed;
        wanted.request = std::move(request);
        wanted.result = ui.shell.result;
    } else if (shows_statuses(ui)) {
        auto request = map_of_statuses(ui);
        request.page = page_choice(ui);
        request.classification = classification;
        request.map_out = kNamed;
        wanted.request = std::move(request);
    } else {
        auto request = shown_map(ui, false);
        request.page = page_choice(ui);
        request.classification = classification;
        request.out = kNamed;
        wanted.request = std::move(request);
    }
    picture_.ask(ui, wanted, shared_classes(ui, classification));
}

void LayoutEditor::draw_canvas(Ui& ui, const Rect& area) {
    const Rect page{area.x0, area.y0, area.x1, area.y1 - ui.px(kSaidHeight)};
    picture_.take();
    find_faults();
    canvas_.draw(ui, page, draft_, {.picture = picture_, .faulty = faulty_, .snap = snap_});
    find_faults(); // the hand may have changed it
    if (ui.document.styled()) ask_picture(ui);
    const auto& wrong = !faults_.empty() ? std::optional(faults_.front()) : picture_.error();
    std::string said = wrong ? ui.document.language().text(*wrong) : "";
    if (faults_.size() > 1)
        said += " " + ui.text("ui.layout.more_faults",
                              {{"count", static_cast<std::int64_t>(faults_.size() - 1)}});
    ui.probe.state("layout.error", said);
    ui.probe.state("layout.preview", picture_.shown() && !wrong ? "painted" : "");
    ui.probe.state("layout.zoom", std::round(canvas_.percent()));
    ImGui::SetCursorScreenPos({area.x0, page.y1 + ui.px(4)});
    begin_part("layout.said", {area.width(), ui.px(kSaidHeight - 4)});
    if (wrong) {
        const ImVec2 at = ImGui::GetCursorScreenPos();
        draw_icon(*ImGui::GetWindowDrawList(), Icon::Error, {at.x + ui.px(8), at.y + ui.px(9)},
                  ui.px(16), ui.theme->error);
        ImGui::SetCursorScreenPos({at.x + ui.px(22), at.y});
        paragraph(ui, ui.fonts.small, ui.theme->error, said);
    } else {
        paragraph(ui, ui.fonts.small, ui.theme->muted, ui.text("ui.layout.hint"));
    }
    ImGui::EndChild();
}

// ---- Rows and columns

void LayoutEditor::draw_files(Ui& ui, const Rect& row) {
    const auto& language = ui.document.language();
    if (titles_in_ != language.code()) {
        titles_in_ = language.code();
        names_ = app::known_layouts(), titles_.clear();
        for (const auto& name : names_)
            titles_.push_back(app::layout_title(app::layout_named(name).layout, language));
    }
    struct Button {
        const char* key;
        Icon icon;
        bool primary, enabled;
        std::function<void()> act;
    };
    const bool right = faults_.empty();
    const bool used =
        !file_.empty() && !draft_.unsaved() && ui.document.project().page.layout == file_.string();
    const auto nothing = [](Ui&) {};
    const Button buttons[] = {
        {"ui.layout.open", Icon::Open, false, true,
         [&] {
             leave(ui, [this](Ui& later) {
                 later.shell.picking = Picking{
                     .save = false,
                     .title = "ui.layout.open",
                     .extensions = {".json"},
                     .name = {},
                     .folder = {},
                     .then = [this](Ui& now, const fs::path& file) { open(now, file.string()); }};
             });
         }},
        {"ui.layout.save", Icon::Save, true, right && (draft_.unsaved() || file_.empty()),
         [&] { save(ui, nothing); }},
        {"ui.layout.save_as", Icon::Copy, false, right, [&] { save(ui, nothing, true); }},
        {"ui.layout.use", Icon::Check, false, right && !used, [&] { use(ui); }}};
    const float begin = ui.px(170), apart = ui.px(6);
    const auto all = [&](bool label) {
        float width = begin;
        for (const Button& button : buttons) width += apart + tool_width(ui, button.key, label);
        return width;
    };
    const bool label = all(true) <= row.width() - ui.px(60);
    float x = row.x1 - all(label);
    if (const float room = x - row.x0 - ui.px(16); room > ui.px(60))
        draw_text_cut(*ImGui::GetWindowDrawList(), ui.fonts.body, {row.x0, row.y0 + ui.px(8)}, room,
                      ui.theme->muted, file_name(ui));
    ImGui::SetCursorScreenPos({x, row.y0 + ui.px(2)});
    std::size_t none = names_.size();
    if (small_choice(ui, "ui.layout.new", none, titles_, begin))
        leave(ui, [this, name = names_[none]](Ui& later) { open(later, name); });
    x += begin + apart;
    for (const Button& button : buttons) {
        ImGui::SetCursorScreenPos({x, row.y0});
        if (tool_button(ui, button.key,
                        {.icon = button.icon,
                         .label = label,
                         .enabled = button.enabled,
                         .primary = button.primary,
                         .needs = right ? std::string_view() : "ui.layout.needs_right"}))
            button.act();
        x += tool_width(ui, button.key, label) + apart;
    }
}

void LayoutEditor::draw_tools(Ui& ui, const Rect& row) {
    const map::ItemSet chosen = draft_.chosen();
    const map::Layout now = draft_.now();
    float x = row.x0;
    const auto tool = [&](const char* key, Icon icon, bool enabled, const char* shortcut = "",
                          bool on = false) {
        ImGui::SetCursorScreenPos({x, row.y0});
        x += tool_width(ui, key, false);
        return tool_button(ui, key,
                           {.icon = icon, .on = on, .enabled = enabled, .shortcut = shortcut});
    };
    const auto part = [&] {
        x += ui.px(6);
        ImGui::GetWindowDrawList()->AddLine({x, row.y0 + ui.px(6)}, {x, row.y0 + ui.px(28)},
                                            ui.theme->line);
        x += ui.px(6);
    };
    if (tool("ui.layout.undo", Icon::Undo, draft_.can_undo(), "Ctrl+Z")) draft_.undo();
    if (tool("ui.layout.redo", Icon::Redo, draft_.can_redo(), "Ctrl+Y")) draft_.redo();
    part();
    if (tool("ui.layout.snap", Icon::Magnet, true, "Alt", snap_)) snap_ = !snap_;
    part();
    constexpr std::tuple<const char*, Icon, map::Line> kLines[] = {
        {"ui.layout.left", Icon::LineLeft, map::Line::Left},
        {"ui.layout.centre", Icon::LineCentre, map::Line::Centre},
        {"ui.layout.right", Icon::LineRight, map::Line::Right},
        {"ui.layout.top", Icon::LineTop, map::Line::Top},
        {"ui.layout.middle", Icon::LineMiddle, map::Line::Middle},
        {"ui.layout.bottom", Icon::LineBottom, map::Line::Bottom}};
    for (const auto& [key, icon, line] : kLines)
        if (tool(key, icon, chosen.size() > 1)) draft_.change(map::lined_up(now, chosen, line));
    if (tool("ui.layout.space_level", Icon::SpaceLevel, chosen.size() > 2))
        draft_.change(map::spaced(now, chosen, true));
    if (tool("ui.layout.space_upright", Icon::SpaceUpright, chosen.size() > 2))
        draft_.change(map::spaced(now, chosen, false));
    part();
    if (tool("ui.layout.front", Icon::ToFront, !chosen.empty()))
        draft_.change(map::to_front(now, chosen));
    if (tool("ui.layout.back", Icon::ToBack, !chosen.empty()))
        draft_.change(map::to_back(now, chosen));
    if (tool("ui.layout.duplicate", Icon::Copy, !chosen.empty(), "Ctrl+D"))
        draft_.change(map::duplicated(now, chosen));
    if (tool("ui.layout.remove", Icon::Bin, !chosen.empty(), "Del")) remove_chosen();
    part();
    if (tool("ui.layout.zoom_out", Icon::Minus, true, "-")) canvas_.zoom_by(1 / 1.25);
    if (tool("ui.layout.zoom_in", Icon::Plus, true, "+")) canvas_.zoom_by(1.25);
    if (tool("ui.layout.fit", Icon::Fit, true, "Home")) canvas_.fit();
    ImGui::SetCursorScreenPos({x + ui.px(4), row.y0});
    if (text_button(ui, "ui.layout.actual")) canvas_.actual_size();
}

// In front first, as they lie over one another.
void LayoutEditor::draw_list(Ui& ui) {
    std::vector<std::string> kinds;
    for (const auto word : map::kItemKinds)
        kinds.push_back(ui.text("ui.layout.kind." + std::string(word)));
    std::size_t none = kinds.size();
    if (small_choice(ui, "ui.layout.add", none, kinds, ImGui::GetContentRegionAvail().x))
        add_item(ui, static_cast<map::ItemKind>(none));
    gap(ui, 4);
    begin_part("layout.items", {0, 0});
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
    for (std::size_t n = draft_.now().items.size(); n-- > 0;) {
        const auto& item = draft_.now().items[n];
        const std::string kind = kinds[static_cast<std::size_t>(item.kind)];
        const bool plain = item.id == map::to_string(item.kind);
        const bool wrong = std::find(faulty_.begin(), faulty_.end(), item.id) != faulty_.end();
        ImGui::PushID(static_cast<int>(n));
        const bool clicked = list_row(ui, {.name = "layout.item:" + item.id,
                                           .text = plain ? kind : kind + " · " + item.id,
                                           .selected = map::holds(draft_.chosen(), n),
                                           .warning = wrong,
                                           .icon = wrong ? Icon::Error : Icon::None,
                                           .indent = 6,
                                           .height = 27});
        ImGui::PopID();
        if (!clicked) continue;
        const ImGuiIO& io = ImGui::GetIO();
        map::ItemSet chosen = io.KeyShift || io.KeyCtrl ? draft_.chosen() : map::ItemSet();
        if (std::erase(chosen, n) == 0) chosen.push_back(n);
        draft_.choose(std::move(chosen));
    }
    ImGui::PopStyleVar();
    ImGui::EndChild();
}

void LayoutEditor::draw_question(Ui& ui, const Rect& area) {
    if (!question_ || ui.shell.picking) return;
    const float width = ui.px(500), height = ui.px(150);
    const float x = std::round((area.x0 + area.x1 - width) / 2);
    const float y = std::round(area.y0 + std::max(0.0F, (area.height() - height) / 2.4F));
    ImGui::SetNextWindowFocus(); // a click beside it does not hide it
    begin_region(ui, "layout_question", {x, y, x + width, y + height},
                 {.padding = {22, 18}, .overlay = true, .alone = true});
    paragraph(ui, ui.fonts.strong, ui.theme->text,
              file_.empty()
                  ? ui.text("ui.layout.question")
                  : ui.text("ui.layout.question_file", {{"file", file_.filename().string()}}));
    ImGui::SetCursorScreenPos({x + ui.px(22), y + height - ui.px(18 + kButton)});
    std::optional<After> then;
    const bool keep = text_button(ui, "ui.layout.question_save", true, faults_.empty());
    ImGui::SameLine();
    const bool drop = text_button(ui, "ui.layout.question_drop");
    ImGui::SameLine();
    const bool stay = text_button(ui, "ui.layout.question_stay");
    end_region();
    if (keep || drop || stay) then = std::exchange(question_, std::nullopt);
    if (keep) save(ui, *then);
    if (drop) {
        begun_ = false;
        draft_ = map::LayoutDraft();
        ui.shell.layout_unsaved.reset();
        (*then)(ui);
    }
    ui.animating |= keep || drop || stay;
}

void LayoutEditor::follow(Ui& ui) {
    auto& told = ui.shell.layout_unsaved;
    if (!begun_ || !draft_.unsaved()) return told.reset();
    if (told && told->layout == draft_.now() && told->file == file_) return;
    told = std::make_shared<const app::LayoutWork>(
        app::LayoutWork{draft_.now(), draft_.saved(), folder_, file_});
}

void LayoutEditor::draw(Ui& ui, const Rect& area, bool /*overlay*/) {
    take_wanted(ui);
    begin_sheet(ui, "layout", "ui.layout", area);
    if (ui.shell.sheet != "layout") close(ui); // by its button
    if (!begun_) return end_region();          // not one could be read, and that has been said
    const float title = text_size(ui.fonts.title, ui.text("ui.layout")).x;
    const float left = area.x0 + ui.px(20), right = area.x1 - ui.px(20);
    find_faults();
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {ui.px(8), ui.px(5)});
    draw_files(ui, {left + title + ui.px(16), area.y0 + ui.px(8), area.x1 - ui.px(62),
                    area.y0 + ui.px(42)});
    const float tools = area.y0 + ui.px(48), top = tools + ui.px(kToolRow);
    const float bottom = area.y1 - ui.px(8);
    draw_tools(ui, {left, tools, right, top});
    const float list = std::min(ui.px(kListWidth), area.width() * 0.2F);
    const float fields = std::min(ui.px(kFieldsWidth), area.width() * 0.3F), apart = ui.px(14);
    ImGui::SetCursorScreenPos({left, top});
    begin_part("layout.list", {list, bottom - top});
    draw_list(ui);
    ImGui::EndChild();
    draw_canvas(ui, {left + list + apart, top, right - fields - apart, bottom});
    ImGui::SetCursorScreenPos({right - fields, top});
    begin_part("layout.fields", {fields, bottom - top});
    // Tab chooses the next item; it leads from field to field only while one has the keyboard.
    ImGui::PushAllowKeyboardFocus(ui.shell.keyboard || ImGui::GetIO().WantTextInput);
    draw_fields(ui);
    ImGui::PopAllowKeyboardFocus();
    ImGui::EndChild();
    ImGui::PopStyleVar();
    end_region();
    draw_question(ui, area);
    ui.probe.state("layout.file", file_.string());
    ui.probe.state("layout.unsaved", draft_.unsaved() ? "yes" : "no");
}

} // namespace diaban::gui
