// How many events one frame may take: nothing pressed may be released unseen.
#include "gui/input.hpp"

#include <catch2/catch.hpp>

using diaban::gui::Input;
using Event = Input::Event;
using Kind = Event::Kind;

namespace {
constexpr int kLetter = 65, kSpace = 32, kBackspace = 259, kControl = 341; // GLFW key codes
constexpr int kWithControl = 2;                                            // GLFW modifier
Event key(int code, bool down, int mods = 0) {
    return {.kind = Kind::Key, .code = code, .mods = mods, .down = down};
}
Event button(bool down) {
    return {.kind = Kind::Button, .code = 0, .down = down};
}
Event move(double x) {
    return {.kind = Kind::Move, .x = x};
}
Event text(unsigned c) {
    return {.kind = Kind::Text, .text = c};
}
Event wheel() {
    return {.kind = Kind::Wheel, .y = 1};
}
} // namespace

TEST_CASE("a key pressed and released at once is pressed for a frame") {
    CHECK(Input::frame_share({key(kBackspace, true), key(kBackspace, false)}) == 1);
    CHECK(Input::frame_share({key(kSpace, true), key(kSpace, false)}) == 1);
    CHECK(Input::frame_share({key(kLetter, true, kWithControl), key(kLetter, false)}) == 1);
}

TEST_CASE("fast typing goes into one frame") {
    CHECK(Input::frame_share({key(kLetter, true), text('a'), key(kLetter, false),
                              key(kLetter, true), text('a'), key(kLetter, false)}) == 6);
    // Keys without a name on a US keyboard: Vietnamese letters.
    CHECK(Input::frame_share({key(-1, true), text(0x1B0), key(-1, false), key(-1, true),
                              text(0x1EDD), key(-1, false)}) == 6);
}

TEST_CASE("what follows a command waits for what the command leads to") {
    CHECK(Input::frame_share({key(kControl, true), key(kLetter, true, kWithControl),
                              key(kControl, false), key(kLetter, true), text('a')}) == 2);
}

TEST_CASE("a chord stays together") {
    CHECK(Input::frame_share({key(kControl, true), key(kLetter, true, kWithControl),
                              key(kLetter, false, kWithControl), key(kControl, false)}) == 2);
}

TEST_CASE("a modifier that is let go a moment after its key was held") {
    CHECK(Input::frame_share(
              {key(kLetter, true, kWithControl), key(kControl, false), key(kLetter, false)}) == 1);
    CHECK(Input::frame_share({key(kControl, true), key(kLetter, true, kWithControl),
                              key(kControl, false), key(kLetter, false)}) == 2);
}

TEST_CASE("a click is a press, then a release; the mouse stays where it was pressed") {
    CHECK(Input::frame_share({button(true), button(false)}) == 1);
    CHECK(Input::frame_share({button(true), move(9), button(false)}) == 1);
    CHECK(Input::frame_share({button(false), button(true)}) == 1);
}

TEST_CASE("what is pressed was pointed at in a frame before") {
    CHECK(Input::frame_share({move(5), button(true), button(false)}) == 1);
    CHECK(Input::frame_share({move(5), move(6), button(false)}) == 3);
}

TEST_CASE("a run of moves is one, which knows where it passed") {
    std::deque<Event> events;
    Input::add(events, button(true));
    for (const double x : {1, 2, 3}) Input::add(events, move(x));
    Input::add(events, button(false));
    Input::add(events, move(4));
    REQUIRE(events.size() == 4);
    CHECK(events[1].x == 3);
    REQUIRE(events[1].passed.size() == 2);
    CHECK(events[1].passed[0].x == 1);
    CHECK(events[1].passed[1].x == 2);
    CHECK(events[3].passed.empty());
}

TEST_CASE("the wheel turns where the mouse was") {
    CHECK(Input::frame_share({move(5), wheel(), wheel(), move(9)}) == 3);
}

TEST_CASE("typing and editing keep their order") {
    CHECK(Input::frame_share({key(kLetter, true), text('a'), key(kBackspace, true)}) == 2);
    CHECK(Input::frame_share({key(kBackspace, true), text('a')}) == 1);
    CHECK(Input::frame_share({text(0x1EC7), text(0x1A1)}) == 2);
}

TEST_CASE("an empty queue gives nothing, and every queue gets through") {
    CHECK(Input::frame_share({}) == 0);
    std::deque<Event> events = {
        move(1), button(true),       move(2),   button(false),       wheel(),
        move(3), key(kLetter, true), text('x'), key(kLetter, false), text('y')};
    int frames = 0;
    while (!events.empty()) {
        const std::size_t share = Input::frame_share(events);
        REQUIRE(share > 0);
        events.erase(events.begin(), events.begin() + static_cast<std::ptrdiff_t>(share));
        REQUIRE(++frames < 20);
    }
}

TEST_CASE("a picture that the next input replaces at once is drawn only where the last is old") {
    CHECK(Input::picture_wanted(false, 0));
    CHECK_FALSE(Input::picture_wanted(true, 0));
    CHECK_FALSE(Input::picture_wanted(true, 0.09));
    CHECK(Input::picture_wanted(true, 0.1));
}
