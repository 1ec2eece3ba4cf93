#include "app/line_layer.hpp"

#include "base/number.hpp"
#include "base/text.hpp"
#include "files/lines.hpp"
#include "geo/plane.hpp"

#include <algorithm>
#include <cmath>

namespace diaban::app {
namespace {

[[noreturn]] void bad_value(const std::string& text) {
    throw base::Error(
        base::ErrorKind::Usage, "error.flag.bad_value",
        {{"flag", std::string("--lines")},
         {"value", text},
         {"expected", std::string("song.shp;colour=#1F78B4;width=1.5;dash=4;fill=#4FA3D1;"
                                  "opacity=0.4;name=Sông;label=ten")}});
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
    else if (key == "label" && !value.empty())
        layer.label = base::nfc(value);
    else if (key == "kind" && !value.empty())
        layer.kind = value;
    else if (const auto colour = map::parse_colour(value); key == "colour" && colour)
        layer.colour = map::to_hex(*colour);
    else if (key == "fill" && colour && colour->a == 255) // how clear it is, "opacity" says
        layer.fill = map::to_hex(*colour);
    else if (const auto number = base::parse_number(value, {}); !number)
        bad_value(text);
    else if (key == "width" && *number >= kThinnestLine && *number <= kWidestLine)
        layer.width = *number;
    else if (key == "dash" && *number >= 0 && *number <= kWidestGap)
        layer.gap = *number;
    else if (key == "opacity" && *number >= kFaintestFill && *number <= 1)
        layer.opacity = *number;
    else
        bad_value(text);
}

// The line is turned if it winds about its area the other way than its side wants.
void wind(std::vector<geo::Point>& line, files::RingSide side) {
    if (side == files::RingSide::None) return;
    if ((geo::ring_area(line) > 0) != (side == files::RingSide::Outer))
        std::reverse(line.begin(), line.end());
}

} // namespace

std::optional<map::Colour> fill_of(const LineLayer& layer) {
    auto fill = map::parse_colour(layer.fill);
    if (fill) fill->a = static_cast<std::uint8_t>(std::lround(layer.opacity * 255));
    return fill;
}

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
    if (!layer.label.empty()) text += ";label=" + layer.label;
    if (!layer.kind.empty()) text += ";kind=" + layer.kind;
    if (layer.colour != usual.colour) text += ";colour=" + layer.colour;
    if (layer.width != usual.width) text += ";width=" + base::format_exact(layer.width);
    if (layer.gap != usual.gap) text += ";dash=" + base::format_exact(layer.gap);
    if (!layer.fill.empty()) text += ";fill=" + layer.fill;
    if (layer.opacity != usual.opacity) text += ";opacity=" + base::format_exact(layer.opacity);
    if (!layer.shown) text += ";hidden";
    return text;
}

LineLayers load_line_layers(const std::vector<LineLayer>& layers, const geo::Coverage& coverage,
                            base::JobContext& ctx) {
    LineLayers out;
    for (const auto& layer : layers) {
        if (!layer.shown) continue;
        auto read = files::read_lines(layer.file, layer.layer, coverage.crs(), ctx, layer.label);
        auto set = std::make_shared<map::LineSet>();
        set->lines = std::move(read.lines);
        set->names = std::move(read.names);
        geo::Box all;
        for (std::size_t l = 0; l < set->lines.size(); ++l) {
            auto& line = set->lines[l];
            wind(line, read.rings[l]);
            set->bounds_area.push_back(read.rings[l] != files::RingSide::None);
            geo::Box box;
            for (const auto& p : line) box.add(p);
            set->boxes.push_back(box);
            all.add(box);
        }
        if (!all.intersects(coverage.box()))
            read.findings.push_back(base::finding(base::Severity::Warning, "lines_outside",
                                                  {{"file", layer.file.filename().string()}}));
        out.overlays.push_back({layer.title(),
                                map::parse_colour(layer.colour).value_or(map::Colour{}),
                                layer.width, std::move(set), layer.gap, fill_of(layer)});
        out.text_columns.push_back(std::move(read.text_columns));
        out.findings.insert(out.findings.end(), read.findings.begin(), read.findings.end());
    }
    return out;
}

} // namespace diaban::app
