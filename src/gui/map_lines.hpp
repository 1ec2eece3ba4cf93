// The line layers of the project on the screen: read in the background, thinned for the scale.
// Names along lines are on pages only (map/line_labels.hpp).
#pragma once

#include "app/line_layer.hpp"
#include "gui/ui.hpp"

namespace diaban::gui {

class MapLines {
public:
    struct Line {
        std::span<const geo::Point> points; // map coordinates
        map::Colour colour;
        double width_px;
        double gap_px; // between dashes; 0: none
    };
    // The areas of one layer: rings that wind about what is filled.
    struct Areas {
        std::vector<std::span<const geo::Point>> rings; // map coordinates
        map::Colour fill;
    };
    // Begins to read what the project names and is not there yet, and tells the shell the columns
    // of what is. Once a frame.
    void update(Ui& ui, const std::shared_ptr<const app::Dataset>& dataset);
    // Gives all that may be seen, in the order of painting: of each layer its areas if they are
    // filled, then its lines.
    void draw(Ui& ui, const geo::Box& seen, double metres_per_px,
              const std::function<void(const Areas&)>& fill,
              const std::function<void(const Line&)>& paint);
    // What the layers that are shown have within reach of a spot, in words, the nearest first.
    std::vector<std::string> words_at(const Ui& ui, geo::Point at, double reach_m) const;
    std::size_t drawn() const { return drawn_; }

private:
    // What the files hold; colours and widths are the project's and need no reading.
    struct Key {
        std::shared_ptr<const app::Dataset> dataset;
        std::vector<std::pair<std::filesystem::path, std::string>> files;
        friend bool operator==(const Key&, const Key&) = default;
    };
    struct Read {
        Key key;
        std::vector<std::shared_ptr<const map::LineSet>> sets; // nullptr: could not be read
        std::vector<std::vector<std::string>> columns;         // of text, of each set
        std::vector<base::Error> errors;
        bool fresh = false;
    };
    void thin(double metres_per_px);

    Key asked_;
    std::shared_ptr<Read> read_ = std::make_shared<Read>();
    double thinned_for_m_ = 0;                                  // tolerance
    std::vector<std::vector<std::vector<geo::Point>>> thinned_; // per set and line
    std::size_t drawn_ = 0;
};

} // namespace diaban::gui
