// One running window on a screen of its own, and the hands and eyes of a test.
//
// Items are clicked by the name the program records for them. Every wait has a limit and says what
// was waited for. Screenshots go to $DIABAN_WINDOW_SHOTS, if that is set.
#pragma once

#include "support/temp.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace diaban::test {

struct SessionSpec {
    std::vector<std::string> files; // arguments of `diaban view`
    int width = 1920, height = 1080;
    double scale = 1; // 0: as it was left, or as the monitor has it
    std::string language = "vi";
    bool wait_for_map = true;
    bool own_size = false; // the window chooses its size; width and height are those of the screen
    std::filesystem::path home; // of an earlier session; empty: a new one
    std::vector<std::pair<std::string, std::string>> environment;
    std::vector<std::string> run_by; // a program and arguments that start the window's
};

// The letters beyond ASCII that the keyboard of a session has. A tool that lends a key to a letter
// for a moment takes it back before a busy program has asked what the key means.
inline constexpr char32_t kLetters[] = U"ườ";

struct ItemBox {
    double x0 = 0, y0 = 0, x1 = 0, y1 = 0;
    bool enabled = true, selected = false;
    std::string panel = {}; // that it lies in; empty: none of its own
    double x() const { return (x0 + x1) / 2; }
    double y() const { return (y0 + y1) / 2; }
};

class Session {
public:
    explicit Session(const SessionSpec& spec);
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    double width() const { return width_; } // of its screen
    // Eyes
    std::optional<ItemBox> item(const std::string& name);
    std::string text(const std::string& state);
    double value(const std::string& state);
    bool at_rest();            // nothing was left to do when it last looked
    std::string title() const; // of the window, as its frame shows it
    bool running();
    int exit_status() const { return exit_status_; } // of a program that ended by itself; else -1
    std::string log() const;                         // what the program and the screen wrote
    // Of the screen ($DISPLAY), for another program on it.
    const std::string& display() const { return display_; }
    const std::string& id() const { return window_; } // of the window, for xdotool
    std::vector<ItemBox> items();                     // all that can be clicked now
    std::map<std::string, ItemBox> named_items();
    void screenshot(const std::string& name);
    // Writes what the screen shows in a rectangle; in so many colours at most (0: in all it has).
    void picture(const ItemBox& box, const std::filesystem::path& file, int colours = 0);
    // The colour of one pixel of the screen, "#RRGGBB".
    std::string pixel(double x, double y);
    // How many colours a square of so many pixels shows.
    int colours(double x, double y, int side);

    // Waits
    void settle(); // nothing left to do; checks that no words are cut and none lie over others
    void until(const std::string& what, const std::function<bool()>& condition,
               double seconds = 20);
    ItemBox need(const std::string& name); // waits until it is there
    // Scrolls the panel on the right, to its top and then down again, until an item is in sight,
    // not a sliver of it.
    ItemBox scroll_to(const std::string& name);
    void press(const std::string& name); // a click there
    // Scrolls the left panel so; on a small window that is a drawer, which is opened before and
    // stays open.
    ItemBox scroll_left_to(const std::string& name);
    // A click in the left panel; a drawer is shut again.
    void click_left(const std::string& name);
    // Opens the table below the map, which a small window begins without.
    void open_table();

    // Hands
    void click(const std::string& name, const std::string& modifier = "");
    void click_at(double x, double y, const std::string& modifier = "");
    void choose(const std::string& list, int item); // of a list that opens when it is clicked
    void double_click_at(double x, double y);
    void move(double x, double y);
    void wheel(int steps); // positive: nearer
    void drag(double x0, double y0, double x1, double y1, const std::string& modifier = "");
    void key(const std::string& keys);  // "ctrl+f", "Right"
    void type(const std::string& text); // ASCII and kLetters; returns when the field has it
    // Answers the file dialog that is about to open.
    void pick(const std::filesystem::path& file);
    // Files from a file manager. True if the program took them.
    bool drop(const std::vector<std::string>& files, double x, double y);
    // Anything xdotool can do, several things at once. Waits for the program to see some of it.
    void tool(const std::vector<std::string>& arguments);

    double cpu_seconds() const; // used by the program so far
    void crash();               // the program is killed
    // The system asks the program to end, as at logout. Its exit code; -1 if it had to be killed.
    int end();
    // Asks the window to close, as its frame would. True if it ended.
    bool close_window();

private:
    void read();
    ItemBox scroll(const std::string& name, double x, double y);

    TempFolder home_; // its own files, and the home of the user unless another was given
    std::filesystem::path dump_;
    std::string display_, window_;
    double width_ = 0;
    int screen_pid_ = -1, program_pid_ = -1, exit_status_ = -1;
    std::string records_; // that the following were read from
    std::map<std::string, ItemBox> items_;
    std::map<std::string, std::string> texts_;
    std::map<std::string, double> values_;
    long frame_ = -1;
    bool settled_ = false;
};

// The sample province, written once per test program. Returns its project.
const std::filesystem::path& sample_project();
// False, with a line that says so, if this machine has no Xvfb or xdotool; with
// DIABAN_REQUIRE_WINDOW set that ends the test instead.
bool can_open_windows();

} // namespace diaban::test
