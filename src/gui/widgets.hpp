// The controls of the interface. Each is named by its message id, shows that text, and records its
// rectangle under that name for tests; each has a tooltip or label and a shortcut where it has one.
#pragma once

#include "gui/icons.hpp"
#include "gui/map_geometry.hpp"
#include "gui/ui.hpp"

#include <string>

namespace diaban::gui {

// A fixed part of the window. Returns with the region begun; end with end_region().
struct RegionSpec {
    ImU32 ground = 0;
    ImVec2 padding{kPad, 8}; // interface pixels
    bool scroll = false;
    bool overlay = false;     // above the others, with a shadow
    bool bare = false;        // no ground of its own
    bool quiet = false;       // never takes the keyboard
    bool untouchable = false; // above the others, lets the mouse through
    bool alone = false;       // a question: nothing else has the keyboard
};
void begin_region(Ui& ui, const char* id, const Rect& area, const RegionSpec& spec);
void end_region();
// A part of a region that scrolls by itself; the arrow keys walk in and out of it. End with
// ImGui::EndChild().
void begin_part(const char* id, ImVec2 size = {}, ImGuiWindowFlags flags = 0);

// Text
void draw_text(ImDrawList& list, ImFont* font, ImVec2 at, ImU32 colour, std::string_view text);
ImVec2 text_size(ImFont* font, std::string_view text);
// The text cut to a width with "…"; true if it was cut.
bool draw_text_cut(ImDrawList& list, ImFont* font, ImVec2 at, float width, ImU32 colour,
                   std::string_view text);
void draw_text_halo(ImDrawList& list, ImFont* font, ImVec2 at, ImU32 colour, ImU32 halo,
                    float thickness, std::string_view text);
void heading(Ui& ui, std::string_view key);
// Wrapped at the edge of the region, or at a width where there is none (tooltips).
void paragraph(Ui& ui, ImFont* font, ImU32 colour, std::string_view text, float wrap_px = 0);
void tooltip(Ui& ui, std::string_view text);
void gap(Ui& ui, float pixels);
void rule(Ui& ui); // a 1 px separator across the region

// Buttons
struct ToolSpec {
    Icon icon = Icon::None;
    bool label = false; // the text beside the icon; otherwise it is the tooltip
    bool on = false, enabled = true, primary = false;
    std::string_view shortcut;
    std::string_view name;       // recorded name if the key alone does not tell
    float width = 0;             // 0: as needed
    std::string_view needs = {}; // id of what the tooltip adds while it is not enabled
};
bool tool_button(Ui& ui, std::string_view key, const ToolSpec& spec);
float tool_width(const Ui& ui, std::string_view key, bool label); // of one with an icon
bool text_button(Ui& ui, std::string_view key, bool primary = false, bool enabled = true,
                 float width = 0);
bool link(Ui& ui, std::string_view name, std::string_view text);

// A row of a list: text left, number right, optional swatch or symbol.
struct RowSpec {
    std::string name; // recorded: "indicator:ST01"
    std::string text, trailing;
    bool selected = false, muted = false, warning = false;
    Icon icon = Icon::None;
    std::string place_kind; // symbol of a place
    float indent = 12;
    float height = kListRow;
};
bool list_row(Ui& ui, const RowSpec& spec);

// Fields. All return true when the value changed.
bool choice(Ui& ui, std::string_view key, std::size_t& at, const std::vector<std::string>& texts);
// The same without a label; the words stand in it while nothing is chosen.
bool small_choice(Ui& ui, std::string_view key, std::size_t& at,
                  const std::vector<std::string>& texts, float width, std::string_view name = {});
// A number between two buttons; its words stand beside it, or above where they do not fit.
// Ids of what its buttons say, their shortcuts, and what stands in place of the number.
struct StepperSpec {
    std::string_view fewer = "ui.step.fewer", more = "ui.step.more";
    std::string_view fewer_key = {}, more_key = {};
    std::string shown = {};
};
bool stepper(Ui& ui, std::string_view key, int& value, int least, int most,
             const StepperSpec& spec = {});
bool check(Ui& ui, std::string_view key, bool& value);
// The same with words that are no message: a name of the data's.
bool check_named(Ui& ui, std::string_view name, std::string_view text, bool& value);
bool field(Ui& ui, std::string_view key, std::string& value, float width = -1);
// The same without a label: the words stand in it while it is empty.
bool text_input(Ui& ui, std::string_view key, std::string& value, float width,
                std::string_view name = {});
// Several lines; Ctrl+Enter is for whoever draws it.
bool text_area(Ui& ui, std::string_view key, std::string& value, ImVec2 size);
void take_keyboard(Ui& ui); // the field drawn next has the keyboard, before the next key arrives
// The colour of a class with its hatch and, where there is room, its letter.
void swatch(const Ui& ui, ImDrawList& list, ImVec2 at, ImVec2 size, const map::LegendEntry& entry);

// The text field just drawn: its rectangle, and what stands in it while it has the keyboard.
void record_text(Ui& ui, std::string_view name, std::string_view value);
void record(Ui& ui, std::string_view name, bool enabled = true, bool selected = false);

} // namespace diaban::gui
