#include "gui/panels/page_picture.hpp"

#include "app/commands/map_preview.hpp"
#include "app/commands/map_series.hpp"
#include "app/status_view.hpp"

namespace diaban::gui {
namespace {

map::Raster painted_page(const PageAsked& wanted, const std::optional<map::Classes>& classes,
                         base::JobContext& ctx) {
    const auto language = app::Language::load(wanted.language);
    const app::QuerySources* sources = wanted.sources ? &*wanted.sources : nullptr;
    if (wanted.result)
        return app::preview(*wanted.result, std::get<app::HotspotsRequest>(wanted.request),
                            wanted.width_px, *language, ctx);
    if (const auto* statuses = std::get_if<app::StatusRequest>(&wanted.request)) {
        auto unwritten = *statuses;
        unwritten.map_out.clear();
        auto report = app::run(unwritten, wanted.dataset, *language, ctx);
        report.request.map_out = statuses->map_out; // its format decides what the page is
        return map::page_preview(app::status_page(report, *language, ctx), wanted.width_px, ctx);
    }
    const auto& of_values = std::get<app::MapRequest>(wanted.request);
    if (of_values.series.on())
        return map::page_preview(
            app::series_page(of_values, *wanted.dataset, *language, ctx, sources), wanted.width_px,
            ctx);
    const auto page = app::first_page(of_values, *wanted.dataset, *language, ctx,
                                      classes ? &*classes : nullptr, sources);
    return map::page_preview(page, wanted.width_px, ctx);
}

} // namespace

std::optional<map::Classes> shared_classes(Ui& ui, app::Classification classification) {
    if (ui.document.project().across != app::Across::Own ||
        classification == app::Classification::Public || !ui.document.styled())
        return std::nullopt;
    return ui.document.styled()->classes;
}

void PagePicture::ask(Ui& ui, const PageAsked& wanted, const std::optional<map::Classes>& classes) {
    if (wanted == asked_) return;
    asked_ = wanted;
    ui.document.jobs().run(
        {.key = job_, .replace = true},
        [wanted, classes](base::JobContext& ctx) {
            Made made{.fresh = true};
            try {
                made.raster = painted_page(wanted, classes, ctx);
            } catch (const base::Error& error) {
                made.error = error;
            }
            return made;
        },
        [to = made_](app::Document&, Made made) { *to = std::move(made); });
}

bool PagePicture::take() {
    if (!std::exchange(made_->fresh, false)) return false;
    const map::Raster& raster = made_->raster;
    if (raster.rgb.empty()) return true;
    if (!texture_) texture_ = make_texture();
    glBindTexture(GL_TEXTURE_2D, texture_);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1); // three bytes a pixel
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGB8, raster.width, raster.height, 0, GL_RGB,
                 GL_UNSIGNED_BYTE, raster.rgb.data());
    glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
    glBindTexture(GL_TEXTURE_2D, 0);
    return true;
}

} // namespace diaban::gui
