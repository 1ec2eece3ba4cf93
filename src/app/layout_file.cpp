#include "app/layout_file.hpp"

#include "app/json_node.hpp"
#include "base/number.hpp"
#include "base/paths.hpp"

#include <algorithm>

namespace diaban::app {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<std::string_view, 3> kAligns{"left", "centre", "right"};
constexpr std::array<std::string_view, 3> kVerticals{"top", "middle", "bottom"};

template <std::size_t n> std::string in_one_line(const std::array<std::string_view, n>& words) {
    std::string out;
    for (const auto word : words) out += (out.empty() ? "" : " ") + std::string(word);
    return out;
}

// One of a few words; the first where nothing is said.
template <class Enum, std::size_t n>
Enum word_in(const JsonNode& in, const char* key, const std::array<std::string_view, n>& words,
             bool required = false) {
    const auto word = in.text(key, required);
    if (word.empty() && !required) return Enum{};
    const auto at = std::find(words.begin(), words.end(), word);
    if (at == words.end()) in.bad(std::string(key) + ": " + in_one_line(words));
    return static_cast<Enum>(at - words.begin());
}

// "…" for both languages, or {"vi": "…", "en": "…"}.
map::LayoutText read_words(const JsonNode& in, const char* key) {
    if (!in.is_object(key)) {
        const auto text = in.text(key);
        return {text, text};
    }
    const auto both = in.node(key);
    both.spelled({"vi", "en"});
    return {both.text("vi", true), both.text("en", true)};
}

map::Rect read_box(const JsonNode& in) {
    const auto mm = in.numbers("box_mm");
    if (mm.size() != 4) in.bad("box_mm: [20, 15, 180, 12]");
    return {mm[0], mm[1], mm[2], mm[3]};
}

map::ItemParams read_params(const JsonNode& in) {
    in.spelled(
        {"show", "rows", "names", "file", "from", "line_mm", "instead_of", "grow_over"});
    map::ItemParams p;
    p.show = in.text("show");
    p.rows = in.count("rows", p.rows);
    p.names = in.words("names");
    p.file = in.text("file");
    if (in.period("from")) p.from = in.text("from");
    p.line_mm = in.number("line_mm").value_or(p.line_mm);
    p.instead_of = in.text("instead_of");
    p.grow_over = in.text("grow_over");
    if (!(p.line_mm > 0 && p.line_mm <= 20)) in.bad("line_mm: 0.25");
    return p;
}

map::LayoutItem read_item(const JsonNode& in) {
    in.spelled({"id", "kind", "box_mm", "text", "size_pt", "weight", "align", "valign", "colour",
                "params"});
    map::LayoutItem item;
    item.id = in.text("id", true);
    if (item.id.empty()) in.bad("id: \"map\"");
    item.kind = word_in<map::ItemKind>(in, "kind", map::kItemKinds, true);
    item.box_mm = read_box(in);
    item.text = read_words(in, "text");
    item.size_pt = in.number("size_pt").value_or(item.size_pt);
    if (!(item.size_pt > 0 && item.size_pt <= 1000)) in.bad("size_pt: 9");
    const auto weight = in.text("weight");
    if (!weight.empty() && weight != "regular" && weight != "bold") in.bad("weight: regular bold");
    item.bold = weight == "bold";
    item.align = word_in<map::Align>(in, "align", kAligns);
    item.valign = word_in<map::VerticalAlign>(in, "valign", kVerticals);
    if (const auto colour = in.text("colour"); !colour.empty()) {
        const auto parsed = map::parse_colour(colour);
        if (!parsed) in.bad("colour: \"#23262B\"");
        item.colour = *parsed;
    }
    item.params = read_params(in.node("params"));
    return item;
}

map::PageSize read_page(const JsonNode& in) {
    in.spelled({"width_mm", "height_mm", "dpi", "slide"});
    const auto width = in.number("width_mm"), height = in.number("height_mm");
    if (!width || !height) in.bad("width_mm, height_mm: 297, 210");
    const bool slide = in.flag("slide");
    const auto dpi = in.number("dpi").value_or(slide ? 144 : 300);
    auto size = map::parse_page_size(
        base::format_exact(*width) + "x" + base::format_exact(*height) + "mm", dpi);
    size.slide = slide;
    return size;
}

Json words_json(const map::LayoutText& text) {
    if (text.vi == text.en) return text.vi;
    return {{"vi", text.vi}, {"en", text.en}};
}

Json params_json(const map::ItemParams& p) {
    const map::ItemParams usual;
    Json out = Json::object();
    if (!p.show.empty()) out["show"] = p.show;
    if (p.rows != usual.rows) out["rows"] = p.rows;
    if (!p.names.empty()) out["names"] = p.names;
    if (!p.file.empty()) out["file"] = p.file;
    if (!p.from.empty()) out["from"] = p.from;
    if (p.line_mm != usual.line_mm) out["line_mm"] = p.line_mm;
    if (!p.instead_of.empty()) out["instead_of"] = p.instead_of;
    if (!p.grow_over.empty()) out["grow_over"] = p.grow_over;
    return out;
}

Json item_json(const map::LayoutItem& item) {
    const map::LayoutItem usual;
    const auto& box = item.box_mm;
    Json out{{"id", item.id},
             {"kind", map::to_string(item.kind)},
             {"box_mm", {box.x, box.y, box.width, box.height}}};
    if (!item.text.empty()) out["text"] = words_json(item.text);
    if (item.size_pt != usual.size_pt) out["size_pt"] = item.size_pt;
    if (item.bold) out["weight"] = "bold";
    if (item.align != usual.align) out["align"] = kAligns[static_cast<std::size_t>(item.align)];
    if (item.valign != usual.valign)
        out["valign"] = kVerticals[static_cast<std::size_t>(item.valign)];
    if (!(item.colour == usual.colour)) out["colour"] = map::to_hex(item.colour);
    if (auto params = params_json(item.params); !params.empty()) out["params"] = std::move(params);
    return out;
}

} // namespace

std::vector<std::string> known_layouts() {
    return shipped("layouts");
}

namespace {

map::Layout read_layout(const std::string& text, const std::string& name, bool checked) {
    const auto in = JsonNode::parse(text, name);
    if (!in.has("diaban_layout")) in.bad("\"diaban_layout\": 1");
    const auto version = in.count("diaban_layout", 1);
    if (version > kLayoutVersion)
        throw base::Error(base::ErrorKind::Data, "error.layout.newer",
                          {{"file", name},
                           {"version", static_cast<std::int64_t>(version)},
                           {"known", static_cast<std::int64_t>(kLayoutVersion)}});
    in.spelled({"diaban_layout", "id", "name", "page", "items"});
    map::Layout layout;
    layout.id = in.text("id", true);
    layout.name = read_words(in, "name");
    try {
        layout.size = read_page(in.node("page"));
        for (const auto& item : in.nodes("items")) layout.items.push_back(read_item(item));
        if (checked && layout.items.empty()) in.bad("items: […]");
        if (checked) map::check_layout(layout);
    } catch (base::Error& error) {
        if (error.message.key.starts_with("error.json.")) throw; // names the file itself
        throw error.in({"context.layout", {{"file", name}}});
    }
    return layout;
}

} // namespace

map::Layout parse_layout(const std::string& text, const std::string& name) {
    return read_layout(text, name, true);
}

map::Layout parse_draft(const std::string& text, const std::string& name) {
    return read_layout(text, name, false);
}

std::string layout_json(const map::Layout& layout) {
    Json out{{"diaban_layout", kLayoutVersion}, {"id", layout.id}};
    if (!layout.name.empty()) out["name"] = words_json(layout.name);
    out["page"] = {{"width_mm", layout.size.width_mm}, {"height_mm", layout.size.height_mm}};
    if (layout.size.slide) out["page"]["slide"] = true;
    if (layout.size.dpi != (layout.size.slide ? 144 : 300)) out["page"]["dpi"] = layout.size.dpi;
    out["items"] = Json::array();
    for (const auto& item : layout.items) out["items"].push_back(item_json(item));
    return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

LayoutFile layout_named(const std::string& what) {
    const auto file = find_shipped("layouts", what);
    return {parse_layout(base::read_file(file), file.filename().string()), file.parent_path()};
}

LayoutFile layout_of(const PageChoice& page) {
    return page.draft ? *page.draft : layout_named(page.layout);
}

namespace {

bool lies_below(const fs::path& file, const fs::path& folder) {
    const auto way = file.lexically_relative(folder);
    return !way.empty() && *way.begin() != "..";
}

// A file of these bytes beside the layout: one that is there, else a new one.
fs::path copied_beside(const fs::path& picture, const fs::path& folder) {
    const auto bytes = base::read_file(picture);
    fs::path name = picture.filename();
    std::error_code none;
    for (int n = 2; fs::exists(folder / name, none); ++n) {
        if (fs::is_regular_file(folder / name, none) && base::read_file(folder / name) == bytes)
            return name;
        name = picture.stem().string() + "-" + std::to_string(n) + picture.extension().string();
    }
    base::write_file(folder / name, bytes);
    return name;
}

} // namespace

map::Layout save_layout(map::Layout layout, const fs::path& from, const fs::path& file) {
    const auto whole = fs::absolute(file).lexically_normal();
    const auto folder = whole.parent_path();
    if (layout.id.empty()) layout.id = whole.stem().string();
    parse_layout(layout_json(layout), whole.filename().string());
    for (auto& item : layout.items) {
        if (item.kind != map::ItemKind::Picture) continue;
        const auto picture = fs::absolute(from / item.params.file).lexically_normal();
        std::error_code none;
        if (lies_below(picture, folder))
            item.params.file = picture.lexically_relative(folder).generic_string();
        else if (fs::is_regular_file(picture, none))
            item.params.file = copied_beside(picture, folder).generic_string();
        else
            item.params.file = picture.filename().string();
    }
    base::write_file(whole, layout_json(layout));
    return layout;
}

const std::string& layout_title(const map::Layout& layout, const Language& language) {
    const auto& name = layout.name.in(language.code());
    return name.empty() ? layout.id : name;
}

map::PageSize page_size_of(const PageChoice& page, double dpi) {
    if (page.layout.empty()) return map::parse_page_size(page.size, dpi);
    auto size = layout_of(page).layout.size;
    if (dpi > 0) size.dpi = dpi;
    return size;
}

} // namespace diaban::app
