#include "gui/text_boxes.hpp"

#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <optional>
#include <set>
#include <string_view>
#include <unordered_map>

namespace diaban::gui {
namespace {

// Letters by the corner of their picture in the font texture.
using LettersByCorner = std::unordered_map<std::uint64_t, std::string>;

std::uint64_t corner_key(float u, float v) {
    return static_cast<std::uint64_t>(std::bit_cast<std::uint32_t>(u)) << 32 |
           std::bit_cast<std::uint32_t>(v);
}

LettersByCorner letters_by_corner() {
    LettersByCorner out;
    for (const ImFont* font : ImGui::GetIO().Fonts->Fonts)
        for (const ImFontGlyph& glyph : font->Glyphs) {
            char text[5] = {};
            ImTextCharToUtf8(text, glyph.Codepoint);
            out.emplace(corner_key(glyph.U0, glyph.V0), text);
        }
    return out;
}

struct LetterQuad {
    float x0, y0, x1, y1, u, v;
};

// Six indices that draw an upright part of a texture: a letter. Shapes of one colour have one place
// in the texture, and lines no height there.
std::optional<LetterQuad> letter_at(const ImDrawList& list, const ImDrawCmd& command,
                                    unsigned first) {
    const ImDrawIdx* index = list.IdxBuffer.Data + command.IdxOffset + first;
    const auto start = index[0];
    constexpr unsigned kQuad[] = {0, 1, 2, 0, 2, 3};
    for (unsigned i = 0; i < 6; ++i)
        if (static_cast<unsigned>(index[i]) != start + kQuad[i]) return std::nullopt;
    const ImDrawVert* corner = list.VtxBuffer.Data + command.VtxOffset + start;
    const auto& from = corner[0];
    const auto& to = corner[2];
    const bool upright = corner[1].pos.y == from.pos.y && corner[1].pos.x == to.pos.x &&
                         corner[3].pos.x == from.pos.x && corner[3].pos.y == to.pos.y;
    const bool textured = to.uv.x > from.uv.x && to.uv.y > from.uv.y && corner[1].uv.x == to.uv.x &&
                          corner[1].uv.y == from.uv.y;
    if (!upright || !textured) return std::nullopt;
    return LetterQuad{from.pos.x, from.pos.y, to.pos.x, to.pos.y, from.uv.x, from.uv.y};
}

// The next letter of a line stands behind the last one, at its height.
bool goes_on(const TextBox& line, const LetterQuad& letter) {
    const float height = std::max(line.y1 - line.y0, 8.0F);
    return letter.x0 >= line.x1 - 0.35F * height && letter.x0 <= line.x1 + 1.2F * height &&
           letter.y0 <= line.y1 + 2 && letter.y1 >= line.y0 - 2;
}

bool is_halo(const TextBox& a, const TextBox& b) {
    constexpr float kLeastStep = 3, kOfHeight = 0.12F; // wider around the large year of a slide
    const float step = std::max(kLeastStep, kOfHeight * (a.y1 - a.y0));
    return a.text == b.text && std::abs(a.x0 - b.x0) <= step && std::abs(a.y0 - b.y0) <= step;
}

} // namespace

std::vector<TextBox> texts_drawn(const ImDrawData& drawn) {
    const auto letters = letters_by_corner();
    const auto font_texture = ImGui::GetIO().Fonts->TexID;
    std::vector<TextBox> out;
    for (int l = 0; l < drawn.CmdListsCount; ++l) {
        const ImDrawList& list = *drawn.CmdLists[l];
        const std::string panel = list._OwnerName ? list._OwnerName : "";
        bool within = false; // the last text may go on
        for (const ImDrawCmd& command : list.CmdBuffer) {
            if (command.UserCallback || command.TextureId != font_texture) continue;
            const ImVec4& clip = command.ClipRect;
            for (unsigned at = 0; at + 6 <= command.ElemCount;) {
                const auto letter = letter_at(list, command, at);
                at += letter ? 6U : 3U;
                if (!letter) continue;
                const LetterQuad seen{std::max(letter->x0, clip.x),
                                      std::max(letter->y0, clip.y),
                                      std::min(letter->x1, clip.z),
                                      std::min(letter->y1, clip.w),
                                      letter->u,
                                      letter->v};
                if (seen.x1 <= seen.x0 || seen.y1 <= seen.y0) continue;
                const auto known = letters.find(corner_key(seen.u, seen.v));
                const std::string text = known == letters.end() ? "?" : known->second;
                if (within && goes_on(out.back(), seen)) {
                    TextBox& line = out.back();
                    line.x1 = std::max(line.x1, seen.x1);
                    line.y0 = std::min(line.y0, seen.y0), line.y1 = std::max(line.y1, seen.y1);
                    line.text += text;
                    continue;
                }
                out.push_back({panel, text, seen.x0, seen.y0, seen.x1, seen.y1});
                within = true;
            }
        }
    }
    return out;
}

std::vector<std::pair<std::size_t, std::size_t>> overlapping(std::span<const TextBox> texts) {
    constexpr float kBeside = 2;   // letters of one line may touch
    constexpr float kAbove = 0.3F; // of the lower of both: accents reach into the line above
    std::vector<std::pair<std::size_t, std::size_t>> out;
    for (std::size_t i = 0; i < texts.size(); ++i)
        for (std::size_t j = i + 1; j < texts.size(); ++j) {
            const TextBox &a = texts[i], &b = texts[j];
            const float wide = std::min(a.x1, b.x1) - std::max(a.x0, b.x0);
            const float high = std::min(a.y1, b.y1) - std::max(a.y0, b.y0);
            const float lower = std::min(a.y1 - a.y0, b.y1 - b.y0);
            if (wide <= kBeside || high <= kAbove * lower || a.panel != b.panel) continue;
            if (!is_halo(a, b)) out.emplace_back(i, j);
        }
    return out;
}

std::string told_overlaps(const std::vector<TextBox>& texts) {
    constexpr std::size_t kTold = 5;
    std::vector<TextBox> asked;
    std::copy_if(texts.begin(), texts.end(), std::back_inserter(asked),
                 [](const TextBox& text) { return text.panel != "map"; });
    std::string out;
    std::size_t told = 0;
    for (const auto& [a, b] : overlapping(asked)) {
        if (told++ == kTold) break;
        out += (out.empty() ? "" : "; ") + asked[a].panel + ": " + asked[a].text + " | " +
               asked[b].text;
    }
    return out;
}

std::string told_texts(const std::vector<TextBox>& texts) {
    std::set<std::string_view> each;
    for (const TextBox& text : texts) each.insert(text.text);
    std::string out;
    for (const std::string_view text : each) (out += text) += '\n';
    return out;
}

} // namespace diaban::gui
