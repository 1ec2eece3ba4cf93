#include "app/series.hpp"

#include "app/map_files.hpp"
#include "base/error.hpp"
#include "base/paths.hpp"
#include "base/text.hpp"
#include "map/page.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

namespace diaban::app {
namespace fs = std::filesystem;
namespace {

using base::Error;
using base::ErrorKind;

constexpr std::string_view kDefaultPattern = "{topic}_{area}_{year}.png";

[[noreturn]] void bad_series_flag(const char* flag, const std::string& value,
                                  const char* expected) {
    throw Error(
        ErrorKind::Usage, "error.flag.bad_value",
        {{"flag", std::string(flag)}, {"value", value}, {"expected", std::string(expected)}});
}

// By code where every area has one, as lists of the administration are; else by province and name.
void sort_areas(std::vector<SeriesArea>& areas) {
    const bool coded = std::none_of(areas.begin(), areas.end(),
                                    [](const SeriesArea& area) { return area.code.empty(); });
    std::vector<std::string> names, provinces;
    for (const auto& area : areas) {
        names.push_back(area.name);
        provinces.push_back(area.province);
    }
    const auto name_keys = base::sort_keys(names), province_keys = base::sort_keys(provinces);
    std::vector<std::size_t> order(areas.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        if (province_keys[a] != province_keys[b] && !coded)
            return province_keys[a] < province_keys[b];
        return coded ? areas[a].code < areas[b].code : name_keys[a] < name_keys[b];
    });
    std::vector<SeriesArea> sorted;
    for (const auto i : order) sorted.push_back(std::move(areas[i]));
    areas = std::move(sorted);
}

// What is ASCII stays as it was written; other letters lose their marks.
std::string ascii_words(std::string text) {
    if (base::is_ascii(text)) return text;
    std::replace(text.begin(), text.end(), ' ', '_');
    text = base::search_key(text);
    std::erase_if(text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
    return text;
}

std::string without_braces(const std::string& pattern, const SheetName& sheet, std::size_t page,
                           std::size_t pages) {
    const auto value = [&](const std::string& part) -> std::string {
        if (part == "topic") return sheet.topic;
        if (part == "area") return sheet.area;
        if (part == "province") return sheet.province;
        if (part == "code") return sheet.code;
        if (part == "indicator") return sheet.indicator;
        if (part == "year") return sheet.year;
        auto number = std::to_string(page);
        number.insert(0, std::to_string(pages).size() - number.size(), '0');
        return number;
    };
    std::string out;
    const auto add = [&out](const std::string& text) {
        for (const char c : text) // no two in a row, as of a part that is empty
            if (c != '_' || (!out.empty() && out.back() != '_')) out += c;
    };
    for (std::size_t at = 0; at < pattern.size();) {
        const auto open = pattern.find('{', at);
        const auto literal = pattern.substr(at, open == pattern.npos ? open : open - at);
        add(ascii_words(literal));
        if (open == pattern.npos) break;
        const auto close = pattern.find('}', open);
        add(base::file_name_part(value(pattern.substr(open + 1, close - open - 1))));
        at = close + 1;
    }
    while (!out.empty() && out.back() == '_') out.pop_back();
    return out;
}

void check_pattern(const std::string& pattern) {
    const auto refuse = [&] {
        throw Error(ErrorKind::Usage, "error.series.pattern", {{"pattern", pattern}});
    };
    if (pattern.empty() || pattern.find_first_of("/\\") != pattern.npos) refuse();
    for (std::size_t at = 0; (at = pattern.find_first_of("{}", at)) != pattern.npos;) {
        const auto close = pattern.find_first_of("{}", at + 1);
        if (pattern[at] != '{' || close == pattern.npos || pattern[close] != '}') refuse();
        const auto part = pattern.substr(at + 1, close - at - 1);
        if (std::find(kNameParts.begin(), kNameParts.end(), part) == kNameParts.end()) {
            const std::vector<std::string> known(kNameParts.begin(), kNameParts.end());
            throw Error(ErrorKind::Usage, "error.series.part",
                        {{"part", part}, {"known", base::joined(known)}});
        }
        at = close + 1;
    }
}

// The parts that tell the sheets of a series apart.
std::string parts_that_differ(const SeriesSize& size, const SeriesChoice& choice) {
    std::string out;
    if (!choice.atlas.empty()) out += "_{area}";
    if (size.indicators > 1) out += "_{indicator}";
    if (size.years > 1) out += "_{year}";
    return out;
}

} // namespace

void check_series(const SeriesChoice& choice) {
    if (!choice.atlas.empty() && choice.atlas != "district" && choice.atlas != "province")
        bad_series_flag("--atlas", choice.atlas, "district | province");
    auto words = choice.order;
    std::sort(words.begin(), words.end());
    const bool known = std::all_of(words.begin(), words.end(), [](const std::string& word) {
        return std::find(kSeriesOrder.begin(), kSeriesOrder.end(), word) != kSeriesOrder.end();
    });
    if (!known || std::adjacent_find(words.begin(), words.end()) != words.end())
        bad_series_flag("--order", base::joined(choice.order, ","), "area,indicator,year");
}

data::Level atlas_level(const std::string& atlas) {
    return atlas == "province" ? data::Level::Province : data::Level::District;
}

SeriesAreas atlas_areas(const data::Vintage& vintage, data::Level level, const std::string& rest) {
    const auto l = static_cast<std::size_t>(level);
    const auto& units = vintage.units;
    if (!units.has_level(level) || units.parent[l].size() != units.size())
        throw Error(ErrorKind::Usage, level == data::Level::District ? "error.series.no_districts"
                                                                     : "error.series.no_provinces");
    const auto groups = units.groups[l].size();
    const bool several = level == data::Level::District &&
                         units.groups[static_cast<std::size_t>(data::Level::Province)].size() > 1;
    std::vector<SeriesArea> all(groups + 1); // the last: of none
    std::vector<bool> named(groups + 1, false);
    for (std::size_t unit = 0; unit < units.size(); ++unit) {
        const auto group = std::min<std::size_t>(units.parent[l][unit], groups);
        auto& area = all[group];
        named[group] = true;
        if (several && area.province.empty() && group < groups)
            if (const auto* province = units.group_of(data::Level::Province, unit))
                area.province = province->name;
        if (vintage.coverage->faces()[unit].ring_count > 0)
            area.units.push_back(static_cast<geo::FaceId>(unit));
        else
            area.unseen.push_back(static_cast<geo::FaceId>(unit));
    }
    SeriesAreas out;
    for (std::size_t g = 0; g < groups; ++g) {
        all[g].code = units.groups[l][g].code;
        all[g].name = units.groups[l][g].name.empty() ? all[g].code : units.groups[l][g].name;
        if (!all[g].units.empty())
            out.areas.push_back(std::move(all[g]));
        else if (named[g])
            out.without.push_back(all[g].name);
    }
    sort_areas(out.areas);
    all[groups].name = rest;
    all[groups].rest = true;
    if (!all[groups].units.empty()) out.areas.push_back(std::move(all[groups]));
    return out;
}

std::vector<SeriesSheet> series_sheets(const SeriesSize& size, const SeriesChoice& choice) {
    // What stands side by side: the years, or else the indicators.
    const bool years = choice.small_multiples && size.years > 1;
    const bool indicators = choice.small_multiples && !years;
    const std::size_t together = years ? size.years : indicators ? size.indicators : 1;
    if (choice.small_multiples && together < 2)
        throw Error(ErrorKind::Usage, "error.series.one_map");
    if (together > kMostSmallMaps)
        throw Error(ErrorKind::Usage, "error.series.too_many_maps",
                    {{"count", static_cast<std::int64_t>(together)},
                     {"most", static_cast<std::int64_t>(kMostSmallMaps)}});
    auto order = choice.order;
    for (const auto word : kSeriesOrder)
        if (std::find(order.begin(), order.end(), word) == order.end()) order.emplace_back(word);
    const auto length = [&](const std::string& word) {
        if (word == "area") return size.areas;
        if (word == "indicator") return indicators ? std::size_t{1} : size.indicators;
        return years ? std::size_t{1} : size.years;
    };
    std::vector<SeriesSheet> out;
    std::map<std::string, std::size_t> at;
    for (at[order[0]] = 0; at[order[0]] < length(order[0]); ++at[order[0]])
        for (at[order[1]] = 0; at[order[1]] < length(order[1]); ++at[order[1]])
            for (at[order[2]] = 0; at[order[2]] < length(order[2]); ++at[order[2]]) {
                SeriesSheet sheet{at["area"], {}};
                for (std::size_t m = 0; m < together; ++m)
                    sheet.maps.push_back(
                        {indicators ? m : at["indicator"], years ? m : at["year"]});
                out.push_back(std::move(sheet));
            }
    return out;
}

SeriesNames series_names(const std::string& pattern, const std::vector<SheetName>& sheets) {
    check_pattern(pattern);
    const fs::path whole(pattern);
    const auto stem = whole.stem().string(), extension = whole.extension().string();
    SeriesNames out;
    std::map<std::string, std::vector<std::size_t>> wanted; // by name, case ignored
    for (std::size_t s = 0; s < sheets.size(); ++s) {
        out.names.push_back(without_braces(stem, sheets[s], s + 1, sheets.size()));
        if (out.names.back().empty()) out.names.back() = "map";
        wanted[base::lower(out.names.back())].push_back(s);
    }
    std::set<std::string> taken;
    for (const auto& [name, who] : wanted)
        if (who.size() == 1) taken.insert(name);
    for (const auto& [name, who] : wanted) {
        if (who.size() == 1) continue;
        out.repeated.push_back(name + extension);
        std::map<std::string, std::size_t> codes;
        for (const auto s : who) ++codes[base::file_name_part(sheets[s].code)];
        const bool by_code = codes.size() == who.size() && !codes.contains("");
        for (std::size_t i = 0; i < who.size(); ++i) {
            auto& one = out.names[who[i]];
            const auto before = one;
            if (by_code) one += "_" + base::file_name_part(sheets[who[i]].code);
            std::size_t number = i + 1;
            if (!by_code) one += "_" + std::to_string(number);
            while (!taken.insert(base::lower(one)).second)
                one = before + "_" + std::to_string(++number);
        }
    }
    for (auto& name : out.names) name += extension;
    return out;
}

SeriesTarget series_target(const fs::path& out, const SeriesChoice& choice, const SeriesSize& size,
                           std::size_t sheets) {
    if (out.empty()) throw Error(ErrorKind::Usage, "error.map.no_out");
    std::error_code none;
    const bool folder = !out.has_filename() || fs::is_directory(out, none);
    const auto refuse = [](const fs::path& name) {
        throw Error(ErrorKind::Usage,
                    is_map_file(name) ? "error.series.format" : "error.map.format",
                    {{"file", name.string()}});
    };
    const auto pattern_of = [&](std::string pattern) {
        if (map::format_of(pattern)) return pattern;
        if (is_map_file(pattern)) refuse(pattern);
        return pattern + ".png";
    };
    if (!choice.pattern.empty()) {
        if (!folder && map::format_of(out))
            throw Error(ErrorKind::Usage, "error.series.folder",
                        {{"file", out.filename().string()}});
        return {{}, out, pattern_of(choice.pattern)};
    }
    const auto name = out.filename().string();
    if (folder || (out.extension().empty() && name.find('{') == name.npos))
        return {{}, out, std::string(kDefaultPattern)};
    const auto format = map::format_of(out);
    if (!format) refuse(name);
    if (name.find('{') != name.npos) return {{}, out.parent_path(), name};
    if (sheets == 1 || format == map::Format::Pdf) return {out, {}, {}};
    return {{},
            out.parent_path(),
            out.stem().string() + parts_that_differ(size, choice) + out.extension().string()};
}

} // namespace diaban::app
