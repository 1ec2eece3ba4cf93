#include "app/project.hpp"

#include "app/json_node.hpp"
#include "base/paths.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <nlohmann/json.hpp>

namespace diaban::app {
using nlohmann::ordered_json;
namespace fs = std::filesystem;
namespace {

std::string relative_to(const fs::path& file, const fs::path& folder) {
    if (file.empty()) return "";
    const auto relative = file.lexically_relative(folder);
    auto text = (relative.empty() ? file : relative).generic_string();
    if (!base::valid_utf8(text)) // names from an old disk; JSON cannot hold them
        throw base::Error(base::ErrorKind::Write, "error.project.file_name",
                          {{"file", base::nfc(text)}});
    return text;
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
        if constexpr (std::is_same_v<T, int>) {
            // get<int>() would cut 3.7 to 3, and does not define what becomes of 1e10.
            constexpr auto kMost = std::numeric_limits<int>::max();
            if (!it->is_number_integer() || it->template get<double>() < -kMost ||
                it->template get<double>() > kMost)
                bad_value(key, *it);
        }
        try {
            target = it->template get<T>();
        } catch (const ordered_json::exception&) {
            bad_value(key, *it);
        }
        object_.erase(it);
    }
    [[noreturn]] void bad_value(const std::string& key, const ordered_json& value) const {
        throw base::Error(base::ErrorKind::Data, "error.project.bad_value",
                          {{"key", path_ + key}, {"value", value.dump()}});
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
        if (!it->is_object()) bad_value(key, *it);
        Reader inner(*it, path_ + key + ".");
        read(inner);
        if (it->empty()) object_.erase(it);
    }
    // Every object of a list.
    template <class Read> void each(const char* key, Read read) {
        std::vector<ordered_json> list;
        take(key, list);
        for (auto& one : list) {
            if (!one.is_object()) bad_value(key, one);
            Reader inner(one, path_ + key + ".");
            read(inner);
        }
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
    for (const auto& places : d.places) {
        ordered_json one{{"file", relative_to(places.file, folder)}, {"kind", places.kind}};
        put(one, "crs", places.crs);
        out["places"].push_back(std::move(one));
    }
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
    in.each("places", [&](Reader& one) {
        const auto file = one.file("file", folder);
        const auto kind = one.text("kind", "other");
        d.places.push_back({file, kind, one.text("crs")});
    });
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
    put(out, "where", m.where);
    if (m.kind != map::MapKind::Choropleth) out["kind"] = map::to_string(m.kind);
    put(out, "second", m.second);
    if (!m.second_breaks.empty()) out["second_breaks"] = m.second_breaks;
    if (m.dot_value > 0) out["dot_value"] = m.dot_value;
    if (m.largest_mm > 0) out["largest_mm"] = m.largest_mm;
    for (const auto& edits : m.legends) {
        ordered_json one = {{"indicator", edits.indicator}};
        for (const auto& [key, name] : edits.names) one["names"][key] = name;
        if (!edits.hidden.empty()) one["hidden"] = edits.hidden;
        if (!edits.order.empty()) one["order"] = edits.order;
        out["legends"].push_back(std::move(one));
    }
    return out;
}

MapChoice read_map(Reader& in) {
    MapChoice m;
    m.indicator = in.text("indicator");
    const auto period = in.text("period");
    if (!period.empty()) {
        const auto parsed = data::parse_period(period);
        if (!parsed) in.bad_value("period", period);
        m.period = *parsed;
    }
    const auto method = in.text("method", "quantile");
    const auto parsed = map::parse_method(method);
    if (!parsed) in.bad_value("method", method);
    m.method = *parsed;
    in.take("k", m.k);
    in.take("breaks", m.manual);
    m.palette = in.text("palette", std::string(map::kDefaultPalette));
    in.take("reversed", m.reversed);
    m.where = in.text("where");
    const auto kind = in.text("kind", std::string(map::to_string(m.kind)));
    const auto known = map::parse_map_kind(kind);
    if (!known) in.bad_value("kind", kind);
    m.kind = *known;
    m.second = in.text("second");
    in.take("second_breaks", m.second_breaks);
    in.take("dot_value", m.dot_value);
    in.take("largest_mm", m.largest_mm);
    in.each("legends", [&](Reader& one) {
        LegendEdits edits;
        edits.indicator = one.text("indicator");
        one.nested("names", [&](Reader& names) {
            for (const auto& [key, name] : names.object().items()) {
                if (!name.is_string()) names.bad_value(key, name);
                edits.names.emplace_back(key, name.get<std::string>());
            }
        });
        one.take("hidden", edits.hidden);
        one.take("order", edits.order);
        m.legends.push_back(std::move(edits));
    });
    return m;
}

// What a newer writer added goes back where it was; null is a value as well.
void put_back(ordered_json& object, const ordered_json& unknown) {
    for (const auto& [key, value] : unknown.items()) {
        if (value.is_object() && object.contains(key) && object[key].is_object())
            put_back(object[key], value);
        else
            object[key] = value;
    }
}

// One of a few words, in the order of an enumeration.
template <class Enum, std::size_t n>
Enum read_word(Reader& in, const char* key, const std::array<std::string_view, n>& words) {
    const auto word = in.text(key, std::string(words.front()));
    const auto known = std::find(words.begin(), words.end(), word);
    if (known == words.end()) in.bad_value(key, word);
    return static_cast<Enum>(known - words.begin());
}

ordered_json view_json(const SavedView& v) {
    ordered_json out = {{"name", v.name}, {"map", map_json(v.map)}};
    if (v.across != Across::No) out["across"] = to_string(v.across);
    put(out, "vintage", v.vintage);
    if (v.mode != MapMode::One) out["mode"] = kMapModes[static_cast<std::size_t>(v.mode)];
    if (v.swipe) out["swipe"] = true;
    for (const auto year : v.years) out["years"].push_back(data::to_string(year));
    if (!v.extent.all())
        out["extent"] = {v.extent.min_x, v.extent.min_y, v.extent.max_x, v.extent.max_y};
    put(out, "extent_crs", v.extent.crs);
    if (!v.hidden_kinds.empty()) out["hidden_places"] = v.hidden_kinds;
    if (!v.hidden_lines.empty()) out["hidden_lines"] = v.hidden_lines;
    if (!v.selection.empty()) out["selection"] = v.selection;
    put(out, "spotlight", v.spotlight);
    if (!v.unknown.empty()) put_back(out, ordered_json::parse(v.unknown));
    return out;
}

SavedView read_view(ordered_json& object) {
    Reader in(object, "views.");
    SavedView v;
    v.name = base::nfc(base::trim(in.text("name")));
    if (v.name.empty()) in.bad_value("name", "");
    in.nested("map", [&](Reader& map) { v.map = read_map(map); });
    v.across = read_word<Across>(in, "across", kAcross);
    v.vintage = in.text("vintage");
    v.mode = read_word<MapMode>(in, "mode", kMapModes);
    in.take("swipe", v.swipe);
    std::vector<std::string> years;
    in.take("years", years);
    for (const auto& year : years) {
        const auto parsed = data::parse_period(year);
        if (!parsed) in.bad_value("years", year);
        v.years.push_back(*parsed);
    }
    std::vector<double> box;
    in.take("extent", box);
    if (box.size() == 4) v.extent = {box[0], box[1], box[2], box[3], in.text("extent_crs")};
    if (!box.empty() && v.extent.all()) in.bad_value("extent", box);
    in.take("hidden_places", v.hidden_kinds);
    in.take("hidden_lines", v.hidden_lines);
    in.take("selection", v.selection);
    v.spotlight = in.text("spotlight");
    if (!object.empty()) v.unknown = nlohmann::json::parse(object.dump()).dump();
    return v;
}

ordered_json lines_json(const LineLayer& l, const fs::path& folder) {
    ordered_json out = {{"file", relative_to(l.file, folder)}};
    put(out, "layer", l.layer);
    put(out, "name", l.name);
    put(out, "label", l.label);
    put(out, "kind", l.kind);
    out["colour"] = l.colour;
    out["width"] = l.width;
    if (l.gap > 0) out["dash"] = l.gap;
    put(out, "fill", l.fill);
    if (l.opacity != LineLayer{}.opacity) out["opacity"] = l.opacity;
    if (!l.shown) out["shown"] = false;
    return out;
}

LineLayer read_line_layer(ordered_json& object, const fs::path& folder) {
    Reader in(object, "lines.");
    LineLayer l;
    l.file = in.file("file", folder);
    l.layer = in.text("layer");
    l.name = in.text("name");
    l.label = in.text("label");
    l.kind = in.text("kind");
    l.colour = in.text("colour", l.colour);
    if (!map::parse_colour(l.colour)) in.bad_value("colour", l.colour);
    in.take("width", l.width);
    if (!(l.width >= kThinnestLine && l.width <= kWidestLine)) in.bad_value("width", l.width);
    in.take("dash", l.gap);
    if (!(l.gap >= 0 && l.gap <= kWidestGap)) in.bad_value("dash", l.gap);
    l.fill = in.text("fill");
    const auto fill = map::parse_colour(l.fill);
    if (!l.fill.empty() && !(fill && fill->a == 255)) in.bad_value("fill", l.fill);
    in.take("opacity", l.opacity);
    if (!(l.opacity >= kFaintestFill && l.opacity <= 1)) in.bad_value("opacity", l.opacity);
    in.take("shown", l.shown);
    return l;
}

// A name stays what it is, a file is told from the folder of the project.
bool is_file_name(const std::string& name) {
    return name.find_first_of("/\\.") != std::string::npos;
}

ordered_json page_json(const PageChoice& p, const fs::path& folder) {
    ordered_json out = ordered_json::object();
    out["size"] = p.size;
    put(out, "title", p.title);
    put(out, "subtitle", p.subtitle);
    put(out, "source", p.source);
    out["district_labels"] = p.district_labels;
    if (p.place_labels) out["place_labels"] = true; // projects without it stay as they were
    put(out, "layout", is_file_name(p.layout) ? relative_to(p.layout, folder) : p.layout);
    put(out, "plan", is_file_name(p.plan) ? relative_to(p.plan, folder) : p.plan);
    return out;
}

// The first number of a JSON text that no double can hold: "1e999".
std::string number_beyond_doubles(std::string_view text) {
    constexpr std::string_view kOfNumbers = "+-.0123456789eE";
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (quoted && text[i] == '\\') {
            ++i;
        } else if (text[i] == '"') {
            quoted = !quoted;
        } else if (!quoted && (text[i] == '-' || (text[i] >= '0' && text[i] <= '9'))) {
            const auto end = std::min(text.find_first_not_of(kOfNumbers, i), text.size());
            double value = 0;
            const auto read = std::from_chars(text.data() + i, text.data() + end, value);
            if (read.ec == std::errc::result_out_of_range)
                return std::string(text.substr(i, end - i));
            i = end - 1;
        }
    }
    return {};
}

// The text as JSON that later steps may walk recursively.
ordered_json parse_json(std::string_view text) {
    constexpr int kDeepest = 100; // a project needs 4
    const auto too_deep = [](int depth, ordered_json::parse_event_t, const ordered_json&) {
        if (depth > kDeepest)
            throw base::Error(base::ErrorKind::Data, "error.project.not_a_project");
        return true;
    };
    try {
        return ordered_json::parse(text, too_deep);
    } catch (const ordered_json::parse_error& error) {
        // A store, a table, boundaries: anything that does not even begin like a project.
        const auto begin = text.find_first_not_of("\xEF\xBB\xBF \t\r\n"); // after a byte order mark
        if (begin != text.npos && text[begin] != '{')
            throw base::Error(base::ErrorKind::Data, "error.project.not_a_project");
        const auto at = place_of_byte(text, error.byte);
        throw base::Error(base::ErrorKind::Data, "error.project.damaged",
                          {{"line", at.line}, {"column", at.column}});
    } catch (const ordered_json::out_of_range&) {
        throw base::Error(base::ErrorKind::Data, "error.project.number",
                          {{"value", number_beyond_doubles(text)}});
    }
}

void put_rule(ordered_json& out, const char* key, const RuleChoice& rule, const fs::path& folder) {
    if (!rule.id.empty()) out[key]["id"] = rule.id;
    if (!rule.file.empty()) out[key]["file"] = relative_to(rule.file, folder);
}

RuleChoice read_rule(Reader& in, const char* key, const fs::path& folder) {
    RuleChoice rule;
    in.nested(key, [&](Reader& one) {
        rule.id = one.text("id");
        rule.file = one.file("file", folder);
    });
    return rule;
}

PlanMoves read_moves(Reader& in) {
    constexpr std::uint64_t kMostTeams = 1'000'000;
    PlanMoves moves;
    moves.plan = in.text("plan");
    std::vector<std::vector<ordered_json>> steps;
    in.take("steps", steps);
    for (const auto& step : steps) {
        auto& read = moves.steps.emplace_back();
        for (const auto& move : step) {
            if (!move.is_array() || move.size() != 2 || !move[0].is_string() ||
                !move[1].is_number_unsigned() || move[1].get<std::uint64_t>() > kMostTeams)
                in.bad_value("steps", move);
            read.emplace_back(move[0].get<std::string>(), move[1].get<std::size_t>());
        }
    }
    return moves.steps.empty() ? PlanMoves() : moves;
}

} // namespace

std::string project_json(const Project& project, const fs::path& folder) {
    ordered_json out = {{"diaban_project", kProjectVersion}};
    put(out, "title", project.title);
    out["data"] = data_json(project.data, folder);
    out["map"] = map_json(project.map);
    out["page"] = page_json(project.page, folder);
    if (!project.links.empty()) out["links"] = project.links;
    if (!project.results.empty()) out["results"] = ordered_json::parse(project.results);
    if (!project.plans.empty()) out["plans"] = ordered_json::parse(project.plans);
    if (!project.moves.steps.empty())
        out["plan_moves"] = {{"plan", project.moves.plan}, {"steps", project.moves.steps}};
    for (const auto& set : project.sets)
        out["sets"].push_back({{"name", set.name}, {"codes", set.codes}});
    for (const auto& query : project.queries)
        out["queries"].push_back({{"name", query.name}, {"query", query.text}});
    for (const auto& layer : project.lines) out["lines"].push_back(lines_json(layer, folder));
    if (!project.hidden_kinds.empty()) out["hidden_places"] = project.hidden_kinds;
    for (const auto& word : project.outline)
        out["outline"].push_back({{"kind", word.kind}, {"code", word.code}, {"is", word.is}});
    for (const auto& view : project.views) out["views"].push_back(view_json(view));
    put_rule(out, "rule", project.rule, folder);
    put_rule(out, "compare_rule", project.compare_rule, folder);
    if (project.across != Across::No) out["across"] = to_string(project.across);
    if (!project.unknown.empty()) put_back(out, ordered_json::parse(project.unknown));
    return out.dump(2) + "\n";
}

Project parse_project(std::string_view text, const fs::path& folder) {
    auto object = parse_json(text);
    if (!object.is_object() || !object.contains("diaban_project"))
        throw base::Error(base::ErrorKind::Data, "error.project.not_a_project");
    Reader in(object);
    int version = 0;
    in.take("diaban_project", version);
    if (version > kProjectVersion)
        throw base::Error(base::ErrorKind::Data, "error.project.newer",
                          {{"version", static_cast<std::int64_t>(version)},
                           {"known", static_cast<std::int64_t>(kProjectVersion)}});
    if (version < 1) in.bad_value("diaban_project", version);
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
        page.take("place_labels", project.page.place_labels);
        for (auto [key, name] :
             {std::pair{"layout", &project.page.layout}, std::pair{"plan", &project.page.plan}}) {
            *name = page.text(key);
            if (is_file_name(*name)) *name = absolute_in(*name, folder).string();
        }
    });
    in.take("links", project.links);
    const auto kept = [&](const char* key, std::string& to) {
        std::vector<ordered_json> list;
        in.take(key, list);
        if (!list.empty()) to = ordered_json(list).dump();
    };
    kept("results", project.results);
    kept("plans", project.plans);
    in.nested("plan_moves", [&](Reader& moves) { project.moves = read_moves(moves); });
    in.each("sets", [&](Reader& one) {
        NamedSet& read = project.sets.emplace_back();
        read.name = one.text("name");
        one.take("codes", read.codes);
    });
    in.each("queries", [&](Reader& one) {
        NamedQuery& read = project.queries.emplace_back();
        read.name = one.text("name");
        read.text = one.text("query");
    });
    in.each("lines",
            [&](Reader& one) { project.lines.push_back(read_line_layer(one.object(), folder)); });
    std::vector<std::string> hidden;
    in.take("hidden_places", hidden);
    project.hidden_kinds = {hidden.begin(), hidden.end()};
    in.each("outline", [&](Reader& one) {
        OutlineWord& read = project.outline.emplace_back();
        read.kind = one.text("kind");
        if (read.kind != "coast" && read.kind != "border") one.bad_value("kind", read.kind);
        read.code = one.text("code");
        one.take("is", read.is);
    });
    in.each("views", [&](Reader& one) {
        auto read = read_view(one.object());
        for (const auto& other : project.views)
            if (other.name == read.name) one.bad_value("name", read.name);
        project.views.push_back(std::move(read));
    });
    project.rule = read_rule(in, "rule", folder);
    project.compare_rule = read_rule(in, "compare_rule", folder);
    project.across = read_word<Across>(in, "across", kAcross);
    // Sorted, so that it compares equal wherever its keys stood.
    if (!object.empty()) project.unknown = nlohmann::json::parse(object.dump()).dump();
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
