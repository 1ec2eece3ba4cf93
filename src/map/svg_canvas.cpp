// SVG files: one group per layer, one path per unit with its code as id, text as shapes.
#include "map/canvas.hpp"
#include "map/layout.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <iterator>
#include <set>

namespace diaban::map {
namespace {

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        default:
            // Control characters are not allowed in XML at all.
            if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') out += c;
        }
    }
    return out;
}

std::string base64(std::string_view bytes) {
    static constexpr std::string_view kLetters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const auto byte = [&](std::size_t at) {
            return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0u;
        };
        const unsigned three = byte(i) << 16 | byte(i + 1) << 8 | byte(i + 2);
        for (unsigned n = 0; n < 4; ++n)
            out += i + n > bytes.size() ? '=' : kLetters[three >> (18 - 6 * n) & 63];
    }
    return out;
}

// Two decimals, no trailing zeros: 1/100 of a page unit is a tenth of a printed dot.
void put_number(std::string& out, double v) {
    auto n = std::llround(v * 100);
    if (n < 0) out += '-', n = -n;
    fmt::format_to(std::back_inserter(out), "{}", n / 100);
    if (n % 100 == 0) return;
    out += '.';
    out += static_cast<char>('0' + n % 100 / 10);
    if (n % 10) out += static_cast<char>('0' + n % 10);
}

std::string number(double v) {
    std::string out;
    put_number(out, v);
    return out;
}

// What is repeated many times over a page: no error of it may add up to a hundredth of a unit.
std::string exact(double v) {
    return fmt::format("{:.5f}", v);
}

void put_point(std::string& out, geo::Point p) {
    put_number(out, p.x);
    out += ' ';
    put_number(out, p.y);
}

std::string path_data(const Path& path) {
    std::string out;
    for (std::size_t r = 0; r < path.runs(); ++r) {
        const auto run = path.run(r);
        if (run.empty()) continue;
        const bool returns = !path.closed && run.size() > 2 && run.front() == run.back();
        out += 'M';
        put_point(out, run[0]);
        for (std::size_t i = 1; i + (returns ? 1 : 0) < run.size(); ++i) {
            out += i == 1 ? 'L' : ' ';
            put_point(out, run[i]);
        }
        if (path.closed || returns) out += 'Z';
    }
    return out;
}

std::string_view hatch_name(Hatch hatch) {
    static constexpr std::array<std::string_view, 8> kNames{
        "none",          "dots",  "fine-dots",  "diagonal",
        "back-diagonal", "cross", "horizontal", "vertical"};
    return kNames[static_cast<std::size_t>(hatch)];
}

std::string rgb(Colour c) {
    return to_hex({c.r, c.g, c.b});
}
std::string opacity(std::string_view property, double value) {
    return value >= 1 ? "" : fmt::format(" {}=\"{}\"", property, number(value));
}

class SvgCanvas final : public Canvas {
public:
    explicit SvgCanvas(const Typesetter& typesetter) : typesetter_(typesetter) {}

    void begin_layer(std::string_view id, std::string_view title) override {
        // Programs that draw list such groups as layers, under this name.
        const auto name = unique_id(id);
        line("<g id=\"{0}\" inkscape:groupmode=\"layer\" inkscape:label=\"{0}\">", name);
        if (!title.empty()) line("<title>{}</title>", escaped(title));
    }
    void end_layer() override { line("</g>"); }

    void clip(const Rect& box) override {
        const auto id = fmt::format("clip-{}", ++clips_);
        defs_ += fmt::format("<clipPath id=\"{}\"><path d=\"{}\"/></clipPath>\n", id,
                             path_data(rectangle(box)));
        line("<g clip-path=\"url(#{})\">", id);
    }
    void unclip() override { line("</g>"); }

    void fill(const Path& path, Colour colour) override {
        line("<path fill=\"{}\"{} d=\"{}\"/>", rgb(colour),
             opacity("fill-opacity", colour.a / 255.0), path_data(path));
    }
    void stroke(const Path& path, const Stroke& s) override {
        line("<path fill=\"none\" stroke=\"{}\"{} stroke-width=\"{}\"{} stroke-linejoin=\"round\" "
             "stroke-linecap=\"round\" d=\"{}\"/>",
             rgb(s.colour), opacity("stroke-opacity", s.opacity * s.colour.a / 255),
             number(s.width),
             s.dash > 0 ? fmt::format(" stroke-dasharray=\"{}\"", number(s.dash)) : "",
             path_data(path));
    }
    void hatch(const Path& path, Hatch hatch, const HatchLook& look) override {
        if (hatch == Hatch::None || path.empty()) return;
        line("<path fill=\"url(#{})\" d=\"{}\"/>", pattern(hatch, look), path_data(path));
    }
    void faces(const FaceDrawing& faces, double scale, base::JobContext& ctx) override;
    void text(const Text& text, geo::Point top_left) override {
        letters(text, typesetter_.outline(text, top_left));
    }
    void text_along(const Text& text, std::span<const geo::Point> path) override {
        letters(text, typesetter_.outline_along(text, path));
    }
    void picture(const Picture& picture, const Rect& box) override {
        line("<image x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" preserveAspectRatio=\"none\" "
             "xlink:href=\"data:image/png;base64,{}\"/>",
             number(box.x), number(box.y), number(box.width), number(box.height),
             base64(picture.png));
    }

    std::string document(const PageSize& size, const PageText& text) const {
        const double w = size.width_mm / 25.4 * 96, h = size.height_mm / 25.4 * 96;
        return fmt::format(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<svg xmlns=\"http://www.w3.org/2000/svg\" "
            "xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
            "xmlns:inkscape=\"http://www.inkscape.org/namespaces/inkscape\" width=\"{}mm\" "
            "height=\"{}mm\" "
            "viewBox=\"0 0 {} {}\">\n<title>{}</title>\n<desc>{}</desc>\n<defs>\n{}</defs>\n"
            "<path id=\"paper\" fill=\"#FFFFFF\" d=\"{}\"/>\n{}</svg>\n",
            number(size.width_mm), number(size.height_mm), number(w), number(h),
            escaped(text.title), escaped(text.subtitle), defs_, path_data(rectangle({0, 0, w, h})),
            body_);
    }

private:
    template <class... A> void line(fmt::format_string<A...> pattern, A&&... args) {
        fmt::format_to(std::back_inserter(body_), pattern, std::forward<A>(args)...);
        body_ += '\n';
    }

    void letters(const Text& text, const std::string& shapes) {
        auto words = text.string;
        std::replace(words.begin(), words.end(), '\n', ' ');
        line("<g aria-label=\"{}\">", escaped(words));
        if (text.halo > 0)
            line(
                "<path fill=\"none\" stroke=\"#FFFFFF\" stroke-opacity=\"0.9\" stroke-width=\"{}\" "
                "stroke-linejoin=\"round\" d=\"{}\"/>",
                number(text.halo * 2), shapes);
        line("<path fill=\"{}\" d=\"{}\"/></g>", rgb(text.colour), shapes);
    }

    std::string unique_id(std::string_view wanted) {
        std::string base;
        for (const char c : wanted)
            base += std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_' ? c : '-';
        auto id = base;
        for (int n = 2; !ids_.insert(id).second; ++n) id = fmt::format("{}-{}", base, n);
        return id;
    }

    // Defines the pattern on first use: the same lines and dots at the same places as hatch_lines()
    // has them. A tile holds several of them and is not turned: programs that keep tiles as pixels
    // would blur each line of a small or turned one.
    std::string pattern(Hatch hatch, const HatchLook& look) {
        const auto id = fmt::format("hatch-{}-{}-{}", hatch_name(hatch), rgb(look.colour).substr(1),
                                    std::lround(look.spacing * 100));
        if (!patterns_.insert(id).second) return id;
        const bool turned =
            hatch == Hatch::Diagonal || hatch == Hatch::BackDiagonal || hatch == Hatch::Cross;
        const double step =
            dotted(hatch) ? dot_spacing(hatch, look) : look.spacing * (turned ? std::sqrt(2.0) : 1);
        // Nothing but diagonals reaches over the edges of a tile, which begins half a step before
        // the page; what is in it is told from its own corner.
        const double from = -step / 2, whole = step * kStepsOfTile;
        const auto ink =
            fmt::format("{}\"{}", rgb(look.colour), opacity("opacity", look.colour.a / 255.0));
        std::string content;
        if (dotted(hatch)) {
            for (int n = 0; n < kStepsOfTile * kStepsOfTile; ++n)
                content += fmt::format("<circle cx=\"{}\" cy=\"{}\" r=\"{}\" fill=\"{}/>",
                                       exact((n % kStepsOfTile + 0.5) * step),
                                       exact((n / kStepsOfTile + 0.5) * step),
                                       number(dot_size(hatch, look) / 2), ink);
        } else {
            auto lines = hatch_lines(hatch, look, Rect{from, from, whole, whole}.inset(-step));
            for (auto& p : lines.points) p.x -= from, p.y -= from;
            content = fmt::format("<path d=\"{}\" stroke-width=\"{}\" fill=\"none\" stroke=\"{}/>",
                                  path_data(lines), number(look.width), ink);
        }
        const auto at = exact(from), side = exact(whole);
        defs_ += fmt::format("<pattern id=\"{0}\" x=\"{1}\" y=\"{1}\" width=\"{2}\" "
                             "height=\"{2}\" patternUnits=\"userSpaceOnUse\">{3}</pattern>\n",
                             id, at, side, content);
        return id;
    }

    static constexpr int kStepsOfTile = 4;
    const Typesetter& typesetter_;
    std::string defs_, body_;
    std::set<std::string> ids_, patterns_;
    int clips_ = 0;
};

void SvgCanvas::faces(const FaceDrawing& faces, double scale, base::JobContext& ctx) {
    const auto& units = faces.scene->vintage->units;
    std::vector<std::vector<geo::FaceId>> of_entry(faces.entries().size());
    for (const auto f : faces.faces) of_entry[faces.entry_of(f)].push_back(f);
    for (std::size_t e = 0; e < of_entry.size(); ++e) {
        ctx.check();
        if (of_entry[e].empty()) continue;
        const auto& entry = faces.entries()[e];
        // The hairline in the fill's colour closes the seam that renderers leave between shapes.
        const auto id = unique_id(fmt::format("class-{}", e + 1));
        const auto look = entry.outline_only
                              ? std::string("fill=\"none\"")
                              : fmt::format("fill=\"{0}\" stroke=\"{0}\" stroke-width=\"0.3\" "
                                            "stroke-linejoin=\"round\"",
                                            rgb(entry.colour));
        line("<g id=\"{}\" {}><title>{}</title>\n<g id=\"{}-units\">", id, look,
             escaped(entry.label), id);
        for (const auto f : of_entry[e]) {
            Path path;
            faces.add_face(f, path);
            const std::string code = f < units.code.size() ? units.code[f] : std::string();
            const std::string name = f < units.name.size() ? units.name[f] : std::string();
            line("<path id=\"{}\" d=\"{}\"><title>{}</title></path>",
                 unique_id("unit-" + (code.empty() ? std::to_string(f + 1) : code)),
                 path_data(path), escaped(name));
        }
        line("</g></g>");
        if (entry.hatch != Hatch::None)
            line("<use xlink:href=\"#{}-units\" fill=\"url(#{})\" stroke=\"none\"/>", id,
                 pattern(entry.hatch, hatch_look(entry, scale)));
    }
    // Ground that several units claim is painted again in the order that settles it.
    if (faces.contested.empty()) return;
    line("<g id=\"{}\">", unique_id("contested"));
    for (const auto f : faces.contested) {
        Path path;
        faces.add_face(f, path);
        const auto& entry = faces.entries()[faces.entry_of(f)];
        line("<path fill=\"{0}\" stroke=\"{0}\" stroke-width=\"0.3\" stroke-linejoin=\"round\" "
             "d=\"{1}\"/>",
             rgb(entry.colour), path_data(path));
        hatch(path, entry.hatch, hatch_look(entry, scale));
    }
    line("</g>");
}

} // namespace

std::string svg_file(const PageSize& size, const PageText& text, const Typesetter& typesetter,
                     const PaintPage& paint) {
    SvgCanvas canvas(typesetter);
    paint(canvas);
    return canvas.document(size, text);
}

} // namespace diaban::map
