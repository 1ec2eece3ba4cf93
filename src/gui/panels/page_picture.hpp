// A page on the screen as the file will hold it, painted in the background by the painter of the
// files.
#pragma once

#include "app/commands/hotspots_result.hpp"
#include "app/commands/status.hpp"
#include "app/query_ground.hpp"
#include "gui/gl.hpp"
#include "gui/ui.hpp"
#include "map/page_preview.hpp"

#include <variant>

namespace diaban::gui {

// What is to be painted: the request that would write the file, with what it is made of.
struct PageAsked {
    std::variant<app::MapRequest, app::HotspotsRequest, app::StatusRequest> request;
    std::shared_ptr<const app::Dataset> dataset;
    std::shared_ptr<const app::HotspotsResult> result; // in place of the values
    std::string language;
    std::optional<app::QuerySources> sources; // of the query that narrows it
    int width_px = 0;
    std::uint64_t layouts_saved = 0; // Shell::layouts_saved: a file may have changed
    friend bool operator==(const PageAsked&, const PageAsked&) = default;
};

// Where every year has its own boundaries, the classes are those of all vintages. They are made of
// all values, so a public page makes its own of what it shows: nothing.
std::optional<map::Classes> shared_classes(Ui& ui, app::Classification classification);

class PagePicture {
public:
    // `job`: the key of the job that paints it; one picture each.
    explicit PagePicture(std::string job) : job_(std::move(job)) {}
    // Painted anew when anything on the page changes; until then the last one stays.
    void ask(Ui& ui, const PageAsked& wanted, const std::optional<map::Classes>& classes);
    // Takes over what has been painted since. True if something came.
    bool take();
    bool shown() const { return static_cast<bool>(texture_); }
    ImTextureID texture() const {
        return reinterpret_cast<ImTextureID>(static_cast<std::uintptr_t>(texture_));
    }
    // What keeps the page that was asked for from being painted; the picture is of the one before.
    const std::optional<base::Error>& error() const { return made_->error; }

private:
    struct Made {
        map::Raster raster;
        std::optional<base::Error> error;
        bool fresh = false; // arrived since it was last looked at
    };
    std::string job_;
    std::shared_ptr<Made> made_ = std::make_shared<Made>();
    PageAsked asked_;
    GlTexture texture_;
};

} // namespace diaban::gui
