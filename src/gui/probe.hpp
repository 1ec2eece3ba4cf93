// What a test sees of the window: every visible item by name with its rectangle, and the state of
// the map, as JSON lines in a file. Costs nothing unless a file was asked for.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace diaban::gui {

class Probe {
public:
    explicit Probe(std::filesystem::path file) : file_(std::move(file)) {}
    bool on() const { return !file_.empty(); }
    void begin_frame();
    // An item of this frame, in window coordinates, and the panel that it lies in.
    void item(std::string_view name, float x0, float y0, float x1, float y1, bool enabled = true,
              bool selected = false, std::string_view panel = {});
    void state(std::string_view name, std::string_view text);
    void state(std::string_view name, double value);
    // Words of the interface that are wider than their place; names of data may be.
    void cut(std::string_view name);
    // Replaces the file, whole or not at all. `settled`: nothing is left to do without new input.
    void end_frame(bool settled);

private:
    std::filesystem::path file_;
    std::vector<std::string> items_, states_;
    std::string last_, cuts_;
    unsigned long frame_ = 0;
};

std::string json_text(std::string_view text); // quoted and escaped

} // namespace diaban::gui
