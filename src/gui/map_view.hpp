// The map region: camera, mouse, hover and pin, and what is drawn over the painted map.
//
// It shows one picture or several of the same ground: two years to compare, up to sixteen years, or
// what changed. All share one camera, one hover and one selection.
#pragma once

#include "app/selection.hpp"
#include "gui/map_levels.hpp"
#include "gui/map_lines.hpp"
#include "gui/ui.hpp"

namespace diaban::gui {

class MapView {
public:
    MapView() = default;

    // Takes over a new dataset, new colours and the selection; starts what is missing. Before the
    // panels, once a frame.
    void update(Ui& ui, const Rect& area);
    void draw(Ui& ui, const Rect& area);
    // What lies over the edges of the map, window coordinates: a map that shows everything stays
    // clear of it. Before update().
    struct Covered {
        float top = 0, right = 0;
        friend bool operator==(const Covered&, const Covered&) = default;
    };
    void keep_clear(const Covered& covered) { strips_ = covered; }
    // What stays free around the land when it is fitted; interface coordinates.
    double margin_around_land(const Ui& ui) const { return fit_margin(ui) / raster_; }

    void zoom_all(Ui& ui);
    void fly_to(Ui& ui, const geo::Box& box);
    // As near as it shows all of a box, without a margin: what was seen() once is seen again.
    void frame(Ui& ui, const geo::Box& box);
    geo::Box seen() const;                                     // by one picture
    std::size_t lines_drawn() const { return lines_.drawn(); } // in the last frame
    bool shows_all() const { return fitted_; }
    bool has(const std::shared_ptr<const app::Dataset>& dataset) const {
        return dataset_ && dataset_ == dataset;
    }
    std::vector<data::Period> periods() const;  // of the pictures
    void zoom_by(const Ui& ui, double factor);  // about the centre, gliding
    void zoom_at(geo::Point px, double factor); // device pixels from the top left of the map
    void pan_by(double dx_px, double dy_px);

    bool shown() const { return painter_ && painter_->ready(); }
    bool settled() const { return levels_.settled() && !flight_; }
    const map::Camera& camera() const { return camera_; }
    const Viewport& view() const { return view_; } // of one picture
    std::optional<geo::FaceId> hovered() const { return hovered_; }
    // The map point under the mouse, if the mouse is over the map.
    std::optional<geo::Point> pointed() const { return pointed_; }
    GLuint texture() const { return panes_.front().picture.texture(); }
    std::array<float, 4> view_in_texture() const {
        return panes_.front().picture.view_in_texture();
    }
    // Copies the painted map into the window's framebuffer, below everything of ImGui.
    void show(int framebuffer_height) const;
    bool painted_this_frame() const { return painted_; }

    // Of the ruler; metres on the ground, nothing with less than two points.
    std::optional<double> measured_m() const;
    bool measuring() const { return !ruler_.empty(); }
    void stop_measuring() { ruler_.clear(); }
    // Of the line that says that the data are invented; 0: there is none.
    float banner_height(const Ui& ui) const;

private:
    struct Flight {
        map::Camera from, to;
        double start;
    };
    // What a picture is coloured for.
    struct Look {
        app::MapChoice choice;
        std::shared_ptr<const app::WhereFilter> where; // the answer of its query, once it is known
        std::optional<data::Period> from;              // of a change
        std::string language;                          // a change is made anew in another
        std::optional<std::size_t> spotlight;
        bool hatches = false, plain = false;
        std::uint64_t result = 0; // serial of a result shown in place of the values; 0: none
        friend bool operator==(const Look&, const Look&) = default;
    };
    // Circles or dots of a picture, with the style that they were made for.
    struct Themed {
        std::shared_ptr<const map::Theme> wanted, theme; // on its way; made; nullptr: none
        map::Style style;
        map::ThemeShapes shapes;
    };
    struct Pane {
        Rect area;    // the whole picture, in the window
        Rect visible; // the part of it that is seen
        data::Period period;
        Picture picture;
        std::optional<Look> look;
        std::shared_ptr<const map::Theme> theme;
        std::shared_ptr<Themed> themed;
    };
    // Which pictures there are, and where. (map_panes.cpp)
    void arrange(Ui& ui, const Rect& whole);
    void take_styles(Ui& ui);
    void draw_pane_titles(Ui& ui);
    void draw_swipe(Ui& ui, const Rect& area);
    const Pane& pane_at(ImVec2 mouse) const;

    void take_dataset(Ui& ui);
    void take_selection(Ui& ui);
    // The mouse. (map_tools.cpp)
    void steer(Ui& ui, const Rect& area);
    void steer_by_keys(Ui& ui);
    void draw_crosshair(Ui& ui) const;
    void press(Ui& ui, const Rect& area);
    void drag(Ui& ui);
    void release(Ui& ui);
    void click(Ui& ui, geo::Point at);
    app::Faces shape_faces() const; // of the shape just drawn
    void link_units(Ui& ui, geo::Point from, geo::Point to);
    // The plan that is on the map, while the tool that hands its communes over is in hand.
    const Handing* handing(Ui& ui) const;
    void draw_handing(Ui& ui);
    void copy_picture(Ui& ui); // (map_copy.cpp)
    void copy_key(Ui& ui);
    void identify(Ui& ui, geo::Point at, data::Period period); // (map_identify.cpp)
    void draw_identified(Ui& ui);
    geo::Point map_point(ImVec2 mouse) const;
    void draw_tool(Ui& ui);
    void draw_ruler(Ui& ui);
    std::optional<double> length_m(std::vector<geo::Point> points) const;

    // Circles and dots. (map_theme.cpp)
    void take_theme(Ui& ui, Pane& pane, std::shared_ptr<const map::Theme> theme,
                    const map::Style& style);
    void draw_theme(Ui& ui, const Pane& pane);
    bool is_cartogram() const;
    // What is seen at a map point: of a cartogram the unit of the circle there.
    std::optional<geo::FaceId> unit_at(geo::Point at) const;

    void paint(Ui& ui);
    void draw_overlay(Ui& ui, const Rect& area);
    void draw_hover(Ui& ui, const Rect& area);
    void draw_lines(Ui& ui, const Rect& area);
    void draw_buffer(Ui& ui, const Rect& area);
    std::size_t draw_dots(Ui& ui, const Rect& area, const map::Overlay& overlay,
                          const geo::Box& seen);
    void draw_neighbours(Ui& ui, const Rect& area);
    void draw_places(Ui& ui, const Rect& area);
    void draw_answer_symbols(Ui& ui, const Rect& area);
    bool draw_course(Ui& ui, const Rect& area, const data::Place& place, const geo::Box& seen);
    void draw_labels(Ui& ui, const Rect& area);
    void draw_furniture(Ui& ui, const Rect& area);
    void draw_method_line(Ui& ui, const Rect& area);
    void draw_banner(Ui& ui, const Rect& area);
    void draw_tooltip(Ui& ui);
    void draw_waiting(Ui& ui, const Rect& area);
    ImVec2 on_screen(const Rect& area, geo::Point map_point) const;
    // Left free around what is fitted into the view, device pixels.
    double fit_margin(const Ui& ui) const;
    void fly(Ui& ui, map::Camera to);
    map::Camera fit_all(const Ui& ui) const; // of everything, clear of what covers the map
    // Typical side of a unit of a level on screen, device pixels.
    double typical_px(data::Level level) const;

    std::unique_ptr<ScreenPainter> painter_;
    bool warm_ = false; // the painter
    MapLevels levels_;
    MapLines lines_;
    std::shared_ptr<const app::Dataset> dataset_;
    std::vector<Pane> panes_ = std::vector<Pane>(1);
    std::size_t active_ = 0; // the picture under the mouse
    std::vector<geo::FaceId> outlined_;
    std::optional<geo::FaceId> outlined_pin_;
    double outline_tolerance_m_ = 0;

    map::Camera camera_;
    Viewport view_; // of one picture, device pixels
    std::size_t pictures_ = 1;
    double raster_ = 1; // device pixels per window coordinate
    // As told; what of it lies over the pictures; and what the camera was last fitted to.
    Covered strips_, covered_, clear_of_;
    bool fitted_ = true; // shows everything; a resize keeps it so
    std::optional<Flight> flight_;

    enum class Drag { None, Pan, Box, Lasso, Circle, Swipe, Link, Give };
    Drag drag_ = Drag::None; // what the held button does once the mouse has moved
    bool dragging_ = false;
    bool by_keys_ = false; // the map has the keyboard: its middle is where the mouse would be
    ImVec2 press_{};
    std::optional<geo::FaceId> given_; // under the press, on its way to another team
    std::vector<ImVec2> lasso_;
    std::vector<geo::Point> ruler_; // map points

    double moved_at_ = -1;
    bool panning_ = false; // the latest movement was a pan
    bool nudged_ = false;  // moved since the last frame
    bool painted_ = false;

    // What was asked about, in the words of then.
    struct Spot {
        std::shared_ptr<const app::Dataset> dataset;
        std::optional<geo::FaceId> unit;
        std::string title, below, value;
        std::vector<std::string> others; // places and lines
    };
    Spot spot_;
    std::shared_ptr<std::string> said_ = std::make_shared<std::string>(); // by a copy of the map

    std::optional<geo::FaceId> hovered_;
    std::optional<geo::Point> pointed_;
    const data::Place* pointed_place_ = nullptr;

    struct Names { // that are written on the map
        bool communes = false, districts = false, provinces = false, places = false;
        bool large = false; // for a room
        friend bool operator==(const Names&, const Names&) = default;
    };
    Names names_wanted(const Ui& ui) const;
    // Of the vintage on the map; made once, because it asks where every group lies.
    const std::vector<map::Label>& candidates_of(data::Level level);
    void place_names(Ui& ui, const Names& names);
    void add_place_names(const Ui& ui, std::vector<map::Label>& candidates) const;
    ImFont* label_font(const Ui& ui, bool bold) const;
    void draw_marks(Ui& ui, const Rect& area);

    // Names are placed once for each camera and the symbols that are drawn.
    struct Placed {
        map::Camera camera;
        Viewport view;
        double scale = 0; // of the interface
        Names names;
        std::vector<const data::Place*> beside; // the symbols that the names keep clear of
        std::vector<map::Label> labels;
        std::vector<geo::Box> symbols_px;
        std::vector<const data::Place*> symbols; // those that are drawn, one for each box
        bool valid = false;
    };
    Placed placed_;
    std::array<std::optional<std::vector<map::Label>>, data::kLevels> candidates_; // by level
    std::array<double, data::kLevels> typical_m_{};
};

// The other period of a comparison, made sure to exist. Undated if there is none.
data::Period compare_period(const Ui& ui);
data::Period drawn_period(const Ui& ui); // undated without values
// Whether a place exists in the period that is shown.
bool exists_now(const Ui& ui, const data::Place& place);

} // namespace diaban::gui
