#include "gui/map_levels.hpp"

namespace diaban::gui {
namespace {

// Detail is made for more than what is seen, so that small pans need nothing new.
constexpr double kMargin = 0.35;
// The coarse level serves up to this many times what is needed; above, a still coarser one is made.
constexpr double kTooFineBase = 4;
// Detail finer than this many times what is needed is made anew coarser: it would only cost time.
constexpr double kTooFine = 8;

bool covers(const geo::Box& outer, const geo::Box& inner) {
    return outer.min_x <= inner.min_x && outer.min_y <= inner.min_y && outer.max_x >= inner.max_x &&
           outer.max_y >= inner.max_y;
}

geo::Box common(const geo::Box& a, const geo::Box& b) {
    return {std::max(a.min_x, b.min_x), std::max(a.min_y, b.min_y), std::min(a.max_x, b.max_x),
            std::min(a.max_y, b.max_y)};
}

} // namespace

void MapLevels::open(std::shared_ptr<const app::Dataset> dataset, double fitted_metres_per_px,
                     app::Jobs& jobs) {
    dataset_ = std::move(dataset);
    wanted_.reset();
    shown_.reset();
    inbox_.reset();
    base_tolerance_m_ = 0;
    if (!dataset_) return;
    inbox_ = std::make_shared<Inbox>();
    const auto vintage = dataset_->vintage;
    ranks_ = std::make_shared<const std::vector<map::LineRank>>(map::line_ranks(*vintage));
    // Twice as coarse as half a pixel: on screen soon, and refined at once.
    const double tolerance = tolerance_for(fitted_metres_per_px * 2);
    jobs.run(
        {.key = "geometry"},
        [vintage, ranks = ranks_, tolerance](base::JobContext& ctx) {
            ctx.stage("stage.geometry");
            return std::make_shared<const MapGeometry>(
                make_geometry(*vintage->coverage, *ranks, tolerance, std::nullopt, ctx));
        },
        [inbox = inbox_](app::Document&, std::shared_ptr<const MapGeometry> geometry) {
            inbox->base = std::move(geometry);
        });
}

// After the first picture: hovering can wait, the map cannot.
void MapLevels::request_locator(app::Jobs& jobs) {
    jobs.run(
        {.key = "locator"},
        [vintage = dataset_->vintage](base::JobContext& ctx) {
            ctx.stage("stage.locator");
            return std::make_shared<const geo::Locator>(vintage->coverage);
        },
        [inbox = inbox_](app::Document&, std::shared_ptr<const geo::Locator> locator) {
            inbox->locator = std::move(locator);
        });
}

void MapLevels::request_detail(const Wanted& wanted, app::Jobs& jobs) {
    wanted_ = wanted;
    jobs.run(
        {.key = "detail", .replace = true},
        [vintage = dataset_->vintage, ranks = ranks_, wanted](base::JobContext& ctx) {
            ctx.stage("stage.geometry");
            const auto region = wanted.everything ? std::nullopt : std::optional(wanted.region);
            return std::make_shared<const MapGeometry>(
                make_geometry(*vintage->coverage, *ranks, wanted.tolerance_m, region, ctx));
        },
        [inbox = inbox_, wanted](app::Document&, std::shared_ptr<const MapGeometry> geometry) {
            inbox->detail = std::move(geometry);
            inbox->detail_of = wanted;
        });
}

bool MapLevels::update(const map::Camera& camera, const Viewport& view, app::Jobs& jobs,
                       ScreenPainter& painter) {
    if (!inbox_) return false;
    bool arrived = false;
    if (inbox_->base) {
        painter.set_base(*inbox_->base);
        base_tolerance_m_ = inbox_->base->tolerance_m;
        inbox_->base.reset();
        request_locator(jobs);
        arrived = true;
    }
    if (inbox_->detail) {
        painter.set_detail(inbox_->detail.get());
        shown_ = inbox_->detail_of;
        inbox_->detail.reset();
        wanted_.reset();
        arrived = true;
    }
    if (base_tolerance_m_ <= 0 || view.width_px <= 0) return arrived;

    const double tolerance = tolerance_for(camera.metres_per_px);
    const geo::Box world = dataset_->vintage->coverage->box();
    const geo::Box seen = common(visible(camera, view), world);
    if (seen.empty()) return arrived;
    const bool far = tolerance >= kTooFineBase * base_tolerance_m_; // many small pictures
    if (tolerance >= base_tolerance_m_ && !far) { // the coarse level is right here
        if (shown_) painter.set_detail(nullptr), shown_.reset();
        wanted_.reset();
        return arrived;
    }
    auto serves = [&](const std::optional<Wanted>& level) {
        return level && level->tolerance_m <= tolerance &&
               level->tolerance_m * kTooFine > tolerance && covers(level->region, seen);
    };
    if (serves(shown_)) {
        wanted_.reset();
    } else if (!serves(wanted_)) {
        const double margin = kMargin * std::max(seen.width(), seen.height());
        request_detail({tolerance, far ? world : common(seen.grown(margin), world.grown(1)), far},
                       jobs);
    }
    return arrived;
}

} // namespace diaban::gui
