// The regions of the window. Each draws itself into a rectangle, reads the document, and posts
// edits.
#pragma once

#include "app/query_ground.hpp"
#include "gui/ui.hpp"

namespace diaban::gui {

void draw_toolbar(Ui& ui, const Rect& area);
void draw_data_panel(Ui& ui, const Rect& area, bool overlay);
void draw_right_panel(Ui& ui, const Rect& area, bool overlay); // legend, choices, commune card
void draw_legend(Ui& ui);
void draw_choices(Ui& ui);
// The legend alone, over a corner of the map where there is no room for the panel. The width of the
// map that it takes; 0 without values.
float draw_small_legend(Ui& ui, const Rect& map_area);
// What the legend is of: the shown values or result, or what changed between two periods.
struct ShownLegend {
    const app::StyledMap* styled = nullptr; // null: nothing is coloured
    bool change = false;
    std::string title, note;
    const map::Style* style = nullptr;
    const map::Theme* theme = nullptr; // of its circles or dots; null: none
};
ShownLegend shown_legend(Ui& ui);
// The map on the left of two, which has counts of its own; null if there are not two.
const map::Style* compared_style(Ui& ui);
// "2009 | 2015": the years of two maps side by side, as their counts stand.
std::string compared_years(const Ui& ui, const ShownLegend& shown);
// The row of a style that has the role and the words of a row of another.
std::optional<std::size_t> same_row(const map::Style& style, const map::LegendEntry& entry);
// The kinds of places that are drawn, in the order of their files, with their numbers.
std::vector<std::pair<std::string, std::size_t>> drawn_kinds(const Ui& ui);
void draw_card(Ui& ui);
bool card_has_selection(const Ui& ui); // several units, and the card is in sight
void draw_save_set(Ui& ui); // a field for a name, and the button that keeps the selection
void draw_timeline(Ui& ui, const Rect& area);
std::string play_speed_text(const app::Language& language, double speed); // "0,5×"
void draw_status_bar(Ui& ui, const Rect& area);
// Below `from`, where what lies over it ends.
void draw_start_screen(Ui& ui, const Rect& area, float from);
float draw_problems(Ui& ui, const Rect& map_area);   // where they end; the area's top if none
float draw_recoveries(Ui& ui, const Rect& map_area); // where it ends; the area's top if none
void draw_shortcuts(Ui& ui, const Rect& map_area);

// While a job of this key runs: a thin bar and a button that stops it. False if none does.
bool draw_running(Ui& ui, std::string_view key);
bool job_runs(Ui& ui, std::string_view key);
// Writes files beside the frames, as a job of this key, and says when the first of them is there.
using WriteFiles =
    std::function<std::vector<std::filesystem::path>(const app::Language&, base::JobContext&)>;
void write_beside(Ui& ui, std::string key, WriteFiles write);
// As a command that is run from another folder must name it.
std::filesystem::path whole_path(const std::filesystem::path& file);

// The map shows the latest result of the clusters panel, not values nor another result.
bool shows_clusters(Ui& ui);
// What the legend calls the colour that a result gives a unit, "Hot spot, 95 % confidence · z =
// 3.21 · p = 0.0002"; empty where no result is on the map.
std::string told_by_result(Ui& ui, std::size_t unit);
// The map is coloured by what the panel of statuses shows; and the request that draws it, without
// where it goes.
bool shows_statuses(Ui& ui);
app::StatusRequest map_of_statuses(Ui& ui);

// A field with what the mapped indicator is called: in the titles of page and legend, and above
// tables. The choice with other words, if some were typed: for choose(), as "edit.legend".
std::optional<app::MapChoice> indicator_name_field(Ui& ui, const app::StyledMap& styled);
inline constexpr std::string_view kNamingIndicator = "legend indicator"; // its merge key

// What the project adds for the query that narrows the map; nothing where none does.
std::optional<app::QuerySources> where_sources(const Ui& ui);

// What several panels and the keys start.
void open_sample(Ui& ui);
void save_project(Ui& ui); // asks for a name if there is none yet
void choose(Ui& ui, const app::MapChoice& next, std::string_view label_key,
            std::string_view merge_key = {});
// Puts the command line of these flags, in the language of the window, on the clipboard.
void put_command(Ui& ui, const std::vector<std::string>& flags);
// A button that does so with a panel's settings. `panel`: for tests.
void copy_command(Ui& ui, std::string_view panel, const std::vector<std::string>& flags,
                  float width = 0);
// In a menu: in public small counts of persons are hidden; the true ones leave only by explicit
// choice. The one that was clicked. `panel`: for tests.
std::optional<app::Classification> offer_classifications(Ui& ui, std::string_view panel);
std::string unit_name(const data::UnitTable& units, std::size_t unit); // name, else code
std::string unit_parents(const data::UnitTable& units, std::size_t unit);
// A row of what is kept in the project, with the button that removes it, what it said, and whether
// its inputs have changed where that is known.
enum class KeptRow { Untouched, Clicked, Removed };
KeptRow kept_row(Ui& ui, const std::string& name, const std::string& text,
                 const std::string& sentence, std::optional<bool> changed);
// A row of what is kept under a name, with what it says as its tooltip.
KeptRow named_row(Ui& ui, const std::string& name, const app::NamedQuery& query);
// Selects units; with Ctrl held they are added to the selection, with Alt taken from it.
void choose_units(Ui& ui, app::Faces units);
// Takes away the sheet that lies over the map; it is as it was when it is opened again.
void uncover_map(Ui& ui);
// So many years on or back, in sight; playing ends.
void step_year(Ui& ui, int by);
// Another view of time, in sight whatever lay over the map; of values without years there is one.
void set_mode(Ui& ui, MapMode mode);
// Another thing for the mouse to do on the map, in sight too; again: back to the usual one.
void set_tool(Ui& ui, MapTool tool);
// What positions in a file may be in: `systems` after "as the file says". "EPSG:9210" of the one
// chosen, "" of the file's own word; `at`: 0 for that, else one more than the place in the list.
std::string choose_system(Ui& ui, std::string_view key, const std::vector<geo::Crs>& systems,
                          std::size_t& at);
// Makes a unit the selected one and brings it into view.
void show_unit(Ui& ui, std::size_t unit, bool fly);

} // namespace diaban::gui
