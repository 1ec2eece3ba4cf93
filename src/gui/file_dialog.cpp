#include "gui/file_dialog.hpp"

#include "base/text.hpp"
#include "gui/widgets.hpp"
#include "gui/wrapped_text.hpp"

#include <GLFW/glfw3.h>
#include <imgui_stdlib.h>

#include <algorithm>
#include <array>
#include <set>

namespace diaban::gui {
namespace fs = std::filesystem;
namespace {

constexpr std::array<std::string_view, 20> kKnown = {
    ".diaban", ".sqlite", ".db",  ".shp", ".zip",  ".gpkg", ".geojson", ".json", ".fgb", ".tab",
    ".mif",    ".kml",    ".csv", ".tsv", ".xlsx", ".xls",  ".ods",     ".dbf",  ".txt", ".gml"};

std::string size_text(std::uintmax_t bytes) {
    if (bytes < 1024) return std::to_string(bytes) + " B";
    if (bytes < 1024 * 1024) return std::to_string(bytes / 1024) + " KB";
    return std::to_string(bytes / (1024 * 1024)) + " MB";
}

} // namespace

bool can_open(const fs::path& file) {
    const std::string extension = base::lower(file.extension().string());
    return std::find(kKnown.begin(), kKnown.end(), extension) != kKnown.end();
}

void FileDialog::open(Mode mode, const fs::path& start, std::string name,
                      std::vector<std::string> extensions, std::string title) {
    mode_ = mode;
    extensions_ = std::move(extensions);
    if (extensions_.empty() && mode == Mode::Save) extensions_ = {".diaban"};
    title_ = !title.empty()       ? std::move(title)
             : mode == Mode::Open ? "ui.file.open"
                                  : "ui.file.save";
    open_ = focus_ = select_ = true;
    text_ = std::move(name);
    problem_.clear();
    replace_asked_ = false;
    std::error_code none;
    fs::path folder = start;
    if (folder.empty() || !fs::is_directory(folder, none)) {
        const char* home = std::getenv("HOME");
        folder = home ? fs::path(home) : fs::current_path(none);
    }
    go(folder);
}

void FileDialog::go(const fs::path& folder) {
    folder_ = fs::absolute(folder).lexically_normal();
    if (folder_.has_relative_path() && folder_.filename().empty()) folder_ = folder_.parent_path();
    if (mode_ == Mode::Open) text_.clear();
    read();
}

void FileDialog::read() {
    entries_.clear();
    problem_.clear();
    std::error_code error;
    for (auto at =
             fs::directory_iterator(folder_, fs::directory_options::skip_permission_denied, error);
         !error && at != fs::directory_iterator(); at.increment(error)) {
        std::error_code none;
        Entry entry{at->path(), base::nfc(at->path().filename().string()), "",
                    at->is_directory(none)};
        if (entry.name.starts_with(".")) continue;
        if (!entry.folder) entry.size = size_text(at->file_size(none));
        entries_.push_back(std::move(entry));
    }
    if (error) problem_ = error.message();
    std::vector<std::string> names;
    for (const Entry& e : entries_) names.push_back(e.name);
    const auto keys = base::sort_keys(names);
    std::vector<std::size_t> order(entries_.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        if (entries_[a].folder != entries_[b].folder) return entries_[a].folder;
        // A project is what most people look for.
        const bool project = entries_[a].path.extension() == ".diaban";
        if (project != (entries_[b].path.extension() == ".diaban")) return project;
        return keys[a] < keys[b];
    });
    std::vector<Entry> sorted;
    for (const std::size_t i : order) sorted.push_back(std::move(entries_[i]));
    entries_ = std::move(sorted);
    filtered_for_ = "\n";
    filter();
}

bool FileDialog::fits(const fs::path& file) const {
    if (extensions_.empty()) return can_open(file);
    const std::string extension = base::lower(file.extension().string());
    return std::find(extensions_.begin(), extensions_.end(), extension) != extensions_.end();
}

void FileDialog::filter() {
    // What is typed as a path says where to go, not what to look for here.
    const std::string wanted = mode_ == Mode::Open && !is_path() ? text_ : std::string();
    if (filtered_for_ == wanted) return;
    filtered_for_ = wanted;
    shown_.clear();
    at_ = 0;
    const std::string key = base::search_key(wanted);
    std::set<std::string> shapefiles; // without their extension
    for (const Entry& e : entries_)
        if (base::lower(e.path.extension().string()) == ".shp")
            shapefiles.insert(e.path.stem().string());
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        const Entry& e = entries_[i];
        if (!e.folder && !all_ && !fits(e.path)) continue;
        // The table of a shapefile is opened with it.
        const bool part = base::lower(e.path.extension().string()) == ".dbf" &&
                          shapefiles.contains(e.path.stem().string());
        if (part && !all_ && extensions_.empty()) continue;
        if (!key.empty() && base::search_key(e.name).find(key) == std::string::npos) continue;
        shown_.push_back(i);
    }
    scroll_ = true;
}

bool FileDialog::is_path() const {
    return text_.find('/') != text_.npos || text_.starts_with("~");
}

// What is typed as a place in the file system: from the home folder, or from the one shown.
fs::path FileDialog::typed_path() const {
    fs::path typed = text_;
    if (text_ == "~" || text_.starts_with("~/"))
        if (const char* home = std::getenv("HOME"))
            typed = text_.size() > 2 ? fs::path(home) / text_.substr(2) : fs::path(home);
    return typed.is_relative() ? folder_ / typed : typed;
}

// Enter or the button: a path typed out, or the marked entry.
std::optional<fs::path> FileDialog::accept(Ui& ui) {
    std::error_code none;
    if (!text_.empty()) {
        fs::path typed = typed_path();
        if (fs::is_directory(typed, none)) {
            go(typed);
            return std::nullopt;
        }
        if (mode_ == Mode::Save) {
            if (typed.extension().empty()) typed += extensions_.front();
            if (fs::exists(typed, none) && !replace_asked_) {
                replace_asked_ = true;
                problem_ = ui.text("ui.file.exists", {{"file", typed.filename().string()}});
                return std::nullopt;
            }
            return typed;
        }
        if (fs::exists(typed, none)) return typed;
        if (is_path() || shown_.empty()) {
            problem_ = ui.text("ui.file.none_such", {{"file", typed.string()}});
            return std::nullopt;
        }
    }
    if (mode_ == Mode::Save || at_ >= shown_.size()) return std::nullopt;
    const Entry& entry = entries_[shown_[at_]];
    if (!entry.folder) return entry.path;
    go(fs::path(entry.path));
    return std::nullopt;
}

void FileDialog::draw_path(Ui& ui, float width) {
    // The folders above, each a link; the first ones give way when there are many.
    std::vector<fs::path> parts;
    for (fs::path p = folder_; !p.empty(); p = p.parent_path()) {
        parts.insert(parts.begin(), p);
        if (p == p.parent_path()) break;
    }
    auto name_of = [](const fs::path& p) {
        return p.filename().empty() ? p.string() : p.filename().string();
    };
    float needed = 0;
    std::size_t first = parts.size();
    while (first > 0) {
        needed += text_size(ui.fonts.body, name_of(parts[first - 1])).x + ui.px(24);
        if (needed > width) break;
        --first;
    }
    for (std::size_t i = first; i < parts.size(); ++i) {
        if (i > first) {
            ImGui::SameLine(0, ui.px(5));
            const ImVec2 at = ImGui::GetCursorScreenPos();
            draw_icon(*ImGui::GetWindowDrawList(), Icon::Right, {at.x + ui.px(6), at.y + ui.px(10)},
                      ui.px(11), ui.theme->faint);
            ImGui::Dummy({ui.px(12), 1});
            ImGui::SameLine(0, ui.px(5));
        }
        if (link(ui, "folder:" + std::to_string(i), name_of(parts[i]))) {
            go(parts[i]);
            break;
        }
    }
}

std::optional<fs::path> FileDialog::draw_list(Ui& ui, float height) {
    std::optional<fs::path> chosen;
    begin_part("files", {0, height});
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
    for (std::size_t i = 0; i < shown_.size(); ++i) {
        const Entry& e = entries_[shown_[i]];
        if (list_row(ui, {.name = "file:" + e.name,
                          .text = e.name,
                          .trailing = e.size,
                          .selected = i == at_,
                          .icon = e.folder ? Icon::Folder : Icon::File,
                          .indent = 8})) {
            // One click opens a folder or takes a file: nothing is lost by it.
            at_ = i;
            if (e.folder) {
                go(fs::path(e.path));
                break;
            }
            if (mode_ == Mode::Open) {
                chosen = e.path;
                break;
            }
            text_ = e.name;
        }
        if (scroll_ && i == at_) ImGui::SetScrollHereY(0.5F);
    }
    scroll_ = false;
    if (shown_.empty()) paragraph(ui, ui.fonts.body, ui.theme->muted, ui.text("ui.file.nothing"));
    ImGui::PopStyleVar();
    ImGui::EndChild();
    return chosen;
}

std::optional<fs::path> FileDialog::draw(Ui& ui, const Rect& window) {
    if (!open_) return std::nullopt;
    std::optional<fs::path> chosen;
    const float width = std::min(ui.px(760), window.width() - ui.px(40));
    const float height = std::min(ui.px(560), window.height() - ui.px(60));
    const float x = (window.x0 + window.x1 - width) / 2, y = (window.y0 + window.y1 - height) / 2;
    begin_region(ui, "file_dialog", {x, y, x + width, y + height},
                 {.padding = {20, 14}, .overlay = true});
    draw_text(*ImGui::GetWindowDrawList(), ui.fonts.title, ImGui::GetCursorScreenPos(),
              ui.theme->text, ui.text(title_));
    ImGui::Dummy({1, ui.px(32)});
    draw_path(ui, width - ui.px(60));
    ImGui::SetNextItemWidth(-FLT_MIN);
    if (std::exchange(focus_, false)) take_keyboard(ui);
    const std::string before = text_;
    // What is typed into a dialog that has just opened takes the place of the proposed name. By
    // itself the field would go on where it was left in the dialog before.
    const ImGuiInputTextFlags select = select_ ? ImGuiInputTextFlags_AutoSelectAll : 0;
    const bool entered = ImGui::InputTextWithHint(
        "##name", ui.text(mode_ == Mode::Open ? "ui.file.filter" : "ui.file.name").c_str(), &text_,
        ImGuiInputTextFlags_EnterReturnsTrue | select);
    if (ImGui::IsItemActive()) select_ = false;
    record_text(ui, "ui.file.filter", text_);
    if (text_ != before) {
        replace_asked_ = false;
        problem_.clear();
    }
    ui.probe.state("file_dialog.problem", problem_);
    filter();
    if (ui.pressed(GLFW_KEY_DOWN) && at_ + 1 < shown_.size()) ++at_, scroll_ = true;
    if (ui.pressed(GLFW_KEY_UP) && at_ > 0) --at_, scroll_ = true;
    if (ui.pressed(GLFW_KEY_BACKSPACE) && before.empty() && folder_.has_parent_path())
        go(folder_.parent_path());
    if (entered) {
        chosen = accept(ui);
        // The field has left the keyboard and has it again in the next frame.
        focus_ = ui.shell.hold_keys = true;
    }
    const float foot = ui.px(kButton + 14);
    const float note =
        problem_.empty()
            ? 0
            : text_size(ui.fonts.small, wrapped(ui.fonts.small, problem_, width - ui.px(40))).y +
                  ui.px(10);
    const float room = y + height - ui.px(14) - ImGui::GetCursorScreenPos().y - foot - note;
    if (auto picked = draw_list(ui, room)) chosen = picked;
    if (!problem_.empty()) paragraph(ui, ui.fonts.small, ui.theme->error, problem_);
    ImGui::SetCursorScreenPos({x + ui.px(20), y + height - ui.px(14 + kButton)});
    if (check(ui, "ui.file.all", all_)) filtered_for_ = "\n", filter();
    const std::string_view verb = mode_ == Mode::Open ? "ui.file.open_button"
                                  : replace_asked_    ? "ui.file.replace_button"
                                                      : "ui.file.save_button";
    const float button = ui.px(120);
    ImGui::SetCursorScreenPos(
        {x + width - ui.px(28) - 2 * button, y + height - ui.px(14 + kButton)});
    if (text_button(ui, "ui.file.cancel", false, true, button)) open_ = false;
    ImGui::SetCursorScreenPos({x + width - ui.px(20) - button, y + height - ui.px(14 + kButton)});
    if (text_button(ui, verb, true, true, button)) chosen = accept(ui);
    end_region();
    if (ui.pressed(GLFW_KEY_ESCAPE)) open_ = false;
    if (chosen) open_ = false;
    return chosen;
}

} // namespace diaban::gui
