// How many events one frame may take: nothing pressed may be released unseen.
#include "gui/input.hpp"

#include <catch2/catch.hpp>

using diaban::gui::Input;
using Event = Input::Event;
using Kind = Event::Kind;

namespace {
constexpr int kLetter = 65, kBackspace = 259, kControl = 341; // GLFW key codes
Event key(int code, bool down) {
    return {.kind = Kind::Key, .code = code, .down = down};
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
    CHECK(Input::frame_share({key(kLetter, true), key(kLetter, false)}) == 1);
}

TEST_CASE("a chord stays together") {
    CHECK(Input::frame_share({key(kControl, true), key(kLetter, true), key(kLetter, false),
                              key(kControl, false)}) == 2);
}

TEST_CASE("a click is a press, then a release; the mouse stays where it was pressed") {
    CHECK(Input::frame_share({move(5), button(true), button(false)}) == 2);
    CHECK(Input::frame_share({move(5), button(true), move(9), button(false)}) == 2);
    CHECK(Input::frame_share({button(false), button(true)}) == 1);
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
