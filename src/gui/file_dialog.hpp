// Choosing a file, the same on every system and from the keyboard alone: arrows, Enter, Backspace
// for the folder above, typing to filter, a path to go there.
#pragma once

#include "gui/ui.hpp"

#include <optional>

namespace diaban::gui {

class FileDialog {
public:
    enum class Mode { Open, Save };
    // `extensions` are those that fit, with their dot; a saved name without one gets the first.
    // None: whatever the program can open, and projects for saving. `title` is a message id.
    void open(Mode mode, const std::filesystem::path& start, std::string name = {},
              std::vector<std::string> extensions = {}, std::string title = {});
    bool is_open() const { return open_; }
    void close() { open_ = false; }
    // The file chosen in this frame.
    std::optional<std::filesystem::path> draw(Ui& ui, const Rect& window);

private:
    struct Entry {
        std::filesystem::path path;
        std::string name, size;
        bool folder;
    };
    void read();
    void filter();
    bool fits(const std::filesystem::path& file) const;
    bool is_path() const; // what is typed
    std::filesystem::path typed_path() const;
    void go(const std::filesystem::path& folder);
    std::optional<std::filesystem::path> accept(Ui& ui);
    std::optional<std::filesystem::path> draw_list(Ui& ui, float height);
    void draw_path(Ui& ui, float width);

    Mode mode_ = Mode::Open;
    bool open_ = false, all_ = false, focus_ = false, select_ = false, scroll_ = false,
         replace_asked_ = false;
    std::filesystem::path folder_;
    std::string text_, filtered_for_, problem_, title_;
    std::vector<std::string> extensions_;
    std::vector<Entry> entries_;
    std::vector<std::size_t> shown_;
    std::size_t at_ = 0;
};

// Files the program can open, by extension.
bool can_open(const std::filesystem::path& file);

} // namespace diaban::gui
