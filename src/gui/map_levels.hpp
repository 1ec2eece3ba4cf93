// Chooses and makes the detail levels of the map in the background.
//
// Guarantees: something is shown as soon as the coarse level of the whole coverage is ready; the
// visible part is then refined to half a pixel; results of an earlier coverage never arrive.
#pragma once

#include "app/dataset.hpp"
#include "app/jobs.hpp"
#include "geo/locate.hpp"
#include "gui/camera.hpp"
#include "gui/screen_painter.hpp"

namespace diaban::gui {

class MapLevels {
public:
    // Starts anew for another dataset; nullptr clears.
    void open(std::shared_ptr<const app::Dataset> dataset, double fitted_metres_per_px,
              app::Jobs& jobs);
    // Each frame: uploads what arrived and asks for what is missing. True if something arrived.
    bool update(const map::Camera& camera, const Viewport& view, app::Jobs& jobs,
                ScreenPainter& painter);
    // Nothing finer is on its way or wanted.
    bool settled() const { return inbox_ && base_tolerance_m_ > 0 && !wanted_; }
    const geo::Locator* locator() const { return inbox_ ? inbox_->locator.get() : nullptr; }

private:
    struct Wanted {
        double tolerance_m = 0;
        geo::Box region;
        bool everything = false;
    };
    // Where finished jobs leave their results; a new dataset has a new inbox.
    struct Inbox {
        std::shared_ptr<const MapGeometry> base, detail;
        Wanted detail_of;
        std::shared_ptr<const geo::Locator> locator;
    };
    void request_locator(app::Jobs& jobs);
    void request_detail(const Wanted& wanted, app::Jobs& jobs);

    std::shared_ptr<const app::Dataset> dataset_;
    std::shared_ptr<const std::vector<map::LineRank>> ranks_;
    std::shared_ptr<Inbox> inbox_;
    double base_tolerance_m_ = 0;
    std::optional<Wanted> wanted_, shown_;
};

} // namespace diaban::gui
