#include "app/commands/flags.hpp"

#include "base/number.hpp"

namespace diaban::app {
namespace {

void add(Flags& flags, const char* name, const std::string& value) {
    if (value.empty()) return;
    flags.emplace_back(name);
    flags.push_back(value);
}

} // namespace

std::string number_flag(double value) {
    return base::format_exact(value);
}

void add_list(Flags& flags, const char* name, const std::vector<std::string>& values) {
    std::string joined;
    for (const auto& value : values) joined += (joined.empty() ? "" : ",") + value;
    add(flags, name, joined);
}

void add_flags(Flags& flags, const DataRequest& d) {
    add(flags, "--boundaries", d.boundaries.string());
    add(flags, "--layer", d.layer);
    add(flags, "--code", d.code_column);
    add(flags, "--name", d.name_column);
    if (d.encoding != "auto") add(flags, "--encoding", d.encoding);
    add(flags, "--crs", d.crs);
    add(flags, "--tolerance", d.tolerance);
    add(flags, "--db", d.db.string());
    add(flags, "--table", d.table);
    add(flags, "--key", d.key);
    add(flags, "--year-column", d.year_column);
    for (const auto& value : d.values) add(flags, "--value", value);
    add(flags, "--denominator", d.denominator);
    if (d.scale != 1000) add(flags, "--scale-rate", number_flag(d.scale));
    if (d.by_name) flags.emplace_back("--by-name");
    add(flags, "--name-key", d.name_key);
    add(flags, "--accept-suggestions", d.accept_names);
    add(flags, "--aliases", d.aliases.string());
    add(flags, "--store", d.store.string());
    add(flags, "--vintage", d.vintage);
    for (const auto& places : d.places)
        add(flags, "--places",
            places.kind == "other" ? places.file.string()
                                   : places.kind + "=" + places.file.string());
    if (!d.use_cache) flags.emplace_back("--no-cache");
}

void add_flags(Flags& flags, const MapChoice& m) {
    add(flags, "--indicator", m.indicator);
    add(flags, "--year", data::to_string(m.period));
    if (m.method != map::Method::Quantile)
        add(flags, "--method", std::string(map::to_string(m.method)));
    if (m.k != 5) add(flags, "--k", std::to_string(m.k));
    if (!m.manual.empty()) {
        std::string breaks;
        for (const double b : m.manual) breaks += (breaks.empty() ? "" : ",") + number_flag(b);
        add(flags, "--breaks", breaks);
    }
    if (m.palette != map::kDefaultPalette) add(flags, "--palette", m.palette);
    if (m.reversed) flags.emplace_back("--reversed");
    for (const auto& edits : m.legends) {
        if (edits.indicator != m.indicator) continue; // flags speak of the indicator that is mapped
        for (const auto& [key, name] : edits.names) add(flags, "--legend-name", key + "=" + name);
        add_list(flags, "--legend-hide", edits.hidden);
        add_list(flags, "--legend-order", edits.order);
    }
}

void add_flags(Flags& flags, const Extent& e) {
    if (e.all()) return;
    std::string numbers;
    for (const double v : {e.min_x, e.min_y, e.max_x, e.max_y})
        numbers += (numbers.empty() ? "" : ",") + number_flag(v);
    // A value that begins with a minus would be taken for a flag.
    flags.push_back("--extent=" + numbers);
    add(flags, "--extent-crs", e.crs);
}

void add_flags(Flags& flags, Classification classification) {
    if (classification == Classification::Internal) add(flags, "--classification", "internal");
}

void add_flags(Flags& flags, Across across) {
    if (across != Across::No) add(flags, "--across", std::string(to_string(across)));
}

void add_flags(Flags& flags, const PageChoice& page, double dpi) {
    if (page.size != PageChoice{}.size) add(flags, "--size", page.size);
    add(flags, "--title", page.title);
    add(flags, "--subtitle", page.subtitle);
    add(flags, "--source", page.source);
    if (!page.district_labels) flags.emplace_back("--no-labels");
    if (dpi > 0) add(flags, "--dpi", number_flag(dpi));
}

void add_flags(Flags& flags, const StatusChoice& statuses, Domains domains) {
    add(flags, "--drug", statuses.drug);
    add(flags, "--prostitution", statuses.prostitution);
    add(flags, "--overrides", statuses.overrides.string());
    if (domains != Domains::Both) add(flags, "--domain", std::string(to_string(domains)));
}

} // namespace diaban::app
