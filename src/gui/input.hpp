// Mouse, keyboard and text from GLFW to Dear ImGui, in order and without loss.
//
// Guarantee: a key or button pressed and released between two frames is seen pressed for one frame:
// events wait in a queue, and a frame takes them up to the first that would hide an earlier one.
// While pending() is true the window must draw another frame at once.
#pragma once

#include <deque>
#include <filesystem>
#include <functional>
#include <vector>

struct GLFWwindow;
struct GLFWcursor;

namespace diaban::gui {

// A key pressed in this frame; modifiers as GLFW counts them.
struct KeyPress {
    int key = 0, mods = 0;
    bool repeated = false;
};

class Input {
public:
    struct Place {
        double x, y; // of the window
    };

    explicit Input(GLFWwindow* window);
    ~Input();
    Input(const Input&) = delete;
    Input& operator=(const Input&) = delete;

    // Hands this frame's events to ImGui; call before ImGui::NewFrame().
    void begin_frame();
    bool pending() const { return !events_.empty(); }
    // The next frames take no events: a field that was asked to take the keyboard does so first,
    // and what is typed meanwhile is meant for it.
    void hold(int frames) { held_ = frames; }
    // How many events were handed over so far; tests wait for it.
    unsigned long handled() const { return handled_; }
    // Any event since the last call: the window has a reason to draw.
    bool take_activity();
    const std::vector<KeyPress>& keys() const { return keys_; }
    // Where the pointer passed since the last frame, in order; where it is now comes last.
    const std::vector<Place>& way() const { return way_; }
    std::vector<std::filesystem::path> take_dropped();
    // ImGui's wish for a mouse cursor.
    void show_cursor();
    void set_framebuffer_callback(std::function<void()> on_refresh) {
        refresh_ = std::move(on_refresh);
    }

    // One thing that happened; public so that tests can feed a queue without a window.
    struct Event {
        enum class Kind { Move, Button, Wheel, Key, Text, Focus } kind;
        double x = 0, y = 0;
        int code = 0, mods = 0;
        bool down = false, repeated = false;
        unsigned text = 0;
        std::vector<Place> passed; // by a Move, before it came to x, y
    };
    // Adds one. Of a run of moves only the last is an event of its own.
    static void add(std::deque<Event>& events, Event event);
    // How many of the queued events one frame may take.
    static std::size_t frame_share(const std::deque<Event>& events);
    // Whether a frame is worth a picture: not if input that waits replaces it at once, as long as
    // the picture on the screen is not old.
    static bool picture_wanted(bool pending, double seconds_since_last);

private:
    void apply(const Event& event);
    void push(Event event);
    void install_callbacks();
    static Input& of(GLFWwindow* window);

    GLFWwindow* window_;
    std::deque<Event> events_;
    std::vector<KeyPress> keys_;
    std::vector<Place> way_;
    std::vector<std::filesystem::path> dropped_;
    std::function<void()> refresh_;
    std::vector<GLFWcursor*> cursors_;
    double last_time_ = 0;
    unsigned long handled_ = 0;
    int held_ = 0;            // frames
    bool enter_acts_ = false; // the Enter that is held presses what the keyboard is on
    bool activity_ = true;
};

} // namespace diaban::gui
