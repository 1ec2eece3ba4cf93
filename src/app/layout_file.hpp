// Layout files (*.json): where everything stands on a page. Shipped ones lie in assets/layouts;
// docs/layouts.md tells what they say.
//
// Guarantees: parse_layout(layout_json(x)) == x; what is read has passed map::check_layout().
#pragma once

#include "app/language.hpp"
#include "app/project.hpp"
#include "map/layout.hpp"

#include <filesystem>

namespace diaban::app {

inline constexpr int kLayoutVersion = 1;

struct LayoutFile {
    map::Layout layout;
    std::filesystem::path folder; // that its pictures are told from
};

// Names of the shipped layouts.
std::vector<std::string> known_layouts();
// A file by path, else a shipped one. Throws Error Input (unreadable, "error.shipped.unknown" with
// the names there are), and as parse_layout().
LayoutFile layout_named(const std::string& what);
// Throws Error Data: "error.json.bad" naming the place in the file, "error.layout.newer", and what
// map::check_layout() says.
map::Layout parse_layout(const std::string& json, const std::string& name);
std::string layout_json(const map::Layout& layout);
// "A4 ngang, trình bày chính thức": its name in a language, else its id.
const std::string& layout_title(const map::Layout& layout, const Language& language);
// The sheet of a page: that of its layout, else the size that was chosen. dpi 0: as the layout or
// the size says. Throws as layout_named() and map::parse_page_size().
map::PageSize page_size_of(const PageChoice& page, double dpi = 0);

} // namespace diaban::app
