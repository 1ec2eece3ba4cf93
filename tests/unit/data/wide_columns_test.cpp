#include "data/wide_columns.hpp"

#include <catch2/catch.hpp>

using diaban::data::with_year_patterns;
using Names = std::vector<std::string>;

TEST_CASE("columns that differ by a year are one indicator") {
    CHECK(with_year_patterns({"hr2010", "dan_so", "hr2011", "HR2012"}) ==
          Names{"hr{year}", "dan_so"});
    CHECK(with_year_patterns({"2010_pop", "2011_pop"}) == Names{"{year}_pop"});
    CHECK(with_year_patterns({"a_2010_nam", "a_2010_nu", "a_2011_nam", "a_2011_nu"}) ==
          Names{"a_{year}_nam", "a_{year}_nu"});
    // The columns of natregimes, as GeoDa ships them.
    CHECK(with_year_patterns({"HR60", "HR70", "HR80", "HR90", "FP59", "FP69", "WEST"}) ==
          Names{"HR{year}", "FP{year}", "WEST"});
    CHECK(with_year_patterns({"q1_2010", "q1_2011", "q2_2010"}) == Names{"q1_{year}", "q2_2010"});
}

TEST_CASE("numbers that are no years stay apart") {
    for (const Names& names :
         {Names{"hr2010"}, Names{"tuoi_10", "tuoi_15"}, Names{"c49", "c50", "c51"},
          Names{"q1", "q2", "q3"}, Names{"2010", "2011"}, Names{"v1234", "v2010"},
          Names{"ma20101", "ma20102"}})
        CHECK(with_year_patterns(names) == names);
}
