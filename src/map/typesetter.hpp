// Sets text: measures it, paints it, or turns it into outlines; one font for the whole page.
//
// Guarantees: the same text has the same size at every resolution (no hinting), so that a preview
// and a file agree. Several threads may use one at once; they wait for each other.
#pragma once

#include "map/palette.hpp"
#include "map/shapes.hpp"

#include <filesystem>
#include <memory>
#include <string>

namespace diaban::map {

enum class Align : std::uint8_t { Left, Centre, Right };

struct Text {
    std::string string;
    double size = 12; // em, page units (1/96 inch)
    bool bold = false;
    Colour colour = kText;
    double wrap = 0;           // longest line; 0 = one line
    Align align = Align::Left; // of the lines of wrapped text
    double halo = 0;           // width of a white edge around the letters
};
struct TextSize {
    double width = 0, height = 0;
    int lines = 1;
};

// The family to draw text with: Noto Sans if installed, otherwise any sans serif font that has
// every Vietnamese letter. `fontconfig_file` replaces the system's configuration (tests); empty =
// system. Throws Error Input "error.font.missing" with the package to install.
std::string find_font_family(const std::filesystem::path& fontconfig_file = {});

class Typesetter {
public:
    explicit Typesetter(const std::string& family);
    ~Typesetter();
    Typesetter(const Typesetter&) = delete;
    Typesetter& operator=(const Typesetter&) = delete;

    TextSize measure(const Text& text) const;
    // Letters as SVG path data, the text's top left corner at `at`.
    std::string outline(const Text& text, geo::Point at) const;
    // Paints onto a cairo_t, given as an opaque pointer because no header shows Cairo.
    void show(void* cairo, const Text& text, geo::Point at) const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace diaban::map
