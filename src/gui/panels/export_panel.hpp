// Right, instead of legend and card: what the page will hold, where it goes, one primary button.
//
// Guarantee: what is written is what the map shows, a value, statuses by a rule or a result of the
// analysis, byte for byte as the command that can be copied writes it. Of an answer that is written
// from its own panel it says so.
#pragma once

#include "gui/panels/layout_choice.hpp"
#include "gui/panels/page_picture.hpp"
#include "gui/panels/registry.hpp"

namespace diaban::gui {

class ExportPanel : public Panel {
public:
    void draw(Ui& ui, const Rect& area, bool overlay) override;

private:
    // What the last export led to, told by its job.
    struct Result {
        std::string text;
        std::filesystem::path file;
    };
    app::MapRequest request(Ui& ui) const;
    app::HotspotsRequest result_request(Ui& ui) const;
    app::StatusRequest status_request(Ui& ui) const;
    std::vector<std::string> flags(Ui& ui) const;
    const std::vector<std::string>& formats(Ui& ui) const;
    const std::string& format(Ui& ui) const;
    app::Classification classification() const;
    std::filesystem::path target(Ui& ui) const;
    void ask_preview(Ui& ui, int width_px);
    void draw_preview(Ui& ui);
    void draw_fields(Ui& ui, const app::StyledMap& styled);
    bool offers_years(Ui& ui) const;  // the file can hold several
    bool offers_series(Ui& ui) const; // of sheets
    app::PageChoice page_choice(Ui& ui) const;
    app::StyledMap named_after(Ui& ui, app::StyledMap styled) const;
    void draw_format(Ui& ui);
    void start(Ui& ui);
    void start_result(Ui& ui, const std::string& written);
    void start_statuses(Ui& ui, const std::string& written);
    // A sheet for every district or province, years side by side (export_series.cpp).
    void draw_series(Ui& ui);
    void add_series(Ui& ui, app::MapRequest& request) const;
    bool many_files(Ui& ui) const; // into the folder, named by a pattern
    void start_series(Ui& ui);

    std::size_t format_ = 0, dpi_ = 2, classification_ = 0;
    std::size_t years_ = 0;   // 0: the one that the window shows; 1: all
    bool world_file_ = false; // beside a PNG
    std::string folder_, name_, suggested_;
    bool replace_ = false;
    bool as_seen_ = false; // only the ground that the window shows

    bool series_open_ = false; // its fields
    std::size_t atlas_ = 0;    // of the levels that the data has; 0: none
    bool all_years_ = false, side_by_side_ = false, one_file_ = true, resume_ = false;
    std::string pattern_ = "{topic}_{area}_{year}";

    PagePicture picture_{"preview"};
    std::uint64_t layouts_saved_ = 0; // when the layout was last looked at
    LayoutChoice layout_;
    std::shared_ptr<Result> result_ = std::make_shared<Result>();
};

} // namespace diaban::gui
