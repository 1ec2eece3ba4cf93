// The guide as the window shows it: the Markdown of docs/guide.*.md as blocks of plain text.
//
// Guarantee: no word is lost but those of pictures, of addresses of links, and of links that stand
// alone.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace diaban::app {

struct GuideBlock {
    enum class Kind { Title, Heading, Paragraph, Item } kind = Kind::Paragraph;
    std::string mark; // of an item: "3." or "–"
    std::string lead; // the bold words that an item or paragraph begins with; may be empty
    std::string text; // the rest, in one line
    friend bool operator==(const GuideBlock&, const GuideBlock&) = default;
};
std::vector<GuideBlock> read_guide(std::string_view markdown);

} // namespace diaban::app
