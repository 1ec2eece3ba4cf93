#include "app/guide_text.hpp"

#include <algorithm>
#include <utility>

namespace diaban::app {
namespace {

std::string_view trimmed_line(std::string_view line) {
    const auto from = line.find_first_not_of(" \t\r");
    if (from == line.npos) return {};
    return line.substr(from, line.find_last_not_of(" \t\r") + 1 - from);
}

// "3." of "3. **Export.** ..."; "–" of "- ..."; empty if the line begins no item.
std::string mark_of(std::string_view line) {
    if (line.starts_with("- ")) return "–";
    const auto digits = line.find_first_not_of("0123456789");
    const bool numbered =
        digits != line.npos && digits > 0 && line.substr(digits).starts_with(". ");
    return numbered ? std::string(line.substr(0, digits + 1)) : std::string();
}

// Without the signs for bold, italic and code, links as their words.
std::string without_signs(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '*' || c == '`') continue;
        if (c == '[') {
            const auto close = text.find("](", i);
            const auto end = close == text.npos ? text.npos : text.find(')', close);
            if (end != text.npos) {
                out += without_signs(text.substr(i + 1, close - i - 1));
                i = end;
                continue;
            }
        }
        out += c;
    }
    return out;
}

// "[English](guide.en.md)": the way to another file, of which a window has no use.
bool is_link_alone(std::string_view line) {
    return line.starts_with("[") && line.ends_with(")") && line.find("](") != line.npos &&
           line.find(')') == line.size() - 1;
}

void add_block(GuideBlock block, std::string text, std::vector<GuideBlock>& out) {
    if (text.empty()) return;
    constexpr std::string_view kBold = "**";
    if (text.starts_with(kBold)) {
        const auto end = text.find(kBold, kBold.size());
        if (end != text.npos) {
            block.lead = without_signs(text.substr(kBold.size(), end - kBold.size()));
            text = std::string(trimmed_line(std::string_view(text).substr(end + kBold.size())));
        }
    }
    block.text = without_signs(text);
    out.push_back(std::move(block));
}

} // namespace

std::vector<GuideBlock> read_guide(std::string_view markdown) {
    std::vector<GuideBlock> out;
    GuideBlock block;
    std::string text;
    const auto end_block = [&] {
        add_block(std::exchange(block, {}), std::exchange(text, {}), out);
    };
    while (!markdown.empty()) {
        const auto end = std::min(markdown.find('\n'), markdown.size());
        const std::string_view line = trimmed_line(markdown.substr(0, end));
        markdown.remove_prefix(std::min(end + 1, markdown.size()));
        if (line.empty() || line.starts_with("![") || is_link_alone(line)) {
            end_block();
        } else if (line.starts_with("#")) {
            end_block();
            block.kind =
                line.starts_with("##") ? GuideBlock::Kind::Heading : GuideBlock::Kind::Title;
            text = trimmed_line(line.substr(line.find_first_not_of('#')));
            end_block();
        } else if (const std::string mark = mark_of(line); !mark.empty()) {
            end_block();
            block = {.kind = GuideBlock::Kind::Item, .mark = mark, .lead = {}, .text = {}};
            text = trimmed_line(line.substr(line.find(' ')));
        } else {
            text += (text.empty() ? "" : " ") + std::string(line);
        }
    }
    end_block();
    return out;
}

} // namespace diaban::app
