// Words of the interface where everything is twice as large.
#define CATCH_CONFIG_FAST_COMPILE
#include "walk.hpp"

using namespace diaban::test;

TEST_CASE("no words are cut where everything is twice as large") {
    if (can_open_windows()) walk_panels(1920, 1080, 2);
}
