#include "app/line_layer.hpp"

#include "base/number.hpp"
#include "base/text.hpp"
#include "files/lines.hpp"

namespace diaban::app {
namespace {

[[noreturn]] void bad_value(const std::string& text) {
    throw base::Error(base::ErrorKind::Usage, "error.flag.bad_value",
                      {{"flag", std::string("--lines")},
                       {"value", text},
                       {"expected", std::string("song.shp;colour=#1F78B4;width=1.5;name=Sông")}});
}

void take(LineLayer& layer, const std::string& part, const std::string& text) {
    const auto equals = part.find('=');
    const auto key = part.substr(0, equals);
    const auto value = equals == part.npos ? std::string() : part.substr(equals + 1);
    if (key == "hidden" && equals == part.npos)
        layer.shown = false;
    else if (key == "layer")
        layer.layer = value;
    else if (key == "name")
        layer.name = base::nfc(value);
    else if (key == "kind" && !value.empty())
        layer.kind = value;
    else if (key == "colour" && map::parse_colour(value))
        layer.colour = map::to_hex(*map::parse_colour(value));
    else if (const auto width = base::parse_number(value, {});
             key == "width" && width && *width >= kThinnestLine && *width <= kWidestLine)
        layer.width = *width;
    else
        bad_value(text);
}

} // namespace

LineLayer parse_line_layer(const std::string& text) {
    LineLayer layer;
    std::size_t from = 0;
    for (bool first = true; from <= text.size(); first = false) {
        const auto end = std::min(text.find(';', from), text.size());
        const auto part = text.substr(from, end - from);
        if (first)
            layer.file = part;
        else if (!part.empty())
            take(layer, part, text);
        from = end + 1;
    }
    if (layer.file.empty()) bad_value(text);
    return layer;
}

std::string to_text(const LineLayer& layer) {
    const LineLayer usual;
    auto text = layer.file.string();
    if (!layer.layer.empty()) text += ";layer=" + layer.layer;
    if (!layer.name.empty()) text += ";name=" + layer.name;
    if (!layer.kind.empty()) text += ";kind=" + layer.kind;
    if (layer.colour != usual.colour) text += ";colour=" + layer.colour;
    if (layer.width != usual.width) text += ";width=" + base::format_exact(layer.width);
    if (!layer.shown) text += ";hidden";
    return text;
}

LineLayers load_line_layers(const std::vector<LineLayer>& layers, const geo::Coverage& coverage,
                            base::JobContext& ctx) {
    LineLayers out;
    for (const auto& layer : layers) {
        if (!layer.shown) continue;
        auto read = files::read_lines(layer.file, layer.layer, coverage.crs(), ctx);
        auto set = std::make_shared<map::LineSet>();
        set->lines = std::move(read.lines);
        for (const auto& line : set->lines) {
            geo::Box box;
            for (const auto& p : line) box.add(p);
            set->boxes.push_back(box);
        }
        out.overlays.push_back({layer.title(),
                                map::parse_colour(layer.colour).value_or(map::Colour{}),
                                layer.width, std::move(set)});
        out.findings.insert(out.findings.end(), read.findings.begin(), read.findings.end());
    }
    return out;
}

} // namespace diaban::app
