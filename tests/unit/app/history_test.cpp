#include "app/history.hpp"

#include <catch2/catch.hpp>

using namespace diaban;
using app::History;
using app::Project;

namespace {

Project with_k(int k) {
    Project p;
    p.map.k = k;
    return p;
}

} // namespace

TEST_CASE("undo to the start and redo to the end gives the same projects") {
    History h(with_k(2));
    for (int k = 3; k <= 9; ++k) h.edit(with_k(k), "edit.k");
    for (int k = 8; k >= 2; --k) {
        REQUIRE(h.can_undo());
        h.undo();
        CHECK(h.now() == with_k(k));
    }
    CHECK_FALSE(h.can_undo());
    for (int k = 3; k <= 9; ++k) {
        CHECK(h.redo_label() == "edit.k");
        h.redo();
        CHECK(h.now() == with_k(k));
    }
    CHECK_FALSE(h.can_redo());
}

TEST_CASE("a drag becomes one step, two drags two") {
    History h(with_k(2));
    for (int k = 3; k <= 6; ++k) h.edit(with_k(k), "edit.k", "k");
    h.settle();
    for (int k = 7; k <= 9; ++k) h.edit(with_k(k), "edit.k", "k");
    h.undo();
    CHECK(h.now().map.k == 6);
    h.undo();
    CHECK(h.now().map.k == 2);
}

TEST_CASE("an edit after undo drops what was ahead; an edit that changes nothing is none") {
    History h(with_k(2));
    h.edit(with_k(3), "a");
    h.undo();
    h.edit(with_k(4), "b");
    CHECK_FALSE(h.can_redo());
    h.edit(with_k(4), "c");
    CHECK(h.undo_label() == "b");
}

TEST_CASE("unsaved means different from what was saved") {
    History h(with_k(2));
    CHECK_FALSE(h.unsaved());
    h.edit(with_k(3), "a", "k");
    CHECK(h.unsaved());
    h.mark_saved();
    CHECK_FALSE(h.unsaved());
    h.edit(with_k(4), "a", "k"); // must not merge into the saved state
    CHECK(h.unsaved());
    h.undo();
    CHECK(h.now().map.k == 3);
    CHECK_FALSE(h.unsaved());
}
