// What the editor of layouts says about the chosen items, or about the sheet.
#include "base/number.hpp"
#include "base/text.hpp"
#include "gui/panels/layout_editor.hpp"
#include "gui/widgets.hpp"

#include <algorithm>
#include <cmath>

namespace diaban::gui {
namespace fs = std::filesystem;
namespace {

using map::ItemKind;
using map::LayoutItem;

// As it is typed: without groups, which a field could take for decimals.
std::string plain_number(Ui& ui, double value) {
    std::string out = base::format_exact(std::round(value * 100) / 100);
    const char decimal = ui.document.language().numbers().decimal;
    for (char& c : out)
        if (c == '.') c = decimal;
    return out;
}

// With a point or a comma.
std::optional<double> typed_number(const std::string& text) {
    for (const char decimal : {',', '.'})
        if (const auto value = base::parse_number(text, {decimal, '\0'})) return value;
    return std::nullopt;
}

// True where what is typed makes another number within the limits. Until the field is left it shows
// what was typed.
bool layout_number(Ui& ui, const char* key, double& value, double least, double most, float width) {
    static ImGuiID typing = 0;
    static std::string as_typed;
    const ImGuiID id = ImGui::GetID(key);
    std::string text = typing == id ? as_typed : plain_number(ui, value);
    ImGui::BeginGroup();
    const bool changed = field(ui, key, text, width);
    if (ImGui::IsItemActive())
        typing = id, as_typed = text;
    else if (typing == id)
        typing = 0;
    ImGui::EndGroup();
    const auto typed = changed ? typed_number(text) : std::nullopt;
    if (!typed || *typed < least || *typed > most) return false;
    value = *typed;
    return true;
}

float half_width(Ui& ui) {
    return (ImGui::GetContentRegionAvail().x - ui.px(8)) / 2;
}

bool has_words(ItemKind kind) {
    switch (kind) {
    case ItemKind::Title:
    case ItemKind::Subtitle:
    case ItemKind::Text:
    case ItemKind::Legend:
    case ItemKind::Table:
    case ItemKind::Chart:
    case ItemKind::Sources:
    case ItemKind::PageNumber:
    case ItemKind::Signatures:
        return true;
    default:
        return false;
    }
}

bool has_look(ItemKind kind) {
    return kind != ItemKind::Map && kind != ItemKind::Picture && kind != ItemKind::Locator;
}

bool is_line(ItemKind kind) {
    return kind == ItemKind::Frame || kind == ItemKind::Rule;
}

// "Hoàng Sa, Trường Sa"
std::vector<std::string> names_in(const std::string& text) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at <= text.size();) {
        const auto end = std::min(text.find(',', at), text.size());
        const std::string name(base::trim(text.substr(at, end - at)));
        if (!name.empty()) out.push_back(name);
        at = end + 1;
    }
    return out;
}

std::string in_one_line(const std::vector<std::string>& names) {
    std::string out;
    for (const auto& name : names) out += (out.empty() ? "" : ", ") + name;
    return out;
}

constexpr std::string_view kPapers[] = {
    "A4 landscape", "A4 portrait",  "A3 landscape", "A3 portrait",  "A2 landscape",
    "A2 portrait",  "A1 landscape", "A1 portrait",  "A0 landscape", "A0 portrait"};

constexpr map::Colour kInks[] = {map::kText, map::kMuted,   map::kSelection,
                                 map::kHot,  map::kHealthy, {0x9C, 0x2F, 0x1B}};

bool same_size(const map::PageSize& a, const map::PageSize& b) {
    return std::abs(a.width_mm - b.width_mm) < 0.01 && std::abs(a.height_mm - b.height_mm) < 0.01;
}

} // namespace

void LayoutEditor::draw_fields(Ui& ui) {
    if (draft_.chosen().empty()) return draw_sheet_fields(ui);
    draw_item(ui);
}

// Of one item everything, of several what all of them have.
void LayoutEditor::draw_item(Ui& ui) {
    const LayoutItem item = draft_.now().items[draft_.chosen().back()];
    // Fields of one item are not those of the next.
    ImGui::PushID(static_cast<int>(draft_.chosen().back()));
    if (draft_.chosen().size() > 1) {
        paragraph(ui, ui.fonts.strong, ui.theme->text,
                  ui.text("ui.layout.several",
                          {{"count", static_cast<std::int64_t>(draft_.chosen().size())}}));
        gap(ui, 4);
        if (has_look(item.kind)) draw_look(ui, item);
    } else {
        paragraph(ui, ui.fonts.strong, ui.theme->text,
                  ui.text("ui.layout.kind." + std::string(map::to_string(item.kind))));
        draw_box(ui, item);
        if (has_look(item.kind)) draw_look(ui, item);
        draw_params(ui, item);
        if (has_words(item.kind)) draw_words(ui, item);
        std::string id = item.id;
        if (field(ui, "ui.layout.id", id) && !base::trim(id).empty())
            edit_chosen("id", [&](LayoutItem& one) { one.id = id; });
    }
    gap(ui, 8);
    ImGui::PopID();
}

void LayoutEditor::draw_box(Ui& ui, const LayoutItem& item) {
    const float half = half_width(ui);
    struct Side {
        const char* key;
        double map::Rect::*at;
    };
    constexpr Side kSides[] = {{"ui.layout.x", &map::Rect::x},
                               {"ui.layout.y", &map::Rect::y},
                               {"ui.layout.width", &map::Rect::width},
                               {"ui.layout.height", &map::Rect::height}};
    for (std::size_t i = 0; i < std::size(kSides); ++i) {
        double value = item.box_mm.*kSides[i].at;
        if (i % 2 == 1) ImGui::SameLine(0, ui.px(8));
        if (layout_number(ui, kSides[i].key, value, 0, 5000, half))
            edit_chosen(kSides[i].key, [&](LayoutItem& one) { one.box_mm.*kSides[i].at = value; });
    }
}

void LayoutEditor::draw_look(Ui& ui, const LayoutItem& item) {
    if (!is_line(item.kind)) {
        const float half = half_width(ui);
        double size = item.size_pt;
        if (layout_number(ui, "ui.layout.size_pt", size, 0.5, 1000, half))
            edit_chosen("size_pt", [&](LayoutItem& one) { one.size_pt = size; });
        ImGui::SameLine(0, ui.px(8));
        ImGui::BeginGroup();
        auto align = static_cast<std::size_t>(item.align);
        if (choice(ui, "ui.layout.align", align,
                   {ui.text("ui.layout.align.left"), ui.text("ui.layout.align.centre"),
                    ui.text("ui.layout.align.right")}))
            edit_chosen({}, [&](LayoutItem& one) { one.align = static_cast<map::Align>(align); });
        ImGui::EndGroup();
        bool bold = item.bold;
        if (check(ui, "ui.layout.bold", bold))
            edit_chosen({}, [&](LayoutItem& one) { one.bold = bold; });
        auto upright = static_cast<std::size_t>(item.valign);
        if (choice(ui, "ui.layout.valign", upright,
                   {ui.text("ui.layout.valign.top"), ui.text("ui.layout.valign.middle"),
                    ui.text("ui.layout.valign.bottom")}))
            edit_chosen({}, [&](LayoutItem& one) {
                one.valign = static_cast<map::VerticalAlign>(upright);
            });
    }
    draw_colour(ui, item);
}

void LayoutEditor::draw_colour(Ui& ui, const LayoutItem& item) {
    const auto paint = [&](map::Colour wanted, const char* merge) {
        edit_chosen(merge, [&](LayoutItem& one) { one.colour = wanted; });
    };
    std::string hex = map::to_hex(item.colour);
    ImGui::BeginGroup();
    if (field(ui, "ui.layout.colour", hex, ui.px(96)))
        if (const auto typed = map::parse_colour(hex)) paint(*typed, "colour");
    ImGui::EndGroup();
    const ImVec2 begin = ImGui::GetItemRectMin(), end = ImGui::GetItemRectMax();
    const float side = ui.px(22);
    // Beside the middle of the field.
    ImVec2 at{end.x + ui.px(8), std::round(end.y - (ImGui::GetFrameHeight() + side) / 2)};
    ImDrawList& list = *ImGui::GetWindowDrawList();
    for (std::size_t i = 0; i < std::size(kInks); ++i) {
        const std::string name = "layout.colour:" + std::to_string(i);
        ImGui::SetCursorScreenPos(at);
        if (ImGui::InvisibleButton(name.c_str(), {side, side})) paint(kInks[i], "");
        record(ui, name, true, item.colour == kInks[i]);
        list.AddRectFilled(at, {at.x + side, at.y + side}, colour(kInks[i]), ui.px(4));
        if (item.colour == kInks[i] || ImGui::IsItemHovered())
            list.AddRect({at.x - 2, at.y - 2}, {at.x + side + 2, at.y + side + 2}, ui.theme->accent,
                         ui.px(5), 0, ui.px(1.5F));
        at.x += side + ui.px(6);
    }
    ImGui::SetCursorScreenPos({begin.x, end.y});
    ImGui::Dummy({1, 0}); // what follows begins below the field
}

void LayoutEditor::draw_words(Ui& ui, const LayoutItem& item) {
    const float width = ImGui::GetContentRegionAvail().x;
    const auto area = [&](const char* key, std::string map::LayoutText::*in) {
        std::string text = item.text.*in;
        paragraph(ui, ui.fonts.small, ui.theme->muted, ui.text(key));
        if (text_area(ui, key, text, {width, ui.px(58)}))
            edit_chosen(key, [&](LayoutItem& one) { one.text.*in = text; });
    };
    area("ui.layout.text_vi", &map::LayoutText::vi);
    area("ui.layout.text_en", &map::LayoutText::en);
    paragraph(ui, ui.fonts.small, ui.theme->muted, ui.text("ui.layout.fields"));
}

void LayoutEditor::draw_picture_file(Ui& ui, const LayoutItem& item) {
    std::string file = item.params.file;
    if (field(ui, "ui.layout.file", file))
        edit_chosen("file", [&](LayoutItem& one) { one.params.file = file; });
    if (!text_button(ui, "ui.layout.picture")) return;
    ui.shell.picking = Picking{.save = false,
                               .title = "ui.layout.picture",
                               .extensions = {".png", ".svg"},
                               .name = {},
                               .folder = file_.empty() ? fs::path() : folder_,
                               .then = [this](Ui&, const fs::path& picked) {
                                   edit_chosen({}, [&](LayoutItem& one) {
                                       if (one.kind == ItemKind::Picture)
                                           one.params.file =
                                               fs::absolute(picked).lexically_normal().string();
                                   });
                               }};
}

void LayoutEditor::draw_params(Ui& ui, const LayoutItem& item) {
    const auto& params = item.params;
    const auto whole = [&](const char* key) {
        auto rows = static_cast<double>(params.rows);
        if (layout_number(ui, key, rows, 1, 1000, half_width(ui)) && rows == std::floor(rows))
            edit_chosen(key,
                        [&](LayoutItem& one) { one.params.rows = static_cast<std::size_t>(rows); });
    };
    switch (item.kind) {
    case ItemKind::Table: {
        const std::vector<std::string> shows = {"top", "targets", "transitions"};
        std::vector<std::string> words;
        for (const auto& show : shows) words.push_back(ui.text("ui.layout.show." + show));
        auto at = static_cast<std::size_t>(std::find(shows.begin(), shows.end(), params.show) -
                                           shows.begin());
        if (choice(ui, "ui.layout.show", at, words))
            edit_chosen({}, [&](LayoutItem& one) { one.params.show = shows[at]; });
        if (params.show != "transitions") return whole("ui.layout.rows");
        std::string from = params.from;
        if (field(ui, "ui.layout.from", from) && (from.empty() || data::parse_period(from)))
            edit_chosen("from", [&](LayoutItem& one) { one.params.from = from; });
        return;
    }
    case ItemKind::Chart:
        return whole("ui.layout.years");
    case ItemKind::Offshore: {
        std::string names = in_one_line(params.names);
        if (field(ui, "ui.layout.names", names))
            edit_chosen("names", [&](LayoutItem& one) { one.params.names = names_in(names); });
        return;
    }
    case ItemKind::Picture:
        return draw_picture_file(ui, item);
    case ItemKind::Frame:
    case ItemKind::Rule: {
        double line = params.line_mm;
        if (layout_number(ui, "ui.layout.line_mm", line, 0.01, 20, half_width(ui)))
            edit_chosen("line_mm", [&](LayoutItem& one) { one.params.line_mm = line; });
        return;
    }
    default:
        return;
    }
}

// ---- The sheet

void LayoutEditor::change_sheet(Ui& ui, const map::PageSize& size) {
    ui.attempt([&] {
        // What no page can have is refused where it is read, too.
        auto wanted = map::parse_page_size(base::format_exact(size.width_mm) + "x" +
                                               base::format_exact(size.height_mm) + "mm",
                                           size.dpi);
        wanted.slide = size.slide;
        map::Layout next = draft_.now();
        if (scale_items_)
            next = map::on_sheet(next, wanted);
        else
            next.size = wanted;
        draft_.change(std::move(next));
    });
}

void LayoutEditor::draw_sheet_size(Ui& ui) {
    const map::PageSize now = draft_.now().size;
    std::vector<std::string> words;
    std::size_t at = std::size(kPapers);
    for (std::size_t i = 0; i < std::size(kPapers); ++i) {
        words.push_back(ui.text("ui.size." + std::string(kPapers[i])));
        if (same_size(map::parse_page_size(kPapers[i]), now)) at = i;
    }
    words.push_back(ui.text("ui.layout.own_size"));
    if (choice(ui, "ui.layout.sheet", at, words) && at < std::size(kPapers)) {
        auto wanted = map::parse_page_size(kPapers[at]);
        wanted.dpi = now.dpi;
        wanted.slide = now.slide;
        change_sheet(ui, wanted);
    }
    // Taken over when it is whole: half a number would be another sheet.
    const float half = half_width(ui);
    const auto side = [&](const char* key, std::string& typed, double map::PageSize::*in) {
        ImGui::BeginGroup();
        field(ui, key, typed, half);
        const bool active = ImGui::IsItemActive(), ended = ImGui::IsItemDeactivatedAfterEdit();
        ImGui::EndGroup();
        if (const auto value = typed_number(typed); ended && value) {
            map::PageSize wanted = now;
            wanted.*in = *value;
            change_sheet(ui, wanted);
        }
        if (!active) typed = plain_number(ui, draft_.now().size.*in);
    };
    side("ui.layout.sheet_width", sheet_width_, &map::PageSize::width_mm);
    ImGui::SameLine(0, ui.px(8));
    side("ui.layout.sheet_height", sheet_height_, &map::PageSize::height_mm);
    check(ui, "ui.layout.scale_items", scale_items_);
    map::Layout next = draft_.now();
    if (check(ui, "ui.layout.slide", next.size.slide)) draft_.change(next);
    if (layout_number(ui, "ui.layout.dpi", next.size.dpi, 30, 1200, half))
        draft_.change(next, "dpi");
}

void LayoutEditor::draw_sheet_fields(Ui& ui) {
    heading(ui, "ui.layout.of_sheet");
    map::Layout next = draft_.now();
    if (field(ui, "ui.layout.name_vi", next.name.vi)) draft_.change(next, "name_vi");
    if (field(ui, "ui.layout.name_en", next.name.en)) draft_.change(next, "name_en");
    draw_sheet_size(ui);
    gap(ui, 6);
    heading(ui, "ui.layout.look");
    check(ui, "ui.layout.internal", internal_);
    gap(ui, 6);
    paragraph(ui, ui.fonts.small, ui.theme->muted, ui.text("ui.layout.help"));
}

} // namespace diaban::gui
