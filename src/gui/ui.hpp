// What every panel is given for one frame, and the state of the window that is not the document's.
//
// Panels read the document and post edits to it; nothing here is part of a project.
#pragma once

#include "app/commands/verify.hpp"
#include "app/document.hpp"
#include "app/neighbours.hpp"
#include "gui/input.hpp"
#include "gui/probe.hpp"
#include "gui/regions.hpp"
#include "gui/theme.hpp"
#include "map/overlay.hpp"

#include <functional>
#include <optional>
#include <set>
#include <span>

namespace diaban::app {
struct HotspotsResult;
struct StatusRequest;
} // namespace diaban::app

namespace diaban::gui {

class MapView;
class StyleCache;

struct Rect {
    float x0 = 0, y0 = 0, x1 = 0, y1 = 0;
    float width() const { return x1 - x0; }
    float height() const { return y1 - y0; }
    bool empty() const { return x1 <= x0 || y1 <= y0; }
    bool contains(ImVec2 p) const { return p.x >= x0 && p.x < x1 && p.y >= y0 && p.y < y1; }
};

using app::MapMode;
// What the mouse does on the map.
enum class MapTool { Pointer, Box, Lasso, Circle, Ruler, Link, Give };

// Who is whose neighbour, for the map to draw: rows of units.
struct LinksShown {
    geo::Csr links;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> drawn; // by hand
};

// Spots that the map marks while the findings are open: those of one group, in map coordinates.
struct Marks {
    std::string of; // key of the group
    std::shared_ptr<const app::Dataset> dataset;
    std::vector<geo::Point> at;
};

struct Ui;

// A plan on the map whose communes can be dragged from team to team. Told by the panel of plans,
// which lives as long as the window.
struct Handing {
    struct Told { // of a unit that is on its way
        std::vector<std::string> lines;
        bool possible = false;
    };
    std::uint64_t serial = 0; // of the map that shows the plan
    std::function<bool(geo::FaceId)> takes_part;
    // What giving the unit to the team of another would lead to; nowhere: what to do with it.
    std::function<Told(Ui&, geo::FaceId unit, std::optional<geo::FaceId> to)> tell;
    std::function<void(Ui&, geo::FaceId unit, geo::FaceId to)> give;
};

// A file to be chosen with the file dialog, and what is done with it then.
struct Picking {
    bool save = false;
    std::string title;                   // message id
    std::vector<std::string> extensions; // that fit; a name without one gets the first
    std::string name;                    // suggested, of a file to be saved
    std::filesystem::path folder;        // where to begin; empty: beside the project
    std::function<void(Ui&, const std::filesystem::path&)> then;
};

// A ring of so many kilometres on the ground, around the selection or around a place.
struct Buffer {
    using PlaceAt = std::pair<std::size_t, std::size_t>; // layer and place
    struct Around {
        std::shared_ptr<const app::Dataset> dataset;
        app::Faces selection; // where there is no place
        std::optional<PlaceAt> place;
        double km = 0;
        friend bool operator==(const Around&, const Around&) = default;
    };
    bool on = false;
    double km = 5;
    std::optional<PlaceAt> place;                                     // none: around the selection
    Around made;                                                      // what the ring lies around
    std::shared_ptr<const std::vector<std::vector<geo::Point>>> ring; // map coordinates
};

// A person's decision about a status while it is being typed into the commune card.
struct OverrideDraft {
    bool open = false;
    std::size_t unit = 0, domain = 0, status = 0;
    std::string reason, author;
};

// Which side panels are open and what they ask for. Kept while the window lives.
struct Shell {
    bool compact = false;      // 1280x720 and smaller: the left panel is a drawer
    bool narrow = false;       // below 1100: the right panel lies over the map
    bool drawer_open = false;  // the left panel when compact
    bool overlay_open = false; // the right panel when narrow
    bool table_open_compact = false;
    std::string right;            // panel in place of legend and card; empty: none
    std::string bottom = "table"; // panel below the years
    std::string sheet;            // panel that lies over map and sides; empty: none
    std::optional<Picking> picking;
    // Of each layer of lines the columns that may be written along them; empty until it is read.
    std::vector<std::vector<std::string>> line_columns;
    OverrideDraft override_draft;
    std::optional<std::string> query_wanted; // text for the query panel to take over
    std::filesystem::path to_import;         // a report for the import assistant
    // For the editor of layouts: one to take over, "" for a new one, or what a crash left of one;
    // its unsaved changes, nullptr if there are none; it is to ask about them because the window is
    // about to end. And how often it has saved one.
    std::optional<std::string> layout_wanted;
    std::optional<app::Recovery> layout_recovered;
    std::shared_ptr<const app::LayoutWork> layout_unsaved;
    bool layout_asked = false;
    std::uint64_t layouts_saved = 0;
    bool shortcuts_open = false;
    std::string help_for; // the region that the keys are asked for; empty: none
    // Makes the files of a manifest again and compares; given by main, as the command line does it.
    std::function<app::VerifyReport(const app::VerifyRequest&, base::JobContext&)> verify;
    bool open_dialog = false; // the file dialog, to open
    bool save_dialog = false;
    bool focus_search = false;
    bool hold_keys = false; // a field is about to take the keyboard; typing waits for it
    // What leaves the present work behind; done once the unsaved work is saved or given up.
    struct Leaving {
        enum class Where { Nowhere, Quit, Files, Sample } where = Where::Nowhere;
        std::vector<std::filesystem::path> files;
    };
    Leaving leaving;
    bool asking = false;                   // whether to save first
    bool quit = false;                     // decided
    std::vector<app::Recovery> recoveries; // left by programs that crashed
    bool fullscreen = false;
    bool playing = false;
    MapMode mode = MapMode::One;
    MapTool tool = MapTool::Pointer;
    bool swipe = false;      // compare in one picture with a line to drag, not side by side
    float swipe_at = 0.5F;   // of the width
    data::Period compare;    // the other period of a comparison; undated: the first
    bool presenting = false; // nothing but the map, for a room
    bool black = false;      // the room looks at the speaker
    Buffer buffer;
    std::optional<std::size_t> spotlight;    // a district that alone is lit
    std::optional<std::size_t> view;         // the saved view that was shown last
    std::optional<std::size_t> wanted_view;  // to be shown at the start of the next frame
    std::optional<app::SavedView> arriving;  // its ground and its units wait for its data
    double next_step_at = 0;                 // of playing, glfwGetTime seconds
    double speed_told_until = 0;             // by the presenter; as above
    std::set<std::string> folded_themes;     // of indicators
    app::NeighbourChoice neighbours;         // of statistics; links drawn by hand are the project's
    std::shared_ptr<const LinksShown> links; // while the panel of neighbours is open
    // The latest result of the clusters panel; current if it is of the document's dataset.
    std::shared_ptr<const app::HotspotsResult> result;
    std::uint64_t result_serial = 0; // of the map that shows it, if one does
    // What the latest answer draws over the map: the ground within the distance that nearness was
    // asked for, the shapes of an SQL statement; and the serial of the map that shows that answer.
    std::shared_ptr<const std::vector<map::Overlay>> answer_shapes;
    std::uint64_t answer_serial = 0;
    // What the panel of statuses has put on the map last, and the serial of that map.
    std::shared_ptr<const app::StatusRequest> statuses;
    std::uint64_t statuses_serial = 0;
    std::shared_ptr<const Handing> handing; // none: no plan of sectors was made
    bool significance = false;              // the map shows its p instead of its classes
    std::optional<std::size_t> card_of;     // whose card was drawn last
    bool scatter = false;                   // its scatter plot is exported, not the map
    std::string finding_group;              // that the findings show; empty: the first
    std::shared_ptr<const Marks> marks;     // of that group
    bool table_focused = false;             // in the last frame: Ctrl+C is its own
    std::string notice;                     // a quiet line in the status bar: what was just done
    bool keyboard = false; // moving between controls by keys; Esc or a click ends it
};

// A rectangle of one colour below everything that ImGui draws: filled by the card at no cost.
struct Backdrop {
    Rect area;
    ImU32 colour;
};

struct Ui {
    app::Document& document;
    Shell& shell;
    MapView& map;
    StyleCache& styles;
    Probe& probe;
    const Theme* theme;
    Fonts fonts;
    std::vector<Backdrop>* backdrops = nullptr;
    std::vector<RegionAt>* regions = nullptr; // drawn so far, for the keyboard
    std::span<const KeyPress> keys;           // pressed in this frame
    std::span<const Input::Place> way;        // of the mouse since the last one
    float scale = 1;
    double now = 0;         // seconds
    bool animating = false; // set by whoever needs the next frame soon

    float px(float v) const { return v * scale; }
    std::string text(std::string_view key, const base::Args& args = {}) const {
        return document.language().text(key, args);
    }
    bool pressed(int key, int mods = 0) const {
        for (const KeyPress& k : keys)
            if (k.key == key && (k.mods & 7) == mods) return true;
        return false;
    }
    // Runs an action whose failure belongs to the user: the error is shown in the strip.
    void attempt(const std::function<void()>& action) {
        try {
            action();
        } catch (const base::Error& error) {
            document.report(error);
        }
    }
};

} // namespace diaban::gui
