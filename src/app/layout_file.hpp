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
// The layout of a page that has one: what is being changed, else the one that is named. Throws as
// layout_named().
LayoutFile layout_of(const PageChoice& page);
// Throws Error Data: "error.json.bad" naming the place in the file, "error.layout.newer", and what
// map::check_layout() says.
map::Layout parse_layout(const std::string& json, const std::string& name);
// One that is being changed: it may be wrong, or hold nothing. Throws as parse_layout(), but
// not what map::check_layout() says.
map::Layout parse_draft(const std::string& json, const std::string& name);
std::string layout_json(const map::Layout& layout);
// Writes a layout as a file that can be read again, and returns it as it was written: one without
// an id is called after the file, and pictures are told from the folder of the file. Those that lie
// elsewhere (`from`: what they were told from so far) are copied beside it, over no other file; of
// one that is missing the name stays. The same layout makes the same bytes. Throws Error Data as
// parse_layout(), before anything is written; Input, Write.
map::Layout save_layout(map::Layout layout, const std::filesystem::path& from,
                        const std::filesystem::path& file);
// "A4 ngang, trình bày chính thức": its name in a language, else its id.
const std::string& layout_title(const map::Layout& layout, const Language& language);
// The sheet of a page: that of its layout, else the size that was chosen. dpi 0: as the layout or
// the size says. Throws as layout_named() and map::parse_page_size().
map::PageSize page_size_of(const PageChoice& page, double dpi = 0);

} // namespace diaban::app
