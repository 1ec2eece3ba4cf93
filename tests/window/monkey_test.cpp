// Random mouse and keys, with others held, on a window that changes its size and loses the
// keyboard: whatever is done in whatever order, the window neither crashes nor hangs, and the
// project on disk stays one that can be opened.
//
// A few hundred events with every run; 10,000 from each of three seeds with [.slow], which is meant
// for a program built with the address sanitizer.
#define CATCH_CONFIG_FAST_COMPILE
#include "session.hpp"

#include "support/process.hpp"

#include <catch2/catch.hpp>
#include <random>
#include <unistd.h>

using namespace diaban::test;
namespace fs = std::filesystem;

namespace {

using Words = std::vector<std::string>;

constexpr int kWidth = 1280, kHeight = 720;

// Blind hands must not reach anybody's files: root becomes nobody.
Words harmless() {
    if (geteuid() != 0) return {};
    return {"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"};
}

void open_to_all(const fs::path& folder) {
    fs::permissions(folder, fs::perms::all);
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        fs::permissions(entry.path(), fs::perms::all);
}

class Monkey {
public:
    explicit Monkey(unsigned seed) : random_(seed) {}

    // The window that it plays with from now on.
    void meet(const std::string& window) { window_ = window; }

    // One thing to do, in the words of xdotool.
    Words next(const std::vector<ItemBox>& items) {
        const auto kind = below(100);
        Words words = to(items);
        const auto add = [&](const Words& more) {
            words.insert(words.end(), more.begin(), more.end());
        };
        if (kind < 26) return words;
        if (kind < 54)
            add(click("1"));
        else if (kind < 58)
            add(click("3"));
        else if (kind < 63)
            add({"click", "--repeat", "2", "--delay", "0", "1"});
        else if (kind < 69)
            add(click(below(2) ? "4" : "5"));
        else if (kind < 73)
            return held(joined(words, click(below(2) ? "4" : "5")));
        else if (kind < 77)
            return held(joined(words, click("1")));
        else if (kind < 81)
            add(drag());
        else if (kind < 85)
            return held(joined(words, drag()));
        else if (kind < 86)
            return resized();
        else if (kind < 87)
            return elsewhere(joined(words, click("1")));
        else if (kind < 96)
            return {"key", "--delay", "0", one_of(kKeys)};
        else
            return {"type", "--args", "1", "--delay", "2", one_of(kTexts)};
        return words;
    }

private:
    // Without the rest of 0.1 s that the tool takes after a click: the program keeps what comes
    // while it is busy.
    static Words click(const char* button) { return {"click", "--delay", "0", button}; }
    static Words joined(Words words, const Words& more) {
        words.insert(words.end(), more.begin(), more.end());
        return words;
    }
    // By way of another place.
    Words drag() {
        Words words{"mousedown", "1"};
        for (int i = 0; i < 2; ++i) words = joined(std::move(words), somewhere());
        return joined(std::move(words), {"mouseup", "1"});
    }
    // With a key held down.
    Words held(const Words& words) {
        const std::string key = one_of({"shift", "ctrl", "alt"});
        return joined(joined({"keydown", key}, words), {"keyup", key});
    }
    // A key and the button go down here and up while another window has the keyboard.
    Words elsewhere(const Words& words) {
        const std::string key = one_of({"shift", "ctrl", "alt"}), nobody = "0";
        Words out{"mousedown", "1", "keydown", key, "windowfocus", nobody};
        out = joined(joined(std::move(out), words), {"keyup", key, "mouseup", "1"});
        return joined(std::move(out), {"windowfocus", window_});
    }
    Words resized() {
        struct Size {
            const char *width, *height;
        };
        static constexpr Size kSizes[] = {{"1280", "720"}, {"900", "600"}, {"700", "450"}};
        const Size& size = kSizes[below(std::size(kSizes))];
        return {"windowsize", window_, size.width, size.height};
    }
    // Half of the time something that can be clicked, else any place.
    Words to(const std::vector<ItemBox>& items) {
        if (items.empty() || below(2) == 0) return somewhere();
        const auto& box = items[below(items.size())];
        return {"mousemove", std::to_string(static_cast<int>(box.x())),
                std::to_string(static_cast<int>(box.y()))};
    }
    Words somewhere() {
        return {"mousemove", std::to_string(below(kWidth)), std::to_string(below(kHeight))};
    }
    std::size_t below(std::size_t n) { return random_() % n; }
    std::string one_of(const Words& words) { return words[below(words.size())]; }

    // All but those that end the program.
    inline static const Words kKeys{"Escape",
                                    "Return",
                                    "Tab",
                                    "shift+Tab",
                                    "space",
                                    "Left",
                                    "Right",
                                    "Up",
                                    "Down",
                                    "Home",
                                    "End",
                                    "Delete",
                                    "BackSpace",
                                    "ctrl+z",
                                    "ctrl+z",
                                    "ctrl+y",
                                    "ctrl+s",
                                    "ctrl+f",
                                    "ctrl+a",
                                    "ctrl+c",
                                    "ctrl+v",
                                    "ctrl+i",
                                    "ctrl+n",
                                    "ctrl+o",
                                    "ctrl+shift+s",
                                    "ctrl+e",
                                    "F1",
                                    "F5",
                                    "F11",
                                    "plus",
                                    "minus",
                                    "0",
                                    "1",
                                    "2",
                                    "3",
                                    "4",
                                    "bracketleft",
                                    "m",
                                    "bracketright",
                                    "comma",
                                    "period",
                                    "b",
                                    "l",
                                    "Page_Up",
                                    "Page_Down",
                                    "ctrl+plus",
                                    "ctrl+minus",
                                    "ctrl+0",
                                    "alt+Left",
                                    "alt+Right"};
    inline static const Words kTexts{"ba", "2015", "0", "1e9", "xa", "%s", "{year}", "<>&"};

    std::mt19937 random_;
    std::string window_;
};

// Until the program has done all that was sent: it is at rest or, while it works on, takes nothing
// new for a second. Else it would fall behind, and boxes would be of a window long gone.
void let_it_follow(Session& window) {
    constexpr int kAtRest = 4, kBusy = 40; // looks
    double seen = -1;
    int same = 0;
    window.until(
        "all events to be taken",
        [&] {
            if (!window.running()) return true;
            const double taken = window.value("events");
            same = taken == seen ? same + 1 : 0;
            seen = taken;
            return same >= (window.at_rest() ? kAtRest : kBusy);
        },
        600);
}

void let_loose(unsigned seed, int events) {
    TempFolder folder, home;
    for (const auto& entry : fs::directory_iterator(sample_project().parent_path()))
        fs::copy(entry.path(), folder.path() / entry.path().filename(),
                 fs::copy_options::recursive);
    const auto project = folder.path() / sample_project().filename();
    for (const auto& path : {folder.path(), home.path()}) open_to_all(path);
    Monkey monkey(seed);
    for (int done = 0; done < events;) {
        Session window({.files = {project.string()},
                        .width = kWidth,
                        .height = kHeight,
                        .home = home.path(),
                        .run_by = harmless()});
        constexpr int kAtOnce = 25;
        monkey.meet(window.id());
        while (done < events && window.running()) {
            Words words;
            const auto items = window.items();
            for (int i = 0; i < kAtOnce; ++i, ++done) {
                const auto more = monkey.next(items);
                words.insert(words.end(), more.begin(), more.end());
            }
            const double before = window.value("events");
            window.tool(words);
            if (!window.running()) break;
            INFO("seed " << seed << ", event " << done);
            window.until(
                "an answer", [&] { return !window.running() || window.value("events") != before; },
                120);
            let_it_follow(window);
        }
        INFO("seed " << seed << ", event " << done << "\n" << window.log());
        // It may have found the way out; anything else is a crash.
        CHECK((window.running() || window.exit_status() == 0));
        if (!window.running() && window.exit_status() != 0) return;
        if (window.running()) {
            window.screenshot("monkey_" + std::to_string(seed));
            window.crash();
        }
    }
    const auto checked =
        run_program({DIABAN_PROGRAM, "check", "--project", project.string(), "--json"});
    INFO(checked.err);
    CHECK(checked.code == 0);
}

} // namespace

TEST_CASE("some hundred random events leave the window and the project whole") {
    if (!can_open_windows()) return;
    let_loose(7, 400);
}

// One after the other they would take hours under a sanitizer; as tests of their own they run side
// by side.
TEST_CASE("ten thousand random events leave the window and the project whole: seed 1", "[.slow]") {
    if (can_open_windows()) let_loose(1, 10'000);
}

TEST_CASE("ten thousand random events leave the window and the project whole: seed 2", "[.slow]") {
    if (can_open_windows()) let_loose(2, 10'000);
}

TEST_CASE("ten thousand random events leave the window and the project whole: seed 3", "[.slow]") {
    if (can_open_windows()) let_loose(3, 10'000);
}
