#include "app/place_source.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace diaban::app {
namespace {

constexpr std::string_view kCrsOption = "crs=";

// Takes ";crs=EPSG:9210" from the end of a word; what stands before it stays. `flag` and an example
// of what it takes are for the refusal.
std::string take_crs(std::string& text, const char* flag, const char* expected) {
    const auto end = text.find(';');
    if (end == text.npos) return "";
    auto option = text.substr(end + 1);
    if (!option.starts_with(kCrsOption) || option.size() == kCrsOption.size())
        throw base::Error(
            base::ErrorKind::Usage, "error.flag.bad_value",
            {{"flag", std::string(flag)}, {"value", text}, {"expected", std::string(expected)}});
    text.erase(end);
    return option.substr(kCrsOption.size());
}

std::filesystem::path named_file(const std::string& text) {
    if (base::trim(text).empty()) throw base::Error(base::ErrorKind::Usage, "error.path.empty");
    return text;
}

} // namespace

files::PlacesSource parse_places(const std::string& text) {
    files::PlacesSource out;
    auto file = text;
    out.crs = take_crs(file, "--places", "port=cang.csv;crs=EPSG:9210");
    if (const auto equals = file.find('='); equals != file.npos) {
        out.kind = file.substr(0, equals);
        file.erase(0, equals + 1);
    }
    out.file = named_file(file);
    return out;
}

files::PlacesSource parse_people(const std::string& text) {
    files::PlacesSource out;
    auto file = text;
    out.crs = take_crs(file, "--people", "ap.csv;crs=EPSG:9210");
    out.file = named_file(file);
    return out;
}

std::string to_text(const files::PlacesSource& source) {
    auto text = source.file.string();
    if (source.kind != files::PlacesSource{}.kind) text = source.kind + "=" + text;
    if (!source.crs.empty()) text += ";" + std::string(kCrsOption) + source.crs;
    return text;
}

std::vector<int> province_zones(const data::UnitTable& units) {
    std::vector<int> out;
    for (const auto& group : units.groups[static_cast<std::size_t>(data::Level::Province)]) {
        // A name is sure; a code may belong to another list with as many digits.
        auto zone = geo::vn2000_zone(group.name);
        if (!zone) zone = geo::vn2000_zone(group.code);
        if (zone && std::find(out.begin(), out.end(), *zone) == out.end()) out.push_back(*zone);
    }
    return out;
}

std::vector<geo::Crs> offered_systems(const std::vector<int>& zones) {
    std::vector<geo::Crs> out;
    for (const int code : zones) out.push_back(geo::Crs::epsg(code));
    for (const int code : geo::plane_systems())
        if (std::find(zones.begin(), zones.end(), code) == zones.end())
            out.push_back(geo::Crs::epsg(code));
    return out;
}

std::string system_title(const geo::Crs& crs) {
    return fmt::format("EPSG:{} {}", crs.epsg_code(), crs.name());
}

} // namespace diaban::app
