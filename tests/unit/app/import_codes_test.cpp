// What shipped rules and plans count can be imported by name.
#include "base/paths.hpp"
#include "data/catalogue.hpp"
#include "data/import_plan.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>

using namespace diaban;

namespace {

void codes_in(const nlohmann::json& json, std::set<std::string>& codes) {
    const auto take = [&](const nlohmann::json& value) {
        if (value.is_string()) codes.insert(value.get<std::string>());
        if (value.is_array())
            for (const auto& one : value)
                if (one.is_string()) codes.insert(one.get<std::string>());
    };
    if (json.is_object())
        for (const auto& [key, value] : json.items()) {
            if (key == "indicators" || key == "denominator") take(value);
            codes_in(value, codes);
        }
    if (json.is_array())
        for (const auto& one : json) codes_in(one, codes);
}

} // namespace

TEST_CASE(
    "every code of the shipped rules and plans is in the catalogue, under a name of its own") {
    std::set<std::string> codes;
    for (const auto* folder : {"rules", "plans"})
        for (const auto& file : std::filesystem::directory_iterator(base::asset(folder)))
            if (file.path().extension() == ".json")
                codes_in(nlohmann::json::parse(base::read_file(file.path())), codes);
    codes.erase("units"); // counted by the program itself
    CHECK(codes.size() > 40);
    for (const auto& code : codes) {
        CAPTURE(code);
        const auto* entry = data::find_in_catalogue(code);
        REQUIRE(entry);
        CHECK(data::indicator_named(entry->name_vi, {}) == code);
        CHECK(data::indicator_named(code, {}) == code);
    }
    // Names that were codes once.
    CHECK(data::indicator_named("ST11a", {}) == "ST11_new");
    CHECK(data::indicator_named("pop_total", {}) == "population");
    CHECK(data::indicator_named("Số hộ", {}) == "households");
}
