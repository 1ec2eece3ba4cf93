// Words of the interface on a 4K screen.
#define CATCH_CONFIG_FAST_COMPILE
#include "walk.hpp"

using namespace diaban::test;

TEST_CASE("no words are cut on a screen of four times as many pixels") {
    if (can_open_windows()) walk_panels(3840, 2160, 1);
}
