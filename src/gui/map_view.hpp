// The map region: camera, mouse, hover and pin, and what is drawn over the painted map.
#pragma once

#include "gui/map_levels.hpp"
#include "gui/ui.hpp"

namespace diaban::gui {

class MapView {
public:
    MapView() = default;

    // Takes over a new dataset, new colours and the selection; starts what is missing. Before the
    // panels, once a frame.
    void update(Ui& ui, const Rect& area);
    void draw(Ui& ui, const Rect& area);

    void zoom_all(Ui& ui);
    void fly_to(Ui& ui, const geo::Box& box);
    void zoom_by(const Ui& ui, double factor);  // about the centre, gliding
    void zoom_at(geo::Point px, double factor); // device pixels from the top left of the map
    void pan_by(double dx_px, double dy_px);

    bool shown() const { return painter_ && painter_->ready(); }
    bool settled() const { return levels_.settled() && !flight_; }
    const map::Camera& camera() const { return camera_; }
    const Viewport& view() const { return view_; }
    std::optional<geo::FaceId> hovered() const { return hovered_; }
    // The map point under the mouse, if the mouse is over the map.
    std::optional<geo::Point> pointed() const { return pointed_; }
    GLuint texture() const { return painter_->texture(); }
    std::array<float, 4> view_in_texture() const { return painter_->view_in_texture(); }
    // Copies the painted map into the window's framebuffer, below everything of ImGui.
    void show(int framebuffer_height) const;
    bool painted_this_frame() const { return painted_; }

private:
    struct Flight {
        map::Camera from, to;
        double start;
    };
    void take_dataset(Ui& ui);
    void take_style(Ui& ui);
    void take_selection(Ui& ui);
    void steer(Ui& ui, const Rect& area);
    void click(Ui& ui, geo::Point at);
    void paint(Ui& ui);
    void draw_overlay(Ui& ui, const Rect& area);
    void draw_hover(Ui& ui, const Rect& area);
    void draw_places(Ui& ui, const Rect& area);
    void draw_labels(Ui& ui, const Rect& area);
    void draw_furniture(Ui& ui, const Rect& area);
    void draw_tooltip(Ui& ui);
    void draw_waiting(Ui& ui, const Rect& area);
    ImVec2 on_screen(const Rect& area, geo::Point map_point) const;
    // Typical side of a unit of a level on screen, device pixels.
    double typical_px(data::Level level) const;

    std::unique_ptr<ScreenPainter> painter_;
    MapLevels levels_;
    std::shared_ptr<const app::Dataset> dataset_;
    std::optional<std::uint64_t> styled_for_;
    bool hatched_ = false;
    std::vector<geo::FaceId> outlined_;
    std::optional<geo::FaceId> outlined_pin_;
    double outline_tolerance_m_ = 0;

    map::Camera camera_;
    Viewport view_;
    Rect area_;          // in the window
    double raster_ = 1;  // device pixels per window coordinate
    bool fitted_ = true; // shows everything; a resize keeps it so
    std::optional<Flight> flight_;
    bool dragging_ = false, boxing_ = false;
    ImVec2 press_{};
    double moved_at_ = -1;
    bool panning_ = false; // the latest movement was a pan
    bool nudged_ = false;  // moved since the last frame
    bool painted_ = false;

    std::optional<geo::FaceId> hovered_;
    std::optional<geo::Point> pointed_;
    const data::Place* pointed_place_ = nullptr;

    // Labels and places are placed once per camera.
    struct Placed {
        map::Camera camera;
        Viewport view;
        std::vector<map::Label> labels;
        std::vector<geo::Box> symbols_px;
        bool valid = false;
    };
    Placed placed_;
    std::array<double, data::kLevels> typical_m_{};
};

} // namespace diaban::gui
