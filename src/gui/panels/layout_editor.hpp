// Over the map: the layout of a page is changed by hand, on the page as the painter of the files
// paints it.
//
// Guarantees: every change can be taken back; what is written can be read by `map --layout`;
// nothing that is unsaved is given up without a question. Closed without one, by another panel in
// its place, it comes back as it was.
#pragma once

#include "app/layout_file.hpp"
#include "gui/panels/layout_canvas.hpp"
#include "gui/panels/registry.hpp"

namespace diaban::gui {

class LayoutEditor : public Panel {
public:
    void draw(Ui& ui, const Rect& area, bool overlay) override;
    void follow(Ui& ui) override;
    bool take_key(Ui& ui, const KeyPress& key) override;

private:
    using After = std::function<void(Ui&)>;
    // Files (layout_editor.cpp)
    void take_wanted(Ui& ui);
    void open(Ui& ui, const std::string& layout); // a name, a file; "": a new one
    void recover(Ui& ui, const app::Recovery& recovery);
    void begin(map::LayoutDraft draft, std::filesystem::path folder, std::filesystem::path file);
    bool write(Ui& ui, const std::filesystem::path& file);
    void save(Ui& ui, const After& after, bool elsewhere = false);
    void leave(Ui& ui, const After& then); // asks first if something is unsaved
    void close(Ui& ui);
    void use(Ui& ui); // for the project
    std::string file_name(Ui& ui) const;
    // What is done to items
    void edit_chosen(const std::string& merge, const std::function<void(map::LayoutItem&)>& change);
    void add_item(Ui& ui, map::ItemKind kind);
    void remove_chosen();
    void nudge(double dx, double dy);
    bool plain_key(const KeyPress& key);
    // Parts
    void find_faults();
    void ask_picture(Ui& ui);
    app::PageChoice page_choice(Ui& ui) const;
    void draw_files(Ui& ui, const Rect& row);
    void draw_tools(Ui& ui, const Rect& row);
    void draw_list(Ui& ui);
    void draw_canvas(Ui& ui, const Rect& area);
    void draw_question(Ui& ui, const Rect& area);
    // The column on the right (layout_fields.cpp)
    void draw_fields(Ui& ui);
    void draw_item(Ui& ui);
    void draw_box(Ui& ui, const map::LayoutItem& item);
    void draw_look(Ui& ui, const map::LayoutItem& item);
    void draw_colour(Ui& ui, const map::LayoutItem& item);
    void draw_words(Ui& ui, const map::LayoutItem& item);
    void draw_params(Ui& ui, const map::LayoutItem& item);
    void draw_picture_file(Ui& ui, const map::LayoutItem& item);
    void draw_sheet_fields(Ui& ui);
    void draw_sheet_size(Ui& ui);
    void change_sheet(Ui& ui, const map::PageSize& size);

    bool begun_ = false;
    map::LayoutDraft draft_;
    std::filesystem::path file_;              // empty: never saved
    std::filesystem::path folder_;            // that its pictures are told from
    std::vector<std::string> names_, titles_; // of the shipped layouts
    std::string titles_in_;                   // language
    std::optional<After> question_;           // what waits for the answer

    LayoutCanvas canvas_;
    bool snap_ = true, internal_ = false, scale_items_ = true;
    std::string sheet_width_, sheet_height_; // while they are typed
    std::vector<base::Error> faults_;        // of the draft
    std::vector<std::string> faulty_;        // ids of its items that are wrong
    PagePicture picture_{"layout_preview"};
    std::shared_ptr<const app::LayoutFile> painted_; // what the picture is of, or will be
    int width_px_ = 0, wanted_px_ = 0;
    double wanted_at_ = 0; // seconds
};

} // namespace diaban::gui
