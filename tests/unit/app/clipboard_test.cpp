#include "app/clipboard.hpp"

#include "base/paths.hpp"
#include "support/temp.hpp"

#include <catch2/catch.hpp>

using namespace diaban;

TEST_CASE("a name that is taken gets a number, and nothing is replaced") {
    const test::TempFolder folder;
    const auto file = folder / "ban_do.png";
    CHECK(app::unused_name(file) == file);
    base::write_file(file, "1");
    CHECK(app::unused_name(file) == folder / "ban_do_2.png");
    base::write_file(folder / "ban_do_2.png", "2");
    CHECK(app::unused_name(file) == folder / "ban_do_3.png");
}
