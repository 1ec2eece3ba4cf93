// Files of the program's own that are no JSON: where they are wrong.
#include "app/json_node.hpp"

#include "app/layout_file.hpp"
#include "app/manifest.hpp"
#include "app/plan_file.hpp"
#include "app/rule_file.hpp"

#include <catch2/catch.hpp>

using namespace diaban;

namespace {

using Reading = void (*)(const std::string&);

base::Message refused(Reading read, const std::string& text) {
    try {
        read(text);
    } catch (const base::Error& error) {
        CHECK(error.kind == base::ErrorKind::Data);
        return error.message;
    }
    return {};
}

base::Message syntax(std::int64_t line, std::int64_t column) {
    return {"error.json.syntax",
            {{"file", std::string("m.json")}, {"line", line}, {"column", column}}};
}

constexpr Reading kReadings[] = {
    [](const std::string& text) { app::parse_layout(text, "m.json"); },
    [](const std::string& text) { app::parse_rule(text, "m.json"); },
    [](const std::string& text) { app::parse_plan(text, "m.json"); },
    [](const std::string& text) { app::parse_manifest(text, "m.json"); },
};

} // namespace

TEST_CASE("what is no JSON is refused with its line and column, counted in letters") {
    for (const auto read : kReadings) {
        CHECK(refused(read, "{\n  \"id\": \"x\",\n}") == syntax(3, 1));
        CHECK(refused(read, "{\r\n  \"tên\" 2}") == syntax(2, 9));
        CHECK(refused(read, "{\"id\": 1e999}").key == "error.json.syntax");
        CHECK(refused(read, "{\n\"id\": 1") == syntax(2, 8)); // cut off
        CHECK(refused(read, "") == syntax(1, 1));
    }
}

TEST_CASE("a mark of the byte order is no letter") {
    const std::string mark = "\xEF\xBB\xBF";
    CHECK(app::place_of_byte(mark + "{x", 5).column == 2);
    CHECK(app::place_of_byte("{x", 2).column == 2);
    CHECK(app::place_of_byte("a\n\nb", 4).line == 3);
}
