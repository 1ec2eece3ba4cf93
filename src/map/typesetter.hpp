// Sets text: measures it, paints it, or turns it into outlines; one font for the whole page.
//
// Guarantees: the same text has the same size at every resolution (no hinting), so that a preview
// and a file agree. Several threads may use one at once; they wait for each other.
#pragma once

#include "map/palette.hpp"
#include "map/shapes.hpp"

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

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

// A text in one line as it is set along a path.
struct LineOfText {
    std::vector<double> advances; // of each cluster, from left to right
    double above = 0, below = 0;  // ink over and under the baseline
};

class Typesetter {
public:
    explicit Typesetter(const std::string& family);
    ~Typesetter();
    Typesetter(const Typesetter&) = delete;
    Typesetter& operator=(const Typesetter&) = delete;

    TextSize measure(const Text& text) const;
    LineOfText line_of(const Text& text) const;
    // Letters as SVG path data, the text's top left corner at `at`.
    std::string outline(const Text& text, geo::Point at) const;
    // Paints onto a cairo_t, given as an opaque pointer because no header shows Cairo.
    void show(void* cairo, const Text& text, geo::Point at) const;
    // The same of a text along its baseline (map/text_path.hpp); of its wrapping nothing is heeded.
    // Letters are painted as shapes, each turned by itself; where the target holds text, all of it
    // lies unseen along the straight way from the first letter to the last, so that readers find,
    // mark and copy it as one piece.
    std::string outline_along(const Text& text, std::span<const geo::Point> path) const;
    void show_along(void* cairo, const Text& text, std::span<const geo::Point> path) const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

// Width of the widest of the words between blanks, in one line; other blanks than " " bind.
double longest_word(const Text& text, const Typesetter& typesetter);

} // namespace diaban::map
