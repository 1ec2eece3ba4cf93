#include "app/project.hpp"

#include "base/paths.hpp"

#include <nlohmann/json.hpp>

namespace diaban::app {
using nlohmann::ordered_json;
namespace fs = std::filesystem;
namespace {

std::string relative_to(const fs::path& file, const fs::path& folder) {
    if (file.empty()) return "";
    const auto relative = file.lexically_relative(folder);
    return (relative.empty() ? file : relative).generic_string();
}

fs::path absolute_in(const std::string& text, const fs::path& folder) {
    if (text.empty()) return {};
    return (folder / fs::path(text)).lexically_normal();
}

// Reads and removes a key, so that what is left at the end is what this version does not know.
class Reader {
public:
    explicit Reader(ordered_json& object, std::string path = {})
        : object_(object), path_(std::move(path)) {}

    template <class T> void take(const char* key, T& target) {
        const auto it = object_.find(key);
        if (it == object_.end()) return;
        try {
            target = it->template get<T>();
        } catch (const ordered_json::exception&) {
            throw base::Error(base::ErrorKind::Data, "error.project.bad_value",
                              {{"key", path_ + key}, {"value", it->dump()}});
        }
        object_.erase(it);
    }
    std::string text(const char* key, std::string fallback = {}) {
        take(key, fallback);
        return fallback;
    }
    fs::path file(const char* key, const fs::path& folder) {
        return absolute_in(text(key), folder);
    }
    // A nested object; kept in place if unknown keys remain in it.
    template <class Read> void nested(const char* key, Read read) {
        const auto it = object_.find(key);
        if (it == object_.end()) return;
        if (!it->is_object())
            throw base::Error(base::ErrorKind::Data, "error.project.bad_value",
                              {{"key", path_ + key}, {"value", it->dump()}});
        Reader inner(*it, path_ + key + ".");
        read(inner);
        if (it->empty()) object_.erase(it);
    }
    ordered_json& object() { return object_; }

private:
    ordered_json& object_;
    std::string path_;
};

void put(ordered_json& object, const char* key, const std::string& value) {
    if (!value.empty()) object[key] = value;
}

ordered_json data_json(const DataRequest& d, const fs::path& folder) {
    ordered_json out = ordered_json::object();
    put(out, "boundaries", relative_to(d.boundaries, folder));
    put(out, "layer", d.layer);
    put(out, "code", d.code_column);
    put(out, "name", d.name_column);
    if (d.encoding != "auto") out["encoding"] = d.encoding;
    put(out, "crs", d.crs);
    put(out, "tolerance", d.tolerance);
    put(out, "db", relative_to(d.db, folder));
    put(out, "table", d.table);
    put(out, "key", d.key);
    put(out, "year_column", d.year_column);
    if (!d.values.empty()) out["values"] = d.values;
    put(out, "denominator", d.denominator);
    if (d.scale != 1000) out["scale"] = d.scale;
    if (d.by_name) out["by_name"] = true;
    put(out, "name_key", d.name_key);
    put(out, "accept_names", d.accept_names);
    put(out, "aliases", relative_to(d.aliases, folder));
    put(out, "store", relative_to(d.store, folder));
    put(out, "vintage", d.vintage);
    for (const auto& places : d.places)
        out["places"].push_back(
            {{"file", relative_to(places.file, folder)}, {"kind", places.kind}});
    return out;
}

DataRequest read_data(Reader& in, const fs::path& folder) {
    DataRequest d;
    d.boundaries = in.file("boundaries", folder);
    d.layer = in.text("layer");
    d.code_column = in.text("code");
    d.name_column = in.text("name");
    d.encoding = in.text("encoding", "auto");
    d.crs = in.text("crs");
    d.tolerance = in.text("tolerance");
    d.db = in.file("db", folder);
    d.table = in.text("table");
    d.key = in.text("key");
    d.year_column = in.text("year_column");
    in.take("values", d.values);
    d.denominator = in.text("denominator");
    in.take("scale", d.scale);
    in.take("by_name", d.by_name);
    d.name_key = in.text("name_key");
    d.accept_names = in.text("accept_names");
    d.aliases = in.file("aliases", folder);
    d.store = in.file("store", folder);
    d.vintage = in.text("vintage");
    std::vector<ordered_json> places;
    in.take("places", places);
    for (auto& place : places) {
        if (!place.is_object())
            throw base::Error(base::ErrorKind::Data, "error.project.bad_value",
                              {{"key", "data.places"}, {"value", place.dump()}});
        Reader one(place, "data.places.");
        const auto file = one.file("file", folder);
        d.places.push_back({file, one.text("kind", "other")});
    }
    return d;
}

ordered_json map_json(const MapChoice& m) {
    ordered_json out = ordered_json::object();
    put(out, "indicator", m.indicator);
    put(out, "period", data::to_string(m.period));
    out["method"] = map::to_string(m.method);
    out["k"] = m.k;
    if (!m.manual.empty()) out["breaks"] = m.manual;
    out["palette"] = m.palette;
    if (m.reversed) out["reversed"] = true;
    return out;
}

MapChoice read_map(Reader& in) {
    MapChoice m;
    m.indicator = in.text("indicator");
    const auto period = in.text("period");
    if (!period.empty()) {
        const auto parsed = data::parse_period(period);
        if (!parsed)
            throw base::Error(base::ErrorKind::Data, "error.project.bad_value",
                              {{"key", "map.period"}, {"value", period}});
        m.period = *parsed;
    }
    const auto method = in.text("method", "quantile");
    const auto parsed = map::parse_method(method);
    if (!parsed)
        throw base::Error(base::ErrorKind::Data, "error.project.bad_value",
                          {{"key", "map.method"}, {"value", method}});
    m.method = *parsed;
    in.take("k", m.k);
    in.take("breaks", m.manual);
    m.palette = in.text("palette", std::string(map::kDefaultPalette));
    in.take("reversed", m.reversed);
    return m;
}

ordered_json page_json(const PageChoice& p) {
    ordered_json out = ordered_json::object();
    out["size"] = p.size;
    put(out, "title", p.title);
    put(out, "subtitle", p.subtitle);
    put(out, "source", p.source);
    out["district_labels"] = p.district_labels;
    return out;
}

} // namespace

std::string project_json(const Project& project, const fs::path& folder) {
    ordered_json out = {{"diaban_project", kProjectVersion}};
    put(out, "title", project.title);
    out["data"] = data_json(project.data, folder);
    out["map"] = map_json(project.map);
    out["page"] = page_json(project.page);
    if (!project.links.empty()) out["links"] = project.links;
    if (!project.results.empty()) out["results"] = ordered_json::parse(project.results);
    for (const auto& set : project.sets)
        out["sets"].push_back({{"name", set.name}, {"codes", set.codes}});
    // What a newer writer added goes back where it was.
    if (!project.unknown.empty()) out.merge_patch(ordered_json::parse(project.unknown));
    return out.dump(2) + "\n";
}

Project parse_project(std::string_view text, const fs::path& folder) {
    ordered_json object;
    try {
        object = ordered_json::parse(text);
    } catch (const ordered_json::parse_error& error) {
        const auto end = std::min(error.byte, text.size());
        const auto line =
            1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(end), '\n');
        throw base::Error(base::ErrorKind::Data, "error.project.damaged",
                          {{"line", static_cast<std::int64_t>(line)}});
    }
    if (!object.is_object() || !object.contains("diaban_project"))
        throw base::Error(base::ErrorKind::Data, "error.project.not_a_project");
    Reader in(object);
    int version = 0;
    in.take("diaban_project", version);
    if (version > kProjectVersion)
        throw base::Error(base::ErrorKind::Data, "error.project.newer",
                          {{"version", static_cast<std::int64_t>(version)},
                           {"known", static_cast<std::int64_t>(kProjectVersion)}});
    if (version < 1)
        throw base::Error(base::ErrorKind::Data, "error.project.bad_value",
                          {{"key", "diaban_project"}, {"value", std::to_string(version)}});
    Project project;
    project.title = in.text("title");
    in.nested("data", [&](Reader& data) { project.data = read_data(data, folder); });
    in.nested("map", [&](Reader& map) { project.map = read_map(map); });
    in.nested("page", [&](Reader& page) {
        project.page.size = page.text("size", project.page.size);
        project.page.title = page.text("title");
        project.page.subtitle = page.text("subtitle");
        project.page.source = page.text("source");
        page.take("district_labels", project.page.district_labels);
    });
    in.take("links", project.links);
    std::vector<ordered_json> results;
    in.take("results", results);
    if (!results.empty()) project.results = ordered_json(results).dump();
    std::vector<ordered_json> sets;
    in.take("sets", sets);
    for (auto& set : sets) {
        if (!set.is_object())
            throw base::Error(base::ErrorKind::Data, "error.project.bad_value",
                              {{"key", "sets"}, {"value", set.dump()}});
        Reader one(set, "sets.");
        NamedSet& read = project.sets.emplace_back();
        read.name = one.text("name");
        one.take("codes", read.codes);
    }
    if (!object.empty()) project.unknown = object.dump();
    return project;
}

Project load_project(const fs::path& file) {
    try {
        return parse_project(base::read_file(file),
                             fs::absolute(file).lexically_normal().parent_path());
    } catch (base::Error& error) {
        throw error.in({"context.project", {{"file", file.filename().string()}}});
    }
}

void save_project(const Project& project, const fs::path& file) {
    base::write_file(file,
                     project_json(project, fs::absolute(file).lexically_normal().parent_path()));
}

} // namespace diaban::app
