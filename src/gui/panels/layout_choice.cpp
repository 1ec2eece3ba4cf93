#include "gui/panels/layout_choice.hpp"

#include "app/commands/targets.hpp"
#include "gui/panels/panels.hpp"
#include "gui/panels/registry.hpp"
#include "gui/widgets.hpp"

#include <algorithm>

namespace diaban::gui {
namespace fs = std::filesystem;
namespace {

void pick_layout(Ui& ui) {
    ui.shell.picking =
        Picking{.save = false,
                .title = "ui.export.layout",
                .extensions = {".json"},
                .name = {},
                .folder = {},
                .then = [](Ui& later, const fs::path& file) {
                    later.attempt([&] {
                        app::layout_named(file.string()); // a wrong one is refused with its reason
                        app::Project next = later.document.project();
                        next.page.layout = fs::absolute(file).lexically_normal().string();
                        later.document.edit(std::move(next), "edit.page", "page");
                    });
                }};
}

} // namespace

void LayoutChoice::read_names(Ui& ui) {
    const std::string& code = ui.document.language().code();
    if (language_ == code) return;
    language_ = code;
    names_ = {""};
    titles_ = {ui.text("ui.export.layout.none")};
    for (const std::string& name : app::known_layouts()) {
        names_.push_back(name);
        titles_.push_back(
            app::layout_title(app::layout_named(name).layout, ui.document.language()));
    }
}

void LayoutChoice::look_at(const app::PageChoice& page) {
    if (seen_ == page.layout) return;
    seen_ = page.layout;
    size_.reset();
    targets_ = false;
    if (page.layout.empty()) return;
    try {
        const map::Layout layout = app::layout_named(page.layout).layout;
        size_ = layout.size;
        targets_ = std::any_of(layout.items.begin(), layout.items.end(), [](const auto& item) {
            return item.kind == map::ItemKind::Table && item.params.show == "targets";
        });
    } catch (const base::Error&) {
        // The preview says what is wrong with it.
    }
}

map::PageSize LayoutChoice::size_of(const app::PageChoice& page) {
    look_at(page);
    return size_ ? *size_ : map::parse_page_size(page.size);
}

void LayoutChoice::draw(Ui& ui, app::PageChoice& page) {
    read_names(ui);
    std::vector<std::string> titles = titles_;
    std::size_t at = static_cast<std::size_t>(std::find(names_.begin(), names_.end(), page.layout) -
                                              names_.begin());
    if (at == names_.size()) titles.push_back(fs::path(page.layout).filename().string());
    titles.push_back(ui.text("ui.export.layout.file"));
    if (choice(ui, "ui.export.layout", at, titles)) {
        if (at < names_.size())
            page.layout = names_[at];
        else if (at + 1 == titles.size())
            pick_layout(ui);
    }
    if (text_button(ui, "ui.layout.edit")) {
        ui.shell.layout_wanted = page.layout;
        show_panel(ui, "layout");
    }
    draw_plans(ui, page);
}

void LayoutChoice::draw_plans(Ui& ui, app::PageChoice& page) {
    look_at(page);
    if (!targets_) return;
    if (plans_.empty())
        ui.attempt([&] { plans_ = app::known_plans(ui.document.project().data.store); });
    std::vector<std::string> ids{""}, titles{ui.text("ui.export.plan.none")};
    ids.insert(ids.end(), plans_.begin(), plans_.end());
    if (std::find(ids.begin(), ids.end(), page.plan) == ids.end()) ids.push_back(page.plan);
    for (std::size_t i = 1; i < ids.size(); ++i)
        titles.push_back(fs::path(ids[i]).filename().string());
    std::size_t at =
        static_cast<std::size_t>(std::find(ids.begin(), ids.end(), page.plan) - ids.begin());
    if (choice(ui, "ui.export.plan", at, titles)) page.plan = ids[at];
}

} // namespace diaban::gui
