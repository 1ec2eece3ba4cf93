#include "app/place_source.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace diaban::app {
namespace {

constexpr std::string_view kCrsOption = "crs=";

[[noreturn]] void bad_places(const std::string& text) {
    throw base::Error(base::ErrorKind::Usage, "error.flag.bad_value",
                      {{"flag", std::string("--places")},
                       {"value", text},
                       {"expected", std::string("port=cang.csv;crs=EPSG:9210")}});
}

} // namespace

files::PlacesSource parse_places(const std::string& text) {
    files::PlacesSource out;
    const auto end = std::min(text.find(';'), text.size());
    auto file = text.substr(0, end);
    if (const auto equals = file.find('='); equals != file.npos) {
        out.kind = file.substr(0, equals);
        file.erase(0, equals + 1);
    }
    if (base::trim(file).empty()) throw base::Error(base::ErrorKind::Usage, "error.path.empty");
    out.file = file;
    if (end == text.size()) return out;
    const auto option = text.substr(end + 1);
    if (!option.starts_with(kCrsOption) || option.size() == kCrsOption.size()) bad_places(text);
    out.crs = option.substr(kCrsOption.size());
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
