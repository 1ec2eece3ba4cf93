// A page whose items stand where a layout says.
//
// Guarantees: nothing is cut and nothing lies over anything: a text that is too long for its box is
// set smaller, down to the smallest size of the sheet, a legend in more columns before that, and
// what fits in no way is refused with the name of the item. What stands on the map stands where
// nothing of it is drawn; otherwise the map is drawn smaller. Positions on the sheet are the same
// at every resolution and in every format.
#pragma once

#include "map/canvas.hpp"
#include "map/layout.hpp"
#include "map/offshore.hpp"

#include <deque>

namespace diaban::map {

class LaidPage {
public:
    // `page.laid` is there. Throws Error Usage "error.layout.no_room" naming the item that does not
    // fit, "error.layout.no_banner" where the page must say who may read it, or that its data is
    // invented, and the layout has no place for that.
    LaidPage(Page page, const Typesetter& typesetter);
    LaidPage(const LaidPage&) = delete;
    LaidPage& operator=(const LaidPage&) = delete;
    void paint(Canvas& canvas, base::JobContext& ctx) const;
    // Where the map is drawn; nullptr without one.
    const PageSize& size() const { return page_.size; }
    const Frame* frame() const { return map_ ? &map_->frame() : nullptr; }

private:
    using Paint = std::function<void(Canvas&, base::JobContext&)>;
    void check_stamps() const;
    void place_map();
    std::vector<Rect> standing() const; // on the map
    // Units far out at sea that have little maps of their own.
    std::vector<bool> in_little_maps() const;
    bool shown(const LaidItem& placed) const;
    void place(const LaidItem& placed);
    void place_text(const LaidItem& placed, const std::string& words, bool bold, Colour colour);
    void place_legend(const LaidItem& placed);
    void place_scale_bar(const LaidItem& placed);
    void place_arrow(const LaidItem& placed);
    // A badge as large as its words, and where it stands in the box of its item.
    struct PlacedBadge {
        Badge badge;
        Rect at;
        PageLook look;
    };
    PlacedBadge fitted_badge(const LaidItem& placed) const;
    void place_badge(const LaidItem& placed);
    void place_locator(const LaidItem& placed);
    void place_offshore(const LaidItem& placed);
    void place_picture(const LaidItem& placed);
    void place_signatures(const LaidItem& placed);
    void place_line(const LaidItem& placed);
    // A little map of a part of the units; the page for it is kept.
    const PageLayout& little_map(Page page, MapPart part);
    bool whole_is_shown() const;
    PageLook look_at(double size_pt) const; // with texts of this size
    void add(std::string layer, Paint paint);
    std::string numbered(std::string words) const; // {page} and {pages}

    Page page_;
    const LaidOut& laid_;
    const Typesetter& typesetter_;
    PageLook look_;
    std::unique_ptr<PageLayout> map_;
    std::deque<Page> little_pages_; // that little_maps_ refer to
    std::deque<PageLayout> little_maps_;
    std::deque<OffshoreMaps> offshore_;
    std::deque<PageLook> looks_; // that legends refer to
    std::vector<std::pair<std::string, Paint>> parts_;
};

// Page units of a box in millimetres.
Rect on_page(const Rect& box_mm);

} // namespace diaban::map
