#include "app/commands/flags.hpp"

#include "app/place_source.hpp"
#include "base/number.hpp"
#include "data/import_period.hpp"

#include <algorithm>

namespace diaban::app {
void add_flag(Flags& flags, const char* name, const std::string& value) {
    if (value.empty()) return;
    flags.emplace_back(name);
    flags.push_back(value);
}

void require_flag(const char* flag) {
    throw base::Error(base::ErrorKind::Usage, "error.flag.required", {{"flag", std::string(flag)}});
}

void check_day(const char* flag, const std::string& day) {
    if (!day.empty() && data::find_day(day) != day)
        throw base::Error(
            base::ErrorKind::Usage, "error.flag.bad_value",
            {{"flag", std::string(flag)}, {"value", day}, {"expected", "2010-12-31"}});
}

std::string command_line(const Flags& flags) {
    std::string out = "diaban";
    for (const auto& flag : flags) {
        const bool plain =
            !flag.empty() &&
            flag.find_first_not_of(
                "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:=,+") ==
                flag.npos;
        out += " ";
        if (plain) {
            out += flag;
            continue;
        }
        out += "'";
        for (const char c : flag) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
        out += "'";
    }
    return out;
}

std::string command_line(Flags flags, const Language& language) {
    // Before the bare words of a verb that has some.
    const auto bare = std::find(flags.begin(), flags.end(), "--");
    flags.insert(bare, {"--lang", std::string(language.code())});
    return command_line(flags);
}

std::string number_flag(double value) {
    return base::format_exact(value);
}

void add_list(Flags& flags, const char* name, const std::vector<std::string>& values) {
    std::string joined;
    for (const auto& value : values) joined += (joined.empty() ? "" : ",") + value;
    add_flag(flags, name, joined);
}

void add_flags(Flags& flags, const DataRequest& d) {
    add_flag(flags, "--boundaries", d.boundaries.string());
    add_flag(flags, "--layer", d.layer);
    add_flag(flags, "--code", d.code_column);
    add_flag(flags, "--name", d.name_column);
    if (d.encoding != "auto") add_flag(flags, "--encoding", d.encoding);
    add_flag(flags, "--crs", d.crs);
    add_flag(flags, "--tolerance", d.tolerance);
    add_flag(flags, "--db", d.db.string());
    add_flag(flags, "--table", d.table);
    add_flag(flags, "--key", d.key);
    add_flag(flags, "--year-column", d.year_column);
    for (const auto& value : d.values) add_flag(flags, "--value", value);
    add_flag(flags, "--denominator", d.denominator);
    if (d.scale != 1000) add_flag(flags, "--scale-rate", number_flag(d.scale));
    if (d.by_name) flags.emplace_back("--by-name");
    add_flag(flags, "--name-key", d.name_key);
    add_flag(flags, "--accept-suggestions", d.accept_names);
    add_flag(flags, "--aliases", d.aliases.string());
    add_flag(flags, "--store", d.store.string());
    add_flag(flags, "--vintage", d.vintage);
    for (const auto& places : d.places) add_flag(flags, "--places", to_text(places));
    if (!d.use_cache) flags.emplace_back("--no-cache");
}

void add_flags(Flags& flags, const MapChoice& m) {
    add_flag(flags, "--indicator", m.indicator);
    add_flag(flags, "--year", data::to_string(m.period));
    if (m.method != map::Method::Quantile)
        add_flag(flags, "--method", std::string(map::to_string(m.method)));
    if (m.k != 5) add_flag(flags, "--k", std::to_string(m.k));
    if (!m.manual.empty()) {
        std::string breaks;
        for (const double b : m.manual) breaks += (breaks.empty() ? "" : ",") + number_flag(b);
        add_flag(flags, "--breaks", breaks);
    }
    if (m.palette != map::kDefaultPalette) add_flag(flags, "--palette", m.palette);
    if (m.reversed) flags.emplace_back("--reversed");
    add_flag(flags, "--where", m.where);
    for (const auto& edits : m.legends) {
        if (edits.indicator != m.indicator) continue; // flags speak of the indicator that is mapped
        for (const auto& [key, name] : edits.names) {
            const bool indicator = key == kIndicatorKey;
            add_flag(flags, indicator ? "--indicator-name" : "--legend-name",
                     indicator ? name : key + "=" + name);
        }
        add_list(flags, "--legend-hide", edits.hidden);
        add_list(flags, "--legend-order", edits.order);
    }
}

void add_kind_flags(Flags& flags, const MapChoice& m) {
    if (m.kind != map::MapKind::Choropleth)
        add_flag(flags, "--kind", std::string(map::to_string(m.kind)));
    // Of another kind they say nothing, and are refused.
    if (m.kind == map::MapKind::Bivariate) add_flag(flags, "--second", m.second);
    std::string breaks;
    for (const double b : m.second_breaks) breaks += (breaks.empty() ? "" : ",") + number_flag(b);
    // A value that begins with a minus would be taken for a flag.
    if (!breaks.empty() && m.kind == map::MapKind::Bivariate)
        flags.push_back("--second-breaks=" + breaks);
    if (m.dot_value > 0 && m.kind == map::MapKind::Dots)
        add_flag(flags, "--dot-value", number_flag(m.dot_value));
    const bool sized = m.kind == map::MapKind::Symbols || m.kind == map::MapKind::Graduated;
    if (m.largest_mm > 0 && sized) add_flag(flags, "--largest", number_flag(m.largest_mm));
}

void add_flags(Flags& flags, const Extent& e) {
    if (e.all()) return;
    std::string numbers;
    for (const double v : {e.min_x, e.min_y, e.max_x, e.max_y})
        numbers += (numbers.empty() ? "" : ",") + number_flag(v);
    // A value that begins with a minus would be taken for a flag.
    flags.push_back("--extent=" + numbers);
    add_flag(flags, "--extent-crs", e.crs);
}

void add_flags(Flags& flags, Classification classification) {
    if (classification == Classification::Internal) add_flag(flags, "--classification", "internal");
}

void add_flags(Flags& flags, Across across) {
    if (across != Across::No) add_flag(flags, "--across", std::string(to_string(across)));
}

void add_flags(Flags& flags, const std::vector<LineLayer>& layers) {
    for (const auto& layer : layers) add_flag(flags, "--lines", to_text(layer));
}

void add_flags(Flags& flags, const PageChoice& page, double dpi) {
    add_flag(flags, "--layout", page.layout);
    if (page.layout.empty() && page.size != PageChoice{}.size) add_flag(flags, "--size", page.size);
    if (!page.layout.empty()) add_flag(flags, "--page-plan", page.plan);
    add_flag(flags, "--title", page.title);
    add_flag(flags, "--subtitle", page.subtitle);
    add_flag(flags, "--source", page.source);
    if (page.place_labels)
        add_flag(flags, "--labels", page.district_labels ? "both" : "places");
    else if (!page.district_labels)
        flags.emplace_back("--no-labels");
    if (dpi > 0) add_flag(flags, "--dpi", number_flag(dpi));
}

void add_flags(Flags& flags, const StatusChoice& statuses, Domains domains) {
    add_flag(flags, "--drug", statuses.drug);
    add_flag(flags, "--prostitution", statuses.prostitution);
    add_flag(flags, "--overrides", statuses.overrides.string());
    if (domains != Domains::Both) add_flag(flags, "--domain", std::string(to_string(domains)));
}

} // namespace diaban::app
