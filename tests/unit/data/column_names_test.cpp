// Which column is meant by a name that a person types.
#include "data/column_names.hpp"

#include <catch2/catch.hpp>

using namespace diaban::data;
using Names = std::vector<std::string>;

TEST_CASE("names of columns are compared without case, diacritics, blanks and strokes") {
    const Names names{"Mã xã", "Số người", "dan_so_2019", "…"};
    for (const char* wanted : {"Mã xã", "ma xa", "MA_XA", "ma-xa", "maxa", "MaXa", "mã_xã"}) {
        INFO(wanted);
        CHECK(name_meant(names, wanted) == 0u);
    }
    CHECK(name_meant(names, "so_nguoi") == 1u);
    CHECK(name_meant(names, "Dân số 2019") == 2u);
    for (const char* wanted : {"ma", "maxa2", "dan_so", "", "—", "_"}) {
        INFO(wanted);
        CHECK_FALSE(name_meant(names, wanted));
    }
}

TEST_CASE("the nearest way of writing wins, and nobody guesses between two") {
    CHECK(name_meant(Names{"MAXA", "ma_xa"}, "ma_xa") == 1u);
    CHECK(name_meant(Names{"ma_xa", "Mã xã"}, "ma xa") == 1u);
    CHECK_FALSE(name_meant(Names{"ma_xa", "ma-x-a"}, "maxa"));
}
