#include "app/commands/store_records.hpp"

#include <catch2/catch.hpp>

using namespace diaban;

TEST_CASE("lists of a store are read in words and kept in codes") {
    const auto vi = app::Language::load("vi"), en = app::Language::load("en");
    const app::RecordsReport places{.kind = "places",
                                    .keys = {"kind", "name", "lon"},
                                    .rows = {{"border_gate", "Cửa khẩu Mẫu", "107.250000"}}};
    CHECK(app::cell_text(places, 0, 0, *vi) == "Cửa khẩu");
    CHECK(app::cell_text(places, 0, 0, *en) == "Border gate");
    CHECK(app::cell_text(places, 0, 1, *vi) == "Cửa khẩu Mẫu");
    CHECK(app::cell_text(places, 0, 2, *vi) == "107,250000");
    CHECK(app::cell_text(places, 0, 2, *en) == "107.250000");
    CHECK(app::to_text(places, *vi).find("border_gate") == std::string::npos);
    CHECK(app::to_json(places, *vi).find("\"border_gate\"") != std::string::npos);

    // The same word is a kind of place in one list and a kind of thing in another.
    const app::RecordsReport other{.kind = "plan", .keys = {"kind"}, .rows = {{"port"}}};
    CHECK(app::cell_text(other, 0, 0, *vi) == "port");

    const app::RecordsReport decided{.kind = "override",
                                     .keys = {"code", "domain", "status", "reported", "reason"},
                                     .rows = {{"00001", "drug", "present", "", "none"}}};
    CHECK(app::cell_text(decided, 0, 0, *vi) == "00001");
    CHECK(app::cell_text(decided, 0, 1, *vi) != "drug");
    CHECK(app::cell_text(decided, 0, 2, *vi) == "có tệ nạn");
    CHECK(app::cell_text(decided, 0, 3, *vi).empty());
    CHECK(app::cell_text(decided, 0, 4, *vi) == "none"); // what a person wrote

    const app::RecordsReport held{.kind = "history",
                                  .keys = {"before", "after"},
                                  .rows = {{"suppressed", "12.5"}, {"none", "1e3"}}};
    CHECK(app::cell_text(held, 0, 0, *vi) == "đã ẩn số nhỏ");
    CHECK(app::cell_text(held, 0, 1, *vi) == "12,5");
    CHECK(app::cell_text(held, 1, 0, *vi) == "lành mạnh");

    const app::RecordsReport named{
        .kind = "alias", .keys = {"decision"}, .rows = {{"yes"}, {"no"}}};
    CHECK(app::cell_text(named, 0, 0, *vi) == "có");
    CHECK(app::cell_text(named, 1, 0, *vi) == "không");
    const app::RecordsReport ways{.kind = "crosswalk", .keys = {"basis"}, .rows = {{"area"}}};
    CHECK(app::cell_text(ways, 0, 0, *vi) == "diện tích");
    CHECK(app::holds_numbers("pairs"));
    CHECK_FALSE(app::holds_numbers("code"));
}
